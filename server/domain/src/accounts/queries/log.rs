//! The statements of the security log.

use crate::Result;
use crate::accounts::log::Whence;
use model::Moment;
use model::accounts::{Incident, LoggedKind};
use model::ids::{AccountId, EventId};
use store::{Conn, Tx, sql};

pub async fn append(
    tx: &mut Tx,
    id: &EventId,
    account: Option<&AccountId>,
    kind: LoggedKind,
    from: &Whence,
    at: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO security_log (id, account_id, at, kind, user_agent, network, country) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(id.as_str())
    .bind(account.map(|account| account.as_str().to_owned()))
    .bind(at.millis())
    .bind(kind.as_str())
    .bind(from.user_agent.as_str())
    .bind(from.network.as_str())
    .bind(from.country.as_str())
    .execute()
    .await?;
    Ok(())
}

pub async fn of(conn: &mut Conn, account: &AccountId, limit: i64) -> Result<Vec<Incident>> {
    let incidents = conn
        .query(sql!(
            "SELECT kind, at, user_agent, network FROM security_log WHERE account_id = $1 ORDER BY at DESC, id DESC LIMIT $2"
        ))
        .bind(account.as_str())
        .bind(limit)
        .all(|row| {
            Ok(Incident {
                kind: row.parse("kind")?,
                at: Moment::from_millis(row.get("at")?),
                user_agent: row.get("user_agent")?,
                network: row.get("network")?,
            })
        })
        .await?;
    Ok(incidents)
}

/// Whether the person has signed in from this network since.
pub async fn has_come_from(conn: &mut Conn, account: &AccountId, network: &str, since: Moment) -> Result<bool> {
    let come = conn
        .query(sql!(
            "SELECT EXISTS (SELECT 1 FROM security_log
                             WHERE account_id = $1 AND kind = 'signed_in' AND network = $2 AND at > $3) AS come"
        ))
        .bind(account.as_str())
        .bind(network)
        .bind(since.millis())
        .one(|row| row.get("come"))
        .await?;
    Ok(come)
}

pub async fn forget(tx: &mut Tx, before: Moment, of_nobody_before: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM security_log WHERE at < $1 OR (account_id IS NULL AND at < $2)"))
        .bind(before.millis())
        .bind(of_nobody_before.millis())
        .execute()
        .await?;
    Ok(())
}
