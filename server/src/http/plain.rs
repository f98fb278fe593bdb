//! Pages made of nothing but words, for when no page can be made.

use super::Site;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use locale::{faults, people, shell};
use model::Lang;

/// Why only words are shown.
pub enum Why<'a> {
    /// The database is away.
    Away,
    /// A mistake of ours, under this incident.
    Broken(&'a str),
    /// More was sent than is read.
    TooLarge,
    /// It was sent from another site's page.
    Foreign,
    /// The body is of a kind the address does not take.
    WrongKind,
    /// What was sent cannot be read.
    Unreadable,
    /// The person may not.
    Forbidden,
    /// Nothing is there, or nothing that takes what was sent.
    Nowhere,
    /// Staff look at the pages as somebody else, and this is no page to look at, or no looking.
    SeeingAs,
}

/// The page; it may be sent before anything is known of who asks.
pub fn page(site: &Site, lang: Lang, status: StatusCode, why: Why<'_>) -> Response {
    let (title, text) = words(lang, &why);
    let (tag, style) = (lang.tag(), site.assets.url("app.css"));
    let (home, back) = match why {
        Why::SeeingAs => (model::routes::admin_see_as(lang), people::seeing_end(lang)),
        _ => (model::routes::home(lang), shell::back_home(lang)),
    };
    let html = format!(
        "<!DOCTYPE html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"{style}\"></head><body><main class=\"page page-narrow\">\
         <section class=\"stack gap-5 fault\"><h1>{title}</h1><p class=\"lede\">{text}</p><p><a href=\"{home}\">{back}</a></p>\
         </section></main></body></html>"
    );
    let mut answer = (status, [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], html).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(RETRY_AFTER, axum::http::HeaderValue::from_static("5"));
    }
    answer
}

/// A page that leads on to another house at once, with a link for whoever is not taken there.
pub fn onward(site: &Site, lang: Lang, label: &str, url: &str) -> Response {
    let (tag, style) = (lang.tag(), site.assets.url("app.css"));
    let (url, label) = (escaped(url), escaped(label));
    let html = format!(
        "<!DOCTYPE html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\"><meta name=\"robots\" content=\"noindex\">\
         <title>{label}</title><link rel=\"stylesheet\" href=\"{style}\"></head><body><main class=\"page page-narrow\">\
         <section class=\"stack gap-5 fault\"><h1>{label}</h1><p><a class=\"btn btn-primary\" href=\"{url}\">{label}</a></p>\
         </section></main></body></html>"
    );
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], html).into_response()
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

fn words(lang: Lang, why: &Why<'_>) -> (String, String) {
    match why {
        Why::Away => (shell::later_title(lang).into(), shell::later_text(lang).into()),
        Why::Broken(incident) => (shell::broken_title(lang).into(), shell::broken_text(lang, incident)),
        Why::TooLarge => (shell::body_too_large_title(lang).into(), faults::too_large(lang, &faults::limit(1024 * 1024))),
        Why::Foreign => (shell::foreign_title(lang).into(), shell::foreign_text(lang).into()),
        Why::WrongKind => (shell::wrong_kind_title(lang).into(), shell::wrong_kind_text(lang).into()),
        Why::Unreadable => (shell::wrong_kind_title(lang).into(), faults::unreadable(lang).into()),
        Why::Forbidden => (shell::forbidden_title(lang).into(), shell::forbidden_text(lang).into()),
        Why::SeeingAs => (people::not_shown_title(lang).into(), people::not_shown_text(lang).into()),
        Why::Nowhere => (shell::not_found_title(lang).into(), shell::not_found_text(lang).into()),
    }
}
