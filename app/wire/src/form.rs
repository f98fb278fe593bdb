//! Forms without script: a page's form posts to the page's own path. The server looks up the form here, calls the server
//! function behind it, and answers 303, or renders the page again with 422, the typed values and the fault in context.

use crate::{Error, Next};
use model::accounts::Role;
use model::{Fault, Problem};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;

/// Who may open a page or send a form. Checked before anything else runs; the verbs behind check again what they own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anyone,
    Member,
    /// Members with one of these roles.
    Roles(&'static [Role]),
}

impl Who {
    /// Whether this visitor is among them.
    pub fn admits(self, visitor: &domain::Visitor) -> Result<(), Fault> {
        match (self, &visitor.me) {
            (Who::Anyone, _) | (Who::Member, Some(_)) => Ok(()),
            (Who::Roles(roles), Some(me)) if roles.iter().any(|role| me.has(*role)) => Ok(()),
            (Who::Roles(_), Some(_)) => Err(Fault::Forbidden),
            (_, None) => Err(Fault::SignIn),
        }
    }
}

type Acting = Pin<Box<dyn Future<Output = Result<Next, Error>> + Send>>;

/// One form of a page.
#[derive(Clone, Copy)]
pub struct Form {
    /// The page's path after the language, in axum's notation: `/courses/{slug}`.
    pub page: &'static str,
    /// Its name among the forms of the page, sent as the hidden field `form`; the first of a page is taken where none is sent.
    pub name: &'static str,
    pub who: Who,
    pub act: fn(Filled) -> Acting,
}

/// What came with a form.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// Parts of the path: `slug`, `id`.
    pub params: BTreeMap<String, String>,
    pub fields: Vec<(String, String)>,
}

impl Filled {
    /// The fields as an input struct. Repeated fields become lists; unknown ones are ignored; give text fields
    /// `#[serde(default)]`, so that a missing one is told as "please fill this in".
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let encoded = serde_html_form::to_string(&self.fields).map_err(|_| unreadable())?;
        serde_html_form::from_str(&encoded).map_err(|_| unreadable())
    }

    /// A part of the path; what cannot be one is not found.
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T, Error> {
        self.params.get(name).and_then(|text| text.parse().ok()).ok_or(Error(Fault::NotFound))
    }
}

fn unreadable() -> Error {
    Error(Fault::field("form", Problem::Unreadable))
}
