//! Money that goes back.

use super::*;

on_both!(a_refund_of_a_change_of_plan_ends_what_it_began, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(10).await?;
    let used = 3_000 - preview(&club.school.app, &grace, &club.year).await?.credit.minor();
    let page = club.better(&grace, &club.year).await?;
    club.paid(&page).await?;
    // what was used of the month is earned by now
    club.days(1).await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, used);
    let year = club.mine(&grace).await?.invoices[0].order.clone();
    refunded(&club.school, &year, "").await?;
    assert_eq!((club.state(&grace).await?, club.access(&grace).await?), (SubscriptionState::Ended, false));
    assert_eq!(club.deferred(&year).await?, 0, "it came out of the year that nobody will have");
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, used, "and not out of what was earned");
    club.books_hold().await?;
    club.live(days(400), days(20)).await?;
    assert_eq!(
        club.balance(&ledger::Account::Revenue).await?,
        3_000,
        "the rest of the month is earned with the year it went into"
    );
    club.books_hold().await
});

on_both!(a_part_of_a_change_of_plan_goes_back_out_of_the_time_it_began, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let grace = club.school.grace();
    club.join(&grace, &club.month).await?;
    club.days(10).await?;
    let used = 3_000 - preview(&club.school.app, &grace, &club.year).await?.credit.minor();
    let page = club.better(&grace, &club.year).await?;
    club.paid(&page).await?;
    let year = club.mine(&grace).await?.invoices[0].order.clone();
    // a part of it: the membership goes on, and the year is worth so much less
    refunded(&club.school, &year, "100.00").await?;
    assert_eq!(club.state(&grace).await?, SubscriptionState::Active);
    club.days(1).await?;
    assert_eq!(club.balance(&ledger::Account::Revenue).await?, used, "what was used of the month is earned as before");
    club.books_hold().await
});

on_both!(a_difference_is_asked_for_no_more_when_its_credit_went_back, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let month = club.mine(&grace).await?.invoices[0].order.clone();
    club.school.after(minutes(5));
    let page = club.better(&grace, &club.year).await?;
    refunded(&club.school, &month, "10.00").await?;
    let mine = club.mine(&grace).await?;
    assert_eq!((mine.state, mine.invoices[0].state, mine.to_pay), (SubscriptionState::Active, InvoiceState::Void, None));
    // it is paid all the same, and goes back
    club.paid(&page).await?;
    let order = orders::show_order(app, &grace, &mine.invoices[0].order).await?;
    assert_eq!((order.state, order.refunds.len()), (OrderState::Canceled, 1));
    assert_eq!(club.mine(&grace).await?.plan.months, 1);
    club.books_hold().await?;
    // what is left of the month counts for the next one
    let shown = preview(app, &grace, &club.year).await?;
    assert!(shown.credit.minor() <= 2_000, "{shown:?}");
    let page = club.better(&grace, &club.year).await?;
    club.paid(&page).await?;
    assert_eq!(club.mine(&grace).await?.plan.months, 12);
    club.days(2).await?;
    club.books_hold().await
});

on_both!(inv_05_a_membership_that_lives_on_money_that_went_back_is_told, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    club.books_hold().await?;
    let order = club.mine(&grace).await?.invoices[0].order.clone();
    app.db.write(async |tx| forged::all_went_back(tx, &order).await).await?;
    let told = audit::check(app).await?.into_iter().find(|row| row.id == "INV-05").expect("an invariant");
    assert_eq!(told.offending.len(), 1, "{told:?}");
    Ok(())
});
