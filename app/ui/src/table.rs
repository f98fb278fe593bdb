//! Rows and columns.

use crate::Text;
use leptos::prelude::*;

/// The head of a column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    pub label: String,
    /// Figures: set flush right.
    pub numeric: bool,
    /// The address that sorts by it.
    pub sort: Option<String>,
    /// `ascending` or `descending` where the table is sorted by it now.
    pub sorted: Option<&'static str>,
}

impl Column {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }
    pub fn numeric(self) -> Self {
        Self { numeric: true, ..self }
    }
    pub fn sorts(self, href: impl Into<String>, sorted: Option<&'static str>) -> Self {
        Self { sort: Some(href.into()), sorted, ..self }
    }
}

/// A table that scrolls sideways on a phone. Children are `<tr>`s; figures have the class `num`.
#[component]
pub fn Table(
    columns: Vec<Column>,
    /// Says what it shows; also the name of the scrolling region.
    #[prop(into)]
    label: String,
    #[prop(optional, into)] caption: Text,
    children: Children,
) -> impl IntoView {
    let heads: Vec<_> = columns
        .into_iter()
        .map(|column| {
            let class = column.numeric.then_some("num");
            let inside = match column.sort {
                Some(href) => view! { <a href=href>{column.label}</a> }.into_any(),
                None => column.label.into_any(),
            };
            view! { <th scope="col" class=class aria-sort=column.sorted>{inside}</th> }
        })
        .collect();
    view! {
        <div class="table-wrap" role="region" aria-label=label tabindex="0">
            <table class="table">
                {caption.get().map(|caption| view! { <caption>{caption}</caption> })}
                <thead><tr>{heads}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
