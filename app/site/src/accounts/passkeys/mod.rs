//! Passkeys: signing in by one, and one's own among one's settings.

mod api;
mod gate;
mod section;

pub use gate::PasskeyGate;
pub use section::PasskeySection;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these parts of pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/login",
        name: "passkey",
        who: Who::Anyone,
        act: |filled| Box::pin(async move { api::enter_by_passkey(filled.read()?).await }),
    },
    Form {
        page: "/settings/security",
        name: "add_passkey",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::add_passkey(filled.read()?).await }),
    },
    Form {
        page: "/settings/security",
        name: "rename_passkey",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::change_passkey_name(filled.read()?).await }),
    },
    Form {
        page: "/settings/security",
        name: "remove_passkey",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::drop_passkey(filled.read()?).await }),
    },
];
