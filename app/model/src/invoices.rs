//! 发票: what is asked for, how far it has come, and what finance does with it. Receipts are another thing: everyone has one.

mod asked;
mod finance;
mod tax_number;
mod view;

pub use asked::*;
pub use finance::*;
pub use tax_number::TaxNumber;
pub use view::*;

use serde::{Deserialize, Serialize};

crate::words! {
    /// SM-10: how far an invoice has come.
    pub enum InvoiceState {
        /// Taken back or refused; its orders are free again.
        None = "none",
        Requested = "requested",
        /// Finance has it in hand.
        Issuing = "issuing",
        Issued = "issued",
        /// Money went back: a red-letter invoice has to take it off the books.
        RedRequested = "red_requested",
        RedIssued = "red_issued",
    }
}

impl InvoiceState {
    /// Its orders cannot be put on another one.
    pub const fn is_live(self) -> bool {
        !matches!(self, InvoiceState::None)
    }
    /// Finance has something to do.
    pub const fn is_waiting(self) -> bool {
        matches!(self, InvoiceState::Requested | InvoiceState::Issuing | InvoiceState::RedRequested)
    }
}

crate::words! {
    /// Whom it is made out to.
    pub enum TitleKind {
        Personal = "personal",
        Company = "company",
    }
}

crate::words! {
    /// 数电普票 or 数电专票.
    pub enum InvoiceKind {
        Ordinary = "ordinary",
        /// Lets a company deduct the tax.
        Special = "special",
    }
}

crate::words! {
    /// What an invoice's file is.
    pub enum FileFormat {
        Pdf = "pdf",
        Ofd = "ofd",
        Xml = "xml",
    }
}

impl FileFormat {
    pub const fn content_type(self) -> &'static str {
        match self {
            FileFormat::Pdf => "application/pdf",
            FileFormat::Ofd => "application/ofd",
            FileFormat::Xml => "application/xml",
        }
    }
    /// By what the file begins with; an OFD file is a ZIP archive.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match bytes {
            _ if bytes.starts_with(b"%PDF-") => Some(FileFormat::Pdf),
            _ if bytes.starts_with(b"PK\x03\x04") => Some(FileFormat::Ofd),
            _ if text.starts_with(b"<?xml") => Some(FileFormat::Xml),
            _ => None,
        }
    }
}

/// Why an invoice cannot be asked for, or not go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// One of the orders is on another invoice already.
    AlreadyInvoiced,
    /// Nothing of these orders was paid in money, or all of it went back.
    NothingPaid,
    /// An invoice is in one currency.
    Currencies,
    /// Not possible in the state things are in.
    Transition,
}

/// Who sells, as papers name them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    pub name: String,
    /// Empty where there is none.
    pub tax_number: String,
    pub address: String,
    pub phone: String,
    pub email: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_it_begins_with() {
        assert_eq!(FileFormat::of(b"%PDF-1.7 ..."), Some(FileFormat::Pdf));
        assert_eq!(FileFormat::of(b"PK\x03\x04..."), Some(FileFormat::Ofd));
        assert_eq!(FileFormat::of("\u{feff}<?xml version".as_bytes()), Some(FileFormat::Xml));
        assert_eq!(FileFormat::of(b"<html>"), None);
    }
}
