//! The person for whom items are ranked.

use serde::{Deserialize, Serialize};

use crate::interactions::Event;
use crate::names::Names;

/// Something the person did with an item: `weight` within −1..=1 (below 0: "not interested"), `at` any number
/// that orders what they did, usually Unix seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    pub item: String,
    pub weight: f32,
    pub at: f64,
}

/// What is known of a person. Having looked at an item does not exclude it; only `excluded` does.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub history: Vec<Seen>,
    /// Topics chosen by the person, as the catalogue writes them.
    pub interests: Vec<String>,
    /// Owned, dismissed or not for this person: never ranked.
    pub excluded: Vec<String>,
    /// What the person reads; items in another language come later unless the person has chosen such items.
    pub language: Option<String>,
}

impl Profile {
    /// Adds an item that the person has: it speaks for others and is not offered again.
    pub fn owning(mut self, item: &str, at: f64) -> Self {
        self.excluded.push(item.to_owned());
        self.having_seen(item, 1.0, at)
    }

    /// Adds an item that the person looked at.
    pub fn having_seen(mut self, item: &str, weight: f32, at: f64) -> Self {
        self.history.push(Seen { item: item.to_owned(), weight, at });
        self
    }

    /// Adds an item that the person does not want: never offered again, and those like it come later.
    pub fn dismissing(mut self, item: &str, at: f64) -> Self {
        self.excluded.push(item.to_owned());
        self.having_seen(item, -0.5, at)
    }

    /// Adds a chosen topic.
    pub fn interested_in(mut self, topic: &str) -> Self {
        self.interests.push(topic.to_owned());
        self
    }
}

/// One item of the past; `position` counts the events that are strictly later, so that events at the same time
/// are equally recent and a history without order has no recency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Past {
    pub item: u32,
    pub weight: f32,
    pub position: f32,
}

impl Past {
    /// `e^(−position/fade)`, and nothing at all where that is too little to move any order.
    pub fn recency(&self, fade: f32) -> f32 {
        const FAINT: f32 = 1e-4;
        let recency = (-self.position / fade).exp();
        if recency < FAINT { 0.0 } else { recency }
    }
}

/// Newest first; only the latest `LONGEST` items speak.
pub(crate) fn past(events: &[Event]) -> Vec<Past> {
    const LONGEST: usize = 200;
    let mut later = 0;
    let mut past: Vec<Past> = Vec::with_capacity(events.len().min(LONGEST));
    for (place, event) in events.iter().rev().enumerate().take(LONGEST) {
        if place > 0 && event.at < events[events.len() - place].at {
            later = place;
        }
        past.push(Past { item: event.item, weight: event.weight, position: later as f32 });
    }
    past
}

/// The history in numbers, oldest first; items that are not known are left out, one that comes twice counts at
/// its strongest (or at its rejection, if there is one) and latest.
pub(crate) fn events(history: &[Seen], items: &Names) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::with_capacity(history.len());
    for seen in history.iter().filter(|seen| seen.weight.is_finite() && seen.at.is_finite()) {
        let Some(item) = items.number(&seen.item) else { continue };
        events.push(Event { item, weight: seen.weight.clamp(-1.0, 1.0), at: seen.at });
    }
    events.sort_by(|a, b| a.item.cmp(&b.item).then(a.at.total_cmp(&b.at)));
    events.dedup_by(|next, kept| {
        let same = next.item == kept.item;
        if same {
            let rejected = next.weight.min(kept.weight);
            kept.weight = if rejected < 0.0 { rejected } else { next.weight.max(kept.weight) };
            kept.at = next.at;
        }
        same
    });
    events.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.item.cmp(&b.item)));
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(item: u32, at: f64) -> Event {
        Event { item, weight: 1.0, at }
    }

    #[test]
    fn events_at_the_same_time_are_equally_recent() {
        let positions = |events: &[Event]| past(events).iter().map(|past| past.position).collect::<Vec<_>>();
        assert_eq!(positions(&[event(0, 1.0), event(1, 2.0), event(2, 2.0), event(3, 3.0)]), [0.0, 1.0, 1.0, 3.0]);
        assert_eq!(positions(&[event(0, 7.0), event(1, 7.0)]), [0.0, 0.0]);
        assert!(positions(&[]).is_empty());
    }

    #[test]
    fn what_was_seen_twice_counts_at_its_strongest_and_a_rejection_wins() {
        let items = Names::sorted(["a", "b"]);
        let profile = Profile::default()
            .having_seen("a", 0.1, 5.0)
            .having_seen("b", 1.0, 4.0)
            .having_seen("a", 0.4, 2.0)
            .having_seen("unknown", 1.0, 9.0)
            .having_seen("b", f32::NAN, 9.0)
            .dismissing("b", 3.0);
        let events = events(&profile.history, &items);
        assert_eq!(events, [Event { item: 1, weight: -0.5, at: 4.0 }, Event { item: 0, weight: 0.4, at: 5.0 }]);
    }
}
