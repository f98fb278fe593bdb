//! The audit trail: who did what to what, searched and taken away.

use super::api;
use super::people_page::further;
use crate::place::{Office, Place, in_query};
use leptos::prelude::*;
use locale::{orders, watch};
use model::admin::{TrailEntry, TrailFilter, TrailPage as Found};
use model::ids::AccountId;
use model::routes;
use ui::{Button, Column, EmptyState, Field, Glyph, Kind, Refused, Table, When, loaded};

#[component]
pub fn TrailPage() -> impl IntoView {
    let lang = wire::lang();
    let query = wire::query();
    let text = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let filter = TrailFilter {
        who: text("who"),
        what: text("what"),
        subject: text("subject"),
        from: text("from"),
        to: text("to"),
        after: text("after"),
    };
    view! {
        <Office place=Place::Trail title=watch::trail_title(lang)>
            <p class="muted measure">{watch::trail_lede(lang)}</p>
            <Refused form=wire::form_state("export")/>
            {narrow(&filter)}
            {loaded(api::read_trail(filter), content)}
        </Office>
    }
}

fn narrow(filter: &TrailFilter) -> AnyView {
    let lang = wire::lang();
    view! {
        <form method="get" action=routes::admin_trail(lang) class="cluster gap-3">
            <Field label=watch::trail_who(lang) name="who" value=filter.who.clone() help=watch::trail_who_help(lang) maxlength=100 autocomplete="off"/>
            <Field label=watch::trail_what(lang) name="what" value=filter.what.clone() help=watch::trail_what_help(lang) maxlength=100 autocomplete="off"/>
            <Field label=watch::trail_subject(lang) name="subject" value=filter.subject.clone() help=watch::trail_subject_help(lang) maxlength=254 autocomplete="off"/>
            <Field label=watch::trail_from(lang) name="from" kind="date" value=filter.from.clone()/>
            <Field label=watch::trail_to(lang) name="to" kind="date" value=filter.to.clone()/>
            <Button kind=Kind::Secondary icon=Glyph::Search>{orders::find(lang)}</Button>
        </form>
    }
    .into_any()
}

/// What the list is narrowed to, as the query of an address.
pub fn in_address(filter: &TrailFilter) -> String {
    let TrailFilter { who, what, subject, from, to, after: _ } = filter;
    [("who", who), ("what", what), ("subject", subject), ("from", from), ("to", to)]
        .map(|(name, value)| format!("{name}={}", in_query(value)))
        .join("&")
}

fn content(found: Found) -> AnyView {
    let lang = wire::lang();
    if found.entries.is_empty() {
        return view! { <EmptyState title=watch::trail_none(lang) text=watch::trail_none_text(lang) icon=Glyph::Audit/> }
            .into_any();
    }
    let columns = vec![
        Column::new(watch::when(lang)),
        Column::new(watch::trail_who(lang)),
        Column::new(watch::trail_what(lang)),
        Column::new(watch::trail_subject(lang)),
        Column::new(watch::detail(lang)),
    ];
    let base = format!("{}?{}", routes::admin_trail(lang), in_address(&found.filter));
    let paging = further(&base, !found.filter.after.is_empty(), found.next.as_deref());
    let export = export(&found.filter);
    let rows: Vec<_> = found.entries.into_iter().map(row).collect();
    view! { {export}<Table columns label=watch::trail_title(lang)>{rows}</Table>{paging} }.into_any()
}

fn export(filter: &TrailFilter) -> AnyView {
    let lang = wire::lang();
    let TrailFilter { who, what, subject, from, to, after: _ } = filter.clone();
    let kept: Vec<_> = [("who", who), ("what", what), ("subject", subject), ("from", from), ("to", to)]
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    view! {
        <form method="post" action=routes::admin_trail(lang)>
            <input type="hidden" name="form" value="export"/>
            {kept}
            <Button kind=Kind::Secondary icon=Glyph::Download>{watch::trail_export(lang)}</Button>
        </form>
    }
    .into_any()
}

fn row(entry: TrailEntry) -> impl IntoView {
    let lang = wire::lang();
    let actor = match (entry.actor, entry.actor_name) {
        (Some(actor), Some(name)) => view! { <a href=routes::admin_person(lang, &actor)>{name}</a> }.into_any(),
        (Some(actor), None) => view! { <code>{actor.to_string()}</code> }.into_any(),
        (None, _) => watch::house(lang).into_any(),
    };
    let person = entry.subject_name.zip(entry.subject.parse::<AccountId>().ok());
    let subject = match person {
        Some((name, id)) => view! { <a href=routes::admin_person(lang, &id)>{name}</a> }.into_any(),
        None => view! { {entry.subject_kind}<br/><code class="small">{entry.subject}</code> }.into_any(),
    };
    view! {
        <tr>
            <td class="nowrap"><When at=entry.at time=true/></td>
            <td>{actor}</td>
            <td><code>{entry.action}</code></td>
            <td>{subject}</td>
            <td>{entry.detail}</td>
        </tr>
    }
}
