//! Moving about within a place.

use crate::{Glyph, Icon};
use leptos::prelude::*;

/// One tab: a link with a name, perhaps a count, perhaps where we are.
#[derive(Debug, Clone)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub current: bool,
    pub count: Option<u64>,
}

impl Tab {
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), current, count: None }
    }
    pub fn counted(self, count: u64) -> Self {
        Self { count: Some(count), ..self }
    }
}

/// Views of one thing, each with its own address.
#[component]
pub fn Tabs(tabs: Vec<Tab>, #[prop(into)] label: String) -> impl IntoView {
    let links: Vec<_> = tabs
        .into_iter()
        .map(|tab| {
            let current = tab.current.then_some("page");
            view! {
                <a href=tab.href aria-current=current>
                    {tab.label}{tab.count.map(|count| view! { <span class="num">{count.to_string()}</span> })}
                </a>
            }
        })
        .collect();
    view! { <nav class="tabs" aria-label=label>{links}</nav> }
}

/// A step of the path to this page.
#[derive(Debug, Clone)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

impl Crumb {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// The path to this page, without the page itself.
#[component]
pub fn Breadcrumb(steps: Vec<Crumb>, #[prop(into)] label: String) -> impl IntoView {
    let steps: Vec<_> = steps.into_iter().map(|step| view! { <li><a href=step.href>{step.label}</a></li> }).collect();
    view! { <nav class="crumbs" aria-label=label><ol>{steps}</ol></nav> }
}

/// Pages of a list. `link` makes the address of a page from its number (from 1).
#[component]
pub fn Pager(
    page: u32,
    pages: u32,
    link: fn(&str, u32) -> String,
    /// Handed to `link` as it is: the path with its query.
    #[prop(into)]
    base: String,
    #[prop(into)] label: String,
    #[prop(into)] previous: String,
    #[prop(into)] next: String,
) -> impl IntoView {
    let near: Vec<_> = shown(page, pages)
        .into_iter()
        .map(|entry| match entry {
            None => view! { <span aria-hidden="true">"…"</span> }.into_any(),
            Some(n) if n == page => view! { <a href=link(&base, n) aria-current="page">{n.to_string()}</a> }.into_any(),
            Some(n) => view! { <a href=link(&base, n)>{n.to_string()}</a> }.into_any(),
        })
        .collect();
    let before =
        (page > 1).then(|| view! { <a rel="prev" href=link(&base, page - 1)><Icon glyph=Glyph::ChevronLeft/>{previous}</a> });
    let after =
        (page < pages).then(|| view! { <a rel="next" href=link(&base, page + 1)>{next}<Icon glyph=Glyph::ChevronRight/></a> });
    (pages > 1).then(|| view! { <nav class="pager" aria-label=label>{before}{near}{after}</nav> })
}

/// First, last and the neighbours of `page`; `None` where some are left out.
fn shown(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut out = Vec::new();
    let mut last = 0;
    for n in (1..=pages).filter(|n| *n == 1 || *n == pages || n.abs_diff(page) <= 1) {
        if n > last + 1 {
            out.push(None);
        }
        out.push(Some(n));
        last = n;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_long_list_shows_its_ends_and_where_one_is() {
        assert_eq!(shown(1, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(shown(5, 9), [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]);
    }
}
