//! Everything about a model that could have been chosen differently.

use serde::{Deserialize, Serialize};

use crate::blend::Weights;
use crate::neighbours::Neighbourhood;
use crate::transitions::Steps;

/// Where the rows of "items that the same people have" come from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Similarity {
    Neighbours(Neighbourhood),
    /// The closed-form linear model, for the most popular items.
    Ease {
        lambda: f32,
    },
}

/// How the order of a feed is loosened up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Diversity {
    /// 1 ranks by score alone; lower values prefer items unlike those already placed.
    pub relevance: f32,
    /// At most this many in a row share a topic or an instructor.
    pub run: usize,
}

/// The defaults suit a course platform whose data have not been tuned on; [`crate::tune`] finds better ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub similarity: Similarity,
    /// A history item with p later ones speaks for similar items with `e^(−p/fade)`; none: all speak alike.
    pub fade: Option<f32>,
    pub steps: Steps,
    /// After this many seconds a choice counts half in popularity; none: for ever.
    pub half_life: Option<f64>,
    pub weights: Weights,
    pub diversity: Diversity,
    /// Rank only what the catalogue lists; other items still speak for what is listed.
    pub listed_only: bool,
    /// Factor on the score of items in a language that the person neither reads nor has chosen before.
    pub other_language: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            similarity: Similarity::Neighbours(Neighbourhood::cosine(20.0)),
            fade: Some(4.0),
            steps: Steps::default(),
            half_life: Some(60.0 * 86_400.0),
            weights: Weights::default(),
            diversity: Diversity { relevance: 0.8, run: 2 },
            listed_only: false,
            other_language: 0.4,
        }
    }
}
