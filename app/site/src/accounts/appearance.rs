//! Language and colours, and the way out; none of them needs an account.

use super::gate::Gate;
use super::settings::{Place, Settings};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::{Lang, routes};
use ui::{Button, ButtonLink, FormActions, Kind, LanguageSwitch, Switch, ThemeSwitch};

#[component]
pub fn AppearancePage() -> impl IntoView {
    let viewer = wire::viewer();
    let lang = viewer.lang;
    view! {
        <Settings place=Place::Appearance title=accounts::appearance_title(lang)>
            <section class="stack gap-3">
                <h2>{shell::language(lang)}</h2>
                <LanguageSwitch lang zh=routes::appearance(Lang::Zh) en=routes::appearance(Lang::En) label=shell::language(lang)/>
            </section>
            <section class="stack gap-3">
                <h2>{shell::theme(lang)}</h2>
                <p class="muted">{accounts::appearance_lede(lang)}</p>
                <ThemeSwitch now=viewer.theme action=routes::appearance(lang) back=routes::appearance(lang) label=shell::theme(lang)
                    labels=[shell::theme_auto(lang).into(), shell::theme_light(lang).into(), shell::theme_dark(lang).into()]/>
            </section>
            // shown by the script whose keys it switches
            <section class="stack gap-3" data-shortcut-switch="" hidden=true>
                <h2>{accounts::shortcuts(lang)}</h2>
                <Switch label=accounts::shortcuts_on(lang) name="shortcuts" checked=true note=accounts::shortcuts_note(lang)/>
            </section>
        </Settings>
    }
}

/// Asks before it signs out; the menu's button posts here without asking.
#[component]
pub fn SignOutPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", shell::sign_out(lang), shell::product(lang))/>
        <Gate>
            <h1>{accounts::sign_out_question(lang)}</h1>
            <p class="muted">{accounts::sign_out_lede(lang)}</p>
            <form method="post" data-sign-out="">
                <input type="hidden" name="form" value="logout"/>
                <FormActions>
                    <Button>{shell::sign_out(lang)}</Button>
                    <ButtonLink href=routes::home(lang) kind=Kind::Quiet>{accounts::stay(lang)}</ButtonLink>
                </FormActions>
            </form>
        </Gate>
    }
}
