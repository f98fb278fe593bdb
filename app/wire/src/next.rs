//! Where a verb leads.

/// Where the browser goes next: a path of ours, or the page of a payment provider.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Next(pub String);

impl Next {
    /// Back to where the person wanted to go, if that is a path of ours, else to `home`.
    pub fn wanted(next: &str, home: String) -> Self {
        Next(model::routes::safe_next(next).map_or(home, str::to_owned))
    }
}
