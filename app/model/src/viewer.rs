//! What every page knows about who is looking, without asking anyone.

use crate::accounts::Me;
use crate::text::Name;
use crate::{Fault, Lang, Moment, Problem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::words! {
    /// Colours of the interface; automatic follows the system.
    pub enum Theme {
        Auto = "auto",
        Light = "light",
        Dark = "dark",
    }
}

/// Who is looking, and at what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub lang: Lang,
    pub theme: Theme,
    pub me: Option<Me>,
    /// It is staff who look, as `me`, and change nothing.
    pub seen_by: Option<SeenBy>,
    /// The address without host: `/zh/courses?page=2`.
    pub address: String,
}

/// Staff who look at the pages as somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenBy {
    pub name: Name,
    /// The look is over then.
    pub until: Moment,
}

impl Viewer {
    /// The same address in the other language.
    pub fn in_other_language(&self) -> String {
        let rest = self.address.get(3..).unwrap_or_default();
        format!("/{}{rest}", self.lang.other())
    }
    /// The path after the language, without the query: `/courses`; the home page is empty.
    pub fn path(&self) -> &str {
        let rest = self.address.get(3..).unwrap_or_default();
        rest.split('?').next().unwrap_or_default()
    }
}

/// The query of the address, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(pub Vec<(String, String)>);

impl Query {
    /// The first value of `name`, if it is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }
    /// All values of `name`, in order.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str()).collect()
    }
}

/// Addresses of the site's files by their logical name (`app.css` → `/pkg/app.3fa9.css`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Assets(pub BTreeMap<String, String>);

impl Assets {
    /// The address; the logical name under `/pkg/` where the site was not built.
    pub fn url(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| format!("/pkg/{name}"))
    }
}

/// A form that was refused: what was typed and what is wrong with it, so that the page comes back with both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// The form's name on its page.
    pub form: String,
    pub fields: Vec<(String, String)>,
    pub fault: Fault,
}

/// One form of a page, fresh or come back with mistakes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState(pub Option<Submitted>);

impl FormState {
    /// What was typed into `name`, or `fresh` where the form was not sent yet.
    pub fn value(&self, name: &str, fresh: &str) -> String {
        match &self.0 {
            Some(sent) => sent.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default(),
            None => fresh.to_owned(),
        }
    }
    /// Whether the choice `value` of `name` was made, or `fresh` where the form was not sent yet.
    pub fn chosen(&self, name: &str, value: &str, fresh: bool) -> bool {
        match &self.0 {
            Some(sent) => sent.fields.iter().any(|(n, v)| n == name && v == value),
            None => fresh,
        }
    }
    /// What is wrong with `name`.
    pub fn problem(&self, name: &str) -> Option<&Problem> {
        match &self.0 {
            Some(Submitted { fault: Fault::Invalid(errors), .. }) => {
                errors.iter().find(|error| error.field == name).map(|error| &error.problem)
            }
            _ => None,
        }
    }
    /// Everything that is wrong with the form.
    pub fn fault(&self) -> Option<&Fault> {
        self.0.as_ref().map(|sent| &sent.fault)
    }
}
