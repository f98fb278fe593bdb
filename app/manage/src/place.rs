//! The frame of the staff's pages: where one is among them.

use leptos::prelude::*;
use leptos_meta::Title;
use locale::{books, earnings, membership, orders, people, promotions, shell, watch};
use model::routes;
use ui::{Breadcrumb, Crumb, Glyph, NavLink, SideNav};

/// One of the staff's places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Orders,
    Refunds,
    Coupons,
    Invoices,
    Codes,
    Subscriptions,
    Payouts,
    Suspense,
    Webhooks,
    Reconciliation,
    People,
    Roles,
    Signals,
    Trail,
    Books,
}

/// A page of the staff: its places beside it, its heading above.
#[component]
pub fn Office(
    place: Place,
    #[prop(into)] title: String,
    /// The way back, where the page is one of a list.
    #[prop(optional)]
    steps: Vec<Crumb>,
    children: Children,
) -> impl IntoView {
    let lang = wire::lang();
    let back = (!steps.is_empty()).then(|| view! { <Breadcrumb steps label=locale::storefront::position(lang)/> });
    let links = [
        (Place::Orders, orders::staff_orders(lang), routes::admin_orders(lang), Glyph::Receipt),
        (Place::Refunds, orders::staff_refunds(lang), routes::admin_refunds(lang), Glyph::Undo),
        (Place::Coupons, promotions::coupons(lang), routes::admin_coupons(lang), Glyph::Tag),
        (Place::Invoices, locale::invoices::staff_invoices(lang), routes::admin_invoices(lang), Glyph::Pdf),
        (Place::Codes, locale::vouchers::codes(lang), routes::admin_codes(lang), Glyph::Tag),
        (Place::Subscriptions, membership::staff_subscriptions(lang), routes::admin_subscriptions(lang), Glyph::Star),
        (Place::Payouts, earnings::staff_payouts(lang), routes::admin_payouts(lang), Glyph::Wallet),
        (Place::Suspense, books::suspense(lang), routes::admin_suspense(lang), Glyph::Warning),
        (Place::Webhooks, books::webhooks(lang), routes::admin_webhooks(lang), Glyph::Bell),
        (Place::Reconciliation, books::reconciliation(lang), routes::admin_reconciliation(lang), Glyph::Audit),
        (Place::People, orders::staff_people(lang), routes::admin_users(lang), Glyph::People),
        (Place::Roles, people::role_requests(lang), routes::admin_roles(lang), Glyph::Shield),
        (Place::Signals, watch::signals_title(lang), routes::admin_signals(lang), Glyph::Warning),
        (Place::Trail, watch::trail_title(lang), routes::admin_trail(lang), Glyph::Audit),
        (Place::Books, orders::staff_audit(lang), routes::admin_audit(lang), Glyph::Audit),
    ];
    let nav = links.map(|(here, label, href, glyph)| NavLink::new(label, href, glyph, here == place)).to_vec();
    view! {
        <Title text=format!("{title} · {}", shell::product(lang))/>
        <main id="main" tabindex="-1" class="page">
            <div class="with-side">
                <SideNav nav label=orders::staff_area(lang)/>
                <div class="stack gap-6">
                    <header class="page-head">{back}<h1>{title}</h1></header>
                    {children()}
                </div>
            </div>
        </main>
    }
}

/// A text as the value of an address's query.
pub fn in_query(text: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| match byte {
        b if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.') => out + char::from(b).encode_utf8(&mut [0; 4]),
        b => format!("{out}%{b:02X}"),
    })
}

/// The address of a page of a list.
pub fn numbered(base: &str, number: u32) -> String {
    let mark = if base.contains('?') { '&' } else { '?' };
    format!("{base}{mark}page={number}")
}
