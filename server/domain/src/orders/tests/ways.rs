//! Ways to pay: lost, over, and asked for again.

use super::*;

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
    let elsewhere = PayRequest { provider: Some(model::payments::Provider::Stripe), ..key("k") };
    assert_eq!(refused(place(app, &grace, Lang::En, &checkout, &elsewhere).await), Refusal::NoProvider);
    assert!(my_orders(app, &grace).await?.is_empty());
    books_hold(&school).await
});

on_both!(inv_10_a_key_stands_for_one_request, async |db| -> Result<()> {
    let school = School::open(db).await;
    let note = async |request: &str| {
        let sandbox = model::payments::Provider::Sandbox;
        school.app.db.write(async |tx| payments::note_call(tx, "k", sandbox, request, school.app.now()).await).await
    };
    note("a").await?;
    note("a").await?;
    assert!(note("b").await.is_err());
    Ok(())
});
