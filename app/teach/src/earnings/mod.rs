//! What an instructor earned, and being paid.

mod api;
mod page;
mod payouts;
mod statement;
mod terms;

pub use page::EarningsPage;
pub(crate) use terms::Terms;

#[cfg(feature = "ssr")]
use crate::TEACHERS;
#[cfg(feature = "ssr")]
use wire::Form;

#[cfg(feature = "ssr")]
macro_rules! form {
    ($page:literal, $name:literal, $filled:ident => $act:expr) => {
        Form { page: $page, name: $name, who: TEACHERS, act: |$filled: wire::Filled| Box::pin(async move { $act.await }) }
    };
}

/// The forms of these pages, and those of a course's terms.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    form!("/studio/earnings", "payout", filled => api::ask_payout(filled.read()?)),
    form!("/studio/earnings", "withdraw", filled => api::withdraw_payout(filled.read()?)),
    form!("/studio/earnings", "bank", filled => api::keep_bank(filled.read()?)),
    form!("/studio/courses/{id}/pricing", "promise", filled => api::keep_promise(filled.param("id")?, filled.read()?)),
    form!("/studio/courses/{id}/pricing", "author", filled => api::keep_author(filled.param("id")?, filled.read()?)),
    form!("/studio/courses/{id}/pricing", "drop_author", filled => api::drop_author(filled.param("id")?, filled.read()?)),
];
