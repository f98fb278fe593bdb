//! The feed: what somebody might learn next, each with why it is there.

use crate::catalog::CourseCard;
use crate::ids::CourseId;
use crate::learning::Owned;
use crate::{Fault, Problem};
use serde::{Deserialize, Serialize};

/// One piece of evidence for a course, with the names a sentence needs, in the reader's language where they have one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Like a course they have.
    Studied {
        title: String,
    },
    /// Like a course they looked at.
    LookedAt {
        title: String,
    },
    /// People who had this course went on to it.
    WentOn {
        title: String,
    },
    /// About a topic they chose.
    Interest {
        topic: String,
    },
    /// By somebody they learned from.
    SameTeacher {
        name: String,
    },
    PopularInTopic {
        topic: String,
    },
    Popular,
    New,
}

/// A reason and the part of the score it explains, in per cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub why: Why,
    pub percent: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedItem {
    pub card: CourseCard,
    /// The strongest first; never empty.
    pub reasons: Vec<Reason>,
}

/// Somebody's feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Where they left off.
    pub going_on: Option<Owned>,
    pub items: Vec<FeedItem>,
    /// Made for this person; else the same for everybody.
    pub personal: bool,
    /// Nothing is known of them but, perhaps, the topics they chose.
    pub fresh: bool,
    /// Names of the topics they chose.
    pub interests: Vec<String>,
    /// A course they have just put away, to be taken back.
    pub put_away: Option<CourseCard>,
}

/// The forms "not interested" and "undo".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismiss {
    #[serde(default)]
    pub course: String,
}

impl Dismiss {
    pub fn parse(self) -> Result<CourseId, Fault> {
        self.course.parse().map_err(|_| Fault::field("course", Problem::NotAChoice))
    }
}
