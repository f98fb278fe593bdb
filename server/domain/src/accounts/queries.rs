//! The statements of accounts.

pub mod consents;
pub mod links;
pub mod log;
pub mod roles;
pub mod second;
pub mod seen_as;
pub mod standing;

use super::NewAccount;
use super::log::Whence;
use crate::Result;
use crate::error::OrNotFound;
use model::Moment;
use model::accounts::{Me, NewProfile, OpenSession, Profile, Role};
use model::ids::AccountId;
use model::text::{Email, Slug};
use store::{Conn, Row, Tx, sql};

/// Opens a session for somebody who has just shown who they are.
pub async fn add_session(
    tx: &mut Tx,
    hash: &str,
    account: &AccountId,
    now: Moment,
    expires: Moment,
    whence: &Whence,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO sessions (id_hash, account_id, created_at, seen_at, proven_at, expires_at, user_agent, network)
         VALUES ($1, $2, $3, $3, $3, $4, $5, $6)"
    ))
    .bind(hash)
    .bind(account.as_str())
    .bind(now.millis())
    .bind(expires.millis())
    .bind(whence.user_agent.as_str())
    .bind(whence.network.as_str())
    .execute()
    .await?;
    Ok(())
}

pub struct FoundSession {
    pub me: Me,
    pub opened_at: Moment,
    pub seen_at: Moment,
    pub proven_at: Moment,
}

pub async fn session(conn: &mut Conn, hash: &str, now: Moment) -> Result<Option<FoundSession>> {
    let rows = conn
        .query(sql!(
            "SELECT a.id, a.name, s.created_at, s.seen_at, s.proven_at, r.role
               FROM sessions s
               JOIN accounts a ON a.id = s.account_id
               LEFT JOIN account_roles r ON r.account_id = a.id
              WHERE s.id_hash = $1 AND s.expires_at > $2 AND a.suspended_at IS NULL"
        ))
        .bind(hash)
        .bind(now.millis())
        .all(|row: &Row| {
            let me =
                Me { id: row.parse("id")?, name: row.parse("name")?, roles: row.parse_optional("role")?.into_iter().collect() };
            let moment = |column| Ok::<_, store::Error>(Moment::from_millis(row.get(column)?));
            Ok(FoundSession {
                me,
                opened_at: moment("created_at")?,
                seen_at: moment("seen_at")?,
                proven_at: moment("proven_at")?,
            })
        })
        .await?;
    Ok(rows.into_iter().reduce(|mut all, next| {
        all.me.roles.extend(next.me.roles);
        all
    }))
}

pub async fn touch_session(tx: &mut Tx, hash: &str, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE sessions SET seen_at = $2 WHERE id_hash = $1")).bind(hash).bind(now.millis()).execute().await?;
    Ok(())
}

/// The person at this session has just shown who they are.
pub async fn set_proven(tx: &mut Tx, hash: &str, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE sessions SET proven_at = $2 WHERE id_hash = $1")).bind(hash).bind(now.millis()).execute().await?;
    Ok(())
}

/// Writes a new person; an address or a handle that is taken is a conflict.
pub async fn add_account(tx: &mut Tx, new: &NewAccount, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO accounts (id, email, handle, name, headline, bio, lang, password_hash, created_at, email_verified_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    ))
    .bind(new.id.as_str())
    .bind(new.email.as_str())
    .bind(new.handle.as_str())
    .bind(new.name.as_str())
    .bind(new.headline.as_str())
    .bind(new.bio.as_str())
    .bind(new.lang.as_str())
    .bind(new.password_hash.clone())
    .bind(now.millis())
    .bind(new.verified.then(|| now.millis()))
    .execute()
    .await?;
    Ok(())
}

pub async fn add_role(tx: &mut Tx, account: &AccountId, role: Role, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!("INSERT INTO account_roles (account_id, role, granted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"))
        .bind(account.as_str())
        .bind(role.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn is_known(conn: &mut Conn, email: &Email) -> Result<bool> {
    let known = conn
        .query(sql!("SELECT EXISTS (SELECT 1 FROM accounts WHERE email = $1) AS known"))
        .bind(email.as_str())
        .one(|row| row.get("known"))
        .await?;
    Ok(known)
}

/// What is needed to check a password.
pub struct Credentials {
    pub id: AccountId,
    pub password_hash: Option<String>,
    pub suspended: bool,
}

pub async fn credentials(conn: &mut Conn, email: &Email) -> Result<Option<Credentials>> {
    let found = conn
        .query(sql!("SELECT id, password_hash, suspended_at FROM accounts WHERE email = $1"))
        .bind(email.as_str())
        .optional(|row| {
            Ok(Credentials {
                id: row.parse("id")?,
                password_hash: row.get("password_hash")?,
                suspended: row.get::<Option<i64>>("suspended_at")?.is_some(),
            })
        })
        .await?;
    Ok(found)
}

pub async fn profile(conn: &mut Conn, account: &AccountId) -> Result<Option<Profile>> {
    let found = conn
        .query(sql!("SELECT email, handle, name, headline, bio, lang FROM accounts WHERE id = $1"))
        .bind(account.as_str())
        .optional(profile_row)
        .await?;
    Ok(found)
}

/// Somebody to be written to, and whether their address is shown to be theirs; nobody where they were forgotten.
pub async fn addressee(conn: &mut Conn, account: &AccountId) -> Result<Option<(Profile, bool)>> {
    let found = conn
        .query(sql!(
            "SELECT email, handle, name, headline, bio, lang, email_verified_at FROM accounts WHERE id = $1 AND erased_at IS NULL"
        ))
        .bind(account.as_str())
        .optional(|row| Ok((profile_row(row)?, row.get::<Option<i64>>("email_verified_at")?.is_some())))
        .await?;
    Ok(found)
}

fn profile_row(row: &Row) -> Result<Profile, store::Error> {
    Ok(Profile {
        email: row.parse("email")?,
        handle: row.parse("handle")?,
        name: row.parse("name")?,
        headline: row.get("headline")?,
        bio: row.get("bio")?,
        lang: row.parse("lang")?,
    })
}

pub async fn set_profile(tx: &mut Tx, account: &AccountId, new: &NewProfile) -> Result<()> {
    tx.query(sql!("UPDATE accounts SET name = $2, headline = $3, bio = $4, lang = $5 WHERE id = $1"))
        .bind(account.as_str())
        .bind(new.name.as_str())
        .bind(new.headline.as_str())
        .bind(new.bio.as_str())
        .bind(new.lang.as_str())
        .execute()
        .await?;
    Ok(())
}

/// Topics somebody wants to hear about.
pub async fn interests(conn: &mut Conn, account: &AccountId) -> Result<Vec<Slug>> {
    let topics = conn
        .query(sql!("SELECT topic FROM account_interests WHERE account_id = $1 ORDER BY topic"))
        .bind(account.as_str())
        .all(|row| row.parse("topic"))
        .await?;
    Ok(topics)
}

/// Whether each of them is a topic of ours; the transaction is to be given up where one is not.
pub async fn set_interests(tx: &mut Tx, account: &AccountId, topics: &[Slug], now: Moment) -> Result<bool> {
    tx.query(sql!("DELETE FROM account_interests WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    let mut added = 0;
    for topic in topics {
        added += tx
            .query(sql!(
                "INSERT INTO account_interests (account_id, topic, chosen_at)
                 SELECT $1, slug, CAST($3 AS BIGINT) FROM topics WHERE slug = $2"
            ))
            .bind(account.as_str())
            .bind(topic.as_str())
            .bind(now.millis())
            .execute()
            .await?;
    }
    Ok(usize::try_from(added) == Ok(topics.len()))
}

pub async fn password_of(conn: &mut Conn, account: &AccountId) -> Result<Option<String>> {
    let found = conn
        .query(sql!("SELECT password_hash FROM accounts WHERE id = $1"))
        .bind(account.as_str())
        .optional(|row| row.get::<Option<String>>("password_hash"))
        .await?;
    Ok(found.flatten())
}

/// Replaces the password, if it still is the one it was checked against.
pub async fn set_password(tx: &mut Tx, account: &AccountId, was: Option<&str>, hash: &str) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash IS NOT DISTINCT FROM $2"))
        .bind(account.as_str())
        .bind(was.map(str::to_owned))
        .bind(hash)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Sets a new password by a link that reached `email`; where that still is the person's address, it is known to be theirs.
pub async fn replace_password(tx: &mut Tx, account: &AccountId, hash: &str, email: &Email, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE accounts SET password_hash = $2 WHERE id = $1")).bind(account.as_str()).bind(hash).execute().await?;
    set_verified(tx, account, email, now).await?;
    Ok(())
}

/// Whether the address is still the person's; it is known to be theirs now.
pub async fn set_verified(tx: &mut Tx, account: &AccountId, email: &Email, now: Moment) -> Result<bool> {
    let set = tx
        .query(sql!("UPDATE accounts SET email_verified_at = COALESCE(email_verified_at, $3) WHERE id = $1 AND email = $2"))
        .bind(account.as_str())
        .bind(email.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(set == 1)
}

pub async fn is_verified(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT email_verified_at FROM accounts WHERE id = $1"))
        .bind(account.as_str())
        .optional(|row| row.get::<Option<i64>>("email_verified_at"))
        .await?;
    Ok(found.flatten().is_some())
}

/// Another address, shown to be theirs; one that somebody has is a conflict.
pub async fn set_email(tx: &mut Tx, account: &AccountId, email: &Email, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE accounts SET email = $2, email_verified_at = $3 WHERE id = $1"))
        .bind(account.as_str())
        .bind(email.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// Nobody comes in by a password until a new one is set.
pub async fn forget_password(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("UPDATE accounts SET password_hash = NULL WHERE id = $1")).bind(account.as_str()).execute().await?;
    Ok(())
}

/// Ends the keys of programs that act for this person.
pub async fn end_tokens(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE api_tokens SET ended_at = $2, nonce = NULL WHERE account_id = $1 AND ended_at IS NULL"))
        .bind(account.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// Whether the person may come in by what was checked a moment ago: not suspended, and the password still the one that was verified.
/// Their row stays locked, so that a change of it comes before or after and not between.
pub async fn still_stands(tx: &mut Tx, account: &AccountId, verified: Option<&str>) -> Result<bool> {
    lock(tx, account).await?;
    let stands = verified.is_none() || password_of(tx, account).await?.as_deref() == verified;
    Ok(stands && !is_suspended(tx, account).await?)
}

pub async fn is_suspended(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT suspended_at FROM accounts WHERE id = $1"))
        .bind(account.as_str())
        .optional(|row| row.get::<Option<i64>>("suspended_at"))
        .await?;
    Ok(found.is_none_or(|suspended| suspended.is_some()))
}

/// Whether everything of the person's own was taken out of the account.
pub async fn is_erased(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT id FROM accounts WHERE id = $1 AND erased_at IS NOT NULL"))
        .bind(account.as_str())
        .optional(|_| Ok(()))
        .await?;
    Ok(found.is_some())
}

/// How many characters of a session's hash name it to its owner.
const NAME_LENGTH: usize = 16;

pub async fn sessions(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<Vec<OpenSession>> {
    let sessions = conn
        .query(sql!(
            "SELECT id_hash, created_at, seen_at, user_agent, network FROM sessions
              WHERE account_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id_hash LIMIT 100"
        ))
        .bind(account.as_str())
        .bind(now.millis())
        .all(|row| {
            Ok(OpenSession {
                id: row.get::<String>("id_hash")?.chars().take(NAME_LENGTH).collect(),
                user_agent: row.get("user_agent")?,
                network: row.get("network")?,
                opened: Moment::from_millis(row.get("created_at")?),
                seen: Moment::from_millis(row.get("seen_at")?),
                this: false,
            })
        })
        .await?;
    Ok(sessions)
}

/// The full hash of one of a person's own sessions.
pub async fn session_named(conn: &mut Conn, account: &AccountId, name: &str) -> Result<Option<String>> {
    let found = conn
        .query(sql!("SELECT id_hash FROM sessions WHERE account_id = $1 AND SUBSTR(id_hash, 1, 16) = $2"))
        .bind(account.as_str())
        .bind(name)
        .optional(|row| row.get("id_hash"))
        .await?;
    Ok(found)
}

/// Whether this is a session of theirs that was not ended.
pub async fn is_session_of(conn: &mut Conn, hash: &str, account: &AccountId) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT 1 AS it_is FROM sessions WHERE id_hash = $1 AND account_id = $2"))
        .bind(hash)
        .bind(account.as_str())
        .optional(|row| row.get::<i64>("it_is"))
        .await?;
    Ok(found.is_some())
}

pub async fn end_session(tx: &mut Tx, hash: &str) -> Result<()> {
    tx.query(sql!("DELETE FROM sessions WHERE id_hash = $1")).bind(hash).execute().await?;
    Ok(())
}

pub async fn end_sessions(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("DELETE FROM sessions WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    Ok(())
}

pub async fn end_other_sessions(tx: &mut Tx, account: &AccountId, kept: &str) -> Result<()> {
    tx.query(sql!("DELETE FROM sessions WHERE account_id = $1 AND id_hash <> $2"))
        .bind(account.as_str())
        .bind(kept)
        .execute()
        .await?;
    Ok(())
}

pub async fn forget_sessions(tx: &mut Tx, now: Moment, unseen_since: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM sessions WHERE expires_at <= $1 OR seen_at < $2"))
        .bind(now.millis())
        .bind(unseen_since.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn remove_roles(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("DELETE FROM account_roles WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    Ok(())
}

/// Where somebody's letters go.
pub async fn email(conn: &mut Conn, account: &AccountId) -> Result<String> {
    conn.query(sql!("SELECT email FROM accounts WHERE id = $1"))
        .bind(account.as_str())
        .optional(|row| row.get("email"))
        .await?
        .or_not_found()
}

/// What somebody is called.
pub async fn name(conn: &mut Conn, account: &AccountId) -> Result<String> {
    conn.query(sql!("SELECT name FROM accounts WHERE id = $1"))
        .bind(account.as_str())
        .optional(|row| row.get("name"))
        .await?
        .or_not_found()
}

/// Keeps what the person owns and owes from changing until the transaction ends; always locked before their orders.
pub async fn lock(tx: &mut Tx, account: &AccountId) -> Result<()> {
    if tx.writes_alone() {
        return Ok(());
    }
    tx.query(sql!(
        sqlite: "SELECT id FROM accounts WHERE id = $1",
        postgres: "SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE"
    ))
    .bind(account.as_str())
    .optional(|_| Ok(()))
    .await?;
    Ok(())
}
