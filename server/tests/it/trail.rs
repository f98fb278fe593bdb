//! The audit trail is only ever added to, also by whoever reaches the database with the program's own account.

use domain::audit_trail::{self, Deed};
use domain::testing::School;
use store::{Db, on_both, sql};

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
