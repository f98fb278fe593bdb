use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use store::{Db, Error, on_both, sql};

use crate::schema::{SCHEMA, add, count};

on_both!(SCHEMA, what_succeeds_is_kept_and_what_fails_is_not, async |db: Db| -> Result<(), Error> {
    db.write(async |tx| add(tx, "1", "1").await).await?;
    let refused: Result<(), Error> = db
        .write(async |tx| {
            add(tx, "2", "2").await?;
            assert_eq!(count(tx).await?, 2);
            Err(Error::NotFound)
        })
        .await;
    assert!(matches!(refused, Err(Error::NotFound)));
    assert_eq!(count(&mut db.read().await?).await?, 1);
    Ok(())
});

on_both!(SCHEMA, a_reading_connection_cannot_write, async |db: Db| -> Result<(), Error> {
    let mut conn = db.read().await?;
    let written = conn.query(sql!("INSERT INTO people (id, email) VALUES ($1, $2)")).bind("1").bind("1").execute().await;
    assert!(written.is_err());
    drop(conn);
    assert_eq!(count(&mut db.read().await?).await?, 0);
    Ok(())
});

on_both!(SCHEMA, work_that_may_only_read_writes_nothing, async |db: Db| -> Result<(), Error> {
    let inside = store::reading_only(async {
        let refused: Result<u64, Error> = db.write(async |tx| add(tx, "1", "1").await).await;
        assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
        count(&mut db.read().await?).await
    });
    assert_eq!(inside.await?, 0, "reading goes on");
    db.write(async |tx| add(tx, "1", "1").await).await?;
    assert_eq!(count(&mut db.read().await?).await?, 1, "and writing too, outside");
    Ok(())
});

on_both!(SCHEMA, a_failed_statement_cannot_be_passed_over, async |db: Db| -> Result<(), Error> {
    db.write(async |tx| add(tx, "1", "1").await).await?;
    let passed_over: Result<(), Error> = db
        .write(async |tx| {
            assert!(add(tx, "1", "1").await.is_err());
            assert!(add(tx, "2", "2").await.is_err());
            Ok(())
        })
        .await;
    assert!(matches!(passed_over, Err(Error::Broken(_))));
    assert_eq!(count(&mut db.read().await?).await?, 1);
    Ok(())
});

on_both!(SCHEMA, work_that_is_left_in_the_middle_leaves_nothing, async |db: Db| -> Result<(), Error> {
    let stuck = db.write(async |tx| {
        add(tx, "1", "1").await?;
        std::future::pending::<Result<(), Error>>().await
    });
    assert!(tokio::time::timeout(Duration::from_millis(100), stuck).await.is_err());
    db.write(async |tx| add(tx, "2", "2").await).await?;
    assert_eq!(count(&mut db.read().await?).await?, 1);
    Ok(())
});

on_both!(SCHEMA, rivals_that_block_each_other_are_run_again, async |db: Db| -> Result<(), Error> {
    for id in ["a", "b"] {
        db.write(async |tx| add(tx, id, id).await).await?;
    }
    let runs = AtomicU32::new(0);
    let both_ways = async |first: &str, second: &str| {
        db.write(async |tx| {
            runs.fetch_add(1, Ordering::Relaxed);
            raise(tx, first).await?;
            tokio::time::sleep(Duration::from_millis(100)).await;
            raise(tx, second).await
        })
        .await
    };
    let (one, other) = tokio::join!(both_ways("a", "b"), both_ways("b", "a"));
    one.and(other)?;
    let mut conn = db.read().await?;
    let balances = conn.query(sql!("SELECT balance FROM people")).all(|row| row.get::<i64>("balance")).await?;
    assert_eq!(balances, [2, 2]);
    let at_least = if db.kind() == store::Kind::Postgres { 3 } else { 2 };
    assert!(runs.load(Ordering::Relaxed) >= at_least, "a deadlock is run again");
    Ok(())
});

async fn raise(tx: &mut store::Tx, id: &str) -> Result<u64, Error> {
    tx.query(sql!("UPDATE people SET balance = balance + 1 WHERE id = $1")).bind(id).execute().await
}

on_both!(SCHEMA, many_writers_lose_nothing, async |db: Db| -> Result<(), Error> {
    db.write(async |tx| add(tx, "a", "a").await).await?;
    let raises = (0..40).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { db.write(async |tx| raise(tx, "a").await).await })
    });
    for raised in raises.collect::<Vec<_>>() {
        assert_eq!(raised.await.unwrap()?, 1);
    }
    let mut conn = db.read().await?;
    assert_eq!(conn.query(sql!("SELECT balance FROM people")).one(|row| row.get::<i64>("balance")).await?, 40);
    Ok(())
});

/// Writes once somebody who writes longer lets go, so that all who wait do it together.
async fn after_a_long_one<T: Send + 'static>(db: &Db, then: Vec<impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    let held = db.clone();
    let long = tokio::spawn(async move {
        held.write(async |tx| {
            add(tx, "long", "long").await?;
            tokio::time::sleep(Duration::from_millis(100)).await;
            Ok::<_, Error>(())
        })
        .await
    });
    tokio::time::sleep(Duration::from_millis(30)).await;
    let then: Vec<_> = then.into_iter().map(tokio::spawn).collect();
    long.await.unwrap().unwrap();
    let mut all = Vec::new();
    for one in then {
        all.push(one.await.unwrap());
    }
    all
}

on_both!(SCHEMA, who_fails_among_many_undoes_their_own_part_alone, async |db: Db| -> Result<(), Error> {
    let many = (0..30).map(|number: u32| {
        let db = db.clone();
        async move {
            let id = number.to_string();
            let done: Result<(), Error> = db
                .write(async |tx| {
                    add(tx, &id, &id).await?;
                    match number % 3 {
                        0 => Ok(()),
                        1 => Err(Error::NotFound),
                        // taken: the statement fails
                        _ => add(tx, "long", "long").await.map(drop),
                    }
                })
                .await;
            (number, done)
        }
    });
    for (number, done) in after_a_long_one(&db, many.collect()).await {
        let fits = match number % 3 {
            0 => done.is_ok(),
            1 => matches!(done, Err(Error::NotFound)),
            _ => matches!(done, Err(Error::Conflict { .. })),
        };
        assert!(fits, "{number}: {done:?}");
    }
    assert_eq!(count(&mut db.read().await?).await?, 11);
    Ok(())
});

on_both!(SCHEMA, who_goes_away_in_the_middle_takes_nobody_along, async |db: Db| -> Result<(), Error> {
    let runs = Arc::new(AtomicU32::new(0));
    let many = (0..20).map(|number: u32| {
        let (db, runs) = (db.clone(), runs.clone());
        async move {
            let id = number.to_string();
            let writing = db.write(async |tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                add(tx, &id, &id).await?;
                if number == 7 {
                    std::future::pending::<()>().await;
                }
                Ok::<_, Error>(())
            });
            tokio::time::timeout(Duration::from_millis(if number == 7 { 300 } else { 10_000 }), writing).await
        }
    });
    let done = after_a_long_one(&db, many.collect()).await;
    assert_eq!(done.iter().filter(|one| matches!(one, Ok(Ok(())))).count(), 19);
    assert_eq!(runs.load(Ordering::Relaxed), 20, "nobody else runs again");
    assert_eq!(count(&mut db.read().await?).await?, 20);
    Ok(())
});

on_both!(SCHEMA, who_is_done_does_not_wait_for_all_who_take_long, async |db: Db| -> Result<(), Error> {
    let long = Arc::new(AtomicU32::new(0));
    let many = (0..30).map(|number: u32| {
        let (db, long) = (db.clone(), long.clone());
        async move {
            let id = number.to_string();
            db.write(async |tx| {
                add(tx, &id, &id).await?;
                if number > 0 {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    long.fetch_add(1, Ordering::Relaxed);
                }
                Ok::<_, Error>(())
            })
            .await?;
            Ok::<_, Error>((number, long.load(Ordering::Relaxed)))
        }
    });
    for told in after_a_long_one(&db, many.collect()).await {
        let (number, behind) = told?;
        assert!(number > 0 || behind < 25, "the first waited for {behind}");
    }
    assert_eq!(count(&mut db.read().await?).await?, 31);
    Ok(())
});

on_both!(SCHEMA, what_is_told_as_written_can_be_read_by_everybody, async |db: Db| -> Result<(), Error> {
    let many = (0..40).map(|number: u32| {
        let db = db.clone();
        async move {
            let id = number.to_string();
            db.write(async |tx| add(tx, &id, &id).await).await?;
            let mut conn = db.read().await?;
            let query = conn.query(sql!("SELECT id FROM people WHERE id = $1")).bind(id.as_str());
            query.one(|row| row.get::<String>("id")).await.map(drop)
        }
    });
    for told in after_a_long_one(&db, many.collect()).await {
        told?;
    }
    Ok(())
});

/// Handlers of the program run on any thread: what they await must be `Send`, whatever the closure borrows.
#[test]
fn a_write_may_be_awaited_on_any_thread() {
    struct Form {
        id: String,
        emails: Vec<String>,
    }
    async fn place(tx: &mut store::Tx, form: &Form, who: &str) -> Result<i64, Error> {
        for email in form.emails.iter().map(String::as_str) {
            add(tx, who, email).await?;
        }
        count(tx).await
    }
    async fn handler(db: &Db, form: Form, who: &str) -> Result<i64, Error> {
        let placed = db.write(async |tx| place(tx, &form, who).await).await?;
        let moved = form.id.clone();
        db.write(async move |tx| add(tx, &moved, &format!("{placed}")).await).await?;
        let again: Result<i64, Error> = db
            .write(async |tx| {
                add(tx, &form.id, who).await?;
                place(tx, &form, who).await
            })
            .await;
        again
    }
    fn send<F: Future + Send + 'static>(_: F) {}
    send(async {
        let db = Db::open("sqlite://nowhere", store::Settings::default()).await?;
        let who = String::from("ada");
        handler(&db, Form { id: String::new(), emails: Vec::new() }, &who).await
    });
}
