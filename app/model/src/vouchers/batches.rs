//! Codes that the school makes and gives out itself, many at a time.

use super::{NAME_MAX, VoucherKind};
use crate::fault::FieldErrors;
use crate::ids::BatchId;
use crate::orders::Key;
use crate::paging::Page;
use crate::text::{Slug, line};
use crate::{Currency, Fault, Moment, Money, Problem};
use serde::{Deserialize, Serialize};

/// "Make codes" on the staff's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BatchForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub kind: String,
    /// A course's address.
    #[serde(default)]
    pub course: String,
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub count: String,
    /// How many days the codes are good.
    #[serde(default)]
    pub days: String,
    #[serde(default)]
    pub idem: String,
}

/// The most codes of one batch.
pub const BATCH_MAX: i64 = 5_000;
/// The largest balance of one code, in minor units.
pub const BALANCE_MAX: i64 = 100_000;
pub const DAYS_MAX: i64 = 1_095;

/// A batch, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRequest {
    pub name: String,
    pub gives: Gives,
    pub count: i64,
    pub days: i64,
    pub key: Key,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gives {
    Course(Slug),
    Balance(Money),
}

impl BatchForm {
    pub fn parse(self) -> Result<BatchRequest, Fault> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", line(&self.name, 1, NAME_MAX));
        let gives = match self.kind.parse() {
            Ok(VoucherKind::Course) => errors.take("course", Slug::parse(&self.course)).map(Gives::Course),
            Ok(VoucherKind::Balance) => {
                let amount = Money::parse(&self.amount, Currency::Cny).ok_or(Problem::NotAnAmount);
                let amount = amount.and_then(|amount| match amount.minor() {
                    1..=BALANCE_MAX => Ok(amount),
                    _ => Err(Problem::OutOfRange { min: 0, max: BALANCE_MAX / 100 }),
                });
                errors.take("amount", amount).map(Gives::Balance)
            }
            _ => {
                errors.add("kind", Problem::NotAChoice);
                None
            }
        };
        let count = errors.take("count", whole(&self.count, BATCH_MAX));
        let days = errors.take("days", whole(&self.days, DAYS_MAX));
        let key = errors.take("idem", Key::parse(&self.idem).map_err(|_| Problem::Required));
        let request = (|| Some(BatchRequest { name: name?, gives: gives?, count: count?, days: days?, key: key? }))();
        errors.finish(request)
    }
}

/// A whole number from 1.
fn whole(typed: &str, max: i64) -> Result<i64, Problem> {
    match typed.trim().parse() {
        Ok(n) if (1..=max).contains(&n) => Ok(n),
        Ok(_) => Err(Problem::OutOfRange { min: 1, max }),
        Err(_) => Err(Problem::NotANumber),
    }
}

/// A batch in the staff's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    pub id: BatchId,
    pub name: String,
    /// The course's title; none: a balance.
    pub course: Option<String>,
    pub amount: Option<Money>,
    pub count: u64,
    pub claimed: u64,
    pub revoked: u64,
    pub made_at: Moment,
    pub expires_at: Moment,
    /// Its codes have been given out.
    pub is_exported: bool,
    /// A second person approves it first.
    pub waits: bool,
    /// Made by whoever is looking.
    pub is_own: bool,
}

/// The staff's page of codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeDesk {
    pub batches: Page<BatchRow>,
    pub key: Key,
}

/// "Approve" on a batch that waits for a second person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApproveForm {
    pub batch: BatchId,
}

/// "Revoke what is left" of a batch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RevokeForm {
    pub batch: BatchId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_gives_a_course_or_a_balance_and_says_what_is_wrong() {
        let form = BatchForm {
            name: "Spring".into(),
            kind: "balance".into(),
            amount: "50".into(),
            count: "100".into(),
            days: "30".into(),
            idem: "k".into(),
            ..BatchForm::default()
        };
        assert_eq!(form.clone().parse().expect("a batch").gives, Gives::Balance(Money::new(5_000, Currency::Cny)));
        let Err(Fault::Invalid(errors)) = (BatchForm { amount: "0".into(), count: "0".into(), days: "x".into(), ..form }).parse()
        else {
            panic!("taken")
        };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["amount", "count", "days"]);
    }
}
