//! HTML that has passed the sanitiser.

/// Markup that may be shown as it is. Only the server's sanitiser makes one from outside text.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Vouches that `html` came out of the sanitiser (`domain::prose`), or is a constant of ours.
    pub fn sanitised(html: String) -> Self {
        Self(html)
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
