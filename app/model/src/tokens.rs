//! Keys of other programs and what they may be used for.

use crate::accounts::{Me, Role};
use crate::fault::FieldErrors;
use crate::ids::TokenId;
use crate::time::Moment;
use crate::{Fault, Problem};
use serde::{Deserialize, Serialize};

/// What every token begins with, so that one that leaked can be recognised.
pub const PREFIX: &str = "lectern_";
/// Longest life that can be chosen, in days.
pub const LONGEST_DAYS: u32 = 3650;

crate::words! {
    /// What a program may do for the person behind it; never more than the person may.
    pub enum Scope {
        OrdersRead = "orders:read",
        OrdersWrite = "orders:write",
        RefundsWrite = "refunds:write",
        SubscriptionsRead = "subscriptions:read",
        SubscriptionsWrite = "subscriptions:write",
        CouponsRead = "coupons:read",
        CouponsWrite = "coupons:write",
        LedgerRead = "ledger:read",
    }
}

impl Scope {
    /// Whether the person can use it at all: coupons are kept by staff alone.
    pub fn serves(self, me: &Me) -> bool {
        match self {
            Scope::CouponsRead | Scope::CouponsWrite => me.has(Role::Finance) || me.has(Role::Admin),
            Scope::OrdersRead
            | Scope::OrdersWrite
            | Scope::RefundsWrite
            | Scope::SubscriptionsRead
            | Scope::SubscriptionsWrite
            | Scope::LedgerRead => true,
        }
    }
}

/// "Make a token".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewToken {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Days it lives; empty: until it is ended.
    #[serde(default)]
    pub days: String,
}

/// A token as it was asked for, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    /// At least one, each once.
    pub scopes: Vec<Scope>,
    pub days: Option<u32>,
}

impl NewToken {
    pub fn parse(self) -> Result<Wanted, Fault> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", name(&self.name));
        let scopes = errors.take("scopes", scopes(&self.scopes));
        let days = errors.take("days", lifetime(&self.days));
        let wanted = name.zip(scopes).zip(days).map(|((name, scopes), days)| Wanted { name, scopes, days });
        errors.finish(wanted)
    }
}

fn name(text: &str) -> Result<String, Problem> {
    match text.trim() {
        "" => Err(Problem::Required),
        name if name.chars().count() > 60 => Err(Problem::TooLong { max: 60 }),
        name if name.chars().any(char::is_control) => Err(Problem::Unreadable),
        name => Ok(name.to_owned()),
    }
}

fn scopes(words: &[String]) -> Result<Vec<Scope>, Problem> {
    let mut scopes = words.iter().map(|word| word.parse()).collect::<Result<Vec<Scope>, _>>().map_err(|_| Problem::NotAChoice)?;
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() { Err(Problem::TooFew { min: 1 }) } else { Ok(scopes) }
}

fn lifetime(text: &str) -> Result<Option<u32>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => {
            let days: u32 = text.parse().map_err(|_| Problem::NotANumber)?;
            let range = Problem::OutOfRange { min: 1, max: i64::from(LONGEST_DAYS) };
            if (1..=LONGEST_DAYS).contains(&days) { Ok(Some(days)) } else { Err(range) }
        }
    }
}

/// "End this token".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EndToken {
    #[serde(default)]
    pub token: String,
}

/// A new token; the secret is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub id: TokenId,
    pub secret: String,
}

impl std::fmt::Debug for Issued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issued").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The page of tokens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    pub tokens: Vec<TokenView>,
    /// What a new one can be made for.
    pub offered: Vec<Scope>,
    /// Of the one made just now.
    pub secret: Option<String>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("tokens", &self.tokens).finish_non_exhaustive()
    }
}

/// A live token as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    pub id: TokenId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub created: Moment,
    pub expires: Option<Moment>,
    /// To within five minutes.
    pub used: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_of_a_token_is_told_at_its_field() {
        let form = NewToken { name: " ".into(), scopes: vec!["orders:read".into(), "everything".into()], days: "0".into() };
        let Err(Fault::Invalid(errors)) = form.parse() else { panic!("taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "scopes", "days"]);
    }

    #[test]
    fn a_scope_chosen_twice_counts_once() {
        let form =
            NewToken { name: "Shop".into(), scopes: vec!["ledger:read".into(), "ledger:read".into()], days: String::new() };
        assert_eq!(form.parse().unwrap(), Wanted { name: "Shop".into(), scopes: vec![Scope::LedgerRead], days: None });
    }
}
