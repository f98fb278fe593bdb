//! Buyers asking for their money, what people do where a provider leads nowhere, and refunds in a crowd.

use super::*;
use crate::payments::RefundFact;
use crate::{Staff, learning};
use model::orders::{Item, LineKind};
use model::refunds::{AskRefund, OutsidePolicy, Propose, RefundOffer, Remedy};
use model::time::days;

fn ask(idem: &str) -> AskRefund {
    AskRefund { reason: "Not what I looked for".into(), idem: idem.into(), ..AskRefund::default() }
}

async fn refunds(school: &School, order: &OrderId) -> Result<Vec<(RefundCause, RefundState)>> {
    let view = show_for_staff(&school.app, &school.sam_at_work(), order).await?;
    Ok(view.order.refunds.into_iter().map(|refund| (refund.cause, refund.state)).collect())
}

async fn offered(school: &School, who: &Member, order: &OrderId) -> Result<RefundOffer> {
    Ok(show_order(&school.app, who, order).await?.offer)
}

async fn study(school: &School, who: &Member, lesson: usize) -> Result<()> {
    let id = &school.engines_lessons()[lesson];
    school
        .app
        .db
        .write(async |tx| learning::mark_in(&school.app, tx, who, &slug("analytical-engines"), id, true).await)
        .await
        .map(drop)
}

on_both!(cn_05_within_the_promise_the_money_goes_back_at_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, _) = bought(&school, &grace).await?;
    let offer = offered(&school, &grace, &order).await?;
    assert_eq!((offer.lines.len(), offer.lines[0].left, offer.lines[0].verdict.studied), (1, PRICE, 0));
    study(&school, &grace, 0).await?;
    assert_eq!(offered(&school, &grace, &order).await?.lines[0].verdict.studied, 0, "what is open to all does not count");
    let first = ask_refund(&school.app, &grace, &order, ask("a1")).await?;
    assert_eq!(ask_refund(&school.app, &grace, &order, ask("a1")).await?, first, "sent twice, asked once");
    assert!(matches!(refused(ask_refund(&school.app, &grace, &order, ask("a2")).await), Refusal::TooMuch { .. }));
    all_done(&school.app).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Learner, RefundState::Succeeded)]);
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    assert!(offered(&school, &grace, &order).await?.lines.is_empty());
    books_hold(&school).await
});

on_both!(cn_05_outside_the_promise_a_person_decides_and_the_buyer_may_take_it_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, _) = bought(&school, &grace).await?;
    study(&school, &grace, 1).await?;
    school.after(days(8));
    let outside = offered(&school, &grace, &order).await?.lines[0].verdict.outside.clone();
    assert!(
        matches!(outside[..], [OutsidePolicy::TooLate { .. }, OutsidePolicy::TooMuchStudied { allowed: 20, .. }]),
        "{outside:?}"
    );
    let refund = ask_refund(&school.app, &grace, &order, ask("a1")).await?;
    all_done(&school.app).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Learner, RefundState::Requested)]);
    assert_eq!(offered(&school, &grace, &order).await?.waiting, std::slice::from_ref(&refund));
    assert!(matches!(
        withdraw_refund(&school.app, &school.lin(), &order, &refund).await,
        Err(Error::Fault(model::Fault::NotFound))
    ));
    withdraw_refund(&school.app, &grace, &order, &refund).await?;
    books_hold(&school).await?;
    let again = ask_refund(&school.app, &grace, &order, ask("a2")).await?;
    approve(&school.app, &school.sam_at_work(), &again).await?;
    all_done(&school.app).await?;
    assert_eq!(refunds(&school, &order).await?[1], (RefundCause::Learner, RefundState::Succeeded));
    books_hold(&school).await
});

on_both!(money_asked_back_into_the_wallet_is_there_at_once_and_no_provider_is_asked, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (order, _) = bought(&school, &grace).await?;
    let into_wallet = AskRefund { destination: "wallet".into(), ..ask("a1") };
    ask_refund(app, &grace, &order, into_wallet).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Learner, RefundState::Succeeded)]);
    let wallet = ledger::Account::Wallet(grace.id.clone());
    assert_eq!(ledger::balance(&mut app.db.read().await?, &wallet, Currency::Cny).await?, PRICE);
    assert_eq!((school.till.counts().1, access(&school, &grace).await?), (0, Access::Preview));
    books_hold(&school).await
});

on_both!(who_had_it_refunded_before_is_looked_at_by_a_person, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (first, _) = bought(&school, &grace).await?;
    ask_refund(&school.app, &grace, &first, ask("a1")).await?;
    all_done(&school.app).await?;
    school.after(minutes(1));
    let (second, _) = bought(&school, &grace).await?;
    assert_eq!(offered(&school, &grace, &second).await?.lines[0].verdict.outside, [OutsidePolicy::RefundedBefore]);
    ask_refund(&school.app, &grace, &second, ask("a2")).await?;
    all_done(&school.app).await?;
    assert_eq!(refunds(&school, &second).await?, [(RefundCause::Learner, RefundState::Requested)]);
    books_hold(&school).await
});

on_both!(nobody_asks_for_money_of_an_order_that_is_not_theirs_or_not_paid, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (paid, _) = bought(&school, &school.grace()).await?;
    let stranger = ask_refund(&school.app, &school.lin(), &paid, ask("a1")).await;
    assert!(matches!(stranger, Err(Error::Fault(model::Fault::NotFound))));
    let (waiting, _) = ordered(&school, &school.lin()).await?;
    assert_eq!(refused(ask_refund(&school.app, &school.lin(), &waiting, ask("a2")).await), Refusal::Closed);
    let nothing = AskRefund { reason: " ".into(), ..ask("a3") };
    assert!(matches!(
        ask_refund(&school.app, &school.grace(), &paid, nothing).await,
        Err(Error::Fault(model::Fault::Invalid(_)))
    ));
    let other = AskRefund { line: vec!["not-a-line-of-it".into()], ..ask("a4") };
    assert!(matches!(ask_refund(&school.app, &school.grace(), &paid, other).await, Err(Error::Fault(model::Fault::Invalid(_)))));
    books_hold(&school).await
});

/// A refund the provider never answers, until a person has to look.
async fn stuck(school: &School, order: &OrderId) -> Result<model::ids::RefundId> {
    school.till.is(Mood::Slow);
    let form = RefundForm { reason: "Asked".into(), idem: "s1".into(), ..RefundForm::default() };
    let refund = request_refund(&school.app, &school.sam_at_work(), order, form).await?;
    for _ in 0..12 {
        all_done(&school.app).await?;
        school.after(days(1));
    }
    assert_eq!(refunds(school, order).await?.last().map(|refund| refund.1), Some(RefundState::NeedsAttention));
    Ok(refund)
}

fn remedy(refund: &model::ids::RefundId, remedy: Remedy) -> Propose {
    Propose { refund: refund.clone(), remedy: remedy.to_string(), note: "ICBC 20260315-1".into() }
}

on_both!(what_a_provider_leaves_hanging_is_paid_by_our_own_bank_when_two_people_say_so, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let second = Staff { id: school.lin().id };
    let (order, _) = bought(&school, &school.grace()).await?;
    let refund = stuck(&school, &order).await?;
    books_hold(&school).await?;
    assert_eq!(refused(confirm_remedy(app, &sam, remedy(&refund, Remedy::Paid)).await), Refusal::Transition);
    propose_remedy(app, &sam, remedy(&refund, Remedy::Paid)).await?;
    assert_eq!(refused(confirm_remedy(app, &sam, remedy(&refund, Remedy::Paid)).await), Refusal::SecondPerson);
    let listed = list_refunds(app, &second, 1).await?.items.remove(0).proposed.expect("a proposal");
    assert_eq!((listed.remedy, listed.by.as_str(), listed.yours_to_confirm), (Remedy::Paid, "Sam", true));
    confirm_remedy(app, &second, remedy(&refund, Remedy::Paid)).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Staff, RefundState::Succeeded)]);
    assert_eq!(access(&school, &school.grace()).await?, Access::Preview);
    let transfers = ledger::of_order(&mut app.db.read().await?, order.as_str()).await?;
    let by_hand = transfers.iter().find(|transfer| transfer.moved.kind == ledger::Kind::PaidByHand).expect("a transfer");
    assert_eq!((by_hand.moved.credit.as_str(), by_hand.moved.amount), ("bank", PRICE));
    books_hold(&school).await
});

on_both!(what_a_provider_leaves_hanging_is_sent_again_with_the_same_key, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let (order, _) = bought(&school, &school.grace()).await?;
    let refund = stuck(&school, &order).await?;
    propose_remedy(app, &sam, remedy(&refund, Remedy::Retry)).await?;
    confirm_remedy(app, &Staff { id: school.lin().id }, remedy(&refund, Remedy::Retry)).await?;
    all_done(app).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Staff, RefundState::Pending)]);
    notified(app, &school.till.tell_refund(refund.as_str(), RefundFact::Succeeded)).await?;
    all_done(app).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Staff, RefundState::Succeeded)]);
    assert_eq!(school.till.counts().1, 1, "done once");
    books_hold(&school).await
});

on_both!(who_confirms_a_remedy_confirms_what_they_saw_and_not_about_their_own_money, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let (second, third) = (Staff { id: school.lin().id }, Staff { id: school.ada().id });
    let (order, _) = bought(&school, &school.grace()).await?;
    let refund = stuck(&school, &order).await?;
    propose_remedy(app, &sam, remedy(&refund, Remedy::Retry)).await?;
    // while the second person looks at it the third proposes something else
    propose_remedy(app, &third, remedy(&refund, Remedy::Paid)).await?;
    assert_eq!(refused(confirm_remedy(app, &second, remedy(&refund, Remedy::Retry)).await), Refusal::Transition);
    let other_reference = Propose { note: "ICBC 20260315-2".into(), ..remedy(&refund, Remedy::Paid) };
    assert_eq!(refused(confirm_remedy(app, &second, other_reference).await), Refusal::Transition);
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Staff, RefundState::NeedsAttention)]);
    let buyer = Staff { id: school.grace().id };
    assert!(!list_refunds(app, &buyer, 1).await?.items[0].proposed.as_ref().expect("a proposal").yours_to_confirm);
    assert_eq!(refused(confirm_remedy(app, &buyer, remedy(&refund, Remedy::Paid)).await), Refusal::SecondPerson);
    assert_eq!(refused(propose_remedy(app, &buyer, remedy(&refund, Remedy::Retry)).await), Refusal::SecondPerson);
    confirm_remedy(app, &second, remedy(&refund, Remedy::Paid)).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Staff, RefundState::Succeeded)]);
    books_hold(&school).await
});

on_both!(rel_10_orders_refunded_twice_at_once_are_each_refunded_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let mut orders = Vec::new();
    for number in 0..12 {
        let buyer = school.learner(&format!("buyer-{number}")).await;
        orders.push(bought(&school, &buyer).await?.0);
    }
    let form = |idem: String| RefundForm { reason: "Asked".into(), idem, ..RefundForm::default() };
    let twice = orders
        .iter()
        .enumerate()
        .flat_map(|(number, order)| ["a", "b"].map(|time| request_refund(app, &sam, order, form(format!("{time}{number}")))));
    let outcomes = futures::future::join_all(twice).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), orders.len());
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        assert!(matches!(refused(outcome), Refusal::TooMuch { .. }));
    }
    all_done(app).await?;
    let transfers = ledger::chain(&mut app.db.read().await?, 0, 10_000).await?;
    let psp: i64 = transfers
        .iter()
        .filter(|transfer| !matches!(transfer.moved.phase, ledger::Phase::Pending | ledger::Phase::Void(_)))
        .map(|transfer| {
            let amount = transfer.moved.amount.minor();
            i64::from(transfer.moved.debit == "psp:sandbox") * amount - i64::from(transfer.moved.credit == "psp:sandbox") * amount
        })
        .sum();
    assert_eq!(psp, 0);
    books_hold(&school).await
});

on_both!(rel_11_refunds_in_a_crowd_never_come_to_more_than_was_paid, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let (order, _) = bought(&school, &school.grace()).await?;
    let amounts = ["120", "120"].into_iter().chain(["30"; 10]).chain(["-1", "0", "92233720368547758.07", "1e3"]);
    let all = amounts.enumerate().map(|(number, amount)| {
        let form =
            RefundForm { amount: amount.into(), reason: "Asked".into(), idem: format!("k{number}"), ..RefundForm::default() };
        request_refund(app, &sam, &order, form)
    });
    let outcomes = futures::future::join_all(all).await;
    assert!(outcomes[12..].iter().all(Result::is_err), "nothing below, at nought or beyond everything");
    assert!(outcomes.iter().any(Result::is_ok));
    all_done(app).await?;
    let refunded = show_order(app, &school.grace(), &order).await?.refunded;
    assert!(refunded.minor() > 0 && refunded.minor() <= PRICE.minor(), "{refunded:?}");
    books_hold(&school).await
});

on_both!(sm_1_a_dispute_closes_the_course_until_it_is_won_and_takes_everything_when_it_is_lost, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let lin = school.lin();
    let (order, attempt) = bought(&school, &grace).await?;
    let (_, other) = bought(&school, &lin).await?;
    for _ in 0..2 {
        disputed(&school, &attempt, DisputeFact::Opened).await?;
    }
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    let form = RefundForm { reason: "Asked".into(), idem: "r1".into(), ..RefundForm::default() };
    assert_eq!(refused(request_refund(app, &school.sam_at_work(), &order, form).await), Refusal::Disputed);
    books_hold(&school).await?;
    disputed(&school, &attempt, DisputeFact::Won).await?;
    assert_eq!(access(&school, &grace).await?, OPEN);
    books_hold(&school).await?;
    // its beginning never reached us
    disputed(&school, &other, DisputeFact::Lost).await?;
    assert_eq!(access(&school, &lin).await?, Access::Preview);
    let share = crate::earnings::balance(&mut app.db.read().await?, &school.ada().id, Currency::Cny).await?;
    assert_eq!((share.pending.minor(), share.payable.minor()), (13_930, 0), "of the order that was won");
    books_hold(&school).await
});

/// Grace has bought the course, and a minute ago her bank asked for the money back.
async fn in_dispute(school: &School) -> Result<String> {
    let (_, attempt) = bought(school, &school.grace()).await?;
    disputed(school, &attempt, DisputeFact::Opened).await?;
    school.after(minutes(1));
    Ok(attempt)
}

on_both!(who_bought_again_during_a_dispute_that_was_won_keeps_the_course_when_the_second_goes_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let first = in_dispute(&school).await?;
    let (order, second) = bought(&school, &grace).await?;
    disputed(&school, &first, DisputeFact::Won).await?;
    assert_eq!(access(&school, &grace).await?, OPEN);
    disputed(&school, &second, DisputeFact::Opened).await?;
    assert_eq!(access(&school, &grace).await?, OPEN, "by the first one");
    disputed(&school, &second, DisputeFact::Won).await?;
    let form = RefundForm { reason: "Asked".into(), idem: "r1".into(), ..RefundForm::default() };
    request_refund(app, &school.sam_at_work(), &order, form).await?;
    all_done(app).await?;
    assert_eq!(show_order(app, &grace, &order).await?.refunded_state, Refunded::Full);
    assert_eq!(access(&school, &grace).await?, OPEN);
    books_hold(&school).await
});

on_both!(who_is_about_to_buy_again_when_a_dispute_is_won_does_not_pay_twice, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let first = in_dispute(&school).await?;
    let (order, second) = ordered(&school, &grace).await?;
    disputed(&school, &first, DisputeFact::Won).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Canceled);
    told(&school, &second, Fact::Succeeded, PRICE).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Late, RefundState::Succeeded)]);
    assert_eq!(access(&school, &grace).await?, OPEN);
    books_hold(&school).await
});

on_both!(who_bought_again_and_was_refunded_has_the_course_by_the_dispute_that_was_won, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let first = in_dispute(&school).await?;
    let (order, _) = bought(&school, &grace).await?;
    disputed(&school, &first, DisputeFact::Won).await?;
    let form = RefundForm { reason: "Asked".into(), idem: "r1".into(), ..RefundForm::default() };
    request_refund(app, &school.sam_at_work(), &order, form).await?;
    all_done(app).await?;
    assert_eq!(access(&school, &grace).await?, OPEN);
    books_hold(&school).await
});

/// Grace has "Analytical Engines" for herself and two seats of another course, in one order: course, seats.
async fn bought_with_seats(school: &School) -> Result<(OrderId, [String; 2])> {
    let data = school.another_course("data-one", 5_000).await;
    let seats = Item { quantity: 2, ..Item::of(LineKind::SeatPack, &data) };
    let items = [Item::of(LineKind::Course, school.engines()), seats];
    let next = begin_checkout_of(&school.app, &school.grace(), &items, &Choices::default(), false).await?;
    let NextStep::Checkout(checkout) = next else { panic!("not at the checkout but at {next:?}") };
    let order = crate::testing::buying::paid(school, &school.grace(), &checkout).await?;
    let lines = offered(school, &school.grace(), &order).await?.lines;
    let mut ids = lines.into_iter().map(|line| line.id.to_string());
    Ok((order, [ids.next().expect("a course"), ids.next().expect("seats")]))
}

fn of_lines(lines: &[&String], amount: &str, idem: &str) -> RefundForm {
    let line = lines.iter().map(ToString::to_string).collect();
    RefundForm { line, amount: amount.into(), reason: "Asked".into(), idem: idem.into() }
}

on_both!(sm_7_seats_go_back_whole_and_leave_the_course_beside_them_alone, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let (order, [course, seats]) = bought_with_seats(&school).await?;
    assert_eq!(refused(request_refund(app, &sam, &order, of_lines(&[&seats], "10", "r1")).await), Refusal::OnlyWhole);
    assert_eq!(refused(request_refund(app, &sam, &order, of_lines(&[], "10", "r2")).await), Refusal::OnlyWhole);
    request_refund(app, &sam, &order, of_lines(&[&course], "10", "r3")).await?;
    ask_refund(app, &grace, &order, AskRefund { line: vec![seats], ..ask("a1") }).await?;
    all_done(app).await?;
    let view = show_order(app, &grace, &order).await?;
    assert_eq!((view.refunded.minor(), view.refunded_state), (1_000 + 10_000, Refunded::Partial));
    assert_eq!(access(&school, &grace).await?, OPEN, "the course is hers still");
    let mut named = Vec::new();
    for note in &view.credit_notes {
        named.extend(credit_document(&mut app.db.read().await?, &order, note.place).await?.titles);
    }
    named.sort();
    assert!(matches!(&named[..], [one, other] if one != other), "each note names what it takes back: {named:?}");
    assert!(crate::vouchers::seat_desk(app, &grace, None, 1).await?.pools.items.iter().all(|pool| !pool.is_live));
    assert_eq!(view.offer.lines.len(), 1);
    books_hold(&school).await?;
    request_refund(app, &sam, &order, of_lines(&[], "", "r4")).await?;
    all_done(app).await?;
    assert_eq!(show_order(app, &grace, &order).await?.refunded_state, Refunded::Full);
    books_hold(&school).await
});

on_both!(sm_7_seats_that_somebody_has_stay_paid_while_the_rest_goes_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let (order, [_, seats]) = bought_with_seats(&school).await?;
    let pool = crate::vouchers::seat_desk(app, &grace, None, 1).await?.pools.items[0].id.clone();
    let seat = model::vouchers::AssignForm { email: "lin@lectern.example".into() };
    crate::vouchers::assign(app, &grace, &pool, seat).await?;
    let kept = request_refund(app, &sam, &order, of_lines(&[&seats], "", "r1")).await;
    assert!(matches!(
        kept,
        Err(Error::Fault(model::Fault::Conflict(model::Refusal::Vouchers(model::vouchers::Refusal::NotRefundable))))
    ));
    request_refund(app, &sam, &order, of_lines(&[], "", "r2")).await?;
    all_done(app).await?;
    let view = show_order(app, &grace, &order).await?;
    assert_eq!((view.refunded, view.refunded_state), (PRICE, Refunded::Partial));
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    assert!(view.offer.lines.is_empty());
    books_hold(&school).await
});

on_both!(sm_1_money_put_into_a_wallet_and_disputed_is_taken_as_far_as_it_is_there, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let items = [Item::of(LineKind::Topup, 5_000)];
    let next = begin_checkout_of(app, &grace, &items, &Choices::default(), false).await?;
    let NextStep::Checkout(checkout) = next else { panic!("not at the checkout but at {next:?}") };
    let order = crate::testing::buying::paid(&school, &grace, &checkout).await?;
    let attempt = attempt_of(&school, &order).await?;
    for fact in [DisputeFact::Opened, DisputeFact::Lost] {
        notified(app, &school.till.tell_dispute(&attempt, fact, Money::new(5_000, Currency::Cny))).await?;
        all_done(app).await?;
    }
    let wallet = ledger::Account::Wallet(grace.id.clone());
    assert!(ledger::balance(&mut app.db.read().await?, &wallet, Currency::Cny).await?.is_zero());
    books_hold(&school).await
});

on_both!(many_small_refunds_need_a_second_person_as_one_large_one_does, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let mut settings = (*school.app.settings).clone();
    settings.refund_limit = "CNY:10000".parse().expect("a limit");
    school.app.settings = std::sync::Arc::new(settings);
    let (app, sam) = (&school.app, school.sam_at_work());
    let (order, _) = bought(&school, &school.grace()).await?;
    for (number, amount) in ["60", "40", "0.01"].into_iter().enumerate() {
        request_refund(app, &sam, &order, of_lines(&[], amount, &format!("r{number}"))).await?;
    }
    all_done(app).await?;
    let mut states: Vec<RefundState> = refunds(&school, &order).await?.into_iter().map(|(_, state)| state).collect();
    states.sort_by_key(|state| state.as_str());
    assert_eq!(states, [RefundState::Requested, RefundState::Succeeded, RefundState::Succeeded]);
    books_hold(&school).await
});

on_both!(nobody_refunds_their_own_order, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let (order, _) = bought(&school, &school.sam()).await?;
    let refund = request_refund(app, &sam, &order, of_lines(&[], "", "r1")).await?;
    assert_eq!(refunds(&school, &order).await?, [(RefundCause::Staff, RefundState::Requested)]);
    assert!(!list_refunds(app, &sam, 1).await?.items[0].yours_to_decide);
    assert_eq!(refused(approve(app, &sam, &refund).await), Refusal::SecondPerson);
    approve(app, &Staff { id: school.lin().id }, &refund).await?;
    all_done(app).await?;
    books_hold(&school).await
});

on_both!(money_in_the_wallet_is_not_refunded_into_the_wallet, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let items = [Item::of(LineKind::Topup, 5_000)];
    let next = begin_checkout_of(app, &grace, &items, &Choices::default(), false).await?;
    let NextStep::Checkout(checkout) = next else { panic!("not at the checkout but at {next:?}") };
    let order = crate::testing::buying::paid(&school, &grace, &checkout).await?;
    let into_wallet = AskRefund { destination: "wallet".into(), ..ask("a1") };
    assert!(matches!(ask_refund(app, &grace, &order, into_wallet).await, Err(Error::Fault(model::Fault::Invalid(_)))));
    books_hold(&school).await
});

on_both!(what_was_refunded_into_a_wallet_and_then_disputed_is_not_had_twice, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (order, attempt) = bought(&school, &grace).await?;
    ask_refund(app, &grace, &order, AskRefund { destination: "wallet".into(), ..ask("a1") }).await?;
    let wallet = ledger::Account::Wallet(grace.id.clone());
    assert_eq!(ledger::balance(&mut app.db.read().await?, &wallet, Currency::Cny).await?, PRICE);
    disputed(&school, &attempt, DisputeFact::Lost).await?;
    assert!(ledger::balance(&mut app.db.read().await?, &wallet, Currency::Cny).await?.is_zero());
    books_hold(&school).await
});
