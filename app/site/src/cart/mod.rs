//! The cart, bundles, the wallet.

mod api;
mod bundle_page;
mod cart_page;
mod wallet_page;

pub use bundle_page::BundlePage;
pub use cart_page::CartPage;
pub use wallet_page::WalletPage;

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages, and the one of a course's page that leads here.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/courses/{slug}",
        name: "cart",
        who: Who::Anyone,
        act: |filled| Box::pin(async move { api::add(filled.read()?).await }),
    },
    Form {
        page: "/bundles/{slug}",
        name: "cart",
        who: Who::Anyone,
        act: |filled| Box::pin(async move { api::add(filled.read()?).await }),
    },
    Form {
        page: "/bundles/{slug}",
        name: "buy",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::buy_bundle(filled.read()?).await }),
    },
    Form {
        page: "/cart",
        name: "remove",
        who: Who::Anyone,
        act: |filled| Box::pin(async move { api::remove(filled.read()?).await }),
    },
    Form {
        page: "/cart",
        name: "coupon",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::use_coupon(filled.read()?).await }),
    },
    Form {
        page: "/cart",
        name: "wallet",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::use_wallet(filled.read()?).await }),
    },
    Form { page: "/cart", name: "checkout", who: Who::Member, act: |_| Box::pin(async move { api::check_out().await }) },
    Form {
        page: "/me/wallet",
        name: "top_up",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::top_up(filled.read()?).await }),
    },
];
