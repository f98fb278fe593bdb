//! The frame around every page: header, navigation, footer.

use leptos::prelude::*;
use locale::shell;
use model::{Viewer, routes};

#[component]
pub fn Frame(viewer: Viewer, children: Children) -> impl IntoView {
    let lang = viewer.lang;
    view! {
        <a class="skip-link" href="#main">{shell::skip_to_content(lang)}</a>
        <header><a href=routes::home(lang)>{shell::product(lang)}</a></header>
        {children()}
    }
}
