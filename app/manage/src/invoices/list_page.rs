//! Finance's list of invoices, those that wait first.

use super::api;
use super::parts::InvoiceBadge;
use crate::place::{Office, Place, in_query, numbered};
use leptos::prelude::*;
use locale::{invoices, orders};
use model::invoices::{InvoiceFilter, InvoiceState, StaffInvoiceRow, StaffInvoices};
use model::paging::page_number;
use model::routes;
use ui::{
    Amount, Answer, Badge, Button, Column, EmptyState, Field, Glyph, Kind, Pager, Refused, Select, Table, Tone, When, loaded,
};

/// `/admin/invoices`
#[component]
pub fn StaffInvoicesPage() -> impl IntoView {
    let lang = wire::lang();
    let query = wire::query();
    let text = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let filter = InvoiceFilter { q: text("q"), state: text("state"), page: page_number(query.get("page")) };
    view! {
        <Office place=Place::Invoices title=invoices::staff_invoices(lang)>{loaded(api::read_staff_invoices(filter), content)}</Office>
    }
}

fn content(found: StaffInvoices) -> AnyView {
    let lang = wire::lang();
    let filter = found.filter.clone();
    let mut states = vec![Answer::new("", invoices::every_state(lang)), Answer::new("waiting", invoices::all_waiting(lang))];
    states.extend(InvoiceState::ALL.iter().map(|state| Answer::new(state.as_str(), invoices::state(lang, *state))));
    let waiting =
        if found.waiting == 0 { invoices::nobody_waits(lang).to_owned() } else { invoices::waiting(lang, found.waiting) };
    let narrowed = in_address(&filter);
    view! {
        <Refused form=wire::form_state("export")/>
        <div class="split">
            <p class="muted">{waiting}</p>
            <form method="post" action=routes::admin_invoices(lang)>
                <input type="hidden" name="form" value="export"/>
                <input type="hidden" name="q" value=filter.q.clone()/>
                <input type="hidden" name="state" value=filter.state.clone()/>
                <Button kind=Kind::Secondary icon=Glyph::Download>{invoices::export(lang)}</Button>
            </form>
        </div>
        <form method="get" action=routes::admin_invoices(lang) class="cluster gap-3">
            <Field label=invoices::search(lang) name="q" value=filter.q.clone() kind="search" maxlength=100 autocomplete="off"/>
            <Select label=invoices::state_label(lang) name="state" options=states value=filter.state.clone()/>
            <Button kind=Kind::Secondary icon=Glyph::Search>{invoices::show(lang)}</Button>
        </form>
        {list(found, &narrowed)}
    }
    .into_any()
}

/// What the list is narrowed to, as the query of an address.
pub(super) fn in_address(filter: &InvoiceFilter) -> String {
    format!("?q={}&state={}", in_query(&filter.q), in_query(&filter.state))
}

fn list(found: StaffInvoices, narrowed: &str) -> AnyView {
    let lang = wire::lang();
    if found.page.items.is_empty() {
        let (title, text) = (invoices::no_invoices(lang), invoices::no_invoices_text(lang));
        return view! { <EmptyState title text icon=Glyph::Receipt/> }.into_any();
    }
    let columns = vec![
        Column::new(invoices::number(lang)),
        Column::new(invoices::title(lang)),
        Column::new(invoices::state_label(lang)),
        Column::new(invoices::asked_on(lang)),
        Column::new(invoices::amount(lang)).numeric(),
    ];
    let base = routes::admin_invoices(lang) + narrowed;
    let (page, pages) = (found.page.number, found.page.pages());
    let rows: Vec<_> = found.page.items.into_iter().map(row).collect();
    view! {
        <Table columns label=invoices::staff_invoices(lang)>{rows}</Table>
        <Pager page pages link=numbered base label=orders::pages(lang) previous=orders::previous(lang) next=orders::next(lang)/>
    }
    .into_any()
}

fn row(listed: StaffInvoiceRow) -> impl IntoView {
    let lang = wire::lang();
    let StaffInvoiceRow { row, email, tax_number, is_late, .. } = listed;
    let below = tax_number.map_or_else(|| email.to_string(), |number| format!("{} · {email}", number.as_str()));
    view! {
        <tr>
            <td class="nowrap"><a class="num" href=routes::admin_invoice(lang, &row.id)>{row.number}</a></td>
            <td>{row.title}<br/><span class="small faint">{below}</span></td>
            <td>
                <span class="cluster gap-1">
                    <InvoiceBadge state=row.state/>
                    {is_late.then(|| view! { <Badge tone=Tone::Danger>{invoices::late(lang)}</Badge> })}
                </span>
            </td>
            <td class="nowrap"><When at=row.asked_at time=true/></td>
            <td class="num"><Amount of=row.amount exact=true/></td>
        </tr>
    }
}
