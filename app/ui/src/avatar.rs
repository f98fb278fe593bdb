//! People.

use crate::Text;
use leptos::prelude::*;

/// How large a portrait is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AvatarSize {
    Small,
    #[default]
    Medium,
    Large,
    Huge,
}

/// A portrait, or the initials on a colour that stays the same for the same name.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    /// Address of the picture.
    #[prop(optional, into)]
    picture: Text,
    #[prop(optional)] size: AvatarSize,
) -> impl IntoView {
    let size = match size {
        AvatarSize::Small => " avatar-small",
        AvatarSize::Medium => "",
        AvatarSize::Large => " avatar-large",
        AvatarSize::Huge => " avatar-huge",
    };
    let class = format!("avatar t{}{size}", crate::cover::mix(&name) % 8);
    let inside = match picture.get() {
        Some(src) => view! { <img src=src alt="" width="96" height="96" loading="lazy"/> }.into_any(),
        None => initials(&name).into_any(),
    };
    view! { <span class=class aria-hidden="true">{inside}</span> }
}

/// The last Chinese character, or the first letters of the first and last word.
fn initials(name: &str) -> String {
    let name = name.trim();
    match name.chars().last() {
        Some(last) if ('\u{3400}'..='\u{9fff}').contains(&last) => last.to_string(),
        _ => {
            let mut words = name.split_whitespace();
            let first = words.next().and_then(|word| word.chars().next());
            let last = words.last().and_then(|word| word.chars().next());
            first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
        }
    }
}

/// A portrait with the name, and perhaps a line below it.
#[component]
pub fn Person(
    #[prop(into)] name: String,
    #[prop(optional, into)] note: Text,
    #[prop(optional, into)] href: Text,
    #[prop(optional, into)] picture: Text,
    #[prop(optional)] size: AvatarSize,
) -> impl IntoView {
    let inside = view! {
        <Avatar name=name.clone() picture size/>
        <span class="person-text">
            <span class="person-name">{name}</span>
            {note.get().map(|note| view! { <small>{note}</small> })}
        </span>
    };
    match href.get() {
        Some(href) => view! { <a class="person" href=href>{inside}</a> }.into_any(),
        None => view! { <span class="person">{inside}</span> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn a_name_is_shortened_as_its_script_does() {
        assert_eq!(initials("林静远"), "远");
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("grace"), "G");
        assert_eq!(initials(""), "");
    }
}
