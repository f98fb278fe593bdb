//! People, found by name, address, id, role or state.

use super::api;
use crate::place::{Office, Place, in_query};
use leptos::prelude::*;
use locale::{orders, people};
use model::accounts::Role;
use model::admin::{PeopleFilter, StaffPeople, StaffPerson, Standing};
use model::routes;
use ui::{Answer, Badge, Button, ButtonLink, Column, EmptyState, Field, Glyph, Kind, Select, Table, Tone, When, loaded};

#[component]
pub fn PeoplePage() -> impl IntoView {
    let lang = wire::lang();
    let query = wire::query();
    let text = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let filter = PeopleFilter { q: text("q"), role: text("role"), state: text("state"), after: text("after") };
    view! { <Office place=Place::People title=orders::staff_people(lang)>{loaded(api::read_people(filter), content)}</Office> }
}

fn content(found: StaffPeople) -> AnyView {
    let lang = wire::lang();
    let filter = found.filter.clone();
    let mut roles = vec![Answer::new("", people::any_role(lang)), Answer::new("learner", people::learners(lang))];
    roles.extend(Role::ALL.iter().map(|role| Answer::new(role.as_str(), orders::role(lang, *role))));
    let mut states = vec![Answer::new("", people::any_standing(lang))];
    states.extend(Standing::ALL.iter().map(|state| Answer::new(state.as_str(), people::standing_name(lang, *state))));
    view! {
        <form method="get" action=routes::admin_users(lang) class="cluster gap-3">
            <Field label=people::find_people(lang) name="q" value=filter.q.clone() kind="search" maxlength=100 autocomplete="off"/>
            <Select label=orders::roles(lang) name="role" options=roles value=filter.role.clone()/>
            <Select label=people::standing(lang) name="state" options=states value=filter.state.clone()/>
            <Button kind=Kind::Secondary icon=Glyph::Search>{orders::find(lang)}</Button>
        </form>
        {list(found)}
    }
    .into_any()
}

fn list(found: StaffPeople) -> AnyView {
    let lang = wire::lang();
    if found.people.is_empty() {
        return view! { <EmptyState title=orders::nobody_found(lang) text=people::nobody_found_text(lang) icon=Glyph::People/> }
            .into_any();
    }
    let columns = vec![
        Column::new(orders::name(lang)),
        Column::new(orders::email(lang)),
        Column::new(orders::roles(lang)),
        Column::new(orders::owned(lang)).numeric(),
        Column::new(orders::joined(lang)),
    ];
    let filter = &found.filter;
    let base = format!(
        "{}?q={}&role={}&state={}",
        routes::admin_users(lang),
        in_query(&filter.q),
        in_query(&filter.role),
        in_query(&filter.state)
    );
    let paging = further(&base, !filter.after.is_empty(), found.next.as_deref());
    let rows: Vec<_> = found.people.into_iter().map(row).collect();
    view! { <Table columns label=orders::staff_people(lang)>{rows}</Table>{paging} }.into_any()
}

/// The way on in a list without page numbers, and back to where it begins.
pub fn further(base: &str, begun: bool, next: Option<&str>) -> AnyView {
    let lang = wire::lang();
    let first =
        begun.then(|| view! { <ButtonLink href=base.to_owned() kind=Kind::Quiet>{people::from_the_start(lang)}</ButtonLink> });
    let next = next.map(|next| {
        let href = format!("{base}&after={}", in_query(next));
        view! { <ButtonLink href kind=Kind::Secondary rel="next">{people::further(lang)}</ButtonLink> }
    });
    (first.is_some() || next.is_some()).then(|| view! { <div class="cluster gap-3">{first}{next}</div> }).into_any()
}

/// A person's roles, and whether they are kept out.
pub fn badges(roles: &[Role], suspended: bool) -> AnyView {
    let lang = wire::lang();
    let roles: Vec<_> = roles
        .iter()
        .map(|role| orders::role(lang, *role))
        .map(|words| view! { <Badge tone=Tone::Info>{words}</Badge> })
        .collect();
    let suspended = suspended.then(|| view! { <Badge tone=Tone::Danger>{orders::suspended(lang)}</Badge> });
    view! { <span class="cluster gap-1">{roles}{suspended}</span> }.into_any()
}

fn row(person: StaffPerson) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <tr>
            <td><a href=routes::admin_person(lang, &person.id)>{person.name.to_string()}</a></td>
            <td>{person.email}</td>
            <td>{badges(&person.roles, person.suspended)}</td>
            <td class="num">{person.courses.to_string()}</td>
            <td class="nowrap"><When at=person.joined_at/></td>
        </tr>
    }
}
