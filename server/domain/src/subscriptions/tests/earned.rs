//! A member's money going back, before and after its time was earned.

use super::*;
use crate::testing::buying::came_back;
use model::orders::RefundForm;

fn waiting_for_ada(club: &Club) -> ledger::Account {
    ledger::Account::InstructorPending(club.school.ada().id)
}

async fn latest_refund(club: &Club, order: &OrderId) -> Result<RefundState> {
    let view = orders::show_for_staff(&club.school.app, &club.school.sam_at_work(), order).await?;
    Ok(view.order.refunds.last().expect("a refund").state)
}

/// Grace's month, of which she studied something; the order that paid for it.
async fn studied(club: &Club) -> Result<OrderId> {
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.days(2).await?;
    let text = &club.school.engines_lessons()[2];
    learning::mark(app, &grace, &"analytical-engines".parse().expect("a slug"), text, true).await?;
    Ok(club.mine(&grace).await?.invoices[0].order.clone())
}

on_both!(what_was_shared_of_time_that_is_refunded_goes_back_in_proportion, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let order = studied(&club).await?;
    cancel(&club.school.app, &club.school.grace()).await?;
    club.days(31).await?;
    let pending = waiting_for_ada(&club);
    assert_eq!(club.balance(&pending).await?, 2_100);
    for (amount, left) in [("10", 1_400), ("0.01", 1_399), ("9.99", 700)] {
        refunded(&club.school, &order, amount).await?;
        assert_eq!(club.balance(&pending).await?, left, "after {amount}");
        club.books_hold().await?;
    }
    came_back(&club.school, &order).await?;
    assert_eq!(club.balance(&pending).await?, 1_399);
    club.books_hold().await?;
    refunded(&club.school, &order, "").await?;
    assert_eq!((club.balance(&pending).await?, club.balance(&ledger::Account::Revenue).await?), (0, 0));
    club.books_hold().await
});

on_both!(what_was_shared_and_released_is_taken_from_what_is_payable, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let order = studied(&club).await?;
    cancel(&club.school.app, &club.school.grace()).await?;
    club.days(50).await?;
    while crate::earnings::work(&club.school.app).await? {}
    let payable = ledger::Account::InstructorPayable(club.school.ada().id);
    assert_eq!(club.balance(&payable).await?, 2_100);
    refunded(&club.school, &order, "15").await?;
    assert_eq!(club.balance(&payable).await?, 1_050);
    club.books_hold().await
});

on_both!(a_refund_of_time_that_is_not_over_takes_nothing_that_was_shared_later, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let order = studied(&club).await?;
    refunded(&club.school, &order, "10").await?;
    cancel(&club.school.app, &club.school.grace()).await?;
    club.days(31).await?;
    let pending = waiting_for_ada(&club);
    assert_eq!(club.balance(&pending).await?, 1_400, "of twenty yuan");
    refunded(&club.school, &order, "").await?;
    assert_eq!((club.balance(&pending).await?, club.balance(&ledger::Account::Revenue).await?), (0, 0));
    club.books_hold().await
});

on_both!(money_that_comes_back_after_its_time_was_earned_is_earned, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    let order = club.mine(&grace).await?.invoices[0].order.clone();
    club.days(20).await?;
    refunded(&club.school, &order, "").await?;
    club.days(20).await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 0);
    came_back(&club.school, &order).await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 3_000, "nothing waits in deferred for ever");
    club.books_hold().await?;
    refunded(&club.school, &order, "").await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 0);
    club.books_hold().await
});

on_both!(money_that_comes_back_while_its_time_runs_is_earned_when_it_is_over, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    let order = club.mine(&grace).await?.invoices[0].order.clone();
    club.days(20).await?;
    refunded(&club.school, &order, "").await?;
    came_back(&club.school, &order).await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 0);
    club.books_hold().await?;
    club.days(20).await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 3_000);
    club.books_hold().await
});

on_both!(time_whose_money_is_asked_back_while_it_is_about_to_be_earned_waits, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    cancel(app, &grace).await?;
    let order = club.mine(&grace).await?.invoices[0].order.clone();
    club.school.after(days(32));
    let over = queries::unrecognised(&mut app.db.read().await?, app.now(), 10).await?;
    assert_eq!(over.len(), 1);
    club.school.till.is(Mood::Deaf);
    let form = RefundForm { reason: "Asked".into(), idem: "r1".into(), ..RefundForm::default() };
    orders::request_refund(app, &club.school.sam_at_work(), &order, form).await?;
    assert!(!app.db.write(async |tx| recognise::earn(app, tx, &over[0]).await).await?, "it is on its way back");
    club.school.till.is(Mood::Fine);
    club.school.after(minutes(1));
    club.work().await?;
    assert_eq!(latest_refund(&club, &order).await?, RefundState::Succeeded);
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 0);
    club.books_hold().await
});

on_both!(time_that_cannot_be_earned_does_not_hold_up_the_rest, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, lin) = (&club.school.app, club.school.grace(), club.school.lin());
    club.join(&grace, &club.month).await?;
    cancel(app, &grace).await?;
    club.school.after(hours(1));
    club.join(&lin, &club.month).await?;
    cancel(app, &lin).await?;
    let id = club.mine(&grace).await?.id;
    club.school.after(days(32));
    // as if somebody had written it down wrong
    app.db.write(async |tx| queries::add_value(tx, &id, 1, 1).await).await?;
    assert_eq!(recognise::work(app, 1).await?, 0);
    assert_eq!(recognise::work(app, 1).await?, 1, "the next one is looked at");
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 3_000);
    app.db.write(async |tx| queries::add_value(tx, &id, 1, -1).await).await?;
    assert_eq!(recognise::work(app, 1).await?, 0, "not at once");
    club.school.after(hours(1));
    assert_eq!(recognise::work(app, 1).await?, 1);
    club.work().await?;
    club.books_hold().await
});

on_both!(old_reports_are_forgotten_once_their_time_was_earned, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, lin) = (&club.school.app, club.school.lin());
    studied(&club).await?;
    cancel(app, &club.school.grace()).await?;
    club.join(&lin, &club.year).await?;
    let text = &club.school.engines_lessons()[2];
    learning::mark(app, &lin, &"analytical-engines".parse().expect("a slug"), text, true).await?;
    cancel(app, &lin).await?;
    assert_eq!(forget_studied(app).await?, 0);
    club.live(days(140), days(5)).await?;
    assert_eq!(forget_studied(app).await?, 1, "of the month that was earned, not of the year that runs");
    club.live(days(300), days(5)).await?;
    assert_eq!(club.balance(&waiting_for_ada(&club)).await?, 2_100 + 21_000);
    assert_eq!(forget_studied(app).await?, 1);
    club.books_hold().await
});

on_both!(what_becomes_of_a_course_later_takes_nothing_of_what_was_studied_before, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, engines) = (&club.school.app, club.school.engines());
    studied(&club).await?;
    cancel(app, &club.school.grace()).await?;
    club.days(20).await?;
    app.db.write(async |tx| entitlement::put_in_membership(tx, &engines, false, app.now()).await).await?;
    club.days(11).await?;
    assert_eq!(club.balance(&waiting_for_ada(&club)).await?, 2_100, "it was in the membership when she studied");
    club.books_hold().await
});

on_both!(a_course_that_a_member_buys_is_theirs_from_then_on_and_not_before, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    studied(&club).await?;
    cancel(app, &grace).await?;
    club.days(20).await?;
    crate::testing::buying::bought(&club.school, &grace).await?;
    let pending = waiting_for_ada(&club);
    assert_eq!(club.balance(&pending).await?, 13_930, "of what she bought");
    let sheet = &club.school.engines_lessons()[3];
    learning::mark(app, &grace, &"analytical-engines".parse().expect("a slug"), sheet, true).await?;
    club.days(11).await?;
    assert_eq!(club.balance(&pending).await?, 13_930 + 2_100, "and of the month in which she had not");
    club.books_hold().await
});

on_both!(what_is_studied_of_a_course_after_it_was_bought_counts_for_no_month, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    cancel(app, &grace).await?;
    crate::testing::buying::bought(&club.school, &grace).await?;
    club.days(1).await?;
    let text = &club.school.engines_lessons()[2];
    learning::mark(app, &grace, &"analytical-engines".parse().expect("a slug"), text, true).await?;
    club.days(31).await?;
    assert_eq!(club.balance(&waiting_for_ada(&club)).await?, 13_930, "of what she bought, and nothing of the month");
    club.books_hold().await
});
