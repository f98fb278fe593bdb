//! Parts of the lesson's page.

mod locked;
mod panel;
mod player;
mod transcript;

pub use locked::{Locked, PreviewBanner};
pub use panel::Panel;
pub use player::{Document, Player};
pub use transcript::Transcript;
