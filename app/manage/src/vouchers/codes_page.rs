//! The batches, and the form for another one.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{numbers, vouchers};
use model::paging::page_number;
use model::routes;
use model::vouchers::{BatchRow, CodeDesk, NAME_MAX};
use trade::Pages;
use ui::{
    Badge, Button, Choices, Column, EmptyState, Field, FormActions, Glyph, Kind, OneButton, Radio, Refused, Size, Table, Tone,
    When, loaded, wrong,
};

/// `/admin/codes`
#[component]
pub fn CodesPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Office place=Place::Codes title=vouchers::codes(lang)>
            <Refused form=wire::form_state("approve")/>
            <Refused form=wire::form_state("revoke")/>
            {loaded(api::read_codes(page_number(wire::query().get("page"))), content)}
        </Office>
    }
}

fn content(desk: CodeDesk) -> AnyView {
    let lang = wire::lang();
    let (page, pages) = (desk.batches.number, desk.batches.pages());
    let made = match desk.batches.items.is_empty() {
        true => view! { <EmptyState title=vouchers::no_batches(lang) text=vouchers::no_batches_text(lang) icon=Glyph::Tag/> }
            .into_any(),
        false => table(desk.batches.items.clone()),
    };
    view! {
        {made}
        <Pages page pages base=routes::admin_codes(lang)/>
        {make(&desk)}
    }
    .into_any()
}

fn table(batches: Vec<BatchRow>) -> AnyView {
    let lang = wire::lang();
    let columns = vec![
        Column::new(vouchers::batch_name(lang)),
        Column::new(vouchers::what(lang)),
        Column::new(vouchers::state_label(lang)),
        Column::new(vouchers::valid(lang)),
        Column::new(vouchers::export_once(lang)),
    ];
    let rows: Vec<_> = batches.into_iter().map(row).collect();
    view! { <Table columns label=vouchers::batches(lang)>{rows}</Table> }.into_any()
}

fn row(batch: BatchRow) -> impl IntoView {
    let lang = wire::lang();
    let what = batch.course.or(batch.amount.map(numbers::money)).unwrap_or_default();
    let left = batch.count > batch.claimed + batch.revoked;
    let waits = batch.waits && left;
    let id = batch.id.to_string();
    let export = match batch.is_exported {
        _ if waits => view! { <Badge tone=Tone::Warning>{vouchers::waiting(lang)}</Badge> }.into_any(),
        true => view! { <Badge tone=Tone::Plain>{vouchers::exported(lang)}</Badge> }.into_any(),
        false => view! {
            <form method="post" action=routes::admin_batch_csv(lang, &batch.id)>
                <Button kind=Kind::Secondary size=Size::Small icon=Glyph::Download>{vouchers::export_once(lang)}</Button>
            </form>
        }
        .into_any(),
    };
    let approve = (waits && !batch.is_own)
        .then(|| view! { <OneButton form="approve" name="batch" value=id.clone() label=vouchers::approve(lang)/> });
    let revoke = left.then(|| view! { <OneButton form="revoke" name="batch" value=id label=vouchers::revoke_rest(lang)/> });
    view! {
        <tr>
            <td>{batch.name}</td>
            <td>{what}</td>
            <td>{vouchers::used(lang, batch.claimed, batch.count)}</td>
            <td class="nowrap"><When at=batch.expires_at/></td>
            <td><span class="cluster gap-1">{export}{approve}{revoke}</span></td>
        </tr>
    }
}

fn make(desk: &CodeDesk) -> impl IntoView + use<> {
    let lang = wire::lang();
    let form = wire::form_state("make");
    let value = |name: &str, fresh: &str| form.value(name, fresh);
    let key = value("idem", desk.key.as_str());
    let radio = |value: &'static str, label: &'static str, fresh: bool| {
        let checked = form.chosen("kind", value, fresh);
        view! { <Radio label name="kind" value checked/> }.into_any()
    };
    let kinds = vec![radio("course", vouchers::gives_course(lang), true), radio("balance", vouchers::gives_balance(lang), false)];
    view! {
        <section class="section">
            <header class="section-head"><h2>{vouchers::make_codes(lang)}</h2></header>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="make"/>
                <input type="hidden" name="idem" value=key/>
                <Refused form=form.clone()/>
                <Field label=vouchers::batch_name(lang) name="name" value=value("name", "") required=true maxlength=NAME_MAX
                    help=vouchers::batch_name_help(lang) error=wrong(&form, "name") autocomplete="off"/>
                <Choices legend=vouchers::gives(lang) name="kind" error=wrong(&form, "kind")>
                    {kinds}
                </Choices>
                <div class="grid-2">
                    <div class="when-course">
                        <Field label=vouchers::course_field(lang) name="course" value=value("course", "") maxlength=80
                            help=vouchers::course_field_help(lang) error=wrong(&form, "course") autocomplete="off"/>
                    </div>
                    <div class="when-balance">
                        <Field label=vouchers::amount_field(lang) name="amount" value=value("amount", "") unit="¥" inputmode="decimal"
                            error=wrong(&form, "amount") autocomplete="off"/>
                    </div>
                    <Field label=vouchers::count_field(lang) name="count" value=value("count", "100") inputmode="numeric" required=true
                        error=wrong(&form, "count") autocomplete="off"/>
                    <Field label=vouchers::days_field(lang) name="days" value=value("days", "365") inputmode="numeric" required=true
                        error=wrong(&form, "days") autocomplete="off"/>
                </div>
                <FormActions><Button>{vouchers::make(lang)}</Button></FormActions>
            </form>
        </section>
    }
}
