//! Buying: the checkout, how a payment stands, the receipt, and all orders of a person.

mod api;
mod checkout_page;
mod history_page;
mod money_back;
mod order_page;
pub(crate) mod parts;
mod promises;
pub(crate) mod reductions;

pub use checkout_page::CheckoutPage;
pub use history_page::MyOrdersPage;
pub use order_page::{OrderPage, PayPage};

#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages, and the two of a course's page that lead here.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/courses/{slug}",
        name: "buy",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::buy(filled.param("slug")?).await }),
    },
    Form {
        page: "/courses/{slug}",
        name: "enrol",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::enrol(filled.param("slug")?).await }),
    },
    Form {
        page: "/checkout/{draft}",
        name: "pay",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::place_order(filled.param("draft")?, filled.read()?).await }),
    },
    Form {
        page: "/checkout/{draft}",
        name: "coupon",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::choose_coupon(filled.param("draft")?, filled.read()?).await }),
    },
    Form {
        page: "/checkout/{draft}",
        name: "wallet",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::choose_wallet(filled.param("draft")?, filled.read()?).await }),
    },
    Form {
        page: "/checkout/{draft}",
        name: "accept",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::accept(filled.param("draft")?).await }),
    },
    Form {
        page: "/orders/{id}",
        name: "ask_refund",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::ask_refund(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/orders/{id}",
        name: "withdraw_refund",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::withdraw_refund(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/pay/{order}",
        name: "pay",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::pay_order(filled.param("order")?, filled.read()?).await }),
    },
    Form {
        page: "/pay/{order}",
        name: "cancel",
        who: Who::Member,
        act: |filled| Box::pin(async move { api::cancel_order(filled.param("order")?).await }),
    },
];
