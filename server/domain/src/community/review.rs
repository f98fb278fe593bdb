//! Reviewing a course.

use super::queries;
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening};
use crate::{App, Error, Member, Result, accounts, catalog, entitlement};
use model::Moment;
use model::community::{Refusal, Review, ReviewText, Reviews, WriteReview};
use model::entitlement::{Access, Reason};
use model::ids::{AccountId, CourseId, ReviewId};
use model::paging;
use model::text::Slug;
use store::{Conn, Tx};

/// How many reviews a course's page shows at once.
const SHOWN: u32 = 12;

/// `member` reviews the course at `slug`, or says it anew: each person has one review of a course.
pub async fn write_review(app: &App, member: &Member, slug: &Slug, form: WriteReview) -> Result<()> {
    let text = form.parse()?;
    app.db
        .write(async |tx| {
            // a form sent twice at once: the second waits, and finds the review of the first
            accounts::lock(tx, &member.id).await?;
            let course = queries::course_id(tx, slug).await?.or_not_found()?;
            match entitlement::may_open(tx, Some(&member.id), &course, app.now()).await? {
                Access::Open(Reason::Granted(_)) => put_review(app, tx, &course, &member.id, &text, app.now()).await,
                Access::Open(Reason::Teaches) => Err(Error::refuse(model::Refusal::Community(Refusal::OwnCourse))),
                Access::Preview => Err(Error::refuse(model::Refusal::Community(Refusal::NotALearner))),
                Access::Closed => Err(Error::not_found()),
            }
        })
        .await
}

/// Keeps a review of somebody whose right to write it is known, and keeps the course's rating exact.
pub async fn put_review(
    app: &App,
    tx: &mut Tx,
    course: &CourseId,
    author: &AccountId,
    text: &ReviewText,
    at: Moment,
) -> Result<()> {
    let stars = i64::from(text.stars);
    let before = queries::take_out(tx, course, author).await?;
    queries::add(tx, &app.new_id::<ReviewId>(), course, author, text, at).await?;
    match before {
        None => catalog::count_review(tx, course, stars, 1).await?,
        Some(old) => catalog::count_review(tx, course, stars - old, 0).await?,
    }
    events::announce(app, tx, Event::new(Happening::ReviewWritten, course).of(author).with(serde_json::json!({ "stars": stars })))
        .await
}

/// A page of a course's reviews, the most useful first: those that say something, then the latest. `only` those with so many stars.
/// Behind the end is the last page.
pub async fn reviews(conn: &mut Conn, course: &CourseId, only: Option<u8>, page: u32) -> Result<Reviews> {
    let spread = queries::spread(conn, course).await?;
    let count: u32 = spread.iter().sum();
    let chosen = only.map_or(count, |stars| spread.iter().zip([5, 4, 3, 2, 1]).find(|(_, n)| *n == stars).map_or(0, |(n, _)| *n));
    let pages = paging::pages(u64::from(chosen), SHOWN);
    let page = page.clamp(1, pages);
    let shown = queries::most_useful(conn, course, only, SHOWN.into(), (page - 1).saturating_mul(SHOWN).into()).await?;
    let stars = spread.iter().zip([5, 4, 3, 2, 1]).map(|(count, stars)| count * stars).sum();
    Ok(Reviews { rating: model::catalog::Rating { stars, reviews: count }, spread, only, shown, page, pages })
}

/// What `author` said about the course, if they did.
pub async fn own_review(conn: &mut Conn, course: &CourseId, author: &AccountId) -> Result<Option<Review>> {
    queries::review_of(conn, course, author).await
}
