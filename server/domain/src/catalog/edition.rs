//! Writing an edition: the one way a course gets into the catalog or changes there.

use super::fold::fold;
use super::queries;
use crate::events::{self, Event, Happening};
use crate::{App, Error, Result};
use model::catalog::{Kind, LessonKind, Level};
use model::html::SafeHtml;
use model::ids::{AccountId, ChapterId, CourseId, LessonId, MediaId, PriceId};
use model::lang::ContentLang;
use model::text::{Slug, Title};
use model::{Moment, Money};
use store::{Conn, Tx};

/// A course as learners are to see it. Ids are the author's: the same id in the next edition is the same lesson.
#[derive(Debug, Clone)]
pub struct Edition {
    pub id: CourseId,
    pub slug: Slug,
    pub instructor: AccountId,
    pub kind: Kind,
    pub level: Level,
    pub language: ContentLang,
    /// Slug of an existing topic.
    pub topic: Slug,
    pub title: Title,
    /// One sentence on what the course does for its learner.
    pub promise: String,
    pub about: SafeHtml,
    pub cover: Option<MediaId>,
    pub tags: Vec<String>,
    pub learn: Vec<String>,
    pub suits: Vec<String>,
    pub not_for: Vec<String>,
    /// Zero is free.
    pub price: Money,
    /// An earlier, higher price in the same currency.
    pub compare: Option<Money>,
    pub chapters: Vec<EditionChapter>,
    /// When people first could see it; an edition of a course already in the catalog keeps the course's own.
    pub published_at: Moment,
}

#[derive(Debug, Clone)]
pub struct EditionChapter {
    pub id: ChapterId,
    pub title: String,
    pub lessons: Vec<EditionLesson>,
}

#[derive(Debug, Clone)]
pub struct EditionLesson {
    pub id: LessonId,
    pub title: String,
    pub kind: LessonKind,
    pub seconds: u32,
    /// Open to everyone.
    pub preview: bool,
    pub media: Option<MediaId>,
    pub body: SafeHtml,
}

/// Puts `edition` into the catalog, listed. Lessons that it leaves out disappear from the outline and keep their rows;
/// a changed price closes the one before. Announces `CoursePublished` the first time and `CourseChanged` later.
///
/// Refused with `Taken` at `slug` where another course has it.
pub async fn publish_edition(app: &App, tx: &mut Tx, edition: &Edition) -> Result<()> {
    if edition
        .compare
        .is_some_and(|compare| compare.currency() != edition.price.currency() || compare.minor() <= edition.price.minor())
    {
        return Err(Error::bug(format!("course {} is compared with a price that is not higher", edition.id)));
    }
    let now = app.now();
    let known = queries::editions(tx, &edition.id).await?;
    let price = live_price(app, tx, edition, known.is_some()).await?;
    let row = queries::EditionRow {
        edition,
        price: &price,
        search: searchable(tx, edition).await?,
        title: fold(edition.title.as_str()),
        now,
    };
    let written = match known {
        None => queries::add_course(tx, &row).await,
        Some(_) => queries::change_course(tx, &row).await,
    };
    written.map_err(|cause| cause.taken_if("courses.slug", "slug"))?;
    if known.is_none() || price.is_new {
        queries::add_price(tx, &row).await?;
    }
    write_lists(tx, edition).await?;
    write_outline(tx, edition).await?;
    let kind = if known.is_none() { Happening::CoursePublished } else { Happening::CourseChanged };
    events::announce(app, tx, Event::new(kind, &edition.id).of(&edition.instructor)).await
}

/// The edition as learners have it now, listed or not.
pub async fn whole(conn: &mut Conn, course: &CourseId) -> Result<Option<Edition>> {
    let Some(mut edition) = queries::whole::head(conn, course).await? else { return Ok(None) };
    edition.tags = queries::tags(conn, course).await?;
    for (kind, text) in queries::points(conn, course).await? {
        match kind.as_str() {
            "learn" => edition.learn.push(text),
            "suits" => edition.suits.push(text),
            _ => edition.not_for.push(text),
        }
    }
    edition.chapters = queries::whole::chapters(conn, course).await?;
    Ok(Some(edition))
}

/// The price row that is live after this edition.
pub struct LivePrice {
    pub id: PriceId,
    is_new: bool,
}

async fn live_price(app: &App, tx: &mut Tx, edition: &Edition, known: bool) -> Result<LivePrice> {
    if known {
        let (id, price, compare) = queries::live_price(tx, &edition.id).await?;
        if price == edition.price && compare == edition.compare {
            return Ok(LivePrice { id, is_new: false });
        }
        queries::end_price(tx, &id, app.now()).await?;
    }
    Ok(LivePrice { id: app.new_id(), is_new: true })
}

/// Everything the simple search looks at.
async fn searchable(tx: &mut Tx, edition: &Edition) -> Result<String> {
    let names = queries::names_around(tx, &edition.instructor, &edition.topic).await?;
    let mut parts = vec![edition.title.as_str(), &edition.promise];
    parts.extend(edition.tags.iter().map(String::as_str));
    parts.extend(names.iter().map(String::as_str));
    Ok(fold(&parts.join(" ")))
}

async fn write_lists(tx: &mut Tx, edition: &Edition) -> Result<()> {
    queries::clear_lists(tx, &edition.id).await?;
    for tag in &edition.tags {
        queries::add_tag(tx, &edition.id, tag).await?;
    }
    for (kind, points) in [("learn", &edition.learn), ("suits", &edition.suits), ("not_for", &edition.not_for)] {
        for (position, point) in points.iter().enumerate() {
            queries::add_point(tx, &edition.id, kind, position as i64, point).await?;
        }
    }
    Ok(())
}

async fn write_outline(tx: &mut Tx, edition: &Edition) -> Result<()> {
    queries::withdraw_lessons(tx, &edition.id).await?;
    let mut position = 0;
    for (at, chapter) in edition.chapters.iter().enumerate() {
        if queries::put_chapter(tx, &edition.id, at as i64, chapter).await? != 1 {
            return Err(Error::bug(format!("chapter {} belongs to another course", chapter.id)));
        }
        for lesson in &chapter.lessons {
            if queries::put_lesson(tx, &edition.id, &chapter.id, position, lesson).await? != 1 {
                return Err(Error::bug(format!("lesson {} belongs to another course", lesson.id)));
            }
            position += 1;
        }
    }
    queries::drop_other_chapters(tx, &edition.id, edition.chapters.iter().map(|chapter| chapter.id.as_str())).await
}

impl Edition {
    /// How many lessons there are, and how long they are together in seconds.
    pub fn size(&self) -> (i64, i64) {
        let lessons = self.chapters.iter().flat_map(|chapter| &chapter.lessons);
        lessons.fold((0, 0), |(count, seconds), lesson| (count + 1, seconds + i64::from(lesson.seconds)))
    }
}
