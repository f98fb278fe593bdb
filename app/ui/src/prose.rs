//! Written text.

use leptos::prelude::*;
use model::html::SafeHtml;

/// Sanitised markup, set for reading.
#[component]
pub fn Prose(
    html: SafeHtml,
    /// BCP 47 tag of the text where it is not the page's language.
    #[prop(optional, into)]
    lang: crate::Text,
) -> impl IntoView {
    view! { <div class="prose" lang=lang.get() inner_html=html.as_str().to_owned()></div> }
}
