//! One invoice at finance's desk: what it shall say, and what to do with it.

use super::api;
use super::parts::InvoiceBadge;
use crate::orders::tables::trail;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{invoices, numbers};
use model::ids::InvoiceId;
use model::invoices::{InvoiceState, InvoiceView, StaffInvoice};
use model::{Money, routes};
use trade::{Facts, InvoiceFiles, InvoiceOrders};
use ui::{Accordion, Button, Field, Fold, FormActions, Kind, Notice, Refused, Tone, When, loaded, wrong};

/// `/admin/invoices/{id}`
#[component]
pub fn StaffInvoicePage(id: InvoiceId) -> impl IntoView {
    let lang = wire::lang();
    let forms = ["take", "issue", "issue_red", "attach", "refuse"];
    let refusals: Vec<_> = forms.into_iter().map(|name| view! { <Refused form=wire::form_state(name)/> }.into_any()).collect();
    view! {
        <Office place=Place::Invoices title=invoices::staff_invoices(lang)>
            {refusals}
            {loaded(api::read_staff_invoice(id), content)}
        </Office>
    }
}

fn content(staff: StaffInvoice) -> AnyView {
    let invoice = &staff.invoice;
    view! {
        <div class="split">
            <h2 class="num">{invoice.number.clone()}</h2>
            <InvoiceBadge state=invoice.state/>
        </div>
        {facts(&staff)}
        <InvoiceOrders invoice=invoice.clone() to=routes::admin_order/>
        <InvoiceFiles invoice=invoice.clone()/>
        {deeds(invoice)}
        {trail(staff.trail.clone())}
    }
    .into_any()
}

fn facts(staff: &StaffInvoice) -> impl IntoView + use<> {
    let lang = wire::lang();
    let invoice = &staff.invoice;
    let red = (!invoice.red_amount.is_zero()).then(|| numbers::money_exact(invoice.red_amount));
    Facts::of(&invoice.heading)
        .text(invoices::asked_by(lang), Some(staff.buyer.clone()))
        .shown(invoices::asked_on(lang), Some(view! { <When at=invoice.asked_at time=true/> }))
        .text(invoices::tax_office_number(lang), invoice.tax_office_number.clone())
        .text(invoices::red_number(lang), invoice.red_number.clone())
        .text(invoices::state_red_requested(lang), red)
        .text(invoices::refuse_reason(lang), Some(invoice.reason.clone()))
        .with_total(invoice)
}

/// What finance can do with it now.
fn deeds(invoice: &InvoiceView) -> AnyView {
    let lang = wire::lang();
    match invoice.state {
        InvoiceState::None => ().into_any(),
        InvoiceState::Requested => view! { {take()}{issue()}{refuse()} }.into_any(),
        InvoiceState::Issuing => view! { {issue()}{refuse()} }.into_any(),
        InvoiceState::RedRequested => {
            let text = invoices::red_text(lang, &numbers::money_exact(invoice.red_amount));
            let form = number_and_file("issue_red", invoices::issue_red(lang), true, Some(invoice.red_amount));
            view! {
                <section class="section">
                    <header class="section-head"><h2>{invoices::red_title(lang)}</h2></header>
                    <div class="stack gap-4"><Notice tone=Tone::Warning><p>{text}</p></Notice>{form}</div>
                </section>
            }
            .into_any()
        }
        InvoiceState::Issued | InvoiceState::RedIssued => {
            let form = number_and_file("attach", invoices::attach(lang), false, None);
            view! { <Accordion><Fold title=invoices::attach_title(lang)>{form}</Fold></Accordion> }.into_any()
        }
    }
}

fn take() -> AnyView {
    let lang = wire::lang();
    view! {
        <form method="post" class="split">
            <input type="hidden" name="form" value="take"/>
            <p class="small muted">{invoices::take_text(lang)}</p>
            <Button kind=Kind::Secondary>{invoices::take(lang)}</Button>
        </form>
    }
    .into_any()
}

fn issue() -> AnyView {
    let lang = wire::lang();
    view! {
        <section class="section">
            <header class="section-head"><h2>{invoices::issue_title(lang)}</h2><p>{invoices::issue_text(lang)}</p></header>
            {number_and_file("issue", invoices::issue(lang), true, None)}
        </section>
    }
    .into_any()
}

/// The form that all three of issuing share; ids of its fields differ, as two of them may stand on one page. `over`: what it is told
/// to be over, so that money which went back since is not taken for written off.
fn number_and_file(name: &'static str, button: &'static str, with_number: bool, over: Option<Money>) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state(name);
    let number = with_number.then(|| {
        view! {
            <Field label=invoices::number_field(lang) name="number" id=format!("f-{name}-number") value=form.value("number", "") required=true
                maxlength=20 help=invoices::number_help(lang) error=wrong(&form, "number") autocomplete="off"/>
        }
    });
    view! {
        <form method="post" enctype="multipart/form-data" class="stack gap-4">
            <input type="hidden" name="form" value=name/>
            {over.map(|over| view! { <input type="hidden" name="amount" value=over.minor().to_string()/> })}
            {number}
            <Field label=invoices::file_field(lang) name="file" id=format!("f-{name}-file") kind="file" accept=".pdf,.ofd,.xml"
                help=invoices::file_help(lang) error=wrong(&form, "file") required=!with_number/>
            <FormActions><Button>{button}</Button></FormActions>
        </form>
    }
    .into_any()
}

fn refuse() -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("refuse");
    view! {
        <Accordion>
            <Fold title=invoices::refuse_title(lang) open=form.fault().is_some()>
                <form method="post" class="stack gap-4">
                    <input type="hidden" name="form" value="refuse"/>
                    <Field label=invoices::refuse_reason(lang) name="reason" value=form.value("reason", "") required=true maxlength=200
                        help=invoices::refuse_help(lang) error=wrong(&form, "reason") autocomplete="off"/>
                    <FormActions><Button kind=Kind::Danger>{invoices::refuse(lang)}</Button></FormActions>
                </form>
            </Fold>
        </Accordion>
    }
    .into_any()
}
