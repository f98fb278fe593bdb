//! Keys by which other programs act for a person.

mod api;
mod page;

pub use page::TokensPage;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of the page.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/settings/tokens",
        name: "make",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::make_token(filled.read()?).await }),
    },
    Form {
        page: "/settings/tokens",
        name: "end",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::drop_token(filled.read()?).await }),
    },
];
