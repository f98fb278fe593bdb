//! Cancelling, resting, other plans.

use super::*;

on_both!(who_cancels_keeps_what_was_paid_and_is_never_charged_again, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.days(28).await?;
    cancel(app, &grace).await?;
    let id = club.mine(&grace).await?.id;
    cancel_this(app, &grace, &id).await?;
    club.days(2).await?;
    assert!(club.access(&grace).await?);
    club.days(2).await?;
    assert!(!club.access(&grace).await?);
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::Ended, 1));
    club.books_hold().await
});

on_both!(access_ends_on_the_minute_even_while_the_worker_sleeps, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    cancel(app, &grace).await?;
    let ends = club.mine(&grace).await?.period_ends.expect("an end");
    club.school.after((ends - minutes(1)).since(app.now()));
    assert!(club.access(&grace).await?);
    club.school.after(minutes(1));
    assert!(!club.access(&grace).await?);
    club.work().await?;
    club.books_hold().await
});

on_both!(cancelling_can_be_taken_back_until_the_end, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    cancel(app, &grace).await?;
    club.days(30).await?;
    undo(app, &grace).await?;
    club.days(3).await?;
    assert_eq!(club.school.till.counts().0, 1, "the reminder comes first");
    club.days(4).await?;
    let mine = club.mine(&grace).await?;
    assert_eq!((mine.state, mine.period_ends), (SubscriptionState::Active, Some(at("2026-05-02T09:00:00[Asia/Shanghai]"))));
    club.books_hold().await
});

on_both!(a_rest_costs_nothing_opens_nothing_and_ends_with_a_new_period, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    pause(app, &grace).await?;
    assert!(club.access(&grace).await?);
    club.days(40).await?;
    let resting = club.mine(&grace).await?;
    assert_eq!((resting.state, club.school.till.counts().0), (SubscriptionState::Paused, 1));
    assert!(!club.access(&grace).await? && resting.paused_until.is_some());
    let NextStep::PayAt(page) = resume(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    let back = club.mine(&grace).await?;
    assert_eq!((back.state, back.period_ends), (SubscriptionState::Active, Some(at("2026-05-11T09:00:00[Asia/Shanghai]"))));
    assert!(club.access(&grace).await?);
    club.days(31).await?;
    assert_eq!(club.mine(&grace).await?.invoices.len(), 3);
    club.books_hold().await
});

on_both!(after_ninety_days_of_rest_it_goes_on_with_a_reminder, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, lin) = (&club.school.app, club.school.grace(), club.school.lin());
    club.join(&grace, &club.month).await?;
    club.join(&lin, &club.month).await?;
    forget_payment(app, &lin).await?;
    pause(app, &grace).await?;
    pause(app, &lin).await?;
    club.days(31 + 80).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Paused);
    club.days(11).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Active);
    assert_eq!(club.school.announced(Happening::SubscriptionReminder).await.len(), 2);
    assert_eq!(club.state(&lin).await?, SubscriptionState::IncompleteExpired, "nobody paid the link");
    club.books_hold().await
});

on_both!(a_longer_plan_costs_what_the_preview_said_and_counts_at_once, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.live(minutes(10 * 24 * 60 + 7), hours(12)).await?;
    let shown = preview(app, &grace, &club.year).await?;
    // 31 days were paid with 30 yuan; of them 20 days and 23:53 are left
    assert!(shown.now);
    assert_eq!((shown.credit, shown.charge), (yuan(2_032), yuan(30_000)));
    assert_eq!(shown.due, yuan(27_968));
    club.school.after(minutes(5));
    let Some(NextStep::PayAt(page)) = change_plan(app, &grace, club.agreed(&shown), &Payer::default()).await? else {
        panic!("nothing to pay")
    };
    let waiting = club.mine(&grace).await?;
    assert_eq!((waiting.plan.months, waiting.invoices[0].amount), (1, yuan(27_968)), "the plan waits for its money");
    club.paid(&page).await?;
    let yearly = club.mine(&grace).await?;
    assert_eq!((yearly.plan.months, yearly.invoices[0].kind), (12, InvoiceKind::Upgrade));
    assert_eq!(yearly.period_ends, Some(at("2027-03-12T09:12:00[Asia/Shanghai]")));
    club.books_hold().await?;
    club.days(30).await?;
    assert_eq!(club.mine(&grace).await?.invoices.len(), 2, "the month is not renewed any more");
    club.books_hold().await
});

on_both!(what_was_left_of_the_old_plan_goes_back_out_of_the_new_one, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(10).await?;
    let first = club.mine(&grace).await?.invoices[0].order.clone();
    let page = club.better(&grace, &club.year).await?;
    club.paid(&page).await?;
    // the month is worth ten days by now; the rest of its price is in the year
    refunded(&club.school, &first, "").await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Active);
    club.books_hold().await?;
    club.days(2).await?;
    club.books_hold().await
});

on_both!(a_better_plan_that_nobody_pays_changes_nothing, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let shown = preview(app, &grace, &club.quarter).await?;
    let form = |due: i64, key: &str| ChangePlan { due: due.to_string(), idem: key.into(), ..club.agreed(&shown) };
    let other = change_plan(app, &grace, form(1, "wrong"), &Payer::default()).await;
    assert!(matches!(refused(other), Refusal::PriceChanged { .. }));
    change_plan(app, &grace, form(shown.due.minor(), "right"), &Payer::default()).await?;
    club.live(hours(3), minutes(30)).await?;
    let mine = club.mine(&grace).await?;
    assert_eq!((mine.plan.months, mine.invoices[0].state, mine.to_pay), (1, InvoiceState::Void, None));
    club.days(32).await?;
    assert_eq!(club.mine(&grace).await?.state, SubscriptionState::Active);
    club.books_hold().await
});

on_both!(a_smaller_plan_begins_at_the_end_of_the_period_and_costs_nothing_now, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.quarter).await?;
    club.days(10).await?;
    let shown = preview(app, &grace, &club.month).await?;
    assert!(!shown.now && shown.due.is_zero());
    assert_eq!(change_plan(app, &grace, club.agreed(&shown), &Payer::default()).await?, None);
    let mine = club.mine(&grace).await?;
    assert_eq!((mine.plan.months, mine.becomes.map(|plan| plan.months)), (3, Some(1)));
    club.days(83).await?;
    let smaller = club.mine(&grace).await?;
    assert_eq!((smaller.plan.months, smaller.invoices[0].amount), (1, yuan(3_000)));
    // the calendar is still counted from the first day
    assert_eq!(smaller.period_ends, Some(at("2026-07-02T09:00:00[Asia/Shanghai]")));
    club.books_hold().await
});

on_both!(staff_end_a_membership_at_once, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    let id = club.mine(&grace).await?.id;
    cancel_now(&club.school.app, &club.school.sam_at_work(), &id).await?;
    assert_eq!((club.state(&grace).await?, club.access(&grace).await?), (SubscriptionState::Ended, false));
    let listed = list(&club.school.app, &club.school.sam_at_work(), Default::default()).await?;
    assert_eq!((listed.page.items.len(), listed.living.len()), (1, 0));
    club.days(35).await?;
    club.books_hold().await
});

on_both!(staff_change_what_is_offered_and_whoever_has_a_plan_keeps_their_price, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, sam) = (&club.school.app, club.school.grace(), club.school.sam_at_work());
    club.join(&grace, &club.month).await?;
    let dearer = model::subscriptions::OfferPlan { months: "1".into(), price: "45".into(), trial_days: String::new() };
    offer(app, &sam, dearer).await?;
    withdraw(app, &sam, &club.year).await?;
    let seen = list(app, &sam, Default::default()).await?.plans;
    let seen: Vec<_> = seen.iter().map(|plan| (plan.months, plan.price.minor(), plan.offered, plan.members)).collect();
    assert_eq!(seen, [(1, 4_500, true, 1), (3, 8_000, true, 0), (12, 30_000, false, 0)]);
    let page = membership_page(app, &crate::Visitor::stranger(Lang::En)).await?.expect("a membership");
    assert_eq!(page.plans.iter().map(|plan| (plan.months, plan.trial_days)).collect::<Vec<_>>(), [(1, 0), (3, 7)]);
    club.days(32).await?;
    assert_eq!(club.mine(&grace).await?.invoices[0].amount, yuan(3_000), "as it was agreed");
    club.books_hold().await
});
