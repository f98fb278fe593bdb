use store::{Db, Error, Tx, on_both, sql};

use crate::schema::{SCHEMA, add, count};

/// Asks nothing, and so may wait for what comes next.
async fn put(tx: &mut Tx, id: &str, email: &str) -> Result<(), Error> {
    tx.query(sql!("INSERT INTO people (id, email) VALUES ($1, $2)")).bind(id).bind(email).write().await
}

async fn give(tx: &mut Tx, id: &str, amount: i64) -> Result<(), Error> {
    tx.query(sql!("UPDATE people SET balance = balance + $2 WHERE id = $1")).bind(id).bind(amount).write().await
}

async fn take(tx: &mut Tx, id: &str, amount: i64) -> Result<u64, Error> {
    tx.query(sql!("UPDATE people SET balance = balance - $1 WHERE id = $2 AND balance >= $1"))
        .bind(amount)
        .bind(id)
        .execute()
        .await
}

async fn balance(tx: &mut Tx, id: &str) -> Result<i64, Error> {
    tx.query(sql!("SELECT balance FROM people WHERE id = $1")).bind(id).one(|row| row.get("balance")).await
}

on_both!(SCHEMA, each_finds_what_those_before_it_wrote, async |db: Db| -> Result<(), Error> {
    let seen = db
        .write(async |tx| {
            put(tx, "1", "one").await?;
            put(tx, "2", "two").await?;
            give(tx, "1", 30).await?;
            give(tx, "1", 12).await?;
            let seen = (count(tx).await?, balance(tx, "1").await?, balance(tx, "2").await?);
            put(tx, "3", "three").await?;
            Ok::<_, Error>(seen)
        })
        .await?;
    assert_eq!(seen, (2, 42, 0));
    assert_eq!(count(&mut db.read().await?).await?, 3, "also what came last");
    Ok(())
});

on_both!(SCHEMA, a_statement_counts_its_own_rows_alone, async |db: Db| -> Result<(), Error> {
    let counted = db
        .write(async |tx| {
            put(tx, "1", "one").await?;
            put(tx, "2", "two").await?;
            give(tx, "1", 5).await?;
            let too_much = take(tx, "1", 6).await?;
            give(tx, "2", 1).await?;
            Ok::<_, Error>((too_much, take(tx, "1", 5).await?))
        })
        .await?;
    assert_eq!(counted, (0, 1));
    Ok(())
});

on_both!(SCHEMA, a_list_stands_behind_what_waits, async |db: Db| -> Result<(), Error> {
    let found = db
        .write(async |tx| {
            put(tx, "1", "one").await?;
            put(tx, "2", "two").await?;
            tx.query(sql!("SELECT id FROM people WHERE email <> $1 AND id IN (…) ORDER BY id"))
                .bind("two")
                .list(["1", "2", "3"])
                .all(|row| row.get::<String>("id"))
                .await
        })
        .await?;
    assert_eq!(found, ["1"]);
    Ok(())
});

on_both!(SCHEMA, a_write_that_fails_at_the_end_fails_its_work_and_says_why, async |db: Db| -> Result<(), Error> {
    db.write(async |tx| put(tx, "1", "one").await).await?;
    let taken: Result<(), Error> = db
        .write(async |tx| {
            put(tx, "2", "two").await?;
            put(tx, "1", "three").await
        })
        .await;
    let told = taken.unwrap_err();
    assert!(told.is_conflict("people.id"), "{told:?}");
    assert_eq!(count(&mut db.read().await?).await?, 1);
    Ok(())
});

on_both!(SCHEMA, what_waits_of_a_work_that_fails_is_not_written_by_the_next, async |db: Db| -> Result<(), Error> {
    let fails = db.write(async |tx| {
        put(tx, "1", "one").await?;
        Err::<(), _>(Error::NotFound)
    });
    let left = tokio::time::timeout(
        std::time::Duration::from_millis(100),
        db.write(async |tx| {
            put(tx, "2", "two").await?;
            std::future::pending::<Result<(), Error>>().await
        }),
    );
    assert!(matches!(fails.await, Err(Error::NotFound)));
    assert!(left.await.is_err());
    db.write(async |tx| add(tx, "3", "three").await).await?;
    assert_eq!(count(&mut db.read().await?).await?, 1);
    Ok(())
});

on_both!(SCHEMA, a_statement_that_is_never_run_takes_what_waits_for_it_along, async |db: Db| -> Result<(), Error> {
    let lost: Result<(), Error> = db
        .write(async |tx| {
            put(tx, "1", "one").await?;
            if tx.kind() == store::Kind::Postgres {
                return Err(Error::NotFound); // nothing waits there
            }
            drop(tx.query(sql!("SELECT id FROM people")));
            Ok(())
        })
        .await;
    assert!(lost.is_err());
    assert_eq!(count(&mut db.read().await?).await?, 0, "all or nothing");
    Ok(())
});

on_both!(SCHEMA, a_statement_that_is_cut_short_takes_everything_along, async |db: Db| -> Result<(), Error> {
    let done: Result<bool, Error> = db
        .write(async |tx| {
            put(tx, "1", "one").await?;
            put(tx, "2", "two").await?;
            // nobody waits for its end, unless it is there at once
            Ok(tokio::select! {
                biased;
                added = add(tx, "3", "three") => added.is_ok(),
                () = std::future::ready(()) => false,
            })
        })
        .await;
    let kept = count(&mut db.read().await?).await?;
    match done {
        Ok(whole) => assert_eq!((whole, kept), (true, 3)),
        Err(_) => assert_eq!(kept, 0),
    }
    Ok(())
});

on_both!(SCHEMA, very_many_writes_are_all_there, async |db: Db| -> Result<(), Error> {
    db.write(async |tx| {
        for number in 0..1_000 {
            let name = number.to_string();
            put(tx, &name, &name).await?;
        }
        Ok::<_, Error>(())
    })
    .await?;
    assert_eq!(count(&mut db.read().await?).await?, 1_000);
    Ok(())
});
