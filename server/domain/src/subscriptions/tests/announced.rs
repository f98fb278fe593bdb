//! What was announced is what is charged; what a button would refuse is not offered; what is done is not refused.

use super::*;

/// Grace has the year and means to take the month from its end on.
async fn smaller_from_the_end(club: &Club) -> Result<()> {
    let grace = club.school.grace();
    club.join(&grace, &club.year).await?;
    club.live(days(300), days(1)).await?;
    change_to(club, &grace, &club.month).await?;
    assert_eq!(club.mine(&grace).await?.next_amount, Some(yuan(3_000)));
    Ok(())
}

async fn change_to(club: &Club, who: &Member, plan: &PlanId) -> Result<Option<NextStep>> {
    let form = club.agreed(&preview(&club.school.app, who, plan).await?);
    change_plan(&club.school.app, who, form, &Payer::default()).await
}

on_both!(
    inv_14_who_keeps_the_dearer_plan_after_all_is_told_what_it_costs_five_days_before,
    async |db: Db| -> Result<(), Error> {
        let club = Club::open(db).await?;
        let (app, grace) = (&club.school.app, club.school.grace());
        smaller_from_the_end(&club).await?;
        let ends = club.mine(&grace).await?.period_ends.expect("an end");
        club.live((ends - days(1)).since(app.now()), hours(12)).await?;
        assert_eq!(club.school.announced(Happening::SubscriptionReminder).await.len(), 1, "thirty yuan");
        undo(app, &grace).await?;
        club.days(4).await?;
        assert_eq!(club.school.till.counts().0, 1, "nobody was told of three hundred five days ago");
        assert!(club.access(&grace).await?, "and nobody loses by it");
        assert_eq!(club.school.announced(Happening::SubscriptionReminder).await.len(), 2);
        club.days(3).await?;
        let paid = club.mine(&grace).await?;
        assert_eq!((club.school.till.counts().0, paid.invoices[0].amount, paid.plan.months), (2, yuan(30_000), 12));
        club.books_hold().await
    }
);

on_both!(inv_14_a_smaller_plan_chosen_after_the_reminder_is_announced_anew, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.quarter).await?;
    club.days(88).await?;
    assert_eq!(club.school.announced(Happening::SubscriptionReminder).await.len(), 1, "eighty yuan");
    change_to(&club, &grace, &club.month).await?;
    club.days(12).await?;
    let smaller = club.mine(&grace).await?;
    assert_eq!((smaller.plan.months, smaller.invoices[0].amount), (1, yuan(3_000)));
    club.books_hold().await
});

on_both!(cancelling_and_taking_it_back_leaves_all_as_it_was, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    smaller_from_the_end(&club).await?;
    cancel(app, &grace).await?;
    assert_eq!(club.mine(&grace).await?.becomes, None, "nothing comes after the end");
    undo(app, &grace).await?;
    let mine = club.mine(&grace).await?;
    assert_eq!((mine.cancels, mine.becomes.map(|plan| plan.months), mine.next_amount), (false, Some(1), Some(yuan(3_000))));
    undo(app, &grace).await?;
    assert_eq!(club.mine(&grace).await?.becomes, None);
    club.books_hold().await
});

on_both!(once_the_smaller_plan_is_being_asked_for_it_stays, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.quarter).await?;
    forget_payment(app, &grace).await?;
    change_to(&club, &grace, &club.month).await?;
    club.days(93).await?;
    let owing = club.mine(&grace).await?;
    assert_eq!((owing.state, owing.to_pay), (SubscriptionState::PastDue, Some(yuan(3_000))));
    assert_eq!(refused(undo(app, &grace).await), Refusal::Transition);
    cancel(app, &grace).await?;
    undo(app, &grace).await?;
    let NextStep::PayAt(page) = pay_open(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    let paid = club.mine(&grace).await?;
    assert_eq!((paid.state, paid.plan.months, paid.becomes), (SubscriptionState::Active, 1, None));
    club.books_hold().await
});

on_both!(no_price_is_shown_for_a_change_that_would_be_refused, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, lin, ada) = (&club.school.app, club.school.grace(), club.school.lin(), club.school.learner("bea").await);
    club.trial(&grace).await?;
    assert_eq!(refused(preview(app, &grace, &club.year).await), Refusal::Transition, "in the trial");
    club.join(&lin, &club.month).await?;
    pause(app, &lin).await?;
    assert_eq!(refused(preview(app, &lin, &club.year).await), Refusal::Transition, "about to rest");
    undo(app, &lin).await?;
    cancel(app, &lin).await?;
    assert_eq!(refused(preview(app, &lin, &club.year).await), Refusal::Transition, "cancelled");
    club.join(&ada, &club.month).await?;
    forget_payment(app, &ada).await?;
    club.days(33).await?;
    assert_eq!(club.state(&ada).await?, SubscriptionState::PastDue);
    assert_eq!(refused(preview(app, &ada, &club.year).await), Refusal::Transition, "not paid");
    club.books_hold().await
});

on_both!(inv_10a_what_is_so_already_is_answered_as_it_stands, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let id = club.mine(&grace).await?.id;
    let version =
        async || -> Result<i64> { Ok(queries::one(&mut app.db.read().await?, &id).await?.expect("a subscription").version) };
    undo(app, &grace).await?;
    let before = version().await?;
    for _ in 0..2 {
        cancel_this(app, &grace, &id).await?;
        cancel(app, &grace).await?;
    }
    assert_eq!(version().await?, before + 1, "done once, with one row of the trail");
    for _ in 0..2 {
        undo_this(app, &grace, &id).await?;
    }
    for _ in 0..2 {
        pause(app, &grace).await?;
    }
    assert_eq!(version().await?, before + 3);
    club.days(40).await?;
    pause(app, &grace).await?;
    let first = resume(app, &grace, &Payer::default()).await?;
    assert_eq!(resume(app, &grace, &Payer::default()).await?, first, "to the same page");
    cancel(app, &grace).await?;
    assert!(club.state(&grace).await?.is_over());
    cancel_this(app, &grace, &id).await?;
    assert_eq!(refused(undo_this(app, &grace, &id).await), Refusal::Transition, "what is over stays over");
    club.books_hold().await
});
