//! What is wrong in the books is told, and nothing that is right.

mod queries;

use super::*;
use crate::orders::{self, Choices, begin_checkout_of, choose_wallet};
use crate::payments::{self, Fact};
use crate::testing::buying::{all_done, books_hold, bought, paid, refunded};
use crate::testing::{Mood, School};
use crate::{Member, referrals, vouchers};
use model::ids::OrderId;
use model::orders::{Item, Key, LineKind, NextStep, PayRequest, RefundForm};
use model::payments::Provider;
use model::vouchers::{AssignForm, GiftForm, SeatsForm};
use model::{Currency, Lang, Money};
use store::on_both;

/// The invariants that do not hold.
async fn broken(school: &School) -> Result<Vec<String>> {
    Ok(check(&school.app).await?.into_iter().filter(|row| !row.holds).map(|row| row.id).collect())
}

on_both!(inv_02_a_chain_that_grows_while_it_is_walked_is_whole, async |db| -> Result<()> {
    let school = School::open(db).await;
    bought(&school, &school.grace()).await?;
    let head = crate::audit::queries::head(&mut school.app.db.read().await?).await?;
    bought(&school, &school.lin()).await?;
    let mut conn = school.app.db.read().await?;
    assert_eq!(links_up_to(&mut conn, head.clone()).await?, Vec::<String>::new());
    let elsewhere = (head.0, "another seal".to_owned());
    assert_eq!(links_up_to(&mut conn, elsewhere).await?, ["the end of the chain"]);
    drop(conn);
    books_hold(&school).await
});

/// Grace's order with a part from her wallet, at the till.
async fn ordered_from_wallet(school: &School) -> Result<(OrderId, String)> {
    let (app, grace) = (&school.app, school.grace());
    let gift = Money::new(3_000, Currency::Cny);
    app.db.write(async |tx| orders::give_balance(app, tx, &grace.id, gift, "welcome").await).await?;
    let items = [Item::of(LineKind::Course, school.engines())];
    let NextStep::Checkout(checkout) = begin_checkout_of(app, &grace, &items, &Choices::default(), false).await? else {
        panic!("no checkout")
    };
    choose_wallet(app, &grace, &checkout, true).await?;
    let request = PayRequest { provider: None, shown: None, key: Key::parse("k")?, payer: Default::default() };
    orders::place(app, &grace, Lang::En, &checkout, &request).await?;
    let order = orders::my_orders(app, &grace).await?[0].id.clone();
    let attempt = payments::latest(&mut app.db.read().await?, order.as_str()).await?.expect("an attempt").id.to_string();
    Ok((order, attempt))
}

on_both!(inv_03_a_wallet_s_part_set_aside_for_too_long_is_told, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (_, attempt) = ordered_from_wallet(&school).await?;
    let due = Money::new(16_900, Currency::Cny);
    let told = school.till.tell(&attempt, Fact::Processing, due);
    payments::keep(&school.app, Provider::Sandbox, &["good"], told.as_bytes()).await?;
    school.after(model::time::minutes(85));
    all_done(&school).await?;
    books_hold(&school).await?;
    school.after(model::time::minutes(10));
    all_done(&school).await?;
    assert_eq!(broken(&school).await?, ["INV-03"]);
    let paid = school.till.tell(&attempt, Fact::Succeeded, due);
    payments::keep(&school.app, Provider::Sandbox, &["good"], paid.as_bytes()).await?;
    all_done(&school).await?;
    books_hold(&school).await
});

async fn attempt_of(school: &School, order: &OrderId) -> Result<String> {
    let latest = payments::latest(&mut school.app.db.read().await?, order.as_str()).await?;
    Ok(latest.expect("an attempt").id.to_string())
}

on_both!(inv_06_money_without_a_place_that_is_not_going_back_is_told, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, attempt) = ordered_from_wallet(&school).await?;
    let wrong = school.till.tell(&attempt, Fact::Succeeded, Money::new(1, Currency::Cny));
    payments::keep(&school.app, Provider::Sandbox, &["good"], wrong.as_bytes()).await?;
    all_done(&school).await?;
    books_hold(&school).await?;
    school.app.db.write(async |tx| queries::forge_a_failed_refund(tx, order.as_str()).await).await?;
    assert!(broken(&school).await?.contains(&"INV-06".to_owned()));
    Ok(())
});

on_both!(inv_09_money_booked_otherwise_than_it_came_is_told, async |db| -> Result<()> {
    let school = School::open(db).await;
    let order = bought(&school, &school.grace()).await?;
    let attempt = attempt_of(&school, &order).await?;
    books_hold(&school).await?;
    school.app.db.write(async |tx| queries::forge_a_capture(tx, &attempt).await).await?;
    assert!(broken(&school).await?.contains(&"INV-09".to_owned()));
    Ok(())
});

on_both!(inv_12_a_share_for_recommending_that_is_not_in_the_books_is_told, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, lin, grace): (_, Member, Member) = (&school.app, school.lin(), school.grace());
    let code = referrals::desk(app, &lin, Lang::En).await?.code;
    referrals::touch(app, &grace, &code, app.now()).await?;
    bought(&school, &grace).await?;
    school.catch_up(referrals::FOLLOWER).await;
    books_hold(&school).await?;
    app.db.write(async |tx| queries::forge_a_share(tx).await).await?;
    assert_eq!(broken(&school).await?, ["INV-12"]);
    Ok(())
});

/// Lin has bought three seats of "Analytical Engines" and given one.
async fn seats(school: &School) -> Result<OrderId> {
    let (app, lin) = (&school.app, school.lin());
    let form = SeatsForm { course: "analytical-engines".into(), seats: "3".into() };
    let NextStep::Checkout(checkout) = orders::begin_seats(app, &lin, form).await? else { panic!("no checkout") };
    paid(school, &lin, &checkout).await
}

on_both!(inv_17_what_waits_for_its_seats_is_what_was_not_given, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, lin) = (&school.app, school.lin());
    seats(&school).await?;
    books_hold(&school).await?;
    let pool = vouchers::seat_desk(app, &lin, None).await?.pools[0].id.clone();
    vouchers::assign(app, &lin, &pool, AssignForm { email: "grace@lectern.example".into() }).await?;
    books_hold(&school).await?;
    app.db.write(async |tx| queries::forge_what_waits(tx).await).await?;
    assert!(broken(&school).await?.contains(&"INV-17".to_owned()));
    Ok(())
});

on_both!(inv_17_a_gift_whose_refund_failed_is_still_looked_at, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let form = GiftForm {
        course: "analytical-engines".into(),
        recipient: "Lin".into(),
        sender: "Grace".into(),
        idem: "g".into(),
        ..GiftForm::default()
    };
    let NextStep::Checkout(checkout) = orders::begin_gift(app, &grace, form).await? else { panic!("no checkout") };
    let order = paid(&school, &grace, &checkout).await?;
    school.till.is(Mood::Refusing);
    refunded(&school, &order, "").await?;
    books_hold(&school).await?;
    app.db.write(async |tx| queries::forge_what_waits(tx).await).await?;
    assert!(broken(&school).await?.contains(&"INV-17".to_owned()), "it was taken back, and its money is not");
    Ok(())
});

on_both!(inv_18_a_refund_that_nobody_decides_on_is_told, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    school.reprice(199_900).await?;
    let order = bought(&school, &school.grace()).await?;
    let form = RefundForm { reason: "Asked for".into(), idem: "r".into(), ..RefundForm::default() };
    orders::request_refund(app, &school.sam_at_work(), &order, form).await?;
    all_done(&school).await?;
    school.after(model::time::days(6));
    books_hold(&school).await?;
    school.after(model::time::days(2));
    assert_eq!(broken(&school).await?, ["INV-18"]);
    Ok(())
});

on_both!(inv_18_what_waits_is_as_old_as_it_was_when_a_worker_was_last_there, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    school.reprice(199_900).await?;
    let order = bought(&school, &school.grace()).await?;
    let form = RefundForm { reason: "Asked for".into(), idem: "r".into(), ..RefundForm::default() };
    orders::request_refund(app, &school.sam_at_work(), &order, form).await?;
    all_done(&school).await?;
    keep_beating(app).await?;
    school.after(days(30));
    books_hold(&school).await?;
    keep_beating(app).await?;
    assert_eq!(broken(&school).await?, ["INV-18"], "a worker is there and leaves it");
    Ok(())
});
