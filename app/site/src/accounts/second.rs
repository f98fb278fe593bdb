//! Codes from an app: setting them up, recovery codes, turning them off.

use super::api;
use super::gate::{Mistakes, wrong};
use super::settings::{Place, Settings};
use leptos::prelude::*;
use locale::{accounts, dates};
use model::accounts::{Second, SecondFactor, Setup};
use model::{Moment, routes};
use ui::{Button, ButtonLink, Field, FormActions, Kind, Notice, Tone, loaded};

#[component]
pub fn SecondPage() -> impl IntoView {
    let lang = wire::lang();
    view! { <Settings place=Place::Security title=accounts::second_title(lang)>{loaded(api::read_second(), content)}</Settings> }
}

fn content(page: Second) -> AnyView {
    let lang = wire::lang();
    let fresh = (!page.codes.is_empty()).then(|| view! { <Fresh codes=page.codes/> });
    let state = match page.factor {
        SecondFactor::On { since, codes_left } => view! { <On since codes_left/> }.into_any(),
        SecondFactor::Begun(setup) => view! { <Begun setup/> }.into_any(),
        SecondFactor::Off if page.email_verified => view! {
            <Mistakes form=wire::form_state("begin")/>
            <form method="post">
                <input type="hidden" name="form" value="begin"/>
                <FormActions><Button>{accounts::second_set_up(lang)}</Button></FormActions>
            </form>
        }
        .into_any(),
        SecondFactor::Off => view! {
            <p>{accounts::second_address_first(lang)}</p>
            <FormActions><ButtonLink href=routes::verify(lang)>{accounts::confirm_now(lang)}</ButtonLink></FormActions>
        }
        .into_any(),
    };
    view! {
        <p class="muted">{accounts::second_lede(lang)}</p>
        {fresh}
        {state}
    }
    .into_any()
}

/// The secret as a square and as text, and the first code.
#[component]
fn Begun(setup: Setup) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("finish");
    let square = setup.scan.map(|scan| {
        view! {
            <svg class="qr" viewBox=format!("0 0 {0} {0}", scan.side) role="img" aria-label=accounts::second_scan(lang)>
                <path d=scan.path fill="currentColor"/>
            </svg>
        }
    });
    view! {
        <section class="stack gap-4">
            <p>{accounts::second_scan(lang)}</p>
            {square}
            <p class="small">{accounts::second_key(lang)}" "<code>{setup.key}</code></p>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="finish"/>
                <Field label=accounts::second_then(lang) name="code" autocomplete="one-time-code" inputmode="numeric"
                    error=wrong(&form, "code") required=true maxlength=12 enterkeyhint="go"/>
                <FormActions><Button>{accounts::second_finish(lang)}</Button></FormActions>
            </form>
        </section>
    }
}

/// Recovery codes that are shown this once.
#[component]
fn Fresh(codes: Vec<String>) -> impl IntoView {
    let lang = wire::lang();
    let codes: Vec<_> = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect();
    view! {
        <Notice tone=Tone::Warning title=accounts::codes_title(lang)>
            <p>{accounts::codes_fresh(lang)}</p>
            <ul role="list" class="stack gap-1">{codes}</ul>
        </Notice>
    }
}

#[component]
fn On(since: Moment, codes_left: u32) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <section class="stack gap-4">
            <p>{accounts::second_on(lang, &dates::date(lang, since))}</p>
            <h2>{accounts::codes_title(lang)}</h2>
            <p>{accounts::codes_left(lang, codes_left)}</p>
            <form method="post">
                <input type="hidden" name="form" value="renew"/>
                <Button kind=Kind::Secondary>{accounts::codes_renew(lang)}</Button>
            </form>
            <form method="post">
                <input type="hidden" name="form" value="end"/>
                <Button kind=Kind::Quiet>{accounts::second_turn_off(lang)}</Button>
            </form>
        </section>
    }
}
