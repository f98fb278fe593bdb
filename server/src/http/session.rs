//! From a request's cookie to who asks, and what the answer owes to that.
//!
//! Here, and nowhere else, staff become somebody else for the length of a request (`accounts::see_as`): what is not listed as safe to be
//! seen so is refused, whatever is sent is refused, and nothing that runs inside can write.

use super::{Site, network, plain, security};
use app::routes::SEEN_AS;
use axum::body::HttpBody;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::accounts::Eyes;
use domain::{Visitor, accounts};
use http_body_util::LengthLimitError;
use model::viewer::SeenBy;
use model::{Lang, routes};
use std::error::Error;
use wire::Cookie;

/// Whether the session that came along was not ended since; how long it rested does not count, for a file was on its way.
pub async fn still_stands(site: &Site, visitor: &Visitor) -> Result<bool, domain::Error> {
    let (Some(session), Some(me)) = (&visitor.session, &visitor.me) else { return Ok(false) };
    accounts::is_session_of(&mut site.app.db.read().await?, session, &me.id).await
}

/// Finds out who has the session that came along, if it is alive.
pub async fn recognise(site: &Site, headers: &HeaderMap, visitor: &mut Visitor) -> Result<(), domain::Error> {
    let found = match wire::cookie(headers, Cookie::Session, &site.app) {
        Some(presented) => accounts::who_has(&site.app, presented).await?,
        None => None,
    };
    visitor.proven_at = found.as_ref().map(|session| session.proven_at);
    (visitor.session, visitor.me) = found.map(|session| (session.hash, session.me)).unzip();
    Ok(())
}

/// The request with all of its body; most is held to less before (`security`), and all of it to a minute (`patience`).
async fn gathered(request: Request) -> Result<Request, Response> {
    let (parts, body) = request.into_parts();
    match axum::body::to_bytes(body, security::LARGEST_FORM).await {
        Ok(bytes) => Ok(Request::from_parts(parts, bytes.into())),
        Err(cause) => {
            let mut causes = std::iter::successors(cause.source(), |cause| (*cause).source());
            let too_large = causes.any(|cause| cause.is::<LengthLimitError>());
            Err(if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST }.into_response())
        }
    }
}

/// Finds out who asks and puts the [`Visitor`] into the request's extensions.
pub async fn resolve(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let lang = super::security::lang_of(&site, &request);
    let mut visitor = Visitor::stranger(lang);
    visitor.network = network::network(&request, &site.trusted_proxies);
    visitor.country = network::country(&request, &site.trusted_proxies, site.country_header.as_ref());
    visitor.user_agent = request.headers().get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    visitor.ahead = request.headers().get("sec-purpose").is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"));
    if let Err(cause) = recognise(&site, request.headers(), &mut visitor).await {
        return away(&site, lang, &cause);
    }
    let read_as_it_comes = security::brings_a_file(&request) || security::brings_a_small_file(&request);
    if visitor.session.is_some() && !request.body().is_end_stream() && !read_as_it_comes {
        request = match gathered(request).await {
            Ok(request) => request,
            Err(refusal) => return refusal,
        };
        // it may have ended while the rest of the request was on its way
        if let Err(cause) = recognise(&site, request.headers(), &mut visitor).await {
            return away(&site, lang, &cause);
        }
    }
    let eyes = match eyes(&site, &visitor).await {
        Ok(eyes) => eyes.filter(|_| !is_the_way_back(&request)),
        Err(cause) => return away(&site, lang, &cause),
    };
    let mut answer = match eyes {
        Some(_) if !may_be_seen(&request) => plain::page(&site, lang, StatusCode::FORBIDDEN, plain::Why::SeeingAs),
        Some(eyes) => {
            request.extensions_mut().insert(through(visitor, eyes));
            store::reading_only(next.run(request)).await
        }
        None => {
            let asker = visitor.me.as_ref().map(|me| me.id.clone());
            request.extensions_mut().insert(visitor);
            let answer = next.run(request).await;
            if let Some(asker) = asker.filter(|_| answer.status() == StatusCode::FORBIDDEN) {
                // where they asked stands in the request's span
                tracing::info!(account.id = %asker, "somebody was refused what is not open to them");
            }
            answer
        }
    };
    keep_private(answer.headers_mut());
    answer
}

fn away(site: &Site, lang: Lang, cause: &domain::Error) -> Response {
    tracing::error!(%cause, "a session could not be read");
    plain::page(site, lang, StatusCode::SERVICE_UNAVAILABLE, plain::Why::Away)
}

/// Whose eyes the request looks through; only staff have others than their own.
async fn eyes(site: &Site, visitor: &Visitor) -> domain::Result<Option<Eyes>> {
    let (Some(me), Some(session)) = (&visitor.me, &visitor.session) else { return Ok(None) };
    if !me.is_staff() {
        return Ok(None);
    }
    accounts::eyes(&site.app, me, session).await
}

/// The request as the other person's: without a session to end or renew, without a proof, and nothing they did themselves.
fn through(visitor: Visitor, eyes: Eyes) -> Visitor {
    let seen_by = visitor.me.map(|staff| SeenBy { name: staff.name, until: eyes.until });
    Visitor { me: Some(eyes.me), seen_by, session: None, proven_at: None, ahead: true, ..visitor }
}

/// The page on which it ends; staff are themselves there.
fn is_the_way_back(request: &Request) -> bool {
    let path = request.uri().path();
    Lang::ALL.iter().any(|lang| path == routes::admin_see_as(*lang))
}

/// Only what is read, and of that only the pages that are listed (`app::routes::SEEN_AS`) and the pictures and files that stand in them.
fn may_be_seen(request: &Request) -> bool {
    let Some(matched) = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str) else { return false };
    let page = Lang::ALL.iter().find_map(|lang| matched.strip_prefix(&format!("/{lang}")));
    let listed = matched == "/media/{id}/{part}" || page.is_some_and(|page| SEEN_AS.contains(&page));
    matches!(*request.method(), Method::GET | Method::HEAD) && listed
}

/// What was made for one person is kept by nobody, unless it says otherwise itself.
fn keep_private(headers: &mut HeaderMap) {
    if !headers.contains_key(CACHE_CONTROL) || headers.contains_key(SET_COOKIE) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
}
