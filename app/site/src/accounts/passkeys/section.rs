//! The part of one's security page about one's own keys.

use super::api;
use crate::accounts::wrong;
use leptos::prelude::*;
use locale::{dates, elements, identity};
use model::passkeys::{PasskeyView, Passkeys};
use ui::{Accordion, Badge, Button, Field, Fold, FormActions, Kind, OneButton, Tone, loaded};

#[component]
pub fn PasskeySection() -> impl IntoView {
    loaded(api::read_passkeys(), content)
}

fn content(page: Passkeys) -> AnyView {
    let lang = wire::lang();
    let Passkeys { possible, keys } = page;
    if !possible && keys.is_empty() {
        return ().into_any();
    }
    let none = keys.is_empty().then(|| view! { <p class="muted">{identity::no_passkeys(lang)}</p> });
    let rows: Vec<_> = keys.into_iter().map(|key| view! { <KeyRow key/> }).collect();
    view! {
        <section class="stack gap-4" id="passkeys">
            <h2>{identity::passkeys_title(lang)}</h2>
            <p class="muted">{identity::passkeys_lede(lang)}</p>
            {none}
            {(!rows.is_empty()).then(|| view! { <ul class="list" role="list">{rows}</ul> })}
            {possible.then(|| view! { <NewKey/> })}
        </section>
    }
    .into_any()
}

#[component]
fn KeyRow(key: PasskeyView) -> impl IntoView {
    let lang = wire::lang();
    let id = key.id.to_string();
    let form = wire::form_state("rename_passkey");
    let open = form.value("passkey", "") == id;
    let bad_name = open.then(|| wrong(&form, "name")).flatten();
    let used =
        key.used.map_or_else(|| identity::never_used(lang).to_owned(), |at| identity::used_at(lang, &dates::date_time(lang, at)));
    view! {
        <li class="stack gap-3">
            <div class="stack gap-1">
                <span class="cluster gap-2">
                    <strong>{key.name.clone()}</strong>
                    {key.synced.then(|| view! { <Badge tone=Tone::Plain>{identity::synced(lang)}</Badge> })}
                </span>
                <span class="small faint">{identity::made_on(lang, &dates::date(lang, key.made))}" · "{used}</span>
            </div>
            <Fold title=identity::change_passkey(lang, &key.name) open>
                <div class="stack gap-5">
                    <form method="post" class="stack gap-4">
                        <input type="hidden" name="form" value="rename_passkey"/>
                        <input type="hidden" name="passkey" value=id.clone()/>
                        <Field label=identity::passkey_name(lang) name="name" id=format!("name-{id}") value=key.name.clone() error=bad_name
                            required=true maxlength=60/>
                        <FormActions><Button kind=Kind::Secondary>{identity::rename(lang)}</Button></FormActions>
                    </form>
                    <OneButton form="remove_passkey" name="passkey" value=id label=identity::remove(lang) kind=Kind::Secondary/>
                </div>
            </Fold>
        </li>
    }
}

#[component]
fn NewKey() -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("add_passkey");
    let bad_name = wrong(&form, "name");
    let open = form.fault().is_some();
    view! {
        <Accordion>
            <Fold title=identity::add_passkey(lang) open>
                <passkey-maker data-labels=elements::passkey_maker(lang)>
                    <form method="post" class="stack gap-4">
                        <input type="hidden" name="form" value="add_passkey"/>
                        <input type="hidden" name="client_data" value=""/>
                        <input type="hidden" name="attestation" value=""/>
                        <Field label=identity::passkey_name(lang) name="name" id="new-passkey-name" help=identity::passkey_name_help(lang)
                            value=form.value("name", identity::my_passkey(lang)) error=bad_name required=true maxlength=60/>
                        <FormActions><Button>{identity::add_passkey(lang)}</Button></FormActions>
                        <p class="small muted" role="status" data-passkey-status=""></p>
                    </form>
                </passkey-maker>
            </Fold>
        </Accordion>
    }
}
