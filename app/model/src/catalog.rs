//! What is offered: courses as cards and as pages, and how one chooses among them.

use crate::accounts::Person;
use crate::ids::{CourseId, LessonId};
use crate::lang::ContentLang;
use crate::money::Money;
use crate::text::Slug;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What form a course takes.
    pub enum Kind {
        Course = "course",
        Column = "column",
        Ebook = "ebook",
        Lecture = "lecture",
    }
}

crate::words! {
    pub enum Level {
        Beginner = "beginner",
        Intermediate = "intermediate",
        Advanced = "advanced",
    }
}

crate::words! {
    /// How a lesson is taken in.
    pub enum LessonKind {
        Video = "video",
        Audio = "audio",
        Text = "text",
        Pdf = "pdf",
    }
}

impl LessonKind {
    /// A player plays it and reports how far it was watched or heard.
    pub const fn is_played(self) -> bool {
        matches!(self, LessonKind::Video | LessonKind::Audio)
    }
}

/// A topic in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub slug: Slug,
    pub name_zh: String,
    pub name_en: String,
    pub blurb_zh: String,
    pub blurb_en: String,
    /// How many published courses it has.
    pub courses: u32,
}

impl Topic {
    pub fn name(&self, lang: crate::Lang) -> &str {
        match lang {
            crate::Lang::Zh => &self.name_zh,
            crate::Lang::En => &self.name_en,
        }
    }
}

/// A rating as a sum of stars, so that the mean is never stored rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rating {
    pub stars: u32,
    pub reviews: u32,
}

impl Rating {
    /// The mean in tenths of a star, rounded; none without reviews.
    pub const fn tenths(self) -> Option<u32> {
        (self.stars * 10 + self.reviews / 2).checked_div(self.reviews)
    }
}

/// What a price box shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub price: Money,
    /// The list price it is compared with, where that is honest.
    pub compare: Option<Money>,
}

/// A course as one card in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseCard {
    pub id: CourseId,
    pub slug: Slug,
    pub title: String,
    pub promise: String,
    pub kind: Kind,
    pub level: Level,
    pub language: ContentLang,
    pub topic: Slug,
    pub instructor: Person,
    pub lessons: u32,
    /// Length of all lessons together.
    pub seconds: u32,
    pub rating: Rating,
    pub learners: u32,
    pub offer: Offer,
    pub published_at: Moment,
    /// Address of the cover image; none: a cover is drawn from the id.
    pub cover: Option<String>,
    /// For the person looking: how far they are, in per cent, if they own it.
    pub progress: Option<u8>,
}

/// A lesson as one line of an outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineLesson {
    pub id: LessonId,
    pub title: String,
    pub kind: LessonKind,
    pub seconds: u32,
    /// Open to everyone.
    pub preview: bool,
    /// The person looking has finished it.
    pub done: bool,
}

/// A chapter with its lessons, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineChapter {
    pub title: String,
    pub lessons: Vec<OutlineLesson>,
}
