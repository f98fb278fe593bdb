//! We are late: with a reminder, with a try, with everything.

use super::*;

impl Club {
    /// A member who thinks better of leaving in the last hour: the reminder, and so the charge, comes late by five days.
    async fn kept_at_the_last_hour(&self, who: &Member) -> Result<()> {
        let app = &self.school.app;
        cancel(app, who).await?;
        let ends = self.mine(who).await?.period_ends.expect("an end");
        self.live((ends - hours(1)).since(app.now()), days(1)).await?;
        undo(app, who).await?;
        self.work().await
    }
}

on_both!(a_late_charge_that_is_declined_is_tried_as_often_as_any_other, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.kept_at_the_last_hour(&grace).await?;
    club.books_hold().await?;
    club.school.till.is(Mood::Declining);
    club.days(5).await?;
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::PastDue, 1 + 1));
    club.books_hold().await?;
    club.live(hours(20), hours(4)).await?;
    assert_eq!(club.school.till.counts().0, 1 + 1, "the next try is a day later");
    club.live(hours(8), hours(4)).await?;
    assert_eq!(club.school.till.counts().0, 1 + 2);
    club.days(5).await?;
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::PastDue, 1 + 4));
    assert!(club.access(&grace).await?, "there is a week to pay");
    club.books_hold().await?;
    club.days(2).await?;
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::Ended, 1 + 5));
    assert!(!club.access(&grace).await?);
    club.books_hold().await
});

on_both!(a_late_link_is_sent_once_and_leaves_a_week_to_pay, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    forget_payment(app, &grace).await?;
    club.kept_at_the_last_hour(&grace).await?;
    club.days(5).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::PastDue);
    assert_eq!(club.school.announced(Happening::SubscriptionDue).await.len(), 1);
    club.days(6).await?;
    assert_eq!(club.school.announced(Happening::SubscriptionDue).await.len(), 4, "and again after one day, three and five");
    assert!(club.access(&grace).await?);
    club.books_hold().await?;
    let NextStep::PayAt(page) = pay_open(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    let paid = club.mine(&grace).await?;
    assert_eq!((paid.state, paid.period_ends), (SubscriptionState::Active, Some(at("2026-05-02T09:00:00[Asia/Shanghai]"))));
    club.books_hold().await
});

on_both!(tries_that_were_slept_through_are_not_made_up_for, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(28).await?;
    club.school.till.is(Mood::Declining);
    club.days(3).await?;
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::PastDue, 1 + 1));
    club.school.after(days(6));
    club.work().await?;
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::PastDue, 1 + 2), "one for three");
    club.days(2).await?;
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::Ended, 1 + 3));
    club.books_hold().await
});

on_both!(who_cancels_while_the_charge_is_under_way_keeps_access_until_it_is_clear, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.days(30).await?;
    club.school.till.is(Mood::Deaf);
    club.days(1).await?;
    cancel(app, &grace).await?;
    assert!(club.access(&grace).await?);
    club.books_hold().await?;
    club.live(hours(26), hours(2)).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::PastDue);
    assert!(club.access(&grace).await?);
    club.books_hold().await?;
    club.school.till.is(Mood::Fine);
    club.days(6).await?;
    assert_eq!((club.state(&grace).await?, club.access(&grace).await?), (SubscriptionState::Ended, false));
    club.books_hold().await
});

on_both!(nobody_pays_for_time_that_is_wholly_over, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    // the month ends after 31 days, the next one would after 61
    club.school.after(days(70));
    club.work().await?;
    assert_eq!(club.school.till.counts().0, 1, "the reminder comes first");
    club.books_hold().await?;
    club.days(5).await?;
    let back = club.mine(&grace).await?;
    assert_eq!((back.state, club.school.till.counts().0), (SubscriptionState::Active, 2));
    assert_eq!(back.period_ends, Some(at("2026-06-16T09:00:00[Asia/Shanghai]")), "a month from the payment");
    assert!(club.access(&grace).await?);
    club.books_hold().await?;
    club.days(24).await?;
    assert_eq!(club.school.till.counts().0, 2, "and nothing is made up for");
    club.days(8).await?;
    assert_eq!(club.mine(&grace).await?.period_ends, Some(at("2026-07-16T09:00:00[Asia/Shanghai]")));
    club.books_hold().await
});

on_both!(a_trial_that_is_paid_long_after_its_end_begins_then, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.trial(&grace).await?;
    club.school.after(days(60));
    club.work().await?;
    club.days(6).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::PastDue);
    let NextStep::PayAt(page) = pay_open(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    let member = club.mine(&grace).await?;
    assert_eq!((member.state, member.period_ends), (SubscriptionState::Active, Some(at("2026-06-07T09:00:00[Asia/Shanghai]"))));
    club.books_hold().await
});
