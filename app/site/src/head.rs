//! What a page tells machines about itself: title, description, its one address, its twin in the other language.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use locale::shell;
use model::Lang;

/// The head of a public page. `path` is its address after the language, without what only sorts or filters, with the
/// page of a list.
#[component]
pub fn PageHead(#[prop(into)] title: String, #[prop(into)] description: String, #[prop(into)] path: String) -> impl IntoView {
    let lang = wire::lang();
    let site = wire::public_url();
    let address = |lang: Lang| format!("{site}/{lang}{path}");
    let full = format!("{title} · {}", shell::product(lang));
    view! {
        <Title text=full.clone()/>
        <Meta name="description" content=description.clone()/>
        <Meta property="og:title" content=full/>
        <Meta property="og:description" content=description/>
        <Meta property="og:type" content="website"/>
        <Link rel="canonical" href=address(lang)/>
        <Link rel="alternate" hreflang="zh-CN" href=address(Lang::Zh)/>
        <Link rel="alternate" hreflang="en" href=address(Lang::En)/>
        <Link rel="alternate" hreflang="x-default" href=format!("{site}{path}")/>
    }
}
