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
        pages(self.total, self.per_page)
    }
}

/// How many pages so many items fill; at least one.
pub fn pages(total: u64, per_page: u32) -> u32 {
    u32::try_from(total.div_ceil(u64::from(per_page.max(1))).max(1)).unwrap_or(u32::MAX)
}

/// A page number as it came in a URL, made harmless.
pub fn page_number(text: Option<&str>) -> u32 {
    text.and_then(|t| t.parse::<u32>().ok()).unwrap_or(1).clamp(1, 10_000)
}
