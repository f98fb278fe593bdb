//! Gifts, codes and seats: giving a course, taking what a code holds, buying for several.

mod api;
mod gift_page;
mod parts;
mod pool_page;
mod redeem_page;
mod seats_page;

pub use gift_page::GiftPage;
pub use pool_page::PoolPage;
pub use redeem_page::RedeemPage;
pub use seats_page::SeatsPage;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/gift",
        name: "gift",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::begin_gift(filled.read()?).await }),
    },
    Form {
        page: "/redeem",
        name: "claim",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::claim_code(filled.read()?).await }),
    },
    Form {
        page: "/seats",
        name: "seats",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::begin_seats(filled.read()?).await }),
    },
    Form {
        page: "/seats/{id}",
        name: "assign",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::assign_seat(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/seats/{id}",
        name: "unassign",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::unassign_seat(filled.param("id")?, filled.read()?).await }),
    },
];
