//! Ways to pay: lost, over, and asked for again.

use super::*;
use crate::testing::Till;
use model::payments::{Device, Payer, Provider};

async fn standing(school: &School, order: &OrderId) -> Result<Standing> {
    Ok(show_order(&school.app, &school.grace(), order).await?.standing)
}

on_both!(a_payment_begun_without_an_answer_can_still_be_paid, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    school.till.is(Mood::Silent);
    let (order, attempt) = ordered(&school, &grace).await?;
    school.till.is(Mood::Fine);
    school.till.grows_terse();
    school.after(seconds(15));
    all_done(app).await?;
    assert_eq!(standing(&school, &order).await?, Standing::Idle { last: None }, "it can be tried again");
    let next = pay_again(app, &grace, &order, &key("again")).await?;
    assert!(matches!(next, NextStep::PayAt(_)), "{next:?}");
    assert_eq!(attempt_of(&school, &order).await?, attempt, "the same payment");
    assert_eq!(school.till.counts(), (1, 0));
    told(&school, &attempt, Fact::Succeeded, PRICE).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    books_hold(&school).await
});

on_both!(a_page_that_is_over_is_not_handed_out_but_opened_again, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    school.till.opens_until(app.now() + minutes(4));
    let (order, attempt) = ordered(&school, &grace).await?;
    assert!(matches!(standing(&school, &order).await?, Standing::PayAt { .. }));
    school.after(minutes(5));
    assert_eq!(standing(&school, &order).await?, Standing::Idle { last: None });
    school.till.opens_until(app.now() + minutes(4));
    assert!(matches!(pay_again(app, &grace, &order, &key("again")).await?, NextStep::PayAt(_)));
    assert!(matches!(standing(&school, &order).await?, Standing::PayAt { .. }));
    assert_eq!((attempt_of(&school, &order).await?, school.till.counts()), (attempt, (1, 0)));
    books_hold(&school).await
});

on_both!(where_no_new_page_is_given_the_payment_is_closed_and_another_begun, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    school.till.opens_until(app.now() + minutes(4));
    let (order, attempt) = ordered(&school, &grace).await?;
    school.after(minutes(5));
    school.till.is(Mood::Refusing);
    assert_eq!(pay_again(app, &grace, &order, &key("again")).await?, NextStep::Watch(order.clone()));
    school.till.is(Mood::Fine);
    school.till.opens_until(app.now() + minutes(4));
    all_done(app).await?;
    assert!(matches!(pay_again(app, &grace, &order, &key("anew")).await?, NextStep::PayAt(_)));
    assert_ne!(attempt_of(&school, &order).await?, attempt);
    assert_eq!(school.till.payment(&attempt).expect("the payment").fact, Fact::Canceled);
    books_hold(&school).await
});

on_both!(a_late_answer_does_not_rename_money_that_came, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (_, attempt) = bought(&school, &school.grace()).await?;
    let id: model::ids::AttemptId = attempt.parse().expect("an id");
    let name = async || Ok::<_, Error>(payments::attempt(&mut school.app.db.read().await?, &id).await?.provider_id);
    let before = name().await?;
    school.app.db.write(async |tx| payments::note_provider(tx, &id, "cs_1", Some("http://till.test/cs_1")).await).await?;
    assert_eq!(name().await?, before);
    books_hold(&school).await
});

on_both!(a_provider_that_the_school_does_not_have_is_refused, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let checkout = at_checkout(&school, &grace).await?;
    let elsewhere = PayRequest { provider: Some(Provider::Stripe), ..key("k") };
    assert_eq!(refused(place(app, &grace, Lang::En, &checkout, &elsewhere).await), Refusal::NoProvider);
    assert!(my_orders(app, &grace).await?.is_empty());
    books_hold(&school).await
});

on_both!(inv_10_a_key_stands_for_one_request, async |db| -> Result<()> {
    let school = School::open(db).await;
    let note = async |request: &str| {
        let sandbox = Provider::Sandbox;
        school.app.db.write(async |tx| payments::note_call(tx, "k", sandbox, request, school.app.now()).await).await
    };
    note("a").await?;
    note("a").await?;
    assert!(note("b").await.is_err());
    Ok(())
});

fn by(provider: Provider, text: &str) -> PayRequest {
    PayRequest { provider: Some(provider), ..key(text) }
}

on_both!(who_chooses_another_way_has_the_first_one_closed_and_pays_once, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let other = school.second_till(Provider::Alipay);
    let (app, grace) = (&school.app, school.grace());
    let (order, first) = ordered(&school, &grace).await?;
    let view = show_order(app, &grace, &order).await?;
    assert_eq!((view.provider, view.ways), (Some(Provider::Sandbox), vec![Provider::Sandbox, Provider::Alipay]));
    let next = settlement::pay(app, &grace, &order, &by(Provider::Alipay, "k")).await?;
    let second = attempt_of(&school, &order).await?;
    assert_eq!(next, NextStep::PayAt(format!("http://till.test/pay/{second}")));
    assert_eq!(school.till.payment(&first).expect("the payment").fact, Fact::Canceled);
    assert_eq!(settlement::pay(app, &grace, &order, &by(Provider::Alipay, "k")).await?, next, "pressed twice");
    assert_eq!((school.till.counts().0, other.counts().0), (1, 1));
    assert_eq!(show_order(app, &grace, &order).await?.provider, Some(Provider::Alipay));
    let paid = other.tell(&second, Fact::Succeeded, PRICE);
    payments::keep(app, Provider::Alipay, &["good"], paid.as_bytes()).await?;
    all_done(app).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    books_hold(&school).await?;
    // the first page was paid all the same
    told(&school, &first, Fact::Succeeded, PRICE).await?;
    let refunds = show_order(app, &grace, &order).await?.refunds;
    assert_eq!((refunds.len(), refunds[0].cause, school.till.counts().1), (1, RefundCause::Second, 1));
    books_hold(&school).await
});

on_both!(who_has_paid_already_begins_no_second_payment, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let other = school.second_till(Provider::Alipay);
    let (app, grace) = (&school.app, school.grace());
    let (order, first) = ordered(&school, &grace).await?;
    school.till.set(&first, Fact::Succeeded);
    let next = settlement::pay(app, &grace, &order, &by(Provider::Alipay, "k")).await?;
    assert_eq!(next, NextStep::Done(order.clone()));
    assert_eq!((access(&school, &grace).await?, other.counts().0), (OPEN, 0));
    books_hold(&school).await
});

on_both!(nothing_new_begins_before_the_first_way_is_known_to_be_closed, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let other = school.second_till(Provider::Alipay);
    let (app, grace) = (&school.app, school.grace());
    let (order, first) = ordered(&school, &grace).await?;
    let pay = async |provider: Provider, text: &str| settlement::pay(app, &grace, &order, &by(provider, text)).await;
    school.till.is(Mood::Deaf);
    assert_eq!(pay(Provider::Alipay, "k1").await?, NextStep::Watch(order.clone()));
    assert_eq!(standing(&school, &order).await?, Standing::Closing);
    assert!(matches!(pay(Provider::Sandbox, "k2").await?, NextStep::PayAt(_)), "thought better of it");
    assert!(matches!(standing(&school, &order).await?, Standing::PayAt { .. }));
    assert_eq!(pay(Provider::Alipay, "k3").await?, NextStep::Watch(order.clone()));
    school.till.is(Mood::Fine);
    school.after(minutes(2));
    all_done(app).await?;
    assert_eq!(standing(&school, &order).await?, Standing::Idle { last: Some((AttemptState::Canceled, None)) });
    assert_eq!((school.till.payment(&first).expect("the payment").fact, other.counts().0), (Fact::Canceled, 0));
    assert!(matches!(pay(Provider::Alipay, "k4").await?, NextStep::PayAt(_)));
    books_hold(&school).await
});

on_both!(while_a_payment_is_unclear_there_is_no_other_way, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let other = school.second_till(Provider::Alipay);
    let (app, grace) = (&school.app, school.grace());
    school.till.is(Mood::Silent);
    let (order, _) = ordered(&school, &grace).await?;
    let refusal = refused(settlement::pay(app, &grace, &order, &by(Provider::Alipay, "k")).await);
    assert_eq!((refusal, other.counts().0), (Refusal::PaymentInProgress, 0));
    let nowhere = settlement::pay(app, &grace, &order, &by(Provider::Stripe, "k2")).await;
    assert_eq!(refused(nowhere), Refusal::NoProvider);
    let lins = settlement::pay(app, &school.lin(), &order, &by(Provider::Alipay, "k3")).await;
    assert!(matches!(lins, Err(Error::Fault(model::Fault::NotFound))), "{lins:?}");
    books_hold(&school).await
});

on_both!(whatever_is_pressed_at_once_one_payment_is_open, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let other = school.second_till(Provider::Alipay);
    let (app, grace) = (&school.app, school.grace());
    let (order, _) = ordered(&school, &grace).await?;
    let requests: Vec<PayRequest> =
        (0..8).map(|number| by([Provider::Alipay, Provider::Sandbox][number % 2], &format!("k{number}"))).collect();
    let all = requests.iter().map(|request| settlement::pay(app, &grace, &order, request));
    for outcome in futures::future::join_all(all).await {
        match outcome {
            Ok(NextStep::PayAt(_) | NextStep::Watch(_)) => (),
            refusal => assert_eq!(refused(refusal), Refusal::PaymentInProgress),
        }
    }
    all_done(app).await?;
    let attempts = payments::attempts_of(&mut app.db.read().await?, order.as_str()).await?;
    let live = attempts.iter().filter(|attempt| attempt.state.is_live()).count();
    let is_open = |till: &Till, id: &str| till.payment(id).is_some_and(|found| found.fact == Fact::Open);
    let open =
        attempts.iter().filter(|attempt| is_open(&school.till, attempt.id.as_str()) || is_open(&other, attempt.id.as_str()));
    assert!(live <= 1, "{attempts:?}");
    assert_eq!(open.count(), live, "{attempts:?}");
    books_hold(&school).await
});

on_both!(a_phone_that_cannot_scan_its_own_screen_gets_a_page, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    school.till.draws_codes();
    let (order, first) = ordered(&school, &grace).await?;
    assert!(matches!(standing(&school, &order).await?, Standing::Scan(_)));
    let on =
        |device: Device, text: &str| PayRequest { payer: Payer { device, ..Payer::default() }, ..by(Provider::Sandbox, text) };
    assert_eq!(settlement::pay(app, &grace, &order, &on(Device::Desktop, "k1")).await?, NextStep::Watch(order.clone()));
    assert_eq!(attempt_of(&school, &order).await?, first, "at the desk it is scanned");
    assert!(matches!(settlement::pay(app, &grace, &order, &on(Device::Phone, "k2")).await?, NextStep::PayAt(_)));
    assert_ne!(attempt_of(&school, &order).await?, first);
    assert_eq!(school.till.payment(&first).expect("the payment").fact, Fact::Canceled);
    books_hold(&school).await
});

on_both!(a_phone_s_page_is_no_way_for_a_desk_that_gets_a_code, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    school.till.draws_codes();
    let on =
        |device: Device, text: &str| PayRequest { payer: Payer { device, ..Payer::default() }, ..by(Provider::Sandbox, text) };
    let checkout = at_checkout(&school, &grace).await?;
    let in_hand = place(app, &grace, Lang::En, &checkout, &on(Device::Phone, "k")).await?;
    assert!(matches!(in_hand, NextStep::PayAt(_)), "{in_hand:?}");
    let order = my_orders(app, &grace).await?[0].id.clone();
    let page = attempt_of(&school, &order).await?;
    let shown = show_order(app, &grace, &order).await?;
    assert!(matches!(shown_on(app, Device::Phone, shown.clone()).standing, Standing::PayAt { .. }));
    assert_eq!(shown_on(app, Device::Desktop, shown).standing, Standing::Idle { last: None });
    assert_eq!(settlement::pay(app, &grace, &order, &on(Device::Desktop, "k1")).await?, NextStep::Watch(order.clone()));
    assert!(matches!(standing(&school, &order).await?, Standing::Scan(_)));
    assert_eq!(school.till.payment(&page).expect("the payment").fact, Fact::Canceled);
    books_hold(&school).await
});

on_both!(an_order_that_waits_longer_since_it_was_found_due_is_left_open, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    school.till.draws_codes();
    let (order, _) = ordered(&school, &school.grace()).await?;
    assert!(matches!(expire(app, &order).await?, Expiry::Later));
    all_done(app).await?;
    assert!(matches!(standing(&school, &order).await?, Standing::Scan(_)));
    school.after(SCAN_PATIENCE);
    all_done(app).await?;
    assert_eq!(state(&school, &school.grace(), &order).await?, OrderState::Expired);
    books_hold(&school).await
});

on_both!(an_order_paid_by_a_code_waits_two_hours, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    school.till.draws_codes();
    let (order, _) = ordered(&school, &grace).await?;
    let placed = show_order(app, &grace, &order).await?;
    assert_eq!(placed.expires_at, placed.placed_at + SCAN_PATIENCE);
    school.after(minutes(119));
    all_done(app).await?;
    assert!(matches!(standing(&school, &order).await?, Standing::Scan(_)));
    school.after(minutes(2));
    all_done(app).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Expired);
    books_hold(&school).await
});

on_both!(who_goes_over_to_a_code_is_given_the_time_for_it_once, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let other = school.second_till(Provider::Wechat);
    other.draws_codes();
    let (app, grace) = (&school.app, school.grace());
    let (order, _) = ordered(&school, &grace).await?;
    let placed = show_order(app, &grace, &order).await?;
    assert_eq!(placed.expires_at, placed.placed_at + PATIENCE);
    school.after(minutes(20));
    settlement::pay(app, &grace, &order, &by(Provider::Wechat, "k1")).await?;
    settlement::pay(app, &grace, &order, &by(Provider::Sandbox, "k2")).await?;
    settlement::pay(app, &grace, &order, &by(Provider::Wechat, "k3")).await?;
    assert_eq!(show_order(app, &grace, &order).await?.expires_at, placed.placed_at + SCAN_PATIENCE);
    books_hold(&school).await
});
