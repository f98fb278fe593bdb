//! What a promotion takes off, and of what. Pure.

use super::Promotion;
use model::ids::{AccountId, CourseId};
use model::promotions::Scope;

/// From whose pocket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// The school's own coupon: both sides, as they share the net.
    School,
    /// An instructor's: their share alone.
    Instructor,
}

/// A course that is part of what is sold.
#[derive(Debug, Clone, Copy)]
pub struct Sold<'a> {
    pub course: &'a CourseId,
    pub topic: &'a str,
    pub instructor: &'a AccountId,
}

/// Whether the promotion is for something that is made of these courses: it must be for each of them.
pub fn covers(promotion: &Promotion, courses: &[Sold<'_>]) -> bool {
    let named = |target: &str| promotion.targets.iter().any(|named| named == target);
    let covered = |sold: &Sold<'_>| {
        let theirs = promotion.instructor.as_ref().is_none_or(|owner| owner == sold.instructor);
        theirs
            && match promotion.scope {
                Scope::All | Scope::Instructor => true,
                Scope::Courses => named(sold.course.as_str()),
                Scope::Topics => named(sold.topic),
            }
    };
    match courses {
        [] => promotion.scope == Scope::All && promotion.instructor.is_none(),
        courses => courses.iter().all(covered),
    }
}

/// A code as it is kept: people type small letters, spaces and full-width signs.
pub fn tidy_code(typed: &str) -> String {
    let narrow = |sign: char| match u32::from(sign) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(sign),
        _ => sign,
    };
    typed
        .chars()
        .map(narrow)
        .filter(|sign| !sign.is_whitespace() && !sign.is_control())
        .take(64)
        .collect::<String>()
        .to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        for typed in ["spring-20", " SPRING-20 ", "Spring -20", "ｓｐｒｉｎｇ－２０"] {
            assert_eq!(tidy_code(typed), "SPRING-20");
        }
    }
}
