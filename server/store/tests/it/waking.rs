use std::time::Duration;

use store::{Db, Error, Kind, Settings, Woken, on_both, testing::Fresh};

use crate::schema::{SCHEMA, add};

async fn rings(woken: Woken) -> bool {
    tokio::time::timeout(Duration::from_secs(5), woken).await.is_ok()
}

async fn quiet(woken: Woken) -> bool {
    tokio::time::timeout(Duration::from_millis(150), woken).await.is_err()
}

/// The first who waits on Postgres starts the listener, which rings once when it has connected.
async fn settled(db: &Db) {
    while tokio::time::timeout(Duration::from_millis(300), db.woken()).await.is_ok() {}
}

on_both!(SCHEMA, a_commit_that_wakes_is_heard, async |db: Db| -> Result<(), Error> {
    settled(&db).await;
    let woken = db.woken();
    db.write(async |tx| {
        tx.wake();
        add(tx, "1", "1").await
    })
    .await?;
    assert!(rings(woken).await);
    settled(&db).await;
    let woken = db.woken();
    db.wake().await?;
    assert!(rings(woken).await);
    Ok(())
});

on_both!(SCHEMA, a_rollback_wakes_nobody, async |db: Db| -> Result<(), Error> {
    settled(&db).await;
    let woken = db.woken();
    let refused: Result<(), Error> = db
        .write(async |tx| {
            tx.wake();
            Err(Error::NotFound)
        })
        .await;
    assert!(refused.is_err());
    db.write(async |tx| add(tx, "1", "1").await).await?;
    assert!(quiet(woken).await);
    Ok(())
});

#[test]
fn on_postgres_other_processes_hear_it_too() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let fresh = Fresh::open(Kind::Postgres, SCHEMA).await.unwrap();
        let other = Db::open(&fresh.url, Settings::default()).await.unwrap();
        settled(&other).await;
        let woken = other.woken();
        fresh.db.wake().await.unwrap();
        assert!(rings(woken).await);
        settled(&other).await;
        for number in ["1", "2", "3"] {
            let woken = other.woken();
            let told: Result<u64, Error> = fresh
                .db
                .write(async |tx| {
                    tx.wake();
                    add(tx, number, number).await
                })
                .await;
            told.unwrap();
            assert!(rings(woken).await, "the commit of {number}");
            settled(&other).await;
        }
        other.close().await;
        fresh.remove().await.unwrap();
    });
}
