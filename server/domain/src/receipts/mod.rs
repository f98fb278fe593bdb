//! Receipts and credit notes as files: each drawn once in a language from its sealed document, kept, and sent to its buyer or to
//! staff ever after. Reads orders; what a paper says is theirs.

mod paper;
mod queries;
mod words;

#[cfg(test)]
mod tests;

pub use paper::{File, credit_note, receipt};
