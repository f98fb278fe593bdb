//! A payer's bank takes back what it paid: access, shares and wallets follow.

use super::baskets::course;
use super::hearing::sent_again;
use super::wallets::{from_wallet, holds, topped_up, yuan};
use super::*;
use crate::ledger::Account;
use crate::{referrals, vouchers};
use model::orders::{DisputeState, Item, LineKind};
use model::refunds::AskRefund;
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
    assert_eq!(show_wallet(app, &grace, 1).await?.rows.items[0].what, model::cart::Movement::Withheld);
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
    let code = referrals::desk(app, &lin, Lang::En, 1).await?.code;
    referrals::touch(app, &grace, &code, app.now()).await?;
    let data = school.another_course("data-one", 5_000).await;
    let seats = Item { quantity: 2, ..Item::of(LineKind::SeatPack, &data) };
    let items = [course(&school.engines()), seats];
    let NextStep::Checkout(checkout) = begin_checkout_of(app, &grace, &items, &Choices::default(), false).await? else {
        panic!("no checkout")
    };
    let order = crate::testing::buying::paid(&school, &grace, &checkout).await?;
    school.catch_up(referrals::FOLLOWER).await;
    let pool = vouchers::seat_desk(app, &grace, None, 1).await?.pools.items[0].id.clone();
    vouchers::assign(app, &grace, &pool, AssignForm { email: "lin@lectern.example".into() }).await?;
    let ada = Account::InstructorPending(school.ada().id);
    assert_eq!(has(&school, ada.clone()).await?, 13_930 + 3_500, "the course and the seat that was given");
    assert_eq!(has(&school, Account::AffiliatePending(lin.id.clone())).await?, 1_990);
    books_hold(&school).await?;
    for _ in 0..2 {
        disputed(&school, &order, DisputeFact::Lost).await?;
        school.catch_up(referrals::FOLLOWER).await;
        assert_eq!(access(&school, &grace).await?, Access::Preview);
        assert!(vouchers::seat_desk(app, &grace, None, 1).await?.pools.items.iter().all(|pool| !pool.is_live));
        assert_eq!((has(&school, ada.clone()).await?, has(&school, Account::AffiliatePending(lin.id.clone())).await?), (0, 0));
        assert_eq!(has(&school, Account::ChargebackLoss).await?, -29_900);
        assert_eq!(has(&school, Account::Breakage).await?, 5_000, "the seat that nobody had");
        assert_eq!(has(&school, Account::Revenue).await?, 24_900);
        books_hold(&school).await?;
    }
    Ok(())
});

fn refund(amount: &str, idem: &str) -> RefundForm {
    RefundForm { amount: amount.into(), reason: "Asked".into(), idem: idem.into(), ..RefundForm::default() }
}

on_both!(of_a_lost_order_staff_may_give_back_what_the_wallet_paid_and_nothing_else, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    topped_up(&school, &grace, 5_000).await?;
    school.after(minutes(1));
    let checkout = from_wallet(&school, &grace).await?;
    let order = crate::testing::buying::paid(&school, &grace, &checkout).await?;
    disputed(&school, &order, DisputeFact::Opened).await?;
    assert_eq!(show_order(app, &grace, &order).await?.dispute, DisputeState::Open);
    assert_eq!(refused(request_refund(app, &sam, &order, refund("", "r0")).await), Refusal::Disputed);
    disputed(&school, &order, DisputeFact::Lost).await?;
    let view = show_for_staff(app, &sam, &order).await?;
    assert_eq!((view.order.dispute, view.refundable), (DisputeState::Lost, yuan(5_000)));
    books_hold(&school).await?;
    assert!(view.order.offer.lines.is_empty(), "people decide");
    let mine = AskRefund { reason: "Mine".into(), idem: "a1".into(), ..AskRefund::default() };
    assert_eq!(refused(ask_refund(app, &grace, &order, mine).await), Refusal::Disputed);
    assert_eq!(refused(request_refund(app, &sam, &order, refund("60", "r1")).await), Refusal::TooMuch { left: yuan(5_000) });
    for (amount, idem, holding) in [("20", "r2", 2_000), ("", "r3", 5_000)] {
        request_refund(app, &sam, &order, refund(amount, idem)).await?;
        assert_eq!(holds(&school, &grace).await?, (0, holding));
        books_hold(&school).await?;
    }
    assert_eq!(refused(request_refund(app, &sam, &order, refund("", "r4")).await), Refusal::Disputed);
    assert_eq!(school.till.counts().1, 0, "the provider's part is the bank's affair");
    assert_eq!((has(&school, Account::Revenue).await?, has(&school, Account::ChargebackLoss).await?), (14_900, -14_900));
    assert_eq!(show_order(app, &grace, &order).await?.refunded, yuan(5_000));
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    books_hold(&school).await
});

on_both!(a_refund_that_waited_when_its_order_was_lost_takes_no_more_than_the_wallet_s_part, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let mut settings = (*school.app.settings).clone();
    settings.refund_limit = RefundLimit::default();
    school.app.settings = std::sync::Arc::new(settings);
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    topped_up(&school, &grace, 5_000).await?;
    school.after(minutes(1));
    let checkout = from_wallet(&school, &grace).await?;
    let order = crate::testing::buying::paid(&school, &grace, &checkout).await?;
    let before = request_refund(app, &sam, &order, refund("", "r1")).await?;
    disputed(&school, &order, DisputeFact::Lost).await?;
    let second = crate::Staff { id: school.lin().id };
    assert_eq!(refused(approve(app, &second, &before).await), Refusal::Disputed);
    assert!(show_for_staff(app, &sam, &order).await?.refundable.is_zero(), "it is asked back already");
    reject(app, &sam, &before).await?;
    let after = request_refund(app, &sam, &order, refund("", "r2")).await?;
    approve(app, &second, &after).await?;
    assert_eq!((holds(&school, &grace).await?, school.till.counts().1), ((0, 5_000), 0));
    books_hold(&school).await
});

on_both!(seats_that_nobody_had_are_lost_and_the_wallet_s_part_of_them_goes_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    topped_up(&school, &grace, 5_000).await?;
    school.after(minutes(1));
    let data = school.another_course("data-one", 5_000).await;
    let seats = Item { quantity: 2, ..Item::of(LineKind::SeatPack, &data) };
    let choices = Choices { coupon: None, use_wallet: true };
    let NextStep::Checkout(checkout) = begin_checkout_of(app, &grace, &[seats], &choices, false).await? else {
        panic!("no checkout")
    };
    let order = crate::testing::buying::paid(&school, &grace, &checkout).await?;
    disputed(&school, &order, DisputeFact::Lost).await?;
    assert_eq!((has(&school, Account::Breakage).await?, has(&school, Account::ChargebackLoss).await?), (10_000, -5_000));
    request_refund(app, &sam, &order, refund("", "r1")).await?;
    assert_eq!((holds(&school, &grace).await?, has(&school, Account::Breakage).await?), ((0, 5_000), 5_000));
    books_hold(&school).await
});
