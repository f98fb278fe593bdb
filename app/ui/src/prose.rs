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

/// Facts for machines (JSON-LD) that nothing runs and nobody sees. `<` is written so that no text can end the block.
#[component]
pub fn DataBlock(data: serde_json::Value) -> impl IntoView {
    let text = data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    view! { <script type="application/ld+json" inner_html=text></script> }
}
