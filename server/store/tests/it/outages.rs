use std::time::Duration;

use store::testing::Fresh;
use store::{Db, Durability, Error, Kind, Settings, sql};

use crate::schema::{SCHEMA, add, count};

fn block_on(story: impl Future<Output = Result<(), Error>>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(story).unwrap();
}

async fn impatient(fresh: &Fresh) -> Result<Db, Error> {
    let settings = Settings {
        connections: 2,
        readers: 1,
        patience: Duration::from_millis(200),
        durability: Durability::None,
        ..Settings::default()
    };
    Db::open(&fresh.url, settings).await
}

#[test]
fn a_server_that_cuts_every_connection_is_found_again() {
    block_on(async {
        let fresh = Fresh::open(Kind::Postgres, SCHEMA).await?;
        let db = impatient(&fresh).await?;
        let (one, other) = (db.read().await?, db.read().await?);
        drop((one, other));
        let killed = db
            .write(async |tx| {
                add(tx, "1", "1").await?;
                let query = fresh.db.read().await?;
                cut_all_others(query).await?;
                add(tx, "2", "2").await
            })
            .await;
        assert!(matches!(killed, Err(Error::Unavailable(_))), "{killed:?}");
        tokio::time::sleep(Duration::from_millis(1100)).await;
        for id in ["3", "4", "5"] {
            db.write(async |tx| add(tx, id, id).await).await?;
        }
        assert_eq!(count(&mut db.read().await?).await?, 3);
        db.close().await;
        fresh.remove().await
    });
}

async fn cut_all_others(mut conn: store::Conn) -> Result<(), Error> {
    conn.query(sql!(
        sqlite: "SELECT 0 AS cut",
        postgres: "SELECT COUNT(pg_terminate_backend(pid)) AS cut FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()",
    ))
    .one(|row| row.get::<i64>("cut"))
    .await
    .map(drop)
}

#[test]
fn a_server_without_a_free_connection_is_unavailable_and_then_is_not() {
    block_on(async {
        for kind in [Kind::Sqlite, Kind::Postgres] {
            let fresh = Fresh::open(kind, SCHEMA).await?;
            let db = impatient(&fresh).await?;
            let held = (db.read().await?, if kind == Kind::Postgres { Some(db.read().await?) } else { None });
            assert!(matches!(db.read().await, Err(Error::Unavailable(_))));
            drop(held);
            assert!(db.read().await.is_ok());
            db.close().await;
            fresh.remove().await?;
        }
        Ok(())
    });
}

#[test]
fn an_address_of_no_database_is_refused() {
    block_on(async {
        assert!(matches!(Db::open("mysql://x", Settings::default()).await, Err(Error::Broken(_))));
        let settings = Settings { patience: Duration::from_secs(1), ..Settings::default() };
        let nobody = Db::open("postgres://nobody@127.0.0.1:1/nothing", settings).await;
        assert!(matches!(nobody, Err(Error::Unavailable(_))), "{:?}", nobody.err());
        Ok(())
    });
}
