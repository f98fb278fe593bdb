//! Taking what a code holds.

use super::api;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, numbers, shell, vouchers};
use model::routes;
use model::vouchers::{Found, GiftCard, Holds};
use model::{Currency, Money};
use ui::{
    Button, ButtonLink, CardRow, Cover, CoverShape, Field, FormActions, Glyph, Kind, Notice, Refused, Size, Tone, loaded, wrong,
};

/// `/redeem`
#[component]
pub fn RedeemPage() -> impl IntoView {
    let lang = wire::lang();
    let query = wire::query();
    let code = typed();
    let claimed = query.get("claimed").and_then(|minor| minor.parse().ok()).map(|minor| Money::new(minor, Currency::Cny));
    let done = claimed.map(|amount| {
        view! { <Notice tone=Tone::Success live=true><p>{vouchers::claimed_balance(lang, &numbers::money(amount))}</p></Notice> }
    });
    let body = match code.trim() {
        "" => view! { {done}{ask(String::new(), false)} }.into_any(),
        _ => loaded(api::read_code(code), shown),
    };
    view! {
        <Title text=format!("{} · {}", vouchers::redeem(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{body}</main>
    }
}

/// The code in a form that was refused, or in the page's address.
fn typed() -> String {
    wire::form_state("claim").value("code", wire::query().get("code").unwrap_or_default())
}

fn shown(found: Option<Found>) -> AnyView {
    match found {
        Some(found) => card(found),
        None => ask(typed(), true),
    }
}

/// The box for a code; `unknown`: there is none such.
fn ask(code: String, unknown: bool) -> AnyView {
    let lang = wire::lang();
    let error = unknown.then(|| vouchers::unknown(lang));
    view! {
        <header class="page-head">
            <h1>{vouchers::redeem(lang)}</h1>
            <p class="lede">{vouchers::redeem_lede(lang)}</p>
        </header>
        <form method="get" action=routes::redeem(lang) class="stack gap-5">
            <Field label=vouchers::code(lang) name="code" value=code required=true maxlength=60 help=vouchers::code_help(lang) error
                autocomplete="off"/>
            <FormActions><Button size=Size::Large>{vouchers::look(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}

fn card(found: Found) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("claim");
    let (title, thing, button) = match &found.holds {
        Holds::Course { id, slug, title, instructor } => {
            let heading = match found.card.as_ref() {
                Some(card) => vouchers::gift_from(lang, &card.sender),
                None => vouchers::from_school(lang).to_owned(),
            };
            (heading, course(id.as_str(), slug, title, instructor), vouchers::claim_course(lang))
        }
        Holds::Seat { id, slug, title, instructor, from } => {
            (vouchers::seat_from(lang, from), course(id.as_str(), slug, title, instructor), vouchers::claim_seat(lang))
        }
        Holds::Balance(amount) => {
            let thing = view! { <p>{vouchers::balance_text(lang)}</p> }.into_any();
            (vouchers::balance_title(lang, &numbers::money(*amount)), thing, vouchers::claim_balance(lang))
        }
    };
    let until = found.expires_at.filter(|_| found.refusal.is_none());
    let until = until.map(|at| view! { <p class="small muted">{vouchers::valid_until(lang, &dates::date(lang, at))}</p> });
    view! {
        <header class="page-head ruled"><h1>{title}</h1></header>
        <div class="stack gap-6">
            {found.card.clone().map(message)}
            {thing}
            <Refused form=form.clone()/>
            {wrong(&form, "code").map(|words| view! { <p class="error">{words}</p> })}
            {act(&found, button)}
            {until}
        </div>
    }
    .into_any()
}

/// What the giver wrote.
fn message(card: GiftCard) -> impl IntoView {
    let lang = wire::lang();
    let to = (!card.recipient.is_empty()).then(|| view! { <p class="strong">{vouchers::gift_for(lang, &card.recipient)}</p> });
    let said = (!card.message.is_empty()).then(|| {
        let lines: Vec<_> = card.message.lines().map(|line| view! { <p class="large serif">{line.to_owned()}</p> }).collect();
        view! { <blockquote class="stack gap-2">{lines}</blockquote> }
    });
    view! {
        <section class="box stack gap-3">
            {to}
            {said}
            <p class="end muted">"— "{card.sender}</p>
        </section>
    }
}

fn course(id: &str, slug: &model::text::Slug, title: &str, instructor: &str) -> AnyView {
    let lang = wire::lang();
    let cover = view! { <Cover id=id.to_owned() shape=CoverShape::Thumb/> };
    let meta = vec![vouchers::by_instructor(lang, instructor)];
    view! { <CardRow href=routes::course(lang, slug) title=title.to_owned() cover meta level=2/> }.into_any()
}

/// The button, or why there is none.
fn act(found: &Found, button: &'static str) -> AnyView {
    let lang = wire::lang();
    if let Some(refusal) = &found.refusal {
        let words = vouchers::refusal(lang, refusal);
        return view! {
            <Notice tone=Tone::Warning><p>{words}</p></Notice>
            <ButtonLink href=routes::redeem(lang) kind=Kind::Secondary>{vouchers::other_code(lang)}</ButtonLink>
        }
        .into_any();
    }
    if wire::viewer().me.is_none() {
        let back = format!("{}?code={}", routes::redeem(lang), found.code);
        let href = routes::with_next(&routes::login(lang), &back);
        return view! { <ButtonLink href size=Size::Large block=true icon=Glyph::SignIn>{vouchers::sign_in_first(lang)}</ButtonLink> }.into_any();
    }
    let code = found.code.clone();
    view! {
        <form method="post" action=routes::redeem(lang)>
            <input type="hidden" name="form" value="claim"/>
            <input type="hidden" name="code" value=code/>
            <Button size=Size::Large block=true icon=Glyph::Gift>{button}</Button>
        </form>
    }
    .into_any()
}
