//! What authors make: drafts of courses, their outline and lessons, and what is still missing before publishing.

use crate::catalog::{Kind, LessonKind, Level, Topic};
use crate::fault::{FieldErrors, Problem};
use crate::html::SafeHtml;
use crate::ids::{ChapterId, CourseId, LessonId, MediaId};
use crate::lang::ContentLang;
use crate::media::{MediaItem, Playable};
use crate::money::{Currency, Money};
use crate::text::{Slug, Title, line, passage};
use crate::{Fault, Moment};
use serde::{Deserialize, Serialize};

crate::words! {
    /// Where a draft stands.
    pub enum DraftState {
        Draft = "draft",
        Published = "published",
        /// Published, and edited since.
        Changed = "changed",
        /// Taken out of the catalog; owners keep it.
        Unlisted = "unlisted",
    }
}

impl DraftState {
    /// Learners can see an edition of it.
    pub fn is_out(self) -> bool {
        matches!(self, DraftState::Published | DraftState::Changed)
    }
}

/// Why the state of a draft refuses a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// A chapter with lessons is not removed.
    ChapterHasLessons,
    /// A file that a lesson or a cover shows is not removed.
    FileInUse,
    /// The library is full.
    NoRoom,
    /// More files on their way than may be at once.
    TooManyUploads,
}

/// A course in the studio's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftCard {
    pub id: CourseId,
    pub title: String,
    pub state: DraftState,
    pub language: ContentLang,
    pub topic: Option<Topic>,
    pub lessons: u32,
    pub seconds: u32,
    pub price: Option<Money>,
    pub cover: Option<String>,
    pub updated_at: Moment,
}

/// A course in the studio: what all of its rooms show at their head, and the landing fields as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: CourseId,
    pub slug: Slug,
    pub state: DraftState,
    pub kind: Kind,
    pub level: Level,
    pub language: ContentLang,
    pub title: String,
    pub promise: String,
    /// Markdown.
    pub about: String,
    /// A topic's slug; empty while none is chosen.
    pub topic: String,
    /// One item per line, as are the three after it.
    pub tags: String,
    pub learn: String,
    pub suits: String,
    pub not_for: String,
    pub cover: Option<MediaId>,
    /// None while it is not decided.
    pub price: Option<Money>,
    pub compare: Option<Money>,
    pub version: i64,
    pub published_at: Option<Moment>,
    pub updated_at: Moment,
}

impl Draft {
    /// Address of the cover picture, if one was uploaded.
    pub fn cover_url(&self) -> Option<String> {
        self.cover.as_ref().map(|media| format!("/media/{media}/file"))
    }
}

/// The items of a text with one per line.
pub fn items(lines: &str) -> Vec<String> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A lesson as a line of the outline under work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonLine {
    pub id: LessonId,
    pub title: String,
    pub kind: LessonKind,
    pub seconds: u32,
    pub preview: bool,
    /// There is something to learn in it: text, or the file its kind asks for.
    pub ready: bool,
}

/// A chapter of the outline under work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterLine {
    pub id: ChapterId,
    pub title: String,
    pub lessons: Vec<LessonLine>,
}

crate::words! {
    /// What a course needs before it is published.
    pub enum Need {
        Title = "title",
        Promise = "promise",
        Topic = "topic",
        Lesson = "lesson",
        /// Every lesson has its text or its file.
        Content = "content",
        Price = "price",
    }
}

/// One line of the publishing checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub need: Need,
    pub met: bool,
    /// The lesson it is about, where it is about one.
    pub lesson: Option<LessonId>,
}

/// A course's room in the studio: the draft, its outline, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    pub draft: Draft,
    pub chapters: Vec<ChapterLine>,
    pub checks: Vec<Check>,
    /// Every topic there is, for the choice.
    pub topics: Vec<Topic>,
    /// What the author gets of one sale, about; none where it is free or not decided.
    pub share: Option<Money>,
    /// The course is in the membership.
    pub in_membership: bool,
}

impl Room {
    pub fn is_ready(&self) -> bool {
        self.checks.iter().all(|check| check.met)
    }
    /// How many lessons there are, and how long they are together.
    pub fn size(&self) -> (u32, u32) {
        let lessons = self.chapters.iter().flat_map(|chapter| &chapter.lessons);
        lessons.fold((0, 0), |(count, seconds), lesson| (count + 1, seconds + lesson.seconds))
    }
}

/// A lesson under work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonDraft {
    pub id: LessonId,
    pub title: String,
    pub kind: LessonKind,
    /// Markdown.
    pub body: String,
    pub preview: bool,
    pub seconds: u32,
    pub version: i64,
    pub media: Option<MediaId>,
    pub updated_at: Moment,
}

/// The page of a lesson under work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonRoom {
    pub room: Room,
    pub lesson: LessonDraft,
    /// The lesson's file, playable by its author.
    pub file: Option<(MediaItem, Playable)>,
    /// What may be put into the lesson: recordings and documents, the newest first.
    pub library: Vec<MediaItem>,
}

/// A lesson as a learner would see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonPreview {
    pub lesson: LessonDraft,
    pub body: SafeHtml,
    pub file: Option<Playable>,
}

/// The course as a learner would see it, for its author alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub room: Room,
    pub about: SafeHtml,
    /// The lesson that was opened, if one was.
    pub lesson: Option<LessonPreview>,
}

/// A save that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub version: i64,
    pub at: Moment,
}

/// The form of a new course.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCourse {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub language: String,
}

/// A new course as it may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    pub title: Title,
    pub kind: Kind,
    pub language: ContentLang,
}

impl NewCourse {
    pub fn parse(self) -> Result<Beginning, Fault> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", Title::parse(&self.title));
        let kind = errors.take("kind", word(&self.kind));
        let language = errors.take("language", word(&self.language));
        let made = title.zip(kind).zip(language);
        errors.finish(made.map(|((title, kind), language)| Beginning { title, kind, language }))
    }
}

fn word<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotAChoice)
}

/// The landing fields as typed. All but the title may still be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditLanding {
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub promise: String,
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub level: String,
    #[serde(default)]
    pub tags: String,
    #[serde(default)]
    pub learn: String,
    #[serde(default)]
    pub suits: String,
    #[serde(default)]
    pub not_for: String,
}

/// Landing fields as they may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    pub version: i64,
    pub title: Title,
    pub promise: String,
    pub about: String,
    /// None: not chosen yet. Whether it exists is the catalog's to say.
    pub topic: Option<Slug>,
    pub level: Level,
    pub tags: String,
    pub learn: String,
    pub suits: String,
    pub not_for: String,
}

impl EditLanding {
    /// A title of 1 to 120 characters, a promise up to 200, an about text up to 20,000, lists of up to 12 lines.
    pub fn parse(self) -> Result<Landing, Fault> {
        let mut errors = FieldErrors::default();
        let version = errors.take("version", number(&self.version));
        let title = errors.take("title", Title::parse(&self.title));
        let promise = errors.take("promise", line(&self.promise, 0, 200));
        let about = errors.take("about", passage(&self.about, 0, 20_000));
        let topic = match self.topic.trim() {
            "" => Some(None),
            slug => errors.take("topic", Slug::parse(slug).map_err(|_| Problem::NotAChoice)).map(Some),
        };
        let level = errors.take("level", word(&self.level));
        let tags = errors.take("tags", list(&self.tags.replace(['，', ',', '、'], "\n"), 30, 12));
        let learn = errors.take("learn", list(&self.learn, 160, 12));
        let suits = errors.take("suits", list(&self.suits, 160, 12));
        let not_for = errors.take("not_for", list(&self.not_for, 160, 12));
        let landing = (|| {
            Some(Landing {
                version: version?,
                title: title?,
                promise: promise?,
                about: about?,
                topic: topic?,
                level: level?,
                tags: tags?,
                learn: learn?,
                suits: suits?,
                not_for: not_for?,
            })
        })();
        errors.finish(landing)
    }
}

fn number(text: &str) -> Result<i64, Problem> {
    text.trim().parse().map_err(|_| Problem::NotANumber)
}

/// One item per line, each within `max` characters, at most `count` of them; empty lines and repetitions go.
fn list(text: &str, max: u32, count: usize) -> Result<String, Problem> {
    let mut kept: Vec<String> = Vec::new();
    for item in items(&text.replace("\r\n", "\n")) {
        let item = line(&item, 1, max)?;
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    if kept.len() > count {
        return Err(Problem::TooLong { max: u32::try_from(count).unwrap_or(u32::MAX) });
    }
    Ok(kept.join("\n"))
}

/// The address of a course's page as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditAddress {
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub language: String,
}

impl EditAddress {
    pub fn parse(self) -> Result<(Slug, Kind, ContentLang), Fault> {
        let mut errors = FieldErrors::default();
        let slug = errors.take("slug", Slug::parse(&self.slug));
        let kind = errors.take("kind", word(&self.kind));
        let language = errors.take("language", word(&self.language));
        errors.finish(slug.zip(kind).zip(language).map(|((slug, kind), language)| (slug, kind, language)))
    }
}

/// The switch "in the membership" on the pricing page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EditMembership {
    /// Sent only while it is on.
    #[serde(default)]
    pub included: String,
}

impl EditMembership {
    pub fn is_on(&self) -> bool {
        !self.included.is_empty()
    }
}

/// The price as typed, in yuan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditPrice {
    #[serde(default)]
    pub price: String,
    #[serde(default)]
    pub compare: String,
}

/// The smallest price that is not free, in fen.
pub const LEAST_PRICE: i64 = 100;
/// The largest price, in fen.
pub const MOST_PRICE: i64 = 10_000_000;

impl EditPrice {
    /// Nothing or at least one yuan; a price to compare with is higher.
    pub fn parse(self) -> Result<(Money, Option<Money>), Fault> {
        let mut errors = FieldErrors::default();
        let price = errors.take("price", amount(&self.price));
        let compare = match self.compare.trim() {
            "" => Some(None),
            text => errors.take("compare", amount(text)).map(Some),
        };
        if let (Some(price), Some(Some(compare))) = (price, compare)
            && compare.minor() <= price.minor()
        {
            errors.add("compare", Problem::OutOfRange { min: price.minor() / 100 + 1, max: MOST_PRICE / 100 });
        }
        errors.finish(price.zip(compare))
    }
}

fn amount(text: &str) -> Result<Money, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    let money = Money::parse(text, Currency::Cny).ok_or(Problem::NotAnAmount)?;
    match money.minor() {
        0 | LEAST_PRICE..=MOST_PRICE => Ok(money),
        _ => Err(Problem::OutOfRange { min: LEAST_PRICE / 100, max: MOST_PRICE / 100 }),
    }
}

/// A title of a chapter or a lesson as typed.
pub fn heading(text: &str) -> Result<String, Fault> {
    line(text, 1, 120).map_err(|problem| Fault::field("title", problem))
}

/// A lesson as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditLesson {
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub body: String,
    /// `on` where the lesson is open to everyone.
    #[serde(default)]
    pub preview: String,
    /// How long a document takes; the length of texts and recordings is worked out.
    #[serde(default)]
    pub minutes: String,
}

/// A lesson as it may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonText {
    pub version: i64,
    pub title: String,
    pub body: String,
    pub preview: bool,
    pub minutes: Option<u32>,
}

/// The longest lesson, in characters.
pub const LESSON_CHARACTERS: u32 = 200_000;

impl EditLesson {
    pub fn parse(self) -> Result<LessonText, Fault> {
        let mut errors = FieldErrors::default();
        let version = errors.take("version", number(&self.version));
        let title = errors.take("title", line(&self.title, 1, 120));
        let body = errors.take("body", body(&self.body));
        let minutes = match self.minutes.trim() {
            "" => Some(None),
            text => errors.take("minutes", minutes(text)).map(Some),
        };
        let preview = !self.preview.is_empty();
        let lesson = version.zip(title).zip(body.zip(minutes));
        errors.finish(lesson.map(|((version, title), (body, minutes))| LessonText { version, title, body, preview, minutes }))
    }
}

fn body(text: &str) -> Result<String, Problem> {
    passage(text, 0, LESSON_CHARACTERS)
}

fn minutes(text: &str) -> Result<u32, Problem> {
    let minutes: i64 = number(text)?;
    match u32::try_from(minutes) {
        Ok(minutes @ 1..=600) => Ok(minutes),
        _ => Err(Problem::OutOfRange { min: 1, max: 600 }),
    }
}

/// The complete order of an outline: every chapter with its lessons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order(pub Vec<(ChapterId, Vec<LessonId>)>);

impl Order {
    /// Reads `chapter=…&lesson=…&lesson=…&chapter=…` in document order.
    pub fn parse(fields: &[(String, String)]) -> Result<Self, Fault> {
        let mut order: Vec<(ChapterId, Vec<LessonId>)> = Vec::new();
        for (name, value) in fields {
            let unreadable = || Fault::field(name, Problem::Unreadable);
            match (name.as_str(), order.last_mut()) {
                ("chapter", _) => order.push((value.parse().map_err(|_| unreadable())?, Vec::new())),
                ("lesson", Some((_, lessons))) => lessons.push(value.parse().map_err(|_| unreadable())?),
                ("lesson", None) => return Err(unreadable()),
                _ => (),
            }
        }
        Ok(Self(order))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_nothing_or_at_least_one_yuan() {
        let price = |price: &str, compare: &str| EditPrice { price: price.into(), compare: compare.into() }.parse();
        assert_eq!(price("0", "").map(|(price, _)| price.minor()), Ok(0));
        assert_eq!(price("1", "").map(|(price, _)| price.minor()), Ok(100));
        assert_eq!(price("199", "249").map(|(_, compare)| compare.map(Money::minor)), Ok(Some(24_900)));
        for (wrong, compare) in [("", ""), ("0.5", ""), ("-1", ""), ("abc", ""), ("100001", ""), ("100", "100"), ("100", "x")] {
            assert!(price(wrong, compare).is_err(), "{wrong} {compare}");
        }
    }

    #[test]
    fn an_order_is_read_in_the_order_of_the_page() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let order = Order::parse(&[field("version", "3"), field("chapter", "a"), field("lesson", "1"), field("chapter", "b")]);
        assert_eq!(order.map(|order| order.0.len()), Ok(2));
        assert!(Order::parse(&[field("lesson", "1")]).is_err());
        assert!(Order::parse(&[field("chapter", "a b")]).is_err());
    }

    #[test]
    fn a_list_keeps_one_item_per_line_once() {
        assert_eq!(list(" a \r\n\n b\na", 10, 3), Ok("a\nb".into()));
        assert!(list("a\nb\nc\nd", 10, 3).is_err());
        assert!(list("long line", 3, 3).is_err());
    }

    #[test]
    fn everything_wrong_with_a_landing_is_told_at_once() {
        let wrong = EditLanding { topic: "No Topic".into(), ..EditLanding::default() }.parse();
        assert!(matches!(wrong, Err(Fault::Invalid(errors)) if errors.len() == 4), "version, title, topic, level");
    }
}
