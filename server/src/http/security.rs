//! What stands between the network and every handler: where a request may come from, how large it may be, what happens when
//! one breaks, and the headers on every answer.

use super::{Site, plain};
use crate::config::Config;
use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::header::{self, CONTENT_LENGTH, HeaderName, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use domain::App;
use futures::FutureExt;
use http_body_util::Limited;
use model::Lang;
use model::ids::IncidentId;
use std::borrow::Cow;
use std::panic::AssertUnwindSafe;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tracing::Instrument;
use wire::Cookie;

/// The largest body that is read, except for uploads, which arrive in pieces and are counted by their own rules.
const LARGEST_BODY: usize = 1024 * 1024;

/// The largest form: a lesson as long as one may be, of characters that take four bytes each and three times that in a form.
pub const LARGEST_FORM: usize = model::authoring::LESSON_CHARACTERS as usize * 12 + LARGEST_BODY;

/// Never reused between requests of different people.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The headers that are the same on every answer.
pub struct Policy(Vec<(HeaderName, HeaderValue)>);

impl Policy {
    pub fn new(config: &Config, app: &App) -> Self {
        let policy = content_security_policy(app.ports.gateways.iter().map(|gateway| gateway.origin()));
        let mut headers = vec![
            (
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
            ),
            (HeaderName::from_static("reporting-endpoints"), HeaderValue::from_static(REPORTING)),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
            (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS)),
        ];
        if config.public_url.starts_with("https://") {
            let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
            headers.push((header::STRICT_TRANSPORT_SECURITY, year));
        }
        Self(headers)
    }

    /// Adds what an answer does not already say more strictly itself (media have a policy of their own).
    fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}

/// Where `report-to csp` leads ([`super::reports::PATH`]); browsers that do not know it follow `report-uri`.
const REPORTING: &str = "csp=\"/reports/csp\"";

/// What pages never ask a browser for.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), usb=()";

/// No page holds a script or a style, so no exception is needed. Browsers hold a form to this on every redirect after it, so the
/// pages of payment providers are named; those of houses that vouch for people are reached by a page of ours (`identity::go_on`).
fn content_security_policy<'a>(elsewhere: impl Iterator<Item = &'a str>) -> String {
    let forms = elsewhere.fold("'self'".to_owned(), |all, origin| format!("{all} {origin}"));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         media-src 'self' blob:; frame-src 'self'; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
         form-action {forms}; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; report-uri {reports}; report-to csp",
        reports = super::reports::PATH
    )
}

/// Puts the guard around everything that answers.
pub fn guard(router: Router, site: &Site) -> Router {
    let csrf = CsrfLayer::new()
        .with_insecure_bypass(|_, uri| has_its_own_proof(uri))
        .with_rejection_response(|_: ProtectionError| foreign());
    router
        .layer(from_fn_with_state(site.clone(), bound))
        .layer(from_fn_with_state(site.clone(), known_origin))
        .layer(csrf)
        .layer(from_fn_with_state(site.clone(), every_answer))
}

/// Callbacks of providers come from elsewhere and carry a signature instead.
fn has_its_own_proof(uri: &Uri) -> bool {
    uri.path().starts_with("/webhooks/")
}

/// A request that changes something under a session says where it comes from; every browser of today does.
async fn known_origin(State(site): State<Site>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    let said = |name| headers.get(name).is_some_and(|value: &HeaderValue| !value.is_empty());
    let silent = !said(ORIGIN) && !said(SEC_FETCH_SITE);
    let signed_in = wire::cookie(headers, Cookie::Session, &site.app).is_some();
    if !safe && silent && signed_in && !has_its_own_proof(request.uri()) {
        return foreign();
    }
    next.run(request).await
}

/// Marks a refusal of what another site's page sent.
#[derive(Clone, Copy)]
struct Foreign;

fn foreign() -> Response {
    let mut answer = StatusCode::FORBIDDEN.into_response();
    answer.extensions_mut().insert(Foreign);
    answer
}

/// Forms of finance with an invoice's file in them.
pub(super) fn brings_a_small_file(request: &Request) -> bool {
    let path = request.uri().path();
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let invoices = Lang::ALL.iter().any(|lang| path.starts_with(&format!("/{lang}/admin/invoices/")));
    invoices && kind.starts_with("multipart/form-data")
}

/// The editor of a lesson, whose text may be long.
fn brings_a_lesson(request: &Request) -> bool {
    let path = request.uri().path();
    path.contains("/lessons/") && Lang::ALL.iter().any(|lang| path.starts_with(&format!("/{lang}/studio/courses/")))
}

/// Pieces of uploads, and the studio's forms with a file in them: read piece by piece, by instructors only, within limits of
/// their own (`http::uploads`, `http::multipart`).
pub(super) fn brings_a_file(request: &Request) -> bool {
    let path = request.uri().path();
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let studio =
        Lang::ALL.iter().any(|lang| path.strip_prefix(&format!("/{lang}")).is_some_and(|rest| rest.starts_with("/studio/")));
    path.starts_with("/uploads/") || (studio && kind.starts_with("multipart/form-data"))
}

/// Bodies are bounded before anybody reads them.
async fn bound(State(site): State<Site>, request: Request, next: Next) -> Response {
    if brings_a_file(&request) {
        return next.run(request).await;
    }
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let largest = match () {
        () if brings_a_small_file(&request) => super::multipart::HELD_BYTES,
        () if brings_a_lesson(&request) => LARGEST_FORM,
        () => LARGEST_BODY,
    };
    if announced.is_some_and(|length| length > largest as u64) {
        return plain::page(&site, lang_of(&site, &request), StatusCode::PAYLOAD_TOO_LARGE, plain::Why::TooLarge);
    }
    next.run(request.map(|body| Body::new(Limited::new(body, largest)))).await
}

/// Names the request, catches what breaks in it, and dresses the answer.
async fn every_answer(State(site): State<Site>, request: Request, next: Next) -> Response {
    let id: IncidentId = site.app.new_id();
    let lang = lang_of(&site, &request);
    let span = tracing::info_span!("request", id = %id, method = crate::telemetry::named(request.method()), path = %loggable(request.uri().path()));
    let for_a_program = request.uri().path().starts_with(super::rest::ROOT);
    let reads_pages =
        request.headers().get(header::ACCEPT).is_some_and(|kinds| kinds.to_str().is_ok_and(|k| k.contains("text/html")));
    let outcome = AssertUnwindSafe(next.run(request).instrument(span)).catch_unwind().await;
    let answer = outcome.unwrap_or_else(|_| {
        tracing::error!(incident = %id, "a request panicked");
        plain::page(&site, lang, StatusCode::INTERNAL_SERVER_ERROR, plain::Why::Broken(id.as_str()))
    });
    let answer = super::rest::in_its_own_words(for_a_program, answer);
    let mut answer = if !for_a_program { in_words(&site, lang, reads_pages, &id, answer) } else { answer };
    dress(&site, &id, answer.headers_mut());
    answer
}

/// A path as the log may have it: the secrets in links from letters stay out.
pub(super) fn loggable(path: &str) -> Cow<'_, str> {
    let mut parts =
        path.split('/').skip_while(|part| !matches!(*part, "reset" | "verify" | "go" | "letters" | "unsubscribe")).skip(1);
    match parts.next() {
        Some(secret) if !secret.is_empty() => Cow::Owned(path.replace(secret, "…")),
        _ => Cow::Borrowed(path),
    }
}

/// A refusal without a word becomes a page, for whoever reads pages; whoever sent a form from elsewhere is told in any case.
fn in_words(site: &Site, lang: Lang, reads_pages: bool, id: &IncidentId, answer: Response) -> Response {
    let status = answer.status();
    let foreign = answer.extensions().get::<Foreign>().is_some();
    let wordless = answer.body().size_hint().exact() == Some(0);
    if !(status.is_client_error() || status.is_server_error()) || !wordless || !(reads_pages || foreign) {
        return answer;
    }
    let why = match status {
        _ if foreign => plain::Why::Foreign,
        StatusCode::BAD_REQUEST => plain::Why::Unreadable,
        StatusCode::FORBIDDEN => plain::Why::Forbidden,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => plain::Why::Nowhere,
        StatusCode::PAYLOAD_TOO_LARGE => plain::Why::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => plain::Why::WrongKind,
        StatusCode::SERVICE_UNAVAILABLE => plain::Why::Away,
        status if status.is_server_error() => plain::Why::Broken(id.as_str()),
        _ => return answer,
    };
    let (parts, _) = answer.into_parts();
    let mut page = plain::page(site, lang, status, why);
    for (name, value) in &parts.headers {
        if name != CONTENT_LENGTH && name != header::CONTENT_TYPE {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

/// The headers that every answer has.
pub fn dress(site: &Site, id: &IncidentId, headers: &mut HeaderMap) {
    site.policy.apply(headers);
    if let Ok(id) = HeaderValue::from_str(id.as_str()) {
        headers.insert(REQUEST_ID, id);
    }
}

/// The language of the address, else the one somebody would rather read.
pub fn lang_of(site: &Site, request: &Request) -> Lang {
    let first = request.uri().path().split('/').nth(1).and_then(|segment| segment.parse().ok());
    first.unwrap_or_else(|| super::language::preferred(request.headers(), &site.app))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Shared;
    use crate::http::page_cache::PageCache;
    use axum::routing::get;
    use domain::testing::School;
    use std::sync::Arc;
    use store::{Db, on_both};

    #[test]
    fn a_link_from_a_letter_keeps_its_secret_from_the_log() {
        assert_eq!(loggable("/en/reset/0a1b2c"), "/en/reset/…");
        assert_eq!(loggable("/zh/verify/0a1b2c"), "/zh/verify/…");
        assert_eq!(loggable("/reset/0a1b2c"), "/reset/…");
        assert_eq!(loggable("/auth/go/0a1b2c"), "/auth/go/…");
        assert_eq!(loggable("/en/letters/0a.news.1b"), "/en/letters/…");
        assert_eq!(loggable("/unsubscribe/0a.news.1b"), "/unsubscribe/…");
        for open in ["/en/reset", "/en/courses/verify", "/"] {
            assert_eq!(loggable(open), open);
        }
    }
    use tower::ServiceExt;

    async fn breaks() -> &'static str {
        panic!("a mistake of ours")
    }

    on_both!(what_breaks_is_told_honestly_and_in_full_dress, async |db: Db| {
        let school = School::open(db).await;
        let config = Config::load([("public_url".to_owned(), "https://lectern.example".to_owned())].into()).expect("settings");
        let site = Site(Arc::new(Shared {
            policy: Policy::new(&config, &school.app),
            pages: PageCache::new(&school.app),
            site_map: Default::default(),
            app: school.app.clone(),
            assets: Default::default(),
            forms: Vec::new().into(),
            metrics_token: None,
            trusted_proxies: Vec::new().into(),
            country_header: None,
            busy: Default::default(),
        }));
        let program = guard(Router::new().route("/en/breaks", get(breaks)), &site);
        let request = Request::builder().uri("/en/breaks").body(Body::empty()).expect("a request");
        let answer = program.oneshot(request).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert!(header("content-security-policy").contains("form-action 'self' http://till.test;"));
        assert_eq!(header("strict-transport-security"), "max-age=31536000; includeSubDomains");
        let incident = header("x-request-id");
        let page = axum::body::to_bytes(answer.into_body(), LARGEST_BODY).await.expect("a page");
        let page = String::from_utf8_lossy(&page);
        assert!(page.contains(&incident) && !page.contains("a mistake of ours"), "{page}");
    });
}
