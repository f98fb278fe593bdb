//! "Is it you?", asked before what matters.

use super::api;
use super::gate::{Gate, Mistakes, wrong};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::accounts::Ways;
use model::{Fault, routes};
use ui::{Button, ButtonLink, Field, FormActions, Kind, loaded};

#[component]
pub fn ConfirmPage() -> impl IntoView {
    asked(content)
}

fn asked(content: fn(Ways) -> AnyView) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", shell::confirm_title(lang), shell::product(lang))/>
        <Gate>
            <header class="page-head">
                <h1>{shell::confirm_title(lang)}</h1>
                <p class="muted">{accounts::confirm_lede(lang)}</p>
            </header>
            {loaded(api::read_ways(), content)}
        </Gate>
    }
}

fn content(ways: Ways) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("confirm");
    let next = form.value("next", wire::query().get("next").unwrap_or_default());
    if !ways.password && !ways.code {
        return sign_in_again(&next);
    }
    view! {
        <Mistakes form=form.clone()/>
        <form method="post" class="stack gap-5">
            <input type="hidden" name="form" value="confirm"/>
            <input type="hidden" name="next" value=next/>
            <Questions ways names=["password", "code"]/>
            <FormActions><Button block=true>{accounts::confirm_do(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}

/// The same in place of what a form would have led to: what was typed there is sent once more with the answer.
#[component]
pub fn ConfirmHere() -> impl IntoView {
    asked(here)
}

fn here(ways: Ways) -> AnyView {
    let viewer = wire::viewer();
    let lang = viewer.lang;
    if !ways.password && !ways.code {
        return sign_in_again(&viewer.address);
    }
    let form = wire::form_state("confirm");
    let asked_first = form.fault() == Some(&Fault::Confirm);
    let mistakes = (!asked_first).then(|| view! { <Mistakes form=form.clone()/> });
    let fields = form.0.map(|sent| sent.fields).unwrap_or_default();
    let kept: Vec<_> = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect();
    view! {
        {mistakes}
        <form method="post" class="stack gap-5">
            {kept}
            <Questions ways names=["confirm_password", "confirm_code"]/>
            <FormActions>
                <Button block=true>{accounts::confirm_do(lang)}</Button>
                <ButtonLink href=viewer.address kind=Kind::Quiet>{accounts::confirm_back(lang)}</ButtonLink>
            </FormActions>
        </form>
    }
    .into_any()
}

/// Whoever has neither password nor code.
fn sign_in_again(next: &str) -> AnyView {
    let lang = wire::lang();
    let sign_in = routes::with_next(&routes::login(lang), next);
    view! {
        <p>{accounts::confirm_no_way(lang)}</p>
        <FormActions>
            <ButtonLink href=sign_in>{shell::sign_in(lang)}</ButtonLink>
            <ButtonLink href=routes::reset(lang) kind=Kind::Quiet>{accounts::confirm_get_password(lang)}</ButtonLink>
        </FormActions>
    }
    .into_any()
}

/// The fields in which the person shows who they are.
#[component]
fn Questions(ways: Ways, names: [&'static str; 2]) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("confirm");
    let [password_name, code_name] = names;
    let password = ways.password.then(|| {
        view! {
            <Field label=accounts::password(lang) name=password_name id="f-password" kind="password" autocomplete="current-password"
                error=wrong(&form, "password") required=true enterkeyhint="go"/>
        }
    });
    let code = ways.code.then(|| {
        view! {
            <Field label=accounts::code(lang) name=code_name id="f-code" autocomplete="one-time-code" help=accounts::code_help(lang)
                error=wrong(&form, "code") required=true maxlength=32 enterkeyhint="go"/>
        }
    });
    view! { {password}{code} }
}
