//! What a member is told about what comes next.

use super::*;

on_both!(who_cancels_what_is_owed_is_told_of_the_grace_and_may_take_it_back, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    forget_payment(app, &grace).await?;
    club.days(33).await?;
    let owing = club.mine(&grace).await?;
    let until = at("2026-04-09T09:00:00[Asia/Shanghai]");
    assert_eq!((owing.state, owing.cancels_until), (SubscriptionState::PastDue, Some(until)));
    cancel(app, &grace).await?;
    let cancelled = club.mine(&grace).await?;
    assert_eq!((cancelled.cancels, cancelled.cancels_until, cancelled.charge_at), (true, Some(until), None));
    let letter = club.school.announced(Happening::SubscriptionCancelled).await.pop().expect("a letter");
    let told: serde_json::Value = serde_json::from_str(&letter.detail).expect("what it tells");
    assert_eq!(told["until"], serde_json::json!(until));
    undo(app, &grace).await?;
    assert!(club.mine(&grace).await?.to_pay.is_some());
    club.books_hold().await
});

on_both!(a_charge_that_will_be_late_is_announced_for_its_own_day, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let ends = at("2026-04-02T09:00:00[Asia/Shanghai]");
    assert_eq!(club.mine(&grace).await?.charge_at, Some(ends));
    cancel(app, &grace).await?;
    assert_eq!(club.mine(&grace).await?.charge_at, None);
    club.days(30).await?;
    undo(app, &grace).await?;
    let late = app.now() + days(5);
    assert_eq!(club.mine(&grace).await?.charge_at, Some(late), "five days from the reminder, which is sent at once");
    club.work().await?;
    club.live(hours(8), hours(2)).await?;
    let told = club.mine(&grace).await?;
    assert_eq!((told.reminded, told.charge_at), (true, Some(late)));
    club.live(late.since(app.now()), days(1)).await?;
    assert_eq!((club.mine(&grace).await?.invoices.len(), club.school.till.counts().0), (2, 2), "and then it is charged");
    club.books_hold().await
});

on_both!(after_a_rest_the_plan_that_was_chosen_before_it_is_named_and_paid, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.quarter).await?;
    let shown = preview(app, &grace, &club.month).await?;
    change_plan(app, &grace, club.agreed(&shown), &Payer::default()).await?;
    pause(app, &grace).await?;
    club.live(days(95), days(1)).await?;
    let resting = club.mine(&grace).await?;
    assert_eq!((resting.state, resting.plan.months, resting.next_amount), (SubscriptionState::Paused, 3, Some(yuan(3_000))));
    resume(app, &grace, &Payer::default()).await?;
    assert_eq!(club.mine(&grace).await?.to_pay, Some(yuan(3_000)));
    club.books_hold().await
});
