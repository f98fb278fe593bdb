//! What one is told inside, and by which ways one hears of things.

mod api;
mod channels_page;
mod list_page;

pub use channels_page::ChannelsPage;
pub use list_page::NoticesPage;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/settings/notifications",
        name: "channels",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::keep_channels(filled.read()?).await }),
    },
    Form { page: "/notifications", name: "read", who: Who::Member, act: |_| Box::pin(api::mark_read()) },
];
