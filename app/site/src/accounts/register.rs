//! Registering.

use super::gate::{Gate, Mistakes, wrong};
use super::identity::Houses;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::routes;
use ui::{Button, Field, FormActions};

#[component]
pub fn RegisterPage() -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("register");
    let next = form.value("next", wire::query().get("next").unwrap_or_default());
    view! {
        <Title text=format!("{} · {}", shell::sign_up(lang), shell::product(lang))/>
        <Gate>
            <header class="page-head">
                <h1>{accounts::register_title(lang)}</h1>
                <p class="muted">{accounts::register_lede(lang)}</p>
            </header>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="register"/>
                <input type="hidden" name="next" value=next.clone()/>
                <Field label=accounts::name(lang) name="name" autocomplete="name" value=form.value("name", "")
                    help=accounts::name_help(lang) error=wrong(&form, "name") required=true maxlength=60 enterkeyhint="next"/>
                <Field label=accounts::email(lang) name="email" kind="email" autocomplete="username" inputmode="email"
                    value=form.value("email", "") error=wrong(&form, "email") required=true maxlength=254 enterkeyhint="next"/>
                <Field label=accounts::password(lang) name="password" kind="password" autocomplete="new-password"
                    help=accounts::password_help(lang) error=wrong(&form, "password") required=true enterkeyhint="go"/>
                <FormActions>
                    <Button block=true>{shell::sign_up(lang)}</Button>
                </FormActions>
                <p class="small faint">
                    {accounts::by_registering(lang)}" "
                    <a href=routes::legal(lang, "terms")>{shell::terms(lang)}</a>" · "
                    <a href=routes::legal(lang, "privacy")>{shell::privacy(lang)}</a>
                </p>
            </form>
            <Houses/>
            <p class="muted center">
                {accounts::have_account(lang)}" "
                <a href=routes::with_next(&routes::login(lang), &next)>{shell::sign_in(lang)}</a>
            </p>
        </Gate>
    }
}
