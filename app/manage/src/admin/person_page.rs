//! One person: facts, roles, where they are signed in, what happened, and what staff can do.

use super::done::Done;
use super::people_page::badges;
use super::{api, person_parts as parts};
use crate::orders::tables;
use crate::place::{Office, Place, in_query};
use leptos::prelude::*;
use locale::{accounts, dates, orders, people, shell};
use model::admin::{StaffPersonPage, Suspended};
use model::ids::AccountId;
use model::routes;
use ui::{Badge, Crumb, Notice, Refused, Tone, When, loaded};

#[component]
pub fn PersonPage(id: AccountId) -> impl IntoView {
    let lang = wire::lang();
    let steps = vec![Crumb::new(orders::staff_people(lang), routes::admin_users(lang))];
    let forms = ["end_sessions", "ask_role", "suspend", "restore", "see_as"];
    let refusals: Vec<_> = forms.into_iter().map(|form| view! { <Refused form=wire::form_state(form)/> }).collect();
    view! {
        <Office place=Place::People title=people::person(lang) steps>
            <Done/>
            {refusals}
            {loaded(api::read_staff_person(id), content)}
        </Office>
    }
}

fn content(person: StaffPersonPage) -> AnyView {
    let suspended = person.suspended.clone().map(suspended);
    let asked = parts::asked(&person);
    let ask = person.may_ask.then(|| parts::ask(&person));
    let keep_out = person.may_suspend.then(|| parts::keep_out(person.suspended.is_some()));
    let see_as = person.may_see_as.then(parts::see_as);
    view! {
        {suspended}
        {facts(&person)}
        {asked}
        {ask}
        {see_as}
        {keep_out}
        {parts::sessions(person.sessions, person.may_end_sessions)}
        {parts::log(person.log)}
        {tables::trail(person.trail)}
    }
    .into_any()
}

fn suspended(why: Suspended) -> AnyView {
    let lang = wire::lang();
    let by = why.by.unwrap_or_else(|| people::the_operator(lang).to_owned());
    let title = format!("{} {}", people::suspended_since(lang, &dates::date_time(lang, why.at)), people::suspended_by(lang, &by));
    view! { <Notice tone=Tone::Danger title><p>{why.reason}</p></Notice> }.into_any()
}

fn facts(person: &StaffPersonPage) -> AnyView {
    let lang = wire::lang();
    let (tone, confirmed) = match person.email_verified {
        true => (Tone::Success, accounts::verified(lang)),
        false => (Tone::Warning, accounts::unverified(lang)),
    };
    let orders_of = format!("{}?q={}", routes::admin_orders(lang), in_query(person.email.as_str()));
    let roles = match person.roles.is_empty() && person.suspended.is_none() {
        true => people::roles_none(lang).into_any(),
        false => badges(&person.roles, person.suspended.is_some()),
    };
    view! {
        <dl class="facts">
            <div><dt>{orders::name(lang)}</dt><dd>{person.name.to_string()}" · "<a href=routes::person(lang, &person.handle)>{people::public_page(lang)}</a></dd></div>
            <div><dt>{people::id(lang)}</dt><dd><code>{person.id.to_string()}</code></dd></div>
            <div><dt>{people::address(lang)}</dt><dd><span class="cluster gap-2">{person.email.to_string()}<Badge tone>{confirmed}</Badge></span></dd></div>
            <div><dt>{people::language(lang)}</dt><dd>{shell::language_name(person.lang)}</dd></div>
            <div><dt>{people::joined(lang)}</dt><dd><When at=person.joined_at/></dd></div>
            <div><dt>{orders::roles(lang)}</dt><dd>{roles}</dd></div>
            <div><dt>{people::ways_in(lang)}</dt><dd>{ways_in(person)}</dd></div>
            <div><dt>{people::purchases(lang)}</dt><dd>{people::courses_open(lang, person.courses)}" · "<a href=orders_of>{people::orders_placed(lang, person.orders)}</a></dd></div>
        </dl>
    }
    .into_any()
}

fn ways_in(person: &StaffPersonPage) -> String {
    let lang = wire::lang();
    let ways = [
        person.has_password.then(|| people::way_password(lang).to_owned()),
        person.second_factor.then(|| people::way_codes(lang).to_owned()),
        (person.passkeys > 0).then(|| people::way_passkeys(lang, person.passkeys)),
    ];
    let ways: Vec<_> = ways.into_iter().flatten().collect();
    if ways.is_empty() { people::way_none(lang).to_owned() } else { ways.join(" · ") }
}
