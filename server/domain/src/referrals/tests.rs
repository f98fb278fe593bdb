//! Stories of recommending. After each, every invariant of the books is asked.

use super::*;
use crate::ledger::{self, Account, Entry, Kind, Links};
use crate::orders::{self, Choices, begin_checkout_of};
use crate::put_off::Lane;
use crate::testing::School;
use crate::testing::buying::{all_done, books_hold, bought, came_back, paid, refunded};
use crate::{Member, Result, payments};
use model::ids::OrderId;
use model::orders::{Item, LineKind, NextStep, RefundForm};
use model::time::days;
use model::{Currency, Lang, Money};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::on_both;

async fn code(school: &School, who: &Member) -> Result<String> {
    Ok(desk(&school.app, who, Lang::En, 1).await?.code)
}

async fn has(school: &School, account: Account) -> Result<i64> {
    Ok(ledger::balance(&mut school.app.db.read().await?, &account, Currency::Cny).await?.minor())
}

/// Grace comes by Lin's link.
async fn recommended(school: &School) -> Result<()> {
    let code = code(school, &school.lin()).await?;
    touch(&school.app, &school.grace(), &code, school.app.now()).await
}

on_both!(whoever_recommends_has_a_share_after_the_hold, async |db| -> Result<()> {
    let school = School::open(db).await;
    let lin = school.lin();
    recommended(&school).await?;
    bought(&school, &school.grace()).await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(has(&school, Account::AffiliatePending(lin.id.clone())).await?, 1_990);
    assert_eq!(has(&school, Account::Revenue).await?, 19_900 - 13_930 - 1_990);
    assert!(!work(&school.app).await?, "it is held");
    school.after(days(15));
    while work(&school.app).await? {}
    assert_eq!(has(&school, Account::Wallet(lin.id.clone())).await?, 1_990);
    let seen = desk(&school.app, &lin, Lang::En, 1).await?;
    assert_eq!((seen.brought, seen.shares.items.len(), seen.shares.items[0].is_held), (1, 1, false));
    books_hold(&school).await
});

on_both!(a_share_that_cannot_be_released_holds_up_no_other, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, lin, other) = (&school.app, school.lin(), school.learner("other").await);
    recommended(&school).await?;
    let link = code(&school, &lin).await?;
    touch(app, &other, &link, app.now()).await?;
    bought(&school, &school.grace()).await?;
    bought(&school, &other).await?;
    school.catch_up(FOLLOWER).await;
    school.after(days(15));
    school.spoil(Lane::AffiliateShares).await;
    while work(app).await? {}
    assert_eq!(has(&school, Account::Wallet(lin.id.clone())).await?, 1_990, "of the other order");
    Ok(())
});

on_both!(the_first_link_within_thirty_days_counts, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (grace, other) = (school.grace(), school.learner("other").await);
    recommended(&school).await?;
    school.after(days(29));
    let later = code(&school, &other).await?;
    touch(&school.app, &grace, &later, school.app.now()).await?;
    assert_eq!(desk(&school.app, &other, Lang::En, 1).await?.brought, 0, "the first still counts");
    school.after(days(2));
    touch(&school.app, &grace, &later, school.app.now()).await?;
    bought(&school, &grace).await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(has(&school, Account::AffiliatePending(other.id)).await?, 1_990);
    books_hold(&school).await
});

on_both!(nobody_recommends_to_themselves_and_old_links_count_no_more, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let own = code(&school, &grace).await?;
    touch(&school.app, &grace, &own, school.app.now()).await?;
    let lins = code(&school, &school.lin()).await?;
    touch(&school.app, &grace, &lins, school.app.now() - days(31)).await?;
    touch(&school.app, &grace, "nonsense", school.app.now()).await?;
    bought(&school, &grace).await?;
    school.catch_up(FOLLOWER).await;
    assert!(desk(&school.app, &grace, Lang::En, 1).await?.shares.items.is_empty());
    assert!(desk(&school.app, &school.lin(), Lang::En, 1).await?.shares.items.is_empty());
    books_hold(&school).await
});

on_both!(a_share_is_taken_back_as_far_as_it_is_there_while_it_is_being_spent, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, lin) = (&school.app, school.lin());
    recommended(&school).await?;
    let order = bought(&school, &school.grace()).await?;
    school.catch_up(FOLLOWER).await;
    school.after(days(15));
    while work(app).await? {}
    refunded(&school, &order, "").await?;
    let held = AtomicBool::new(false);
    let spent = app.db.write(async |tx| {
        let (from, to) = (Account::Wallet(lin.id.clone()), Account::Revenue);
        let part = Money::new(1_500, Currency::Cny);
        ledger::post(app, tx, &Entry::new(Links::default()).moved(from, to, part, Kind::WalletPart)).await?;
        held.store(true, Ordering::SeqCst);
        // the follower comes as far as it can meanwhile
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok::<_, crate::Error>(())
    });
    let taken = async {
        while !held.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        school.catch_up(FOLLOWER).await;
    };
    futures::join!(spent, taken).0?;
    assert_eq!(has(&school, Account::Wallet(lin.id.clone())).await?, 0);
    assert_eq!(desk(app, &lin, Lang::En, 1).await?.shares.items[0].reversed.minor(), 490, "what was left of it");
    Ok(())
});

on_both!(a_refund_takes_the_share_back_in_proportion, async |db| -> Result<()> {
    let school = School::open(db).await;
    let lin = school.lin();
    recommended(&school).await?;
    let order = bought(&school, &school.grace()).await?;
    school.catch_up(FOLLOWER).await;
    refunded(&school, &order, "99.50").await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(has(&school, Account::AffiliatePending(lin.id.clone())).await?, 995);
    school.after(days(15));
    while work(&school.app).await? {}
    assert_eq!(has(&school, Account::Wallet(lin.id.clone())).await?, 995);
    refunded(&school, &order, "").await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(has(&school, Account::Wallet(lin.id)).await?, 0, "from the wallet, as far as it is there");
    books_hold(&school).await
});

on_both!(what_brought_no_share_takes_none_when_it_goes_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, lin) = (&school.app, school.grace(), school.lin());
    recommended(&school).await?;
    let items = [Item::of(LineKind::Course, school.engines()), Item::of(LineKind::Topup, 10_000)];
    let next = begin_checkout_of(app, &grace, &items, &Choices::default(), false).await?;
    let NextStep::Checkout(checkout) = next else { panic!("not at the checkout but at {next:?}") };
    let order = paid(&school, &grace, &checkout).await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(has(&school, Account::AffiliatePending(lin.id.clone())).await?, 1_990);
    let lines = orders::lines(&mut app.db.read().await?, &order).await?;
    for (line, left) in [(&lines[1], 1_990), (&lines[0], 0)] {
        let idem = app.new_id::<OrderId>().to_string();
        let form = RefundForm { line: vec![line.id.to_string()], reason: "Asked".into(), idem, ..RefundForm::default() };
        orders::request_refund(app, &school.sam_at_work(), &order, form).await?;
        all_done(&school).await?;
        school.catch_up(FOLLOWER).await;
        assert_eq!(has(&school, Account::AffiliatePending(lin.id.clone())).await?, left);
    }
    books_hold(&school).await
});

on_both!(a_refund_that_the_bank_sends_back_gives_the_share_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let lin = school.lin();
    recommended(&school).await?;
    let order = bought(&school, &school.grace()).await?;
    school.catch_up(FOLLOWER).await;
    refunded(&school, &order, "99.50").await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(has(&school, Account::AffiliatePending(lin.id.clone())).await?, 995);
    came_back(&school, &order).await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(has(&school, Account::AffiliatePending(lin.id.clone())).await?, 1_990, "while it is held");
    books_hold(&school).await?;
    school.after(days(15));
    while work(&school.app).await? {}
    for _ in 0..2 {
        refunded(&school, &order, "99.50").await?;
        school.catch_up(FOLLOWER).await;
        assert_eq!(has(&school, Account::Wallet(lin.id.clone())).await?, 995);
        came_back(&school, &order).await?;
        school.catch_up(FOLLOWER).await;
        assert_eq!(has(&school, Account::Wallet(lin.id.clone())).await?, 1_990, "and once it is in the wallet");
    }
    books_hold(&school).await
});

on_both!(a_lost_dispute_takes_the_share_with_it, async |db| -> Result<()> {
    let school = School::open(db).await;
    let lin = school.lin();
    recommended(&school).await?;
    let order = bought(&school, &school.grace()).await?;
    school.catch_up(FOLLOWER).await;
    let attempt = payments::latest(&mut school.app.db.read().await?, order.as_str()).await?.expect("an attempt");
    let lost = school.till.tell_dispute(attempt.id.as_str(), payments::DisputeFact::Lost, attempt.amount);
    payments::keep(&school.app, model::payments::Provider::Sandbox, &["good"], lost.as_bytes()).await?;
    all_done(&school).await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(has(&school, Account::AffiliatePending(lin.id)).await?, 0);
    assert_eq!(has(&school, Account::ChargebackLoss).await?, -19_900);
    books_hold(&school).await
});
