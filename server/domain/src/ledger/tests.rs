//! Properties of the ledger, with the database.

use super::*;
use crate::testing::School;
use crate::{Error, Result, audit};
use model::payments::Provider;
use model::{Currency, Money};
use proptest::prelude::*;
use store::on_both;

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::Cny)
}

async fn holds(school: &School, id: &str) -> Result<bool> {
    Ok(audit::check(&school.app).await?.into_iter().any(|row| row.id == id && row.holds))
}

on_both!(an_entry_is_written_whole_or_not_at_all, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let negative = Entry::new(Links::default())
        .moved(Account::Psp(Provider::Sandbox), Account::Revenue, yuan(100), Kind::Capture)
        .moved(Account::Revenue, Account::Tax, yuan(-1), Kind::Tax);
    assert!(matches!(app.db.write(async |tx| post(app, tx, &negative).await).await, Err(Error::Bug(_))));
    assert!(chain(&mut app.db.read().await?, 0, 10).await?.is_empty());
    assert!(holds(&school, "INV-01").await? && holds(&school, "INV-02").await?);
    Ok(())
});

on_both!(inv_02_transfers_are_never_changed_and_a_changed_one_would_be_found, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let entry = Entry::new(Links::default()).moved(Account::Psp(Provider::Sandbox), Account::Revenue, yuan(100), Kind::Capture);
    app.db.write(async |tx| post(app, tx, &entry).await).await?;
    app.db.write(async |tx| post(app, tx, &entry).await).await?;
    let tampered = app.db.write(async |tx| tx.query(store::sql!("UPDATE transfers SET amount = 1")).execute().await).await;
    assert!(tampered.is_err(), "the database refuses");
    let removed = app.db.write(async |tx| tx.query(store::sql!("DELETE FROM transfers")).execute().await).await;
    assert!(removed.is_err(), "the database refuses");
    let links = chain(&mut app.db.read().await?, 0, 10).await?;
    assert_eq!(links[1].prev_hash, links[0].hash);
    let forged = Transfer { moved: Move { amount: yuan(1), ..links[0].moved.clone() }, ..links[0].clone() };
    assert_ne!(seal(&forged), links[0].hash);
    Ok(())
});

on_both!(writers_at_once_make_one_chain, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let entry = Entry::new(Links::default())
        .moved(Account::Psp(Provider::Sandbox), Account::Revenue, yuan(7), Kind::Capture)
        .moved(Account::Revenue, Account::InstructorPending(school.ada().id), yuan(3), Kind::Share);
    let all = (0..12).map(|_| app.db.write(async |tx| post(app, tx, &entry).await));
    for outcome in futures::future::join_all(all).await {
        outcome?;
    }
    assert_eq!(chain(&mut app.db.read().await?, 0, 100).await?.len(), 24);
    assert!(holds(&school, "INV-01").await? && holds(&school, "INV-02").await?);
    Ok(())
});

proptest! {
    #![proptest_config(ProptestConfig {
        // each has a database of its own: 12 where PROPTEST_CASES says nothing
        cases: ProptestConfig::default().cases.div_ceil(22),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn inv_01_whatever_is_posted_reserved_and_resolved_balances(steps in prop::collection::vec((1i64..1_000_000, 0u8..4), 1..12)) {
        store::testing::run(store::Kind::Sqlite, store::Migrations::of_the_school(), async |db| -> Result<()> {
            let school = School::open(db).await;
            let app = &school.app;
            for (number, (amount, what)) in steps.iter().enumerate() {
                let refund = format!("r{number}");
                let links = Links { refund: Some(refund.clone()), ..Links::default() };
                let (psp, revenue) = (Account::Psp(Provider::Sandbox), Account::Revenue);
                app.db
                    .write(async |tx| {
                        let (psp, revenue) = (psp.clone(), revenue.clone());
                        match what {
                            0 => post(app, tx, &Entry::new(links.clone()).moved(psp, revenue, yuan(*amount), Kind::Capture)).await,
                            1 => post(app, tx, &Entry::new(links.clone()).reserved(psp, revenue, yuan(*amount), Kind::Refund)).await,
                            2 => {
                                post(app, tx, &Entry::new(links.clone()).reserved(revenue, psp, yuan(*amount), Kind::Refund)).await?;
                                resolve(app, tx, &refund, Resolution::Post).await?;
                                resolve(app, tx, &refund, Resolution::Void).await?;
                                reverse(app, tx, &refund).await.map(drop)
                            }
                            _ => {
                                post(app, tx, &Entry::new(links.clone()).reserved(revenue, psp, yuan(*amount), Kind::Refund)).await?;
                                resolve(app, tx, &refund, Resolution::Void).await
                            }
                        }
                    })
                    .await?;
                assert!(holds(&school, "INV-01").await?, "after {what} of {amount}");
            }
            assert!(holds(&school, "INV-02").await?);
            Ok(())
        });
    }
}

on_both!(a_person_s_movements_are_found_by_their_accounts, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let (ada, lin) = (school.ada().id, school.lin().id);
    let entry = Entry::new(Links::default())
        .moved(Account::Psp(Provider::Sandbox), Account::Revenue, yuan(7), Kind::Capture)
        .moved(Account::Revenue, Account::InstructorPending(ada.clone()), yuan(3), Kind::Share)
        .moved(Account::InstructorPending(ada.clone()), Account::InstructorPayable(ada.clone()), yuan(2), Kind::Release)
        .moved(Account::Revenue, Account::InstructorPending(lin), yuan(1), Kind::Share);
    app.db.write(async |tx| post(app, tx, &entry).await).await?;
    let mut conn = app.db.read().await?;
    let seqs = |found: Vec<Transfer>| found.into_iter().map(|transfer| transfer.seq).collect::<Vec<_>>();
    assert_eq!(seqs(queries::chain_of(&mut conn, &ada, 0, 10).await?), [2, 3], "each once");
    assert_eq!(seqs(queries::chain_of(&mut conn, &ada, 0, 1).await?), [2]);
    assert_eq!(seqs(queries::chain_of(&mut conn, &ada, 2, 10).await?), [3]);
    let steps = store::testing::steps(&app.db, "ledger/queries.rs", "a.owner_id = $3").await?;
    assert_eq!(steps.is_empty(), app.db.kind() == store::Kind::Postgres);
    let walks = |step: &String| step.strip_prefix("SCAN ").is_some_and(|walked| !walked.starts_with("own"));
    assert!(!steps.iter().any(walks), "{steps:?}");
    assert!(!steps.iter().any(|step| step.contains("(seq>?)")), "the ledger is not walked in its order: {steps:?}");
    Ok(())
});
