//! One lesson as one person sees it.

use super::queries::{self, Line, Stored};
use super::transcript::cues;
use crate::error::OrNotFound;
use crate::media::{self, Audience, Purpose};
use crate::{App, Error, Result, Visitor, entitlement};
use model::Lang;
use model::catalog::{LessonKind, OutlineChapter, OutlineLesson};
use model::entitlement::Access;
use model::html::SafeHtml;
use model::ids::{AccountId, CourseId, LessonId, MediaId};
use model::learning::{Content, Cue, LessonLink, LessonPage};
use model::text::Slug;
use store::Conn;

/// The lesson's page: open, or locked with everything that says what unlocks it. Not found where the course is neither
/// offered nor theirs, or has no such lesson.
pub async fn lesson_page(app: &App, visitor: &Visitor, course: &Slug, lesson: &LessonId) -> Result<LessonPage> {
    let mut conn = app.db.read().await?;
    let account = visitor.me.as_ref().map(|me| &me.id);
    let course = queries::course(&mut conn, course).await?.or_not_found()?;
    let access = entitlement::may_open(&mut conn, account, &course.id, app.now()).await?;
    if access == Access::Closed {
        return Err(Error::not_found());
    }
    let lines = queries::outline(&mut conn, &course.id, account).await?;
    let at = lines.iter().position(|line| line.lesson.id == *lesson).or_not_found()?;
    let line = lines.get(at).or_not_found()?;
    let open = entitlement::may_preview(access, line.lesson.preview);
    let (content, body, media) = if open {
        let held = queries::held(&mut conn, lesson).await?.or_not_found()?;
        (content(app, &mut conn, visitor, &line.lesson, held.media.as_ref()).await?, held.body, held.media)
    } else {
        (Content::Locked, SafeHtml::default(), None)
    };
    let (transcript, transcript_lang) = transcript(&mut conn, visitor.lang, &content, media.as_ref()).await?;
    let stored = match account {
        Some(account) if open => queries::progress(&mut conn, account, lesson).await?.unwrap_or_default(),
        _ => Stored::default(),
    };
    Ok(LessonPage {
        lesson: line.lesson.clone(),
        chapter: line.chapter.clone(),
        number: u32::try_from(at + 1).unwrap_or(u32::MAX),
        previous: at.checked_sub(1).and_then(|before| lines.get(before)).map(link),
        next: lines.get(at + 1).map(link),
        kept: open && account.is_some(),
        resume_seconds: stored.state.position.value as f64 / 1000.0,
        ranges: stored.state.ranges.in_seconds(),
        transcript,
        transcript_lang,
        access,
        content,
        body,
        course,
        outline: chapters(lines),
    })
}

async fn content(
    app: &App,
    conn: &mut Conn,
    visitor: &Visitor,
    lesson: &OutlineLesson,
    media: Option<&MediaId>,
) -> Result<Content> {
    if lesson.kind == LessonKind::Text {
        return Ok(Content::Text);
    }
    let Some(media) = media else { return Ok(Content::Missing) };
    let audience = visitor.me.as_ref().map_or(Audience::Anyone, |me| Audience::Account(me.id.clone()));
    let playable = media::playable(app, conn, media, Purpose::Lesson(lesson.id.clone()), audience).await?;
    Ok(match playable {
        None => Content::Missing,
        Some(document) if lesson.kind == LessonKind::Pdf => Content::Document(document),
        Some(recording) => Content::Recording(recording),
    })
}

/// The captions as a text, in the reader's language if there are such, else in whatever language there is.
async fn transcript(conn: &mut Conn, lang: Lang, content: &Content, media: Option<&MediaId>) -> Result<(Vec<Cue>, Lang)> {
    let (Content::Recording(recording), Some(media)) = (content, media) else { return Ok((Vec::new(), lang)) };
    let spoken: Vec<Lang> = recording.captions.iter().map(|(lang, _)| *lang).collect();
    let Some(lang) = spoken.iter().find(|spoken| **spoken == lang).or(spoken.first()).copied() else {
        return Ok((Vec::new(), lang));
    };
    let captions = media::captions(conn, media, lang).await?.unwrap_or_default();
    Ok((cues(&captions), lang))
}

fn link(line: &Line) -> LessonLink {
    LessonLink { id: line.lesson.id.clone(), title: line.lesson.title.clone() }
}

/// The outline of a course with what `account` has done in it.
pub async fn outline(conn: &mut Conn, course: &CourseId, account: &AccountId) -> Result<Vec<OutlineChapter>> {
    Ok(chapters(queries::outline(conn, course, Some(account)).await?))
}

fn chapters(lines: Vec<Line>) -> Vec<OutlineChapter> {
    let mut chapters: Vec<(String, OutlineChapter)> = Vec::new();
    for Line { chapter_id, chapter, lesson } in lines {
        match chapters.last_mut() {
            Some((id, chapter)) if *id == chapter_id => chapter.lessons.push(lesson),
            _ => chapters.push((chapter_id, OutlineChapter { title: chapter, lessons: vec![lesson] })),
        }
    }
    chapters.into_iter().map(|(_, chapter)| chapter).collect()
}
