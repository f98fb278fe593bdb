//! Redeem codes, made in batches by staff.

mod api;
mod codes_page;

pub use codes_page::CodesPage;

#[cfg(feature = "ssr")]
use model::accounts::Role;
#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// Who makes codes.
#[cfg(feature = "ssr")]
pub const MAKERS: &[Role] = &[Role::Finance, Role::Admin];

/// The forms of this page.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/admin/codes",
        name: "make",
        who: Who::Roles(MAKERS),
        act: |filled| Box::pin(async move { api::make_codes(filled.read()?).await }),
    },
    Form {
        page: "/admin/codes",
        name: "approve",
        who: Who::Roles(MAKERS),
        act: |filled| Box::pin(async move { api::approve_codes(filled.read()?).await }),
    },
    Form {
        page: "/admin/codes",
        name: "revoke",
        who: Who::Roles(MAKERS),
        act: |filled| Box::pin(async move { api::revoke_codes(filled.read()?).await }),
    },
];
