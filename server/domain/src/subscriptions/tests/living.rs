//! Joining, renewing, earning, ending.

use super::*;

on_both!(a_membership_opens_its_courses_and_renews_by_itself_after_a_reminder, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    assert!(!club.access(&grace).await?);
    club.join(&grace, &club.month).await?;
    let first = club.mine(&grace).await?;
    assert_eq!((first.state, first.pays_alone, first.next_amount), (SubscriptionState::Active, true, Some(yuan(3_000))));
    assert!(club.access(&grace).await?);
    let ends = first.period_ends.expect("an end");
    assert_eq!(ends, at("2026-04-02T09:00:00[Asia/Shanghai]"));
    club.days(20).await?;
    assert!(club.school.announced(Happening::SubscriptionReminder).await.is_empty(), "not so early");
    club.days(7).await?;
    assert_eq!(club.school.announced(Happening::SubscriptionReminder).await.len(), 1);
    assert_eq!(club.school.till.counts().0, 1, "nothing is charged before the end");
    club.days(5).await?;
    let second = club.mine(&grace).await?;
    assert_eq!((second.state, second.invoices.len()), (SubscriptionState::Active, 2));
    assert_eq!(second.period_ends, Some(at("2026-05-02T09:00:00[Asia/Shanghai]")));
    assert!(second.invoices.iter().all(|invoice| invoice.state == InvoiceState::Paid && invoice.receipt.is_some()));
    assert_eq!((second.invoices[0].kind, second.invoices[1].kind), (InvoiceKind::Renewal, InvoiceKind::First));
    club.books_hold().await
});

on_both!(whoever_subscribes_twice_pays_once, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    let form = club.form(&club.month, false);
    let one = subscribe(app, &grace, Lang::En, SCHOOL_ZONE, form.clone(), &Payer::default()).await?;
    assert_eq!(subscribe(app, &grace, Lang::En, SCHOOL_ZONE, form, &Payer::default()).await?, one, "the same form again");
    // another form, the same plan: the same order
    assert_eq!(subscribe(app, &grace, Lang::En, SCHOOL_ZONE, club.form(&club.month, false), &Payer::default()).await?, one);
    // another plan: another order, and the first one is closed
    let Subscribed::Pay(NextStep::PayAt(page)) =
        subscribe(app, &grace, Lang::En, SCHOOL_ZONE, club.form(&club.year, false), &Payer::default()).await?
    else {
        panic!("nothing to pay")
    };
    club.paid(&page).await?;
    let mine = club.mine(&grace).await?;
    assert_eq!((mine.state, mine.plan.months), (SubscriptionState::Active, 12));
    let again = subscribe(app, &grace, Lang::En, SCHOOL_ZONE, club.form(&club.month, false), &Payer::default()).await;
    assert_eq!(refused(again), Refusal::AlreadySubscribed);
    // money for the closed order comes late and goes back
    let Subscribed::Pay(NextStep::PayAt(late)) = one else { panic!("nothing to pay") };
    club.paid(&late).await?;
    let first = mine.invoices.last().expect("an invoice").order.clone();
    let order = orders::show_order(app, &grace, &first).await?;
    assert_eq!((order.state, order.refunds.len()), (OrderState::Canceled, 1));
    club.books_hold().await
});

on_both!(nobody_begins_without_consent, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let form = Subscribe { consent: String::new(), ..club.form(&club.month, false) };
    let outcome = subscribe(&club.school.app, &club.school.grace(), Lang::En, SCHOOL_ZONE, form, &Payer::default()).await;
    assert!(matches!(outcome, Err(Error::Fault(model::Fault::Invalid(_)))), "{outcome:?}");
    assert!(my_membership(&club.school.app, &club.school.grace()).await?.subscription.is_none());
    club.books_hold().await
});

on_both!(what_nobody_pays_is_over_after_23_hours, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    subscribe(&club.school.app, &grace, Lang::En, SCHOOL_ZONE, club.form(&club.month, false), &Payer::default()).await?;
    club.live(hours(22), hours(1)).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Incomplete);
    club.live(hours(2), hours(1)).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::IncompleteExpired);
    assert!(!club.access(&grace).await?);
    club.join(&grace, &club.month).await?;
    assert!(club.access(&grace).await?, "and may begin anew");
    club.books_hold().await
});

on_both!(a_trial_costs_nothing_and_is_had_once, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.trial(&grace).await?;
    assert!(club.access(&grace).await?);
    club.days(3).await?;
    assert_eq!(club.school.announced(Happening::SubscriptionReminder).await.len(), 1);
    club.days(5).await?;
    // nobody's card is known: a link, and a while to pay
    let owing = club.mine(&grace).await?;
    assert_eq!((owing.state, owing.to_pay), (SubscriptionState::PastDue, Some(yuan(3_000))));
    assert!(club.access(&grace).await?);
    let NextStep::PayAt(page) = pay_open(&club.school.app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    let member = club.mine(&grace).await?;
    assert_eq!((member.state, member.pays_alone), (SubscriptionState::Active, true));
    assert_eq!(member.period_ends, Some(at("2026-04-09T09:00:00[Asia/Shanghai]")), "counted from the end of the trial");
    cancel(&club.school.app, &grace).await?;
    club.days(40).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Ended);
    let again = subscribe(&club.school.app, &grace, Lang::En, SCHOOL_ZONE, club.form(&club.month, true), &Payer::default()).await;
    assert_eq!(refused(again), Refusal::TrialUsed);
    club.books_hold().await
});

on_both!(a_trial_that_nobody_pays_ends_without_a_charge, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.trial(&grace).await?;
    club.days(30).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Ended);
    assert!(!club.access(&grace).await?);
    assert_eq!(club.school.till.counts().0, 0);
    club.books_hold().await
});

on_both!(time_that_is_over_is_earned_and_shared_by_minutes_studied, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, lin) = (&club.school.app, club.school.grace(), club.school.lin());
    club.join(&grace, &club.month).await?;
    club.join(&lin, &club.month).await?;
    club.days(2).await?;
    let text = &club.school.engines_lessons()[2];
    learning::mark(app, &grace, &"analytical-engines".parse().expect("a slug"), text, true).await?;
    for who in [&grace, &lin] {
        cancel(app, who).await?;
    }
    let pending = ledger::Account::InstructorPending(club.school.ada().id);
    assert_eq!(balance(&club, &ledger::Account::Revenue).await?, 0, "nothing is earned before it is over");
    club.days(31).await?;
    // seventy per cent of Grace's month are Ada's; Lin studied nothing, so the school keeps his
    assert_eq!(balance(&club, &pending).await?, 2_100);
    assert_eq!(balance(&club, &ledger::Account::Revenue).await?, 6_000 - 2_100);
    club.books_hold().await
});

async fn balance(club: &Club, account: &ledger::Account) -> Result<i64> {
    let mut conn = club.school.app.db.read().await?;
    let found = ledger::balance(&mut conn, account, Currency::Cny).await?;
    Ok(found.minor())
}

on_both!(a_refund_of_everything_ends_it_and_a_part_of_it_does_not, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, lin, sam) = (&club.school.app, club.school.grace(), club.school.lin(), club.school.sam_at_work());
    club.join(&grace, &club.month).await?;
    club.join(&lin, &club.month).await?;
    let order_of = async |who: &Member| Ok::<OrderId, Error>(club.mine(who).await?.invoices[0].order.clone());
    let form = |amount: &str, key: &str| model::orders::RefundForm {
        amount: amount.into(),
        reason: "asked".into(),
        idem: key.into(),
        ..Default::default()
    };
    orders::request_refund(app, &sam, &order_of(&grace).await?, form("10.00", "part")).await?;
    club.settle().await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Active);
    orders::request_refund(app, &sam, &order_of(&lin).await?, form("", "all")).await?;
    club.settle().await?;
    assert_eq!(club.state(&lin).await?, SubscriptionState::Ended);
    assert!(!club.access(&lin).await? && club.access(&grace).await?);
    let refund = orders::show_order(app, &lin, &order_of(&lin).await?).await?.refunds[0].clone();
    assert_eq!(refund.state, RefundState::Succeeded);
    club.days(35).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Active, "and renews as before");
    club.books_hold().await
});

on_both!(letters_tell_of_everything_that_happens, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(28).await?;
    cancel(&club.school.app, &grace).await?;
    club.days(5).await?;
    club.school.catch_up(crate::notifications::FOLLOWER).await;
    while crate::notifications::deliver(&club.school.app).await? {}
    let subjects: Vec<String> = club.school.letters().into_iter().map(|letter| letter.subject).collect();
    for part in ["receipt", "Welcome to the Lectern membership", "renews on 2 Apr 2026", "is cancelled", "has ended"] {
        assert_eq!(subjects.iter().filter(|subject| subject.contains(part)).count(), 1, "{part}: {subjects:?}");
    }
    club.books_hold().await
});
