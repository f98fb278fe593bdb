//! Who did what, how strongly and when.

use std::collections::HashMap;
use std::sync::Arc;

use crate::csv::{self, Table};
use crate::names::Names;
use crate::refusal::Refusal;

const HEADER: &str = "user,item,value,timestamp";

/// One row as it comes: any text as id, `value` the strength (0 or more), `timestamp` Unix seconds or any
/// number that orders this person's rows; all equal means that the order is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    pub user: String,
    pub item: String,
    pub value: f64,
    pub timestamp: f64,
}

/// Something a person did with an item, by number. `weight` is within 0..=1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Event {
    pub item: u32,
    pub weight: f32,
    pub at: f64,
}

/// All interactions, by person. A person has an item once: the strongest and the latest of what they did with it.
#[derive(Debug, Clone, Default)]
pub struct Interactions {
    pub(crate) users: Arc<Names>,
    pub(crate) items: Arc<Names>,
    /// One list for each user, oldest first; equal times by item.
    pub(crate) people: Vec<Vec<Event>>,
}

impl Interactions {
    /// Values above 1 count as 1 (a rating of 5 is one interest, not five); times that are not finite count as 0
    /// and so do negative values.
    pub fn from_rows(rows: impl IntoIterator<Item = Interaction>) -> Self {
        let rows: Vec<Interaction> = rows.into_iter().collect();
        let users = Names::sorted(rows.iter().map(|row| row.user.as_str()));
        let items = Names::sorted(rows.iter().map(|row| row.item.as_str()));
        let mut people = vec![Vec::new(); users.len()];
        for row in &rows {
            let (Some(user), Some(item)) = (users.number(&row.user), items.number(&row.item)) else { continue };
            people[user as usize].push(Event { item, weight: strength(row.value), at: moment(row.timestamp) });
        }
        people.iter_mut().for_each(merge);
        Self { users: Arc::new(users), items: Arc::new(items), people }
    }

    /// Reads CSV with the header `user,item,value,timestamp`; refuses the first line that is wrong.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let table = Table::open(text, ["user", "item", "value", "timestamp"], HEADER)?;
        let rows: Result<Vec<_>, _> = table.map(|row| row.and_then(interaction)).collect();
        rows.map(Self::from_rows)
    }

    /// How many people there are.
    pub fn users(&self) -> usize {
        self.users.len()
    }

    /// How many different items there are.
    pub fn items(&self) -> usize {
        self.items.len()
    }

    /// How many (person, item) pairs there are.
    pub fn len(&self) -> usize {
        self.people.iter().map(Vec::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A person's events, oldest first; nothing for a stranger.
    pub(crate) fn of(&self, user: &str) -> &[Event] {
        self.users.number(user).map_or(&[], |number| &self.people[number as usize])
    }

    /// The same interactions over a wider set of items.
    pub(crate) fn widened<'a>(&'a self, more: impl Iterator<Item = &'a str>) -> Self {
        let items = Names::sorted(self.items.texts().chain(more));
        let moved: Vec<u32> = self.items.texts().filter_map(|item| items.number(item)).collect();
        let mut people = self.people.clone();
        for event in people.iter_mut().flatten() {
            event.item = moved[event.item as usize];
        }
        Self { users: self.users.clone(), items: Arc::new(items), people }
    }

    /// For each item the number of people who have it.
    pub(crate) fn audience(&self) -> Vec<u32> {
        let mut audience = vec![0; self.items.len()];
        for event in self.people.iter().flatten().filter(|event| event.weight > 0.0) {
            audience[event.item as usize] += 1;
        }
        audience
    }

    /// The latest time in the data, 0 without any.
    pub(crate) fn latest(&self) -> f64 {
        self.people.iter().flatten().map(|event| event.at).fold(f64::NEG_INFINITY, f64::max).max(0.0)
    }
}

fn interaction((line, [user, item, value, timestamp]): csv::Fields<'_, 4>) -> Result<Interaction, Refusal> {
    let number = csv::number(line, "value", &value)?;
    if number < 0.0 {
        return Err(Refusal::Negative { line, column: "value", text: value.trim().to_owned() });
    }
    Ok(Interaction {
        user: csv::text(line, "user", &user)?,
        item: csv::text(line, "item", &item)?,
        value: number,
        timestamp: csv::number(line, "timestamp", &timestamp)?,
    })
}

fn strength(value: f64) -> f32 {
    if value > 0.0 { value.min(1.0) as f32 } else { 0.0 }
}

fn moment(timestamp: f64) -> f64 {
    if timestamp.is_finite() { timestamp } else { 0.0 }
}

fn merge(events: &mut Vec<Event>) {
    let mut places: HashMap<u32, usize> = HashMap::with_capacity(events.len());
    let mut merged: Vec<Event> = Vec::with_capacity(events.len());
    for event in events.iter() {
        let place = *places.entry(event.item).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(known) => {
                known.weight = known.weight.max(event.weight);
                known.at = known.at.max(event.at);
            }
            None => merged.push(*event),
        }
    }
    merged.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.item.cmp(&b.item)));
    *events = merged;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(rows: &str) -> String {
        Interactions::parse(&format!("user,item,value,timestamp\n{rows}")).unwrap_err().to_string()
    }

    #[test]
    fn a_good_file_is_read_oldest_first() {
        let interactions = Interactions::parse("user,item,value,timestamp\nann,b,5,20\nann,a,0.5,10\n").unwrap();
        assert_eq!((interactions.users(), interactions.items(), interactions.len()), (1, 2, 2));
        let events = interactions.of("ann");
        assert_eq!((events[0].weight, events[0].at), (0.5, 10.0));
        assert_eq!((events[1].weight, events[1].at), (1.0, 20.0));
        assert!(interactions.of("nobody").is_empty());
    }

    #[test]
    fn a_row_that_comes_twice_counts_once_at_its_strongest_and_latest() {
        let interactions = Interactions::parse("user,item,value,timestamp\na,x,1,5\na,x,0.2,9\na,x,1,5\n").unwrap();
        assert_eq!(interactions.of("a"), [Event { item: 0, weight: 1.0, at: 9.0 }]);
    }

    #[test]
    fn a_header_alone_is_no_interactions_and_no_header_is_refused() {
        assert!(Interactions::parse("user,item,value,timestamp\n").unwrap().is_empty());
        assert_eq!(Interactions::parse("").unwrap_err(), Refusal::Empty { header: HEADER });
        let missing = Interactions::parse("a,x,1,5\n").unwrap_err().to_string();
        assert_eq!(missing, "line 1: the column `user` is missing; the header must be `user,item,value,timestamp`");
    }

    #[test]
    fn wrong_numbers_and_empty_ids_are_refused_with_their_line() {
        assert_eq!(refusal("a,x,1,1\na,y,-3,1\n"), "line 3: `value` must not be negative, but is -3");
        assert_eq!(refusal("a,x,NaN,1\n"), "line 2: `value` must be a finite number, not \"NaN\"");
        assert_eq!(refusal("a,x,1,inf\n"), "line 2: `timestamp` must be a finite number, not \"inf\"");
        assert_eq!(refusal("a,x,,1\n"), "line 2: `value` must be a finite number, not \"\"");
        assert_eq!(refusal(",x,1,1\n"), "line 2: `user` is empty");
        assert_eq!(refusal("a,x,1\n"), "line 2: 3 fields where the header has 4");
    }

    #[test]
    fn the_order_of_the_rows_changes_nothing() {
        let forward = Interactions::parse("user,item,value,timestamp\na,x,1,1\nb,y,1,1\na,y,1,1\n").unwrap();
        let backward = Interactions::parse("user,item,value,timestamp\na,y,1,1\nb,y,1,1\na,x,1,1\n").unwrap();
        assert_eq!(forward.people, backward.people);
        assert_eq!(forward.items, backward.items);
    }
}
