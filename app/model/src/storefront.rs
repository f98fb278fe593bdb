//! Pages that several areas make together.

use crate::accounts::Person;
use crate::catalog::{CourseCard, OutlineChapter, Rating, Topic};
use crate::community::Reviews;
use crate::entitlement::Access;
use crate::feed::FeedItem;
use crate::html::SafeHtml;
use crate::ids::LessonId;
use crate::learning::Owned;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

/// What the front page shows a member before everything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    pub name: String,
    /// Where they left off.
    pub going_on: Option<Owned>,
    /// The head of their feed.
    pub suggested: Vec<FeedItem>,
}

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub topics: Vec<Topic>,
    /// This week's selection.
    pub courses: Vec<CourseCard>,
    /// For a member.
    pub own: Option<Own>,
}

/// A teacher as the foot of their course's page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teacher {
    pub person: Person,
    pub bio: String,
    pub courses: u32,
    pub learners: u32,
    /// Of all their courses together.
    pub rating: Rating,
}

/// Everything a course's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoursePage {
    pub course: CourseCard,
    pub topic: Topic,
    pub about: SafeHtml,
    pub tags: Vec<String>,
    /// What one will be able to do.
    pub learn: Vec<String>,
    pub suits: Vec<String>,
    pub not_for: Vec<String>,
    pub chapters: Vec<OutlineChapter>,
    pub updated_at: Moment,
    /// In the catalog; else only its owners and those with its link see it.
    pub listed: bool,
    pub teacher: Teacher,
    pub reviews: Reviews,
    pub similar: Vec<CourseCard>,
    /// Bundles on offer that hold it.
    pub bundles: Vec<crate::cart::BundleRow>,
    /// All topics, for the names on covers.
    pub topics: Vec<Topic>,
    /// How far it is open to the person looking.
    pub access: Access,
    /// Members may open it.
    pub in_membership: bool,
    /// How many may still buy it, where its places are counted, for whoever is signed in.
    pub places_left: Option<u32>,
    /// For whom it is open: the lesson to go on with.
    pub resume: Option<LessonId>,
    /// What it promises about refunds.
    pub refunds: crate::refunds::RefundPolicy,
    /// The review of the person looking, if they wrote one.
    pub own_review: Option<crate::community::Review>,
}

impl CoursePage {
    /// The first lesson open to everyone.
    pub fn first_preview(&self) -> Option<&crate::catalog::OutlineLesson> {
        self.chapters.iter().flat_map(|chapter| &chapter.lessons).find(|lesson| lesson.preview)
    }
}

/// A person's public page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPage {
    pub teacher: Teacher,
    pub courses: Vec<CourseCard>,
    pub topics: Vec<Topic>,
}

crate::words! {
    /// Where a text of the house stands; its word is the first part of the address.
    pub enum Shelf {
        Help = "help",
        Legal = "legal",
    }
}

/// A text of the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub shelf: Shelf,
    pub name: String,
    pub title: String,
    /// What it says, in a sentence.
    pub lede: String,
    pub body: SafeHtml,
}
