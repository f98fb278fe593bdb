//! The audit trail is only ever added to, also by whoever reaches the database with the program's own account; and whoever takes the
//! guards away does not go unnoticed.

use domain::audit_trail::{self, Deed};
use domain::testing::School;
use domain::{App, audit};
use store::{Db, Sql, on_both, sql};

on_both!(asvs_16_4_2_what_was_done_stays_written_as_it_was, async |db: Db| -> Result<(), domain::Error> {
    let school = School::open(db).await;
    let app = &school.app;
    app.db.write(async |tx| audit_trail::record(app, tx, Deed::new("thing.done", "thing", "t-1")).await).await?;
    for change in [sql!("UPDATE audit_entries SET detail = 'nothing'"), sql!("DELETE FROM audit_entries")] {
        let changed = app.db.write(async |tx| {
            tx.query(change).execute().await?;
            Ok::<_, domain::Error>(())
        });
        assert!(changed.await.is_err(), "it was changed");
    }
    let done = audit_trail::of(&mut app.db.read().await?, &["t-1".to_owned()]).await?;
    assert_eq!(done.iter().map(|done| done.action.as_str()).collect::<Vec<_>>(), ["thing.done"]);
    Ok(())
});

async fn change(app: &App, how: Sql) -> Result<(), domain::Error> {
    app.db
        .write(async |tx| {
            tx.query(how).execute().await?;
            Ok(())
        })
        .await
}

async fn broken(app: &App) -> Result<Vec<String>, domain::Error> {
    Ok(audit::check(app).await?.into_iter().filter(|row| !row.holds).map(|row| row.id).collect())
}

on_both!(asvs_16_4_2_what_was_sealed_is_not_changed_unnoticed, async |db: Db| -> Result<(), domain::Error> {
    let school = School::open(db).await;
    let app = &school.app;
    for thing in ["t-1", "t-2"] {
        app.db.write(async |tx| audit_trail::record(app, tx, Deed::new("thing.done", "thing", thing)).await).await?;
    }
    while audit_trail::seal(app).await? {}
    assert_eq!(broken(app).await?, Vec::<String>::new());
    // whoever owns the tables can do this, and the program could
    let guards = [
        sql!(sqlite: "DROP TRIGGER audit_entries_no_update", postgres: "DROP TRIGGER audit_entries_append_only ON audit_entries"),
        sql!(sqlite: "DROP TRIGGER audit_entries_no_delete", postgres: "DROP TRIGGER audit_seals_append_only ON audit_seals"),
    ];
    for guard in guards {
        change(app, guard).await?;
    }
    change(app, sql!("UPDATE audit_entries SET detail = 'nothing' WHERE subject_id = 't-1'")).await?;
    assert_eq!(broken(app).await?, ["INV-15"]);
    change(app, sql!("UPDATE audit_entries SET detail = '' WHERE subject_id = 't-1'")).await?;
    assert_eq!(broken(app).await?, Vec::<String>::new(), "as it was");
    change(app, sql!("DELETE FROM audit_entries WHERE subject_id = 't-2'")).await?;
    assert_eq!(broken(app).await?, ["INV-15"]);
    Ok(())
});

on_both!(asvs_16_4_2_what_stands_beside_the_seals_is_told, async |db: Db| -> Result<(), domain::Error> {
    let school = School::open(db).await;
    let app = &school.app;
    app.db.write(async |tx| audit_trail::record(app, tx, Deed::new("thing.done", "thing", "t-1")).await).await?;
    while audit_trail::seal(app).await? {}
    app.db.write(async |tx| audit_trail::record(app, tx, Deed::new("thing.done", "thing", "t-2")).await).await?;
    assert_eq!(broken(app).await?, Vec::<String>::new(), "what was just done may wait for its seal");
    change(app, sql!("DELETE FROM audit_waiting")).await?;
    assert_eq!(broken(app).await?, ["INV-15"], "it lies under no seal and waits for none");
    change(app, sql!("INSERT INTO audit_waiting (entry_id) SELECT id FROM audit_entries WHERE subject_id = 't-2'")).await?;
    assert_eq!(broken(app).await?, Vec::<String>::new());
    change(app, sql!("UPDATE audit_seal_head SET seq = seq - 1")).await?;
    assert_eq!(broken(app).await?, ["INV-15"]);
    Ok(())
});
