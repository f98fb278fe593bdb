//! Parts of the lesson's page.

mod locked;
mod panel;
mod player;

pub use locked::{Locked, PreviewBanner};
pub use panel::Panel;
pub use player::{Document, Player};
