//! Asking for an invoice.

use super::{InvoiceKind, TaxNumber, TitleKind};
use crate::fault::FieldErrors;
use crate::ids::OrderId;
use crate::orders::Key;
use crate::text::{Email, line};
use crate::{Fault, Problem};
use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
