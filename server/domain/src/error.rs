//! A fault to show, or a bug to log.

use model::{Fault, FieldError, Problem, Refusal};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a verb did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The asker may read this; nothing is wrong with us.
    #[error("refused: {0:?}")]
    Fault(Fault),
    /// The database refused or is away.
    #[error(transparent)]
    Store(store::Error),
    /// A mistake of ours, or of a machine we depend on.
    #[error("{0}")]
    Bug(String),
}

impl Error {
    pub fn not_found() -> Self {
        Error::Fault(Fault::NotFound)
    }
    pub fn field(field: &str, problem: Problem) -> Self {
        Error::Fault(Fault::field(field, problem))
    }
    pub fn refuse(refusal: Refusal) -> Self {
        Error::Fault(Fault::Conflict(refusal))
    }
    /// Anything unexpected, in the words of its source.
    pub fn bug(cause: impl std::fmt::Display) -> Self {
        Error::Bug(cause.to_string())
    }
    /// The database is away; everything works again when it is back.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Error::Store(store::Error::Unavailable(_)))
    }
    /// A unique value that somebody has already becomes a mistake at its field.
    pub fn taken_if(self, table_column: &str, field: &str) -> Self {
        match &self {
            Error::Store(cause) if cause.is_conflict(table_column) => {
                Error::Fault(Fault::Invalid(vec![FieldError::new(field, Problem::Taken)]))
            }
            _ => self,
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::Fault(fault)
    }
}
impl From<store::Error> for Error {
    fn from(cause: store::Error) -> Self {
        match cause {
            // who looks on as somebody else changes nothing
            store::Error::ReadOnly => Error::Fault(Fault::Forbidden),
            cause => Error::Store(cause),
        }
    }
}
impl From<model::money::MoneyError> for Error {
    fn from(cause: model::money::MoneyError) -> Self {
        Error::bug(cause)
    }
}
/// Turns "there is none" into the fault a person sees.
pub trait OrNotFound<T> {
    fn or_not_found(self) -> Result<T>;
}
impl<T> OrNotFound<T> for Option<T> {
    fn or_not_found(self) -> Result<T> {
        self.ok_or_else(Error::not_found)
    }
}
