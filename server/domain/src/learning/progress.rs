//! Keeping where somebody is: reports of the player, ticks by hand, texts opened.

use super::queries::{self, Place, Stored, Who};
use super::state::{Deed, Happened};
use crate::error::OrNotFound;
use crate::events::{Event, Happening, announce};
use crate::{App, Error, Member, Result, entitlement};
use model::ids::{EventId, LessonId};
use model::learning::{StudyAnswer, StudyReport};
use model::text::Slug;
use model::time::{Span, minutes};
use model::{Fault, Moment};
use store::{Conn, Tx};

/// The log hears of studying one lesson no more often than this.
const SUMMARY: Span = minutes(3);

/// Takes in what a player reports. The same report sent again changes nothing.
/// Refused where the person may not open the lesson.
pub async fn study(app: &App, member: &Member, course: &Slug, lesson: &LessonId, report: StudyReport) -> Result<StudyAnswer> {
    let studied = report.parse()?;
    let mut place = may_study(app, &mut app.db.read().await?, member, course, lesson).await?;
    if place.length == 0 {
        place.length = studied.duration;
    }
    let at = Moment::from_millis(app.now().millis().saturating_sub(studied.age));
    let deed = Deed::Watched { position: studied.position, ranges: studied.ranges };
    let happened = Happened { id: studied.event, at, deed };
    let completed = app.db.write(async |tx| record(app, tx, member, lesson, &place, &happened).await).await?;
    Ok(StudyAnswer { completed })
}

/// Marks the lesson as done, or as not done, by hand.
pub async fn mark(app: &App, member: &Member, course: &Slug, lesson: &LessonId, done: bool) -> Result<()> {
    app.db.write(async |tx| mark_in(app, tx, member, course, lesson, done).await).await
}

/// The same in a transaction of the caller's.
pub async fn mark_in(app: &App, tx: &mut Tx, member: &Member, course: &Slug, lesson: &LessonId, done: bool) -> Result<()> {
    let place = may_study(app, tx, member, course, lesson).await?;
    let id: EventId = app.new_id();
    let happened = Happened { id: id.to_string(), at: app.now(), deed: Deed::Ticked(done) };
    record(app, tx, member, lesson, &place, &happened).await.map(drop)
}

/// The person opened the lesson's page: it is where they are now. A lesson that no player reports on counts as studied by that.
pub async fn opened(app: &App, member: &Member, course: &Slug, lesson: &LessonId) -> Result<()> {
    let place = may_study(app, &mut app.db.read().await?, member, course, lesson).await?;
    let who = Who { account: &member.id, course: &place.course, lesson };
    app.db
        .write(async |tx| {
            let mut stored = queries::hold_progress(tx, who).await?;
            queries::touch_course(tx, who, app.now()).await?;
            if !place.kind.is_played() && stored.announced_at.is_none() {
                tell_studied(app, tx, who, &mut stored).await?;
                queries::save_progress(tx, who, &stored).await?;
            }
            Ok(())
        })
        .await
}

async fn may_study(app: &App, conn: &mut Conn, member: &Member, course: &Slug, lesson: &LessonId) -> Result<Place> {
    let place = queries::place(conn, course, lesson).await?.or_not_found()?;
    let access = entitlement::may_open(conn, Some(&member.id), &place.course, app.now()).await?;
    if entitlement::may_preview(access, place.preview) { Ok(place) } else { Err(Error::Fault(Fault::Forbidden)) }
}

/// Merges one event and says whether the lesson is done. Lessons are held before courses, everywhere.
async fn record(app: &App, tx: &mut Tx, member: &Member, lesson: &LessonId, place: &Place, happened: &Happened) -> Result<bool> {
    let who = Who { account: &member.id, course: &place.course, lesson };
    let mut stored = queries::hold_progress(tx, who).await?;
    if !queries::add_event(tx, who, happened, app.now()).await? {
        return Ok(stored.done);
    }
    stored.state.apply(happened, place.length);
    // once reached it stays, whatever length the next report has, until a hand says otherwise
    stored.done = stored.state.tick.value.unwrap_or(stored.done || stored.state.done(place.length));
    let finished = stored.done && stored.finished_at.is_none();
    if finished {
        stored.finished_at = Some(app.now());
    }
    let news = stored.state.ranges.total() > stored.announced;
    let due = stored.announced_at.is_none_or(|last| app.now().since(last) >= SUMMARY);
    if news && (due || finished) {
        tell_studied(app, tx, who, &mut stored).await?;
    }
    queries::save_progress(tx, who, &stored).await?;
    queries::touch_course(tx, who, happened.at).await?;
    if finished {
        let detail = serde_json::json!({ "lesson": lesson });
        announce(app, tx, Event::new(Happening::LessonFinished, who.course).of(who.account).with(detail)).await?;
    }
    if stored.done && queries::finish_course(tx, who, app.now()).await? {
        announce(app, tx, Event::new(Happening::CourseFinished, who.course).of(who.account)).await?;
    }
    Ok(stored.done)
}

async fn tell_studied(app: &App, tx: &mut Tx, who: Who<'_>, stored: &mut Stored) -> Result<()> {
    let watched = stored.state.ranges.total();
    let detail = serde_json::json!({ "lesson": who.lesson, "seconds": (watched - stored.announced) / 1000 });
    stored.announced = watched;
    stored.announced_at = Some(app.now());
    announce(app, tx, Event::new(Happening::LessonStudied, who.course).of(who.account).with(detail)).await
}
