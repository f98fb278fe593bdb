//! Invoices as their buyer sees them.

use super::{FileFormat, Heading, InvoiceState};
use crate::ids::{InvoiceFileId, InvoiceId, OrderId};
use crate::orders::Key;
use crate::paging::Page;
use crate::{Moment, Money};
use serde::{Deserialize, Serialize};

/// An order that can be put on an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoiceable {
    pub order: OrderId,
    pub title: String,
    /// How many more lines it has.
    pub more: u32,
    pub paid_at: Moment,
    /// What an invoice may say: paid in money and not refunded.
    pub amount: Money,
}

/// One line of "my invoices".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceRow {
    pub id: InvoiceId,
    /// Our number of the request: `F-000012`.
    pub number: String,
    pub state: InvoiceState,
    pub title: String,
    pub amount: Money,
    pub asked_at: Moment,
}

/// The page of a person's invoices, with the form for another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceDesk {
    pub rows: Page<InvoiceRow>,
    pub invoiceable: Vec<Invoiceable>,
    /// There are older orders that an invoice could be about.
    pub more: bool,
    /// As it was filled in last time.
    pub last: Option<Heading>,
    /// The person's own address.
    pub email: String,
    pub key: Key,
}

/// A file of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceFile {
    pub id: InvoiceFileId,
    pub format: FileFormat,
    /// Of the red-letter invoice.
    pub red: bool,
    pub bytes: u64,
}

/// An order on an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceOrder {
    pub order: OrderId,
    pub title: String,
    pub amount: Money,
    /// Refunded since it was issued.
    pub went_back: Money,
}

/// One invoice with everything about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceView {
    pub id: InvoiceId,
    pub number: String,
    pub state: InvoiceState,
    pub heading: Heading,
    pub amount: Money,
    /// To be taken off by the next red-letter invoice while one is due; else taken off by all of them.
    pub red_amount: Money,
    pub orders: Vec<InvoiceOrder>,
    pub asked_at: Moment,
    /// By when finance means to have it issued.
    pub due_at: Moment,
    /// The tax office's number of it, and of the red-letter one.
    pub tax_office_number: Option<String>,
    pub issued_at: Option<Moment>,
    pub red_number: Option<String>,
    pub red_at: Option<Moment>,
    /// Why finance refused it.
    pub reason: String,
    pub files: Vec<InvoiceFile>,
}
