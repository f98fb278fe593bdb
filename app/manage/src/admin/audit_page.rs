//! The books: every invariant, asked as the page is opened.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::orders;
use model::orders::Invariant;
use ui::{Badge, Column, Notice, Table, Tone, loaded};

#[component]
pub fn AuditPage() -> impl IntoView {
    let lang = wire::lang();
    view! { <Office place=Place::Books title=orders::staff_audit(lang)>{loaded(api::read_audit(), content)}</Office> }
}

fn content(found: Vec<Invariant>) -> AnyView {
    let lang = wire::lang();
    let broken = u32::try_from(found.iter().filter(|row| !row.holds).count()).unwrap_or(u32::MAX);
    let (tone, words) = match broken {
        0 => (Tone::Success, orders::all_hold(lang).to_owned()),
        broken => (Tone::Danger, orders::some_broken(lang, broken)),
    };
    let columns =
        vec![Column::new(orders::invariant(lang)), Column::new(orders::meaning(lang)), Column::new(orders::state(lang))];
    let rows: Vec<_> = found.into_iter().map(row).collect();
    view! {
        <Notice tone><p>{words}</p></Notice>
        <Table columns label=orders::staff_audit(lang)>{rows}</Table>
    }
    .into_any()
}

fn row(invariant: Invariant) -> impl IntoView {
    let lang = wire::lang();
    let (tone, words) = if invariant.holds { (Tone::Success, orders::holds(lang)) } else { (Tone::Danger, orders::broken(lang)) };
    let meaning = orders::invariant_meaning(lang, &invariant.id);
    let offending: Vec<_> = invariant.offending.into_iter().map(|text| view! { <li><code>{text}</code></li> }).collect();
    let offending = (!offending.is_empty()).then(|| view! { <ul class="small">{offending}</ul> });
    view! {
        <tr>
            <td class="nowrap">{invariant.id}</td>
            <td>{meaning}{offending}</td>
            <td><Badge tone>{words}</Badge></td>
        </tr>
    }
}
