//! The statements of notices and of the ways to tell people.

use crate::Result;
use model::ids::{AccountId, CourseId, NoticeId};
use model::paging::Leaf;
use model::privacy::{Channels, Notice, NoticeKind};
use model::text::{Email, Slug};
use model::{Lang, Moment};
use store::{Conn, Tx, sql};

/// How somebody wants to hear of this kind of thing; by all ways where they have not said.
pub async fn ways(conn: &mut Conn, account: &AccountId, kind: NoticeKind) -> Result<Channels> {
    let found = conn
        .query(sql!("SELECT mail, inside FROM notice_choices WHERE account_id = $1 AND kind = $2"))
        .bind(account.as_str())
        .bind(kind.as_str())
        .optional(|row| Ok(Channels { kind, mail: row.get("mail")?, inside: row.get("inside")? }))
        .await?;
    Ok(found.unwrap_or(Channels { kind, mail: true, inside: true }))
}

pub async fn set_ways(tx: &mut Tx, account: &AccountId, line: &Channels) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO notice_choices (account_id, kind, mail, inside) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, kind) DO UPDATE SET mail = excluded.mail, inside = excluded.inside"
    ))
    .bind(account.as_str())
    .bind(line.kind.as_str())
    .bind(line.mail)
    .bind(line.inside)
    .execute()
    .await?;
    Ok(())
}

pub async fn add(tx: &mut Tx, id: &NoticeId, account: &AccountId, kind: NoticeKind, cause: &str, notice: &Notice) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO notices (id, cause, account_id, kind, title, page, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (cause) DO NOTHING"
    ))
    .bind(id.as_str())
    .bind(cause)
    .bind(account.as_str())
    .bind(kind.as_str())
    .bind(notice.title.as_str())
    .bind(notice.page.as_str())
    .bind(notice.at.millis())
    .write()
    .await?;
    Ok(())
}

/// How much somebody was told.
pub async fn count(conn: &mut Conn, account: &AccountId) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM notices WHERE account_id = $1"))
        .bind(account.as_str())
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

pub async fn of(conn: &mut Conn, account: &AccountId, leaf: Leaf) -> Result<Vec<Notice>> {
    let notices = conn
        .query(sql!(
            "SELECT title, page, at, read_at FROM notices WHERE account_id = $1 ORDER BY at DESC, id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(account.as_str())
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(|row| {
            Ok(Notice {
                title: row.get("title")?,
                page: row.get("page")?,
                at: Moment::from_millis(row.get("at")?),
                fresh: row.get::<Option<i64>>("read_at")?.is_none(),
            })
        })
        .await?;
    Ok(notices)
}

pub async fn read_all(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE notices SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL"))
        .bind(account.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// A course that is offered, as news of it tell it.
pub struct NewCourse {
    pub slug: Slug,
    pub title: String,
    pub promise: String,
}

pub async fn new_course(conn: &mut Conn, course: &CourseId) -> Result<Option<NewCourse>> {
    let found = conn
        .query(sql!("SELECT slug, title, promise FROM courses WHERE id = $1 AND state = 'listed'"))
        .bind(course.as_str())
        .optional(|row| Ok(NewCourse { slug: row.parse("slug")?, title: row.get("title")?, promise: row.get("promise")? }))
        .await?;
    Ok(found)
}

/// Somebody who chose the topic of a course and lets it be used.
pub struct Reader {
    pub account: AccountId,
    pub name: String,
    pub email: Email,
    pub lang: Lang,
    /// They agreed to letters about new courses, to an address that is theirs.
    pub letters: bool,
}

pub async fn readers(conn: &mut Conn, course: &CourseId) -> Result<Vec<Reader>> {
    let readers = conn
        .query(sql!(
            "SELECT a.id, a.name, a.email, a.lang,
                    CASE WHEN COALESCE(c.letters, FALSE) AND a.email_verified_at IS NOT NULL THEN 1 ELSE 0 END AS letters
               FROM courses k
               JOIN account_interests i ON i.topic = k.topic
               JOIN accounts a ON a.id = i.account_id
               LEFT JOIN account_choices c ON c.account_id = a.id
              WHERE k.id = $1 AND a.id <> k.instructor_id AND a.suspended_at IS NULL AND a.erased_at IS NULL
                AND COALESCE(c.personal, TRUE) AND COALESCE(c.feed_interests, TRUE)
              ORDER BY a.id"
        ))
        .bind(course.as_str())
        .all(|row| {
            Ok(Reader {
                account: row.parse("id")?,
                name: row.get("name")?,
                email: row.parse("email")?,
                lang: row.parse("lang")?,
                letters: row.get::<i64>("letters")? == 1,
            })
        })
        .await?;
    Ok(readers)
}
