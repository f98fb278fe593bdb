//! What learners see: pages, and the server functions behind them, by area.

pub mod feed;
pub mod learning;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[wire::Form] = &[learning::MARK, feed::DISMISS, feed::RESTORE];
