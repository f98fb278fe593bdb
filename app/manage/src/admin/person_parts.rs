//! The parts of a person's page that do something.

use super::roles_page;
use leptos::prelude::*;
use locale::{accounts, people};
use model::accounts::{Incident, OpenSession, Role};
use model::admin::{Change, REASON_MAX, StaffPersonPage};
use model::routes;
use ui::{Answer, Button, Column, Field, FormActions, Kind, OneButton, Select, Table, When, wrong};

/// A part of the page under its own heading.
fn part(title: &'static str, lede: Option<&'static str>, inside: AnyView) -> AnyView {
    view! {
        <section class="section">
            <header class="section-head"><h2>{title}</h2>{lede.map(|lede| view! { <p>{lede}</p> })}</header>
            {inside}
        </section>
    }
    .into_any()
}

/// The page without what it said was just done.
fn here() -> String {
    let viewer = wire::viewer();
    format!("/{}{}", viewer.lang, viewer.path())
}

/// Changes of roles that wait to be decided.
pub fn asked(person: &StaffPersonPage) -> Option<AnyView> {
    let lang = wire::lang();
    let waiting = (!person.asked.is_empty()).then(|| roles_page::table(person.asked.clone(), people::waiting(lang)));
    waiting.map(|table| part(people::waiting(lang), None, table))
}

/// The form that asks for a change of role.
pub fn ask(person: &StaffPersonPage) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("ask_role");
    let options = Role::ALL
        .iter()
        .map(|role| {
            let change = if person.roles.contains(role) { Change::Take } else { Change::Give };
            Answer::new(format!("{change}:{role}"), people::change_of(lang, change, *role))
        })
        .collect();
    let inside = view! {
        <form method="post" action=here() class="stack gap-4 measure">
            <input type="hidden" name="form" value="ask_role"/>
            <Select label=people::change(lang) name="change" options value=form.value("change", "") error=wrong(&form, "change")/>
            <Field label=people::reason(lang) name="reason" id="f-ask-reason" value=form.value("reason", "") required=true
                maxlength=REASON_MAX help=people::reason_kept(lang) error=wrong(&form, "reason") autocomplete="off"/>
            <FormActions>
                <Button kind=Kind::Secondary>{people::ask(lang)}</Button>
                <a href=routes::admin_roles(lang)>{people::see_requests(lang)}</a>
            </FormActions>
        </form>
    };
    part(people::ask_role(lang), Some(people::role_lede(lang)), inside.into_any())
}

/// Suspending, or restoring who is suspended.
pub fn keep_out(suspended: bool) -> AnyView {
    let lang = wire::lang();
    let (name, title, lede, label, help) = match suspended {
        false => {
            let lede = Some(people::suspend_lede(lang));
            ("suspend", people::suspend_title(lang), lede, people::suspend(lang), people::suspend_reason_help(lang))
        }
        true => ("restore", people::restore_title(lang), None, people::restore(lang), people::reason_kept(lang)),
    };
    let form = wire::form_state(name);
    let kind = if suspended { Kind::Secondary } else { Kind::Danger };
    let inside = view! {
        <form method="post" action=here() class="stack gap-4 measure">
            <input type="hidden" name="form" value=name/>
            <Field label=people::reason(lang) name="reason" id="f-standing-reason" value=form.value("reason", "") required=true
                maxlength=REASON_MAX help error=wrong(&form, "reason") autocomplete="off"/>
            <FormActions><Button kind>{label}</Button></FormActions>
        </form>
    };
    part(title, lede, inside.into_any())
}

/// Looking as the person does.
pub fn see_as() -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("see_as");
    let inside = view! {
        <form method="post" action=here() class="stack gap-4 measure">
            <input type="hidden" name="form" value="see_as"/>
            <Field label=people::reason(lang) name="reason" id="f-see-reason" value=form.value("reason", "") required=true
                maxlength=REASON_MAX help=people::reason_kept(lang) error=wrong(&form, "reason") autocomplete="off"/>
            <FormActions><Button kind=Kind::Secondary>{people::see_as(lang)}</Button></FormActions>
        </form>
    };
    part(people::see_as_title(lang), Some(people::see_as_lede(lang)), inside.into_any())
}

/// Where the person is signed in.
pub fn sessions(all: Vec<OpenSession>, may_end: bool) -> AnyView {
    let lang = wire::lang();
    if all.is_empty() {
        return part(people::sessions(lang), Some(people::sessions_none(lang)), ().into_any());
    }
    let columns = vec![
        Column::new(people::device(lang)),
        Column::new(people::network(lang)),
        Column::new(people::opened(lang)),
        Column::new(people::seen(lang)),
        Column::new(locale::earnings::act(lang)),
    ];
    let end_all = may_end.then(|| {
        view! { <OneButton form="end_sessions" name="session" value="" label=people::end_all(lang) kind=Kind::Secondary action=here()/> }
    });
    let rows: Vec<_> = all
        .into_iter()
        .map(|session| {
            let end = may_end.then(|| {
                view! { <OneButton form="end_sessions" name="session" value=session.id.clone() label=people::end_session(lang) action=here()/> }
            });
            view! {
                <tr>
                    <td>{agent(&session.user_agent)}</td>
                    <td class="nowrap">{session.network}</td>
                    <td class="nowrap"><When at=session.opened time=true/></td>
                    <td class="nowrap"><When at=session.seen time=true/></td>
                    <td class="table-actions">{end}</td>
                </tr>
            }
        })
        .collect();
    let inside = view! { {end_all}<Table columns label=people::sessions(lang)>{rows}</Table> };
    part(people::sessions(lang), None, inside.into_any())
}

/// What a browser says it is, or that it says nothing.
fn agent(said: &str) -> String {
    match said {
        "" => accounts::unknown_browser(wire::lang()).to_owned(),
        said => said.to_owned(),
    }
}

/// The person's own log.
pub fn log(all: Vec<Incident>) -> AnyView {
    let lang = wire::lang();
    if all.is_empty() {
        return part(people::log(lang), Some(people::log_none(lang)), ().into_any());
    }
    let columns = vec![
        Column::new(locale::orders::date(lang)),
        Column::new(locale::orders::what(lang)),
        Column::new(people::device(lang)),
        Column::new(people::network(lang)),
    ];
    let rows: Vec<_> = all
        .into_iter()
        .map(|incident| {
            view! {
                <tr>
                    <td class="nowrap"><When at=incident.at time=true/></td>
                    <td>{accounts::logged(lang, incident.kind)}</td>
                    <td>{incident.user_agent}</td>
                    <td class="nowrap">{incident.network}</td>
                </tr>
            }
        })
        .collect();
    part(people::log(lang), None, view! { <Table columns label=people::log(lang)>{rows}</Table> }.into_any())
}
