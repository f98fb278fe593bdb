//! "Is it you?", asked before what matters.

use super::api;
use super::gate::{Gate, Mistakes, wrong};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::accounts::Ways;
use model::routes;
use ui::{Button, ButtonLink, Field, FormActions, loaded};

#[component]
pub fn ConfirmPage() -> impl IntoView {
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
        let sign_in = routes::with_next(&routes::login(lang), &next);
        return view! {
            <p>{accounts::confirm_no_way(lang)}</p>
            <FormActions><ButtonLink href=sign_in>{shell::sign_in(lang)}</ButtonLink></FormActions>
        }
        .into_any();
    }
    let password = ways.password.then(|| {
        view! {
            <Field label=accounts::password(lang) name="password" kind="password" autocomplete="current-password"
                error=wrong(&form, "password") required=true enterkeyhint="go"/>
        }
    });
    let code = ways.code.then(|| {
        view! {
            <Field label=accounts::code(lang) name="code" autocomplete="one-time-code" help=accounts::code_help(lang)
                error=wrong(&form, "code") required=true maxlength=32 enterkeyhint="go"/>
        }
    });
    view! {
        <Mistakes form=form.clone()/>
        <form method="post" class="stack gap-5">
            <input type="hidden" name="form" value="confirm"/>
            <input type="hidden" name="next" value=next/>
            {password}
            {code}
            <p class="small faint">{accounts::confirm_then(lang)}</p>
            <FormActions><Button block=true>{accounts::confirm_do(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}
