//! The password, and where one is signed in.

use super::api;
use super::gate::{Mistakes, wrong};
use super::identity::IdentitySection;
use super::passkeys::PasskeySection;
use super::settings::{Place, Settings};
use leptos::prelude::*;
use locale::{accounts, dates};
use model::Lang;
use model::accounts::{OpenSession, Security};
use ui::{Badge, Button, Field, FormActions, Kind, Size, Tone, loaded};

#[component]
pub fn SecurityPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Settings place=Place::Security title=accounts::security_title(lang)>
            {loaded(api::read_security(), content)}
            <PasskeySection/>
            <IdentitySection/>
        </Settings>
    }
}

fn content(page: Security) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("password");
    let others = page.sessions.iter().any(|session| !session.this);
    let sessions: Vec<_> = page.sessions.into_iter().map(|session| view! { <SessionRow session/> }).collect();
    view! {
        <section class="stack gap-4">
            <h2>{accounts::change_password(lang)}</h2>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="password"/>
                <input type="hidden" name="username" autocomplete="username" value=page.email.to_string()/>
                <Field label=accounts::current_password(lang) name="current_password" kind="password"
                    autocomplete="current-password" error=wrong(&form, "current_password") required=true/>
                <Field label=accounts::new_password(lang) name="new_password" kind="password" autocomplete="new-password"
                    help=accounts::password_help(lang) error=wrong(&form, "new_password") required=true/>
                <p class="small faint">{accounts::password_note(lang)}</p>
                <FormActions><Button>{accounts::change_password(lang)}</Button></FormActions>
            </form>
        </section>
        <section class="stack gap-4">
            <div class="split on-baseline">
                <h2>{accounts::sessions_title(lang)}</h2>
                {others.then(|| view! {
                    <form method="post">
                        <input type="hidden" name="form" value="end_others"/>
                        <Button kind=Kind::Secondary size=Size::Small>{accounts::end_others(lang)}</Button>
                    </form>
                })}
            </div>
            <p class="muted">{accounts::sessions_lede(lang)}</p>
            <ul class="list" role="list">{sessions}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn SessionRow(session: OpenSession) -> impl IntoView {
    let lang = wire::lang();
    let end = (!session.this).then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="form" value="end_session"/>
                <input type="hidden" name="session" value=session.id.clone()/>
                <Button kind=Kind::Quiet size=Size::Small>{accounts::end_session(lang)}</Button>
            </form>
        }
    });
    view! {
        <li class="split">
            <div class="stack gap-1">
                <strong>{browser(lang, &session.user_agent)}</strong>
                <span class="small faint">{accounts::seen_at(lang, &dates::date_time(lang, session.seen))}</span>
            </div>
            {session.this.then(|| view! { <Badge tone=Tone::Success>{accounts::this_session(lang)}</Badge> })}
            {end}
        </li>
    }
}

/// The browser and the system as most people know them.
fn browser(lang: Lang, agent: &str) -> String {
    let known =
        |names: &[(&'static str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = known(&[
        ("MicroMessenger", "微信"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = known(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => accounts::unknown_browser(lang).to_owned(),
    }
}
