//! Refunds as their provider tells of them: in any order; and with a dispute in their way.

use super::*;
use crate::payments::RefundFact;
use crate::{Staff, earnings};
use model::ids::RefundId;
use model::refunds::{AskRefund, Propose, Remedy};
use model::time::{days, hours};

async fn state_of(school: &School, order: &OrderId) -> Result<RefundState> {
    let view = show_for_staff(&school.app, &school.sam_at_work(), order).await?;
    Ok(view.order.refunds.last().expect("a refund").state)
}

/// Staff ask for all of it, or the buyer does.
async fn asked(school: &School, who: &Member, order: &OrderId, cause: RefundCause) -> Result<RefundId> {
    if cause == RefundCause::Learner {
        let form = AskRefund { reason: "Not for me".into(), idem: format!("a-{order}"), ..AskRefund::default() };
        return ask_refund(&school.app, who, order, form).await;
    }
    let form = RefundForm { reason: "Asked".into(), idem: format!("r-{order}"), ..RefundForm::default() };
    request_refund(&school.app, &school.sam_at_work(), order, form).await
}

on_both!(prv_s3_a_refund_that_came_back_has_come_back_in_whichever_order_it_is_told, async |db| -> Result<()> {
    use RefundFact::{Failed, Pending, Succeeded};
    let orders_of_events = [
        [Pending, Succeeded, Failed],
        [Failed, Succeeded, Pending],
        [Failed, Pending, Succeeded],
        [Succeeded, Failed, Succeeded],
    ];
    let school = School::open(db).await;
    let app = &school.app;
    for (number, events) in orders_of_events.into_iter().enumerate() {
        for cause in [RefundCause::Staff, RefundCause::Learner] {
            let buyer = school.learner(&format!("buyer-{number}-{cause}")).await;
            let (order, _) = bought(&school, &buyer).await?;
            school.till.is(Mood::Slow);
            let refund = asked(&school, &buyer, &order, cause).await?;
            all_done(app).await?;
            let told: Vec<String> = events.iter().map(|fact| school.till.tell_refund(refund.as_str(), *fact)).collect();
            // whatever was told of it meanwhile, in the end the money is with us
            school.till.tell_refund(refund.as_str(), Failed);
            for body in told.iter().chain(&told) {
                notified(app, body).await?;
                all_done(app).await?;
            }
            let expected = if cause == RefundCause::Staff { RefundState::Failed } else { RefundState::NeedsAttention };
            assert_eq!(state_of(&school, &order).await?, expected, "{cause}: {events:?}");
            assert_eq!(show_order(app, &buyer, &order).await?.refunded, Money::zero(Currency::Cny), "{cause}: {events:?}");
            assert_eq!(access(&school, &buyer).await?, OPEN);
            books_hold(&school).await?;
        }
    }
    Ok(())
});

on_both!(prv_s3_an_old_failure_does_not_undo_a_refund_that_was_made_again, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam, grace) = (&school.app, school.sam_at_work(), school.grace());
    let (order, _) = bought(&school, &grace).await?;
    school.till.is(Mood::Slow);
    let refund = asked(&school, &grace, &order, RefundCause::Learner).await?;
    all_done(app).await?;
    let failed = school.till.tell_refund(refund.as_str(), RefundFact::Failed);
    notified(app, &failed).await?;
    all_done(app).await?;
    assert_eq!(state_of(&school, &order).await?, RefundState::NeedsAttention);
    let late = school.till.tell_refund(refund.as_str(), RefundFact::Failed);
    school.till.is(Mood::Fine);
    let again = Propose { refund: refund.clone(), remedy: Remedy::Retry.to_string(), note: "The account is open again".into() };
    propose_remedy(app, &sam, again.clone()).await?;
    confirm_remedy(app, &Staff { id: school.lin().id }, again).await?;
    all_done(app).await?;
    assert_eq!(state_of(&school, &order).await?, RefundState::Succeeded);
    notified(app, &late).await?;
    all_done(app).await?;
    assert_eq!((state_of(&school, &order).await?, access(&school, &grace).await?), (RefundState::Succeeded, Access::Preview));
    books_hold(&school).await
});

on_both!(what_a_provider_tells_and_does_not_answer_about_is_asked_again_later, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (order, _) = bought(&school, &grace).await?;
    school.till.is(Mood::Slow);
    let refund = asked(&school, &grace, &order, RefundCause::Staff).await?;
    all_done(app).await?;
    let told = school.till.tell_refund(refund.as_str(), RefundFact::Succeeded);
    school.till.is(Mood::Deaf);
    notified(app, &told).await?;
    all_done(app).await?;
    assert_eq!(state_of(&school, &order).await?, RefundState::Pending);
    school.till.is(Mood::Fine);
    school.after(seconds(6));
    all_done(app).await?;
    assert_eq!(state_of(&school, &order).await?, RefundState::Succeeded);
    books_hold(&school).await
});

pub(super) async fn sent_again(school: &School, refund: &RefundId) -> Result<()> {
    let form = Propose { refund: refund.clone(), remedy: Remedy::Retry.to_string(), note: "The dispute is over".into() };
    propose_remedy(&school.app, &school.sam_at_work(), form.clone()).await?;
    confirm_remedy(&school.app, &Staff { id: school.lin().id }, form).await?;
    all_done(&school.app).await
}

/// Grace's refund is approved and the provider is away; then her bank wants the money back, and the provider answers again.
async fn disputed_on_its_way(school: &School, mood: Mood) -> Result<(OrderId, String, RefundId)> {
    let (order, attempt) = bought(school, &school.grace()).await?;
    school.till.is(mood);
    let refund = asked(school, &school.grace(), &order, RefundCause::Staff).await?;
    all_done(&school.app).await?;
    assert_eq!(state_of(school, &order).await?, RefundState::Unknown);
    school.till.is(Mood::Fine);
    disputed(school, &attempt, DisputeFact::Opened).await?;
    school.after(hours(2));
    all_done(&school.app).await?;
    books_hold(school).await?;
    Ok((order, attempt, refund))
}

on_both!(sm_3_what_is_disputed_is_not_refunded_beside_it, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, attempt, refund) = disputed_on_its_way(&school, Mood::Deaf).await?;
    assert_eq!((state_of(&school, &order).await?, school.till.counts().1), (RefundState::NeedsAttention, 0), "never sent");
    // sent again while it is open, it is only asked about
    sent_again(&school, &refund).await?;
    assert_eq!((state_of(&school, &order).await?, school.till.counts().1), (RefundState::NeedsAttention, 0));
    disputed(&school, &attempt, DisputeFact::Won).await?;
    sent_again(&school, &refund).await?;
    assert_eq!((state_of(&school, &order).await?, school.till.counts().1), (RefundState::Succeeded, 1));
    books_hold(&school).await
});

on_both!(sm_3_a_refund_of_money_that_a_dispute_took_comes_to_nothing, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, attempt, refund) = disputed_on_its_way(&school, Mood::Deaf).await?;
    disputed(&school, &attempt, DisputeFact::Lost).await?;
    books_hold(&school).await?;
    sent_again(&school, &refund).await?;
    assert_eq!((state_of(&school, &order).await?, school.till.counts().1), (RefundState::Failed, 0));
    let share = earnings::balance(&mut school.app.db.read().await?, &school.ada().id, Currency::Cny).await?;
    assert_eq!((share.pending.minor(), share.payable.minor()), (0, 0));
    books_hold(&school).await
});

on_both!(sm_3_a_refund_that_was_made_before_the_dispute_is_found, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, ..) = disputed_on_its_way(&school, Mood::Silent).await?;
    assert_eq!((state_of(&school, &order).await?, school.till.counts().1), (RefundState::Succeeded, 1));
    school.after(days(1));
    all_done(&school.app).await?;
    books_hold(&school).await
});

on_both!(a_dispute_is_about_what_was_withheld_whatever_is_told_later, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (_, attempt) = bought(&school, &school.grace()).await?;
    disputed(&school, &attempt, DisputeFact::Opened).await?;
    let less = Money::new(PRICE.minor() - 100, Currency::Cny);
    notified(&school.app, &school.till.tell_dispute(&attempt, DisputeFact::Won, less)).await?;
    all_done(&school.app).await?;
    let held = ledger::balance(&mut school.app.db.read().await?, &ledger::Account::DisputeHold, Currency::Cny).await?;
    assert!(held.is_zero(), "{held:?}");
    assert_eq!(access(&school, &school.grace()).await?, OPEN);
    books_hold(&school).await
});

on_both!(an_order_that_needs_a_look_is_looked_at_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam, grace) = (&school.app, school.sam_at_work(), school.grace());
    let (order, _) = bought(&school, &grace).await?;
    looked_at(app, &sam, &order).await?;
    let refund = asked(&school, &grace, &order, RefundCause::Staff).await?;
    all_done(app).await?;
    notified(app, &school.till.tell_refund(refund.as_str(), RefundFact::Failed)).await?;
    all_done(app).await?;
    assert!(show_for_staff(app, &sam, &order).await?.needs_review);
    for _ in 0..2 {
        looked_at(app, &sam, &order).await?;
    }
    let view = show_for_staff(app, &sam, &order).await?;
    assert!(!view.needs_review);
    let rows = view.trail.iter().filter(|row| row.action == "order.looked_at").count();
    assert_eq!(rows, 1, "who looked is written down, once");
    // what came back leaves access ended until it is decided; that somebody looked changes nothing about it
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    books_hold(&school).await
});
