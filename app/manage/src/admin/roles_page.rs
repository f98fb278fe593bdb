//! Roles that are asked for: those that wait, and those decided lately.

use super::api;
use super::done::Done;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{dates, people};
use model::admin::{RequestState, RoleRequest, Roles};
use model::routes;
use ui::{Badge, Column, EmptyState, Glyph, Kind, OneButton, Refused, Table, Tone, When, loaded};

#[component]
pub fn RolesPage() -> impl IntoView {
    let lang = wire::lang();
    let forms = ["approve", "reject", "withdraw"];
    let refusals: Vec<_> = forms.into_iter().map(|form| view! { <Refused form=wire::form_state(form)/> }).collect();
    view! {
        <Office place=Place::Roles title=people::role_requests(lang)>
            <Done/>
            <p class="muted measure">{people::role_lede(lang)}</p>
            {refusals}
            {loaded(api::read_roles(), content)}
        </Office>
    }
}

fn content(found: Roles) -> AnyView {
    let lang = wire::lang();
    let open = match found.open.is_empty() {
        true => view! { <EmptyState title=people::waiting_none(lang) text=people::waiting_none_text(lang) icon=Glyph::Shield/> }
            .into_any(),
        false => table(found.open, people::waiting(lang)),
    };
    let past = (!found.past.is_empty()).then(|| {
        view! {
            <section class="section">
                <header class="section-head"><h2>{people::decided(lang)}</h2></header>
                {table(found.past, people::decided(lang))}
            </section>
        }
    });
    view! { {open}{past} }.into_any()
}

/// Requests with what can be done about them.
pub fn table(all: Vec<RoleRequest>, label: &'static str) -> AnyView {
    let lang = wire::lang();
    let columns = vec![
        Column::new(people::person(lang)),
        Column::new(people::change(lang)),
        Column::new(people::asked_by(lang)),
        Column::new(people::standing(lang)),
        Column::new(locale::earnings::act(lang)),
    ];
    let rows: Vec<_> = all.into_iter().map(row).collect();
    view! { <Table columns label>{rows}</Table> }.into_any()
}

fn row(request: RoleRequest) -> impl IntoView {
    let lang = wire::lang();
    let open = request.state == RequestState::Open;
    let tone = match request.state {
        RequestState::Open => Tone::Warning,
        RequestState::Approved => Tone::Success,
        RequestState::Rejected => Tone::Danger,
        RequestState::Withdrawn | RequestState::Expired => Tone::Plain,
    };
    let until = open.then(|| people::good_until(lang, &dates::date_time(lang, request.expires_at)));
    let decided = request.decided_by.clone().map(|by| view! { <br/><span class="small faint">{by}</span> });
    view! {
        <tr>
            <td><a href=routes::admin_person(lang, &request.account)>{request.name.to_string()}</a><br/><span class="small faint">{request.email.clone()}</span></td>
            <td>{people::change_of(lang, request.change, request.role)}<br/><span class="small faint">{request.reason.clone()}</span></td>
            <td>{request.asked_by.clone()}<br/><span class="small faint"><When at=request.asked_at time=true/></span></td>
            <td><Badge tone>{people::request_state(lang, request.state)}</Badge>{decided}{until.map(|words| view! { <br/><span class="small faint">{words}</span> })}</td>
            <td class="table-actions">{open.then(|| actions(&request))}</td>
        </tr>
    }
}

fn actions(request: &RoleRequest) -> AnyView {
    let lang = wire::lang();
    // it may stand on a person's page as well
    let here = routes::admin_roles(lang);
    let button = |form: &'static str, label: &'static str, kind: Kind| {
        view! { <OneButton form name="request" value=request.id.to_string() label kind action=here.clone()/> }
    };
    let decide = request.yours_to_decide.then(|| {
        view! { {button("approve", people::approve(lang), Kind::Secondary)}{button("reject", people::reject(lang), Kind::Quiet)} }
    });
    let withdraw = request.yours.then(|| button("withdraw", people::withdraw(lang), Kind::Quiet));
    let waits = (!request.yours_to_decide).then(|| view! { <span class="small faint">{people::other_person(lang)}</span> });
    view! { <span class="cluster gap-1">{decide}{withdraw}{waits}</span> }.into_any()
}
