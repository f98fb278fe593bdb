//! A lesson as its author types it.

use super::number;
use crate::Fault;
use crate::fault::{FieldErrors, Problem};
use crate::text::{line, passage};
use serde::{Deserialize, Serialize};

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
