//! Saved ways of paying: kept, forgotten, replaced, and charges by them that nobody knows of.

use super::*;

impl Club {
    /// By what the membership is charged, in the provider's words.
    async fn card(&self, who: &Member) -> Result<Option<String>> {
        let id = self.mine(who).await?.id;
        let mut conn = self.school.app.db.read().await?;
        let Some(one) = queries::one(&mut conn, &id).await?.and_then(|one| one.agreement) else { return Ok(None) };
        Ok(queries::agreement(&mut conn, &one).await?.map(|agreement| agreement.token))
    }

    async fn attempt_of(&self, order: &OrderId) -> Result<AttemptId> {
        let latest = payments::latest(&mut self.school.app.db.read().await?, order.as_str()).await?;
        Ok(latest.expect("an attempt").id)
    }
}

on_both!(a_card_that_was_forgotten_is_not_kept_again_by_a_charge_under_way, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let card = club.card(&grace).await?.expect("a card");
    club.days(30).await?;
    // charged, and the answer is lost
    club.school.till.is(Mood::Silent);
    club.days(1).await?;
    forget_payment(app, &grace).await?;
    club.work().await?;
    assert!(!club.school.till.is_ended(&card), "the provider is not there");
    club.school.till.is(Mood::Fine);
    club.live(minutes(30), minutes(5)).await?;
    let paid = club.mine(&grace).await?;
    assert_eq!((paid.state, paid.invoices[0].state, paid.pays_alone), (SubscriptionState::Active, InvoiceState::Paid, false));
    assert_eq!(club.card(&grace).await?, None);
    assert!(club.school.till.is_ended(&card), "ended at the provider as soon as it is there");
    club.days(31).await?;
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::PastDue, 2));
    club.books_hold().await
});

on_both!(money_without_a_place_brings_no_card, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    let form = club.form(&club.month, false);
    let Subscribed::Pay(NextStep::PayAt(late)) = subscribe(app, &grace, Lang::En, SCHOOL_ZONE, form, &Payer::default()).await?
    else {
        panic!("nothing to pay")
    };
    let first = club.attempt_of(&club.mine(&grace).await?.invoices[0].order).await?;
    // another plan: the first order is closed, and paid all the same
    club.join(&grace, &club.year).await?;
    let card = club.card(&grace).await?;
    assert!(card.is_some());
    club.paid(&late).await?;
    assert_eq!(club.card(&grace).await?, card);
    club.work().await?;
    assert!(club.school.till.is_ended(&format!("agr-{first}")), "what came with the money that goes back");
    club.books_hold().await
});

on_both!(a_membership_that_is_over_keeps_no_card, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let card = club.card(&grace).await?.expect("a card");
    cancel(app, &grace).await?;
    club.days(30).await?;
    assert!(!club.school.till.is_ended(&card));
    club.days(2).await?;
    assert_eq!((club.state(&grace).await?, club.card(&grace).await?), (SubscriptionState::Ended, None));
    assert!(club.school.till.is_ended(&card));
    club.books_hold().await
});

on_both!(a_card_that_is_replaced_is_forgotten, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    let before = club.card(&grace).await?.expect("a card");
    let page = club.better(&grace, &club.year).await?;
    club.paid(&page).await?;
    let after = club.card(&grace).await?.expect("a card");
    assert_ne!(before, after);
    club.work().await?;
    assert!(club.school.till.is_ended(&before) && !club.school.till.is_ended(&after));
    club.books_hold().await
});

on_both!(a_charge_that_never_arrived_is_known_within_minutes, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(30).await?;
    // as if the program had ended before the call
    club.school.till.is(Mood::Deaf);
    club.days(1).await?;
    club.school.till.is(Mood::Fine);
    club.live(minutes(15), minutes(1)).await?;
    assert_eq!((club.state(&grace).await?, club.school.till.counts().0), (SubscriptionState::PastDue, 1));
    club.days(1).await?;
    assert_eq!(
        (club.state(&grace).await?, club.school.till.counts().0),
        (SubscriptionState::Active, 2),
        "and tried again a day later"
    );
    club.books_hold().await
});

on_both!(nobody_loses_a_membership_after_a_rest_because_we_stopped, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    pause(app, &grace).await?;
    club.live(days(31 + 89), days(1)).await?;
    club.school.till.is(Mood::Deaf);
    club.days(1).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Incomplete);
    // for most of the day nobody knows
    club.live(hours(22), hours(1)).await?;
    club.school.till.is(Mood::Fine);
    club.live(hours(10), minutes(30)).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Incomplete, "a day to pay from when we asked for it");
    let NextStep::PayAt(page) = pay_open(app, &grace, &Payer::default()).await? else { panic!("nothing to pay") };
    club.paid(&page).await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Active);
    club.books_hold().await
});
