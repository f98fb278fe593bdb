//! When the kept pages are out of date: a follower of the log of events whose cursor is in memory.

use super::shelf::{Shelf, Turn};
use domain::events::{self, Happening, Logged, Position};
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use store::Db;
use tokio::sync::Mutex;

/// Events read at once.
const BATCH: i64 = 1_000;

pub struct Watch {
    db: Db,
    shelf: Arc<Shelf>,
    /// The wake-ups that have been looked into, plus one; nought before the first look.
    seen: AtomicU64,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    /// Nothing can appear behind it any more; none before the first look.
    cursor: Option<Position>,
    /// What lies beyond and has been looked at already.
    beyond: HashSet<Position>,
}

impl Watch {
    pub fn new(db: Db, shelf: Arc<Shelf>) -> Self {
        Self { db, shelf, seen: AtomicU64::new(0), log: Mutex::default() }
    }

    /// Brings the shelf up to date with everything committed before this call, and says which turn it is.
    /// None where the log cannot be read: nothing is known to be fresh then.
    pub async fn catch_up(&self) -> Option<Turn> {
        let wakes = self.db.wakes().wrapping_add(1);
        if self.seen.load(Ordering::Acquire) != wakes {
            self.look(wakes).await?;
        }
        Some(self.shelf.turn())
    }

    async fn look(&self, wakes: u64) -> Option<()> {
        let mut log = self.log.lock().await;
        match self.read(&mut log).await {
            Ok(()) => {
                self.seen.store(wakes, Ordering::Release);
                Some(())
            }
            Err(cause) => {
                tracing::warn!(%cause, "the page cache cannot follow the log and keeps out of the way");
                self.shelf.clear();
                None
            }
        }
    }

    async fn read(&self, log: &mut Log) -> domain::Result<()> {
        let mut conn = self.db.read().await?;
        let Some(mut cursor) = log.cursor else {
            log.cursor = Some(events::settled(&mut conn).await?);
            self.shelf.clear();
            return Ok(());
        };
        loop {
            let written = events::written_after(&mut conn, cursor, BATCH).await?;
            if written.iter().any(|event| shows(event) && !log.beyond.contains(&event.position)) {
                self.shelf.clear();
            }
            let settled = events::after(&mut conn, cursor, BATCH).await?;
            cursor = settled.last().map_or(cursor, |event| event.position);
            log.cursor = Some(cursor);
            log.beyond = written.iter().map(|event| event.position).filter(|position| *position > cursor).collect();
            if (settled.len() as i64) < BATCH {
                return Ok(());
            }
        }
    }
}

/// Whether a public page shows it.
fn shows(event: &Logged) -> bool {
    match event.event.kind {
        Happening::ProfileChanged
        | Happening::CoursePublished
        | Happening::CourseChanged
        | Happening::CourseUnlisted
        | Happening::BundleChanged
        | Happening::ReviewWritten
        | Happening::AccountErased
        | Happening::PlansChanged
        | Happening::AccessGranted
        | Happening::AccessEnded
        // who knows what it changed
        | Happening::Unknown => true,
        Happening::MemberJoined
        | Happening::InterestsChosen
        | Happening::CourseViewed
        | Happening::ItemDismissed
        | Happening::OrderPlaced
        | Happening::OrderPaid
        | Happening::OrderRefunded
        | Happening::RefundReturned
        | Happening::MoneyStrayed
        | Happening::DisputeLost
        | Happening::InvoiceChanged
        | Happening::GiftIssued
        | Happening::GiftClaimed
        | Happening::SeatAssigned
        | Happening::LessonStudied
        | Happening::LessonFinished
        | Happening::CourseFinished
        | Happening::MailDue
        | Happening::TracesForgotten
        | Happening::SubscriptionBegun
        | Happening::SubscriptionReminder
        | Happening::SubscriptionDue
        | Happening::SubscriptionCancelled
        | Happening::SubscriptionPaused
        | Happening::SubscriptionEnded => false,
    }
}

/// Two looks that nobody asked for are at least this far apart: a request looks by itself.
const REST: Duration = Duration::from_millis(250);

/// Looks after wake-ups, and every second for those that went astray, until the watch is gone.
pub fn follow(watch: &Arc<Watch>) {
    let watch: Weak<Watch> = Arc::downgrade(watch);
    tokio::spawn(async move {
        loop {
            let Some(here) = watch.upgrade() else { return };
            let woken = here.db.woken();
            let wakes = here.db.wakes().wrapping_add(1);
            here.look(wakes).await;
            drop(here);
            tokio::time::sleep(REST).await;
            let _ = tokio::time::timeout(Duration::from_secs(1), woken).await;
        }
    });
}
