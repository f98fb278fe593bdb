//! Why a file or a request was not accepted, in words for the person who typed the command.

use std::fmt;

/// A refusal always says where (the line, counted from 1 with the header) and what would have been right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Empty {
        header: &'static str,
    },
    MissingColumn {
        column: &'static str,
        header: &'static str,
    },
    UnclosedQuote {
        line: usize,
    },
    FieldCount {
        line: usize,
        found: usize,
        expected: usize,
    },
    EmptyField {
        line: usize,
        column: &'static str,
    },
    NotANumber {
        line: usize,
        column: &'static str,
        text: String,
    },
    Negative {
        line: usize,
        column: &'static str,
        text: String,
    },
    /// No person of the test file has an item that is new to them.
    NothingToEvaluate,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { header } => write!(out, "the file is empty; its first line must be the header `{header}`"),
            Self::MissingColumn { column, header } => {
                write!(out, "line 1: the column `{column}` is missing; the header must be `{header}`")
            }
            Self::UnclosedQuote { line } => write!(out, "line {line}: a quoted field is never closed"),
            Self::FieldCount { line, found, expected } => {
                write!(out, "line {line}: {found} fields where the header has {expected}")
            }
            Self::EmptyField { line, column } => write!(out, "line {line}: `{column}` is empty"),
            Self::NotANumber { line, column, text } => {
                write!(out, "line {line}: `{column}` must be a finite number, not {text:?}")
            }
            Self::Negative { line, column, text } => {
                write!(out, "line {line}: `{column}` must not be negative, but is {text}")
            }
            Self::NothingToEvaluate => {
                write!(out, "nothing to evaluate: nobody in the test file has an item that they do not have in the training file")
            }
        }
    }
}

impl std::error::Error for Refusal {}
