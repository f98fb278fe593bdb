//! One invoice: how far it is, its files, and what is on it.

use super::api;
use super::parts::InvoiceBadge;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, invoices, numbers, shell};
use model::ids::InvoiceId;
use model::invoices::{InvoiceState, InvoiceView};
use model::routes;
use trade::{Facts, InvoiceFiles, InvoiceOrders};
use ui::{Button, ButtonLink, Kind, Notice, Refused, Tone, When, loaded};

/// `/me/invoices/{id}`
#[component]
pub fn InvoicePage(id: InvoiceId) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", invoices::my_invoices(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{loaded(api::read_my_invoice(id), content)}</main>
    }
}

fn content(invoice: InvoiceView) -> AnyView {
    let lang = wire::lang();
    let withdraw = (invoice.state == InvoiceState::Requested).then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="form" value="withdraw"/>
                <Button kind=Kind::Quiet>{invoices::withdraw(lang)}</Button>
            </form>
        }
    });
    view! {
        <header class="page-head">
            <h1>{invoices::invoice(lang, &invoice.number)}</h1>
            <p class="meta"><InvoiceBadge state=invoice.state/></p>
        </header>
        <div class="stack gap-6">
            <Refused form=wire::form_state("withdraw")/>
            {telling(&invoice)}
            <InvoiceFiles invoice=invoice.clone()/>
            {facts(&invoice)}
            <InvoiceOrders invoice=invoice.clone() to=routes::order/>
            <div class="cluster">
                {withdraw}
                <ButtonLink href=routes::my_invoices(lang) kind=Kind::Secondary>{invoices::all_my_invoices(lang)}</ButtonLink>
            </div>
        </div>
    }
    .into_any()
}

fn telling(invoice: &InvoiceView) -> impl IntoView + use<> {
    let lang = wire::lang();
    let (due, red) = (dates::date(lang, invoice.due_at), numbers::money_exact(invoice.red_amount));
    let (tone, words) = match invoice.state {
        InvoiceState::None if !invoice.reason.is_empty() => (Tone::Warning, invoices::refused_text(lang, &invoice.reason)),
        InvoiceState::None => (Tone::Info, invoices::none_text(lang).to_owned()),
        InvoiceState::Requested => (Tone::Info, invoices::requested_text(lang, &due)),
        InvoiceState::Issuing => (Tone::Info, invoices::issuing_text(lang, &due)),
        InvoiceState::Issued => (Tone::Success, invoices::issued_text(lang).to_owned()),
        InvoiceState::RedRequested => (Tone::Warning, invoices::red_requested_text(lang, &red)),
        InvoiceState::RedIssued => (Tone::Info, invoices::red_issued_text(lang, &red)),
    };
    view! { <Notice tone><p>{words}</p></Notice> }
}

fn facts(invoice: &InvoiceView) -> impl IntoView + use<> {
    let lang = wire::lang();
    let on = |at| view! { <When at time=true/> };
    Facts::of(&invoice.heading)
        .shown(invoices::asked_on(lang), Some(on(invoice.asked_at)))
        .text(invoices::tax_office_number(lang), invoice.tax_office_number.clone())
        .shown(invoices::issued_on(lang), invoice.issued_at.map(on))
        .text(invoices::red_number(lang), invoice.red_number.clone())
        .shown(invoices::red_on(lang), invoice.red_at.map(on))
        .with_total(invoice)
}
