//! What one agrees to is what happens.

use super::*;
use model::subscriptions::OfferPlan;

impl Club {
    /// Staff offer the month at another price, and with so long a trial.
    async fn month_is_offered(&self, price: &str, trial_days: &str) -> Result<()> {
        let form = OfferPlan { months: "1".into(), price: price.into(), trial_days: trial_days.into() };
        offer(&self.school.app, &self.school.sam_at_work(), form).await
    }
}

on_both!(sm_1_nobody_begins_at_another_price_than_the_page_said, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    let seen = [club.form(&club.month, false), club.form(&club.month, true)];
    club.month_is_offered("45", "7").await?;
    for form in seen {
        let outcome = subscribe(app, &grace, Lang::En, SCHOOL_ZONE, form, &Payer::default()).await;
        assert_eq!(refused(outcome), Refusal::PriceChanged { was: yuan(3_000), now: yuan(4_500) });
        assert!(my_membership(app, &grace).await?.subscription.is_none());
    }
    let as_it_is_now = Subscribe { price: "4500".into(), ..club.form(&club.month, false) };
    subscribe(app, &grace, Lang::En, SCHOOL_ZONE, as_it_is_now, &Payer::default()).await?;
    assert_eq!(club.mine(&grace).await?.to_pay, Some(yuan(4_500)));
    club.books_hold().await
});

on_both!(cn_04_a_trial_is_as_long_as_the_page_said, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    let seen = club.form(&club.month, true);
    for (days, now) in [("14", 14), ("", 0)] {
        club.month_is_offered("30", days).await?;
        let outcome = subscribe(app, &grace, Lang::En, SCHOOL_ZONE, seen.clone(), &Payer::default()).await;
        assert_eq!(refused(outcome), Refusal::TrialChanged { was: 7, now });
    }
    // the trial was not used up by that
    club.month_is_offered("30", "7").await?;
    assert_eq!(subscribe(app, &grace, Lang::En, SCHOOL_ZONE, seen, &Payer::default()).await?, Subscribed::Trial);
    club.books_hold().await
});

on_both!(a_smaller_plan_is_not_agreed_to_at_another_price_than_the_preview_said, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.quarter).await?;
    let shown = preview(app, &grace, &club.month).await?;
    club.month_is_offered("45", "7").await?;
    let outcome = change_plan(app, &grace, club.agreed(&shown), &Payer::default()).await;
    assert_eq!(refused(outcome), Refusal::PriceChanged { was: yuan(3_000), now: yuan(4_500) });
    assert_eq!(club.mine(&grace).await?.becomes, None);
    let shown = preview(app, &grace, &club.month).await?;
    assert_eq!(change_plan(app, &grace, club.agreed(&shown), &Payer::default()).await?, None);
    assert_eq!(club.mine(&grace).await?.becomes.map(|plan| plan.price), Some(yuan(4_500)));
    club.books_hold().await
});

on_both!(rel_16_the_calendar_is_the_subscriber_s, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (grace, lin) = (club.school.grace(), club.school.lin());
    // nine in the morning on 2 March in Shanghai is the evening before in New York, where clocks go forward on the 8th
    club.join_in(&grace, &club.month, "America/New_York").await?;
    club.join_in(&lin, &club.month, "Moon/Tranquility").await?;
    let ends = async |who: &Member| Ok::<_, Error>(club.mine(who).await?.period_ends);
    assert_eq!(ends(&grace).await?, Some(at("2026-04-01T20:00:00[America/New_York]")));
    assert_eq!(ends(&lin).await?, Some(at("2026-04-02T09:00:00[Asia/Shanghai]")), "the school's, where nobody knows better");
    club.books_hold().await
});
