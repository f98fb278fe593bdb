//! The statements of consents and choices.

use crate::Result;
use model::ids::{AccountId, ConsentId};
use model::privacy::{Consent, FeedUse, Purpose};
use model::viewer::Theme;
use model::{Lang, Moment};
use store::{Conn, Tx, sql};

pub async fn add(tx: &mut Tx, id: &ConsentId, account: &AccountId, consent: &Consent, lang: Lang) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO consents (id, account_id, purpose, version, given, lang, at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(id.as_str())
    .bind(account.as_str())
    .bind(consent.purpose.as_str())
    .bind(consent.version)
    .bind(consent.given)
    .bind(lang.as_str())
    .bind(consent.at.millis())
    .execute()
    .await?;
    Ok(())
}

/// Every answer of a person, the latest first.
pub async fn of(conn: &mut Conn, account: &AccountId) -> Result<Vec<Consent>> {
    let answers = conn
        .query(sql!("SELECT purpose, version, given, at FROM consents WHERE account_id = $1 ORDER BY at DESC, id DESC LIMIT 200"))
        .bind(account.as_str())
        .all(|row| {
            Ok(Consent {
                purpose: row.parse("purpose")?,
                version: row.get("version")?,
                given: row.get("given")?,
                at: Moment::from_millis(row.get("at")?),
            })
        })
        .await?;
    Ok(answers)
}

/// What holds from now on for a purpose that can be answered by itself.
pub async fn set_answer(tx: &mut Tx, account: &AccountId, purpose: Purpose, given: bool) -> Result<()> {
    let statement = match purpose {
        Purpose::Personal => sql!(
            "INSERT INTO account_choices (account_id, personal) VALUES ($1, $2)
             ON CONFLICT (account_id) DO UPDATE SET personal = excluded.personal"
        ),
        Purpose::Letters => sql!(
            "INSERT INTO account_choices (account_id, letters) VALUES ($1, $2)
             ON CONFLICT (account_id) DO UPDATE SET letters = excluded.letters"
        ),
        Purpose::Terms | Purpose::Privacy => return Ok(()),
    };
    tx.query(statement).bind(account.as_str()).bind(given).execute().await?;
    Ok(())
}

pub async fn feed_use(conn: &mut Conn, account: &AccountId) -> Result<FeedUse> {
    let found = conn
        .query(sql!("SELECT personal, feed_studied, feed_looked, feed_interests FROM account_choices WHERE account_id = $1"))
        .bind(account.as_str())
        .optional(|row| {
            Ok(FeedUse {
                personal: row.get("personal")?,
                studied: row.get("feed_studied")?,
                looked: row.get("feed_looked")?,
                interests: row.get("feed_interests")?,
            })
        })
        .await?;
    Ok(found.unwrap_or_default())
}

pub async fn set_feed_use(tx: &mut Tx, account: &AccountId, uses: FeedUse) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO account_choices (account_id, feed_studied, feed_looked, feed_interests) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE SET feed_studied = excluded.feed_studied, feed_looked = excluded.feed_looked,
             feed_interests = excluded.feed_interests"
    ))
    .bind(account.as_str())
    .bind(uses.studied)
    .bind(uses.looked)
    .bind(uses.interests)
    .execute()
    .await?;
    Ok(())
}

pub async fn wants_letters(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT letters FROM account_choices WHERE account_id = $1"))
        .bind(account.as_str())
        .optional(|row| row.get("letters"))
        .await?;
    Ok(found.unwrap_or_default())
}

pub async fn theme(conn: &mut Conn, account: &AccountId) -> Result<Option<Theme>> {
    let found = conn
        .query(sql!("SELECT theme FROM account_choices WHERE account_id = $1"))
        .bind(account.as_str())
        .optional(|row| row.parse_optional("theme"))
        .await?;
    Ok(found.flatten())
}

pub async fn set_theme(tx: &mut Tx, account: &AccountId, theme: Theme) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO account_choices (account_id, theme) VALUES ($1, $2) ON CONFLICT (account_id) DO UPDATE SET theme = excluded.theme"
    ))
    .bind(account.as_str())
    .bind(theme.as_str())
    .execute()
    .await?;
    Ok(())
}
