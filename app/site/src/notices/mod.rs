//! What one is told inside, by which ways one hears of things, and letters that are turned off from the letter itself.

mod api;
mod channels_page;
mod letters_page;
mod list_page;

pub use channels_page::ChannelsPage;
pub use letters_page::LettersPage;
pub use list_page::NoticesPage;

#[cfg(feature = "ssr")]
use model::text::Hidden;
#[cfg(feature = "ssr")]
use wire::{Filled, Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/settings/notifications",
        name: "channels",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::keep_channels(filled.read()?).await }),
    },
    Form {
        page: "/letters/{token}",
        name: "off",
        who: Who::Anyone,
        act: |filled: Filled| Box::pin(async move { api::stop_letters(Hidden::new(filled.param::<String>("token")?)).await }),
    },
    Form { page: "/notifications", name: "read", who: Who::Member, act: |_| Box::pin(api::mark_read()) },
];
