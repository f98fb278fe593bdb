//! The frame of every page: skip link, header, tab bar of the phone, side navigation, footer.

use crate::{Glyph, Icon, SearchForm, Slot, Text};
use leptos::prelude::*;
use model::Lang;

/// A place in a navigation.
#[derive(Debug, Clone)]
pub struct NavLink {
    pub label: String,
    pub href: String,
    pub glyph: Glyph,
    pub current: bool,
    /// Something waiting there; nought shows nothing.
    pub count: u32,
}

impl NavLink {
    pub fn new(label: impl Into<String>, href: impl Into<String>, glyph: Glyph, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), glyph, current, count: 0 }
    }
    pub fn counted(self, count: u32) -> Self {
        Self { count, ..self }
    }
}

/// First thing on the page for a keyboard; leads to `<main id="main" tabindex="-1">`.
#[component]
pub fn SkipLink(#[prop(into)] label: String) -> impl IntoView {
    view! { <a class="skip" href="#main">{label}</a> }
}

/// Seal and name, navigation, search, and at the end what the visitor may do.
#[component]
pub fn Header(
    #[prop(into)] home: String,
    /// The name beside the seal: 讲台, Lectern.
    #[prop(into)]
    name: String,
    nav: Vec<NavLink>,
    /// The name of the navigation.
    #[prop(into)]
    nav_label: String,
    /// Where the search form leads; without it there is none.
    #[prop(optional, into)]
    search: Text,
    #[prop(optional, into)] search_label: Text,
    #[prop(optional, into)] search_hint: Text,
    /// The language of its suggestions.
    #[prop(optional_no_strip, into)]
    suggest: Option<Lang>,
    /// What was searched for on this page.
    #[prop(optional, into)]
    query: Text,
    /// Sign-in button, or bell and `AvatarMenu`.
    #[prop(optional, into)]
    tools: Slot,
) -> impl IntoView {
    let links: Vec<_> = nav
        .into_iter()
        .map(|link| {
            let current = link.current.then_some("page");
            view! { <a href=link.href aria-current=current>{link.label}</a> }
        })
        .collect();
    let search = search.get().map(|action| {
        let label = search_label.get().unwrap_or_default();
        view! { <search aria-label=label><SearchForm action label=label.clone() placeholder=search_hint value=query suggest/></search> }
    });
    view! {
        <header class="site-head">
            <div class="site-head-in">
                <a class="brand" href=home>
                    <span class="seal" lang="zh-CN" aria-hidden="true">"讲"</span>
                    <span class="brand-name">{name}</span>
                </a>
                <nav class="site-nav" aria-label=nav_label>{links}</nav>
                {search}
                <div class="site-tools">{tools.get()}</div>
            </div>
        </header>
    }
}

/// The navigation of a phone, at the thumb.
#[component]
pub fn TabBar(nav: Vec<NavLink>, #[prop(into)] label: String) -> impl IntoView {
    let links: Vec<_> = nav
        .into_iter()
        .map(|link| {
            let current = link.current.then_some("page");
            view! { <a href=link.href aria-current=current><Icon glyph=link.glyph/><span>{link.label}</span></a> }
        })
        .collect();
    view! { <nav class="tabbar" aria-label=label>{links}</nav> }
}

/// The places of the studio, the settings, the back office; lies down on a phone.
#[component]
pub fn SideNav(nav: Vec<NavLink>, #[prop(into)] label: String) -> impl IntoView {
    let links: Vec<_> = nav
        .into_iter()
        .map(|link| {
            let current = link.current.then_some("page");
            view! {
                <a href=link.href aria-current=current>
                    <Icon glyph=link.glyph/><span>{link.label}</span>
                    {(link.count > 0).then(|| view! { <span class="num">{link.count.to_string()}</span> })}
                </a>
            }
        })
        .collect();
    view! { <nav class="side-nav" aria-label=label>{links}</nav> }
}

/// A headed list of links in the footer.
#[derive(Debug, Clone)]
pub struct FooterColumn {
    pub title: String,
    /// Label and address.
    pub links: Vec<(String, String)>,
}

/// The foot of every page: what this is, where things are, language and theme. The help link keeps its place on all pages.
#[component]
pub fn Footer(
    #[prop(into)] name: String,
    /// One sentence about the house.
    #[prop(into)]
    promise: String,
    columns: Vec<FooterColumn>,
    /// Licence, registration number.
    #[prop(into)]
    fine_print: String,
    /// `LanguageSwitch` and `ThemeSwitch`.
    #[prop(optional, into)]
    switches: Slot,
) -> impl IntoView {
    let columns: Vec<_> = columns
        .into_iter()
        .map(|column| {
            let links: Vec<_> =
                column.links.into_iter().map(|(label, href)| view! { <li><a href=href>{label}</a></li> }).collect();
            view! { <div><h2>{column.title}</h2><ul role="list">{links}</ul></div> }
        })
        .collect();
    view! {
        <footer class="site-foot">
            <div class="site-foot-in">
                <div class="foot-cols">
                    <div class="stack gap-3">
                        <span class="brand"><span class="seal" lang="zh-CN" aria-hidden="true">"讲"</span><span class="brand-name">{name}</span></span>
                        <p>{promise}</p>
                    </div>
                    {columns}
                </div>
                <div class="foot-base"><p>{fine_print}</p><div class="cluster">{switches.get()}</div></div>
            </div>
        </footer>
    }
}
