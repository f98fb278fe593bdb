//! Other houses one can sign in through: at the gate, and among one's own settings.

mod api;
mod gate;
mod section;

pub use gate::Houses;
pub(crate) use gate::SetbackNotice;
pub use section::IdentitySection;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these parts of pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/login",
        name: "identity",
        who: Who::Anyone,
        act: |filled| Box::pin(async move { api::go_through(filled.read()?).await }),
    },
    Form {
        page: "/settings/security",
        name: "link",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::link_identity(filled.read()?).await }),
    },
    Form {
        page: "/settings/security",
        name: "unlink",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::unlink_identity(filled.read()?).await }),
    },
];
