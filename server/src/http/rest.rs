//! `/api/v1`: the school for other programs. Every handler asks the domain for what the pages ask it for, in JSON.
//!
//! One file per area; the OpenAPI document is made from the same lines that make the routes, so that they cannot differ.

mod body;
mod caller;
mod coupons;
mod ledger;
mod once;
mod orders;
mod paging;
mod problem;
mod quotes;
mod reference;
mod refunds;
mod refused;
mod subscribing;
mod subscriptions;
mod wire;

use super::Site;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use problem::Problem;
pub use reference::page as reference_page;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi as Described};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where the interface lives.
pub const ROOT: &str = "/api/v1";

#[derive(Described)]
#[openapi(
    info(
        title = "Lectern",
        version = "1",
        description = "Orders, refunds, memberships, coupons and the ledger of a school, for other programs. Amounts are whole numbers of the currency's \
                       smallest unit. Times are RFC 3339 in UTC. Calls that move money need an `Idempotency-Key`: sent again with \
                       the same key and body they do nothing new and answer as before. Errors are `application/problem+json` (RFC 9457).",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
    ),
    servers((url = "/api/v1")),
    security(("token" = []), ("session" = [])),
    components(schemas(Problem)),
    modifiers(&Keys)
)]
struct Document;

struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut OpenApi) {
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token from `/settings/tokens`; its scopes narrow what its owner may do."))
            .build();
        let session = ApiKey::Cookie(ApiKeyValue::with_description(
            "__Host-sid",
            "The session of a browser on the same origin (`sid` over plain http).",
        ));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
        components.add_security_scheme("session", SecurityScheme::ApiKey(session));
    }
}

fn described() -> OpenApiRouter<Site> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(quotes::create))
        .routes(routes!(quotes::read))
        .routes(routes!(orders::list, orders::create))
        .routes(routes!(orders::read))
        .routes(routes!(orders::pay))
        .routes(routes!(orders::cancel))
        .routes(routes!(refunds::list, refunds::create))
        .routes(routes!(refunds::read))
        .routes(routes!(refunds::approve))
        .routes(routes!(refunds::reject))
        .routes(routes!(subscribing::plans))
        .routes(routes!(subscriptions::list, subscribing::create))
        .routes(routes!(subscriptions::read))
        .routes(routes!(subscriptions::cancel))
        .routes(routes!(subscriptions::undo))
        .routes(routes!(subscriptions::pause))
        .routes(routes!(subscribing::resume))
        .routes(routes!(subscribing::pay))
        .routes(routes!(subscribing::preview))
        .routes(routes!(subscribing::change))
        .routes(routes!(coupons::list, coupons::create))
        .routes(routes!(coupons::read))
        .routes(routes!(coupons::end))
        .routes(routes!(ledger::balances))
        .routes(routes!(ledger::transfers))
}

/// The OpenAPI document.
pub fn document() -> OpenApi {
    whole().1
}

fn whole() -> (Router<Site>, OpenApi) {
    let (calls, mut document) = described().split_for_parts();
    refused::as_problems(&mut document);
    (calls, document)
}

/// `lectern openapi`.
#[allow(clippy::print_stdout)] // the document is what the command is for
pub fn print() -> Result<(), String> {
    let text = document().to_pretty_json().map_err(|cause| cause.to_string())?;
    println!("{text}");
    Ok(())
}

/// The calls, below [`ROOT`], their document and the page that shows it.
pub fn router() -> Router<Site> {
    let (calls, document) = whole();
    let text: axum::body::Bytes = serde_json::to_vec(&document).unwrap_or_default().into();
    let calls = calls
        .route("/openapi.json", get(move || async move { reference::document(text) }))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::wrong_method());
    Router::new().nest(ROOT, calls)
}

/// Whatever answers a program in the words of a page (too large, from elsewhere, broken) is told as a problem instead.
pub fn in_its_own_words(for_a_program: bool, answer: Response) -> Response {
    let told = for_a_program && problem::is_a_page(&answer);
    if told { Problem::of_status(answer.status()).into_response() } else { answer }
}
