//! The password, and where one is signed in.

use super::api;
use super::gate::{Mistakes, wrong};
use super::identity::IdentitySection;
use super::passkeys::PasskeySection;
use super::settings::{Place, Settings};
use leptos::prelude::*;
use locale::{accounts, dates};
use model::accounts::{Incident, OpenSession, Security};
use model::text::Email;
use model::{Lang, routes};
use ui::{Badge, Button, ButtonLink, Field, FormActions, Kind, Size, Tone, loaded};

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
        <AddressPart email=page.email.clone() verified=page.email_verified/>
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
                <h2>{accounts::second_title(lang)}</h2>
                <SecondState on=page.second_factor/>
            </div>
            <p class="muted">{accounts::second_lede(lang)}</p>
            <FormActions>
                <ButtonLink href=routes::second_factor(lang) kind=Kind::Secondary>
                    {if page.second_factor { accounts::second_manage(lang) } else { accounts::second_set_up(lang) }}
                </ButtonLink>
            </FormActions>
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
        <LogPart log=page.log/>
    }
    .into_any()
}

/// The address, whether it is confirmed, and how it is changed.
#[component]
fn AddressPart(email: Email, verified: bool) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("email");
    let (tone, word) = match verified {
        true => (Tone::Success, accounts::verified(lang)),
        false => (Tone::Warning, accounts::unverified(lang)),
    };
    let confirm = (!verified).then(|| view! { <a href=routes::verify(lang)>{accounts::confirm_now(lang)}</a> });
    view! {
        <section class="stack gap-4">
            <h2>{accounts::address_title(lang)}</h2>
            <p class="cluster"><strong class="strong">{email.to_string()}</strong><Badge tone>{word}</Badge>{confirm}</p>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="email"/>
                <Field label=accounts::new_email(lang) name="new_email" kind="email" autocomplete="email" inputmode="email"
                    help=accounts::new_email_help(lang) value=form.value("new_email", "") error=wrong(&form, "new_email")
                    required=true maxlength=254/>
                <FormActions><Button kind=Kind::Secondary>{accounts::change_email(lang)}</Button></FormActions>
            </form>
        </section>
    }
}

#[component]
fn SecondState(on: bool) -> impl IntoView {
    let lang = wire::lang();
    match on {
        true => view! { <Badge tone=Tone::Success>{accounts::second_is_on(lang)}</Badge> }.into_any(),
        false => view! { <Badge tone=Tone::Plain>{accounts::second_off(lang)}</Badge> }.into_any(),
    }
}

/// What happened lately.
#[component]
fn LogPart(log: Vec<Incident>) -> impl IntoView {
    let lang = wire::lang();
    let list = match log.is_empty() {
        true => view! { <p class="muted">{accounts::log_none(lang)}</p> }.into_any(),
        false => {
            let rows: Vec<_> = log
                .into_iter()
                .map(|incident| {
                    let facts = [dates::date_time(lang, incident.at), where_from(lang, &incident.user_agent, &incident.network)];
                    view! {
                        <li class="stack gap-1">
                            <span>{accounts::logged(lang, incident.kind)}</span>
                            <span class="small faint">{facts.join(" · ")}</span>
                        </li>
                    }
                })
                .collect();
            view! { <ul class="list" role="list" id="log">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="stack gap-4">
            <h2>{accounts::log_title(lang)}</h2>
            <p class="muted">{accounts::log_lede(lang)}</p>
            {list}
        </section>
    }
}

/// The browser, and roughly where it is.
fn where_from(lang: Lang, user_agent: &str, network: &str) -> String {
    let browser = browser(lang, user_agent);
    match network {
        "" => browser,
        network => format!("{browser} · {}", accounts::from_network(lang, network)),
    }
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
                <strong>{where_from(lang, &session.user_agent, &session.network)}</strong>
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
