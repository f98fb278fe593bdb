//! Stories of leaving.

use super::{is_refused, schema, work};
use crate::ledger::{self, Account, Entry, Kind, Links};
use crate::privacy::{
    Erasure, Reapplied, ask_archive, ask_leave, come_back, erasures, forget_next, leaving, note_erasures, reapply, undo,
};
use crate::testing::buying::{books_hold, bought};
use crate::testing::{PASSWORD, School};
use crate::{Error, Member, Result, accounts, catalog, feed};
use model::accounts::SignIn;
use model::payments::Provider;
use model::privacy::{Leave, Obstacle, Refusal};
use model::text::Hidden;
use model::time::{days, hours};
use model::{Currency, Fault, Lang, Money, Problem};
use store::{Db, on_both};

fn form() -> Leave {
    Leave { reviews: "remove".into(), waive: String::new(), understood: "on".into() }
}

async fn all_forgotten(school: &School) -> Result<()> {
    while forget_next(&school.app).await? {}
    Ok(())
}

/// Who may come in by the password of the cast.
async fn may_enter(school: &School, email: &str) -> bool {
    let form = SignIn { email: email.into(), password: Hidden::new(PASSWORD), next: String::new() };
    let visitor = crate::Visitor { network: "198.51.100.7".into(), ..crate::Visitor::stranger(Lang::En) };
    accounts::sign_in(&school.app, &visitor, &form).await.is_ok()
}

on_both!(gd_2_for_seven_days_one_may_think_better_of_it, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let unread = Leave { understood: String::new(), ..form() };
    let refused = ask_leave(app, &school.visit(&grace), &unread).await;
    assert!(matches!(refused, Err(Error::Fault(fault)) if fault == Fault::field("understood", Problem::Required)));
    let stale = crate::Visitor { proven_at: None, ..school.visit(&grace) };
    assert!(matches!(ask_leave(app, &stale, &form()).await, Err(Error::Fault(Fault::Confirm))));
    assert!(is_refused(&undo(app, &school.visit(&grace)).await, Refusal::NotLeaving));
    ask_leave(app, &school.visit(&grace), &form()).await?;
    assert_eq!(leaving(app, &grace).await?.due, Some(app.now() + days(7)));
    work(&school).await?;
    assert!(school.letters().iter().any(|letter| letter.text.contains("/en/settings/delete")));
    school.after(days(5));
    ask_leave(app, &school.visit(&grace), &form()).await?;
    work(&school).await?;
    let told: Vec<_> = school.letters().into_iter().filter(|letter| letter.text.contains("/en/settings/delete")).collect();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].text, told[1].text, "asked twice, by the day of the first");
    school.after(days(1));
    all_forgotten(&school).await?;
    assert!(may_enter(&school, "grace@lectern.example").await, "until then everything is as before");
    undo(app, &school.visit(&grace)).await?;
    school.after(days(30));
    all_forgotten(&school).await?;
    assert!(may_enter(&school, "grace@lectern.example").await);
    Ok(())
});

on_both!(gd_2_when_the_days_are_over_it_is_too_late_to_think_better_of_it, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    ask_leave(app, &school.visit(&grace), &form()).await?;
    school.after(days(7));
    assert!(is_refused(&undo(app, &school.visit(&grace)).await, Refusal::NotLeaving));
    all_forgotten(&school).await?;
    assert!(!may_enter(&school, "grace@lectern.example").await);
    Ok(())
});

on_both!(gd_2_who_is_kept_out_could_not_think_better_of_it_and_stays, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    ask_leave(app, &school.visit(&grace), &form()).await?;
    school.suspend(&grace).await;
    school.after(days(8));
    all_forgotten(&school).await?;
    assert!(!accounts::is_erased(&mut app.db.read().await?, &grace.id).await?);
    assert_eq!(leaving(app, &grace).await?.due, None, "they may ask again");
    work(&school).await?;
    assert!(school.letters().iter().any(|letter| letter.text.contains("nothing of a suspended account is deleted")));
    Ok(())
});

on_both!(gd_2_what_has_to_be_settled_is_named, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let ada = ask_leave(app, &school.visit(&school.ada()), &form()).await;
    assert!(is_refused(&ada, Refusal::Stands(Obstacle::OnSale)), "{ada:?}");
    let sam = ask_leave(app, &school.visit(&school.sam()), &form()).await;
    assert!(is_refused(&sam, Refusal::Stands(Obstacle::LastAdmin)), "{sam:?}");
    let grace = school.grace();
    top_up(&school, &grace, 1_000).await?;
    assert_eq!(leaving(app, &grace).await?.obstacles, [Obstacle::Wallet]);
    let asked = ask_leave(app, &school.visit(&grace), &form()).await;
    assert!(is_refused(&asked, Refusal::Stands(Obstacle::Wallet)), "{asked:?}");
    Ok(())
});

/// So much of their own money in somebody's wallet.
async fn top_up(school: &School, who: &Member, fen: i64) -> Result<()> {
    let (from, to) = (Account::Psp(Provider::Sandbox), Account::Wallet(who.id.clone()));
    let entry = Entry::new(Links::default()).moved(from, to, Money::new(fen, Currency::Cny), Kind::Topup);
    school.app.db.write(async |tx| ledger::post(&school.app, tx, &entry).await).await
}

on_both!(gd_2_money_that_was_given_up_is_the_school_s, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    top_up(&school, &grace, 1_000).await?;
    ask_leave(app, &school.visit(&grace), &Leave { waive: "on".into(), ..form() }).await?;
    school.after(days(8));
    all_forgotten(&school).await?;
    let mut conn = app.db.read().await?;
    let left = ledger::balance(&mut conn, &Account::Wallet(grace.id.clone()), Currency::Cny).await?;
    assert!(left.is_zero(), "{left:?}");
    let kept = ledger::balance(&mut conn, &Account::Breakage, Currency::Cny).await?;
    assert_eq!(kept, Money::new(1_000, Currency::Cny));
    Ok(())
});

on_both!(gd_2_what_comes_up_meanwhile_stops_it_and_is_told, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    ask_leave(app, &school.visit(&grace), &form()).await?;
    top_up(&school, &grace, 1_000).await?;
    school.after(days(8));
    all_forgotten(&school).await?;
    assert!(may_enter(&school, "grace@lectern.example").await);
    assert_eq!(leaving(app, &grace).await?.due, None);
    work(&school).await?;
    assert!(school.letters().iter().any(|letter| letter.text.contains("something came up")));
    Ok(())
});

on_both!(gd_2_who_is_forgotten_is_nowhere_but_in_the_papers_that_the_law_keeps, async |db: Db| -> Result<(), Error> {
    let school = School::open(db.clone()).await;
    let (app, grace) = (&school.app, school.grace());
    let order = bought(&school, &grace).await?;
    school.after(days(30));
    feed::viewed(app, &grace, &school.notes()).await?;
    assert!(may_enter(&school, "grace@lectern.example").await);
    ask_archive(app, &school.visit(&grace)).await?;
    work(&school).await?;
    ask_leave(app, &school.visit(&grace), &form()).await?;
    school.after(days(7));
    school.after(hours(1));
    all_forgotten(&school).await?;
    work(&school).await?;
    books_hold(&school).await?;
    assert!(!may_enter(&school, "grace@lectern.example").await);
    // what an order's papers say is sealed, and stays for the law
    let papers = ["receipts", "credit_notes", "papers"];
    for (table, column, text) in store::testing::texts(&db).await? {
        for canary in ["grace@lectern.example", "Grace Hopper"] {
            assert!(papers.contains(&table.as_str()) || !text.contains(canary), "{canary} is still in {table}.{column}: {text}");
        }
        let named = text == grace.id.as_str();
        assert!(!named || schema::may_name(&table) || column == "subject_id", "{table}.{column} still names them");
    }
    let kept = crate::orders::show_for_staff(app, &school.sam_at_work(), &order).await?;
    assert_eq!(kept.order.id, order, "the order stays");
    let found = catalog::teacher(&mut app.db.read().await?, &"grace".parse().map_err(Error::bug)?).await?;
    assert!(found.is_none(), "their public name is free");
    Ok(())
});

on_both!(gd_2_who_was_forgotten_after_the_backup_is_forgotten_again_after_the_restore, async |db: Db| -> Result<(), Error> {
    let kind = db.kind();
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    ask_leave(app, &school.visit(&grace), &form()).await?;
    school.after(days(8));
    all_forgotten(&school).await?;
    assert!(app.ports.files.list("erasures").await.map_err(Error::bug)?.is_empty());
    while note_erasures(app).await? {}
    let list = erasures(app).await?;
    assert_eq!(list.iter().map(|one| &one.account).collect::<Vec<_>>(), [&grace.id]);
    let note = format!("erasures/{}", grace.id);
    let text = app.ports.files.read(&note, 0, 1024).await.map_err(Error::bug)?;
    let text = String::from_utf8_lossy(&text);
    assert!(!text.contains("lectern.example") && !text.contains("Grace"), "{text}");

    // the copy: the same school as it was before
    let copy = store::testing::Fresh::open(kind, store::Migrations::of_the_school()).await?;
    {
        let restored = School::open(copy.db.clone()).await;
        assert_eq!(restored.grace().id, grace.id, "the same people");
        bought(&restored, &grace).await?;
        assert!(may_enter(&restored, "grace@lectern.example").await, "they have come back");
        // the files were not in the copy, and kept their notes
        restored.app.ports.files.write(&note, 0, text.as_bytes().to_vec()).await.map_err(Error::bug)?;
        let back = come_back(&mut restored.app.db.read().await?, restored.app.ports.files.as_ref()).await?;
        assert_eq!(back, list);
        let told = reapply(&restored.app, &back).await?;
        assert_eq!(told.again, std::slice::from_ref(&grace.id));
        assert!(!may_enter(&restored, "grace@lectern.example").await);
        for (table, column, text) in store::testing::texts(&copy.db).await? {
            let paper = ["receipts", "credit_notes", "papers"].contains(&table.as_str());
            let named = text.contains("grace@lectern.example") || text.contains("Grace Hopper");
            assert!(paper || !named, "{table}.{column}: {text}");
        }
        books_hold(&restored).await?;
        let left = come_back(&mut restored.app.db.read().await?, restored.app.ports.files.as_ref()).await?;
        assert!(left.is_empty(), "{left:?}");
        let twice = reapply(&restored.app, &list).await?;
        assert_eq!(twice, Reapplied { gone: 1, ..Reapplied::default() });
    }
    copy.remove().await?;
    Ok(())
});

on_both!(gd_2_a_restore_brings_back_no_seller_and_takes_no_last_administrator, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, ada, sam) = (&school.app, school.ada(), school.sam());
    let erasure = |account: &model::ids::AccountId| Erasure { account: account.clone(), at: app.now(), keeps_reviews: false };
    let nobody = "nobody".parse().map_err(Error::bug)?;
    top_up(&school, &ada, 1_000).await?;
    let told = reapply(app, &[erasure(&ada.id), erasure(&sam.id), erasure(&nobody)]).await?;
    assert_eq!(told, Reapplied { again: vec![ada.id.clone()], gone: 0, unknown: 1, kept: vec![sam.id.clone()] });
    let mut conn = app.db.read().await?;
    assert!(catalog::teacher(&mut conn, &"ada".parse().map_err(Error::bug)?).await?.is_none());
    assert!(accounts::is_erased(&mut conn, &ada.id).await? && !accounts::is_erased(&mut conn, &sam.id).await?);
    drop(conn);
    let left = ledger::balance(&mut app.db.read().await?, &Account::Wallet(ada.id.clone()), Currency::Cny).await?;
    assert!(left.is_zero(), "it was given up when they went: {left:?}");
    let unlisted = school.announced(crate::events::Happening::CourseUnlisted).await;
    assert_eq!(unlisted.len(), 2, "what they sold is offered no more: {unlisted:?}");
    Ok(())
});
