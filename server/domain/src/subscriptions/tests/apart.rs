//! Two at the same time.

use super::*;
use crate::audit_trail::{self, Deed};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

/// Long enough for somebody else to begin waiting; too short a time proves nothing and breaks nothing.
const A_WHILE: Duration = Duration::from_millis(300);

on_both!(who_waits_for_a_subscription_sees_the_plan_it_has_by_then, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let id = club.mine(&grace).await?.id;
    let held = Notify::new();
    let changing = app.db.write(async |tx| {
        let one = queries::lock(tx, &id).await?.expect("a subscription");
        held.notify_one();
        tokio::time::sleep(A_WHILE).await;
        let all = queries::offered(tx, PRODUCT).await?;
        let tariff = all.into_iter().find(|tariff| tariff.plan == club.year).expect("a plan");
        queries::save(tx, &one, &queries::Subscription { tariff, ..one.clone() }).await?;
        audit_trail::record(app, tx, Deed::new("subscription.upgraded", "subscription", &id)).await
    });
    let waiting = async {
        held.notified().await;
        app.db.write(async |tx| queries::lock(tx, &id).await).await
    };
    let (changed, seen) = futures::join!(changing, waiting);
    changed?;
    assert_eq!(seen?.expect("it is there").tariff.months, 12);
    Ok(())
});

on_both!(whoever_locks_a_person_and_their_membership_begins_with_the_person, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let mine = club.mine(&grace).await?;
    let (id, order) = (&mine.id, &mine.invoices[0].order);
    let (held, begun) = (Notify::new(), AtomicUsize::new(0));
    let changing = app.db.write(async |tx| {
        begun.fetch_add(1, Ordering::Relaxed);
        orders::lock_account(tx, &grace.id).await?;
        held.notify_one();
        tokio::time::sleep(A_WHILE).await;
        queries::lock(tx, id).await.map(drop)
    });
    let settling = async {
        held.notified().await;
        app.db
            .write(async |tx| {
                begun.fetch_add(1, Ordering::Relaxed);
                lock_for_order(tx, order).await?;
                orders::lock(tx, order).await.map(drop)
            })
            .await
    };
    let (one, other): (Result<()>, Result<()>) = futures::join!(changing, settling);
    (one?, other?);
    assert_eq!(begun.load(Ordering::Relaxed), 2, "neither had to begin anew");
    Ok(())
});

on_both!(a_plan_offered_twice_is_one_plan_with_one_price, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    let form =
        |price: &str| model::subscriptions::OfferPlan { months: "1".into(), price: price.into(), trial_days: String::new() };
    let (one, other) = futures::join!(offer(app, &sam, form("30")), offer(app, &sam, form("30")));
    one?;
    other?;
    let page = membership_page(app, &crate::Visitor::stranger(Lang::En)).await?.expect("a membership");
    assert_eq!(page.plans.len(), 1);
    let live = async || -> Result<String> {
        let all = queries::offered(&mut app.db.read().await?, PRODUCT).await?;
        Ok(all.into_iter().next().expect("a plan").id.to_string())
    };
    let before = live().await?;
    offer(app, &sam, form("30")).await?;
    assert_eq!(live().await?, before, "the same price is the same price");
    offer(app, &sam, form("45")).await?;
    assert_ne!(live().await?, before);
    Ok(())
});

on_both!(nobody_changes_to_the_plan_and_the_price_they_have, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace, sam) = (&club.school.app, club.school.grace(), club.school.sam_at_work());
    club.join(&grace, &club.month).await?;
    for price in ["45", "30"] {
        let form = model::subscriptions::OfferPlan { months: "1".into(), price: price.into(), trial_days: String::new() };
        offer(app, &sam, form).await?;
    }
    assert_eq!(refused(preview(app, &grace, &club.month).await), Refusal::SamePlan);
    club.books_hold().await
});
