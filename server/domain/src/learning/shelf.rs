//! Everything somebody learns, and where to go on.

use super::queries::{self, LastIn, Open};
use crate::{App, Member, Result, catalog, entitlement};
use model::catalog::CourseCard;
use model::ids::{AccountId, CourseId};
use model::learning::{Owned, Shelf, Stage, percent};
use std::collections::BTreeMap;
use store::Conn;

/// One tab of "my learning": the courses of that stage, what was studied last first.
pub async fn shelf(app: &App, member: &Member, stage: Stage) -> Result<Shelf> {
    let mut conn = app.db.read().await?;
    let all = owned(app, &mut conn, &member.id).await?;
    let count = |stage| u32::try_from(all.iter().filter(|course| course.stage == stage).count()).unwrap_or(u32::MAX);
    let (active, new, finished) = (count(Stage::Active), count(Stage::New), count(Stage::Finished));
    Ok(Shelf { stage, active, new, finished, courses: all.into_iter().filter(|course| course.stage == stage).collect() })
}

/// The course somebody studied last and has not finished; if there is none, the newest they have not begun.
pub async fn continue_learning(app: &App, member: &Member) -> Result<Option<Owned>> {
    let mut conn = app.db.read().await?;
    let mut all = owned(app, &mut conn, &member.id).await?;
    all.retain(|course| course.stage != Stage::Finished && course.next.is_some());
    Ok(all.into_iter().min_by_key(|course| course.stage))
}

/// How far somebody is in each course they have, in per cent.
pub async fn percents(app: &App, conn: &mut Conn, account: &AccountId) -> Result<BTreeMap<CourseId, u8>> {
    let ids = entitlement::owned_courses(conn, account, app.now()).await?;
    let done: BTreeMap<CourseId, u32> = queries::done_counts(conn, account).await?.into_iter().collect();
    let cards = catalog::cards(conn, &texts(&ids)).await?;
    Ok(cards.into_iter().map(|card| (card.id.clone(), percent(done.get(&card.id).copied().unwrap_or(0), card.lessons))).collect())
}

fn texts(ids: &[CourseId]) -> Vec<&str> {
    ids.iter().map(CourseId::as_str).collect()
}

/// What somebody has, and, while they have a pass, what they began of the membership.
async fn open_courses(app: &App, conn: &mut Conn, account: &AccountId) -> Result<Vec<CourseId>> {
    let mut ids = entitlement::owned_courses(conn, account, app.now()).await?;
    if entitlement::has_pass(conn, account, app.now()).await? {
        let begun = queries::begun_in_membership(conn, account).await?;
        ids.extend(begun.into_iter().filter(|course| !ids.contains(course)).collect::<Vec<_>>());
    }
    Ok(ids)
}

/// What was studied last first; what was never opened after it, the newest right first.
async fn owned(app: &App, conn: &mut Conn, account: &AccountId) -> Result<Vec<Owned>> {
    let ids = open_courses(app, conn, account).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut cards: BTreeMap<CourseId, CourseCard> =
        catalog::cards(conn, &texts(&ids)).await?.into_iter().map(|card| (card.id.clone(), card)).collect();
    let last: BTreeMap<CourseId, LastIn> =
        queries::last_in(conn, account).await?.into_iter().map(|last| (last.course.clone(), last)).collect();
    let done: BTreeMap<CourseId, u32> = queries::done_counts(conn, account).await?.into_iter().collect();
    let mut open: BTreeMap<CourseId, Vec<Open>> = BTreeMap::new();
    for lesson in queries::open_lessons(conn, account, &ids).await? {
        open.entry(lesson.course.clone()).or_default().push(lesson);
    }
    let one = |id: &CourseId| {
        let done = done.get(id).copied().unwrap_or(0);
        Some(whole(cards.remove(id)?, done, last.get(id), open.remove(id).unwrap_or_default()))
    };
    let mut all: Vec<Owned> = ids.iter().filter_map(one).collect();
    all.sort_by_key(|course| std::cmp::Reverse(course.last_at));
    Ok(all)
}

fn whole(mut card: CourseCard, done: u32, last: Option<&LastIn>, open: Vec<Open>) -> Owned {
    let next = next(&open, last.map(|last| last.position));
    let stage = match (done, last) {
        _ if open.is_empty() && card.lessons > 0 => Stage::Finished,
        (0, None) => Stage::New,
        _ => Stage::Active,
    };
    card.progress = Some(percent(done, card.lessons));
    Owned {
        stage,
        done,
        left_seconds: open.iter().map(|open| open.seconds).fold(0, u32::saturating_add),
        next: next.map(|open| open.lesson.clone()),
        last_at: last.map(|last| last.at),
        card,
    }
}

/// The lesson they were in, or the next one after it that is not done, or else the first that is not.
fn next(open: &[Open], last: Option<i64>) -> Option<&Open> {
    let onward = last.and_then(|last| open.iter().find(|open| open.position >= last));
    onward.or_else(|| open.first())
}
