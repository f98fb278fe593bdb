//! The shapes that several calls share. They are a promise to other programs: fields are added, never changed.

use locale::dates;
use model::Moment;
use serde::Serialize;
use utoipa::ToSchema;

/// Money.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Money {
    /// In the currency's smallest unit.
    #[schema(example = 19900)]
    pub minor: i64,
    /// ISO 4217.
    #[schema(example = "CNY")]
    pub currency: String,
}

impl From<model::Money> for Money {
    fn from(money: model::Money) -> Self {
        Self { minor: money.minor(), currency: money.currency().as_str().to_owned() }
    }
}

/// A moment as RFC 3339 in UTC.
pub fn time(at: Moment) -> String {
    dates::machine(at)
}

/// The JSON of a value of ours, which always can be written.
pub fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
