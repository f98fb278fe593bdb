//! The HTML document around a page.

use crate::frame::Frame;
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};

/// The whole document for one page. `body` makes the page's content, which may set title and description.
pub fn document<F: FnOnce() -> AnyView>(body: F) -> impl IntoView + use<F> {
    provide_meta_context();
    // titles carry what people wrote, and reach the document as they are
    let title = view! { <Title formatter=escaped/> };
    let body = body();
    let viewer = wire::viewer();
    let assets = wire::assets();
    let lang = viewer.lang;
    let theme = viewer.theme.as_str();
    // what a browser keeps for a person is kept for whoever sits at it
    let person = viewer.me.as_ref().filter(|_| viewer.seen_by.is_none()).map(|me| me.id.to_string());
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#101419" media="(prefers-color-scheme: dark)"/>
                <link rel="stylesheet" href=assets.url("app.css")/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/apple-touch-180.png"/>
                <link rel="manifest" href=format!("/manifest.{lang}.webmanifest")/>
                <script type="module" src=assets.url("elements.js")></script>
                {title}
                <MetaTags/>
            </head>
            <body data-person=person>
                <Frame viewer>{body}</Frame>
                <app-notices data-labels=locale::elements::app_notices(lang)></app-notices>
            </body>
        </html>
    }
}

/// A title as it may stand between tags.
fn escaped(title: String) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The content of a page that cannot be shown: why not, and where to go from here.
pub fn fault_page(fault: model::Fault) -> AnyView {
    view! { <main id="main" tabindex="-1" class="page page-narrow"><ui::FaultView fault/></main> }.into_any()
}
