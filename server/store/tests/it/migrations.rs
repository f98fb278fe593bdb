use store::testing::Fresh;
use store::{Db, Error, Migrations, on_both};

use crate::schema::{SCHEMA, count};

const NOTHING: Migrations = Migrations::from_sources(&[]);

on_both!(NOTHING, migrating_twice_changes_nothing, async |db: Db| -> Result<(), Error> {
    db.migrate(&SCHEMA).await?;
    db.migrate(&SCHEMA).await?;
    assert_eq!(count(&mut db.read().await?).await?, 0);
    Ok(())
});

on_both!(a_school_migrates_from_empty, async |db: Db| -> Result<(), Error> { db.migrate(&Migrations::of_the_school()).await });

on_both!(NOTHING, two_processes_may_migrate_at_once, async |db: Db| -> Result<(), Error> {
    let (one, other) = tokio::join!(db.migrate(&SCHEMA), db.migrate(&SCHEMA));
    one.and(other)
});

on_both!(NOTHING, a_migration_that_changed_is_refused, async |db: Db| -> Result<(), Error> {
    const CHANGED: Migrations = store::migrations!["schema_changed/0001_people.sql"];
    db.migrate(&SCHEMA).await?;
    assert!(matches!(db.migrate(&CHANGED).await, Err(Error::Broken(_))));
    Ok(())
});

#[test]
fn every_test_has_a_database_of_its_own() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for kind in [store::Kind::Sqlite, store::Kind::Postgres] {
            let (one, other) = tokio::join!(Fresh::open(kind, SCHEMA), Fresh::open(kind, SCHEMA));
            let (one, other) = (one.unwrap(), other.unwrap());
            one.db.write(async |tx| crate::schema::add(tx, "1", "1").await).await.unwrap();
            assert_eq!(count(&mut other.db.read().await.unwrap()).await.unwrap(), 0);
            one.remove().await.unwrap();
            other.remove().await.unwrap();
        }
    });
}
