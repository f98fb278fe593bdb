//! One lesson: its text, its file.

use super::author::Author;
use super::{library, queries};
use crate::error::OrNotFound;
use crate::{App, Error, Result};
use model::authoring::{EditLesson, Saved};
use model::catalog::LessonKind;
use model::ids::{LessonId, MediaId};
use model::media::MediaKind;
use model::{Problem, Refusal};

/// Keeps a lesson's title and text. Refused with `ChangedMeanwhile` where it was saved elsewhere since `form.version`; the
/// text in the database stays as it is.
pub async fn save_lesson(app: &App, author: &Author, lesson: &LessonId, form: EditLesson) -> Result<Saved> {
    let text = form.parse()?;
    let now = app.now();
    app.db
        .write(async |tx| {
            let known = queries::lesson(tx, author.course(), lesson).await?.or_not_found()?;
            let seconds = match (known.kind, text.minutes) {
                (LessonKind::Text, _) => reading_seconds(&text.body),
                (LessonKind::Pdf, Some(minutes)) => minutes * 60,
                _ => known.seconds,
            };
            if queries::save_lesson(tx, lesson, &text, seconds, now).await? != 1 {
                return Err(Error::refuse(Refusal::ChangedMeanwhile));
            }
            queries::touch(tx, author.course(), now).await
        })
        .await?;
    Ok(Saved { version: text.version + 1, at: now })
}

/// How long a text takes to read: 400 Chinese characters or 200 other words a minute.
pub(super) fn reading_seconds(text: &str) -> u32 {
    let ideographs = text.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)).count();
    let words = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| word.chars().any(|c| c.is_alphanumeric() && !('\u{3400}'..='\u{9fff}').contains(&c)))
        .count();
    u32::try_from(ideographs * 60 / 400 + words * 60 / 200).unwrap_or(u32::MAX)
}

/// Puts a file of the author's library into the lesson, which becomes of the file's kind.
pub async fn attach(app: &App, author: &Author, lesson: &LessonId, media: &MediaId) -> Result<()> {
    let now = app.now();
    app.db
        .write(async |tx| {
            let known = queries::lesson(tx, author.course(), lesson).await?.or_not_found()?;
            let file = library::owned(tx, author.account(), media).await?;
            let kind = match file.kind {
                MediaKind::Video => LessonKind::Video,
                MediaKind::Audio => LessonKind::Audio,
                MediaKind::Pdf => LessonKind::Pdf,
                MediaKind::Image => return Err(Error::field("file", Problem::WrongKindOfFile)),
            };
            let seconds = if kind == LessonKind::Pdf { known.seconds.max(60) } else { file.seconds };
            queries::set_file(tx, lesson, kind, Some(media), seconds).await?;
            queries::touch(tx, author.course(), now).await
        })
        .await
}

/// Takes the file out of the lesson; it stays in the library. The lesson is one to read from then on.
pub async fn detach(app: &App, author: &Author, lesson: &LessonId) -> Result<()> {
    let now = app.now();
    app.db
        .write(async |tx| {
            let known = queries::lesson(tx, author.course(), lesson).await?.or_not_found()?;
            queries::set_file(tx, lesson, LessonKind::Text, None, reading_seconds(&known.body)).await?;
            queries::touch(tx, author.course(), now).await
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::reading_seconds;

    #[test]
    fn reading_takes_as_long_in_either_language() {
        assert_eq!(reading_seconds(&"字".repeat(400)), 60);
        assert_eq!(reading_seconds(&"word ".repeat(200)), 60);
        assert_eq!(reading_seconds(" \n"), 0);
    }
}
