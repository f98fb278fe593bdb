//! Pages of a list, counted from one.

/// One page of a list with the number of all its items.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The page shown, from 1.
    pub number: u32,
    pub per_page: u32,
    /// How many items there are on all pages.
    pub total: u64,
}

impl<T> Page<T> {
    /// How many pages there are; at least one.
    pub fn pages(&self) -> u32 {
        let per_page = u64::from(self.per_page.max(1));
        u32::try_from(self.total.div_ceil(per_page).max(1)).unwrap_or(u32::MAX)
    }
}

/// A page number as it came in a URL, made harmless.
pub fn page_number(text: Option<&str>) -> u32 {
    text.and_then(|t| t.parse::<u32>().ok()).unwrap_or(1).clamp(1, 10_000)
}
