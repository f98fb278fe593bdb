//! The staff's own statements.

pub mod people;
pub mod signals;
