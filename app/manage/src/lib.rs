//! What organisations and staff see: pages, and the server functions behind them, by area.

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[wire::Form] = &[];
