//! The membership: what it is, and one's own.

mod api;
mod cancel_page;
mod change_page;
mod mine_page;
mod parts;
mod plans_page;

pub use cancel_page::CancelPage;
pub use change_page::ChangePage;
pub use mine_page::MyMembershipPage;
pub use plans_page::MembershipPage;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

#[cfg(feature = "ssr")]
const MINE: &str = "/me/membership";

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/membership",
        name: "subscribe",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::subscribe(filled.read()?).await }),
    },
    Form { page: MINE, name: "undo", who: Who::Member, act: |_| Box::pin(api::undo()) },
    Form { page: MINE, name: "pause", who: Who::Member, act: |_| Box::pin(api::pause()) },
    Form {
        page: MINE,
        name: "resume",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::resume(filled.read()?).await }),
    },
    Form { page: MINE, name: "pay", who: Who::Member, act: |filled| Box::pin(async move { api::pay(filled.read()?).await }) },
    Form { page: MINE, name: "forget", who: Who::Member, act: |_| Box::pin(api::forget()) },
    Form { page: "/me/membership/cancel", name: "cancel", who: Who::Member, act: |_| Box::pin(api::cancel()) },
    Form {
        page: "/me/membership/change",
        name: "change",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::change(filled.read()?).await }),
    },
];
