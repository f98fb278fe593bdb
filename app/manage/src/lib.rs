//! What organisations and staff see: pages, and the server functions behind them, by area.

pub mod admin;
pub mod orders;
mod place;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[wire::Form] = orders::FORMS;
