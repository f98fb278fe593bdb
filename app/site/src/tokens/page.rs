//! The page: the tokens there are, the secret of a new one, and the form that makes one.

use super::api;
use crate::accounts::{Mistakes, Place, Settings, wrong};
use leptos::prelude::*;
use locale::{dates, tokens};
use model::tokens::{Scope, TokenView, Tokens};
use ui::{Badge, Button, Checkbox, Choices, EmptyState, Field, FormActions, Glyph, Notice, OneButton, Tone, loaded};

#[component]
pub fn TokensPage() -> impl IntoView {
    let lang = wire::lang();
    let fresh = wire::query().get("new").map(str::to_owned);
    view! { <Settings place=Place::Tokens title=tokens::title(lang)>{loaded(api::read_tokens(fresh), content)}</Settings> }
}

fn content(page: Tokens) -> AnyView {
    let lang = wire::lang();
    let fresh = page.secret.map(|secret| {
        view! {
            <Notice tone=Tone::Success title=tokens::fresh(lang) live=true>
                <p>{tokens::fresh_text(lang)}</p>
                <p><code>{secret}</code></p>
            </Notice>
        }
    });
    let list = match page.tokens.is_empty() {
        true => view! { <EmptyState title=tokens::none_yet(lang) text=tokens::none_yet_text(lang) icon=Glyph::Lock/> }.into_any(),
        false => {
            let rows: Vec<_> = page.tokens.into_iter().map(|token| view! { <TokenRow token/> }).collect();
            view! { <ul class="list" role="list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <p class="muted">{tokens::lede(lang)}" "<a href="/api/docs">{tokens::reference(lang)}</a></p>
        {fresh}
        <section class="stack gap-4"><h2>{tokens::yours(lang)}</h2>{list}</section>
        <NewTokenForm offered=page.offered/>
    }
    .into_any()
}

#[component]
fn TokenRow(token: TokenView) -> impl IntoView {
    let lang = wire::lang();
    let scopes: Vec<_> =
        token.scopes.into_iter().map(|scope| view! { <Badge tone=Tone::Plain>{tokens::scope(lang, scope)}</Badge> }).collect();
    let mut facts = vec![tokens::created(lang, &dates::date(lang, token.created))];
    facts.extend(token.expires.map(|at| tokens::expires(lang, &dates::date(lang, at))));
    facts.push(token.used.map_or(tokens::never_used(lang).to_owned(), |at| tokens::used(lang, &dates::date_time(lang, at))));
    view! {
        <li class="split">
            <div class="stack gap-1">
                <strong>{token.name}</strong>
                <span class="cluster">{scopes}</span>
                <span class="small faint">{facts.join(" · ")}</span>
            </div>
            <OneButton form="end" name="token" value=token.id.to_string() label=tokens::end(lang)/>
        </li>
    }
}

#[component]
fn NewTokenForm(offered: Vec<Scope>) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("make");
    let scopes: Vec<_> = offered
        .into_iter()
        .map(|scope| {
            let checked = form.chosen("scopes", scope.as_str(), false);
            view! { <Checkbox label=tokens::scope(lang, scope) name="scopes" value=scope.as_str() checked note=scope.as_str()/> }
        })
        .collect();
    view! {
        <section class="stack gap-4">
            <h2>{tokens::make(lang)}</h2>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="make"/>
                <Field label=tokens::name(lang) name="name" help=tokens::name_help(lang) value=form.value("name", "") error=wrong(&form, "name") required=true/>
                <Choices legend=tokens::scopes(lang) name="scopes" error=wrong(&form, "scopes")>{scopes}</Choices>
                <Field label=tokens::days(lang) name="days" help=tokens::days_help(lang) value=form.value("days", "") error=wrong(&form, "days")/>
                <FormActions><Button>{tokens::make(lang)}</Button></FormActions>
            </form>
        </section>
    }
}
