//! Seals: what was done stays written as it was, or whoever asks the books is told.
//!
//! The trail is written by every deed, many at the same time, and none waits for another; a chain of single entries would make
//! them wait. So the worker seals what was written since, many entries at a time, twice a second: what lies under no seal is
//! never older than that while a worker is there. Each seal is over the one before it.

use super::queries;
use crate::{App, Result};
use model::Moment;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use store::Conn;

/// So many entries lie under one seal at most.
const MOST: i64 = 1_000;
/// So many seals are read in one go.
const SEALS: i64 = 50;
/// So often the end of the chain is told to the log, which nobody changes who has only reached the database; milliseconds.
const TOLD: i64 = 3_600_000;

/// An entry as it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub id: String,
    pub at: Moment,
    pub actor: Option<String>,
    pub action: String,
    pub subject_kind: String,
    pub subject: String,
    pub detail: String,
}

/// A seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seal {
    pub seq: i64,
    /// The ids of the entries under it, with commas between them.
    pub entries: String,
    pub many: i64,
    pub prev_hash: String,
    pub hash: String,
    pub sealed_at: Moment,
}

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub seq: i64,
    pub hash: String,
    pub sealed_at: Moment,
}

/// Seals what waits for it; whether there may be more. Several workers may do it at once: one of them seals, the others look again.
pub async fn seal(app: &App) -> Result<bool> {
    let (head, entries) = {
        let mut conn = app.db.read().await?;
        (queries::seal_head(&mut conn).await?, queries::waiting(&mut conn, MOST).await?)
    };
    if entries.is_empty() {
        return Ok(false);
    }
    let seal = &sealed(&head, &entries, app.now());
    let set = app
        .db
        .write(async |tx| {
            // while the end stands where it stood, all of them still wait
            if queries::lock_seal_head(tx).await? != head {
                return Ok(false);
            }
            queries::set_seal(tx, seal).await?;
            Ok::<_, crate::Error>(true)
        })
        .await?;
    if set && seal.sealed_at.millis() / TOLD != head.sealed_at.millis() / TOLD {
        tracing::info!(seal.seq, seal.hash, "the audit trail is sealed up to here");
    }
    Ok(!set || seal.many == MOST)
}

/// How many entries lie under no seal yet: few, while a worker is there.
pub async fn unsealed(conn: &mut Conn) -> Result<i64> {
    queries::count_waiting(conn).await
}

/// The next seal, over these.
fn sealed(head: &Head, entries: &[Entry], now: Moment) -> Seal {
    let seq = head.seq.saturating_add(1);
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    Seal {
        seq,
        entries: ids.join(","),
        many: i64::try_from(entries.len()).unwrap_or(i64::MAX),
        prev_hash: head.hash.clone(),
        hash: hash_of(&head.hash, seq, now, entries.iter()),
        sealed_at: now,
    }
}

/// Over the seal before it and everything that the entries say, each part behind its length, so that no two trails are one text.
fn hash_of<'e>(prev_hash: &str, seq: i64, sealed_at: Moment, entries: impl Iterator<Item = &'e Entry>) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    };
    add(prev_hash);
    add(&seq.to_string());
    add(&sealed_at.millis().to_string());
    for entry in entries {
        add(&entry.id);
        add(&entry.at.millis().to_string());
        // nobody's id is empty
        add(entry.actor.as_deref().unwrap_or_default());
        add(&entry.action);
        add(&entry.subject_kind);
        add(&entry.subject);
        add(&entry.detail);
    }
    hex::encode(hash.finalize())
}

/// Seals that do not fit what stands under them, or the seal before them; and the end of the chain, where it is another.
///
/// The end is read first, and the chain up to there: what is sealed while it is walked is for the next time.
pub(crate) async fn broken_seals(conn: &mut Conn) -> Result<Vec<String>> {
    let head = queries::seal_head(conn).await?;
    let mut broken = Vec::new();
    let (mut seq, mut last) = (0, String::new());
    loop {
        let part = queries::seals_after(conn, seq, SEALS).await?;
        let before = seq;
        for seal in part.into_iter().take_while(|seal| seal.seq <= head.seq) {
            if seal.seq != seq + 1 || seal.prev_hash != last || !fits(conn, &seal).await? {
                broken.push(format!("seal {} of the trail", seal.seq));
            }
            (seq, last) = (seal.seq, seal.hash);
        }
        if seq == before {
            break;
        }
    }
    if (head.seq, head.hash) != (seq, last) {
        broken.push("the end of the trail's seals".into());
    }
    Ok(broken)
}

/// Whether everything under a seal says what it said.
async fn fits(conn: &mut Conn, seal: &Seal) -> Result<bool> {
    let ids: Vec<&str> = seal.entries.split(',').collect();
    let found: HashMap<String, Entry> =
        queries::entries(conn, &ids).await?.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
    let entries: Vec<&Entry> = ids.iter().filter_map(|id| found.get(*id)).collect();
    let whole = entries.len() == ids.len() && i64::try_from(ids.len()) == Ok(seal.many);
    Ok(whole && seal.hash == hash_of(&seal.prev_hash, seal.seq, seal.sealed_at, entries.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit_trail::{Deed, record};
    use crate::testing::School;
    use crate::testing::buying::books_hold;
    use model::time::minutes;
    use store::{Db, on_both};

    async fn done(school: &School, many: usize) -> Result<()> {
        let app = &school.app;
        for number in 0..many {
            let deed = Deed::new("thing.done", "thing", number).detail("once,\nand for all");
            app.db.write(async |tx| record(app, tx, deed.clone()).await).await?;
        }
        Ok(())
    }

    async fn chain(school: &School) -> Result<Vec<Seal>> {
        queries::seals_after(&mut school.app.db.read().await?, 0, 1_000).await
    }

    on_both!(inv_15_what_was_done_is_sealed_once_in_a_chain, async |db: Db| -> Result<()> {
        let school = School::open(db).await;
        while seal(&school.app).await? {}
        let before = chain(&school).await?.len();
        done(&school, 3).await?;
        assert!(!seal(&school.app).await?, "that was all");
        school.after(minutes(10));
        done(&school, 1).await?;
        seal(&school.app).await?;
        assert!(!seal(&school.app).await?, "nothing waits");
        let seals = chain(&school).await?;
        assert_eq!(seals.iter().skip(before).map(|seal| seal.many).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(broken_seals(&mut school.app.db.read().await?).await?, Vec::<String>::new());
        books_hold(&school).await
    });

    on_both!(inv_15_many_who_seal_at_once_seal_each_entry_once, async |db: Db| -> Result<()> {
        let school = School::open(db).await;
        let sealing = async || -> Result<()> {
            for _ in 0..20 {
                while seal(&school.app).await? {}
                tokio::task::yield_now().await;
            }
            Ok(())
        };
        let (one, other, written, more) = tokio::join!(sealing(), sealing(), done(&school, 20), done(&school, 20));
        one.and(other).and(written).and(more)?;
        while seal(&school.app).await? {}
        let seals = chain(&school).await?;
        let mut ids: Vec<&str> = seals.iter().flat_map(|seal| seal.entries.split(',')).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert!(ids.len() == all && all >= 40, "{} of {all}", ids.len());
        assert!(queries::waiting(&mut school.app.db.read().await?, MOST).await?.is_empty());
        books_hold(&school).await
    });

    #[test]
    fn another_word_anywhere_is_another_seal() {
        let entry = Entry {
            id: "e-1".into(),
            at: Moment::from_millis(1),
            actor: None,
            action: "thing.done".into(),
            subject_kind: "thing".into(),
            subject: "t-1".into(),
            detail: String::new(),
        };
        let seal = |entry: &Entry| hash_of("", 1, Moment::from_millis(2), std::iter::once(entry));
        let others = [
            Entry { at: Moment::from_millis(2), ..entry.clone() },
            Entry { actor: Some("a-1".into()), ..entry.clone() },
            Entry { action: "thing.undone".into(), ..entry.clone() },
            // the same letters, cut elsewhere
            Entry { subject_kind: "thingt".into(), subject: "-1".into(), ..entry.clone() },
            Entry { detail: "-".into(), ..entry.clone() },
        ];
        for other in &others {
            assert_ne!(seal(&entry), seal(other), "{other:?}");
        }
    }
}
