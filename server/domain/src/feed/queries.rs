//! The statements of the feed.

use crate::Result;
use model::Moment;
use model::ids::{AccountId, CourseId};
use model::privacy::FeedUse;
use recommend::{Catalogue, Feature, Interaction, Item};
use std::collections::{BTreeMap, BTreeSet};
use store::{Conn, Tx, sql};

model::words! {
    /// What somebody did with a course.
    pub enum Deed {
        Viewed = "viewed",
        Granted = "granted",
        Studied = "studied",
        Finished = "finished",
        Reviewed = "reviewed",
    }
}

model::words! {
    /// What is known of a person at the moment of a question.
    pub enum Fact {
        Owned = "owned",
        Studied = "studied",
        Viewed = "viewed",
        Dismissed = "dismissed",
        Teaches = "teaches",
        Interest = "interest",
    }
}

/// One thing known of a person: about a course, or a topic where it is an interest.
pub struct Trace {
    pub fact: Fact,
    pub subject: String,
    pub at: Moment,
}

/// Keeps a deed as it was the last time; of whoever lets it be used.
pub async fn add_interaction(
    tx: &mut Tx,
    account: &AccountId,
    course: &CourseId,
    deed: Deed,
    weight: f64,
    at: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO interactions (account_id, course_id, kind, weight, at)
         SELECT a.id, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS DOUBLE PRECISION), CAST($5 AS BIGINT)
           FROM accounts a LEFT JOIN account_choices c ON c.account_id = a.id
          WHERE a.id = $1 AND a.erased_at IS NULL AND COALESCE(c.personal, TRUE)
            AND CASE WHEN CAST($3 AS TEXT) = 'viewed' THEN COALESCE(c.feed_looked, TRUE) ELSE COALESCE(c.feed_studied, TRUE) END
         ON CONFLICT (account_id, course_id, kind) DO UPDATE SET
             weight = CASE WHEN excluded.at >= interactions.at THEN excluded.weight ELSE interactions.weight END,
             at = CASE WHEN excluded.at >= interactions.at THEN excluded.at ELSE interactions.at END"
    ))
    .bind(account.as_str())
    .bind(course.as_str())
    .bind(deed.as_str())
    .bind(weight)
    .bind(at.millis())
    .execute()
    .await?;
    Ok(())
}

/// Forgets that the person got the course, unless another right to it stands.
pub async fn forget_grant(tx: &mut Tx, account: &AccountId, course: &CourseId, now: Moment) -> Result<()> {
    tx.query(sql!(
        "DELETE FROM interactions WHERE account_id = $1 AND course_id = $2 AND kind = 'granted'
            AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.account_id = $1 AND g.course_id = $2 AND g.state = 'active'
                 AND (g.expires_at IS NULL OR g.expires_at > $3))"
    ))
    .bind(account.as_str())
    .bind(course.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Forgets what may not be used of a person; everything, with what they hid, where `all`.
pub async fn forget(tx: &mut Tx, account: &AccountId, uses: FeedUse, all: bool) -> Result<()> {
    tx.query(sql!(
        "DELETE FROM interactions WHERE account_id = $1 AND ((kind = 'viewed' AND NOT $2) OR (kind <> 'viewed' AND NOT $3))"
    ))
    .bind(account.as_str())
    .bind(uses.personal && uses.looked && !all)
    .bind(uses.personal && uses.studied)
    .execute()
    .await?;
    if all {
        tx.query(sql!("DELETE FROM dismissals WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    }
    Ok(())
}

pub async fn last_look(conn: &mut Conn, account: &AccountId, course: &CourseId) -> Result<Option<Moment>> {
    let found = conn
        .query(sql!("SELECT at FROM interactions WHERE account_id = $1 AND course_id = $2 AND kind = 'viewed'"))
        .bind(account.as_str())
        .bind(course.as_str())
        .optional(|row| Ok(Moment::from_millis(row.get("at")?)))
        .await?;
    Ok(found)
}

pub async fn exists(conn: &mut Conn, course: &CourseId) -> Result<bool> {
    let found = conn.query(sql!("SELECT id FROM courses WHERE id = $1")).bind(course.as_str()).optional(|_| Ok(())).await?;
    Ok(found.is_some())
}

/// Says whether it was not dismissed before.
pub async fn add_dismissal(tx: &mut Tx, account: &AccountId, course: &CourseId, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!("INSERT INTO dismissals (account_id, course_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"))
        .bind(account.as_str())
        .bind(course.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn remove_dismissal(tx: &mut Tx, account: &AccountId, course: &CourseId) -> Result<()> {
    tx.query(sql!("DELETE FROM dismissals WHERE account_id = $1 AND course_id = $2"))
        .bind(account.as_str())
        .bind(course.as_str())
        .execute()
        .await?;
    Ok(())
}

/// Everything known of a person, in one question, oldest first.
pub async fn traces(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<Vec<Trace>> {
    let traces = conn
        .query(sql!(
            "SELECT 'owned' AS fact, course_id AS subject, granted_at AS at FROM grants
              WHERE account_id = $1 AND state = 'active' AND (expires_at IS NULL OR expires_at > $2)
             UNION ALL SELECT 'studied', course_id, last_at FROM course_progress WHERE account_id = $1
             UNION ALL SELECT 'viewed', course_id, at FROM interactions WHERE account_id = $1 AND kind = 'viewed'
             UNION ALL SELECT 'dismissed', course_id, at FROM dismissals WHERE account_id = $1
             UNION ALL SELECT 'teaches', id, published_at FROM courses WHERE instructor_id = $1
             UNION ALL SELECT 'interest', topic, chosen_at FROM account_interests WHERE account_id = $1
             ORDER BY at, subject"
        ))
        .bind(account.as_str())
        .bind(now.millis())
        .all(|row| Ok(Trace { fact: row.parse("fact")?, subject: row.get("subject")?, at: Moment::from_millis(row.get("at")?) }))
        .await?;
    Ok(traces)
}

/// Which of these courses are not offered.
pub async fn unlisted(conn: &mut Conn, ids: &[&str]) -> Result<BTreeSet<String>> {
    let found = conn
        .query(sql!("SELECT id FROM courses WHERE state <> 'listed' AND id IN (…)"))
        .list(ids.iter().copied())
        .all(|row| row.get::<String>("id"))
        .await?;
    Ok(found.into_iter().collect())
}

/// The newest interactions of everybody.
pub async fn everybody(conn: &mut Conn, limit: i64) -> Result<Vec<Interaction>> {
    let rows = conn
        .query(sql!("SELECT account_id, course_id, weight, at FROM interactions ORDER BY at DESC LIMIT $1"))
        .bind(limit)
        .all(|row| {
            Ok(Interaction {
                user: row.get("account_id")?,
                item: row.get("course_id")?,
                value: row.get("weight")?,
                timestamp: Moment::from_millis(row.get("at")?).seconds() as f64,
            })
        })
        .await?;
    Ok(rows)
}

/// What the listed courses are about.
pub async fn catalogue(conn: &mut Conn) -> Result<Catalogue> {
    let mut items: BTreeMap<String, Item> = conn
        .query(sql!("SELECT id, topic, instructor_id, level, language, published_at FROM courses WHERE state = 'listed'"))
        .all(|row| {
            let feature = |relation: &str, column: &str| row.get::<String>(column).map(|tag| Feature::new(relation, &tag));
            let features = vec![
                feature("topic", "topic")?,
                feature("instructor", "instructor_id")?,
                feature("level", "level")?,
                feature("language", "language")?,
            ];
            let published = Some(Moment::from_millis(row.get("published_at")?).seconds() as f64);
            Ok((row.get("id")?, Item { features, published }))
        })
        .await?
        .into_iter()
        .collect();
    let tags = conn
        .query(sql!("SELECT course_id, tag FROM course_tags ORDER BY course_id, tag"))
        .all(|row| Ok((row.get::<String>("course_id")?, row.get::<String>("tag")?)))
        .await?;
    for (course, tag) in tags {
        if let Some(item) = items.get_mut(&course) {
            item.features.push(Feature::new("tag", &tag));
        }
    }
    let mut catalogue = Catalogue::default();
    items.into_iter().for_each(|(id, item)| catalogue.add(&id, item));
    Ok(catalogue)
}

/// Names of topics by slug: Chinese, English.
pub async fn topic_names(conn: &mut Conn) -> Result<BTreeMap<String, (String, String)>> {
    let names = conn
        .query(sql!("SELECT slug, name_zh, name_en FROM topics"))
        .all(|row| Ok((row.get("slug")?, (row.get("name_zh")?, row.get("name_en")?))))
        .await?;
    Ok(names.into_iter().collect())
}
