//! The parts of an invoice that its buyer and finance see alike.

use leptos::prelude::*;
use locale::{invoices, numbers};
use model::ids::OrderId;
use model::invoices::{Heading, InvoiceView};
use model::{Lang, routes};
use ui::{Amount, ButtonLink, Glyph, Kind};

/// The files that were made out, each with its download.
#[component]
pub fn InvoiceFiles(invoice: InvoiceView) -> impl IntoView {
    let lang = wire::lang();
    let files: Vec<_> = invoice
        .files
        .iter()
        .map(|file| {
            let (format, size) = (invoices::format(file.format), numbers::size(file.bytes));
            let words = if file.red { invoices::red_file(lang, format, &size) } else { invoices::file(lang, format, &size) };
            let href = routes::invoice_file(lang, &invoice.id, &file.id);
            view! {
                <li class="split">
                    <span>{words}</span>
                    <ButtonLink href kind=Kind::Secondary icon=Glyph::Download>{invoices::download(lang)}</ButtonLink>
                </li>
            }
        })
        .collect();
    (!files.is_empty()).then(|| view! { <ul class="list" role="list">{files}</ul> })
}

/// The orders on it, with what has gone back of each; `to` is where the reader sees an order.
#[component]
pub fn InvoiceOrders(invoice: InvoiceView, to: fn(Lang, &OrderId) -> String) -> impl IntoView {
    let lang = wire::lang();
    let lines: Vec<_> = invoice
        .orders
        .iter()
        .map(|part| {
            let back = (!part.went_back.is_zero()).then(|| {
                view! { <span class="small muted">{invoices::went_back(lang, &numbers::money_exact(part.went_back))}</span> }
            });
            view! {
                <li class="split">
                    <span class="stack gap-1"><a href=to(lang, &part.order)>{part.title.clone()}</a>{back}</span>
                    <Amount of=part.amount exact=true/>
                </li>
            }
        })
        .collect();
    view! {
        <section class="section">
            <header class="section-head"><h2>{invoices::on_it(lang)}</h2></header>
            <ul class="list" role="list">{lines}</ul>
        </section>
    }
}

/// The rows of a list of facts, in the order they are added; what is empty is left out.
#[derive(Default)]
pub struct Facts(Vec<AnyView>);

impl Facts {
    /// What an invoice is made out to.
    pub fn of(heading: &Heading) -> Self {
        let lang = wire::lang();
        let kind = format!("{} · {}", invoices::invoice_kind(lang, heading.invoice), invoices::title_kind(lang, heading.kind));
        Self::default()
            .text(invoices::title(lang), Some(heading.title.clone()))
            .text(invoices::tax_number(lang), heading.tax_number.as_ref().map(|number| number.as_str().to_owned()))
            .text(invoices::invoice_kind_label(lang), Some(kind))
            .text(invoices::email(lang), Some(heading.email.to_string()))
            .text(invoices::bank(lang), Some(heading.bank.clone()))
            .text(invoices::address(lang), Some(heading.address.clone()))
    }

    #[must_use]
    pub fn text(self, label: &'static str, value: Option<String>) -> Self {
        match value.filter(|value| !value.is_empty()) {
            Some(value) => self.shown(label, Some(value)),
            None => self,
        }
    }

    #[must_use]
    pub fn shown(mut self, label: &'static str, value: Option<impl IntoView>) -> Self {
        self.0.extend(value.map(|value| view! { <div><dt>{label}</dt><dd>{value.into_view()}</dd></div> }.into_any()));
        self
    }

    /// The list, with the invoice's amount below.
    pub fn with_total(self, invoice: &InvoiceView) -> impl IntoView + use<> {
        let label = invoices::amount(wire::lang());
        view! {
            <dl class="facts">
                {self.0}
                <div class="total"><dt>{label}</dt><dd><Amount of=invoice.amount exact=true/></dd></div>
            </dl>
        }
    }
}
