//! The page behind the link at the end of a letter: no more of this kind. Asks before it acts, for programs that look at letters
//! open links, and press no buttons.

use super::api;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{privacy as says, shell};
use model::privacy::{LettersOff, NoticeKind};
use model::routes;
use model::text::Hidden;
use ui::{Button, ButtonLink, FormActions, Kind, Notice, Tone, loaded};

#[component]
pub fn LettersPage(token: String) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", says::letters_off_title(lang), shell::product(lang))/>
        <main id="main" class="page page-narrow">{loaded(api::read_letters_off(Hidden::new(token)), content)}</main>
    }
}

fn content(letters: LettersOff) -> AnyView {
    let lang = wire::lang();
    let kind = says::kind(lang, letters.kind);
    if !letters.sent {
        let settings = match letters.kind {
            NoticeKind::News => routes::privacy(lang),
            _ => routes::channels(lang),
        };
        return view! {
            <header class="page-head"><h1>{says::letters_off_title(lang)}</h1></header>
            <Notice tone=Tone::Success live=true><p>{says::letters_are_off(lang, kind)}</p></Notice>
            <FormActions><ButtonLink href=settings kind=Kind::Secondary>{says::letters_on_again(lang)}</ButtonLink></FormActions>
        }
        .into_any();
    }
    view! {
        <header class="page-head">
            <h1>{says::letters_off_title(lang)}</h1>
            <p class="muted">{says::letters_off_lede(lang, kind)}</p>
        </header>
        <form method="post">
            <input type="hidden" name="form" value="off"/>
            <FormActions><Button>{says::letters_off_do(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}
