//! What authors make: drafts of courses, their outline and lessons, and what is still missing before publishing.

mod landing;
mod lesson;
mod order;
mod price;

pub use landing::{Beginning, EditAddress, EditLanding, Landing, NewCourse};
pub use lesson::{EditLesson, LESSON_CHARACTERS, LessonText, heading};
pub use order::Order;
pub use price::{EditMembership, EditPlaces, EditPrice, LEAST_PRICE, MOST_PLACES, MOST_PRICE};

use crate::Moment;
use crate::catalog::{Kind, LessonKind, Level, Topic};
use crate::fault::Problem;
use crate::html::SafeHtml;
use crate::ids::{ChapterId, CourseId, LessonId, MediaId};
use crate::lang::ContentLang;
use crate::media::{MediaItem, Playable};
use crate::money::Money;
use crate::text::Slug;
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
    /// The whole file is here and waits to be looked into; then it is in the library, or was refused.
    BeingChecked,
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
        /// Every recording says how long it is.
        Length = "length",
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
    /// How many may have it; none: as many as like.
    pub places: Option<u32>,
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

/// One of the words of a choice.
fn word<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotAChoice)
}

fn number(text: &str) -> Result<i64, Problem> {
    text.trim().parse().map_err(|_| Problem::NotANumber)
}
