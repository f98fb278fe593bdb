//! The demo's membership: three plans, more than half of the paid courses in it, and a few people in their trial. No money moves:
//! a payment that no provider ever saw would be a false book.

use super::content::Content;
use super::courses::Shelf;
use super::past::Past;
use super::people::Cast;
use domain::subscriptions::{self, NewPlan};
use domain::{Result, entitlement};
use model::time::hours;
use model::{Currency, Money};
use store::Tx;

/// Months, price in fen.
const PLANS: [(u32, i64); 3] = [(1, 3_900), (3, 9_900), (12, 29_900)];
const TRIAL_DAYS: u32 = 7;
/// How many learners are in their trial.
const TRYING: usize = 6;
/// Stays out, to be bought on its own.
const ALONE: &str = "analytical-engines";

pub async fn begin(past: &Past, tx: &mut Tx, content: &Content, cast: &Cast, shelf: &Shelf) -> Result<()> {
    let app = &past.app;
    past.stand_at(past.days_ago(60));
    let mut first = None;
    for (position, (months, price)) in (1i64..).zip(PLANS) {
        let plan = NewPlan { months, price: Money::new(price, Currency::Cny), trial_days: TRIAL_DAYS, position };
        let id = subscriptions::put_plan(app, tx, plan).await?;
        first.get_or_insert(id);
    }
    let paid = content.courses.iter().zip(shelf).filter(|(course, _)| course.price_minor > 0 && course.slug != ALONE);
    for (place, (_, edition)) in paid.enumerate() {
        if place % 3 != 2 {
            entitlement::put_in_membership(tx, &edition.id, true, app.now()).await?;
        }
    }
    let Some(plan) = first else { return Ok(()) };
    // the made-up learners come after the cast
    let trying = cast.learners().filter(|someone| someone.account.handle.as_str().starts_with("learner-")).take(TRYING);
    for (since, learner) in (3i64..).zip(trying) {
        let at = past.days_ago(0) - hours(since);
        past.stand_at(at);
        subscriptions::begin_at(app, tx, &learner.account.id, learner.account.lang, &plan, at).await?;
    }
    Ok(())
}
