//! Long lists in pieces, by a cursor that stands for a place and not for a number.

use super::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const LARGEST: u32 = 100;
const USUAL: u32 = 20;

/// Which piece of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Piece {
    /// Where the piece before ended: its `next`.
    pub cursor: Option<String>,
    /// So many at most.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl Piece {
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(USUAL)
    }
}

impl<S: Sync> FromRequestParts<S> for Piece {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let piece: Piece = serde_html_form::from_str(query).map_err(|cause| Problem::field("", &cause.to_string()))?;
        match piece.limit {
            Some(limit) if !(1..=LARGEST).contains(&limit) => Err(Problem::field("limit", "from 1 to 100")),
            _ => Ok(piece),
        }
    }
}

/// A piece of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Listed<T> {
    pub items: Vec<T>,
    /// The cursor of the next piece; none at the end.
    pub next: Option<String>,
}

impl<T> Listed<T> {
    /// Of one more than asked for: the extra one says that there is more.
    pub fn of(mut items: Vec<T>, limit: u32, place: impl Fn(&T) -> String) -> Self {
        let limit = limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(place);
        Self { items, next }
    }
}
