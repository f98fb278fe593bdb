//! One's own data: consents and what suggestions use, the archive, leaving.

mod api;
mod data_page;
mod leave_page;
mod privacy_page;

pub use data_page::DataPage;
pub use leave_page::LeavePage;
pub use privacy_page::PrivacyPage;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/settings/privacy",
        name: "agree",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::agree_to_texts(filled.read()?).await }),
    },
    Form {
        page: "/settings/privacy",
        name: "consent",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::say_consent(filled.read()?).await }),
    },
    Form {
        page: "/settings/privacy",
        name: "feed",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::keep_feed_use(filled.read()?).await }),
    },
    Form { page: "/settings/privacy", name: "forget", who: Who::Member, act: |_| Box::pin(api::forget_traces()) },
    Form { page: "/settings/data", name: "archive", who: Who::Member, act: |_| Box::pin(api::order_archive()) },
    Form {
        page: "/settings/delete",
        name: "leave",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::leave_school(filled.read()?).await }),
    },
    Form { page: "/settings/delete", name: "stay", who: Who::Member, act: |_| Box::pin(api::stay_here()) },
];
