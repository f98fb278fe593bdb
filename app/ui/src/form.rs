//! What stands around the fields of a form.

use crate::{Glyph, Icon, Text};
use leptos::prelude::*;
use model::Lang;

/// All errors of a refused form, each a link to its field. Nothing is shown where there are none.
#[component]
pub fn ErrorSummary(
    #[prop(into)] title: String,
    /// Field name and sentence; an empty name for what concerns the whole form.
    errors: Vec<(String, String)>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let lines: Vec<_> = errors
            .into_iter()
            .map(|(field, message)| match field.is_empty() {
                true => view! { <li>{message}</li> }.into_any(),
                false => view! { <li><a href=format!("#f-{field}")>{message}</a></li> }.into_any(),
            })
            .collect();
        view! {
            <div class="notice notice-danger" role="alert" tabindex="-1" id="errors" autofocus=true>
                <Icon glyph=Glyph::Danger/>
                <div class="notice-body"><p class="notice-title">{title}</p><ul>{lines}</ul></div>
            </div>
        }
    })
}

/// The row of buttons under a form.
#[component]
pub fn FormActions(children: Children) -> impl IntoView {
    view! { <div class="form-actions">{children()}</div> }
}

/// A search box that is a GET form. The one of the header is the page's search landmark; others stand without `<search>`.
#[component]
pub fn SearchForm(
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] placeholder: Text,
    #[prop(default = "q".into(), into)] name: String,
    #[prop(optional, into)] value: Text,
    /// The large one of the home page, with a button that says this.
    #[prop(optional, into)]
    button: Text,
    #[prop(default = "search".into(), into)] id: String,
    /// Suggests in this language while one types, where there is script.
    #[prop(optional_no_strip, into)]
    suggest: Option<Lang>,
) -> impl IntoView {
    let labels = suggest.map(locale::elements::search_suggestions);
    let button = button.get();
    let class = if button.is_some() { "search search-large" } else { "search" };
    view! {
        <form class=class action=action method="get" data-suggest=suggest.map(|lang| lang.to_string()) data-labels=labels>
            <label class="visually-hidden" for=id.clone()>{label}</label>
            <Icon glyph=Glyph::Search/>
            <input type="search" id=id name=name value=value.get() placeholder=placeholder.get() enterkeyhint="search" autocomplete="off" maxlength="200"/>
            {button.map(|button| view! { <button class="btn btn-primary" type="submit">{button}</button> })}
        </form>
    }
}
