//! The school's coupons.

mod api;
mod page;

pub use page::StaffCouponsPage;

#[cfg(feature = "ssr")]
use crate::orders::CASHIERS;
#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of this page.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/admin/coupons",
        name: "coupon",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::make_coupon(filled.read()?).await }),
    },
    Form {
        page: "/admin/coupons",
        name: "end",
        who: Who::Roles(CASHIERS),
        act: |filled| Box::pin(async move { api::end_coupon(filled.read()?).await }),
    },
];
