//! The state of one's address, and the page behind the links that confirm one.

use super::api;
use super::gate::{Gate, Mistakes};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, dates, shell};
use model::accounts::{Address, LinkPage as Link};
use model::routes;
use model::text::{Email, Hidden};
use ui::{Button, ButtonLink, FormActions, Kind, Notice, Tone, loaded};

#[component]
pub fn VerifyPage() -> impl IntoView {
    let viewer = wire::viewer();
    let lang = viewer.lang;
    let refused = wire::query().get("done") == Some("refused");
    let content = match viewer.me {
        _ if refused => view! {
            <Notice tone=Tone::Success title=accounts::link_refused_title(lang) live=true><p>{accounts::link_refused(lang)}</p></Notice>
        }
        .into_any(),
        Some(_) => loaded(api::read_address(), state),
        None => {
            let sign_in = routes::with_next(&routes::login(lang), &viewer.address);
            view! {
                <p>{accounts::just_registered(lang)}</p>
                <FormActions><ButtonLink href=sign_in>{shell::sign_in(lang)}</ButtonLink></FormActions>
            }
            .into_any()
        }
    };
    view! {
        <Title text=format!("{} · {}", accounts::verify_title(lang), shell::product(lang))/>
        <Gate>
            <header class="page-head"><h1>{accounts::verify_title(lang)}</h1></header>
            {content}
        </Gate>
    }
}

fn state(address: Address) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("send_again");
    let sent = (wire::query().get("done") == Some("sent"))
        .then(|| view! { <Notice tone=Tone::Success live=true><p>{accounts::done_sent(lang)}</p></Notice> });
    if address.verified {
        return view! {
            <p>{accounts::address_is_verified(lang, address.email.as_str())}</p>
            <FormActions><ButtonLink href=routes::security(lang) kind=Kind::Secondary>{accounts::security_title(lang)}</ButtonLink></FormActions>
        }
        .into_any();
    }
    view! {
        {sent}
        <Mistakes form/>
        <p>{accounts::look_into_mailbox(lang, address.email.as_str())}</p>
        <form method="post">
            <input type="hidden" name="form" value="send_again"/>
            <FormActions><Button kind=Kind::Secondary>{accounts::send_again(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}

/// Asks before it acts: programs that look at letters open links, and press no buttons.
#[component]
pub fn LinkPage(token: String) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", accounts::verify_title(lang), shell::product(lang))/>
        <Gate>{loaded(api::read_link(Hidden::new(token)), question)}</Gate>
    }
}

fn question(link: Link) -> AnyView {
    let lang = wire::lang();
    let (title, note) = match link {
        Link::Verify { email, mine: true, .. } => (accounts::link_verify(lang, email.as_str()), None),
        Link::Change { email, mine: true, .. } => {
            (accounts::link_change(lang, email.as_str()), Some(accounts::link_change_note(lang).to_owned()))
        }
        Link::Verify { email, asked_at, .. } => {
            let asked = accounts::link_asked(lang, &dates::date_time(lang, asked_at));
            return whose(&accounts::link_verify(lang, email.as_str()), &asked);
        }
        Link::Change { email, asked_at, .. } => {
            let asked = accounts::link_change_asked(lang, &dates::date_time(lang, asked_at));
            return whose(&accounts::link_change(lang, email.as_str()), &asked);
        }
        Link::Restore { email } => return restore(&email),
        Link::Over => {
            return view! {
                <header class="page-head">
                    <h1>{accounts::reset_over_title(lang)}</h1>
                    <p class="muted">{accounts::link_over(lang)}</p>
                </header>
                {wire::viewer().me.map(|_| view! {
                    <FormActions><ButtonLink href=routes::security(lang)>{accounts::security_title(lang)}</ButtonLink></FormActions>
                })}
            }
            .into_any();
        }
    };
    view! {
        <header class="page-head">
            <h1>{title}</h1>
            {note.map(|note| view! { <p class="muted">{note}</p> })}
        </header>
        <Mistakes form=wire::form_state("follow")/>
        <form method="post">
            <input type="hidden" name="form" value="follow"/>
            <FormActions><Button>{accounts::link_do(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}

/// Whoever reads the letter and is not signed in to the account it is about: they are, or it isn't theirs.
fn whose(title: &str, asked: &str) -> AnyView {
    let viewer = wire::viewer();
    let lang = viewer.lang;
    let sign_in = routes::with_next(&routes::login(lang), &viewer.address);
    view! {
        <header class="page-head">
            <h1>{title.to_owned()}</h1>
            <p class="muted">{asked.to_owned()}</p>
        </header>
        <Mistakes form=wire::form_state("refuse")/>
        <form method="post">
            <input type="hidden" name="form" value="refuse"/>
            <FormActions>
                <ButtonLink href=sign_in>{shell::sign_in(lang)}</ButtonLink>
                <Button kind=Kind::Quiet>{accounts::link_not_me(lang)}</Button>
            </FormActions>
        </form>
    }
    .into_any()
}

/// Taking a changed address back.
fn restore(email: &Email) -> AnyView {
    let lang = wire::lang();
    view! {
        <header class="page-head">
            <h1>{accounts::restore_title(lang, email.as_str())}</h1>
            <p class="muted">{accounts::restore_note(lang)}</p>
        </header>
        <Mistakes form=wire::form_state("follow")/>
        <form method="post">
            <input type="hidden" name="form" value="follow"/>
            <FormActions><Button>{accounts::restore_do(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}
