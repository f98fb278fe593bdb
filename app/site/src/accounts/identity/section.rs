//! The part of one's security page about other houses.

use super::api;
use super::gate::SetbackNotice;
use crate::accounts::wrong;
use leptos::prelude::*;
use locale::{dates, identity};
use model::identity::{Identities, Linked, Offered};
use ui::{Accordion, Button, Field, Fold, FormActions, Kind, loaded};

#[component]
pub fn IdentitySection() -> impl IntoView {
    loaded(api::read_identities(), content)
}

fn content(page: Identities) -> AnyView {
    let lang = wire::lang();
    let Identities { offered, linked, has_password } = page;
    let notice = view! { <SetbackNotice forms=&["link", "unlink", "add_passkey", "rename_passkey", "remove_passkey"]/> };
    if offered.is_empty() && linked.is_empty() {
        return notice.into_any();
    }
    let none = linked.is_empty().then(|| view! { <p class="muted">{identity::none_linked(lang)}</p> });
    let rows: Vec<_> = linked.into_iter().map(|one| view! { <LinkedRow one has_password/> }).collect();
    let folds: Vec<_> = offered.into_iter().map(|house| view! { <LinkFold house has_password/> }).collect();
    view! {
        {notice}
        <section class="stack gap-4">
            <h2>{identity::identities_title(lang)}</h2>
            <p class="muted">{identity::identities_lede(lang)}</p>
            {(!has_password).then(|| view! { <p class="small faint">{identity::fresh_sign_in_note(lang)}</p> })}
            {none}
            {(!rows.is_empty()).then(|| view! { <ul class="list" role="list">{rows}</ul> })}
            <Accordion>{folds}</Accordion>
        </section>
    }
    .into_any()
}

#[component]
fn LinkedRow(one: Linked, has_password: bool) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("unlink");
    let id = one.id.to_string();
    let refused = form.value("identity", "") == id;
    let error = refused.then(|| wrong(&form, "password")).flatten();
    view! {
        <li class="stack gap-3">
            <div class="stack gap-1">
                <strong>{one.label.clone()}</strong>
                {(!one.email.is_empty()).then(|| view! { <span class="small">{one.email.clone()}</span> })}
                <span class="small faint">{identity::used_at(lang, &dates::date_time(lang, one.used))}</span>
            </div>
            <Fold title=identity::unlink_this(lang, &one.label) open=refused>
                <form method="post" class="stack gap-4">
                    <input type="hidden" name="form" value="unlink"/>
                    <input type="hidden" name="identity" value=id.clone()/>
                    {has_password.then(|| view! { <Proof id=format!("unlink-{id}") error/> })}
                    <FormActions><Button kind=Kind::Secondary>{identity::unlink(lang)}</Button></FormActions>
                </form>
            </Fold>
        </li>
    }
}

#[component]
fn LinkFold(house: Offered, has_password: bool) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("link");
    let refused = form.value("provider", "") == house.name;
    let error = refused.then(|| wrong(&form, "password")).flatten();
    let label = identity::link(lang, &house.label);
    view! {
        <Fold title=label.clone() open=refused>
            <form method="post" class="stack gap-4">
                <input type="hidden" name="form" value="link"/>
                <input type="hidden" name="provider" value=house.name.clone()/>
                {has_password.then(|| view! { <Proof id=format!("link-{}", house.name) error/> })}
                <FormActions><Button kind=Kind::Secondary>{label}</Button></FormActions>
            </form>
        </Fold>
    }
}

/// The password once more.
#[component]
pub(crate) fn Proof(id: String, error: Option<String>) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Field label=identity::confirm_by_password(lang) name="password" kind="password" id autocomplete="current-password" error required=true/>
    }
}
