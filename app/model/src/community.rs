//! What learners say about courses.

use crate::Fault;
use crate::accounts::Person;
use crate::catalog::Rating;
use crate::fault::{FieldErrors, Problem};
use crate::text::passage;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

/// Why a review cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Only who owns the course reviews it.
    NotALearner,
    /// Nobody reviews their own course.
    OwnCourse,
}

/// One review as everyone reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub author: Person,
    /// 1 to 5.
    pub stars: u8,
    pub body: String,
    pub at: Moment,
}

/// The reviews of a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviews {
    pub rating: Rating,
    /// How many gave each number of stars, five stars first.
    pub spread: [u32; 5],
    /// Only those with this many stars are shown.
    pub only: Option<u8>,
    /// One page of them, the most useful first.
    pub shown: Vec<Review>,
    /// Which page is shown, from 1, and how many there are.
    pub page: u32,
    pub pages: u32,
}

impl Reviews {
    /// The share of each number of stars in per cent, five stars first.
    pub fn shares(&self) -> [u8; 5] {
        let all = self.spread.iter().sum::<u32>().max(1);
        self.spread.map(|count| u8::try_from((count * 100 + all / 2) / all).unwrap_or(100))
    }
}

/// The form of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteReview {
    #[serde(default)]
    pub stars: String,
    #[serde(default)]
    pub body: String,
}

/// A review as it may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewText {
    pub stars: u8,
    pub body: String,
}

impl WriteReview {
    /// 1 to 5 stars and 5 to 4,000 characters.
    pub fn parse(self) -> Result<ReviewText, Fault> {
        let mut errors = FieldErrors::default();
        let stars = errors.take("stars", stars(&self.stars));
        let body = errors.take("body", passage(&self.body, 5, 4_000));
        errors.finish(stars.zip(body).map(|(stars, body)| ReviewText { stars, body }))
    }
}

fn stars(text: &str) -> Result<u8, Problem> {
    match text.trim().parse() {
        Ok(stars @ 1..=5) => Ok(stars),
        Ok(_) => Err(Problem::OutOfRange { min: 1, max: 5 }),
        Err(_) if text.trim().is_empty() => Err(Problem::Required),
        Err(_) => Err(Problem::NotANumber),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_of_a_review_are_told_at_once() {
        let empty = WriteReview::default().parse();
        assert!(matches!(empty, Err(Fault::Invalid(errors)) if errors.len() == 2));
        let six = WriteReview { stars: "6".into(), body: "Clear and short.".into() }.parse();
        assert_eq!(six, Err(Fault::field("stars", Problem::OutOfRange { min: 1, max: 5 })));
    }
}
