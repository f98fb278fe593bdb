//! What an instructor does for the sale of their courses: coupons of their own, and bundles.

mod api;
mod bundles_page;
mod coupons_page;

pub use bundles_page::BundlesPage;
pub use coupons_page::CouponsPage;

#[cfg(feature = "ssr")]
use crate::TEACHERS;
#[cfg(feature = "ssr")]
use wire::Form;

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/studio/coupons",
        name: "coupon",
        who: TEACHERS,
        act: |filled| Box::pin(async move { api::make_coupon(filled.read()?).await }),
    },
    Form {
        page: "/studio/coupons",
        name: "end",
        who: TEACHERS,
        act: |filled| Box::pin(async move { api::end_coupon(filled.read()?).await }),
    },
    Form {
        page: "/studio/bundles",
        name: "bundle",
        who: TEACHERS,
        act: |filled| Box::pin(async move { api::make_bundle(filled.read()?).await }),
    },
    Form {
        page: "/studio/bundles",
        name: "offer",
        who: TEACHERS,
        act: |filled| Box::pin(async move { api::offer_bundle(filled.read()?).await }),
    },
];
