//! What the demo's learners did: what they are interested in, took, studied and thought. The same dice every time.
//!
//! No money moves here: their courses were given to them. A payment that no provider ever saw would be a false book.

use super::content::{Content, Course};
use super::courses::Shelf;
use super::past::{Past, dice};
use super::people::{Cast, Someone};
use domain::entitlement::{self, Grant};
use domain::{Error, Member, Result, accounts, catalog, community, learning};
use model::accounts::Me;
use model::community::ReviewText;
use model::entitlement::Source;
use model::ids::AccountId;
use model::lang::ContentLang;
use model::text::Slug;
use model::time::{Span, days, hours};
use model::{Lang, Moment};
use rand::Rng;
use rand::rngs::SmallRng;
use std::collections::BTreeMap;
use store::Tx;

/// Who took which course, by its place in the content.
type Owners = BTreeMap<usize, Vec<(AccountId, Moment)>>;

/// Lets everything happen.
pub async fn happen(past: &Past, tx: &mut Tx, content: &Content, cast: &Cast, shelf: &Shelf) -> Result<()> {
    let mut dice = dice();
    let mut owners = Owners::new();
    for learner in cast.learners() {
        let life = live(past, content, learner, &mut dice);
        past.stand_at(life.joined);
        accounts::keep_interests(&past.app, tx, &learner.account.id, &life.interests).await?;
        for taken in &life.courses {
            take(past, tx, learner, taken, content, shelf).await?;
            owners.entry(taken.course).or_default().push((learner.account.id.clone(), taken.at));
        }
    }
    review(past, tx, content, shelf, &owners, &mut dice).await
}

/// A learner's time with us.
struct Life {
    joined: Moment,
    interests: Vec<Slug>,
    courses: Vec<Taken>,
}

struct Taken {
    /// Place in the content.
    course: usize,
    at: Moment,
    /// How many of its lessons they finished.
    lessons: usize,
}

fn live(past: &Past, content: &Content, learner: &Someone, dice: &mut SmallRng) -> Life {
    let joined = past.days_ago(learner.joined_days_ago);
    let first = dice.random_range(0..content.topics.len());
    let second = (first + dice.random_range(1..4)) % content.topics.len();
    let third = (first + dice.random_range(4..7)) % content.topics.len();
    let favourites = [first, second, third];
    let interests = favourites.iter().filter_map(|at| Slug::parse(&content.topics.get(*at)?.slug).ok()).collect();
    let grace = is_grace(learner);
    let how_many = if grace { 2 } else { dice.random_range(1..7) };
    let mut courses: Vec<Taken> = Vec::new();
    let mut at = joined + hours(dice.random_range(1..72));
    for _ in 0..how_many {
        let Some(course) = choose(content, learner, &favourites, &courses, dice) else { break };
        at = later(past, at, past.days_ago(published(content, course)));
        let lessons = content.courses.get(course).map_or(0, |course| course.chapters.iter().map(|c| c.lessons.len()).sum());
        let finished = if grace { 2 } else { dice.random_range(0..=lessons.min(5)) };
        courses.push(Taken { course, at, lessons: finished });
        at = later(past, at + days(dice.random_range(2..40)), Moment::default());
    }
    Life { joined, interests, courses }
}

/// Grace is in the middle of two courses.
fn is_grace(learner: &Someone) -> bool {
    learner.account.handle.as_str() == "grace"
}

fn published(content: &Content, course: usize) -> i64 {
    content.courses.get(course).map_or(0, |course| course.published_days_ago)
}

/// The later of the two, but not after yesterday.
fn later(past: &Past, one: Moment, other: Moment) -> Moment {
    one.max(other).min(past.days_ago(1))
}

/// A course in their language and, mostly, of their topics; nobody takes one twice. Ada's paid course stays for Grace to buy.
fn choose(content: &Content, learner: &Someone, favourites: &[usize; 3], taken: &[Taken], dice: &mut SmallRng) -> Option<usize> {
    let grace = is_grace(learner);
    let weight = |at: usize, course: &Course| -> u32 {
        let reads = if learner.account.lang == Lang::Zh { ContentLang::Chinese } else { ContentLang::English };
        let liked = favourites.iter().position(|topic| content.topics.get(*topic).is_some_and(|t| t.slug == course.topic));
        let of_topic = match liked {
            Some(0) => 12,
            Some(1) => 7,
            Some(_) => 4,
            None => 1,
        };
        let known = taken.iter().any(|one| one.course == at) || (grace && course.slug == "analytical-engines");
        // some courses are simply better loved
        let loved = 1 + u32::try_from(at % 5).unwrap_or(0);
        if known || course.language != reads { 0 } else { of_topic * loved }
    };
    let weights: Vec<u32> = content.courses.iter().enumerate().map(|(at, course)| weight(at, course)).collect();
    let sum: u32 = weights.iter().sum();
    let mut rest = if sum == 0 { return None } else { dice.random_range(0..sum) };
    weights.iter().position(|weight| {
        let here = rest < *weight;
        rest = rest.saturating_sub(*weight);
        here
    })
}

async fn take(past: &Past, tx: &mut Tx, learner: &Someone, taken: &Taken, content: &Content, shelf: &Shelf) -> Result<()> {
    let Some((course, edition)) = content.courses.get(taken.course).zip(shelf.get(taken.course)) else { return Ok(()) };
    past.stand_at(taken.at);
    let account = &learner.account;
    let source_id = format!("demo-{}-{}", account.handle, course.slug);
    let right =
        Grant { account: &account.id, course: &edition.id, source: Source::Staff, source_id: &source_id, expires_at: None };
    if entitlement::grant(&past.app, tx, right).await? {
        catalog::count_learners(tx, &edition.id, 1).await?;
    }
    let me = Me { id: account.id.clone(), name: account.name.clone(), roles: Vec::new() };
    let member = Member { id: account.id.clone(), me };
    let lessons = edition.chapters.iter().flat_map(|chapter| &chapter.lessons).take(taken.lessons);
    for (number, lesson) in lessons.enumerate() {
        let step: Span = hours(5 + 17 * i64::try_from(number).unwrap_or(0));
        past.stand_at(later(past, taken.at + step, Moment::default()));
        learning::mark_in(&past.app, tx, &member, &edition.slug, &lesson.id, true).await?;
    }
    Ok(())
}

/// The written reviews go to people who have the course, some days after they took it.
async fn review(past: &Past, tx: &mut Tx, content: &Content, shelf: &Shelf, owners: &Owners, dice: &mut SmallRng) -> Result<()> {
    for (at, (course, edition)) in content.courses.iter().zip(shelf).enumerate() {
        let Some(owners) = owners.get(&at) else { continue };
        for (review, (author, since)) in course.reviews.iter().zip(owners) {
            let when = later(past, *since + days(dice.random_range(3..30)), Moment::default());
            past.stand_at(when);
            let text = ReviewText { stars: review.stars, body: review.text.clone() };
            community::put_review(&past.app, tx, &edition.id, author, &text, when).await.map_err(|cause| said(course, cause))?;
        }
    }
    Ok(())
}

fn said(course: &Course, cause: Error) -> Error {
    Error::bug(format!("a review of {}: {cause}", course.slug))
}
