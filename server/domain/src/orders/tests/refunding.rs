//! Money going back.

use super::*;
use crate::Staff;
use crate::payments::RefundFact;
use model::ids::RefundId;

fn form(amount: &str, idem: &str) -> RefundForm {
    RefundForm { amount: amount.into(), reason: "She asked for it".into(), idem: idem.into(), ..RefundForm::default() }
}

async fn refund_state(school: &School, order: &OrderId) -> Result<Vec<RefundState>> {
    let view = show_for_staff(&school.app, &school.sam_at_work(), order).await?;
    Ok(view.order.refunds.into_iter().map(|refund| refund.state).collect())
}

async fn balance(school: &School, order: &OrderId, account: &str) -> Result<i64> {
    let transfers = ledger::of_order(&mut school.app.db.read().await?, order.as_str()).await?;
    Ok(transfers
        .iter()
        .filter(|t| matches!(t.moved.phase, ledger::Phase::Single | ledger::Phase::Post(_)))
        .map(|t| {
            let amount = t.moved.amount.minor();
            i64::from(t.moved.credit.starts_with(account)) * amount - i64::from(t.moved.debit.starts_with(account)) * amount
        })
        .sum())
}

on_both!(refunding_an_order_ends_access_and_takes_back_the_share, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, _) = bought(&school, &grace).await?;
    request_refund(&school.app, &school.sam_at_work(), &order, form("", "r1")).await?;
    assert_eq!(access(&school, &grace).await?, OPEN, "not before the money has gone back");
    all_done(&school.app).await?;
    let view = show_order(&school.app, &grace, &order).await?;
    assert_eq!((view.state, view.refunded_state, view.refunded), (OrderState::Paid, Refunded::Full, PRICE));
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    for account in ["psp", "revenue", "instr_pending"] {
        assert_eq!(balance(&school, &order, account).await?, 0, "{account}");
    }
    assert!(matches!(begin_checkout(&school.app, &grace, &slug("analytical-engines")).await?, NextStep::Checkout(_)));
    books_hold(&school).await
});

on_both!(parts_of_a_refund_make_up_the_whole_to_the_last_fen, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, _) = bought(&school, &grace).await?;
    for (amount, key) in [("0.01", "r1"), ("66.67", "r2"), ("33.33", "r3")] {
        request_refund(&school.app, &school.sam_at_work(), &order, form(amount, key)).await?;
        all_done(&school.app).await?;
        assert_eq!(show_order(&school.app, &grace, &order).await?.refunded_state, Refunded::Partial);
        assert_eq!(access(&school, &grace).await?, OPEN);
        books_hold(&school).await?;
    }
    request_refund(&school.app, &school.sam_at_work(), &order, form("", "r4")).await?;
    all_done(&school.app).await?;
    assert_eq!(show_order(&school.app, &grace, &order).await?.refunded_state, Refunded::Full);
    assert_eq!(balance(&school, &order, "instr_pending").await?, 0);
    books_hold(&school).await
});

on_both!(two_refunds_at_once_never_give_back_more_than_came, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, _) = bought(&school, &school.grace()).await?;
    let (app, sam) = (&school.app, school.sam_at_work());
    let (first, second, same) = futures::join!(
        request_refund(app, &sam, &order, form("150", "r1")),
        request_refund(app, &sam, &order, form("150", "r2")),
        request_refund(app, &sam, &order, form("150", "r1")),
    );
    let taken = [&first, &second, &same].into_iter().filter(|outcome| outcome.is_ok()).count();
    assert!(taken == 1 || taken == 2, "{first:?} {second:?} {same:?}");
    let left = Money::new(4_900, Currency::Cny);
    let refusals: Vec<Refusal> = [first, second, same].into_iter().filter(Result::is_err).map(refused).collect();
    assert!(refusals.iter().all(|refusal| *refusal == Refusal::TooMuch { left }), "{refusals:?}");
    all_done(app).await?;
    assert_eq!(show_order(app, &school.grace(), &order).await?.refunded.minor(), 15_000);
    assert_eq!(school.till.counts().1, 1);
    books_hold(&school).await
});

on_both!(a_refund_form_says_what_is_wrong_with_it, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, _) = bought(&school, &school.grace()).await?;
    let sam = school.sam_at_work();
    for (amount, reason) in [("abc", "x"), ("0", "x"), ("-5", "x"), ("", ""), ("1.234", "x")] {
        let form = RefundForm { amount: amount.into(), reason: reason.into(), idem: "k".into(), ..RefundForm::default() };
        let outcome = request_refund(&school.app, &sam, &order, form).await;
        assert!(matches!(outcome, Err(Error::Fault(model::Fault::Invalid(_)))), "{amount} {reason}: {outcome:?}");
    }
    let outcome = request_refund(&school.app, &sam, &order, form("199.01", "k")).await;
    assert_eq!(refused(outcome), Refusal::TooMuch { left: PRICE });
    books_hold(&school).await
});

on_both!(an_order_that_was_not_paid_cannot_be_refunded, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, _) = ordered(&school, &school.grace()).await?;
    assert_eq!(refused(request_refund(&school.app, &school.sam_at_work(), &order, form("", "k")).await), Refusal::Closed);
    enrol(&school.app, &school.lin(), Lang::En, &slug("notes")).await?;
    let free = my_orders(&school.app, &school.lin()).await?[0].id.clone();
    assert_eq!(refused(request_refund(&school.app, &school.sam_at_work(), &free, form("", "k2")).await), Refusal::Closed);
    books_hold(&school).await
});

on_both!(a_refund_the_provider_refuses_changes_nothing_and_can_be_asked_again, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, _) = bought(&school, &grace).await?;
    school.till.is(Mood::Refusing);
    request_refund(&school.app, &school.sam_at_work(), &order, form("", "r1")).await?;
    all_done(&school.app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Failed]);
    assert_eq!(access(&school, &grace).await?, OPEN);
    books_hold(&school).await?;
    school.till.is(Mood::Fine);
    request_refund(&school.app, &school.sam_at_work(), &order, form("", "r2")).await?;
    all_done(&school.app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Failed, RefundState::Succeeded]);
    books_hold(&school).await
});

on_both!(a_refund_without_an_answer_is_asked_about_with_the_same_key, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, _) = bought(&school, &school.grace()).await?;
    school.till.is(Mood::Silent);
    request_refund(&school.app, &school.sam_at_work(), &order, form("", "r1")).await?;
    all_done(&school.app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Unknown]);
    books_hold(&school).await?;
    school.till.is(Mood::Fine);
    school.after(minutes(2));
    all_done(&school.app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Succeeded]);
    assert_eq!(school.till.counts().1, 1, "done once");
    books_hold(&school).await
});

on_both!(a_pending_refund_is_settled_by_its_notification_and_one_that_comes_back_is_undone, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, _) = bought(&school, &grace).await?;
    school.till.is(Mood::Slow);
    let refund = request_refund(&school.app, &school.sam_at_work(), &order, form("", "r1")).await?;
    all_done(&school.app).await?;
    assert_eq!((refund_state(&school, &order).await?, access(&school, &grace).await?), (vec![RefundState::Pending], OPEN));
    for _ in 0..2 {
        notified(&school.app, &school.till.tell_refund(refund.as_str(), RefundFact::Succeeded)).await?;
        all_done(&school.app).await?;
    }
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    books_hold(&school).await?;
    notified(&school.app, &school.till.tell_refund(refund.as_str(), RefundFact::Failed)).await?;
    all_done(&school.app).await?;
    let view = show_for_staff(&school.app, &school.sam_at_work(), &order).await?;
    assert_eq!((view.order.refunded_state, view.needs_review, view.refundable), (Refunded::None, true, PRICE));
    assert_eq!(access(&school, &grace).await?, Access::Preview, "until staff decide");
    books_hold(&school).await
});

on_both!(a_refund_that_may_have_been_made_is_not_over_because_a_later_question_is_refused, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, _) = bought(&school, &grace).await?;
    school.till.is(Mood::Silent);
    let refund = request_refund(&school.app, &school.sam_at_work(), &order, form("", "r1")).await?;
    all_done(&school.app).await?;
    // "refunded already", or a key of ours that is not taken today
    school.till.is(Mood::Refusing);
    school.after(minutes(2));
    all_done(&school.app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Unknown]);
    let asked_again = request_refund(&school.app, &school.sam_at_work(), &order, form("", "r2")).await;
    assert!(matches!(refused(asked_again), Refusal::TooMuch { .. }), "it is still reserved");
    books_hold(&school).await?;
    notified(&school.app, &school.till.tell_refund(refund.as_str(), RefundFact::Succeeded)).await?;
    all_done(&school.app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Succeeded]);
    assert_eq!((school.till.counts().1, access(&school, &grace).await?), (1, Access::Preview));
    books_hold(&school).await
});

on_both!(a_refund_that_arrives_after_it_was_said_to_have_failed_is_looked_at_by_people, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let (order, _) = bought(&school, &school.grace()).await?;
    school.till.is(Mood::Refusing);
    let refund = request_refund(app, &sam, &order, form("", "r1")).await?;
    all_done(app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Failed]);
    for _ in 0..2 {
        notified(app, &school.till.tell_refund(refund.as_str(), RefundFact::Succeeded)).await?;
        all_done(app).await?;
        // the second time it is evidence enough
        let view = show_for_staff(app, &sam, &order).await?;
        assert!(view.needs_review && view.refundable.is_zero());
        books_hold(&school).await?;
    }
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Succeeded]);
    for account in ["psp", "revenue", "instr_pending"] {
        assert_eq!(balance(&school, &order, account).await?, 0, "{account}");
    }
    Ok(())
});

on_both!(a_refund_that_arrives_when_another_has_taken_its_place_is_told_to_people, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let (order, _) = bought(&school, &school.grace()).await?;
    school.till.is(Mood::Refusing);
    let refund = request_refund(app, &sam, &order, form("", "r1")).await?;
    all_done(app).await?;
    school.till.is(Mood::Fine);
    school.after(minutes(1));
    request_refund(app, &sam, &order, form("", "r2")).await?;
    all_done(app).await?;
    notified(app, &school.till.tell_refund(refund.as_str(), RefundFact::Succeeded)).await?;
    all_done(app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Failed, RefundState::Succeeded]);
    let view = show_for_staff(app, &sam, &order).await?;
    assert!(view.needs_review);
    books_hold(&school).await
});

on_both!(a_large_refund_needs_a_second_person, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let mut settings = (*school.app.settings).clone();
    settings.refund_limit = "CNY:10000".parse().expect("a limit");
    school.app.settings = std::sync::Arc::new(settings);
    let (order, _) = bought(&school, &school.grace()).await?;
    let sam = school.sam_at_work();
    let refund: RefundId = request_refund(&school.app, &sam, &order, form("", "r1")).await?;
    all_done(&school.app).await?;
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Requested]);
    books_hold(&school).await?;
    assert_eq!(refused(approve(&school.app, &sam, &refund).await), Refusal::SecondPerson);
    let second = Staff { id: school.lin().id };
    let by = |text: &str| key(text).key;
    approve_once(&school.app, &second, &refund, &by("k")).await?;
    assert_eq!(refused(approve(&school.app, &second, &refund).await), Refusal::Transition);
    assert_eq!(refused(approve_once(&school.app, &second, &refund, &by("another")).await), Refusal::Transition);
    assert_eq!(approve_once(&school.app, &second, &refund, &by("k")).await?, order, "whoever got no answer asks again");
    all_done(&school.app).await?;
    assert_eq!(approve_once(&school.app, &second, &refund, &by("k")).await?, order);
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Succeeded]);
    assert_eq!(refused(reject_once(&school.app, &second, &refund, &by("k")).await), Refusal::Transition, "another question");
    books_hold(&school).await
});

on_both!(a_refund_that_was_rejected_leaves_everything_as_it_was, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let mut settings = (*school.app.settings).clone();
    settings.refund_limit = RefundLimit::default();
    school.app.settings = std::sync::Arc::new(settings);
    let (order, _) = bought(&school, &school.grace()).await?;
    let refund = request_refund(&school.app, &school.sam_at_work(), &order, form("", "r1")).await?;
    reject(&school.app, &school.sam_at_work(), &refund).await?;
    all_done(&school.app).await?;
    let view = show_for_staff(&school.app, &school.sam_at_work(), &order).await?;
    assert_eq!((view.refundable, view.order.refunded_state), (PRICE, Refunded::None));
    assert_eq!(access(&school, &school.grace()).await?, OPEN);
    books_hold(&school).await
});

on_both!(sm_0_what_staff_are_refused_changes_nothing_and_is_written_down, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let mut settings = (*school.app.settings).clone();
    settings.refund_limit = RefundLimit::default();
    school.app.settings = std::sync::Arc::new(settings);
    let (app, sam) = (&school.app, school.sam_at_work());
    let (order, _) = bought(&school, &school.grace()).await?;
    let refund = request_refund(app, &sam, &order, form("", "r1")).await?;
    reject(app, &sam, &refund).await?;
    let second = Staff { id: school.lin().id };
    assert_eq!(refused(approve(app, &second, &refund).await), Refusal::Transition);
    assert_eq!(refused(reject(app, &second, &refund).await), Refusal::Transition);
    let trail = show_for_staff(app, &sam, &order).await?.trail;
    let mut written: Vec<&str> =
        trail.iter().filter(|row| row.action == "refund.refused").map(|row| row.detail.as_str()).collect();
    written.sort_unstable();
    assert_eq!(written, ["Approve", "Reject"]);
    assert_eq!(refund_state(&school, &order).await?, [RefundState::Canceled]);
    books_hold(&school).await
});

on_both!(staff_find_orders_by_address_state_and_id, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, _) = bought(&school, &school.grace()).await?;
    ordered(&school, &school.lin()).await?;
    let find = async |q: &str, state: &str| {
        let filter = model::orders::OrderFilter { q: q.into(), state: state.into(), page: 0 };
        list_orders(&school.app, &school.sam_at_work(), filter).await.map(|found| found.page.total)
    };
    assert_eq!((find("", "").await?, find("GRACE@", "").await?, find(order.as_str(), "").await?), (2, 1, 1));
    assert_eq!((find("", "paid").await?, find("", "refunded").await?, find("", "review").await?), (1, 0, 0));
    assert_eq!((find("%", "").await?, find("_", "").await?, find("nobody", "").await?), (0, 0, 0));
    Ok(())
});
