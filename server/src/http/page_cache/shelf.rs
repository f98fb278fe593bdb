//! The kept pages: bounded in bytes, the least asked for leave first.

use crate::telemetry::Answers;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use model::Moment;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A page as it was rendered.
pub struct Kept {
    pub headers: HeaderMap,
    pub tag: HeaderValue,
    pub plain: Bytes,
    /// Brotli; none where that was not smaller.
    pub packed: Option<Bytes>,
    pub made_at: Moment,
    /// Of whole answers, and of those that said that nothing changed.
    pub figures: [Answers; 2],
}

impl Kept {
    pub fn answers(&self, status: StatusCode) -> &Answers {
        &self.figures[usize::from(status == StatusCode::NOT_MODIFIED)]
    }

    fn bytes(&self) -> usize {
        self.plain.len() + self.packed.as_ref().map_or(0, Bytes::len) + 1024
    }
}

/// How often the shelf has been cleared: what was begun in an earlier turn is not put on it.
pub type Turn = u64;

pub struct Shelf {
    capacity: usize,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    pages: HashMap<String, (Arc<Kept>, u64)>,
    bytes: usize,
    /// Counts every question, to tell which page was asked for last.
    clock: u64,
    turn: Turn,
}

impl Shelf {
    pub fn new(capacity: usize) -> Self {
        Self { capacity, inside: Mutex::default() }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn turn(&self) -> Turn {
        self.inside().turn
    }

    /// The page, if it was made between these moments.
    pub fn find(&self, key: &str, since: Moment, until: Moment) -> Option<Arc<Kept>> {
        let mut inside = self.inside();
        inside.clock += 1;
        let clock = inside.clock;
        let (kept, asked) = inside.pages.get_mut(key)?;
        if kept.made_at < since || kept.made_at > until {
            return None;
        }
        *asked = clock;
        Some(kept.clone())
    }

    /// Keeps a page that was begun in `turn`, unless the shelf has been cleared since or the page is too large for it.
    pub fn put(&self, key: String, kept: Arc<Kept>, turn: Turn) {
        let mut inside = self.inside();
        if inside.turn != turn || kept.bytes() > self.capacity / 4 {
            return;
        }
        inside.clock += 1;
        let clock = inside.clock;
        inside.bytes += kept.bytes();
        if let Some((before, _)) = inside.pages.insert(key, (kept, clock)) {
            inside.bytes -= before.bytes();
        }
        if inside.bytes > self.capacity {
            inside.make_room(self.capacity - self.capacity / 8);
        }
    }

    pub fn clear(&self) {
        let mut inside = self.inside();
        inside.pages.clear();
        inside.bytes = 0;
        inside.turn += 1;
    }
}

impl Inside {
    /// Lets go of what was not asked for longest, until no more than `bytes` are left.
    fn make_room(&mut self, bytes: usize) {
        let mut by_age: Vec<(u64, String)> = self.pages.iter().map(|(key, (_, asked))| (*asked, key.clone())).collect();
        by_age.sort_unstable();
        for (_, key) in by_age {
            if self.bytes <= bytes {
                return;
            }
            if let Some((gone, _)) = self.pages.remove(&key) {
                self.bytes -= gone.bytes();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Method;

    fn page(length: usize, at: i64) -> Arc<Kept> {
        let tag = HeaderValue::from_static("W/\"1\"");
        Arc::new(Kept {
            headers: HeaderMap::new(),
            tag,
            plain: vec![b'x'; length].into(),
            packed: None,
            made_at: Moment::from_millis(at),
            figures: [StatusCode::OK, StatusCode::NOT_MODIFIED].map(|status| Answers::of("/", &Method::GET, status)),
        })
    }

    fn has(shelf: &Shelf, key: &str) -> bool {
        shelf.find(key, Moment::from_millis(0), Moment::from_millis(10)).is_some()
    }

    #[test]
    fn what_nobody_asks_for_leaves_first() {
        let shelf = Shelf::new(40_000);
        for n in 0..4 {
            shelf.put(n.to_string(), page(8_900, 5), 0);
        }
        assert!(has(&shelf, "0"));
        shelf.put("4".into(), page(8_900, 5), 0);
        assert!(has(&shelf, "0") && has(&shelf, "4") && !has(&shelf, "1"));
    }

    #[test]
    fn a_page_begun_before_the_shelf_was_cleared_is_not_kept() {
        let shelf = Shelf::new(40_000);
        let turn = shelf.turn();
        shelf.clear();
        shelf.put("late".into(), page(10, 5), turn);
        assert!(!has(&shelf, "late"));
        shelf.put("old".into(), page(10, 11), shelf.turn());
        assert!(!has(&shelf, "old"));
    }
}
