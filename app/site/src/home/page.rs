//! The front page.

use super::api;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::shell;
use model::storefront::Home;
use ui::loaded;

#[component]
pub fn HomePage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", shell::product(lang), shell::tagline(lang))/>
        <main id="main" tabindex="-1" class="page">{loaded(api::read_home(), content)}</main>
    }
}

fn content(home: Home) -> AnyView {
    let lang = wire::lang();
    view! {
        <h1>{shell::tagline(lang)}</h1>
        <ul>{home.courses.into_iter().map(|course| view! { <li>{course.title}</li> }).collect_view()}</ul>
    }
    .into_any()
}
