//! Signing in.

use super::gate::{Gate, Mistakes, wrong};
use super::identity::{Houses, SetbackNotice};
use super::passkeys::PasskeyGate;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::routes;
use ui::{Button, Field, FormActions, Glyph, Notice, Tone};

#[component]
pub fn LoginPage() -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("login");
    let next = form.value("next", wire::query().get("next").unwrap_or_default());
    let done = wire::query().get("done").and_then(|done| match done {
        "reset" => Some(accounts::done_reset(lang)),
        "changed" => Some(accounts::done_changed(lang)),
        "verified" => Some(accounts::done_verified(lang)),
        _ => None,
    });
    let forgot = view! { <a class="small" href=routes::reset(lang)>{accounts::forgot_it(lang)}</a> };
    view! {
        <Title text=format!("{} · {}", shell::sign_in(lang), shell::product(lang))/>
        <Gate>
            <header class="page-head">
                <h1>{accounts::sign_in_title(lang)}</h1>
                <p class="muted">{accounts::login_lede(lang)}</p>
            </header>
            <SetbackNotice forms=&["identity", "passkey"]/>
            {done.map(|words| view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })}
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="login"/>
                <input type="hidden" name="next" value=next.clone()/>
                <Field label=accounts::email(lang) name="email" kind="email" autocomplete="username" inputmode="email"
                    value=form.value("email", "") error=wrong(&form, "email") required=true maxlength=254 enterkeyhint="next"/>
                <Field label=accounts::password(lang) name="password" kind="password" autocomplete="current-password"
                    error=wrong(&form, "password") required=true enterkeyhint="go" aside=forgot/>
                <FormActions>
                    <Button block=true icon=Some(Glyph::SignIn)>{shell::sign_in(lang)}</Button>
                </FormActions>
            </form>
            <PasskeyGate next=next.clone()/>
            <Houses/>
            <p class="muted center">
                {accounts::no_account_yet(lang)}" "
                <a href=routes::with_next(&routes::register(lang), &next)>{shell::sign_up(lang)}</a>
            </p>
        </Gate>
    }
}
