//! The log's statements.

use super::{Event, Happening, Logged, Position};
use crate::Result;
use model::Moment;
use model::ids::EventId;
use store::{Conn, Row, Tx, sql};

pub async fn append(tx: &mut Tx, id: &EventId, event: &Event, at: Moment) -> Result<()> {
    tx.query(sql!("INSERT INTO events (id, kind, subject_id, account_id, detail, at) VALUES ($1, $2, $3, $4, $5, $6)"))
        .bind(id.as_str())
        .bind(event.kind.as_str())
        .bind(event.subject.as_str())
        .bind(event.account.as_ref().map(|a| a.as_str().to_owned()))
        .bind(event.detail.as_str())
        .bind(at.millis())
        .write()
        .await?;
    Ok(())
}

/// On Postgres only what is older than every running transaction, so that nothing appears behind a cursor later. On SQLite, where
/// one writes at a time, every `tx` is nought and the rows lie in the order of `seq`.
pub async fn after(conn: &mut Conn, from: Position, limit: i64) -> Result<Vec<Logged>> {
    let rows = conn
        .query(sql!(
            sqlite: "SELECT tx, seq, id, kind, subject_id, account_id, detail, at FROM events
                      WHERE tx >= $1 AND seq > $2 ORDER BY seq LIMIT $3",
            postgres: "SELECT tx, seq, id, kind, subject_id, account_id, detail, at FROM events
                      WHERE (tx, seq) > ($1, $2)
                        AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)
                      ORDER BY tx, seq LIMIT $3"
        ))
        .bind(from.tx)
        .bind(from.seq)
        .bind(limit)
        .all(logged)
        .await?;
    Ok(rows)
}

pub async fn written_after(conn: &mut Conn, from: Position, limit: i64) -> Result<Vec<Logged>> {
    let rows = conn
        .query(sql!(
            sqlite: "SELECT tx, seq, id, kind, subject_id, account_id, detail, at FROM events
                      WHERE tx >= $1 AND seq > $2 ORDER BY seq LIMIT $3",
            postgres: "SELECT tx, seq, id, kind, subject_id, account_id, detail, at FROM events
                      WHERE (tx, seq) > ($1, $2) ORDER BY tx, seq LIMIT $3"
        ))
        .bind(from.tx)
        .bind(from.seq)
        .bind(limit)
        .all(logged)
        .await?;
    Ok(rows)
}

fn logged(row: &Row) -> Result<Logged, store::Error> {
    Ok(Logged {
        position: Position { tx: row.get("tx")?, seq: row.get("seq")? },
        id: row.parse("id")?,
        event: Event {
            // a version back after a later one was at work: what it announced says nothing to us
            kind: row.get::<String>("kind")?.parse().unwrap_or(Happening::Unknown),
            subject: row.get("subject_id")?,
            account: row.parse_optional("account_id")?,
            detail: row.get("detail")?,
        },
        at: Moment::from_millis(row.get("at")?),
    })
}

fn position(row: &Row) -> Result<Position, store::Error> {
    Ok(Position { tx: row.get("tx")?, seq: row.get("seq")? })
}

pub async fn cursor(conn: &mut Conn, follower: &str) -> Result<Position> {
    let found =
        conn.query(sql!("SELECT tx, seq FROM event_cursors WHERE follower = $1")).bind(follower).optional(position).await?;
    Ok(found.unwrap_or_default())
}

pub async fn end(conn: &mut Conn) -> Result<Position> {
    let found = conn
        .query(sql!(
            sqlite: "SELECT tx, seq FROM events ORDER BY seq DESC LIMIT 1",
            postgres: "SELECT tx, seq FROM events ORDER BY tx DESC, seq DESC LIMIT 1"
        ))
        .optional(position)
        .await?;
    Ok(found.unwrap_or_default())
}

pub async fn settled(conn: &mut Conn) -> Result<Position> {
    let found = conn
        .query(sql!(
            sqlite: "SELECT tx, seq FROM events ORDER BY seq DESC LIMIT 1",
            postgres: "SELECT tx, seq FROM events WHERE tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)
                        ORDER BY tx DESC, seq DESC LIMIT 1"
        ))
        .optional(position)
        .await?;
    Ok(found.unwrap_or_default())
}

/// Every transaction whose rows can be seen has a smaller number.
pub async fn horizon(conn: &mut Conn) -> Result<i64> {
    let horizon = conn
        .query(sql!(
            sqlite: "SELECT 9223372036854775807 AS horizon",
            postgres: "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT) AS horizon"
        ))
        .one(|row| row.get("horizon"))
        .await?;
    Ok(horizon)
}

/// Whether an event or a cursor names a transaction that this database has not come to.
pub async fn reaches_beyond(conn: &mut Conn, horizon: i64) -> Result<bool> {
    let found = conn
        .query(sql!(
            "SELECT tx FROM events WHERE tx >= $1 UNION ALL SELECT tx FROM event_cursors WHERE tx >= $1 ORDER BY tx DESC LIMIT 1"
        ))
        .bind(horizon)
        .optional(|row| row.get::<i64>("tx"))
        .await?;
    Ok(found.is_some())
}

pub async fn lock_cursors(tx: &mut Tx) -> Result<()> {
    tx.query(sql!(
        sqlite: "SELECT follower FROM event_cursors ORDER BY follower",
        postgres: "SELECT follower FROM event_cursors ORDER BY follower FOR UPDATE"
    ))
    .all(|_| Ok(()))
    .await?;
    Ok(())
}

/// Events up to the last that names a transaction beyond: as many cursors as have passed one is its number, so that each stands on
/// the same side of every cursor as before. Among themselves they keep the order in which they were written.
pub async fn number_events_anew(tx: &mut Tx, horizon: i64) -> Result<()> {
    tx.query(sql!(
        "UPDATE events SET tx = (SELECT COUNT(*) FROM event_cursors c WHERE (c.tx, c.seq) < (events.tx, events.seq))
          WHERE seq <= (SELECT COALESCE(MAX(e.seq), 0) FROM events e WHERE e.tx >= $1)"
    ))
    .bind(horizon)
    .execute()
    .await?;
    Ok(())
}

/// Each cursor behind the events that it has passed; after [`number_events_anew`].
pub async fn number_cursors_anew(tx: &mut Tx) -> Result<()> {
    tx.query(sql!(
        "UPDATE event_cursors
            SET tx = (SELECT COUNT(*) FROM event_cursors c WHERE (c.tx, c.seq) < (event_cursors.tx, event_cursors.seq)),
                seq = 9223372036854775807"
    ))
    .execute()
    .await?;
    Ok(())
}

/// As if a later version of the program had announced them.
#[cfg(test)]
pub async fn pretend_from_later(tx: &mut Tx, subject: &str) -> Result<()> {
    tx.query(sql!("UPDATE events SET kind = 'something_of_later' WHERE subject_id = $1")).bind(subject).execute().await?;
    Ok(())
}

/// As if the rows came out of a cluster that has seen very many transactions.
#[cfg(test)]
pub async fn pretend_from_elsewhere(tx: &mut Tx) -> Result<()> {
    tx.query(sql!(
        sqlite: "UPDATE events SET tx = tx",
        postgres: "UPDATE events SET tx = tx + 1000000000000000"
    ))
    .execute()
    .await?;
    tx.query(sql!(
        sqlite: "UPDATE event_cursors SET tx = tx",
        postgres: "UPDATE event_cursors SET tx = tx + 1000000000000000"
    ))
    .execute()
    .await?;
    Ok(())
}

pub async fn advance(tx: &mut Tx, follower: &str, position: Position) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO event_cursors (follower, tx, seq) VALUES ($1, $2, $3)
         ON CONFLICT (follower) DO UPDATE SET tx = excluded.tx, seq = excluded.seq"
    ))
    .bind(follower)
    .bind(position.tx)
    .bind(position.seq)
    .write()
    .await?;
    Ok(())
}
