//! Invoices at finance's desk.

use super::{InvoiceRow, InvoiceView, TaxNumber};
use crate::ids::AccountId;
use crate::paging::Page;
use crate::text::Email;
use crate::{Money, Problem};
use serde::{Deserialize, Serialize};

/// What finance's list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceFilter {
    /// Part of a title, a tax number, an e-mail address or a number.
    #[serde(default)]
    pub q: String,
    /// A state, or `waiting`; empty: all.
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub page: u32,
}

/// One line of finance's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffInvoiceRow {
    pub row: InvoiceRow,
    pub email: Email,
    pub tax_number: Option<TaxNumber>,
    pub red_amount: Money,
    pub is_late: bool,
}

/// Finance's list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffInvoices {
    pub filter: InvoiceFilter,
    pub page: Page<StaffInvoiceRow>,
    /// How many wait for finance.
    pub waiting: u64,
}

/// One invoice as finance sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffInvoice {
    pub invoice: InvoiceView,
    pub buyer: String,
    pub buyer_id: AccountId,
    pub trail: Vec<crate::orders::TrailView>,
}

/// "Issued" on finance's page: the tax office's number, and its file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct IssueForm {
    #[serde(default)]
    pub number: String,
    /// The file in base64, as it came with the form; empty: to be added later.
    #[serde(default)]
    pub file: String,
    /// Of a red-letter invoice: what the page said it takes off, in minor units; empty: what is due.
    #[serde(default)]
    pub amount: String,
}

/// The largest file of an invoice.
pub const FILE_MAX: usize = 5 * 1024 * 1024;

impl IssueForm {
    /// The tax office's number: 8 to 20 letters and digits.
    pub fn number(&self) -> Result<String, Problem> {
        let number: String = self.number.chars().filter(|c| !c.is_whitespace()).collect();
        match number.len() {
            0 => Err(Problem::Required),
            n if n < 8 => Err(Problem::TooShort { min: 8 }),
            n if n > 20 => Err(Problem::TooLong { max: 20 }),
            _ if number.bytes().all(|b| b.is_ascii_alphanumeric()) => Ok(number),
            _ => Err(Problem::Unreadable),
        }
    }
}

/// "Refuse" on finance's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RefuseForm {
    #[serde(default)]
    pub reason: String,
}
