//! What visitors and buyers see: pages, and the server functions behind them, by area.

pub mod accounts;
pub mod home;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[wire::Form] = accounts::FORMS;
