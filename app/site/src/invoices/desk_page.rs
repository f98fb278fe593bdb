//! A person's invoices, and the form for another one.

use super::api;
use super::parts::InvoiceBadge;
use super::tax_number::CheckedTaxNumber;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, faults, invoices, numbers, shell};
use model::invoices::{InvoiceDesk, InvoiceKind, InvoiceRow, Invoiceable, LINE_MAX, TitleKind};
use model::paging::page_number;
use model::{FormState, Problem, routes};
use trade::Pages;
use ui::{
    Amount, Button, ButtonLink, Checkbox, Choices, Column, EmptyState, Field, FormActions, Glyph, Radio, Refused, Size, Table,
    When, loaded, wrong,
};

/// `/me/invoices`
#[component]
pub fn InvoicesPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", invoices::my_invoices(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">
            <header class="page-head">
                <h1>{invoices::my_invoices(lang)}</h1>
                <p class="lede">{invoices::lede(lang)}</p>
            </header>
            {loaded(api::read_my_invoices(page_number(wire::query().get("page"))), content)}
        </main>
    }
}

fn content(desk: InvoiceDesk) -> AnyView {
    let lang = wire::lang();
    let past = (!desk.rows.items.is_empty()).then(|| {
        let (page, pages) = (desk.rows.number, desk.rows.pages());
        let rows: Vec<_> = desk.rows.items.iter().cloned().map(row).collect();
        let columns = vec![
            Column::new(invoices::number(lang)),
            Column::new(invoices::title(lang)),
            Column::new(invoices::state_label(lang)),
            Column::new(invoices::asked_on(lang)),
            Column::new(invoices::amount(lang)).numeric(),
        ];
        view! {
            <section class="section">
                <header class="section-head"><h2>{invoices::past(lang)}</h2></header>
                <Table columns label=invoices::past(lang)>{rows}</Table>
                <Pages page pages base=routes::my_invoices(lang)/>
            </section>
        }
    });
    let form = match desk.invoiceable.is_empty() {
        true => {
            let actions = view! { <ButtonLink href=routes::my_orders(lang)>{locale::orders::my_orders(lang)}</ButtonLink> };
            let (title, text) = (invoices::nothing_to_invoice(lang), invoices::nothing_to_invoice_text(lang));
            view! { <EmptyState title text icon=Glyph::Receipt actions/> }.into_any()
        }
        false => ask(&desk),
    };
    view! { {form}{past} }.into_any()
}

fn row(row: InvoiceRow) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <tr>
            <td class="nowrap"><a class="num" href=routes::my_invoice(lang, &row.id)>{row.number}</a></td>
            <td>{row.title}</td>
            <td><InvoiceBadge state=row.state/></td>
            <td class="nowrap"><When at=row.asked_at/></td>
            <td class="num"><Amount of=row.amount exact=true/></td>
        </tr>
    }
}

fn ask(desk: &InvoiceDesk) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("ask");
    let last = desk.last.as_ref();
    let wanted = wire::query().get("order").unwrap_or_default().to_owned();
    let only = desk.invoiceable.len() == 1;
    let orders: Vec<_> =
        desk.invoiceable.iter().map(|order| line(&form, order, only || order.order.as_str() == wanted)).collect();
    let kind = last.map_or(TitleKind::Personal, |heading| heading.kind);
    let invoice = last.map_or(InvoiceKind::Ordinary, |heading| heading.invoice);
    let radio = |name: &'static str, value: &'static str, label: &'static str, note: Option<&'static str>, fresh: bool| {
        let checked = form.chosen(name, value, fresh);
        view! { <Radio label name value checked note/> }.into_any()
    };
    let titles = [
        radio("title_kind", "personal", invoices::personal(lang), None, kind == TitleKind::Personal),
        radio("title_kind", "company", invoices::company(lang), Some(invoices::company_note(lang)), kind == TitleKind::Company),
    ];
    let kinds = [
        radio("invoice_kind", "ordinary", invoices::ordinary(lang), None, invoice == InvoiceKind::Ordinary),
        radio(
            "invoice_kind",
            "special",
            invoices::special(lang),
            Some(invoices::special_note(lang)),
            invoice == InvoiceKind::Special,
        ),
    ];
    let number = last.and_then(|heading| heading.tax_number.as_ref()).map(|number| number.as_str()).unwrap_or_default();
    let number = view! {
        <Field label=invoices::tax_number(lang) name="tax_number" value=form.value("tax_number", number)
            help=invoices::tax_number_help(lang) error=wrong(&form, "tax_number") autocomplete="off"/>
    }
    .into_any();
    let told = |field: fn(&model::invoices::Heading) -> &str| last.map(field).unwrap_or_default().to_owned();
    let email = last.map(|heading| heading.email.to_string()).unwrap_or_else(|| desk.email.clone());
    view! {
        <section class="section">
            <header class="section-head"><h2>{invoices::ask_title(lang)}</h2></header>
            <form method="post" class="stack gap-6">
                <input type="hidden" name="form" value="ask"/>
                <input type="hidden" name="idem" value=form.value("idem", desk.key.as_str())/>
                <Refused form=form.clone()/>
                <Choices legend=invoices::which_orders(lang) name="order" help=invoices::which_orders_help(lang) error=wrong(&form, "order")>
                    {orders}
                </Choices>
                {desk.more.then(|| view! { <p class="small muted">{invoices::older_orders(lang)}</p> })}
                <div class="grid-2">
                    <Choices legend=invoices::title_kind_label(lang) name="title_kind" error=wrong(&form, "title_kind")>
                        {titles.into_iter().collect::<Vec<_>>()}
                    </Choices>
                    <Choices legend=invoices::invoice_kind_label(lang) name="invoice_kind" error=wrong(&form, "invoice_kind")>
                        {kinds.into_iter().collect::<Vec<_>>()}
                    </Choices>
                </div>
                <Field label=invoices::title(lang) name="title" value=form.value("title", &told(|heading| &heading.title)) required=true
                    maxlength=LINE_MAX help=invoices::title_help(lang) error=wrong(&form, "title") autocomplete="organization"/>
                <div class="when-company">
                    <CheckedTaxNumber>
                        <div data-wrong=faults::problem(lang, &Problem::NotATaxNumber)>{number}</div>
                    </CheckedTaxNumber>
                </div>
                <Field label=invoices::email(lang) name="email" kind="email" value=form.value("email", &email) required=true
                    error=wrong(&form, "email") autocomplete="email"/>
                <div class="grid-2 when-company">
                    <Field label=invoices::bank(lang) name="bank" value=form.value("bank", &told(|heading| &heading.bank)) maxlength=LINE_MAX
                        note=invoices::optional(lang) error=wrong(&form, "bank") autocomplete="off"/>
                    <Field label=invoices::address(lang) name="address" value=form.value("address", &told(|heading| &heading.address))
                        maxlength=LINE_MAX note=invoices::optional(lang) error=wrong(&form, "address") autocomplete="off"/>
                </div>
                <FormActions><Button size=Size::Large>{invoices::ask(lang)}</Button></FormActions>
            </form>
        </section>
    }
    .into_any()
}

fn line(form: &FormState, order: &Invoiceable, fresh: bool) -> AnyView {
    let lang = wire::lang();
    let id = order.order.to_string();
    let title = locale::buying::and_more(lang, &order.title, order.more);
    let label = format!("{title} · {}", numbers::money_exact(order.amount));
    let checked = form.chosen("order", &id, fresh);
    view! { <Checkbox label name="order" value=id checked note=invoices::paid_on(lang, &dates::date(lang, order.paid_at))/> }
        .into_any()
}
