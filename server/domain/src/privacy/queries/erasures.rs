//! The statements of the list of who was forgotten.

use crate::Result;
use crate::privacy::Erasure;
use model::Moment;
use model::ids::{AccountId, CourseId};
use store::{Conn, Row, Tx, sql};

/// Written in the transaction that forgets them.
pub async fn add(tx: &mut Tx, one: &Erasure) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO erasures (account_id, at, keeps_reviews) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET at = excluded.at, keeps_reviews = excluded.keeps_reviews, noted_at = NULL"
    ))
    .bind(one.account.as_str())
    .bind(one.at.millis())
    .bind(one.keeps_reviews)
    .execute()
    .await?;
    Ok(())
}

/// Those that are not noted beside the files yet, the oldest first.
pub async fn to_note(conn: &mut Conn, limit: i64) -> Result<Vec<Erasure>> {
    let waiting = conn
        .query(sql!("SELECT account_id, at, keeps_reviews FROM erasures WHERE noted_at IS NULL ORDER BY at, account_id LIMIT $1"))
        .bind(limit)
        .all(erasure)
        .await?;
    Ok(waiting)
}

pub async fn noted(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE erasures SET noted_at = $2 WHERE account_id = $1"))
        .bind(account.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn all(conn: &mut Conn) -> Result<Vec<Erasure>> {
    let all = conn.query(sql!("SELECT account_id, at, keeps_reviews FROM erasures ORDER BY at, account_id")).all(erasure).await?;
    Ok(all)
}

fn erasure(row: &Row) -> Result<Erasure, store::Error> {
    Ok(Erasure {
        account: row.parse("account_id")?,
        at: Moment::from_millis(row.get("at")?),
        keeps_reviews: row.get("keeps_reviews")?,
    })
}

/// Whether the account is nobody's any more; none where there never was one.
pub async fn is_done(conn: &mut Conn, account: &AccountId) -> Result<Option<bool>> {
    let found = conn
        .query(sql!("SELECT CASE WHEN erased_at IS NULL THEN 0 ELSE 1 END AS done FROM accounts WHERE id = $1"))
        .bind(account.as_str())
        .optional(|row| Ok(row.get::<i64>("done")? == 1))
        .await?;
    Ok(found)
}

/// Courses of theirs that the catalog offers.
pub async fn offered(conn: &mut Conn, account: &AccountId) -> Result<Vec<CourseId>> {
    let offered = conn
        .query(sql!("SELECT id FROM courses WHERE instructor_id = $1 AND state = 'listed' ORDER BY id"))
        .bind(account.as_str())
        .all(|row| row.parse("id"))
        .await?;
    Ok(offered)
}

/// Bundles and drafts of theirs say too that they are not offered.
pub async fn withdraw(tx: &mut Tx, account: &AccountId) -> Result<()> {
    for statement in [
        sql!("UPDATE bundles SET state = 'unlisted' WHERE instructor_id = $1 AND state = 'listed'"),
        sql!("UPDATE drafts SET state = 'unlisted' WHERE owner_id = $1 AND state IN ('published', 'changed')"),
    ] {
        tx.query(statement).bind(account.as_str()).execute().await?;
    }
    Ok(())
}
