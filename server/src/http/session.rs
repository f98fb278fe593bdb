//! From a request's cookie to who asks, and what the answer owes to that.
//!
//! Here, and nowhere else, staff become somebody else for the length of a request (`accounts::see_as`): what is not listed as safe to be
//! seen so is refused, whatever is sent is refused, and nothing that runs inside can write.

use super::{Site, network, plain};
use app::routes::SEEN_AS;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use domain::accounts::Eyes;
use domain::{Visitor, accounts};
use model::viewer::SeenBy;
use model::{Lang, routes};
use wire::Cookie;

/// Finds out who asks and puts the [`Visitor`] into the request's extensions.
pub async fn resolve(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let lang = super::security::lang_of(&site, &request);
    let mut visitor = Visitor::stranger(lang);
    visitor.network = network::network(&request, &site.trusted_proxies);
    visitor.country = network::country(&request, &site.trusted_proxies, site.country_header.as_ref());
    visitor.user_agent = request.headers().get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    visitor.ahead = request.headers().get("sec-purpose").is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"));
    if let Some(presented) = wire::cookie(request.headers(), Cookie::Session, &site.app) {
        match accounts::who_has(&site.app, presented).await {
            Ok(Some(session)) => {
                visitor.session = Some(session.hash);
                visitor.proven_at = Some(session.proven_at);
                visitor.me = Some(session.me);
            }
            Ok(None) => (),
            Err(cause) => return away(&site, lang, &cause),
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
