//! The second step of signing in.

use super::gate::{Gate, Mistakes, wrong};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::routes;
use ui::{Button, Field, FormActions};

#[component]
pub fn StepPage() -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("second");
    let next = form.value("next", wire::query().get("next").unwrap_or_default());
    view! {
        <Title text=format!("{} · {}", accounts::step_title(lang), shell::product(lang))/>
        <Gate>
            <header class="page-head">
                <h1>{accounts::step_title(lang)}</h1>
                <p class="muted">{accounts::step_lede(lang)}</p>
            </header>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="second"/>
                <input type="hidden" name="next" value=next.clone()/>
                <Field label=accounts::code(lang) name="code" autocomplete="one-time-code" help=accounts::code_help(lang)
                    error=wrong(&form, "code") required=true autofocus=true maxlength=32 enterkeyhint="go"/>
                <FormActions><Button block=true>{shell::sign_in(lang)}</Button></FormActions>
            </form>
            <p class="muted center"><a href=routes::with_next(&routes::login(lang), &next)>{accounts::step_again(lang)}</a></p>
        </Gate>
    }
}
