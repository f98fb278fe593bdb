//! A forgotten password: asking for a link, and setting a new one by it.

use super::api;
use super::gate::{Gate, Mistakes, wrong};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::accounts::ResetPage as Page;
use model::routes;
use model::text::Hidden;
use ui::{Button, ButtonLink, Field, FormActions, Kind, Notice, Tone, loaded};

/// Says the same whoever has the address.
#[component]
pub fn ResetPage() -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("reset");
    let sent = wire::query().get("done") == Some("sent");
    let notice = sent.then(|| {
        view! {
            <Notice tone=Tone::Success title=accounts::reset_sent_title(lang) live=true><p>{accounts::reset_sent(lang)}</p></Notice>
        }
    });
    view! {
        <Title text=format!("{} · {}", accounts::reset_title(lang), shell::product(lang))/>
        <Gate>
            <header class="page-head">
                <h1>{accounts::reset_title(lang)}</h1>
                <p class="muted">{accounts::reset_lede(lang)}</p>
            </header>
            {notice}
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="reset"/>
                <Field label=accounts::email(lang) name="email" kind="email" autocomplete="username" inputmode="email"
                    value=form.value("email", "") error=wrong(&form, "email") required=true maxlength=254 enterkeyhint="send"/>
                <FormActions>
                    <Button block=true>{accounts::reset_ask(lang)}</Button>
                </FormActions>
            </form>
            <p class="muted center"><a href=routes::login(lang)>{shell::sign_in(lang)}</a></p>
        </Gate>
    }
}

/// Behind the link.
#[component]
pub fn NewPasswordPage(token: String) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", accounts::reset_title(lang), shell::product(lang))/>
        <Gate>{loaded(api::read_reset(Hidden::new(token)), content)}</Gate>
    }
}

fn content(page: Page) -> AnyView {
    let lang = wire::lang();
    let Some(email) = page.email else {
        return view! {
            <header class="page-head">
                <h1>{accounts::reset_over_title(lang)}</h1>
                <p class="muted">{accounts::reset_over(lang)}</p>
            </header>
            <FormActions><ButtonLink href=routes::reset(lang)>{accounts::ask_again(lang)}</ButtonLink></FormActions>
        }
        .into_any();
    };
    let form = wire::form_state("set_password");
    view! {
        <header class="page-head">
            <h1>{accounts::reset_title(lang)}</h1>
            <p class="muted">{email.to_string()}</p>
        </header>
        <Mistakes form=form.clone()/>
        <form method="post" class="stack gap-5">
            <input type="hidden" name="form" value="set_password"/>
            <input type="hidden" name="username" autocomplete="username" value=email.to_string()/>
            <Field label=accounts::new_password(lang) name="new_password" kind="password" autocomplete="new-password"
                help=accounts::password_help(lang) error=wrong(&form, "new_password") required=true enterkeyhint="go"/>
            <p class="small faint">{accounts::reset_set_lede(lang)}</p>
            <FormActions>
                <Button>{accounts::reset_title(lang)}</Button>
                <ButtonLink href=routes::login(lang) kind=Kind::Quiet>{shell::sign_in(lang)}</ButtonLink>
            </FormActions>
        </form>
    }
    .into_any()
}
