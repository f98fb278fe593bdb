//! People on their way to another house that vouches for them, and back.

use super::{Site, plain};
use axum::extract::{Extension, Path, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::accounts;
use domain::accounts::identity::{self, Answer, Arrival, Came};
use domain::{Error, Visitor};
use locale::identity as identity_words;
use model::identity::Setback;
use model::ids::AccountId;
use model::{Fault, Lang, Refusal, routes};
use wire::{Cookie, Next};

/// `GET /auth/go/{state}`: on to the provider's page. A page and no redirect: browsers hold a form to its policy on every redirect after
/// it, however many houses the provider sends people through, and no list of ours could name them all.
pub async fn go_on(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(state): Path<String>,
    headers: HeaderMap,
) -> Response {
    let browser = wire::cookie(&headers, Cookie::Identity, &site.app);
    let lang = visitor.lang;
    match identity::way(&site.app, &visitor, browser, &state).await {
        Ok(Some(way)) => plain::onward(&site, way.lang, &identity_words::through(way.lang, &way.label), &way.url),
        Ok(None) => to_gate(lang, Setback::Stale),
        Err(Error::Fault(Fault::Conflict(Refusal::Identity(setback)))) => to_gate(lang, setback),
        Err(cause) => broken(cause),
    }
}

fn to_gate(lang: Lang, setback: Setback) -> Response {
    match HeaderValue::from_str(&routes::login_refused(lang, setback, "")) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What is no setback of theirs, by its status alone.
pub(super) fn broken(cause: Error) -> Response {
    match cause {
        Error::Fault(fault) => StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
        cause if cause.is_unavailable() => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        cause => {
            tracing::error!(%cause, "somebody who came from or goes to another house could not be led on");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// `GET /auth/callback/{provider}`: the one address that providers know. It has no language; who comes back finds theirs again.
pub async fn come_back(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let browser = wire::cookie(&headers, Cookie::Identity, &site.app);
    let answer = read(uri.query().unwrap_or_default());
    match identity::finish(&site.app, &visitor, browser, &provider, &answer).await {
        Ok(arrival) => led_on(&site, arrival).await.unwrap_or_else(broken),
        Err(cause) => broken(cause),
    }
}

/// What stands in the address.
fn read(query: &str) -> Answer {
    Answer {
        state: only(query, "state").unwrap_or_default(),
        code: only(query, "code").unwrap_or_default(),
        error: only(query, "error"),
        issuer: only(query, "iss"),
    }
}

/// A part of an address; one that stands there twice has no one meaning and is passed over.
pub(super) fn only(query: &str, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let mut found = pairs.into_iter().filter(|(key, _)| key == name);
    let (_, first) = found.next()?;
    found.next().is_none().then_some(first)
}

/// On to where they wanted to go, or back to where they began, with the reason in the address.
async fn led_on(site: &Site, arrival: Arrival) -> Result<Response, Error> {
    let Arrival { lang, linking, next, outcome } = arrival;
    // the secret of this browser stays for the rest of its ten minutes: another tab may be on its way too
    let mut cookies = Vec::new();
    let target = match outcome {
        Ok(Came::In(arrived)) => {
            cookies.push(Cookie::Session.line(&site.app, arrived.session.reveal()));
            let wanted = Next::wanted(&next, routes::feed(lang));
            match arrived.is_new {
                true => routes::interests_then(lang, &wanted.0),
                false => at_home(site, &arrived.account, lang, wanted, &mut cookies).await?,
            }
        }
        Ok(Came::Second(challenge)) => {
            cookies.push(Cookie::Second.line(&site.app, challenge.reveal()));
            let wanted = Next::wanted(&next, routes::feed(lang));
            routes::with_next(&routes::second_step(lang), &wanted.0)
        }
        Ok(Came::Linked) => routes::security_done(lang, "linked"),
        Err(setback) if linking => routes::security_refused(lang, setback),
        Err(setback) => routes::login_refused(lang, setback, &next),
    };
    let location = HeaderValue::from_str(&target).map_err(Error::bug)?;
    let mut answer = (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response();
    for line in cookies.iter().filter_map(|line| HeaderValue::from_str(line).ok()) {
        answer.headers_mut().append(SET_COOKIE, line);
    }
    Ok(answer)
}

/// As after signing in with a password: colours as the account has them, and whoever agreed to older texts is asked before anything
/// else.
async fn at_home(site: &Site, account: &AccountId, lang: Lang, wanted: Next, cookies: &mut Vec<String>) -> Result<String, Error> {
    if let Some(theme) = accounts::theme_of(&site.app, account).await? {
        cookies.push(Cookie::Theme.line(&site.app, theme.as_str()));
    }
    let asks = accounts::asks_again(&site.app, account).await?;
    Ok(if asks { routes::with_next(&routes::privacy(lang), &wanted.0) } else { wanted.0 })
}
