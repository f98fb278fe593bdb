//! The statements of signals: counts of what is written down anyway.

use crate::Result;
use model::Moment;
use model::admin::{MarkState, SignalKind, SignalMark, SignalSubject};
use model::ids::AccountId;
use store::{Conn, Row, Tx, sql};

/// So many of a kind are shown.
const MOST: i64 = 50;

/// What was counted about one person or network.
pub struct Counted {
    pub subject: SignalSubject,
    pub count: i64,
    pub since: Moment,
    pub last: Moment,
    pub places: Vec<String>,
}

fn person(row: &Row) -> Result<SignalSubject, store::Error> {
    Ok(SignalSubject::Person { account: row.parse("account_id")?, name: row.parse("name")?, email: row.get("email")? })
}

fn of_person(row: &Row) -> Result<Counted, store::Error> {
    counted(row, person(row)?, Vec::new())
}

fn counted(row: &Row, subject: SignalSubject, places: Vec<String>) -> Result<Counted, store::Error> {
    let moment = |column| Ok::<_, store::Error>(Moment::from_millis(row.get(column)?));
    Ok(Counted { subject, count: row.get("tries")?, since: moment("first_at")?, last: moment("last_at")?, places })
}

pub async fn failed_at_accounts(conn: &mut Conn, since: Moment, least: i64) -> Result<Vec<Counted>> {
    let found = conn
        .query(sql!(
            "SELECT l.account_id, a.name, a.email, COUNT(*) AS tries, MIN(l.at) AS first_at, MAX(l.at) AS last_at,
                    COUNT(DISTINCT l.network) AS networks
               FROM security_log l
               JOIN accounts a ON a.id = l.account_id
               LEFT JOIN signal_marks m ON m.kind = 'failed_at_account' AND m.subject = l.account_id AND m.state = 'closed'
              WHERE l.kind IN ('sign_in_failed', 'code_failed') AND l.at > $1 AND (m.marked_at IS NULL OR l.at > m.marked_at)
              GROUP BY l.account_id, a.name, a.email
             HAVING COUNT(*) >= $2
              ORDER BY tries DESC, l.account_id LIMIT $3"
        ))
        .bind(since.millis())
        .bind(least)
        .bind(MOST)
        .all(|row| {
            let networks: i64 = row.get("networks")?;
            counted(row, person(row)?, vec![networks.to_string()])
        })
        .await?;
    Ok(found)
}

pub async fn failed_from_networks(conn: &mut Conn, since: Moment, least: i64) -> Result<Vec<Counted>> {
    let found = conn
        .query(sql!(
            "SELECT l.network, COUNT(*) AS tries, MIN(l.at) AS first_at, MAX(l.at) AS last_at, COUNT(DISTINCT l.account_id) AS people
               FROM security_log l
               LEFT JOIN signal_marks m ON m.kind = 'failed_from_network' AND m.subject = l.network AND m.state = 'closed'
              WHERE l.kind IN ('sign_in_failed', 'code_failed') AND l.network <> '' AND l.at > $1
                AND (m.marked_at IS NULL OR l.at > m.marked_at)
              GROUP BY l.network
             HAVING COUNT(*) >= $2
              ORDER BY tries DESC, l.network LIMIT $3"
        ))
        .bind(since.millis())
        .bind(least)
        .bind(MOST)
        .all(|row| {
            let people: i64 = row.get("people")?;
            counted(row, SignalSubject::Network(row.get("network")?), vec![people.to_string()])
        })
        .await?;
    Ok(found)
}

/// Sign-ins from a country that is new for an account, where countries are known. Where they are not: from a network that is new,
/// of somebody who has a role, or after at least three failures since `failed_since`. An account's first sign-in is no signal.
pub async fn new_places(conn: &mut Conn, since: Moment, failed_since: Moment) -> Result<Vec<Counted>> {
    let found = conn
        .query(sql!(
            "SELECT l.account_id, a.name, a.email, 1 AS tries, l.at AS first_at, l.at AS last_at, l.network, l.country
               FROM security_log l
               JOIN accounts a ON a.id = l.account_id
               LEFT JOIN signal_marks m ON m.kind = 'new_place' AND m.subject = l.account_id AND m.state = 'closed'
              WHERE l.kind = 'signed_in' AND l.at > $1 AND (m.marked_at IS NULL OR l.at > m.marked_at)
                AND (l.network <> '' OR l.country <> '')
                AND EXISTS (SELECT 1 FROM security_log e
                             WHERE e.account_id = l.account_id AND e.kind = 'signed_in' AND e.at < l.at
                               AND (l.country = '' OR e.country <> ''))
                AND NOT EXISTS (SELECT 1 FROM security_log e
                                 WHERE e.account_id = l.account_id AND e.kind = 'signed_in' AND e.at < l.at
                                   AND ((l.country <> '' AND e.country = l.country) OR (l.country = '' AND e.network = l.network)))
                AND (l.country <> ''
                     OR EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = l.account_id)
                     OR (SELECT COUNT(*) FROM security_log f
                          WHERE f.account_id = l.account_id AND f.kind IN ('sign_in_failed', 'code_failed')
                            AND f.at > $2 AND f.at < l.at) >= 3)
              ORDER BY l.at DESC, l.id LIMIT $3"
        ))
        .bind(since.millis())
        .bind(failed_since.millis())
        .bind(MOST)
        .all(|row| {
            let country: String = row.get("country")?;
            let place = if country.is_empty() { row.get("network")? } else { country };
            counted(row, person(row)?, vec![place])
        })
        .await?;
    Ok(found)
}

pub async fn wrong_codes(conn: &mut Conn, kind: SignalKind, guess: &str, since: Moment, least: i64) -> Result<Vec<Counted>> {
    let found = conn
        .query(sql!(
            "SELECT w.account_id, a.name, a.email, COUNT(*) AS tries, MIN(w.at) AS first_at, MAX(w.at) AS last_at
               FROM wrong_codes w
               JOIN accounts a ON a.id = w.account_id
               LEFT JOIN signal_marks m ON m.kind = $1 AND m.subject = w.account_id AND m.state = 'closed'
              WHERE w.kind = $2 AND w.at > $3 AND (m.marked_at IS NULL OR w.at > m.marked_at)
              GROUP BY w.account_id, a.name, a.email
             HAVING COUNT(*) >= $4
              ORDER BY tries DESC, w.account_id LIMIT $5"
        ))
        .bind(kind.as_str())
        .bind(guess)
        .bind(since.millis())
        .bind(least)
        .bind(MOST)
        .all(of_person)
        .await?;
    Ok(found)
}

/// Payments that a provider declined, by who placed the order.
pub async fn declined(conn: &mut Conn, since: Moment, least: i64) -> Result<Vec<Counted>> {
    let found = conn
        .query(sql!(
            "SELECT o.account_id, a.name, a.email, COUNT(*) AS tries, MIN(t.changed_at) AS first_at, MAX(t.changed_at) AS last_at
               FROM attempts t
               JOIN orders o ON o.id = t.reference
               JOIN accounts a ON a.id = o.account_id
               LEFT JOIN signal_marks m ON m.kind = 'card_testing' AND m.subject = o.account_id AND m.state = 'closed'
              WHERE t.state = 'failed' AND t.changed_at > $1 AND (m.marked_at IS NULL OR t.changed_at > m.marked_at)
              GROUP BY o.account_id, a.name, a.email
             HAVING COUNT(*) >= $2
              ORDER BY tries DESC, o.account_id LIMIT $3"
        ))
        .bind(since.millis())
        .bind(least)
        .bind(MOST)
        .all(of_person)
        .await?;
    Ok(found)
}

/// Failed sign-ins by the number of the hour since 1970.
pub async fn failures(conn: &mut Conn, since: Moment) -> Result<Vec<(i64, i64)>> {
    let found = conn
        .query(sql!(
            "SELECT at / 3600000 AS hour, COUNT(*) AS tries FROM security_log
              WHERE kind IN ('sign_in_failed', 'code_failed') AND at >= $1 GROUP BY at / 3600000"
        ))
        .bind(since.millis())
        .all(|row| Ok((row.get("hour")?, row.get("tries")?)))
        .await?;
    Ok(found)
}

pub async fn knows_countries(conn: &mut Conn, since: Moment) -> Result<bool> {
    let known = conn
        .query(sql!("SELECT EXISTS (SELECT 1 FROM security_log WHERE at > $1 AND country <> '') AS known"))
        .bind(since.millis())
        .one(|row| row.get("known"))
        .await?;
    Ok(known)
}

/// What staff made of a signal.
pub struct Mark {
    pub kind: SignalKind,
    pub subject: String,
    pub state: MarkState,
    pub by: String,
    pub at: Moment,
}

pub async fn marks(conn: &mut Conn) -> Result<Vec<Mark>> {
    let marks = conn
        .query(sql!(
            "SELECT m.kind, m.subject, m.state, a.name, m.marked_at FROM signal_marks m JOIN accounts a ON a.id = m.marked_by"
        ))
        .all(|row| {
            Ok(Mark {
                kind: row.parse("kind")?,
                subject: row.get("subject")?,
                state: row.parse("state")?,
                by: row.get("name")?,
                at: Moment::from_millis(row.get("marked_at")?),
            })
        })
        .await?;
    Ok(marks)
}

pub async fn mark(tx: &mut Tx, mark: &SignalMark, by: &AccountId, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO signal_marks (kind, subject, state, marked_by, marked_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (kind, subject) DO UPDATE SET state = excluded.state, marked_by = excluded.marked_by, marked_at = excluded.marked_at"
    ))
    .bind(mark.kind.as_str())
    .bind(mark.subject.as_str())
    .bind(mark.state.as_str())
    .bind(by.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}
