//! What a person sees where something was refused or broke: what happened, and where to go from here.

use crate::SearchForm;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{faults, shell};
use model::{Fault, Lang, Viewer, routes};

/// A refusal as the content of a page.
#[component]
pub fn FaultView(fault: Fault) -> impl IntoView {
    let viewer = use_context::<Viewer>();
    let lang = viewer.as_ref().map_or(Lang::Zh, |viewer| viewer.lang);
    let (title, text) = words(lang, &fault);
    let next = viewer.map(|viewer| viewer.address).unwrap_or_default();
    let address = next.clone();
    let sign_in = (fault == Fault::SignIn).then(|| {
        let href = format!("{}?next={}", routes::login(lang), next.replace('&', "%26"));
        view! { <a class="btn btn-primary" href=href>{shell::sign_in(lang)}</a> }
    });
    let confirm = (fault == Fault::Confirm).then(|| {
        let href = routes::with_next(&routes::confirm(lang), &address);
        view! { <a class="btn btn-primary" href=href>{shell::confirm_title(lang)}</a> }
    });
    let search = matches!(fault, Fault::NotFound).then(|| {
        view! { <SearchForm action=routes::search(lang) label=shell::search(lang) placeholder=shell::search_hint(lang) button=shell::search(lang) id="search-again" suggest=lang/> }
    });
    view! {
        <Title text=format!("{title} · {}", shell::product(lang))/>
        <section class="stack gap-5 fault">
            <header class="page-head ruled"><h1>{title}</h1><p class="lede">{text}</p></header>
            {sign_in}
            {confirm}
            {search}
            <p class="cluster gap-5">
                <a href=routes::home(lang)>{shell::back_home(lang)}</a>
                <a href=routes::courses(lang)>{shell::discover(lang)}</a>
            </p>
        </section>
    }
}

fn words(lang: Lang, fault: &Fault) -> (String, String) {
    match fault {
        Fault::NotFound => (shell::not_found_title(lang).into(), shell::not_found_text(lang).into()),
        Fault::SignIn => (shell::sign_in_first_title(lang).into(), shell::sign_in_first_text(lang).into()),
        Fault::Forbidden => (shell::forbidden_title(lang).into(), shell::forbidden_text(lang).into()),
        Fault::Confirm => (shell::confirm_title(lang).into(), shell::confirm_text(lang).into()),
        Fault::Later { .. } => (shell::later_title(lang).into(), shell::later_text(lang).into()),
        Fault::TooOften { .. } => (shell::too_often_title(lang).into(), faults::sentence(lang, fault)),
        Fault::Broken(incident) => (shell::broken_title(lang).into(), shell::broken_text(lang, incident)),
        Fault::Invalid(_) | Fault::Conflict(_) => (faults::check_the_form(lang).into(), faults::sentence(lang, fault)),
    }
}
