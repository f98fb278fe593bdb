//! Texts outside, dense numbers inside.

use std::cmp::Ordering;
use std::collections::HashMap;

/// Ids in a fixed order: the number of an id is its rank, so that "ties go to the lower id" needs no texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Names {
    texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Names {
    /// Sorted and without duplicates, whatever order they come in.
    pub fn sorted<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut texts: Vec<&str> = texts.into_iter().collect();
        texts.sort_unstable_by(|a, b| by_id(a, b));
        texts.dedup();
        let texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
        let numbers = texts.iter().cloned().zip(0..).collect();
        Self { texts, numbers }
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn number(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    pub fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }
}

/// Whole numbers by their value and before other texts; other texts by their characters.
fn by_id(a: &str, b: &str) -> Ordering {
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(x), Ok(y)) => x.cmp(&y).then_with(|| a.cmp(b)),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_by_value_and_before_words() {
        let names = Names::sorted(["b", "10", "9", "a", "9"]);
        assert_eq!(names.texts().collect::<Vec<_>>(), ["9", "10", "a", "b"]);
        assert_eq!(names.number("10"), Some(1));
        assert_eq!(names.number("11"), None);
        assert_eq!(names.text(3), "b");
    }
}
