//! The school every story plays in: the cast, two courses, a clock that moves only when told, letters in memory.
//!
//! Ada teaches "Analytical Engines" (CNY 199.00) and "Notes" (free), Grace learns, Lin manages a company, Sam is staff.
//! Everybody's password is [`PASSWORD`].

pub mod buying;
mod campus;
mod outside;
mod queries;
mod till;

pub use campus::Campus;
pub use outside::{Counting, Folder, Mailbox, MovableClock};
pub use till::{Mood, Till};

use crate::accounts::password::{CHEAP, Hashing};
use crate::accounts::{self, NewAccount};
use crate::app::{Ports, Settings};
use crate::catalog::{self, Edition, EditionChapter, EditionLesson};
use crate::events::{self, Event, Follower, Happening};
use crate::ports::Letter;
use crate::put_off::Lane;
use crate::{App, Member, Staff, Visitor};
use model::accounts::Role;
use model::catalog::{Kind, LessonKind, Level, Topic};
use model::html::SafeHtml;
use model::ids::{AccountId, CourseId, LessonId};
use model::lang::ContentLang;
use model::payments::Provider;
use model::text::{Email, Name, Password, Title};
use model::time::{Span, days};
use model::{Currency, Lang, Moment, Money};
use std::sync::Arc;
use store::Db;
use tempfile::TempDir;

/// The password of the whole cast.
pub const PASSWORD: &str = "lectern-demo";
/// Monday, 2 March 2026, nine in the morning in Shanghai.
pub const OPENING: Moment = Moment::from_millis(1_772_413_200_000);

/// The world of one story.
pub struct School {
    pub app: App,
    pub clock: Arc<MovableClock>,
    pub mail: Arc<Mailbox>,
    /// The payment provider.
    pub till: Arc<Till>,
    /// Another house that vouches for people.
    pub campus: Arc<Campus>,
    /// Where files are kept; goes with the school.
    pub folder: TempDir,
    cast: Cast,
    courses: Courses,
}

struct Cast {
    ada: AccountId,
    grace: AccountId,
    lin: AccountId,
    sam: AccountId,
}

struct Courses {
    engines: Course,
    notes: Course,
}

struct Course {
    id: CourseId,
    lessons: Vec<LessonId>,
}

#[allow(clippy::expect_used, clippy::missing_panics_doc)] // a story that cannot be set up has failed
impl School {
    /// A school on a fresh database, with its cast and its two courses.
    pub async fn open(db: Db) -> Self {
        let folder = tempfile::Builder::new().prefix("lectern-school-").tempdir().expect("a folder");
        let clock = Arc::new(MovableClock::new(OPENING));
        let mail = Arc::new(Mailbox::default());
        let till = Arc::new(Till::default());
        let campus = Arc::new(Campus::default());
        let app = App {
            db,
            ports: Arc::new(Ports {
                clock: clock.clone(),
                chance: Arc::new(Counting::default()),
                mail: mail.clone(),
                files: Arc::new(Folder::new(folder.path().join("files"))),
                scanner: None,
                gateways: vec![till.clone()],
                identities: vec![campus.clone()],
                issuer: Arc::new(crate::invoices::ByHand),
            }),
            settings: Arc::new(Settings {
                public_url: "http://lectern.test".into(),
                limits: true,
                media_key: b"the media key of the test school".to_vec(),
                former_key: None,
                instructor_share_bp: 7_000,
                refund_limit: "CNY:100000".parse().expect("a limit"),
                affiliate_bp: 1_000,
                seller: model::invoices::Seller {
                    name: "讲台（上海）教育科技有限公司".into(),
                    tax_number: "91350100M000100Y43".into(),
                    ..Default::default()
                },
                refund_auto_limit: "CNY:50000".parse().expect("a limit"),
            }),
            hashing: Hashing::new(CHEAP, 4).expect("cheap hashing"),
            turns: Default::default(),
            feed: Arc::default(),
        };
        let cast = enter_cast(&app).await.expect("the cast enters");
        let courses = publish(&app, &cast.ada).await.expect("the courses are published");
        Self { app, clock, mail, till, campus, folder, cast, courses }
    }

    /// Another provider, offered after the till.
    pub fn second_till(&mut self, provider: Provider) -> Arc<Till> {
        let second = Arc::new(Till::of(provider));
        let gateways = vec![self.till.clone() as Arc<dyn crate::payments::Gateway>, second.clone()];
        self.app.ports = Arc::new(Ports { gateways, ..(*self.app.ports).clone() });
        second
    }
    /// Teaches both courses.
    pub fn ada(&self) -> Member {
        member(&self.cast.ada, "Ada Lovelace", &[Role::Instructor])
    }
    /// Learns.
    pub fn grace(&self) -> Member {
        member(&self.cast.grace, "Grace Hopper", &[])
    }
    /// Manages a company.
    pub fn lin(&self) -> Member {
        member(&self.cast.lin, "林经理", &[])
    }
    /// Works here: support, finance and administration.
    pub fn sam(&self) -> Member {
        member(&self.cast.sam, "Sam", SAM)
    }
    /// Sam in whatever staff role the deed at hand asks for.
    pub fn sam_at_work(&self) -> Staff {
        Staff { id: self.cast.sam.clone() }
    }
    /// Somebody new who only learns; `handle` also makes the address.
    pub async fn learner(&self, handle: &str) -> Member {
        let person = person(&self.app, handle, handle, Lang::En, None);
        self.app.db.write(async |tx| accounts::enter(&self.app, tx, &person).await).await.expect("somebody enters");
        member(&person.id, handle, &[])
    }

    /// Somebody may no longer come in.
    pub async fn suspend(&self, who: &Member) {
        self.app.db.write(async |tx| queries::suspend(tx, &who.id).await).await.expect("somebody is suspended");
    }

    /// What the worker's lane does next cannot be done any more.
    pub async fn spoil(&self, lane: Lane) {
        self.app.db.write(async |tx| queries::spoil(tx, lane).await).await.expect("it is spoilt");
    }

    /// "Analytical Engines", CNY 199.00.
    pub fn engines(&self) -> CourseId {
        self.courses.engines.id.clone()
    }
    /// "Notes", free.
    pub fn notes(&self) -> CourseId {
        self.courses.notes.id.clone()
    }
    /// The lessons of "Analytical Engines": video (open to all), audio, text, PDF.
    pub fn engines_lessons(&self) -> &[LessonId] {
        &self.courses.engines.lessons
    }
    /// The lessons of "Notes": two texts.
    pub fn notes_lessons(&self) -> &[LessonId] {
        &self.courses.notes.lessons
    }

    /// One more course of Ada's, in "Data", at a price in fen.
    pub async fn another_course(&self, slug: &str, price: i64) -> CourseId {
        let course = edition(&self.app, &self.cast.ada, slug, slug, "data", price, &NOTES);
        self.app.db.write(async |tx| catalog::publish_edition(&self.app, tx, &course).await).await.expect("it is published");
        course.id
    }

    /// The request of somebody signed in, from a network of their own.
    pub fn visit(&self, member: &Member) -> Visitor {
        Visitor {
            me: Some(member.me.clone()),
            proven_at: Some(self.app.now()),
            network: format!("test-{}", member.id),
            ..Visitor::stranger(Lang::En)
        }
    }

    /// "Analytical Engines" costs something else from now on, in fen.
    pub async fn reprice(&self, price: i64) -> crate::Result<()> {
        let anew = edition(&self.app, &self.cast.ada, "analytical-engines", "Analytical Engines", "programming", price, &ENGINES);
        let anew = Edition { id: self.engines(), ..anew };
        self.app.db.write(async |tx| catalog::publish_edition(&self.app, tx, &anew).await).await
    }

    /// The operator changes the secret; the one before is kept beside it, or thrown away.
    pub fn change_secret(&mut self, secret: &[u8], keep: bool) {
        let was = &self.app.settings;
        let former_key = keep.then(|| was.media_key.clone());
        self.app.settings = Arc::new(Settings { media_key: secret.to_vec(), former_key, ..Settings::clone(was) });
    }

    /// Time passes.
    pub fn after(&self, span: Span) {
        self.clock.advance(span);
    }
    /// The letters sent so far, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        self.mail.letters()
    }
    /// Everything of this kind that was announced so far, oldest first.
    pub async fn announced(&self, kind: Happening) -> Vec<Event> {
        let mut conn = self.app.db.read().await.expect("a connection");
        let all = events::written_after(&mut conn, events::Position::default(), 10_000).await.expect("the log");
        all.into_iter().map(|logged| logged.event).filter(|event| event.kind == kind).collect()
    }
    /// Lets a follower of the log deal with everything announced so far. (On Postgres the log shows an event only when every
    /// transaction that was running beside it is over, those of other stories included; this waits for them.)
    pub async fn catch_up(&self, follower: Follower) {
        loop {
            while events::follow(&self.app, follower).await.expect("the follower works") {}
            let mut conn = self.app.db.read().await.expect("a connection");
            let end = events::end(&mut conn).await.expect("the log's end");
            if events::cursor(&mut conn, follower.name).await.expect("a cursor") >= end {
                return;
            }
            drop(conn);
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

const SAM: &[Role] = &[Role::Support, Role::Finance, Role::Admin];

#[allow(clippy::expect_used)] // the cast's names are names
fn member(id: &AccountId, name: &str, roles: &[Role]) -> Member {
    let name = Name::parse(name).expect("a name");
    Member { id: id.clone(), me: model::accounts::Me { id: id.clone(), name, roles: roles.to_vec() } }
}

#[allow(clippy::expect_used)]
fn person(app: &App, handle: &str, name: &str, lang: Lang, password_hash: Option<&str>) -> NewAccount {
    NewAccount {
        id: app.new_id(),
        email: Email::parse(&format!("{handle}@lectern.example")).expect("an address"),
        handle: handle.parse().expect("a handle"),
        name: Name::parse(name).expect("a name"),
        headline: String::new(),
        bio: String::new(),
        lang,
        password_hash: password_hash.map(str::to_owned),
        verified: true,
    }
}

async fn enter_cast(app: &App) -> crate::Result<Cast> {
    let hash = app.hashing.hash(&Password::typed(PASSWORD), [7; 16]).await?;
    let hash = Some(hash.as_str());
    let mut ada = person(app, "ada", "Ada Lovelace", Lang::En, hash);
    ada.headline = "Writes for machines that do not exist yet".into();
    let grace = person(app, "grace", "Grace Hopper", Lang::En, hash);
    let lin = person(app, "lin", "林经理", Lang::Zh, hash);
    let sam = person(app, "sam", "Sam", Lang::En, hash);
    app.db
        .write(async |tx| {
            for who in [&ada, &grace, &lin, &sam] {
                accounts::enter(app, tx, who).await?;
                accounts::agree(app, tx, &who.id, who.lang).await?;
            }
            accounts::add_role(app, tx, &ada.id, Role::Instructor).await?;
            for role in SAM {
                accounts::add_role(app, tx, &sam.id, *role).await?;
            }
            Ok::<_, crate::Error>(())
        })
        .await?;
    Ok(Cast { ada: ada.id, grace: grace.id, lin: lin.id, sam: sam.id })
}

async fn publish(app: &App, teacher: &AccountId) -> crate::Result<Courses> {
    let engines = edition(app, teacher, "analytical-engines", "Analytical Engines", "programming", 19_900, &ENGINES);
    let notes = edition(app, teacher, "notes", "Notes", "humanities", 0, &NOTES);
    app.db
        .write(async |tx| {
            for (position, (slug, zh, en)) in (0..).zip(TOPICS) {
                catalog::put_topic(tx, position, &topic(slug, zh, en)).await?;
            }
            catalog::publish_edition(app, tx, &engines).await?;
            catalog::publish_edition(app, tx, &notes).await
        })
        .await?;
    Ok(Courses { engines: published(engines), notes: published(notes) })
}

fn published(edition: Edition) -> Course {
    let lessons = edition.chapters.into_iter().flat_map(|chapter| chapter.lessons).map(|lesson| lesson.id).collect();
    Course { id: edition.id, lessons }
}

#[allow(clippy::expect_used)]
fn topic(slug: &str, zh: &str, en: &str) -> Topic {
    let slug = slug.parse().expect("a slug");
    Topic { slug, name_zh: zh.into(), name_en: en.into(), blurb_zh: zh.into(), blurb_en: en.into(), courses: 0 }
}

/// A small English course in one chapter, open to all in its first lesson, published a month before the school opens.
/// Price in fen. Stories change what they need and publish it.
#[allow(clippy::expect_used)]
pub fn edition(
    app: &App,
    teacher: &AccountId,
    slug: &str,
    title: &str,
    topic: &str,
    price: i64,
    lessons: &[(&str, LessonKind)],
) -> Edition {
    let lessons = lessons.iter().enumerate().map(|(position, (title, kind))| EditionLesson {
        id: app.new_id(),
        title: (*title).to_owned(),
        kind: *kind,
        seconds: 300,
        preview: position == 0,
        media: None,
        body: SafeHtml::sanitised(if *kind == LessonKind::Text { "<p>Read this slowly.</p>".into() } else { String::new() }),
    });
    Edition {
        id: app.new_id(),
        slug: slug.parse().expect("a slug"),
        instructor: teacher.clone(),
        kind: Kind::Course,
        level: Level::Beginner,
        language: ContentLang::English,
        topic: topic.parse().expect("a slug"),
        title: Title::parse(title).expect("a title"),
        promise: "A promise that is kept".into(),
        about: SafeHtml::default(),
        cover: None,
        tags: Vec::new(),
        learn: vec!["Say what it does".into()],
        suits: Vec::new(),
        not_for: Vec::new(),
        price: Money::new(price, Currency::Cny),
        compare: None,
        chapters: vec![EditionChapter { id: app.new_id(), title: "The first chapter".into(), lessons: lessons.collect() }],
        published_at: OPENING - days(30),
    }
}

const TOPICS: [(&str, &str, &str); 4] = [
    ("programming", "编程", "Programming"),
    ("data", "数据", "Data"),
    ("humanities", "人文", "Humanities"),
    ("music", "音乐", "Music"),
];
const ENGINES: [(&str, LessonKind); 4] = [
    ("The mill and the store", LessonKind::Video),
    ("Listening to a carry", LessonKind::Audio),
    ("A table of operations", LessonKind::Text),
    ("The sheet to work on", LessonKind::Pdf),
];
const NOTES: [(&str, LessonKind); 2] = [("What a note is for", LessonKind::Text), ("Finding it again", LessonKind::Text)];
