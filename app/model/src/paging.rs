//! Pages of a list, counted from one.

/// One page of a list with the number of all its items.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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

/// A page about to be read of a list whose length is known. Behind the list's end it is the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    number: u32,
    per_page: u32,
    total: u64,
}

impl Leaf {
    pub fn of(wanted: u32, per_page: u32, total: u64) -> Self {
        Self { number: wanted.clamp(1, pages(total, per_page)), per_page, total }
    }
    /// The most items on it.
    pub fn limit(self) -> i64 {
        i64::from(self.per_page)
    }
    /// How many items stand before it.
    pub fn offset(self) -> i64 {
        i64::from(self.number - 1) * i64::from(self.per_page)
    }
    pub fn with<T>(self, items: Vec<T>) -> Page<T> {
        Page { items, number: self.number, per_page: self.per_page, total: self.total }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_the_end_stands_the_last_page() {
        for (wanted, total, shown) in [(0, 0, (1, 0)), (1, 30, (1, 0)), (2, 30, (1, 0)), (2, 31, (2, 30)), (9_999, 61, (3, 60))] {
            let leaf = Leaf::of(wanted, 30, total);
            let page = leaf.with(Vec::<()>::new());
            assert_eq!((page.number, leaf.offset()), shown, "{wanted} of {total}");
            assert_eq!((page.total, page.pages()), (total, pages(total, 30)));
        }
    }
}
