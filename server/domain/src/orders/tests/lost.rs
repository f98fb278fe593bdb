//! A payer's bank takes back what it paid: access, shares and wallets follow.

use super::baskets::course;
use super::hearing::sent_again;
use super::wallets::{from_wallet, holds, topped_up};
use super::*;
use crate::ledger::Account;
use crate::payments::DisputeFact;
use crate::{referrals, vouchers};
use model::orders::{Item, LineKind};
use model::time::hours;
use model::vouchers::AssignForm;

async fn disputed(school: &School, order: &OrderId, fact: DisputeFact) -> Result<()> {
    let attempt = payments::latest(&mut school.app.db.read().await?, order.as_str()).await?.expect("an attempt");
    notified(&school.app, &school.till.tell_dispute(attempt.id.as_str(), fact, attempt.amount)).await?;
    all_done(&school.app).await
}

/// What stands in an account, in fen.
async fn has(school: &School, account: Account) -> Result<i64> {
    Ok(ledger::balance(&mut school.app.db.read().await?, &account, Currency::Cny).await?.minor())
}

on_both!(money_in_a_wallet_is_not_spent_while_a_bank_asks_for_it, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let order = topped_up(&school, &grace, 20_000).await?;
    let checkout = from_wallet(&school, &grace).await?;
    disputed(&school, &order, DisputeFact::Opened).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 0));
    assert_eq!(show_wallet(app, &grace).await?.rows[0].what, model::cart::Movement::Withheld);
    let told = refused(place(app, &grace, Lang::En, &checkout, &key("k1")).await);
    assert!(matches!(told, Refusal::BalanceChanged { .. }), "{told:?}");
    books_hold(&school).await?;
    disputed(&school, &order, DisputeFact::Won).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 20_000));
    books_hold(&school).await?;
    place(app, &grace, Lang::En, &checkout, &key("k2")).await?;
    assert_eq!((access(&school, &grace).await?, holds(&school, &grace).await?), (OPEN, (0, 100)));
    books_hold(&school).await
});

on_both!(of_a_lost_top_up_goes_what_is_left_and_what_was_bought_with_it_stays, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let order = topped_up(&school, &grace, 20_000).await?;
    let checkout = from_wallet(&school, &grace).await?;
    place(app, &grace, Lang::En, &checkout, &key("k")).await?;
    disputed(&school, &order, DisputeFact::Opened).await?;
    books_hold(&school).await?;
    // money has no names: what stands in the wallet answers for what was spent of it
    school.after(minutes(1));
    topped_up(&school, &grace, 5_000).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 5_000), "a hundred fen are withheld");
    for _ in 0..2 {
        disputed(&school, &order, DisputeFact::Lost).await?;
    }
    assert_eq!(access(&school, &grace).await?, OPEN);
    assert_eq!(has(&school, Account::InstructorPending(school.ada().id)).await?, 13_930, "whoever taught has done so");
    assert_eq!(holds(&school, &grace).await?, (0, 0));
    assert_eq!(has(&school, Account::ChargebackLoss).await?, -20_000 + 5_100);
    books_hold(&school).await
});

on_both!(a_top_up_that_was_being_refunded_and_is_lost_is_taken_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let order = topped_up(&school, &grace, 10_000).await?;
    school.after(minutes(1));
    topped_up(&school, &grace, 5_000).await?;
    school.till.is(Mood::Deaf);
    let form = RefundForm { reason: "Asked".into(), idem: "r1".into(), ..RefundForm::default() };
    let refund = request_refund(app, &sam, &order, form).await?;
    all_done(app).await?;
    school.till.is(Mood::Fine);
    disputed(&school, &order, DisputeFact::Opened).await?;
    school.after(hours(2));
    all_done(app).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 5_000), "what was put in beside it is not disputed");
    books_hold(&school).await?;
    disputed(&school, &order, DisputeFact::Lost).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 5_000));
    books_hold(&school).await?;
    sent_again(&school, &refund).await?;
    assert_eq!(holds(&school, &grace).await?, (0, 5_000));
    assert_eq!(has(&school, Account::ChargebackLoss).await?, 0, "all of it was there");
    books_hold(&school).await
});

on_both!(one_lost_dispute_takes_everything_that_its_order_gave, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, lin) = (&school.app, school.grace(), school.lin());
    let code = referrals::desk(app, &lin, Lang::En).await?.code;
    referrals::touch(app, &grace, &code, app.now()).await?;
    let data = school.another_course("data-one", 5_000).await;
    let seats = Item { quantity: 2, ..Item::of(LineKind::SeatPack, &data) };
    let items = [course(&school.engines()), seats];
    let NextStep::Checkout(checkout) = begin_checkout_of(app, &grace, &items, &Choices::default(), false).await? else {
        panic!("no checkout")
    };
    let order = crate::testing::buying::paid(&school, &grace, &checkout).await?;
    school.catch_up(referrals::FOLLOWER).await;
    let pool = vouchers::seat_desk(app, &grace, None).await?.pools[0].id.clone();
    vouchers::assign(app, &grace, &pool, AssignForm { email: "lin@lectern.example".into() }).await?;
    let ada = Account::InstructorPending(school.ada().id);
    assert_eq!(has(&school, ada.clone()).await?, 13_930 + 3_500, "the course and the seat that was given");
    assert_eq!(has(&school, Account::AffiliatePending(lin.id.clone())).await?, 1_990);
    books_hold(&school).await?;
    for _ in 0..2 {
        disputed(&school, &order, DisputeFact::Lost).await?;
        school.catch_up(referrals::FOLLOWER).await;
        assert_eq!(access(&school, &grace).await?, Access::Preview);
        assert!(vouchers::seat_desk(app, &grace, None).await?.pools.iter().all(|pool| !pool.is_live));
        assert_eq!((has(&school, ada.clone()).await?, has(&school, Account::AffiliatePending(lin.id.clone())).await?), (0, 0));
        assert_eq!(has(&school, Account::ChargebackLoss).await?, -29_900);
        assert_eq!(has(&school, Account::Breakage).await?, 5_000, "the seat that nobody had");
        assert_eq!(has(&school, Account::Revenue).await?, 24_900);
        books_hold(&school).await?;
    }
    Ok(())
});
