//! Buyers inside a provider's app, on their way to the provider, which tells as whom it knows them, and back.

use super::identity::{broken, only};
use super::{Site, plain};
use axum::extract::{Extension, Path, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::settlement::{self, Said, Way};
use domain::{Error, Visitor};
use model::ids::OrderId;
use model::payments::Provider;
use model::{Fault, routes};

/// `GET /auth/payer/{provider}/{order}`: on to the provider's page. A page and no redirect, as for signing in: a form led here.
pub async fn go_on(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path((provider, order)): Path<(String, String)>,
) -> Response {
    let (Ok(provider), Ok(order)) = (provider.parse::<Provider>(), order.parse::<OrderId>()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match settlement::say_who(&site.app, &visitor, provider, &order).await {
        Ok(Way::On { lang, url }) => {
            plain::onward(&site, lang, &locale::orders::on_to(lang, locale::orders::provider_name(lang, provider)), &url)
        }
        Ok(Way::Back(page)) => to(&page),
        Err(cause) => refused(&visitor, cause, &routes::pay(visitor.lang, &order)),
    }
}

/// `GET /auth/payer/{provider}`: back from there, with a code. Its address has no language; the order knows its own.
pub async fn come_back(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(provider): Path<String>,
    uri: Uri,
) -> Response {
    let Ok(provider) = provider.parse::<Provider>() else { return StatusCode::NOT_FOUND.into_response() };
    let query = uri.query().unwrap_or_default();
    let said = Said { state: only(query, "state").unwrap_or_default(), code: only(query, "code").unwrap_or_default() };
    match settlement::said_who(&site.app, &visitor, provider, &said).await {
        Ok(page) => to(&page),
        Err(cause) => refused(&visitor, cause, &routes::my_orders(visitor.lang)),
    }
}

/// Who is not signed in does that first; everything else is told by its status.
fn refused(visitor: &Visitor, cause: Error, then: &str) -> Response {
    match cause {
        Error::Fault(Fault::SignIn) => to(&routes::with_next(&routes::login(visitor.lang), then)),
        cause => broken(cause),
    }
}

fn to(page: &str) -> Response {
    match HeaderValue::from_str(page) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
