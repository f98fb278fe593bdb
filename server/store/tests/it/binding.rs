use store::{Db, Error, on_both, sql};

use crate::schema::{SCHEMA, add};

on_both!(SCHEMA, every_type_and_its_absence_comes_back_as_it_went, async |db: Db| -> Result<(), Error> {
    type Person = (String, Option<i64>, Option<f64>, Option<bool>, Option<Vec<u8>>);
    let present: Person = ("a".into(), Some(i64::MIN), Some(1.5), Some(true), Some(vec![0, 255]));
    let absent: Person = ("b".into(), None, None, None, None);
    for person in [&present, &absent] {
        db.write(async |tx| {
            let (id, age, height, member, picture) = person.clone();
            tx.query(sql!("INSERT INTO people (id, email, age, height, member, picture) VALUES ($1, $1, $2, $3, $4, $5)"))
                .bind(id)
                .bind(age)
                .bind(height)
                .bind(member)
                .bind(picture)
                .execute()
                .await
        })
        .await?;
    }
    let people: Vec<Person> = db
        .read()
        .await?
        .query(sql!("SELECT id, age, height, member, picture FROM people ORDER BY id"))
        .all(|row| Ok((row.get("id")?, row.get("age")?, row.get("height")?, row.get("member")?, row.get("picture")?)))
        .await?;
    assert_eq!(people, [present, absent]);
    Ok(())
});

on_both!(SCHEMA, expressions_read_as_what_they_mean, async |db: Db| -> Result<(), Error> {
    let mut conn = db.read().await?;
    let row = conn
        .query(sql!(
            "SELECT EXISTS (SELECT 1 FROM people) AS any, CASE WHEN TRUE THEN 7 ELSE 0 END AS seven,
                    CAST(SUM(age) AS BIGINT) AS ages, COUNT(*) AS people, CAST($1 AS DOUBLE PRECISION) AS half
               FROM people
              WHERE CAST($2 AS TEXT) IS NULL OR email = $2"
        ))
        .bind(0.5)
        .bind(None::<&str>)
        .one(|row| {
            let figures = (row.get::<Option<i64>>("ages")?, row.get::<f64>("half")?);
            Ok((row.get::<bool>("any")?, row.get::<i64>("seven")?, row.get::<i64>("people")?, figures))
        })
        .await?;
    assert_eq!(row, (false, 7, 0, (None, 0.5)));
    Ok(())
});

on_both!(SCHEMA, text_that_does_not_parse_is_told_by_its_column_and_not_by_its_content, async |db: Db| -> Result<(), Error> {
    db.write(async |tx| add(tx, "secret", "9").await).await?;
    let mut conn = db.read().await?;
    let query = conn.query(sql!("SELECT id, email FROM people"));
    let error = query.one(|row| Ok((row.parse::<i64>("email")?, row.parse::<i64>("id")?))).await.unwrap_err().to_string();
    assert!(error.contains("column id") && !error.contains("secret"), "{error}");
    Ok(())
});

on_both!(SCHEMA, one_without_a_row_is_not_found, async |db: Db| -> Result<(), Error> {
    let mut conn = db.read().await?;
    let nobody = conn.query(sql!("SELECT id FROM people WHERE id = $1")).bind("x").one(|row| row.get::<String>("id")).await;
    assert!(matches!(nobody, Err(Error::NotFound)));
    let nobody =
        conn.query(sql!("SELECT id FROM people WHERE id = $1")).bind("x").optional(|row| row.get::<String>("id")).await?;
    assert_eq!(nobody, None);
    Ok(())
});

on_both!(SCHEMA, text_sorts_by_its_code_points, async |db: Db| -> Result<(), Error> {
    for id in ["b", "A", "a", "B", "中"] {
        db.write(async |tx| add(tx, id, &format!("{id}{}", id.len())).await.or_else(|_| Ok::<_, Error>(0)).map(drop)).await.ok();
        db.write(async |tx| add(tx, id, &format!("{id}-{}", id == id.to_lowercase())).await).await.ok();
    }
    let mut conn = db.read().await?;
    let ids = conn.query(sql!("SELECT id FROM people ORDER BY id")).all(|row| row.get::<String>("id")).await?;
    assert_eq!(ids, ["A", "B", "a", "b", "中"]);
    Ok(())
});
