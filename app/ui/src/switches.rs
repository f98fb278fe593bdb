//! Language and theme: a link and a small form, both without script.

use leptos::prelude::*;
use model::Lang;
use model::viewer::Theme;

/// The two languages, each under its own name; the other one is a link to this very page in it.
#[component]
pub fn LanguageSwitch(
    lang: Lang,
    /// This page in Chinese.
    #[prop(into)]
    zh: String,
    /// This page in English.
    #[prop(into)]
    en: String,
    /// The name of the group.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let current = |this: Lang| (this == lang).then_some("true");
    view! {
        <div class="segmented" role="group" aria-label=label>
            <a href=zh lang="zh-CN" hreflang="zh-CN" aria-current=current(Lang::Zh)>"中文"</a>
            <a href=en lang="en" hreflang="en" aria-current=current(Lang::En)>"English"</a>
        </div>
    }
}

/// A form of three buttons that posts `theme` (`auto`, `light`, `dark`) and `back` (the path to return to) to `action`.
#[component]
pub fn ThemeSwitch(
    now: Theme,
    #[prop(into)] action: String,
    #[prop(into)] back: String,
    /// The name of the group.
    #[prop(into)]
    label: String,
    /// The names of automatic, light and dark.
    labels: [String; 3],
) -> impl IntoView {
    let buttons: Vec<_> = Theme::ALL
        .iter()
        .zip(labels)
        .map(|(theme, label)| {
            let pressed = (*theme == now).to_string();
            view! { <button type="submit" name="theme" value=theme.as_str() aria-pressed=pressed>{label}</button> }
        })
        .collect();
    view! {
        <form method="post" action=action>
            <input type="hidden" name="back" value=back/>
            <div class="segmented" role="group" aria-label=label>{buttons}</div>
        </form>
    }
}
