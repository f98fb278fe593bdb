//! Money without a place whose way back is barred: it is never forgotten.

use super::*;
use crate::Staff;
use crate::payments::RefundFact;
use model::ids::RefundId;
use model::refunds::{AskRefund, Propose, Remedy};

/// Money that came for a canceled order, and the refund that sends it back.
async fn late_money(school: &School, mood: Mood) -> Result<(OrderId, RefundId)> {
    let grace = school.grace();
    let (order, attempt) = ordered(school, &grace).await?;
    cancel(&school.app, &grace, &order).await?;
    all_done(&school.app).await?;
    school.reprice(29_900).await?;
    school.till.is(mood);
    told(school, &attempt, Fact::Succeeded, PRICE).await?;
    let view = show_for_staff(&school.app, &school.sam_at_work(), &order).await?;
    assert_eq!((view.order.refunds.len(), view.order.refunds[0].cause), (1, RefundCause::Late));
    Ok((order, view.order.refunds[0].id.clone()))
}

/// Where the order's only refund stands, and whether people are told.
async fn stands(school: &School, order: &OrderId) -> Result<(RefundState, bool)> {
    let view = show_for_staff(&school.app, &school.sam_at_work(), order).await?;
    Ok((view.order.refunds[0].state, view.needs_review))
}

/// Two people send it again.
async fn send_again(school: &School, refund: &RefundId) -> Result<()> {
    let again = Propose { refund: refund.clone(), remedy: Remedy::Retry.to_string(), note: "The account was topped up".into() };
    propose_remedy(&school.app, &school.sam_at_work(), again.clone()).await?;
    confirm_remedy(&school.app, &Staff { id: school.lin().id }, again).await?;
    all_done(&school.app).await
}

on_both!(inv_06_stray_money_that_the_provider_will_not_send_back_waits_for_people, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, refund) = late_money(&school, Mood::Refusing).await?;
    assert_eq!(stands(&school, &order).await?, (RefundState::NeedsAttention, true));
    assert_eq!(list_refunds(&school.app, &school.sam_at_work(), 1).await?.items[0].refund.id, refund, "first in the list");
    books_hold(&school).await?;
    school.till.is(Mood::Fine);
    send_again(&school, &refund).await?;
    assert_eq!(stands(&school, &order).await?.0, RefundState::Succeeded);
    assert_eq!(school.till.counts().1, 1);
    books_hold(&school).await
});

on_both!(stray_money_that_comes_back_each_time_goes_out_as_often_and_the_books_follow, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, refund) = late_money(&school, Mood::Fine).await?;
    assert_eq!(stands(&school, &order).await?.0, RefundState::Succeeded);
    for _ in 0..2 {
        notified(&school.app, &school.till.tell_refund(refund.as_str(), RefundFact::Failed)).await?;
        all_done(&school.app).await?;
        assert_eq!(stands(&school, &order).await?, (RefundState::NeedsAttention, true));
        books_hold(&school).await?;
        send_again(&school, &refund).await?;
        assert_eq!(stands(&school, &order).await?.0, RefundState::Succeeded);
        books_hold(&school).await?;
    }
    Ok(())
});

on_both!(a_stray_refund_that_fails_later_is_not_over, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, refund) = late_money(&school, Mood::Slow).await?;
    assert_eq!(stands(&school, &order).await?.0, RefundState::Pending);
    for _ in 0..2 {
        notified(&school.app, &school.till.tell_refund(refund.as_str(), RefundFact::Failed)).await?;
        all_done(&school.app).await?;
        assert_eq!(stands(&school, &order).await?, (RefundState::NeedsAttention, true));
        books_hold(&school).await?;
    }
    Ok(())
});

on_both!(what_a_buyer_was_granted_and_the_provider_refuses_waits_for_people, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (order, _) = bought(&school, &grace).await?;
    school.till.is(Mood::Refusing);
    let ask = AskRefund { reason: "Not what I looked for".into(), idem: "a1".into(), ..AskRefund::default() };
    let refund = ask_refund(app, &grace, &order, ask).await?;
    all_done(app).await?;
    assert_eq!(stands(&school, &order).await?, (RefundState::NeedsAttention, true));
    assert_eq!(access(&school, &grace).await?, OPEN, "the money has not gone back");
    books_hold(&school).await?;
    school.till.is(Mood::Fine);
    send_again(&school, &refund).await?;
    assert_eq!((stands(&school, &order).await?.0, access(&school, &grace).await?), (RefundState::Succeeded, Access::Preview));
    books_hold(&school).await
});
