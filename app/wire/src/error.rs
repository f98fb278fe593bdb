//! The one place where a domain error becomes an answer.

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::{Fault, Problem};

/// A refusal on its way to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(pub Fault);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
impl std::error::Error for Error {}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        error.0
    }
}
impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error(fault)
    }
}

impl FromServerFnError for Error {
    type Encoder = crate::codec::Refused;

    fn from_server_fn_error(cause: ServerFnErrorErr) -> Self {
        match cause {
            // the browser could not reach us
            ServerFnErrorErr::Request(_) => Error(Fault::Later { seconds: 5 }),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                let fault = Fault::field("form", Problem::Unreadable);
                #[cfg(feature = "ssr")]
                crate::respond::set_status(fault.status());
                Error(fault)
            }
            other => Error(Fault::Broken(other.to_string())),
        }
    }
}

#[cfg(feature = "ssr")]
impl From<domain::Error> for Error {
    /// Bugs are logged once, here, under an incident the person can quote; the answer's status follows the fault.
    fn from(cause: domain::Error) -> Self {
        let fault = match cause {
            domain::Error::Fault(fault) => fault,
            away if away.is_unavailable() => {
                tracing::error!(cause = %away, "the database is away");
                Fault::Later { seconds: 5 }
            }
            bug => {
                let incident = crate::server::incident();
                tracing::error!(incident = %incident, cause = %bug, "a request broke");
                Fault::Broken(incident)
            }
        };
        crate::respond::say(&fault);
        Error(fault)
    }
}
