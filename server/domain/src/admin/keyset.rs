//! Where a page of a list ended: a moment and an id, in one word that stands in an address.

use model::Moment;
use model::ids::looks_like_an_id;

/// The last thing of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub at: Moment,
    pub id: String,
}

impl Key {
    pub fn of(at: Moment, id: &str) -> Self {
        Self { at, id: id.to_owned() }
    }

    /// Nothing where the word is none of ours: the list begins anew.
    pub fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        let at = Moment::from_millis(at.parse().ok()?);
        looks_like_an_id(id).then(|| Self { at, id: id.to_owned() })
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.millis(), self.id)
    }
}

/// A page of so many out of one more that were read, and where the next begins if there is one.
pub fn page<T>(mut read: Vec<T>, size: usize, key: impl Fn(&T) -> Key) -> (Vec<T>, Option<String>) {
    let more = read.len() > size;
    read.truncate(size);
    let next = read.last().filter(|_| more).map(|last| key(last).to_string());
    (read, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written_and_nothing_else_is() {
        let key = Key::of(Moment::from_millis(17), "a-b");
        assert_eq!(Key::read(&key.to_string()), Some(key));
        for wrong in ["", "17", "x.a", "17.", "17.a b", ".a"] {
            assert_eq!(Key::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_next_page_begins_after_the_last_of_this_one() {
        let key = |n: &i64| Key::of(Moment::from_millis(*n), "x");
        assert_eq!(page(vec![3, 2, 1], 2, key), (vec![3, 2], Some("2.x".into())));
        assert_eq!(page(vec![3, 2], 2, key), (vec![3, 2], None));
    }
}
