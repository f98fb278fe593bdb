//! 发票: what is asked for, how far it has come, and what finance does with it. Receipts are another thing: everyone has one.

use crate::fault::FieldErrors;
use crate::ids::{AccountId, InvoiceFileId, InvoiceId, OrderId};
use crate::orders::Key;
use crate::paging::Page;
use crate::text::{Email, line};
use crate::{Fault, Moment, Money, Problem};
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

/// A company's tax number: the unified social credit code of GB 32100-2015, 18 characters whose last one checks the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxNumber(String);

/// The characters of a code in the order of their values; I, O, Z, S and V are not among them.
const CODE: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl TaxNumber {
    /// How many characters it has.
    pub const LENGTH: u32 = 18;

    /// Reads what was typed: spaces and hyphens are left out, small letters become capitals.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        if code.is_empty() {
            return Err(Problem::Required);
        }
        let values: Option<Vec<u64>> = code.bytes().map(value).collect();
        match values {
            Some(values) if values.len() == Self::LENGTH as usize && is_checked(&values) => Ok(Self(code)),
            _ => Err(Problem::NotATaxNumber),
        }
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn value(character: u8) -> Option<u64> {
    CODE.iter().position(|known| *known == character).and_then(|place| u64::try_from(place).ok())
}

/// Σ value · 3ⁱ mod 31 over the first seventeen, and the last brings it to a multiple of 31.
fn is_checked(values: &[u64]) -> bool {
    let Some((last, body)) = values.split_last() else { return false };
    let (sum, _) = body.iter().fold((0, 1), |(sum, weight), value| ((sum + value * weight) % 31, weight * 3 % 31));
    (31 - sum) % 31 == *last
}

/// The longest title, bank or address, in characters.
pub const LINE_MAX: u32 = 100;
/// The most orders on one invoice.
pub const ORDERS_MAX: usize = 50;

/// "Ask for an invoice".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InvoiceForm {
    #[serde(default)]
    pub order: Vec<OrderId>,
    #[serde(default)]
    pub title_kind: String,
    #[serde(default)]
    pub invoice_kind: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub tax_number: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub bank: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub idem: String,
}

/// Whom an invoice is made out to and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    pub kind: TitleKind,
    pub invoice: InvoiceKind,
    /// 抬头
    pub title: String,
    /// A company's.
    pub tax_number: Option<TaxNumber>,
    pub email: Email,
    /// Bank and account; empty where not wanted.
    pub bank: String,
    /// Address and telephone; empty where not wanted.
    pub address: String,
}

/// What the form asks for, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRequest {
    /// In ascending order, none twice.
    pub orders: Vec<OrderId>,
    pub heading: Heading,
    pub key: Key,
}

impl InvoiceForm {
    pub fn parse(self) -> Result<InvoiceRequest, Fault> {
        let mut errors = FieldErrors::default();
        let orders: std::collections::BTreeSet<OrderId> = self.order.into_iter().collect();
        if orders.is_empty() {
            errors.add("order", Problem::TooFew { min: 1 });
        } else if orders.len() > ORDERS_MAX {
            errors.add("order", Problem::OutOfRange { min: 1, max: ORDERS_MAX as i64 });
        }
        let kind = errors.take("title_kind", self.title_kind.parse().map_err(|_| Problem::NotAChoice));
        let invoice = match self.invoice_kind.as_str() {
            "" => Some(InvoiceKind::Ordinary),
            word => errors.take("invoice_kind", word.parse().map_err(|_| Problem::NotAChoice)),
        };
        if kind == Some(TitleKind::Personal) && invoice == Some(InvoiceKind::Special) {
            errors.add("invoice_kind", Problem::NotAChoice);
        }
        let title = errors.take("title", line(&self.title, 1, LINE_MAX));
        let tax_number = match kind {
            Some(TitleKind::Company) => errors.take("tax_number", TaxNumber::parse(&self.tax_number)).map(Some),
            _ => Some(None),
        };
        let email = errors.take("email", Email::parse(&self.email));
        let bank = errors.take("bank", line(&self.bank, 0, LINE_MAX));
        let address = errors.take("address", line(&self.address, 0, LINE_MAX));
        let key = Key::parse(&self.idem).map_err(|_| Problem::Required);
        let key = errors.take("idem", key);
        let request = (|| {
            let heading = Heading {
                kind: kind?,
                invoice: invoice?,
                title: title?,
                tax_number: tax_number?,
                email: email?,
                bank: bank?,
                address: address?,
            };
            Some(InvoiceRequest { orders: orders.into_iter().collect(), heading, key: key? })
        })();
        errors.finish(request)
    }
}

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
    pub rows: Vec<InvoiceRow>,
    pub invoiceable: Vec<Invoiceable>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_codes_of_the_standard_and_of_known_companies_are_tax_numbers() {
        for code in
            ["91350100M000100Y43", "91110000802100433B", "9144030071526726XG", "91350100m000100y43", " 9135 0100 M000-100Y 43 "]
        {
            assert!(TaxNumber::parse(code).is_ok(), "{code}");
        }
    }

    #[test]
    fn whatever_does_not_check_is_no_tax_number() {
        for code in
            ["91350100M000100Y44", "91350100M000100Y4", "91350100M000100Y433", "9I350100M000100Y43", "９１350100M000100Y43"]
        {
            assert_eq!(TaxNumber::parse(code), Err(Problem::NotATaxNumber), "{code}");
        }
        assert_eq!(TaxNumber::parse("  "), Err(Problem::Required));
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_noticed(place in 0usize..18, other in 0usize..31) {
            let mut code = b"91350100M000100Y43".to_vec();
            prop_assume!(code[place] != CODE[other]);
            code[place] = CODE[other];
            prop_assert!(TaxNumber::parse(&String::from_utf8(code).expect("ASCII")).is_err());
        }
    }

    fn filled() -> InvoiceForm {
        InvoiceForm {
            order: vec!["b".parse().expect("an id"), "a".parse().expect("an id"), "b".parse().expect("an id")],
            title_kind: "company".into(),
            title: "讲台（上海）教育科技有限公司".into(),
            tax_number: "91350100M000100Y43".into(),
            email: "Fapiao@Example.com".into(),
            idem: "k".into(),
            ..InvoiceForm::default()
        }
    }

    #[test]
    fn a_form_is_read_with_its_orders_once_each() {
        let request = filled().parse().expect("a request");
        assert_eq!(request.orders.iter().map(OrderId::as_str).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(request.heading.email.as_str(), "fapiao@example.com");
    }

    #[test]
    fn a_person_needs_no_tax_number_and_gets_no_special_invoice() {
        let personal = InvoiceForm { title_kind: "personal".into(), tax_number: "nonsense".into(), ..filled() };
        assert_eq!(personal.clone().parse().expect("a request").heading.tax_number, None);
        let special = InvoiceForm { invoice_kind: "special".into(), ..personal };
        assert_eq!(special.parse(), Err(Fault::field("invoice_kind", Problem::NotAChoice)));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let Err(Fault::Invalid(errors)) = InvoiceForm { title_kind: "company".into(), ..InvoiceForm::default() }.parse() else {
            panic!("taken")
        };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["order", "title", "tax_number", "email", "idem"]);
    }

    #[test]
    fn a_file_is_known_by_what_it_begins_with() {
        assert_eq!(FileFormat::of(b"%PDF-1.7 ..."), Some(FileFormat::Pdf));
        assert_eq!(FileFormat::of(b"PK\x03\x04..."), Some(FileFormat::Ofd));
        assert_eq!(FileFormat::of("\u{feff}<?xml version".as_bytes()), Some(FileFormat::Xml));
        assert_eq!(FileFormat::of(b"<html>"), None);
    }
}
