//! Programs and the people who use them: what a measurement (`load`) and a fault test (`faults`) are both made of.

pub mod buyer;
pub mod client;
pub mod program;
pub mod shelf;

/// Any failure, as the sentence that is printed.
pub fn told(cause: impl std::fmt::Display) -> String {
    cause.to_string()
}
