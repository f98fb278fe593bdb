//! Links that recommend: any page's address with `?via=CODE`. Who comes by one is remembered in a cookie for thirty days, the
//! first link only, and told to the rules once the person is signed in.

use super::Site;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use domain::{Visitor, referrals};
use model::Moment;
use wire::Cookie;

/// Around everything that may be kept: remembers the first link.
pub async fn remember(State(site): State<Site>, request: Request, next: Next) -> Response {
    let code = code_of(&request).filter(|_| wire::cookie(request.headers(), Cookie::Via, &site.app).is_none());
    let mut answer = next.run(request).await;
    if let Some(code) = code {
        let value = format!("{code}.{}", site.app.now().millis());
        set(&site, &mut answer, &value);
        // with a cookie in it the answer is for one person
        let kept = answer.headers().get(CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"private"));
        if !kept {
            answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        }
    }
    answer
}

/// The code in the address, if it may be one.
pub fn code_of(request: &Request) -> Option<String> {
    if request.method() != Method::GET {
        return None;
    }
    let mut pairs = request.uri().query()?.split('&').filter_map(|pair| pair.split_once('='));
    let code = pairs.find(|(name, _)| *name == "via")?.1;
    referrals::looks_like_a_code(code).then(|| code.to_owned())
}

/// Inside the session: whoever is signed in came by the link that their browser remembers. Told once.
pub async fn tell(State(site): State<Site>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>().filter(|visitor| visitor.seen_by.is_none());
    let member = visitor.and_then(|visitor| visitor.member().ok());
    let came = wire::cookie(request.headers(), Cookie::Via, &site.app).and_then(read);
    let (Some(member), Some((code, at))) = (member, came) else { return next.run(request).await };
    let told = referrals::touch(&site.app, &member, &code, at).await;
    let mut answer = next.run(request).await;
    match told {
        Ok(()) => set(&site, &mut answer, ""),
        Err(cause) => tracing::warn!(%cause, "a recommendation was not kept"),
    }
    answer
}

/// The code and when the link was opened.
fn read(value: &str) -> Option<(String, Moment)> {
    let (code, at) = value.split_once('.')?;
    Some((code.to_owned(), Moment::from_millis(at.parse().ok()?)))
}

fn set(site: &Site, answer: &mut Response, value: &str) {
    if let Ok(line) = HeaderValue::from_str(&Cookie::Via.line(&site.app, value)) {
        answer.headers_mut().append(SET_COOKIE, line);
    }
}
