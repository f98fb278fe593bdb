use store::{Db, Error, on_both, sql};

use crate::schema::{SCHEMA, add};

on_both!(SCHEMA, a_list_fills_its_gap, async |db: Db| -> Result<(), Error> {
    for id in ["a", "b", "c", "d"] {
        db.write(async |tx| add(tx, id, id).await).await?;
    }
    let mut conn = db.read().await?;
    for (wanted, found) in [(vec![], 0), (vec!["a"], 1), (vec!["a", "b", "x"], 2), (vec!["a", "b", "c", "d", "e"], 3)] {
        let ids = conn
            .query(sql!("SELECT id FROM people WHERE email <> $1 AND id IN (…)"))
            .bind("d")
            .list(wanted.iter().copied())
            .all(|row| row.get::<String>("id"))
            .await?;
        assert_eq!(ids.len(), found, "{wanted:?}");
    }
    Ok(())
});

on_both!(SCHEMA, outside_of_an_empty_list_is_everything, async |db: Db| -> Result<(), Error> {
    db.write(async |tx| add(tx, "a", "a").await).await?;
    let mut conn = db.read().await?;
    let none: [i64; 0] = [];
    let query = conn.query(sql!("SELECT id FROM people WHERE balance NOT IN (…)")).list(none);
    assert_eq!(query.all(|row| row.get::<String>("id")).await?.len(), 1);
    Ok(())
});

on_both!(SCHEMA, optional_filters_join_constant_fragments, async |db: Db| -> Result<(), Error> {
    for id in ["a", "b", "c"] {
        db.write(async |tx| add(tx, id, id).await).await?;
    }
    let mut conn = db.read().await?;
    let all = conn.query(sql!("SELECT id FROM people WHERE id <> $1")).bind("c");
    let some = all.and("AND (id = $? OR email = $?)").bind("a").bind("c").and("ORDER BY id");
    assert_eq!(some.all(|row| row.get::<String>("id")).await?, ["a"]);
    Ok(())
});

on_both!(SCHEMA, a_list_without_a_gap_is_a_mistake, async |db: Db| -> Result<(), Error> {
    let mut conn = db.read().await?;
    let wrong = conn.query(sql!("SELECT id FROM people")).list(["a"]).all(|row| row.get::<String>("id")).await;
    assert!(matches!(wrong, Err(Error::Broken(_))));
    Ok(())
});
