//! What is wrong with a membership is told, and nothing that is right.

use super::*;

/// The invariants that do not hold.
async fn broken(club: &Club) -> Result<Vec<String>> {
    Ok(audit::check(&club.school.app).await?.into_iter().filter(|row| !row.holds).map(|row| row.id).collect())
}

on_both!(inv_14_a_charge_after_cancelling_is_told_whatever_it_says_of_itself, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.days(32).await?;
    assert_eq!(club.school.till.counts().0, 2);
    cancel(app, &grace).await?;
    club.books_hold().await?;
    // as if it had been charged two days later, with nothing wrong in its own row
    app.db.write(async |tx| forged::charged_later(tx, days(2)).await).await?;
    assert_eq!(broken(&club).await?, ["INV-14"]);
    undo(app, &grace).await?;
    club.books_hold().await
});

on_both!(inv_18_a_membership_that_nobody_looks_at_is_told, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    // the reminder is due after twenty-six days
    club.school.after(days(26));
    club.books_hold().await?;
    club.school.after(days(2));
    assert_eq!(broken(&club).await?, ["INV-18"]);
    club.work().await?;
    club.books_hold().await
});

on_both!(inv_18_time_that_is_over_and_never_earned_is_told, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    cancel(app, &grace).await?;
    let id = club.mine(&grace).await?.id;
    app.db.write(async |tx| queries::add_value(tx, &id, 1, 1).await).await?;
    club.days(33).await?;
    assert!(!broken(&club).await?.contains(&"INV-18".to_owned()), "it is tried again for a while");
    club.days(6).await?;
    assert!(broken(&club).await?.contains(&"INV-18".to_owned()));
    app.db.write(async |tx| queries::add_value(tx, &id, 1, -1).await).await?;
    club.live(hours(2), hours(1)).await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, 3_000);
    club.books_hold().await
});
