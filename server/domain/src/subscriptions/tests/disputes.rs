//! A payer's bank asks back what was paid for a membership.

use super::*;
use crate::payments::DisputeFact;

impl Club {
    async fn bank_says(&self, order: &OrderId, fact: DisputeFact) -> Result<()> {
        let attempt = payments::latest(&mut self.school.app.db.read().await?, order.as_str()).await?.expect("an attempt");
        let body = self.school.till.tell_dispute(attempt.id.as_str(), fact, attempt.amount);
        payments::keep(&self.school.app, Provider::Sandbox, &["good"], body.as_bytes()).await?.expect("a notification");
        self.settle().await
    }
}

on_both!(while_a_bank_decides_the_courses_are_closed_and_no_card_is_charged, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.days(2).await?;
    let first = club.mine(&grace).await?.invoices[0].order.clone();
    club.bank_says(&first, DisputeFact::Opened).await?;
    let closed = club.mine(&grace).await?;
    assert_eq!((closed.state, closed.suspended, closed.access_until), (SubscriptionState::Active, true, None));
    assert!(!club.access(&grace).await?);
    club.books_hold().await?;
    club.days(31).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::PastDue, "a link, and no charge");
    assert_eq!(club.school.till.counts().0, 1);
    let NextStep::PayAt(page) = pay_open(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Active);
    assert!(!club.access(&grace).await?, "what was paid since does not settle the dispute");
    club.books_hold().await?;
    club.bank_says(&first, DisputeFact::Won).await?;
    assert!(club.access(&grace).await? && !club.mine(&grace).await?.suspended);
    club.books_hold().await?;
    club.days(30).await?;
    assert_eq!(
        (club.state(&grace).await?, club.school.till.counts().0),
        (SubscriptionState::Active, 3),
        "and it renews by itself"
    );
    club.books_hold().await
});

on_both!(of_two_disputes_the_last_to_be_won_opens_the_courses, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(32).await?;
    let orders: Vec<OrderId> = club.mine(&grace).await?.invoices.into_iter().map(|invoice| invoice.order).collect();
    assert_eq!(orders.len(), 2);
    for order in &orders {
        club.bank_says(order, DisputeFact::Opened).await?;
    }
    club.bank_says(&orders[0], DisputeFact::Won).await?;
    assert!(!club.access(&grace).await?);
    club.books_hold().await?;
    club.bank_says(&orders[1], DisputeFact::Won).await?;
    assert!(club.access(&grace).await?);
    club.books_hold().await
});

on_both!(a_rest_that_ends_during_a_dispute_opens_nothing, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    pause(app, &grace).await?;
    club.days(35).await?;
    let first = club.mine(&grace).await?.invoices[0].order.clone();
    club.bank_says(&first, DisputeFact::Opened).await?;
    let NextStep::PayAt(page) = resume(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    assert_eq!((club.state(&grace).await?, club.access(&grace).await?), (SubscriptionState::Active, false));
    club.books_hold().await
});

on_both!(inv_05_a_pass_that_is_open_against_a_dispute_or_closed_without_one_is_told, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, lin) = (&club.school.app, club.school.grace(), club.school.lin());
    club.join(&grace, &club.month).await?;
    club.join(&lin, &club.month).await?;
    let first = club.mine(&grace).await?.invoices[0].order.clone();
    club.bank_says(&first, DisputeFact::Opened).await?;
    club.books_hold().await?;
    app.db.write(async |tx| forged::passes_turned(tx).await).await?;
    let told = audit::check(app).await?.into_iter().find(|row| row.id == "INV-05").expect("an invariant");
    assert_eq!(told.offending.len(), 2, "{told:?}");
    Ok(())
});

on_both!(a_dispute_lost_after_its_time_was_earned_takes_its_shares_and_ends_what_runs, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.days(2).await?;
    let text = &club.school.engines_lessons()[2];
    learning::mark(app, &grace, &"analytical-engines".parse().expect("a slug"), text, true).await?;
    club.days(31).await?;
    let orders: Vec<OrderId> = club.mine(&grace).await?.invoices.into_iter().map(|invoice| invoice.order).collect();
    let [second, first] = &orders[..] else { panic!("two invoices, not {orders:?}") };
    let ada = ledger::Account::InstructorPending(club.school.ada().id);
    assert_eq!(club.balance(&ada).await?, 2_100);
    for _ in 0..2 {
        club.bank_says(first, DisputeFact::Lost).await?;
        assert_eq!((club.state(&grace).await?, club.access(&grace).await?), (SubscriptionState::Ended, false));
        assert_eq!((club.balance(&ada).await?, club.balance(&ledger::Account::ChargebackLoss).await?), (0, -3_000));
        assert_eq!(club.deferred(second).await?, 3_000, "what nobody disputes is earned in its time");
        club.books_hold().await?;
    }
    club.days(31).await?;
    assert_eq!((club.deferred(second).await?, club.balance(&ledger::Account::Revenue).await?), (0, 6_000));
    assert_eq!(club.school.till.counts().0, 2, "and nothing more is charged");
    club.books_hold().await
});

on_both!(a_lost_dispute_about_a_difference_ends_the_plan_that_it_paid_for, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(10).await?;
    let page = club.better(&grace, &club.year).await?;
    club.paid(&page).await?;
    club.days(1).await?;
    let difference = club.mine(&grace).await?.invoices[0].clone();
    club.bank_says(&difference.order, DisputeFact::Lost).await?;
    assert_eq!((club.state(&grace).await?, club.access(&grace).await?), (SubscriptionState::Ended, false));
    assert_eq!(club.deferred(&difference.order).await?, 0);
    assert_eq!(club.balance(&ledger::Account::Breakage).await?, difference.amount.minor(), "nobody is owed it");
    club.books_hold().await?;
    club.live(days(400), days(20)).await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 3_000, "the month, and what of it went into the year");
    club.books_hold().await
});
