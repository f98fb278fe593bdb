//! Taking a person out of every table; what the books need stays, without them.

use crate::Result;
use model::Moment;
use model::ids::{AccountId, CourseId};
use store::{Conn, Tx, sql};

/// Who goes: the address their letters went to, and their language.
pub struct Leaver {
    pub email: String,
    pub lang: model::Lang,
}

pub async fn leaver(conn: &mut Conn, account: &AccountId) -> Result<Option<Leaver>> {
    let found = conn
        .query(sql!("SELECT email, lang FROM accounts WHERE id = $1 AND erased_at IS NULL"))
        .bind(account.as_str())
        .optional(|row| Ok(Leaver { email: row.get("email")?, lang: row.parse("lang")? }))
        .await?;
    Ok(found)
}

/// Takes out drafts that were never published; nobody else has seen them.
pub async fn drafts(tx: &mut Tx, account: &AccountId) -> Result<()> {
    for statement in [
        sql!(
            "DELETE FROM draft_lessons WHERE course_id IN (SELECT d.course_id FROM drafts d WHERE d.owner_id = $1
                AND NOT EXISTS (SELECT 1 FROM courses c WHERE c.id = d.course_id))"
        ),
        sql!(
            "DELETE FROM draft_chapters WHERE course_id IN (SELECT d.course_id FROM drafts d WHERE d.owner_id = $1
                AND NOT EXISTS (SELECT 1 FROM courses c WHERE c.id = d.course_id))"
        ),
        sql!("DELETE FROM drafts WHERE owner_id = $1 AND NOT EXISTS (SELECT 1 FROM courses c WHERE c.id = drafts.course_id)"),
    ] {
        tx.query(statement).bind(account.as_str()).execute().await?;
    }
    Ok(())
}

/// Keys of files that nothing shows: of the library, of uploads under way, and archives.
pub async fn loose_files(conn: &mut Conn, account: &AccountId) -> Result<Vec<String>> {
    let mut keys: Vec<String> = Vec::new();
    let media = conn
        .query(sql!(
            "SELECT file_key, poster_key FROM media m WHERE m.owner_id = $1
                AND NOT EXISTS (SELECT 1 FROM lessons l WHERE l.media_id = m.id)
                AND NOT EXISTS (SELECT 1 FROM courses c WHERE c.cover_media_id = m.id)
                AND NOT EXISTS (SELECT 1 FROM draft_lessons l WHERE l.media_id = m.id)
                AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.cover_media_id = m.id)"
        ))
        .bind(account.as_str())
        .all(|row| Ok((row.get::<String>("file_key")?, row.get::<Option<String>>("poster_key")?)))
        .await?;
    keys.extend(media.into_iter().flat_map(|(file, poster)| [Some(file), poster]).flatten());
    let uploads = conn
        .query(sql!("SELECT id FROM uploads WHERE owner_id = $1 AND media_id IS NULL"))
        .bind(account.as_str())
        .all(|row| row.get::<String>("id"))
        .await?;
    keys.extend(uploads.into_iter().map(|id| format!("uploads/{id}")));
    let archives = conn
        .query(sql!("SELECT id FROM archives WHERE account_id = $1"))
        .bind(account.as_str())
        .all(|row| row.get::<String>("id"))
        .await?;
    keys.extend(archives.into_iter().map(|id| format!("archives/{id}")));
    Ok(keys)
}

/// Reviews of a person: course and stars, gone now.
pub async fn take_reviews(tx: &mut Tx, account: &AccountId) -> Result<Vec<(CourseId, i64)>> {
    let taken = tx
        .query(sql!("DELETE FROM reviews WHERE account_id = $1 RETURNING course_id, stars"))
        .bind(account.as_str())
        .all(|row| Ok((row.parse("course_id")?, row.get("stars")?)))
        .await?;
    Ok(taken)
}

/// Everything that is the person's own and nobody's books.
pub async fn own_rows(tx: &mut Tx, account: &AccountId) -> Result<()> {
    for statement in [
        sql!("DELETE FROM sessions WHERE account_id = $1"),
        sql!("DELETE FROM account_links WHERE account_id = $1"),
        sql!("DELETE FROM sign_in_challenges WHERE account_id = $1"),
        sql!("DELETE FROM recovery_codes WHERE account_id = $1"),
        sql!("DELETE FROM second_factors WHERE account_id = $1"),
        sql!("DELETE FROM identities WHERE account_id = $1"),
        sql!("DELETE FROM identity_attempts WHERE account_id = $1"),
        sql!("DELETE FROM payer_names WHERE account_id = $1"),
        sql!("DELETE FROM payer_journeys WHERE account_id = $1"),
        sql!("DELETE FROM passkeys WHERE account_id = $1"),
        sql!("DELETE FROM passkey_ceremonies WHERE account_id = $1"),
        sql!("DELETE FROM api_tokens WHERE account_id = $1"),
        sql!("DELETE FROM rest_calls WHERE account_id = $1"),
        sql!("DELETE FROM idempotency WHERE principal = $1"),
        sql!("DELETE FROM security_log WHERE account_id = $1"),
        sql!("DELETE FROM account_roles WHERE account_id = $1"),
        sql!("DELETE FROM account_interests WHERE account_id = $1"),
        sql!("DELETE FROM account_choices WHERE account_id = $1"),
        sql!("DELETE FROM consents WHERE account_id = $1"),
        sql!("DELETE FROM notice_choices WHERE account_id = $1"),
        sql!("DELETE FROM notices WHERE account_id = $1"),
        sql!("DELETE FROM letters WHERE account_id = $1"),
        sql!("DELETE FROM interactions WHERE account_id = $1"),
        sql!("DELETE FROM dismissals WHERE account_id = $1"),
        sql!("DELETE FROM cart_items WHERE account_id = $1"),
        sql!("DELETE FROM carts WHERE account_id = $1"),
        sql!(
            "DELETE FROM checkout_lines WHERE checkout_id IN (SELECT c.id FROM checkouts c WHERE c.account_id = $1
                AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.checkout_id = c.id))"
        ),
        sql!(
            "DELETE FROM checkouts WHERE account_id = $1 AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.checkout_id = checkouts.id)"
        ),
        sql!("DELETE FROM trials WHERE account_id = $1"),
        sql!("DELETE FROM referrals WHERE account_id = $1"),
        sql!("DELETE FROM course_shares WHERE account_id = $1"),
        sql!("DELETE FROM uploads WHERE owner_id = $1"),
        sql!("DELETE FROM archives WHERE account_id = $1"),
        sql!("DELETE FROM departures WHERE account_id = $1"),
        sql!("DELETE FROM address_changes WHERE account_id = $1"),
        sql!("DELETE FROM account_suspensions WHERE account_id = $1"),
        sql!("DELETE FROM role_requests WHERE account_id = $1"),
        sql!("DELETE FROM seen_as WHERE account_id = $1"),
        sql!("DELETE FROM wrong_codes WHERE account_id = $1"),
        sql!("DELETE FROM signal_marks WHERE subject = $1"),
        sql!("UPDATE vouchers SET recipient = '', sender = '', message = '' WHERE giver_id = $1"),
        sql!("UPDATE subscriptions SET agreement_id = NULL WHERE account_id = $1"),
    ] {
        tx.query(statement).bind(account.as_str()).execute().await?;
    }
    Ok(())
}

/// Files of the library that nothing shows, with their captions; their bytes are gone already.
pub async fn loose_media(tx: &mut Tx, account: &AccountId) -> Result<()> {
    for statement in [
        sql!(
            "DELETE FROM media_captions WHERE media_id IN (SELECT m.id FROM media m WHERE m.owner_id = $1
                AND NOT EXISTS (SELECT 1 FROM lessons l WHERE l.media_id = m.id)
                AND NOT EXISTS (SELECT 1 FROM courses c WHERE c.cover_media_id = m.id)
                AND NOT EXISTS (SELECT 1 FROM draft_lessons l WHERE l.media_id = m.id)
                AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.cover_media_id = m.id))"
        ),
        sql!(
            "DELETE FROM media WHERE owner_id = $1
                AND NOT EXISTS (SELECT 1 FROM lessons l WHERE l.media_id = media.id)
                AND NOT EXISTS (SELECT 1 FROM courses c WHERE c.cover_media_id = media.id)
                AND NOT EXISTS (SELECT 1 FROM draft_lessons l WHERE l.media_id = media.id)
                AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.cover_media_id = media.id)"
        ),
    ] {
        tx.query(statement).bind(account.as_str()).execute().await?;
    }
    Ok(())
}

/// What stands under an address or belongs to a moment.
pub async fn by_address(tx: &mut Tx, account: &AccountId, email: &str, now: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM reset_requests WHERE email = $1")).bind(email).execute().await?;
    tx.query(sql!("UPDATE seats SET email = 'gone-' || id || '@erased.invalid' WHERE account_id = $1 OR email = $2"))
        .bind(account.as_str())
        .bind(email)
        .execute()
        .await?;
    tx.query(sql!("UPDATE invoices SET email = 'gone-' || id || '@erased.invalid' WHERE account_id = $1"))
        .bind(account.as_str())
        .execute()
        .await?;
    tx.query(sql!(
        "UPDATE agreements SET state = 'ended', ended_at = $2, revoke_at = $2 WHERE account_id = $1 AND state = 'active'"
    ))
    .bind(account.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    tx.query(sql!("UPDATE promotions SET ends_at = $2 WHERE instructor_id = $1 AND (ends_at IS NULL OR ends_at > $2)"))
        .bind(account.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    tx.query(sql!("UPDATE payout_accounts SET sealed = $2, live = FALSE WHERE account_id = $1"))
        .bind(account.as_str())
        .bind(Vec::<u8>::new())
        .execute()
        .await?;
    Ok(())
}

/// How often this was tried by them, under a hash.
pub async fn limits(tx: &mut Tx, ends: &str) -> Result<()> {
    tx.query(sql!("DELETE FROM limit_counts WHERE key LIKE $1")).bind(format!("%:{ends}")).execute().await?;
    Ok(())
}

/// The account is nobody's from here on; whether it was somebody's.
pub async fn account(tx: &mut Tx, account: &AccountId, name: &str, handle: &str, now: Moment) -> Result<bool> {
    let erased = tx
        .query(sql!(
            "UPDATE accounts SET email = CAST($2 AS TEXT) || '@erased.invalid', handle = CAST($2 AS TEXT), name = $3, headline = '', bio = '', password_hash = NULL,
                    email_verified_at = NULL, suspended_at = COALESCE(suspended_at, $4), erased_at = $4
              WHERE id = $1 AND erased_at IS NULL"
        ))
        .bind(account.as_str())
        .bind(handle)
        .bind(name)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(erased == 1)
}

/// What people who have gone studied, once nobody's share is counted by it any more.
pub async fn studies(tx: &mut Tx) -> Result<()> {
    for statement in [
        sql!(
            "DELETE FROM study_events WHERE account_id IN (SELECT a.id FROM accounts a WHERE a.erased_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM subscriptions s JOIN subscription_periods p ON p.subscription_id = s.id
                     WHERE s.account_id = a.id AND p.recognised_at IS NULL AND p.value > 0))"
        ),
        sql!(
            "DELETE FROM lesson_progress WHERE account_id IN (SELECT a.id FROM accounts a WHERE a.erased_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM subscriptions s JOIN subscription_periods p ON p.subscription_id = s.id
                     WHERE s.account_id = a.id AND p.recognised_at IS NULL AND p.value > 0))"
        ),
        sql!(
            "DELETE FROM course_progress WHERE account_id IN (SELECT a.id FROM accounts a WHERE a.erased_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM subscriptions s JOIN subscription_periods p ON p.subscription_id = s.id
                     WHERE s.account_id = a.id AND p.recognised_at IS NULL AND p.value > 0))"
        ),
    ] {
        tx.query(statement).execute().await?;
    }
    Ok(())
}
