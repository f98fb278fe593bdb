//! What can go wrong between a buyer, a provider and us.

use super::*;
use proptest::prelude::*;

on_both!(a_notification_counts_once_however_often_and_in_what_order_it_comes, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, attempt) = ordered(&school, &grace).await?;
    let paid = school.till.tell(&attempt, Fact::Succeeded, PRICE);
    let late_news = school.till.tell(&attempt, Fact::Processing, PRICE);
    assert!(notified(&school.app, &paid).await?);
    assert!(!notified(&school.app, &paid).await?, "the same event is kept once");
    notified(&school.app, &late_news).await?;
    all_done(&school.app).await?;
    notified(&school.app, &school.till.tell(&attempt, Fact::Succeeded, PRICE)).await?;
    notified(&school.app, &school.till.tell(&attempt, Fact::Failed, PRICE)).await?;
    all_done(&school.app).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    let mut conn = school.app.db.read().await?;
    assert_eq!(ledger::of_order(&mut conn, order.as_str()).await?.len(), 2);
    let told = payments::latest(&mut conn, order.as_str()).await?.expect("an attempt").id;
    let facts = payments::facts_of(&mut conn, &told).await?;
    let which = |fact| facts.iter().filter(|told| told.fact == fact && told.applied).count();
    assert_eq!(facts.len(), 5, "everything that was told is kept: {facts:?}");
    assert_eq!((which(Fact::Open), which(Fact::Succeeded), which(Fact::Failed)), (1, 1, 0), "and what of it counted: {facts:?}");
    drop(conn);
    books_hold(&school).await
});

on_both!(what_is_handed_on_of_a_new_attempt_is_what_is_written_down, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, provider) = (&school.app, model::payments::Provider::Sandbox);
    let opened = app.db.write(async |tx| payments::open(app, tx, "what it pays", PRICE, provider, Lang::En).await).await?;
    let written = app.db.write(async |tx| payments::lock(tx, &opened.id).await).await?;
    assert_eq!(opened, written);
    Ok(())
});

on_both!(a_notification_that_is_not_the_provider_s_is_not_kept, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, attempt) = ordered(&school, &school.grace()).await?;
    let body = school.till.tell(&attempt, Fact::Succeeded, PRICE);
    for signatures in [&["forged"][..], &[], &["good", "good"]] {
        let kept = payments::keep(&school.app, model::payments::Provider::Sandbox, signatures, body.as_bytes()).await?;
        assert_eq!(kept, None);
    }
    all_done(&school.app).await?;
    assert_eq!(state(&school, &school.grace(), &order).await?, OrderState::AwaitingPayment);
    books_hold(&school).await
});

on_both!(a_declined_card_leaves_the_order_open_for_another_try, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, first) = ordered(&school, &grace).await?;
    told(&school, &first, Fact::Failed, PRICE).await?;
    let view = show_order(&school.app, &grace, &order).await?;
    assert!(matches!(view.standing, Standing::Idle { last: Some((AttemptState::Failed, _)) }), "{:?}", view.standing);
    assert!(matches!(pay_again(&school.app, &grace, &order, &key("again")).await?, NextStep::PayAt(_)));
    let second = attempt_of(&school, &order).await?;
    assert_ne!(first, second);
    told(&school, &second, Fact::Succeeded, PRICE).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    books_hold(&school).await
});

on_both!(a_buyer_whose_request_breaks_off_while_the_order_is_written_still_gets_the_page_to_pay_at, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let checkout = at_checkout(&school, &grace).await?;
    let (app, request) = (&school.app, key("k"));
    let busy = app.db.clone();
    let long = tokio::spawn(async move {
        busy.write(async |_| {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            Ok::<_, Error>(())
        })
        .await
    });
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    // the second click: the browser lets the first request go, wherever it is
    let pressing = place(app, &grace, Lang::En, &checkout, &request);
    let _ = tokio::time::timeout(std::time::Duration::from_millis(40), pressing).await;
    long.await.map_err(Error::bug)??;
    let order = match place(app, &grace, Lang::En, &checkout, &request).await? {
        NextStep::Watch(order) => order,
        // the second was quicker
        NextStep::PayAt(_) => return books_hold(&school).await,
        other => panic!("{other:?}"),
    };
    for _ in 0..500 {
        if matches!(show_order(app, &grace, &order).await?.standing, Standing::PayAt { .. }) {
            return books_hold(&school).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{:?}", show_order(app, &grace, &order).await?.standing);
});

on_both!(a_buyer_whose_request_breaks_off_while_the_provider_is_asked_still_gets_the_page_to_pay_at, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let checkout = at_checkout(&school, &grace).await?;
    let held = school.till.hold();
    let (app, request) = (&school.app, key("k"));
    {
        let pressing = std::pin::pin!(place(app, &grace, Lang::En, &checkout, &request));
        let asked = std::pin::pin!(held.asked.notified());
        // the second click: the browser lets the first request go
        let first = futures::future::select(pressing, asked).await;
        assert!(matches!(first, futures::future::Either::Right(_)));
    }
    let NextStep::Watch(order) = place(app, &grace, Lang::En, &checkout, &request).await? else { panic!("another order") };
    assert_eq!(show_order(app, &grace, &order).await?.standing, Standing::Connecting);
    held.go.notify_one();
    for _ in 0..500 {
        if matches!(show_order(app, &grace, &order).await?.standing, Standing::PayAt { .. }) {
            return books_hold(&school).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{:?}", show_order(app, &grace, &order).await?.standing);
});

on_both!(a_refused_call_is_a_failed_try_and_nothing_else, async |db| -> Result<()> {
    let school = School::open(db).await;
    school.till.is(Mood::Refusing);
    let checkout = at_checkout(&school, &school.grace()).await?;
    let next = place(&school.app, &school.grace(), Lang::En, &checkout, &key("k")).await?;
    let NextStep::Watch(order) = next else { panic!("{next:?}") };
    let view = show_order(&school.app, &school.grace(), &order).await?;
    assert!(matches!(view.standing, Standing::Idle { last: Some((AttemptState::Failed, Some(_))) }));
    books_hold(&school).await
});

on_both!(a_lost_answer_is_asked_about_and_never_paid_twice, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    school.till.is(Mood::Silent);
    let checkout = at_checkout(&school, &grace).await?;
    let NextStep::Watch(order) = place(&school.app, &grace, Lang::En, &checkout, &key("k")).await? else {
        panic!("no answer came")
    };
    assert_eq!(show_order(&school.app, &grace, &order).await?.standing, Standing::Unknown);
    assert_eq!(refused(pay_again(&school.app, &grace, &order, &key("k2")).await), Refusal::PaymentInProgress);
    assert_eq!(refused(cancel(&school.app, &grace, &order).await), Refusal::PaymentInProgress);
    school.after(seconds(11));
    all_done(&school.app).await?;
    assert_eq!(show_order(&school.app, &grace, &order).await?.standing, Standing::Unknown, "still no answer");
    school.till.is(Mood::Fine);
    school.after(minutes(2));
    all_done(&school.app).await?;
    assert!(matches!(show_order(&school.app, &grace, &order).await?.standing, Standing::PayAt { .. }));
    let attempt = attempt_of(&school, &order).await?;
    school.till.set(&attempt, Fact::Succeeded);
    school.after(minutes(10));
    all_done(&school.app).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid, "the query found what no notification told");
    assert_eq!(school.till.counts(), (1, 0));
    books_hold(&school).await
});

on_both!(a_call_the_provider_never_heard_is_given_up_and_tried_again, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    school.till.is(Mood::Deaf);
    let checkout = at_checkout(&school, &grace).await?;
    let NextStep::Watch(order) = place(&school.app, &grace, Lang::En, &checkout, &key("k")).await? else {
        panic!("no answer came")
    };
    school.till.is(Mood::Fine);
    for _ in 0..3 {
        school.after(minutes(4));
        all_done(&school.app).await?;
    }
    let view = show_order(&school.app, &grace, &order).await?;
    assert!(matches!(view.standing, Standing::Idle { last: Some((AttemptState::Failed, _)) }), "{:?}", view.standing);
    assert!(matches!(pay_again(&school.app, &grace, &order, &key("k2")).await?, NextStep::PayAt(_)));
    books_hold(&school).await
});

on_both!(an_order_nobody_pays_runs_out_and_its_payment_is_closed_first, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, attempt) = ordered(&school, &grace).await?;
    school.after(minutes(29));
    all_done(&school.app).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::AwaitingPayment);
    school.after(minutes(2));
    all_done(&school.app).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Expired);
    assert_eq!(school.till.payment(&attempt).expect("the payment").fact, Fact::Canceled);
    assert_eq!(refused(pay_again(&school.app, &grace, &order, &key("k")).await), Refusal::Closed);
    assert!(matches!(begin_checkout(&school.app, &grace, &slug("analytical-engines")).await?, NextStep::Checkout(_)));
    books_hold(&school).await
});

on_both!(money_that_came_just_before_the_end_is_found_when_closing, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, attempt) = ordered(&school, &school.grace()).await?;
    school.till.set(&attempt, Fact::Succeeded);
    school.after(minutes(31));
    all_done(&school.app).await?;
    assert_eq!(state(&school, &school.grace(), &order).await?, OrderState::Paid);
    books_hold(&school).await
});

on_both!(an_order_does_not_run_out_while_its_money_may_be_on_its_way, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, attempt) = ordered(&school, &grace).await?;
    told(&school, &attempt, Fact::Processing, PRICE).await?;
    assert_eq!(refused(cancel(&school.app, &grace, &order).await), Refusal::PaymentInProgress);
    school.after(minutes(45));
    all_done(&school.app).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::AwaitingPayment);
    told(&school, &attempt, Fact::Succeeded, PRICE).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    books_hold(&school).await
});

on_both!(a_canceled_order_is_closed_at_the_provider, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, attempt) = ordered(&school, &grace).await?;
    cancel(&school.app, &grace, &order).await?;
    cancel(&school.app, &grace, &order).await?;
    all_done(&school.app).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Canceled);
    assert_eq!(school.till.payment(&attempt).expect("the payment").fact, Fact::Canceled);
    books_hold(&school).await
});

on_both!(late_money_is_honoured_while_the_price_stands, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, attempt) = ordered(&school, &grace).await?;
    cancel(&school.app, &grace, &order).await?;
    all_done(&school.app).await?;
    told(&school, &attempt, Fact::Succeeded, PRICE).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    assert_eq!(access(&school, &grace).await?, OPEN);
    books_hold(&school).await
});

on_both!(late_money_that_cannot_be_honoured_goes_back_by_itself, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, attempt) = ordered(&school, &grace).await?;
    cancel(&school.app, &grace, &order).await?;
    all_done(&school.app).await?;
    school.reprice(29_900).await?;
    told(&school, &attempt, Fact::Succeeded, PRICE).await?;
    let view = show_order(&school.app, &grace, &order).await?;
    assert_eq!((view.state, view.refunds.len()), (OrderState::Canceled, 1));
    assert_eq!(
        (view.refunds[0].cause, view.refunds[0].state, view.refunds[0].amount),
        (RefundCause::Late, RefundState::Succeeded, PRICE)
    );
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    books_hold(&school).await
});

on_both!(a_buyer_who_pays_twice_is_charged_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, first) = ordered(&school, &grace).await?;
    told(&school, &first, Fact::Failed, PRICE).await?;
    pay_again(&school.app, &grace, &order, &key("again")).await?;
    let second = attempt_of(&school, &order).await?;
    told(&school, &second, Fact::Succeeded, PRICE).await?;
    told(&school, &first, Fact::Succeeded, PRICE).await?;
    let view = show_order(&school.app, &grace, &order).await?;
    assert_eq!((view.state, view.refunded_state, view.refunds.len()), (OrderState::Paid, Refunded::None, 1));
    assert_eq!((view.refunds[0].cause, view.refunds[0].state), (RefundCause::Second, RefundState::Succeeded));
    assert_eq!(school.till.counts(), (2, 1));
    assert_eq!(access(&school, &grace).await?, OPEN);
    books_hold(&school).await
});

on_both!(two_orders_of_one_course_are_never_both_paid, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (first, early) = ordered(&school, &grace).await?;
    cancel(&school.app, &grace, &first).await?;
    let (second, open) = ordered(&school, &grace).await?;
    assert_ne!(first, second);
    told(&school, &early, Fact::Succeeded, PRICE).await?;
    assert_eq!(state(&school, &grace, &first).await?, OrderState::Paid, "late money, honoured");
    assert_eq!(state(&school, &grace, &second).await?, OrderState::Canceled);
    told(&school, &open, Fact::Succeeded, PRICE).await?;
    let view = show_order(&school.app, &grace, &second).await?;
    assert_eq!((view.state, view.refunds.len()), (OrderState::Canceled, 1));
    books_hold(&school).await
});

on_both!(money_of_another_amount_opens_nothing_and_goes_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    for wrong in [Money::new(1, Currency::Cny), Money::new(19_901, Currency::Cny), Money::new(19_900, Currency::Usd)] {
        let (order, attempt) = ordered(&school, &grace).await?;
        told(&school, &attempt, Fact::Succeeded, wrong).await?;
        let view = show_order(&school.app, &grace, &order).await?;
        assert_eq!(
            (view.state, view.refunds[0].cause, view.refunds[0].amount),
            (OrderState::AwaitingPayment, RefundCause::Mismatch, wrong)
        );
        assert_eq!(access(&school, &grace).await?, Access::Preview);
        assert!(show_for_staff(&school.app, &school.sam_at_work(), &order).await?.needs_review);
        cancel(&school.app, &grace, &order).await?;
        books_hold(&school).await?;
    }
    Ok(())
});

on_both!(inv_09_replaying_the_whole_inbox_changes_nothing, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, attempt) = ordered(&school, &grace).await?;
    let bodies = [
        school.till.tell(&attempt, Fact::Open, PRICE),
        school.till.tell(&attempt, Fact::Succeeded, PRICE),
        school.till.tell(&attempt, Fact::Canceled, PRICE),
    ];
    for _ in 0..3 {
        for body in &bodies {
            notified(&school.app, body).await?;
        }
        all_done(&school.app).await?;
    }
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    assert_eq!(ledger::of_order(&mut school.app.db.read().await?, order.as_str()).await?.len(), 2);
    books_hold(&school).await
});

on_both!(a_notification_about_somebody_else_s_payment_is_passed_over, async |db| -> Result<()> {
    let school = School::open(db).await;
    notified(&school.app, "till:1|attempt|no-such-attempt|succeeded|100|CNY").await?;
    notified(&school.app, "till:2|refund|no-such-refund|succeeded|0|CNY").await?;
    notified(&school.app, "till:3|payout|p|paid|0|CNY").await?;
    all_done(&school.app).await?;
    books_hold(&school).await
});

/// What is left of a payment in the books, apart from ids and seals.
async fn outcome(school: &School, order: &OrderId) -> Result<(OrderState, AttemptState, Vec<(String, String, i64)>, Access)> {
    let mut conn = school.app.db.read().await?;
    let attempt = payments::latest(&mut conn, order.as_str()).await?.expect("an attempt").state;
    let moved = ledger::of_order(&mut conn, order.as_str()).await?;
    let moved = moved.into_iter().map(|t| (t.moved.debit, t.moved.credit, t.moved.amount.minor())).collect();
    Ok((state(school, &school.grace(), order).await?, attempt, moved, access(school, &school.grace()).await?))
}

/// SM-2.P with the database: the same facts in any order, repeated, lead to the same rows.
fn any_order_of_facts_leads_to_the_same_books(kind: store::Kind) {
    let facts = prop::collection::vec(
        prop::sample::select(vec![Fact::Open, Fact::Processing, Fact::Failed, Fact::Canceled, Fact::Succeeded]),
        1..5,
    );
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        // each is two stories with a database: 6 where PROPTEST_CASES says nothing
        cases: ProptestConfig::default().cases.div_ceil(43),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&(facts, any::<prop::sample::Index>()), |(facts, turn)| {
            store::testing::run(kind, store::Migrations::of_the_school(), async |db| -> Result<()> {
                let school = School::open(db).await;
                let mut turned = facts.clone();
                turned.rotate_left(turn.index(facts.len()));
                turned.extend(facts.iter().rev().copied());
                let mut outcomes = Vec::new();
                for order_of_facts in [facts.clone(), turned] {
                    let buyer = school.grace();
                    let (order, attempt) = ordered(&school, &buyer).await?;
                    for fact in order_of_facts {
                        told(&school, &attempt, fact, PRICE).await?;
                    }
                    outcomes.push(outcome(&school, &order).await?);
                    books_hold(&school).await?;
                    undo(&school, &order).await?;
                }
                assert_eq!(outcomes[0], outcomes[1]);
                Ok(())
            });
            Ok(())
        })
        .expect("the property holds");
}

/// Back to where Grace can order anew.
async fn undo(school: &School, order: &OrderId) -> Result<()> {
    if state(school, &school.grace(), order).await? == OrderState::Paid {
        let form = RefundForm { reason: "undo".into(), idem: order.to_string(), ..RefundForm::default() };
        request_refund(&school.app, &school.sam_at_work(), order, form).await?;
        return all_done(&school.app).await;
    }
    school.after(minutes(40));
    all_done(&school.app).await?;
    let attempt = attempt_of(school, order).await?;
    told(school, &attempt, Fact::Canceled, PRICE).await?;
    school.after(minutes(2));
    all_done(&school.app).await
}

#[test]
fn sm_2_p_on_sqlite() {
    any_order_of_facts_leads_to_the_same_books(store::Kind::Sqlite);
}

#[test]
fn sm_2_p_on_postgres() {
    any_order_of_facts_leads_to_the_same_books(store::Kind::Postgres);
}
