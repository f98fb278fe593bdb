//! One thing is bought, and paid, once.

use super::*;
use crate::{ledger::Account, vouchers};
use model::orders::{Item, LineKind};
use model::vouchers::{GiftForm, VoucherState};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Grace at the checkout of a gift, and the gift.
async fn at_gift(school: &School) -> Result<(CheckoutId, Item)> {
    let form = GiftForm {
        course: "analytical-engines".into(),
        recipient: "Lin".into(),
        sender: "Grace".into(),
        idem: "g".into(),
        ..GiftForm::default()
    };
    let NextStep::Checkout(checkout) = begin_gift(&school.app, &school.grace(), form).await? else { panic!("no checkout") };
    let item = show_checkout(&school.app, &school.grace(), &checkout).await?.lines[0].item.clone();
    Ok((checkout, item))
}

/// The order that is made of a checkout, with its attempt.
async fn placed(school: &School, checkout: &CheckoutId) -> Result<(OrderId, String)> {
    let grace = school.grace();
    place(&school.app, &grace, Lang::En, checkout, &key(checkout.as_str())).await?;
    let order = my_orders(&school.app, &grace).await?[0].id.clone();
    let attempt = attempt_of(school, &order).await?;
    Ok((order, attempt))
}

async fn given(school: &School) -> Result<Vec<VoucherState>> {
    let desk = vouchers::gift_desk(&school.app, &school.grace(), Lang::En, None, 1).await?;
    Ok(desk.given.items.iter().map(|gift| gift.state).collect())
}

on_both!(a_gift_is_ordered_once_at_a_time, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (first, gift) = at_gift(&school).await?;
    let wallet = Choices { use_wallet: true, ..Choices::default() };
    let NextStep::Checkout(second) = begin_checkout_of(app, &grace, std::slice::from_ref(&gift), &wallet, false).await? else {
        panic!("no second checkout")
    };
    let (order, attempt) = placed(&school, &first).await?;
    let waits = NextStep::Watch(order.clone());
    assert_eq!(
        begin_checkout_of(app, &grace, std::slice::from_ref(&gift), &Choices::default(), false).await?,
        waits,
        "back and again"
    );
    assert_eq!(place(app, &grace, Lang::En, &second, &key("k2")).await?, waits, "nor by another checkout");
    told(&school, &attempt, Fact::Succeeded, PRICE).await?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    assert_eq!(refused(place(app, &grace, Lang::En, &second, &key("k3")).await), Refusal::NotForSale);
    assert_eq!(my_orders(app, &grace).await?.len(), 1);
    assert_eq!(given(&school).await?, [VoucherState::Issued]);
    books_hold(&school).await
});

on_both!(late_money_for_a_gift_closes_the_order_that_took_its_place, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (first, early) = placed(&school, &at_gift(&school).await?.0).await?;
    cancel(app, &grace, &first).await?;
    all_done(app).await?;
    let (second, open) = placed(&school, &at_gift(&school).await?.0).await?;
    assert_ne!(first, second);
    told(&school, &early, Fact::Succeeded, PRICE).await?;
    assert_eq!(state(&school, &grace, &first).await?, OrderState::Paid, "late money, honoured");
    assert_eq!(state(&school, &grace, &second).await?, OrderState::Canceled);
    told(&school, &open, Fact::Succeeded, PRICE).await?;
    let view = show_order(app, &grace, &second).await?;
    assert_eq!((view.state, view.refunds[0].cause), (OrderState::Canceled, RefundCause::Late));
    assert_eq!(given(&school).await?, [VoucherState::Issued]);
    books_hold(&school).await
});

on_both!(money_for_a_gift_that_is_paid_already_goes_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, ada) = (&school.app, school.grace(), school.ada());
    let (checkout, gift) = at_gift(&school).await?;
    let (order, attempt) = placed(&school, &checkout).await?;
    let nothing = Money::zero(Currency::Cny);
    app.db.write(async |tx| vouchers::issue(app, tx, &gift.id, "another-line", (nothing, nothing), &ada.id).await).await?;
    told(&school, &attempt, Fact::Succeeded, PRICE).await?;
    let view = show_order(app, &grace, &order).await?;
    assert_eq!((view.state, view.refunds[0].cause), (OrderState::Canceled, RefundCause::Late));
    books_hold(&school).await
});

on_both!(a_purchase_holds_one_thing_once_and_only_seats_are_counted, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (_, gift) = at_gift(&school).await?;
    let course = Item::of(LineKind::Course, school.engines());
    let topup = Item::of(LineKind::Topup, 5_000);
    for item in [gift, course, topup] {
        let twice = begin_checkout_of(app, &grace, &[item.clone(), item.clone()], &Choices::default(), false).await;
        assert_eq!(refused(twice), Refusal::NotForSale, "{item:?} twice");
        let many = Item { quantity: 5, ..item };
        let outcome = begin_checkout_of(app, &grace, std::slice::from_ref(&many), &Choices::default(), false).await;
        assert_eq!(refused(outcome), Refusal::NotForSale, "{many:?}");
    }
    let seats = Item { quantity: 5, ..Item::of(LineKind::SeatPack, school.engines()) };
    let NextStep::Checkout(checkout) = begin_checkout_of(app, &grace, &[seats], &Choices::default(), false).await? else {
        panic!("no checkout of seats")
    };
    assert_eq!(show_checkout(app, &grace, &checkout).await?.total.total.minor(), 5 * 19_900);
    books_hold(&school).await
});

// Whoever waits for the ledger holds no number of a receipt that somebody else, having the ledger, might wait for.
on_both!(an_order_being_paid_takes_the_ledger_before_its_receipt_s_number, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    bought(&school, &school.lin()).await?;
    let (order, attempt) = ordered(&school, &grace).await?;
    let body = school.till.tell(&attempt, Fact::Succeeded, PRICE);
    notified(app, &body).await?;
    let held = AtomicBool::new(false);
    let first = app.db.write(async |tx| {
        ledger::hold(tx).await?;
        held.store(true, Ordering::SeqCst);
        // the payment comes as far as it can meanwhile
        tokio::time::sleep(Duration::from_millis(300)).await;
        queries::lock_series_at_once(tx, "R").await
    });
    let second = async {
        while !held.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        all_done(app).await
    };
    let (first, second) = futures::join!(first, second);
    assert!(first?, "nobody holds the series");
    second?;
    assert_eq!(state(&school, &grace, &order).await?, OrderState::Paid);
    assert_eq!(ledger::balance(&mut app.db.read().await?, &Account::Suspense, Currency::Cny).await?.minor(), 0);
    books_hold(&school).await
});
