//! At the gate: a button per provider, and why one came back without having been let in.

use super::api;
use leptos::prelude::*;
use locale::{faults, identity};
use model::identity::{Offered, Setback};
use model::{Fault, routes};
use ui::{Button, Kind, Notice, Size, Tone, loaded};

/// The providers; nothing where there are none.
#[component]
pub fn Houses() -> impl IntoView {
    loaded(api::read_offered(), buttons)
}

fn buttons(offered: Vec<Offered>) -> AnyView {
    let lang = wire::lang();
    if offered.is_empty() {
        return ().into_any();
    }
    let next = wire::query().get("next").unwrap_or_default().to_owned();
    let buttons: Vec<_> = offered
        .into_iter()
        .map(|house| {
            let label = identity::through(lang, &house.label);
            view! {
                <form method="post" action=routes::login(lang)>
                    <input type="hidden" name="form" value="identity"/>
                    <input type="hidden" name="provider" value=house.name/>
                    <input type="hidden" name="next" value=next.clone()/>
                    <Button kind=Kind::Secondary size=Size::Large block=true>{label}</Button>
                </form>
            }
        })
        .collect();
    view! {
        <div class="stack gap-3">
            <p class="small faint center">{identity::or(lang)}</p>
            {buttons}
        </div>
    }
    .into_any()
}

/// Why a way of signing in came to nothing: as the address says it, or as one of `forms` of this page was refused with it.
#[component]
pub fn SetbackNotice(forms: &'static [&'static str]) -> impl IntoView {
    let lang = wire::lang();
    let by_address = wire::query().get("refused").and_then(|word| word.parse::<Setback>().ok());
    let by_form = forms.iter().find_map(|form| match wire::form_state(form).fault() {
        // what is wrong with a field stands there
        Some(Fault::Invalid(_)) | None => None,
        Some(fault) => Some(faults::sentence(lang, fault)),
    });
    let words = by_form.or_else(|| by_address.map(|setback| identity::setback(lang, setback).to_owned()));
    words.map(|words| view! { <Notice tone=Tone::Danger live=true><p>{words}</p></Notice> })
}
