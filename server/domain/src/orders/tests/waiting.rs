//! Who waits for somebody has nothing that they might wait for: shares are taken before the ledger, and courses after it.

use super::*;
use crate::earnings;
use crate::payments::RefundFact;
use model::ids::RefundId;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// As long as the other comes as far as it can.
const MEANWHILE: Duration = Duration::from_millis(300);

/// Works on what was told as soon as somebody `held` what it has to wait for.
async fn work_when(app: &App, held: &AtomicBool) -> Result<()> {
    while !held.load(Ordering::SeqCst) {
        tokio::task::yield_now().await;
    }
    all_done(app).await
}

/// Works on what was told while somebody has the shares of `order`; whether nobody has the ledger meanwhile.
async fn leaves_the_ledger(app: &App, order: &OrderId) -> Result<bool> {
    let held = AtomicBool::new(false);
    let first = app.db.write(async |tx| {
        earnings::hold_shares(tx, order).await?;
        held.store(true, Ordering::SeqCst);
        tokio::time::sleep(MEANWHILE).await;
        ledger::is_free(tx).await
    });
    let (first, second) = futures::join!(first, work_when(app, &held));
    second?;
    first
}

/// Staff asked for everything back, and the till takes its time.
async fn going_back(school: &School, order: &OrderId) -> Result<RefundId> {
    school.till.is(Mood::Slow);
    let form = RefundForm { reason: "Asked".into(), idem: format!("r-{order}"), ..RefundForm::default() };
    let refund = request_refund(&school.app, &school.sam_at_work(), order, form).await?;
    all_done(&school.app).await?;
    Ok(refund)
}

on_both!(a_dispute_being_lost_takes_the_ledger_before_the_courses_it_closes, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, course) = (&school.app, school.grace(), school.engines());
    let (_, attempt) = bought(&school, &grace).await?;
    disputed(&school, &attempt, DisputeFact::Opened).await?;
    notified(app, &school.till.tell_dispute(&attempt, DisputeFact::Lost, PRICE)).await?;
    let held = AtomicBool::new(false);
    let first = app.db.write(async |tx| {
        ledger::hold(tx).await?;
        held.store(true, Ordering::SeqCst);
        tokio::time::sleep(MEANWHILE).await;
        queries::can_count_at_once(tx, &course).await
    });
    let (first, second) = futures::join!(first, work_when(app, &held));
    assert!(first?, "nobody holds the course");
    second?;
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    books_hold(&school).await
});

on_both!(a_dispute_being_lost_takes_the_shares_before_the_ledger, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (order, attempt) = bought(&school, &grace).await?;
    notified(app, &school.till.tell_dispute(&attempt, DisputeFact::Lost, PRICE)).await?;
    assert!(leaves_the_ledger(app, &order).await?);
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    books_hold(&school).await
});

on_both!(a_refund_that_fails_takes_the_shares_before_the_ledger, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let (order, _) = bought(&school, &school.grace()).await?;
    let refund = going_back(&school, &order).await?;
    notified(app, &school.till.tell_refund(refund.as_str(), RefundFact::Failed)).await?;
    assert!(leaves_the_ledger(app, &order).await?);
    assert_eq!(show_order(app, &school.grace(), &order).await?.refunds[0].state, RefundState::Failed);
    books_hold(&school).await
});

on_both!(a_refund_that_the_bank_sends_back_takes_the_shares_before_the_ledger, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let (order, _) = bought(&school, &school.grace()).await?;
    let refund = going_back(&school, &order).await?;
    notified(app, &school.till.tell_refund(refund.as_str(), RefundFact::Succeeded)).await?;
    all_done(app).await?;
    notified(app, &school.till.tell_refund(refund.as_str(), RefundFact::Failed)).await?;
    assert!(leaves_the_ledger(app, &order).await?);
    assert_eq!(show_order(app, &school.grace(), &order).await?.refunds[0].state, RefundState::Failed);
    books_hold(&school).await
});
