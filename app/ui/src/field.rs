//! One question of a form: a label always in sight, help below it, the error where it arose, the value kept.

use crate::{Glyph, Icon, Slot, Text};
use leptos::prelude::*;

/// The ids a control points to for its help and its error.
pub(crate) fn described_by(id: &str, help: &Text, error: &Text) -> Option<String> {
    let help = help.as_deref().map(|_| format!("{id}-help"));
    let error = error.as_deref().map(|_| format!("{id}-error"));
    let ids: Vec<String> = error.into_iter().chain(help).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

pub(crate) fn error_line(id: &str, error: Text) -> Option<impl IntoView> {
    let id = format!("{id}-error");
    error.get().map(|message| view! { <p class="error" id=id><Icon glyph=Glyph::Danger/><span>{message}</span></p> })
}

pub(crate) fn help_line(id: &str, help: Text) -> Option<impl IntoView> {
    let id = format!("{id}-help");
    help.get().map(|message| view! { <p class="help" id=id>{message}</p> })
}

pub(crate) fn id_of(id: Text, name: &str) -> String {
    id.get().unwrap_or_else(|| format!("f-{name}"))
}

fn head(id: String, label: String, note: Text, aside: Slot) -> impl IntoView {
    view! {
        <div class="field-head">
            <label for=id>{label}{note.get().map(|note| view! { <span class="optional">{note}</span> })}</label>
            {aside.get()}
        </div>
    }
}

/// A line of text.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// What was typed before, given back after a refusal. Never for passwords.
    #[prop(optional, into)]
    value: Text,
    /// The `type` of the input: `text`, `email`, `password`, `search`, `number`, `url`, `file`, `date`…
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] help: Text,
    #[prop(optional, into)] error: Text,
    #[prop(optional, into)] autocomplete: Text,
    #[prop(optional, into)] inputmode: Text,
    #[prop(optional, into)] enterkeyhint: Text,
    #[prop(optional, into)] placeholder: Text,
    #[prop(optional, into)] pattern: Text,
    #[prop(optional, into)] accept: Text,
    #[prop(optional_no_strip, into)] maxlength: Option<u32>,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] readonly: bool,
    /// Beside the label: "optional".
    #[prop(optional, into)]
    note: Text,
    /// At the end of the label's line: a link such as "Forgot it?".
    #[prop(optional, into)]
    aside: Slot,
    /// In front of the value, inside the box: `¥`.
    #[prop(optional, into)]
    unit: Text,
    /// Defaults to `f-` and the name.
    #[prop(optional, into)]
    id: Text,
) -> impl IntoView {
    let id = id_of(id, &name);
    let described = described_by(&id, &help, &error);
    let invalid = error.as_deref().map(|_| "true");
    let input = view! {
        <input class="input" id=id.clone() name=name type=kind value=value.get() placeholder=placeholder.get()
            autocomplete=autocomplete.get() inputmode=inputmode.get() enterkeyhint=enterkeyhint.get() pattern=pattern.get()
            accept=accept.get() maxlength=maxlength.map(|n| n.to_string()) required=required autofocus=autofocus readonly=readonly
            aria-describedby=described aria-invalid=invalid/>
    };
    let input = match unit.get() {
        Some(unit) => {
            view! { <span class="with-unit"><span class="unit" aria-hidden="true">{unit}</span>{input}</span> }.into_any()
        }
        None => input.into_any(),
    };
    view! {
        <div class="field">
            {head(id.clone(), label, note, aside)}
            {input}
            {error_line(&id, error)}
            {help_line(&id, help)}
        </div>
    }
}

/// What stands between the tags of a text area. Leptos writes it as it is, as in `script` and `style`, but a browser reads character
/// references there, ends at the closing tag and swallows a first line break.
#[cfg(feature = "ssr")]
fn written(text: String) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    if escaped.starts_with(['\n', '\r']) { format!("\n{escaped}") } else { escaped }
}

#[cfg(not(feature = "ssr"))]
fn written(text: String) -> String {
    text
}

/// A link to hand on, with a button that copies it where a script may.
#[component]
pub fn LinkField(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    /// What the button says.
    copy: &'static str,
    /// The words of `<copy-button>`.
    labels: &'static str,
    #[prop(optional, into)] help: Text,
    /// Defaults to `f-link`.
    #[prop(optional, into)]
    id: Text,
) -> impl IntoView {
    view! {
        <div class="field-line">
            <Field label name="link" value readonly=true help id/>
            <copy-button data-labels=labels>
                <button type="button" class="btn btn-secondary" hidden=true>{copy}</button>
            </copy-button>
        </div>
    }
}

/// Several lines of text; grows with what is written.
#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] value: Text,
    #[prop(optional, into)] help: Text,
    #[prop(optional, into)] error: Text,
    #[prop(optional, into)] placeholder: Text,
    #[prop(optional_no_strip, into)] maxlength: Option<u32>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] note: Text,
    #[prop(optional, into)] id: Text,
) -> impl IntoView {
    let id = id_of(id, &name);
    let described = described_by(&id, &help, &error);
    let invalid = error.as_deref().map(|_| "true");
    // an empty child would be rendered as a space and hide the placeholder
    let text = value.get().map(|text| written(text).into_any());
    let area = leptos::html::textarea()
        .class("input")
        .id(id.clone())
        .name(name)
        .rows(rows.to_string())
        .placeholder(placeholder.get())
        .maxlength(maxlength.map(|n| n.to_string()))
        .required(required)
        .aria_describedby(described)
        .aria_invalid(invalid);
    let area = match text {
        Some(text) => area.child(text).into_any(),
        None => area.into_any(),
    };
    view! {
        <div class="field">
            {head(id.clone(), label, note, Slot::default())}
            {area}
            {error_line(&id, error)}
            {help_line(&id, help)}
        </div>
    }
}

/// One answer of a [`Select`]: what is sent and what is read.
#[derive(Debug, Clone)]
pub struct Answer {
    pub value: String,
    pub label: String,
}

impl Answer {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of several, in the browser's own list.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    options: Vec<Answer>,
    /// The value now chosen.
    #[prop(optional, into)]
    value: Text,
    #[prop(optional, into)] help: Text,
    #[prop(optional, into)] error: Text,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] note: Text,
    /// The label is read aloud but not shown (a sort box in a toolbar).
    #[prop(optional)]
    label_hidden: bool,
    #[prop(optional, into)] id: Text,
) -> impl IntoView {
    let id = id_of(id, &name);
    let described = described_by(&id, &help, &error);
    let invalid = error.as_deref().map(|_| "true");
    let chosen = value.get().unwrap_or_default();
    let options: Vec<_> = options
        .into_iter()
        .map(|option| {
            let selected = option.value == chosen;
            view! { <option value=option.value selected=selected>{option.label}</option> }
        })
        .collect();
    let head = match label_hidden {
        true => view! { <label class="visually-hidden" for=id.clone()>{label}</label> }.into_any(),
        false => head(id.clone(), label, note, Slot::default()).into_any(),
    };
    view! {
        <div class="field">
            {head}
            <select class="input" id=id.clone() name=name required=required aria-describedby=described aria-invalid=invalid>{options}</select>
            {error_line(&id, error)}
            {help_line(&id, help)}
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_into_a_text_area_stays_in_it() {
        let typed = "</textarea><script>alert(1)</script> & &lt;".to_owned();
        let html = view! { <TextArea label="About" name="about" value=typed/> }.to_html();
        assert!(html.contains("&lt;/textarea>&lt;script>alert(1)&lt;/script> &amp; &amp;lt;</textarea>"), "{html}");
        let html = view! { <TextArea label="About" name="about" value="\nsecond line".to_owned()/> }.to_html();
        assert!(html.contains(">\n\nsecond line</textarea>"), "{html}");
    }
}
