//! Optional text and optional pieces of page, so that a caller never writes `Some(…)`.

use leptos::prelude::*;

/// A label that may be absent. Made from `&str`, `String` and options of both; an empty text counts as absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(Option<String>);

impl Text {
    /// The text, if there is any.
    pub fn get(self) -> Option<String> {
        self.0.filter(|text| !text.is_empty())
    }
    /// The text by reference, if there is any.
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref().filter(|text| !text.is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
}
impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}
impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self(Some(text.clone()))
    }
}
impl From<Option<String>> for Text {
    fn from(text: Option<String>) -> Self {
        Self(text)
    }
}
impl From<Option<&str>> for Text {
    fn from(text: Option<&str>) -> Self {
        Self(text.map(str::to_owned))
    }
}
impl From<std::borrow::Cow<'static, str>> for Text {
    fn from(text: std::borrow::Cow<'static, str>) -> Self {
        Self(Some(text.into_owned()))
    }
}

/// A piece of page that may be absent. Made from any view; from an optional one by [`slot`].
#[derive(Default)]
pub struct Slot(Option<AnyView>);

impl Slot {
    /// The piece, if there is one.
    pub fn get(self) -> Option<AnyView> {
        self.0
    }
    /// Is there nothing in it?
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl<V: IntoAny> From<V> for Slot {
    fn from(view: V) -> Self {
        Self(Some(view.into_any()))
    }
}

/// A slot out of an optional view.
pub fn slot(view: Option<AnyView>) -> Slot {
    Slot(view)
}
