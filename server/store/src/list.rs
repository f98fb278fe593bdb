//! `IN (…)`: the one place where text is made into SQL. Only placeholders are ever put into the gap.

use crate::value::Arguments;
use crate::{Error, Value};

/// The gap of a statement that takes a list.
const GAP: &str = "(…)";

/// A value that may stand in a list: an id or a whole number.
pub trait Item: Value + Clone {
    /// The type of the placeholder, needed for a list that is empty.
    #[doc(hidden)]
    const TYPE: &'static str;
}

impl Item for &str {
    const TYPE: &'static str = "TEXT";
}
impl Item for &String {
    const TYPE: &'static str = "TEXT";
}
impl Item for String {
    const TYPE: &'static str = "TEXT";
}
impl Item for i64 {
    const TYPE: &'static str = "BIGINT";
}

/// The text with its gap filled, and the items added to the arguments.
///
/// Lists are padded to the next power of two by repeating their last item, so that a few prepared statements serve all
/// lengths. An empty list becomes an empty subquery: `IN` is then false and `NOT IN` true, as in arithmetic.
pub(crate) fn fill<T: Item>(text: &str, items: Vec<T>, arguments: &mut Arguments) -> Result<String, Error> {
    if text.matches(GAP).count() != 1 {
        return Err(Error::broken("a list needs exactly one gap `(…)` in its statement"));
    }
    let Some(last) = items.last().cloned() else {
        return Ok(text.replace(GAP, &format!("(SELECT CAST(NULL AS {}) WHERE FALSE)", T::TYPE)));
    };
    let first = arguments.len() + 1;
    let wanted = items.len().next_power_of_two();
    let missing = wanted - items.len();
    for item in items.into_iter().chain(std::iter::repeat_n(last, missing)) {
        item.add(arguments).map_err(Error::Broken)?;
    }
    Ok(text.replace(GAP, &placeholders(first, wanted)))
}

/// `($3, $4)`.
fn placeholders(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|number| format!("${number}")).collect();
    format!("({})", marks.join(", "))
}

/// The text as a test prepares it: the gap filled with two placeholders after the highest numbered one.
#[cfg(feature = "testing")]
pub(crate) fn sample(text: &str) -> String {
    let highest = text
        .split('$')
        .skip(1)
        .filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<usize>().ok()
        })
        .max()
        .unwrap_or(0);
    text.replace(GAP, &placeholders(highest + 1, 2))
}
