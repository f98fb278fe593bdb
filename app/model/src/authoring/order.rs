//! The outline's order as a page sends it.

use crate::Fault;
use crate::fault::Problem;
use crate::ids::{ChapterId, LessonId};

/// The complete order of an outline: every chapter with its lessons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order(pub Vec<(ChapterId, Vec<LessonId>)>);

impl Order {
    /// Reads `chapter=…&lesson=…&lesson=…&chapter=…` in document order.
    pub fn parse(fields: &[(String, String)]) -> Result<Self, Fault> {
        let mut order: Vec<(ChapterId, Vec<LessonId>)> = Vec::new();
        for (name, value) in fields {
            let unreadable = || Fault::field(name, Problem::Unreadable);
            match (name.as_str(), order.last_mut()) {
                ("chapter", _) => order.push((value.parse().map_err(|_| unreadable())?, Vec::new())),
                ("lesson", Some((_, lessons))) => lessons.push(value.parse().map_err(|_| unreadable())?),
                ("lesson", None) => return Err(unreadable()),
                _ => (),
            }
        }
        Ok(Self(order))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_in_the_order_of_the_page() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let order = Order::parse(&[field("version", "3"), field("chapter", "a"), field("lesson", "1"), field("chapter", "b")]);
        assert_eq!(order.map(|order| order.0.len()), Ok(2));
        assert!(Order::parse(&[field("lesson", "1")]).is_err());
        assert!(Order::parse(&[field("chapter", "a b")]).is_err());
    }
}
