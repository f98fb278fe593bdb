//! Coupons at the checkout.

use super::baskets::{course, order_cart};
use super::*;
use crate::promotions::{self, Maker};
use model::cart::Basket;
use model::promotions::{NewCoupon, Refusal as No};
use model::time::{days, hours};

fn percent(value: &str, codes: &str) -> NewCoupon {
    NewCoupon { name: "Spring".into(), kind: "percent".into(), value: value.into(), codes: codes.into(), ..NewCoupon::default() }
}

async fn made(school: &School, form: NewCoupon) -> Result<model::ids::PromotionId> {
    promotions::create(&school.app, Maker::School(&school.sam_at_work()), form).await
}

async fn refused_code(school: &School, who: &Member, code: &str) -> Result<No> {
    let checkout = at_checkout(school, who).await?;
    match refused(choose_coupon(&school.app, who, &checkout, code).await) {
        Refusal::Coupon(reason) => Ok(reason),
        other => panic!("refused otherwise: {other:?}"),
    }
}

/// At the checkout with this code chosen.
async fn with_code(school: &School, who: &Member, code: &str) -> Result<CheckoutId> {
    let checkout = at_checkout(school, who).await?;
    choose_coupon(&school.app, who, &checkout, code).await?;
    Ok(checkout)
}

async fn used(school: &School) -> Result<(u32, i64)> {
    let row = promotions::list(&school.app, Maker::School(&school.sam_at_work()), 1).await?.rows.items.remove(0);
    Ok((row.used, row.given.minor()))
}

on_both!(sm_5_a_use_is_reserved_with_the_order_and_consumed_when_it_is_paid, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    made(&school, percent("20", "SPRING-20")).await?;
    let checkout = with_code(&school, &grace, " spring-20 ").await?;
    let shown = show_checkout(app, &grace, &checkout).await?;
    assert_eq!((shown.total.coupon.minor(), shown.total.due.minor()), (3_980, 15_920));
    assert_eq!(used(&school).await?, (0, 0), "choosing takes no use");
    place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    assert_eq!(used(&school).await?, (1, 0));
    books_hold(&school).await?;
    let order = my_orders(app, &grace).await?[0].id.clone();
    let attempt = attempt_of(&school, &order).await?;
    told(&school, &attempt, Fact::Succeeded, Money::new(15_920, Currency::Cny)).await?;
    assert_eq!(used(&school).await?, (1, 3_980));
    assert_eq!(access(&school, &grace).await?, OPEN);
    let lines = lines(&mut app.db.read().await?, &order).await?;
    assert_eq!((lines[0].coupon.minor(), lines[0].share.minor()), (3_980, 11_144), "70 % of what was paid");
    books_hold(&school).await
});

on_both!(a_use_comes_back_when_the_order_is_canceled_or_runs_out, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    made(&school, NewCoupon { most: "1".into(), per_person: "1".into(), ..percent("20", "ONE") }).await?;
    for cancels in [true, false] {
        let checkout = with_code(&school, &grace, "ONE").await?;
        place(app, &grace, Lang::En, &checkout, &key(checkout.as_str())).await?;
        let order = my_orders(app, &grace).await?[0].id.clone();
        assert_eq!(refused_code(&school, &school.lin(), "ONE").await?, No::UsedUp);
        if cancels {
            cancel(app, &grace, &order).await?;
        } else {
            school.after(minutes(31));
        }
        all_done(app).await?;
        assert_eq!(used(&school).await?.0, 0);
        books_hold(&school).await?;
    }
    Ok(())
});

on_both!(codes_are_guessed_no_more_often_by_asking_for_quotes, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    made(&school, percent("20", "SPRING-20")).await?;
    let items = [model::orders::Item::of(model::orders::LineKind::Course, school.engines())];
    let quote = async |who: &Member, code: &str| {
        let choices = Choices { coupon: Some(code.into()), ..Choices::default() };
        begin_checkout_of(app, who, &items, &choices, false).await
    };
    for _ in 0..20 {
        assert!(matches!(quote(&grace, "spring-20").await?, NextStep::Checkout(_)), "a right one is not counted");
    }
    for n in 0..10 {
        assert!(matches!(quote(&grace, &format!("GUESS-{n}")).await?, NextStep::Checkout(_)));
    }
    for code in ["GUESS-10", "SPRING-20"] {
        let refused = quote(&grace, code).await;
        assert!(matches!(refused, Err(Error::Fault(model::Fault::TooOften { .. }))), "{refused:?}");
    }
    assert!(matches!(begin_checkout_of(app, &grace, &items, &Choices::default(), false).await?, NextStep::Checkout(_)));
    books_hold(&school).await
});

on_both!(each_refusal_of_a_code_has_its_own_name, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let data = school.another_course("data-one", 5_000).await;
    assert_eq!(refused_code(&school, &grace, "NOTHING").await?, No::Unknown);
    made(&school, NewCoupon { starts: "2026-04-01".into(), ..percent("20", "LATER") }).await?;
    assert_eq!(refused_code(&school, &grace, "LATER").await?, No::NotYet);
    let over = made(&school, percent("20", "OVER")).await?;
    promotions::end(app, Maker::School(&school.sam_at_work()), &over).await?;
    assert_eq!(refused_code(&school, &grace, "OVER").await?, No::Expired);
    made(&school, NewCoupon { course: vec![data.to_string()], ..percent("20", "DATA") }).await?;
    assert_eq!(refused_code(&school, &grace, "DATA").await?, No::NotForThis);
    made(&school, NewCoupon { topic: vec!["data".into()], ..percent("20", "TOPIC") }).await?;
    assert_eq!(refused_code(&school, &grace, "TOPIC").await?, No::NotForThis);
    made(&school, NewCoupon { first_order: "on".into(), ..percent("20", "FIRST") }).await?;
    with_code(&school, &grace, "FIRST").await?;
    made(&school, NewCoupon { per_person: "1".into(), ..percent("100", "ONCE") }).await?;
    add_to_cart(app, &school.visit(&grace), &mut Basket::default(), course(&data)).await?;
    cart_coupon(app, &grace, &mut Basket::default(), "ONCE").await?;
    let (order, attempt) = order_cart(&school, &grace).await?;
    assert_eq!((attempt, state(&school, &grace, &order).await?), (None, OrderState::Paid), "nothing was due");
    assert_eq!(refused_code(&school, &grace, "ONCE").await?, No::AlreadyUsed);
    bought(&school, &grace).await?;
    let more = school.another_course("data-two", 5_000).await;
    add_to_cart(app, &school.visit(&grace), &mut Basket::default(), course(&more)).await?;
    let first = cart_coupon(app, &grace, &mut Basket::default(), "FIRST").await;
    assert_eq!(refused(first), Refusal::Coupon(No::FirstOrderOnly));
    books_hold(&school).await
});

on_both!(guessing_codes_leads_nowhere, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let checkout = at_checkout(&school, &grace).await?;
    for guess in 0..10 {
        assert!(choose_coupon(&school.app, &grace, &checkout, &format!("GUESS{guess}")).await.is_err());
    }
    let stopped = choose_coupon(&school.app, &grace, &checkout, "GUESS").await;
    assert!(matches!(stopped, Err(Error::Fault(model::Fault::TooOften { .. }))), "{stopped:?}");
    Ok(())
});

on_both!(sec_l3_many_people_of_one_network_guess_no_more_than_one, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    made(&school, percent("20", "SPRING")).await?;
    let from = async |who: &Member, network: &str, code: &str| {
        let checkout = at_checkout(&school, who).await?;
        crate::guesses::from_network(app, network, choose_coupon(app, who, &checkout, code)).await
    };
    for guesser in 0..4 {
        let who = school.learner(&format!("guesser-{guesser}")).await;
        for guess in 0..5 {
            let told = from(&who, "203.0.113.0", &format!("GUESS{guess}")).await;
            assert!(matches!(told, Err(Error::Fault(model::Fault::Conflict(_)))), "{told:?}");
        }
        assert!(guesser == 3 || from(&who, "203.0.113.0", "SPRING").await.is_ok(), "a right one is not counted");
    }
    let grace = school.grace();
    let stopped = from(&grace, "203.0.113.0", "SPRING").await;
    assert!(matches!(stopped, Err(Error::Fault(model::Fault::TooOften { .. }))), "{stopped:?}");
    assert!(from(&grace, "198.51.100.0", "SPRING").await.is_ok(), "another network is heard");
    school.after(hours(1));
    assert!(from(&grace, "203.0.113.0", "SPRING").await.is_ok());
    Ok(())
});

on_both!(sec_l3_programs_of_one_network_guess_no_more_than_one_person, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    made(&school, percent("20", "SPRING")).await?;
    let items = [course(&school.engines())];
    let quote = async |who: &Member, network: &str, code: &str| {
        let choices = Choices { coupon: Some(code.into()), ..Choices::default() };
        begin_checkout_from(app, network, who, &items, &choices).await
    };
    for guesser in 0..4 {
        let who = school.learner(&format!("guesser-{guesser}")).await;
        for guess in 0..5 {
            let next = quote(&who, "203.0.113.0", &format!("GUESS{guess}")).await?;
            assert!(matches!(next, NextStep::Checkout(_)), "{next:?}");
        }
        assert!(guesser == 3 || quote(&who, "203.0.113.0", "SPRING").await.is_ok(), "a right one is not counted");
    }
    let grace = school.grace();
    let stopped = quote(&grace, "203.0.113.0", "SPRING").await;
    assert!(matches!(stopped, Err(Error::Fault(model::Fault::TooOften { .. }))), "{stopped:?}");
    let bare = begin_checkout_from(app, "203.0.113.0", &grace, &items, &Choices::default()).await;
    assert!(bare.is_ok(), "without a code nothing is guessed");
    assert!(quote(&grace, "198.51.100.0", "SPRING").await.is_ok(), "another network is heard");
    Ok(())
});

on_both!(a_coupon_that_is_gone_by_now_is_told_and_never_charged_in_full, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let id = made(&school, percent("20", "SPRING")).await?;
    let checkout = with_code(&school, &grace, "SPRING").await?;
    promotions::end(app, Maker::School(&school.sam_at_work()), &id).await?;
    assert_eq!(refused(place(app, &grace, Lang::En, &checkout, &key("a")).await), Refusal::Coupon(No::Expired));
    let shown = show_checkout(app, &grace, &checkout).await?;
    assert_eq!(shown.coupon.expect("the code").problem, Some(No::Expired));
    assert_eq!(shown.now.expect("another total").due, PRICE);
    accept(app, &grace, &checkout).await?;
    assert!(matches!(place(app, &grace, Lang::En, &checkout, &key("b")).await?, NextStep::PayAt(_)));
    books_hold(&school).await
});

on_both!(an_instructor_s_coupon_is_for_their_courses_and_from_their_share, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, ada) = (&school.app, school.grace(), school.ada());
    let mine = Maker::Instructor(&ada);
    let foreign = promotions::create(
        app,
        Maker::Instructor(&school.lin()),
        NewCoupon { course: vec![school.engines().to_string()], ..percent("5", "LIN") },
    )
    .await;
    assert!(matches!(foreign, Err(Error::Fault(model::Fault::Invalid(_)))), "{foreign:?}");
    let id = promotions::create(app, mine, percent("10", "ADA")).await?;
    let taken = promotions::create(app, mine, percent("10", "ada")).await;
    assert!(matches!(taken, Err(Error::Fault(model::Fault::Invalid(_)))), "{taken:?}");
    let checkout = with_code(&school, &grace, "ADA").await?;
    place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    let order = my_orders(app, &grace).await?[0].id.clone();
    let lines = lines(&mut app.db.read().await?, &order).await?;
    assert_eq!((lines[0].net.minor(), lines[0].share.minor()), (17_910, 11_940), "the school keeps its 5,970");
    let not_theirs = promotions::end(app, Maker::Instructor(&school.lin()), &id).await;
    assert!(matches!(not_theirs, Err(Error::Fault(model::Fault::NotFound))));
    assert_eq!(promotions::list(app, mine, 1).await?.rows.items.len(), 1);
    books_hold(&school).await
});

on_both!(late_money_is_honoured_only_while_the_coupon_has_a_use_left, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, lin) = (&school.app, school.grace(), school.lin());
    made(&school, NewCoupon { most: "1".into(), ..percent("20", "ONE") }).await?;
    let price = Money::new(15_920, Currency::Cny);
    let checkout = with_code(&school, &grace, "ONE").await?;
    place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    let order = my_orders(app, &grace).await?[0].id.clone();
    let attempt = attempt_of(&school, &order).await?;
    cancel(app, &grace, &order).await?;
    all_done(app).await?;
    let theirs = with_code(&school, &lin, "ONE").await?;
    place(app, &lin, Lang::En, &theirs, &key("l")).await?;
    told(&school, &attempt, Fact::Succeeded, price).await?;
    let view = show_order(app, &grace, &order).await?;
    assert_eq!((view.state, view.refunds.len()), (OrderState::Canceled, 1), "somebody else has the use");
    books_hold(&school).await?;
    let other = my_orders(app, &lin).await?[0].id.clone();
    let late = attempt_of(&school, &other).await?;
    cancel(app, &lin, &other).await?;
    all_done(app).await?;
    told(&school, &late, Fact::Succeeded, price).await?;
    assert_eq!(state(&school, &lin, &other).await?, OrderState::Paid, "the use was free again");
    books_hold(&school).await
});

on_both!(late_money_brings_no_second_first_order, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    school.another_course("data-one", 5_000).await;
    made(&school, NewCoupon { first_order: "on".into(), ..percent("20", "FIRST") }).await?;
    let checkout = with_code(&school, &grace, "FIRST").await?;
    place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    let order = my_orders(app, &grace).await?[0].id.clone();
    let attempt = attempt_of(&school, &order).await?;
    cancel(app, &grace, &order).await?;
    all_done(app).await?;
    let NextStep::Checkout(other) = begin_checkout(app, &grace, &slug("data-one")).await? else { panic!("no checkout") };
    choose_coupon(app, &grace, &other, "FIRST").await?;
    place(app, &grace, Lang::En, &other, &key("l")).await?;
    told(&school, &attempt, Fact::Succeeded, Money::new(15_920, Currency::Cny)).await?;
    let view = show_order(app, &grace, &order).await?;
    assert_eq!((view.state, view.refunds.len()), (OrderState::Canceled, 1), "another order is the first one");
    assert_eq!(used(&school).await?.0, 1);
    books_hold(&school).await
});

on_both!(a_refund_gives_the_person_s_place_back_where_the_coupon_says_so, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    made(&school, NewCoupon { most: "5".into(), per_person: "1".into(), returns: "on".into(), ..percent("20", "BACK") }).await?;
    let checkout = with_code(&school, &grace, "BACK").await?;
    place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    let order = my_orders(app, &grace).await?[0].id.clone();
    told(&school, &attempt_of(&school, &order).await?, Fact::Succeeded, Money::new(15_920, Currency::Cny)).await?;
    request_refund(app, &school.sam_at_work(), &order, RefundForm { reason: "x".into(), idem: "r".into(), ..Default::default() })
        .await?;
    all_done(app).await?;
    assert_eq!(used(&school).await?.0, 1, "the budget stays spent");
    with_code(&school, &grace, "BACK").await?;
    school.after(days(1));
    books_hold(&school).await
});

on_both!(a_refund_that_the_bank_sends_back_takes_the_place_again, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    made(&school, NewCoupon { per_person: "1".into(), returns: "on".into(), ..percent("20", "BACK") }).await?;
    let checkout = with_code(&school, &grace, "BACK").await?;
    place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    let order = my_orders(app, &grace).await?[0].id.clone();
    told(&school, &attempt_of(&school, &order).await?, Fact::Succeeded, Money::new(15_920, Currency::Cny)).await?;
    crate::testing::buying::refunded(&school, &order, "").await?;
    let notes = show_order(app, &grace, &order).await?.credit_notes;
    assert_eq!(notes.iter().map(|note| note.void).collect::<Vec<_>>(), [false]);
    crate::testing::buying::came_back(&school, &order).await?;
    books_hold(&school).await?;
    assert_eq!(refused_code(&school, &grace, "BACK").await?, No::AlreadyUsed);
    crate::testing::buying::refunded(&school, &order, "").await?;
    // the papers together say what went back: one of the two notes counts
    let notes = show_order(app, &grace, &order).await?.credit_notes;
    assert_eq!(notes.iter().map(|note| note.void).collect::<Vec<_>>(), [true, false]);
    with_code(&school, &grace, "BACK").await?;
    // somebody had it meanwhile: it stays returned
    let other = with_code(&school, &grace, "BACK").await?;
    place(app, &grace, Lang::En, &other, &key("k2")).await?;
    crate::testing::buying::came_back(&school, &order).await?;
    books_hold(&school).await
});

on_both!(rel_03_the_last_use_of_a_coupon_goes_to_one_of_fifty, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    made(&school, NewCoupon { most: "1".into(), ..percent("20", "LAST-A LAST-B") }).await?;
    let mut buyers = Vec::new();
    for number in 0..50 {
        let buyer = school.learner(&format!("buyer-{number}")).await;
        let checkout = with_code(&school, &buyer, if number % 2 == 0 { "LAST-A" } else { "LAST-B" }).await?;
        buyers.push((buyer, checkout, key(&format!("k{number}"))));
    }
    let all = buyers.iter().map(|(buyer, checkout, key)| place(app, buyer, Lang::En, checkout, key));
    let outcomes = futures::future::join_all(all).await;
    let (placed, refusals): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(placed.len(), 1, "exactly one has the discount");
    for refusal in refusals {
        assert_eq!(refused(refusal), Refusal::Coupon(No::UsedUp), "the others are told, and not charged in full");
    }
    assert_eq!(used(&school).await?.0, 1);
    books_hold(&school).await
});

on_both!(what_the_school_keeps_is_told_as_it_is_set, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let ada = school.ada();
    assert_eq!(promotions::list(&school.app, Maker::Instructor(&ada), 1).await?.fee_percent, 30);
    let settings = crate::app::Settings { instructor_share_bp: 8_000, ..crate::app::Settings::clone(&school.app.settings) };
    school.app.settings = std::sync::Arc::new(settings);
    assert_eq!(promotions::list(&school.app, Maker::Instructor(&ada), 1).await?.fee_percent, 20);
    Ok(())
});
