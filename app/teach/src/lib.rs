//! What authors see: pages, and the server functions behind them, by area.

pub mod authoring;
pub mod earnings;
pub mod market;
pub mod media;
mod shell;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub fn forms() -> Vec<wire::Form> {
    [authoring::FORMS, earnings::FORMS, market::FORMS, media::FORMS].concat()
}

/// Who may open the studio.
#[cfg(feature = "ssr")]
const TEACHERS: wire::Who = wire::Who::Roles(&[model::accounts::Role::Instructor]);
