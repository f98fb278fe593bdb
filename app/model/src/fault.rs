//! Why a request was refused, as a person may read it. The interface turns each word into a sentence (`locale::faults`).

use serde::{Deserialize, Serialize};

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// There is no such thing, or the asker may not know of it.
    NotFound,
    /// The asker must sign in first.
    SignIn,
    /// The asker is known and may not do this.
    Forbidden,
    /// The asker is known and must show again who they are.
    Confirm,
    /// Some fields cannot be taken as they are.
    Invalid(Vec<FieldError>),
    /// The request was understood and the state of things refuses it.
    Conflict(Refusal),
    /// Too much at once, or a part is away: try again after this many seconds.
    Later { seconds: u32 },
    /// The asker tried this too often: again after this many seconds.
    TooOften { seconds: u32 },
    /// A mistake of ours; the log has it under this incident.
    Broken(String),
}

impl Fault {
    /// One wrong field.
    pub fn field(field: &str, problem: Problem) -> Fault {
        Fault::Invalid(vec![FieldError::new(field, problem)])
    }

    /// The HTTP status that says the same (RFC 9110). A form without its key is no request at all, and one whose key stands for another
    /// request cannot be worked on (INV-10a).
    pub fn status(&self) -> u16 {
        match self {
            Fault::NotFound => 404,
            Fault::SignIn => 401,
            Fault::Forbidden | Fault::Confirm => 403,
            Fault::Invalid(errors) if errors.iter().any(|error| error.field == "idem") => 400,
            Fault::Invalid(_) | Fault::Conflict(Refusal::Orders(crate::orders::Refusal::OtherRequest)) => 422,
            Fault::Conflict(_) => 409,
            Fault::Later { .. } => 503,
            Fault::TooOften { .. } => 429,
            Fault::Broken(_) => 500,
        }
    }
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's `name`.
    pub field: String,
    pub problem: Problem,
}

impl FieldError {
    pub fn new(field: &str, problem: Problem) -> Self {
        Self { field: field.to_owned(), problem }
    }
}

/// What can be wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    Required,
    /// Fewer than `min` characters.
    TooShort {
        min: u32,
    },
    /// More than `max` characters.
    TooLong {
        max: u32,
    },
    /// Fewer than `min` choices made.
    TooFew {
        min: u32,
    },
    NotAnEmail,
    /// Not a code of ours: 26 letters and digits.
    NotACode,
    /// Not a tax number of 18 characters, or its last one does not fit the others.
    NotATaxNumber,
    NotANumber,
    /// Not an amount of money.
    NotAnAmount,
    OutOfRange {
        min: i64,
        max: i64,
    },
    /// Not one of the choices offered.
    NotAChoice,
    /// Only small letters, digits and hyphens.
    NotASlug,
    /// Somebody has it already.
    Taken,
    /// On the list of passwords everybody tries.
    TooCommon,
    /// A password that holds the person's own name or address.
    TooPersonal,
    /// E-mail or password is wrong; which one is not said.
    WrongCredentials,
    /// Not the password of the person asking.
    WrongPassword,
    /// Not the code of now, or one that was used.
    WrongCode,
    /// Codes of the app cannot be checked: what they are made of is sealed with a key that is gone.
    CodeUnreadable,
    /// The address one has already.
    SameAddress,
    /// The file is larger than `max_bytes`.
    TooLarge {
        max_bytes: u64,
    },
    /// The file's content is not of a kind we take.
    WrongKindOfFile,
    /// Looked into, and found to hold what harms whoever opens it.
    Infected,
    /// Longer than what the school's scanner looks into.
    NotScannable,
    /// The text cannot be read (broken encoding, control characters).
    Unreadable,
}

/// Why the state of things refuses a request; each area has its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The form was changed elsewhere meanwhile.
    ChangedMeanwhile,
    /// The same request is still being worked on.
    InProgress,
    Accounts(crate::accounts::Refusal),
    Community(crate::community::Refusal),
    /// Buying, paying or refunding.
    Orders(crate::orders::Refusal),
    Authoring(crate::authoring::Refusal),
    Invoices(crate::invoices::Refusal),
    /// Gifts, redeem codes, seats.
    Vouchers(crate::vouchers::Refusal),
    /// The membership.
    Subscriptions(crate::subscriptions::Refusal),
    Earnings(crate::earnings::Refusal),
    Privacy(crate::privacy::Refusal),
    /// Ways of signing in beside the password.
    Identity(crate::identity::Setback),
}

impl Refusal {
    /// What was wanted cannot happen in the state that things are in.
    pub const fn is_of_state(&self) -> bool {
        matches!(
            self,
            Refusal::Orders(crate::orders::Refusal::Transition)
                | Refusal::Invoices(crate::invoices::Refusal::Transition)
                | Refusal::Vouchers(crate::vouchers::Refusal::Transition)
                | Refusal::Subscriptions(crate::subscriptions::Refusal::Transition)
                | Refusal::Earnings(crate::earnings::Refusal::Transition)
        )
    }
}

/// Collects the mistakes of a form while its fields are parsed, so that all are told at once.
#[derive(Debug, Default)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Keeps the value, or the mistake under the field's name.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.add(field, problem)).ok()
    }

    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.push(FieldError::new(field, problem));
    }

    /// The whole form, or everything that is wrong with it.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Fault> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(Fault::Invalid(self.0)),
        }
    }
}
