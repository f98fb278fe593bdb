//! The payer's bank wants money back that paid for a gift or for seats.

use super::*;
use crate::ledger::Account;
use crate::payments::{self, DisputeFact};
use crate::testing::buying::all_done;
use model::payments::Provider;

/// The till tells of a dispute about the order, and we work on it.
async fn disputed(school: &School, order: &OrderId, fact: DisputeFact) -> Result<()> {
    let attempt = payments::latest(&mut school.app.db.read().await?, order.as_str()).await?.expect("an attempt");
    let body = school.till.tell_dispute(attempt.id.as_str(), fact, attempt.amount);
    payments::keep(&school.app, Provider::Sandbox, &["good"], body.as_bytes()).await?;
    all_done(school).await
}

on_both!(a_gift_of_disputed_money_waits_and_opens_when_it_is_won, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, code) = gave(&school).await?;
    disputed(&school, &order, DisputeFact::Opened).await?;
    assert_eq!(refusal(claim(&school.app, &school.lin(), typed(&code)).await), Refusal::Withheld);
    books_hold(&school).await?;
    disputed(&school, &order, DisputeFact::Won).await?;
    claim(&school.app, &school.lin(), typed(&code)).await?;
    books_hold(&school).await
});

on_both!(a_gift_whose_money_is_lost_gives_nothing_any_more, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, code) = gave(&school).await?;
    disputed(&school, &order, DisputeFact::Lost).await?;
    assert_eq!(refusal(claim(&school.app, &school.lin(), typed(&code)).await), Refusal::Revoked);
    assert_eq!(balance(&school, Account::Breakage).await?, 19_900, "nobody is owed it");
    books_hold(&school).await
});

on_both!(a_claimed_gift_closes_while_it_is_disputed_and_its_share_goes_with_it, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, code) = gave(&school).await?;
    let lin = school.lin();
    claim(&school.app, &lin, typed(&code)).await?;
    disputed(&school, &order, DisputeFact::Opened).await?;
    assert_eq!(access(&school, &lin).await?, Access::Preview);
    assert_eq!(balance(&school, Account::InstructorPending(school.ada().id)).await?, 13_930, "not before it is decided");
    books_hold(&school).await?;
    for _ in 0..2 {
        disputed(&school, &order, DisputeFact::Lost).await?;
    }
    assert_eq!(access(&school, &lin).await?, Access::Preview);
    assert_eq!(balance(&school, Account::InstructorPending(school.ada().id)).await?, 0);
    assert_eq!(balance(&school, Account::ChargebackLoss).await?, -19_900);
    books_hold(&school).await
});

on_both!(seats_of_disputed_money_wait_and_are_over_when_it_is_lost, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (lin, grace) = (school.lin(), school.grace());
    let (order, pool) = pack(&school, "3").await?;
    assign(&school.app, &lin, &pool, to("grace")).await?;
    claim(&school.app, &grace, typed(&invited(&school, &pool, "grace").await?)).await?;
    assign(&school.app, &lin, &pool, to("second")).await?;
    disputed(&school, &order, DisputeFact::Opened).await?;
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    assert_eq!(refusal(assign(&school.app, &lin, &pool, to("third")).await), Refusal::Withheld);
    books_hold(&school).await?;
    disputed(&school, &order, DisputeFact::Lost).await?;
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    assert_eq!(balance(&school, Account::InstructorPending(school.ada().id)).await?, 0);
    assert_eq!(balance(&school, Account::Breakage).await?, 19_900, "the seat that nobody had");
    books_hold(&school).await
});
