//! Charges that fail, are silent, or come too late.

use super::*;

on_both!(a_declined_renewal_is_tried_again_and_keeps_its_calendar, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(28).await?;
    club.school.till.is(Mood::Declining);
    club.days(4).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::PastDue);
    assert!(club.access(&grace).await?, "there is a while to pay");
    club.days(1).await?;
    assert_eq!(club.school.till.counts().0, 1 + 2, "the first charge and the one a day later");
    club.school.till.is(Mood::Fine);
    club.days(2).await?;
    let paid = club.mine(&grace).await?;
    assert_eq!((paid.state, paid.invoices.len()), (SubscriptionState::Active, 2));
    assert_eq!(paid.period_ends, Some(at("2026-05-02T09:00:00[Asia/Shanghai]")));
    club.books_hold().await
});

on_both!(after_four_tries_it_is_over, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(28).await?;
    club.school.till.is(Mood::Declining);
    club.days(14).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Ended);
    assert!(!club.access(&grace).await?);
    assert_eq!(club.school.till.counts().0, 1 + 5);
    club.books_hold().await
});

on_both!(a_lost_card_is_not_asked_again_and_a_link_still_pays, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, lin) = (&club.school.app, club.school.grace(), club.school.lin());
    club.join(&grace, &club.month).await?;
    club.join(&lin, &club.month).await?;
    club.days(28).await?;
    club.school.till.is(Mood::Lost);
    club.days(8).await?;
    assert_eq!(club.school.till.counts().0, 2 + 2);
    let NextStep::PayAt(page) = pay_open(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Active);
    club.days(4).await?;
    assert_eq!((club.state(&lin).await?, club.school.till.counts().0), (SubscriptionState::Ended, 5));
    club.books_hold().await
});

on_both!(a_charge_without_an_answer_keeps_access_and_is_found_out, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(30).await?;
    club.school.till.is(Mood::Silent);
    club.live(hours(26), hours(1)).await?;
    let waiting = club.mine(&grace).await?;
    assert_eq!((waiting.state, waiting.invoices.len()), (SubscriptionState::Active, 2));
    assert!(club.access(&grace).await?);
    club.school.till.is(Mood::Fine);
    club.live(hours(3), hours(1)).await?;
    let paid = club.mine(&grace).await?;
    assert_eq!(paid.invoices[0].state, InvoiceState::Paid);
    assert_eq!(club.school.till.counts().0, 2, "it was charged once");
    club.books_hold().await
});

on_both!(money_that_comes_after_the_end_goes_back, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.trial(&grace).await?;
    club.days(8).await?;
    let NextStep::PayAt(page) = pay_open(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.days(10).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Ended);
    club.paid(&page).await?;
    let mine = club.mine(&grace).await?;
    assert_eq!((mine.state, mine.invoices[0].state), (SubscriptionState::Ended, InvoiceState::Void));
    let order = orders::show_order(app, &grace, &mine.invoices[0].order).await?;
    assert_eq!((order.state, order.refunds.len()), (OrderState::Canceled, 1));
    assert_eq!((order.refunds[0].amount, order.refunds[0].state), (yuan(3_000), RefundState::Succeeded));
    assert!(!club.access(&grace).await?);
    club.books_hold().await
});

on_both!(inv_14_a_worker_that_slept_reminds_first_and_charges_five_days_later, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.school.after(days(31));
    club.work().await?;
    assert_eq!(club.school.till.counts().0, 1, "not reminded, so not charged");
    assert!(club.access(&grace).await?, "and nobody loses by it");
    club.days(4).await?;
    assert_eq!(club.school.till.counts().0, 1);
    club.days(2).await?;
    let paid = club.mine(&grace).await?;
    assert_eq!((club.school.till.counts().0, paid.period_ends), (2, Some(at("2026-05-02T09:00:00[Asia/Shanghai]"))));
    club.books_hold().await
});

on_both!(an_agreement_that_is_over_makes_the_next_renewal_a_link, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, lin) = (&club.school.app, club.school.grace(), club.school.lin());
    club.join(&grace, &club.month).await?;
    let attempt = club.latest_attempt(&grace).await?;
    club.join(&lin, &club.month).await?;
    let ended = club.school.till.tell_agreement_ended(&format!("agr-{attempt}"));
    payments::keep(app, Provider::Sandbox, &["good"], ended.as_bytes()).await?.expect("a notification");
    club.settle().await?;
    forget_payment(app, &lin).await?;
    assert!(!club.mine(&grace).await?.pays_alone && !club.mine(&lin).await?.pays_alone);
    club.days(32).await?;
    for who in [&grace, &lin] {
        assert_eq!(club.state(who).await?, SubscriptionState::PastDue);
        assert!(club.mine(who).await?.to_pay.is_some());
    }
    assert_eq!(club.school.till.counts().0, 2);
    club.books_hold().await
});

on_both!(a_renewal_order_that_its_buyer_closed_is_written_anew, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    forget_payment(app, &grace).await?;
    club.days(32).await?;
    let order = club.mine(&grace).await?.invoices[0].order.clone();
    orders::cancel(app, &grace, &order).await?;
    let NextStep::PayAt(page) = pay_open(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    let mine = club.mine(&grace).await?;
    assert_eq!((mine.state, mine.invoices.len()), (SubscriptionState::Active, 3));
    club.books_hold().await
});

on_both!(a_dispute_that_is_lost_ends_it_and_its_time_is_shared_with_nobody, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.days(2).await?;
    let text = &club.school.engines_lessons()[2];
    learning::mark(app, &grace, &"analytical-engines".parse().expect("a slug"), text, true).await?;
    let attempt = club.latest_attempt(&grace).await?;
    let lost = club.school.till.tell_dispute(attempt.as_str(), payments::DisputeFact::Lost, yuan(3_000));
    payments::keep(app, Provider::Sandbox, &["good"], lost.as_bytes()).await?.expect("a notification");
    club.settle().await?;
    assert_eq!((club.state(&grace).await?, club.access(&grace).await?), (SubscriptionState::Ended, false));
    club.books_hold().await?;
    club.days(35).await?;
    let mut conn = app.db.read().await?;
    for account in
        [ledger::Account::InstructorPending(club.school.ada().id), ledger::Account::InstructorPayable(club.school.ada().id)]
    {
        assert!(ledger::balance(&mut conn, &account, Currency::Cny).await?.is_zero());
    }
    drop(conn);
    club.books_hold().await
});
