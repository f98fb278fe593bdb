//! Links as functions, so that pages link to one another without importing one another.
//! Every page's address starts with its language (`/zh/…`, `/en/…`).

use crate::Lang;
use crate::identity::Setback;
use crate::ids::{AccountId, BatchId, CheckoutId, CourseId, InvoiceFileId, InvoiceId, LessonId, OrderId, SeatPoolId};
use crate::payments::Provider;
use crate::text::{Handle, Slug};

macro_rules! fixed {
    ($($(#[$meta:meta])* $name:ident => $path:literal),+ $(,)?) => { $(
        $(#[$meta])*
        pub fn $name(lang: Lang) -> String { format!(concat!("/{}", $path), lang) }
    )+ };
}

fixed! {
    home => "",
    courses => "/courses",
    search => "/search",
    login => "/login",
    register => "/register",
    logout => "/logout",
    interests => "/settings/interests",
    settings => "/settings/profile",
    security => "/settings/security",
    /// Codes from an app.
    second_factor => "/settings/security/codes",
    /// The second step of signing in.
    second_step => "/login/second",
    /// "Is it you?"
    confirm => "/confirm",
    /// A forgotten password.
    reset => "/reset",
    /// The state of one's address.
    verify => "/verify",
    tokens => "/settings/tokens",
    /// Consents, and what suggestions use.
    privacy => "/settings/privacy",
    /// One's data in a file.
    my_data => "/settings/data",
    leave => "/settings/delete",
    channels => "/settings/notifications",
    notices => "/notifications",
    /// Takes the theme form of every page's foot.
    appearance => "/settings/appearance",
    feed => "/feed",
    my_learning => "/me/learning",
    my_orders => "/me/orders",
    my_invoices => "/me/invoices",
    gift => "/gift",
    redeem => "/redeem",
    seats => "/seats",
    share => "/share",
    cart => "/cart",
    wallet => "/me/wallet",
    membership => "/membership",
    my_membership => "/me/membership",
    change_membership => "/me/membership/change",
    cancel_membership => "/me/membership/cancel",
    studio => "/studio",
    studio_courses => "/studio/courses",
    new_course => "/studio/courses/new",
    studio_media => "/studio/media",
    studio_coupons => "/studio/coupons",
    studio_bundles => "/studio/bundles",
    studio_earnings => "/studio/earnings",
    admin_payouts => "/admin/payouts",
    admin_suspense => "/admin/suspense",
    admin_webhooks => "/admin/webhooks",
    admin_reconciliation => "/admin/reconciliation",
    admin_orders => "/admin/orders",
    admin_users => "/admin/users",
    admin_refunds => "/admin/refunds",
    admin_coupons => "/admin/coupons",
    admin_invoices => "/admin/invoices",
    admin_codes => "/admin/codes",
    /// The list as a table for finance's own programs.
    admin_invoices_csv => "/admin/invoices.csv",
    admin_audit => "/admin/audit",
    /// Roles that are asked for.
    admin_roles => "/admin/roles",
    /// As whom one looks just now, and the way back.
    admin_see_as => "/admin/see-as",
    /// Who did what.
    admin_trail => "/admin/trail",
    admin_trail_csv => "/admin/trail.csv",
    admin_signals => "/admin/signals",
    admin_subscriptions => "/admin/subscriptions",
}

/// The page's address with the place to go to afterwards.
pub fn with_next(page: &str, next: &str) -> String {
    match safe_next(next) {
        Some(next) => {
            format!("{page}?next={}", next.replace('%', "%25").replace('&', "%26").replace('#', "%23").replace('+', "%2B"))
        }
        None => page.to_owned(),
    }
}
/// Signing in, with the reason why another way came to nothing.
pub fn login_refused(lang: Lang, setback: Setback, next: &str) -> String {
    let page = with_next(&login(lang), next);
    let mark = if page.contains('?') { '&' } else { '?' };
    format!("{page}{mark}refused={setback}")
}
pub fn security_refused(lang: Lang, setback: Setback) -> String {
    format!("{}?refused={setback}", security(lang))
}
/// One's security page after a deed there.
pub fn security_done(lang: Lang, deed: &str) -> String {
    format!("{}?done={deed}", security(lang))
}
/// Choosing interests, and then on to `next`.
pub fn interests_then(lang: Lang, next: &str) -> String {
    with_next(&interests(lang), next)
}

/// On to the provider's page; without a language, as the way back.
pub fn to_provider(state: &str) -> String {
    format!("/auth/go/{state}")
}

/// A new password by the link of a letter.
pub fn set_password(lang: Lang, token: &str) -> String {
    format!("/{lang}/reset/{token}")
}
/// What the link of a letter does.
pub fn follow_link(lang: Lang, token: &str) -> String {
    format!("/{lang}/verify/{token}")
}
/// Where letters of one kind are turned off, by the link of such a letter.
pub fn letters_off(lang: Lang, token: &str) -> String {
    format!("/{lang}/letters/{token}")
}
/// The same for mail programs, which know no language.
pub fn unsubscribe(token: &str) -> String {
    format!("/unsubscribe/{token}")
}
pub fn topic(lang: Lang, slug: &Slug) -> String {
    format!("/{lang}/topics/{slug}")
}
pub fn course(lang: Lang, slug: &Slug) -> String {
    format!("/{lang}/courses/{slug}")
}
pub fn bundle(lang: Lang, slug: &Slug) -> String {
    format!("/{lang}/bundles/{slug}")
}
pub fn person(lang: Lang, handle: &Handle) -> String {
    format!("/{lang}/u/{handle}")
}
pub fn lesson(lang: Lang, course: &Slug, lesson: &LessonId) -> String {
    format!("/{lang}/learn/{course}/{lesson}")
}
pub fn checkout(lang: Lang, checkout: &CheckoutId) -> String {
    format!("/{lang}/checkout/{checkout}")
}
pub fn pay(lang: Lang, order: &OrderId) -> String {
    format!("/{lang}/pay/{order}")
}
/// The payment's page, which says that the provider did not tell as whom it knows the payer.
pub fn pay_unknown(lang: Lang, order: &OrderId) -> String {
    format!("/{lang}/pay/{order}?who=unknown")
}
/// The payment's page after the sheet of the provider's app has said that it is paid: the books are waited for.
pub fn pay_said(lang: Lang, order: &OrderId) -> String {
    format!("/{lang}/pay/{order}?sheet=paid")
}
/// On to the provider, which tells as whom it knows the payer.
pub fn say_who(provider: Provider, order: &OrderId) -> String {
    format!("/auth/payer/{provider}/{order}")
}
pub fn order(lang: Lang, order: &OrderId) -> String {
    format!("/{lang}/orders/{order}")
}
/// The receipt of an order as a PDF file.
pub fn receipt(lang: Lang, order: &OrderId) -> String {
    format!("/{lang}/orders/{order}/receipt.pdf")
}
/// A credit note of an order as a PDF file.
pub fn credit_note(lang: Lang, order: &OrderId, number: i64) -> String {
    format!("/{lang}/orders/{order}/credit-notes/{number}")
}
pub fn my_invoice(lang: Lang, invoice: &InvoiceId) -> String {
    format!("/{lang}/me/invoices/{invoice}")
}
pub fn invoice_file(lang: Lang, invoice: &InvoiceId, file: &InvoiceFileId) -> String {
    format!("/{lang}/me/invoices/{invoice}/files/{file}")
}
/// One's archive as a ZIP file.
pub fn archive(lang: Lang, archive: &str) -> String {
    format!("/{lang}/settings/data/{archive}")
}
pub fn seat_pool(lang: Lang, pool: &SeatPoolId) -> String {
    format!("/{lang}/seats/{pool}")
}
/// A batch's codes as a table; asked for by POST, and once.
pub fn admin_batch_csv(lang: Lang, batch: &BatchId) -> String {
    format!("/{lang}/admin/codes/{batch}/codes.csv")
}
/// Giving a course, and buying it for several.
pub fn gift_of(lang: Lang, course: &Slug) -> String {
    format!("{}?course={course}", gift(lang))
}
pub fn seats_of(lang: Lang, course: &Slug) -> String {
    format!("{}?course={course}", seats(lang))
}
pub fn admin_invoice(lang: Lang, invoice: &InvoiceId) -> String {
    format!("/{lang}/admin/invoices/{invoice}")
}
pub fn admin_person(lang: Lang, person: &AccountId) -> String {
    format!("/{lang}/admin/users/{person}")
}
pub fn admin_order(lang: Lang, order: &OrderId) -> String {
    format!("/{lang}/admin/orders/{order}")
}
pub fn admin_refund(lang: Lang, order: &OrderId) -> String {
    format!("/{lang}/admin/orders/{order}/refund")
}
pub fn studio_course(lang: Lang, course: &CourseId, room: &str) -> String {
    format!("/{lang}/studio/courses/{course}/{room}")
}
pub fn studio_lesson(lang: Lang, course: &CourseId, lesson: &LessonId) -> String {
    format!("/{lang}/studio/courses/{course}/lessons/{lesson}")
}
pub fn help(lang: Lang, page: &str) -> String {
    format!("/{lang}/help/{page}")
}
pub fn legal(lang: Lang, document: &str) -> String {
    format!("/{lang}/legal/{document}")
}

/// Where to go after signing in: `next` if it is a path of ours, else nothing (no open redirect).
pub fn safe_next(next: &str) -> Option<&str> {
    let plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'<' && b != b'>' && b != b'"');
    let local = next.starts_with("/zh/") || next.starts_with("/en/") || next == "/zh" || next == "/en";
    (plain && local && next.len() <= 512 && !next.contains("//") && !next.to_ascii_lowercase().contains("%2f")).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn only_a_path_of_ours_is_followed_after_sign_in() {
        assert_eq!(safe_next("/zh/courses?q=1"), Some("/zh/courses?q=1"));
        for evil in [
            "//evil",
            "/\\evil",
            "https:evil",
            "https://evil",
            "/zh//evil",
            "/zh/%2f%2fevil",
            "/evil",
            "/zh/\r\nx: y",
            "javascript:alert(1)",
        ] {
            assert_eq!(safe_next(evil), None, "{evil}");
        }
    }
}
