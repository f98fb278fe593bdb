use store::{Db, Error, on_both, sql};

use crate::schema::{SCHEMA, add};

on_both!(SCHEMA, a_taken_value_is_named_by_table_and_column, async |db: Db| -> Result<(), Error> {
    db.write(async |tx| add(tx, "1", "ada@lectern.example").await).await?;
    let taken = db.write(async |tx| add(tx, "1", "other@lectern.example").await).await.unwrap_err();
    assert!(taken.is_conflict("people.id"), "{taken}");
    let taken = db.write(async |tx| add(tx, "2", "ADA@lectern.example").await).await.unwrap_err();
    assert!(taken.is_conflict("people_lower_key"), "{taken}");
    Ok(())
});

on_both!(SCHEMA, a_taken_pair_names_both_columns, async |db: Db| -> Result<(), Error> {
    let sit = async |tx: &mut store::Tx| {
        tx.query(sql!("INSERT INTO seats (pool, person) VALUES ($1, $2)")).bind("p").bind("1").execute().await
    };
    db.write(async |tx| add(tx, "1", "ada@lectern.example").await).await?;
    db.write(async |tx| sit(tx).await).await?;
    let taken = db.write(async |tx| sit(tx).await).await.unwrap_err();
    assert!(taken.is_conflict("seats.pool,person"), "{taken}");
    Ok(())
});

on_both!(SCHEMA, other_rules_of_the_schema_are_no_conflicts, async |db: Db| -> Result<(), Error> {
    let stranger = db
        .write(async |tx| {
            tx.query(sql!("INSERT INTO seats (pool, person) VALUES ($1, $2)")).bind("p").bind("nobody").execute().await
        })
        .await;
    assert!(matches!(stranger, Err(Error::Broken(_))));
    Ok(())
});
