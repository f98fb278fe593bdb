//! Every page of the product on one screen, by audience: its address, who may open it, what it shows.
//! Paths are in axum's notation and follow the language (`/zh`, `/en`).

use leptos::prelude::*;
use model::accounts::Role;
use model::storefront::Shelf;
use std::collections::BTreeMap;
use std::str::FromStr;
pub use wire::{Form, Who};

/// One page.
#[derive(Clone, Copy)]
pub struct Page {
    pub path: &'static str,
    pub who: Who,
    /// The view; none where a part of the path cannot be one (not found).
    pub view: fn(&Params) -> Option<AnyView>,
}

/// The named parts of a page's path.
#[derive(Debug, Clone, Default)]
pub struct Params(pub BTreeMap<String, String>);

impl Params {
    fn parse<T: FromStr>(&self, name: &str) -> Option<T> {
        self.0.get(name)?.parse().ok()
    }
}

const fn page(path: &'static str, who: Who, view: fn(&Params) -> Option<AnyView>) -> Page {
    Page { path, who, view }
}

/// Who may open the studio.
pub const TEACHERS: Who = Who::Roles(&[Role::Instructor]);
/// Who may open the staff's pages of orders and people.
pub const STAFF: Who = Who::Roles(&[Role::Support, Role::Finance, Role::Admin]);
/// Who may send money back.
pub const CASHIERS: Who = Who::Roles(manage::orders::CASHIERS);
/// Who looks after people.
pub const STEWARDS: Who = Who::Roles(model::admin::STEWARDS);
/// Who reads the audit trail.
pub const ADMINS: Who = Who::Roles(model::admin::ADMINS);
/// Who issues invoices.
pub const FINANCE: Who = Who::Roles(manage::invoices::FINANCE);

use Who::{Anyone, Member};

#[rustfmt::skip]
pub const PAGES: &[Page] = &[
    // visitors and buyers
    page("", Anyone, |_| Some(view! { <site::home::HomePage/> }.into_any())),
    page("/login", Anyone, |_| Some(view! { <site::accounts::LoginPage/> }.into_any())),
    page("/register", Anyone, |_| Some(view! { <site::accounts::RegisterPage/> }.into_any())),
    page("/logout", Anyone, |_| Some(view! { <site::accounts::SignOutPage/> }.into_any())),
    page("/login/second", Anyone, |_| Some(view! { <site::accounts::StepPage/> }.into_any())),
    page("/reset", Anyone, |_| Some(view! { <site::accounts::ResetPage/> }.into_any())),
    page("/reset/{token}", Anyone, |at| at.parse("token").map(|token| view! { <site::accounts::NewPasswordPage token/> }.into_any())),
    page("/verify", Anyone, |_| Some(view! { <site::accounts::VerifyPage/> }.into_any())),
    page("/verify/{token}", Anyone, |at| at.parse("token").map(|token| view! { <site::accounts::LinkPage token/> }.into_any())),
    page("/confirm", Member, |_| Some(view! { <site::accounts::ConfirmPage/> }.into_any())),
    page("/settings/security/codes", Member, |_| Some(view! { <site::accounts::SecondPage/> }.into_any())),
    page("/settings/interests", Anyone, |_| Some(view! { <site::accounts::InterestsPage/> }.into_any())),
    page("/settings/profile", Member, |_| Some(view! { <site::accounts::ProfilePage/> }.into_any())),
    page("/settings/security", Member, |_| Some(view! { <site::accounts::SecurityPage/> }.into_any())),
    page("/settings/tokens", Member, |_| Some(view! { <site::tokens::TokensPage/> }.into_any())),
    page("/settings/privacy", Member, |_| Some(view! { <site::privacy::PrivacyPage/> }.into_any())),
    page("/settings/notifications", Member, |_| Some(view! { <site::notices::ChannelsPage/> }.into_any())),
    page("/notifications", Member, |_| Some(view! { <site::notices::NoticesPage/> }.into_any())),
    page("/letters/{token}", Anyone, |at| at.parse("token").map(|token| view! { <site::notices::LettersPage token/> }.into_any())),
    page("/settings/data", Member, |_| Some(view! { <site::privacy::DataPage/> }.into_any())),
    page("/settings/delete", Member, |_| Some(view! { <site::privacy::LeavePage/> }.into_any())),
    page("/settings/appearance", Anyone, |_| Some(view! { <site::accounts::AppearancePage/> }.into_any())),
    page("/courses", Anyone, |_| Some(view! { <site::catalog::BrowsePage/> }.into_any())),
    page("/courses/{slug}", Anyone, |at| at.parse("slug").map(|slug| view! { <site::catalog::CoursePage slug/> }.into_any())),
    page("/topics/{slug}", Anyone, |at| at.parse("slug").map(|slug| view! { <site::catalog::TopicPage slug/> }.into_any())),
    page("/u/{handle}", Anyone, |at| at.parse("handle").map(|handle| view! { <site::catalog::PersonPage handle/> }.into_any())),
    page("/search", Anyone, |_| Some(view! { <site::search::SearchPage/> }.into_any())),
    page("/help/{name}", Anyone, |at| at.parse("name").map(|name| view! { <site::house::DocumentPage shelf=Shelf::Help name/> }.into_any())),
    page("/legal/{name}", Anyone, |at| at.parse("name").map(|name| view! { <site::house::DocumentPage shelf=Shelf::Legal name/> }.into_any())),
    page("/checkout/{draft}", Member, |at| at.parse("draft").map(|id| view! { <site::orders::CheckoutPage id/> }.into_any())),
    page("/pay/{order}", Member, |at| at.parse("order").map(|id| view! { <site::orders::PayPage id/> }.into_any())),
    page("/orders/{id}", Member, |at| at.parse("id").map(|id| view! { <site::orders::OrderPage id/> }.into_any())),
    page("/cart", Anyone, |_| Some(view! { <site::cart::CartPage/> }.into_any())),
    page("/bundles/{slug}", Anyone, |at| at.parse("slug").map(|slug| view! { <site::cart::BundlePage slug/> }.into_any())),
    page("/me/wallet", Member, |_| Some(view! { <site::cart::WalletPage/> }.into_any())),
    page("/share", Member, |_| Some(view! { <site::referrals::SharePage/> }.into_any())),
    page("/gift", Member, |_| Some(view! { <site::vouchers::GiftPage/> }.into_any())),
    page("/redeem", Anyone, |_| Some(view! { <site::vouchers::RedeemPage/> }.into_any())),
    page("/seats", Member, |_| Some(view! { <site::vouchers::SeatsPage/> }.into_any())),
    page("/seats/{id}", Member, |at| at.parse("id").map(|id| view! { <site::vouchers::PoolPage id/> }.into_any())),
    page("/me/invoices", Member, |_| Some(view! { <site::invoices::InvoicesPage/> }.into_any())),
    page("/me/invoices/{id}", Member, |at| at.parse("id").map(|id| view! { <site::invoices::InvoicePage id/> }.into_any())),
    page("/membership", Anyone, |_| Some(view! { <site::subscriptions::MembershipPage/> }.into_any())),
    page("/me/membership", Member, |_| Some(view! { <site::subscriptions::MyMembershipPage/> }.into_any())),
    page("/me/membership/change", Member, |_| Some(view! { <site::subscriptions::ChangePage/> }.into_any())),
    page("/me/membership/cancel", Member, |_| Some(view! { <site::subscriptions::CancelPage/> }.into_any())),
    page("/me/orders", Member, |_| Some(view! { <site::orders::MyOrdersPage/> }.into_any())),
    // learners
    page("/learn/{course}/{lesson}", Anyone, |at| {
        let (course, lesson) = (at.parse("course")?, at.parse("lesson")?);
        Some(view! { <learn::learning::LessonPage course lesson/> }.into_any())
    }),
    page("/me/learning", Member, |_| Some(view! { <learn::learning::ShelfPage/> }.into_any())),
    page("/feed", Member, |_| Some(view! { <learn::feed::FeedPage/> }.into_any())),
    // authors
    page("/studio", TEACHERS, |_| Some(view! { <teach::authoring::CoursesPage/> }.into_any())),
    page("/studio/courses", TEACHERS, |_| Some(view! { <teach::authoring::CoursesPage/> }.into_any())),
    page("/studio/courses/new", TEACHERS, |_| Some(view! { <teach::authoring::NewPage/> }.into_any())),
    page("/studio/courses/{id}/outline", TEACHERS, |at| at.parse("id").map(|course| view! { <teach::authoring::OutlinePage course/> }.into_any())),
    page("/studio/courses/{id}/landing", TEACHERS, |at| at.parse("id").map(|course| view! { <teach::authoring::LandingPage course/> }.into_any())),
    page("/studio/courses/{id}/pricing", TEACHERS, |at| at.parse("id").map(|course| view! { <teach::authoring::PricingPage course/> }.into_any())),
    page("/studio/courses/{id}/settings", TEACHERS, |at| at.parse("id").map(|course| view! { <teach::authoring::SettingsPage course/> }.into_any())),
    page("/studio/courses/{id}/preview", TEACHERS, |at| at.parse("id").map(|course| view! { <teach::authoring::PreviewPage course/> }.into_any())),
    page("/studio/courses/{id}/lessons/{lesson}", TEACHERS, |at| {
        let (course, lesson) = (at.parse("id")?, at.parse("lesson")?);
        Some(view! { <teach::authoring::LessonPage course lesson/> }.into_any())
    }),
    page("/studio/earnings", TEACHERS, |_| Some(view! { <teach::earnings::EarningsPage/> }.into_any())),
    page("/studio/media", TEACHERS, |_| Some(view! { <teach::media::MediaPage/> }.into_any())),
    page("/studio/coupons", TEACHERS, |_| Some(view! { <teach::market::CouponsPage/> }.into_any())),
    page("/studio/bundles", TEACHERS, |_| Some(view! { <teach::market::BundlesPage/> }.into_any())),

    // staff
    page("/admin/orders", STAFF, |_| Some(view! { <manage::orders::StaffOrdersPage/> }.into_any())),
    page("/admin/orders/{id}", STAFF, |at| at.parse("id").map(|id| view! { <manage::orders::StaffOrderPage id/> }.into_any())),
    page("/admin/orders/{id}/refund", CASHIERS, |at| at.parse("id").map(|id| view! { <manage::orders::RefundPage id/> }.into_any())),
    page("/admin/refunds", STAFF, |_| Some(view! { <manage::orders::StaffRefundsPage/> }.into_any())),
    page("/admin/coupons", CASHIERS, |_| Some(view! { <manage::coupons::StaffCouponsPage/> }.into_any())),
    page("/admin/invoices", FINANCE, |_| Some(view! { <manage::invoices::StaffInvoicesPage/> }.into_any())),
    page("/admin/invoices/{id}", FINANCE, |at| at.parse("id").map(|id| view! { <manage::invoices::StaffInvoicePage id/> }.into_any())),
    page("/admin/codes", FINANCE, |_| Some(view! { <manage::vouchers::CodesPage/> }.into_any())),
    page("/admin/subscriptions", STAFF, |_| Some(view! { <manage::subscriptions::SubscriptionsPage/> }.into_any())),
    page("/admin/payouts", CASHIERS, |_| Some(view! { <manage::payouts::StaffPayoutsPage/> }.into_any())),
    page("/admin/suspense", STAFF, |_| Some(view! { <manage::books::SuspensePage/> }.into_any())),
    page("/admin/webhooks", STAFF, |_| Some(view! { <manage::books::WebhooksPage/> }.into_any())),
    page("/admin/reconciliation", STAFF, |_| Some(view! { <manage::books::ReconciliationPage/> }.into_any())),
    page("/admin/users", STAFF, |_| Some(view! { <manage::admin::PeoplePage/> }.into_any())),
    page("/admin/users/{id}", STAFF, |at| at.parse("id").map(|id| view! { <manage::admin::PersonPage id/> }.into_any())),
    page("/admin/roles", STEWARDS, |_| Some(view! { <manage::admin::RolesPage/> }.into_any())),
    page("/admin/see-as", STEWARDS, |_| Some(view! { <manage::admin::SeeingPage/> }.into_any())),
    page("/admin/signals", STEWARDS, |_| Some(view! { <manage::admin::SignalsPage/> }.into_any())),
    page("/admin/trail", ADMINS, |_| Some(view! { <manage::admin::TrailPage/> }.into_any())),
    page("/admin/audit", STAFF, |_| Some(view! { <manage::admin::AuditPage/> }.into_any())),
];

/// What staff may look at as somebody else; every other address is refused to them meanwhile, and every form of these too. A page that
/// shows a password, a key, a code, a link that gives something, or a bank account is not among them, and none that writes as it is read.
pub const SEEN_AS: &[&str] = &[
    "",
    "/courses",
    "/courses/{slug}",
    "/topics/{slug}",
    "/u/{handle}",
    "/search",
    "/bundles/{slug}",
    "/help/{name}",
    "/legal/{name}",
    "/cart",
    "/checkout/{draft}",
    "/orders/{id}",
    "/me/orders",
    "/me/wallet",
    "/membership",
    "/me/membership",
    "/settings/profile",
    "/settings/interests",
    "/feed",
    "/me/learning",
    "/learn/{course}/{lesson}",
    "/studio",
    "/studio/courses",
    "/studio/courses/{id}/outline",
    "/studio/courses/{id}/landing",
    "/studio/courses/{id}/pricing",
    "/studio/courses/{id}/settings",
    "/studio/courses/{id}/preview",
    "/studio/courses/{id}/lessons/{lesson}",
    "/studio/media",
    "/studio/bundles",
];

/// The page that opens without network. Rendered for nobody in particular; the server gives it addresses of its own.
pub const OFFLINE: Page = page("/offline", Anyone, |_| Some(view! { <site::offline::OfflinePage/> }.into_any()));

/// Every component in every state, for those who build this; not there in production.
#[rustfmt::skip]
pub const WORKSHOP: &[Page] = &[
    page("/dev/ui", Anyone, |_| Some(view! { <leptos_meta::Title text="ui"/><main id="main" tabindex="-1" class="page"><ui::gallery::Gallery/></main> }.into_any())),
];

/// "Is it you?", shown in place of what a form would have led to.
pub fn confirm_here() -> AnyView {
    view! { <site::accounts::ConfirmHere/> }.into_any()
}

/// Every form of every page.
pub fn forms() -> Vec<Form> {
    [&site::forms()[..], learn::FORMS, &teach::forms(), &manage::forms()].concat()
}
