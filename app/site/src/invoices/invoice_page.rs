//! One invoice: how far it is, its files, and what is on it.

use super::api;
use super::parts::InvoiceBadge;
use crate::orders::Refused;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, invoices, numbers, shell};
use model::ids::InvoiceId;
use model::invoices::{InvoiceFile, InvoiceState, InvoiceView};
use model::routes;
use ui::{Amount, Button, ButtonLink, Glyph, Kind, Notice, Tone, When, loaded};

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
    let files: Vec<_> = invoice.files.iter().map(|file| download(&invoice, file)).collect();
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
            {(!files.is_empty()).then(|| view! { <ul class="list" role="list">{files}</ul> })}
            {facts(&invoice)}
            {orders(&invoice)}
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

fn download(invoice: &InvoiceView, file: &InvoiceFile) -> impl IntoView + use<> {
    let lang = wire::lang();
    let size = numbers::size(file.bytes);
    let format = invoices::format(file.format);
    let words = if file.red { invoices::red_file(lang, format, &size) } else { invoices::file(lang, format, &size) };
    let href = routes::invoice_file(lang, &invoice.id, &file.id);
    view! {
        <li class="split">
            <span>{words}</span>
            <ButtonLink href=href kind=Kind::Secondary icon=Glyph::Download>{invoices::download(lang)}</ButtonLink>
        </li>
    }
}

fn facts(invoice: &InvoiceView) -> impl IntoView + use<> {
    let lang = wire::lang();
    let heading = &invoice.heading;
    let kind = format!("{} · {}", invoices::invoice_kind(lang, heading.invoice), invoices::title_kind(lang, heading.kind));
    let told = |label: &'static str, value: Option<String>| {
        value.filter(|value| !value.is_empty()).map(|value| view! { <div><dt>{label}</dt><dd>{value}</dd></div> })
    };
    view! {
        <dl class="facts">
            <div><dt>{invoices::title(lang)}</dt><dd>{heading.title.clone()}</dd></div>
            {told(invoices::tax_number(lang), heading.tax_number.as_ref().map(|number| number.as_str().to_owned()))}
            <div><dt>{invoices::invoice_kind_label(lang)}</dt><dd>{kind}</dd></div>
            <div><dt>{invoices::email(lang)}</dt><dd>{heading.email.to_string()}</dd></div>
            {told(invoices::bank(lang), Some(heading.bank.clone()))}
            {told(invoices::address(lang), Some(heading.address.clone()))}
            <div><dt>{invoices::asked_on(lang)}</dt><dd><When at=invoice.asked_at time=true/></dd></div>
            {told(invoices::tax_office_number(lang), invoice.tax_office_number.clone())}
            {invoice.issued_at.map(|at| view! { <div><dt>{invoices::issued_on(lang)}</dt><dd><When at time=true/></dd></div> })}
            {told(invoices::red_number(lang), invoice.red_number.clone())}
            {invoice.red_at.map(|at| view! { <div><dt>{invoices::red_on(lang)}</dt><dd><When at time=true/></dd></div> })}
            <div class="total"><dt>{invoices::amount(lang)}</dt><dd><Amount of=invoice.amount exact=true/></dd></div>
        </dl>
    }
}

fn orders(invoice: &InvoiceView) -> impl IntoView + use<> {
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
                    <span class="stack gap-1"><a href=routes::order(lang, &part.order)>{part.title.clone()}</a>{back}</span>
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
