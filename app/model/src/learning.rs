//! Learning: the lesson page, where somebody is in a course, and what a player reports.

use crate::accounts::Person;
use crate::catalog::{CourseCard, Offer, OutlineChapter, OutlineLesson};
use crate::entitlement::Access;
use crate::fault::FieldErrors;
use crate::html::SafeHtml;
use crate::ids::{CourseId, LessonId, looks_like_an_id};
use crate::lang::ContentLang;
use crate::media::Playable;
use crate::text::Slug;
use crate::{Fault, Lang, Moment, Problem};
use serde::{Deserialize, Serialize};

crate::words! {
    /// How far somebody is in a course they own.
    pub enum Stage {
        Active = "active",
        New = "new",
        Finished = "finished",
    }
}

/// The course a lesson belongs to, as its page names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseHead {
    pub id: CourseId,
    pub slug: Slug,
    pub title: String,
    pub language: ContentLang,
    pub instructor: Person,
    pub topic: Slug,
    pub offer: Offer,
}

/// The way to a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonLink {
    pub id: LessonId,
    pub title: String,
}

/// A line of what is said, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    pub seconds: f64,
    pub text: String,
}

/// What stands in the middle of a lesson's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// Not open to the one who looks.
    Locked,
    /// A film or a recording.
    Recording(Playable),
    /// A PDF.
    Document(Playable),
    /// The lesson's text is the lesson.
    Text,
    /// The file is not there yet.
    Missing,
}

/// One lesson as one person sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LessonPage {
    pub course: CourseHead,
    pub lesson: OutlineLesson,
    pub chapter: String,
    /// Its number in the course, from 1.
    pub number: u32,
    pub outline: Vec<OutlineChapter>,
    pub access: Access,
    pub content: Content,
    /// The lesson's text, or the notes under a recording; empty where there are none or it is locked.
    pub body: SafeHtml,
    /// Whether what is done here is kept: somebody signed in who may open the lesson.
    pub kept: bool,
    /// Where the recording goes on, in seconds.
    pub resume_seconds: f64,
    /// What was watched before, in seconds.
    pub ranges: Vec<(f64, f64)>,
    /// What is said in a recording, in the reader's language where there is one; empty without captions.
    pub transcript: Vec<Cue>,
    pub transcript_lang: Lang,
    pub previous: Option<LessonLink>,
    pub next: Option<LessonLink>,
}

impl LessonPage {
    pub fn lessons(&self) -> u32 {
        u32::try_from(self.outline.iter().map(|chapter| chapter.lessons.len()).sum::<usize>()).unwrap_or(u32::MAX)
    }
    pub fn done(&self) -> u32 {
        let lessons = self.outline.iter().flat_map(|chapter| &chapter.lessons);
        u32::try_from(lessons.filter(|lesson| lesson.done).count()).unwrap_or(u32::MAX)
    }
}

/// Part of a whole in per cent, rounded down, so that only the whole is 100.
pub fn percent(done: u32, of: u32) -> u8 {
    u8::try_from((u64::from(done) * 100).checked_div(u64::from(of)).unwrap_or_default().min(100)).unwrap_or(100)
}

/// A course somebody owns, and how far they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owned {
    pub card: CourseCard,
    pub stage: Stage,
    pub done: u32,
    /// The lesson to go on with; none when everything is done or there are no lessons.
    pub next: Option<LessonLink>,
    /// Length of the lessons that are not done yet.
    pub left_seconds: u32,
    /// When they last studied it.
    pub last_at: Option<Moment>,
}

impl Owned {
    pub fn percent(&self) -> u8 {
        percent(self.done, self.card.lessons)
    }
}

/// "My learning": one tab of it, with the counts of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    pub stage: Stage,
    pub active: u32,
    pub new: u32,
    pub finished: u32,
    pub courses: Vec<Owned>,
}

impl Shelf {
    pub const fn count(&self, stage: Stage) -> u32 {
        match stage {
            Stage::Active => self.active,
            Stage::New => self.new,
            Stage::Finished => self.finished,
        }
    }
}

/// The form that marks a lesson as done, or not done any more.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Mark {
    /// `yes` or `no`.
    #[serde(default)]
    pub done: String,
}

impl Mark {
    pub fn parse(self) -> Result<bool, Fault> {
        match self.done.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(Fault::field("done", Problem::NotAChoice)),
        }
    }
}

/// What a player reports (frontend/README.md).
#[derive(Debug, Clone, Deserialize)]
pub struct StudyReport {
    pub position_seconds: f64,
    #[serde(default)]
    pub ranges: Vec<(f64, f64)>,
    #[serde(default)]
    pub duration_seconds: Option<f64>,
    pub event: String,
    /// How long ago it happened, where it had to wait for the network.
    #[serde(default)]
    pub age_seconds: Option<f64>,
}

/// A report that can be believed, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Studied {
    pub event: String,
    pub position: i64,
    pub ranges: Vec<(i64, i64)>,
    /// As the player knows it; 0 where it does not.
    pub duration: i64,
    pub age: i64,
}

/// No recording is longer.
const LONGEST_SECONDS: f64 = 48.0 * 3600.0;
/// Reports older than this count as this old.
const OLDEST_SECONDS: f64 = 90.0 * 86_400.0;
/// More stretches than a person can make between two reports.
const MOST_RANGES: usize = 500;

impl StudyReport {
    pub fn parse(self) -> Result<Studied, Fault> {
        let mut errors = FieldErrors::default();
        let position = errors.take("position_seconds", millis(self.position_seconds, LONGEST_SECONDS));
        let ranges = errors.take("ranges", ranges(&self.ranges));
        let duration = errors.take("duration_seconds", millis(self.duration_seconds.unwrap_or(0.0), LONGEST_SECONDS));
        let age = errors.take("age_seconds", millis(self.age_seconds.unwrap_or(0.0).min(OLDEST_SECONDS), OLDEST_SECONDS));
        if !looks_like_an_id(&self.event) {
            errors.add("event", Problem::Unreadable);
        }
        let event = self.event;
        let studied = (|| Some(Studied { event, position: position?, ranges: ranges?, duration: duration?, age: age? }))();
        errors.finish(studied)
    }
}

fn ranges(given: &[(f64, f64)]) -> Result<Vec<(i64, i64)>, Problem> {
    if given.len() > MOST_RANGES {
        return Err(Problem::OutOfRange { min: 0, max: MOST_RANGES as i64 });
    }
    let stretch = |(from, to): &(f64, f64)| match (millis(*from, LONGEST_SECONDS)?, millis(*to, LONGEST_SECONDS)?) {
        (from, to) if from <= to => Ok((from, to)),
        _ => Err(Problem::Unreadable),
    };
    given.iter().map(stretch).collect()
}

/// Seconds of a player in whole milliseconds.
fn millis(seconds: f64, most: f64) -> Result<i64, Problem> {
    if (0.0..=most).contains(&seconds) {
        Ok((seconds * 1000.0).round() as i64)
    } else {
        Err(Problem::OutOfRange { min: 0, max: most as i64 })
    }
}

/// What the player hears back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyAnswer {
    pub completed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(position: f64, ranges: &[(f64, f64)]) -> StudyReport {
        StudyReport {
            position_seconds: position,
            ranges: ranges.to_vec(),
            duration_seconds: Some(60.0),
            event: "e-1".into(),
            age_seconds: None,
        }
    }

    #[test]
    fn a_report_is_read_in_milliseconds() {
        let studied = report(754.2, &[(740.0, 754.2)]).parse().unwrap();
        assert_eq!((studied.position, studied.ranges, studied.duration), (754_200, vec![(740_000, 754_200)], 60_000));
    }

    #[test]
    fn every_impossible_number_is_told() {
        let wrong = StudyReport { event: "no spaces please".into(), ..report(-1.0, &[(5.0, 4.0)]) };
        let Err(Fault::Invalid(errors)) = wrong.parse() else { panic!("it was believed") };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["position_seconds", "ranges", "event"]);
        assert!(report(f64::NAN, &[]).parse().is_err());
        assert!(report(f64::INFINITY, &[]).parse().is_err());
        assert!(report(1.0, &vec![(0.0, 1.0); 501]).parse().is_err());
    }

    #[test]
    fn a_report_that_waited_for_a_year_is_taken_as_old() {
        let old = StudyReport { age_seconds: Some(365.0 * 86_400.0), ..report(1.0, &[]) };
        assert_eq!(old.parse().unwrap().age, 90 * 86_400_000);
    }

    #[test]
    fn only_the_whole_is_a_hundred_per_cent() {
        assert_eq!((percent(0, 3), percent(2, 3), percent(999, 1000), percent(3, 3), percent(0, 0)), (0, 66, 99, 100, 0));
    }
}
