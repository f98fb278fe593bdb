//! Our cookies: their names, and how they are set. Scripts never see them; over https their names bind them to this host.

use crate::cookie_header;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use domain::App;
use model::time::{Span, days, minutes};

/// What we remember in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// The secret of a session.
    Session,
    /// Names a sign-in that waits for its second step.
    Second,
    /// The language chosen.
    Lang,
    /// The colours chosen.
    Theme,
    /// The cart of somebody not signed in.
    Cart,
    /// By whose link somebody came, and when.
    Via,
    /// What binds somebody's way to another house and back to this browser.
    Identity,
}

impl Cookie {
    /// Its name, which over https binds it to this host.
    pub fn name(self, app: &App) -> &'static str {
        match (self, app.settings.is_https()) {
            (Cookie::Session, true) => "__Host-sid",
            (Cookie::Session, false) => "sid",
            (Cookie::Second, true) => "__Host-second",
            (Cookie::Second, false) => "second",
            (Cookie::Lang, true) => "__Host-lang",
            (Cookie::Lang, false) => "lang",
            (Cookie::Theme, true) => "__Host-theme",
            (Cookie::Theme, false) => "theme",
            (Cookie::Via, true) => "__Host-via",
            (Cookie::Via, false) => "via",
            (Cookie::Identity, true) => "__Host-identity",
            (Cookie::Identity, false) => "identity",
            (Cookie::Cart, true) => "__Host-cart",
            (Cookie::Cart, false) => "cart",
        }
    }

    /// How long the browser keeps it; a session may end sooner on our side.
    const fn lifetime(self) -> Span {
        match self {
            Cookie::Session | Cookie::Cart | Cookie::Via => days(30),
            Cookie::Second => minutes(10),
            Cookie::Lang | Cookie::Theme => days(365),
            Cookie::Identity => minutes(10),
        }
    }

    /// The whole `Set-Cookie` line; an empty value makes the browser forget it.
    pub fn line(self, app: &App, value: &str) -> String {
        let seconds = if value.is_empty() { 0 } else { self.lifetime().as_seconds() };
        let secure = if app.settings.is_https() { "; Secure" } else { "" };
        format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.name(app))
    }
}

/// The value the browser sent.
pub fn cookie<'h>(headers: &'h HeaderMap, cookie: Cookie, app: &App) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .find_map(|header| cookie_header::value(header, cookie.name(app)))
}

/// Sets it with the answer being made. The value is a word or a secret of ours: nothing in it needs quoting.
pub fn set_cookie(app: &App, cookie: Cookie, value: &str) {
    crate::add_header("set-cookie", &cookie.line(app, value));
}
