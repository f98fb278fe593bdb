//! Paying from the wallet, and filling it.

use super::baskets::{course, order_cart};
use super::*;
use model::cart::{Basket, Movement};
use model::orders::{Item, LineKind, Shown};

pub(super) fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::Cny)
}

/// The school gives somebody so much.
async fn given(school: &School, who: &Member, minor: i64) -> Result<()> {
    school.app.db.write(async |tx| give_balance(&school.app, tx, &who.id, yuan(minor), "welcome").await).await
}

/// Somebody puts so much into their wallet.
pub(super) async fn topped_up(school: &School, who: &Member, minor: i64) -> Result<OrderId> {
    let item = Item::of(LineKind::Topup, minor);
    let next = begin_checkout_of(&school.app, who, &[item], &Choices::default(), false).await?;
    let NextStep::Checkout(checkout) = next else { panic!("{next:?}") };
    place(&school.app, who, Lang::En, &checkout, &key(checkout.as_str())).await?;
    let order = my_orders(&school.app, who).await?[0].id.clone();
    told(school, &attempt_of(school, &order).await?, Fact::Succeeded, yuan(minor)).await?;
    Ok(order)
}

pub(super) async fn holds(school: &School, who: &Member) -> Result<(i64, i64)> {
    let wallet = show_wallet(&school.app, who, 1).await?;
    Ok((wallet.balance.gift.minor(), wallet.balance.cash.minor()))
}

/// At the checkout of "Analytical Engines", paying from the wallet.
pub(super) async fn from_wallet(school: &School, who: &Member) -> Result<CheckoutId> {
    let checkout = at_checkout(school, who).await?;
    choose_wallet(&school.app, who, &checkout, true).await?;
    Ok(checkout)
}

on_both!(money_is_put_into_the_wallet_by_an_order_of_its_own, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let order = topped_up(&school, &grace, 10_000).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 10_000));
    let wallet = show_wallet(&school.app, &grace, 1).await?;
    assert_eq!(
        (wallet.rows.items[0].what, wallet.rows.items[0].amount, wallet.rows.items[0].order.as_ref()),
        (Movement::Topup, yuan(10_000), Some(&order))
    );
    let odd = begin_checkout_of(&school.app, &grace, &[Item::of(LineKind::Topup, 12_345)], &Choices::default(), false).await;
    assert_eq!(refused(odd), Refusal::NotForSale, "fixed amounts only");
    books_hold(&school).await
});

on_both!(a_top_up_that_is_refunded_leaves_the_wallet_and_one_that_was_spent_is_not_refunded, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let form = |idem: &str| RefundForm { reason: "Asked".into(), idem: idem.into(), ..RefundForm::default() };
    let order = topped_up(&school, &grace, 10_000).await?;
    request_refund(app, &sam, &order, form("r1")).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 0), "set aside at once, so that nobody spends it meanwhile");
    all_done(app).await?;
    assert_eq!(show_order(app, &grace, &order).await?.refunded_state, Refunded::Full);
    books_hold(&school).await?;
    school.after(minutes(1));
    let spent = topped_up(&school, &grace, 10_000).await?;
    let checkout = from_wallet(&school, &grace).await?;
    place(app, &grace, Lang::En, &checkout, &key(checkout.as_str())).await?;
    let refusal = refused(request_refund(app, &sam, &spent, form("r2")).await);
    assert_eq!(refusal, Refusal::TooMuch { left: yuan(0) });
    books_hold(&school).await
});

on_both!(a_program_names_the_total_and_the_button_what_is_due, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    given(&school, &grace, 3_000).await?;
    let checkout = from_wallet(&school, &grace).await?;
    let named = |shown, k: &str| PayRequest { shown: Some(shown), ..key(k) };
    let wrong = place(app, &grace, Lang::En, &checkout, &named(Shown::Total(16_900), "k")).await;
    assert_eq!(refused(wrong), Refusal::PriceChanged { was: yuan(16_900), now: yuan(19_900) });
    let wrong = place(app, &grace, Lang::En, &checkout, &named(Shown::Due(19_900), "k")).await;
    assert_eq!(refused(wrong), Refusal::PriceChanged { was: yuan(19_900), now: yuan(16_900) });
    place(app, &grace, Lang::En, &checkout, &named(Shown::Total(19_900), "k")).await?;
    assert_eq!(my_orders(app, &grace).await?[0].total, PRICE);
    books_hold(&school).await
});

on_both!(the_wallet_pays_a_part_and_the_gift_balance_goes_first, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    given(&school, &grace, 3_000).await?;
    topped_up(&school, &grace, 5_000).await?;
    let checkout = from_wallet(&school, &grace).await?;
    let total = show_checkout(app, &grace, &checkout).await?.total;
    assert_eq!((total.gift.minor(), total.cash.minor(), total.due.minor()), (3_000, 5_000, 11_900));
    place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 0), "set aside");
    assert_eq!(show_wallet(app, &grace, 1).await?.rows.items[0].what, Movement::Held);
    books_hold(&school).await?;
    let order = my_orders(app, &grace).await?[0].id.clone();
    told(&school, &attempt_of(&school, &order).await?, Fact::Succeeded, yuan(11_900)).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    assert_eq!(show_wallet(app, &grace, 1).await?.rows.items[0].what, Movement::Spent);
    books_hold(&school).await
});

on_both!(what_was_set_aside_comes_back_when_the_order_is_closed, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    topped_up(&school, &grace, 5_000).await?;
    for cancels in [true, false] {
        let checkout = from_wallet(&school, &grace).await?;
        place(app, &grace, Lang::En, &checkout, &key(checkout.as_str())).await?;
        let order = my_orders(app, &grace).await?[0].id.clone();
        if cancels {
            cancel(app, &grace, &order).await?;
        } else {
            school.after(minutes(31));
        }
        all_done(app).await?;
        assert_eq!(holds(&school, &grace).await?, (0, 5_000));
        books_hold(&school).await?;
    }
    Ok(())
});

on_both!(a_wallet_that_covers_everything_pays_at_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    topped_up(&school, &grace, 20_000).await?;
    let checkout = from_wallet(&school, &grace).await?;
    let next = place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    assert!(matches!(next, NextStep::Done(_)), "{next:?}");
    assert!(matches!(place(app, &grace, Lang::En, &checkout, &key("k")).await?, NextStep::Watch(_)), "once");
    assert_eq!((access(&school, &grace).await?, holds(&school, &grace).await?), (OPEN, (0, 100)));
    assert_eq!(school.till.counts().0, 1, "the top-up's payment alone");
    books_hold(&school).await
});

on_both!(late_money_takes_the_wallet_s_part_again_if_it_is_still_there, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    topped_up(&school, &grace, 5_000).await?;
    let mut attempts = Vec::new();
    for number in 0..2 {
        let checkout = from_wallet(&school, &grace).await?;
        place(app, &grace, Lang::En, &checkout, &key(&format!("k{number}"))).await?;
        let order = my_orders(app, &grace).await?[0].id.clone();
        attempts.push((order.clone(), attempt_of(&school, &order).await?));
        cancel(app, &grace, &order).await?;
        all_done(app).await?;
    }
    told(&school, &attempts[0].1, Fact::Succeeded, yuan(14_900)).await?;
    assert_eq!((state(&school, &grace, &attempts[0].0).await?, holds(&school, &grace).await?), (OrderState::Paid, (0, 0)));
    told(&school, &attempts[1].1, Fact::Succeeded, yuan(14_900)).await?;
    let second = show_order(app, &grace, &attempts[1].0).await?;
    assert_eq!((second.state, second.refunds.len()), (OrderState::Canceled, 1), "owned meanwhile, and the wallet is empty");
    books_hold(&school).await
});

on_both!(rel_04_a_wallet_is_never_spent_twice_by_thirty_at_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    given(&school, &grace, 10_000).await?;
    let mut checkouts = Vec::new();
    for number in 0..30 {
        let id = school.another_course(&format!("course-{number}"), 5_000).await;
        let choices = Choices { coupon: None, use_wallet: true };
        let next = begin_checkout_of(app, &grace, &[course(&id)], &choices, false).await?;
        let NextStep::Checkout(checkout) = next else { panic!("{next:?}") };
        checkouts.push((checkout, key(&format!("k{number}"))));
    }
    let all = checkouts.iter().map(|(checkout, key)| place(app, &grace, Lang::En, checkout, key));
    let (paid, refusals): (Vec<_>, Vec<_>) = futures::future::join_all(all).await.into_iter().partition(Result::is_ok);
    assert_eq!(paid.len(), 2, "100 pays 50 twice");
    for refusal in refusals {
        let told = refused(refusal);
        assert!(matches!(told, Refusal::BalanceChanged { .. }), "{told:?}");
    }
    assert_eq!(holds(&school, &grace).await?, (0, 0));
    books_hold(&school).await
});

on_both!(rel_05_one_key_sent_fifty_times_is_one_order, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    given(&school, &grace, 5_000).await?;
    let checkout = from_wallet(&school, &grace).await?;
    let same = key("same");
    let outcomes = futures::future::join_all((0..50).map(|_| place(app, &grace, Lang::En, &checkout, &same))).await;
    for outcome in outcomes {
        assert!(matches!(outcome?, NextStep::PayAt(_) | NextStep::Watch(_)));
    }
    assert_eq!((my_orders(app, &grace).await?.len(), school.till.counts().0), (1, 1));
    assert_eq!(holds(&school, &grace).await?, (0, 0));
    books_hold(&school).await
});

on_both!(keys_are_forgotten_after_thirty_days, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    bought(&school, &grace).await?;
    let cart = school.another_course("one", 5_000).await;
    add_to_cart(app, &school.visit(&grace), &mut Basket::default(), course(&cart)).await?;
    school.after(model::time::days(29));
    tidy(app).await?;
    assert_eq!(show_cart(app, &school.visit(&grace), &Basket::default()).await?.lines.len(), 1);
    school.after(model::time::days(2));
    tidy(app).await?;
    assert_eq!(show_cart(app, &school.visit(&grace), &Basket::default()).await?.lines.len(), 0);
    let once = once::Once { who: &grace.id, route: "place", key: &Key::parse("k")?, request: String::new() };
    assert_eq!(once.before(&mut app.db.read().await?).await?, None);
    add_to_cart(app, &school.visit(&grace), &mut Basket::default(), course(&cart)).await?;
    order_cart(&school, &grace).await?;
    books_hold(&school).await
});
