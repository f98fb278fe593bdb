//! The router, top to bottom in the order a request meets it.

mod archives;
mod feeds;
mod health;
mod identity;
mod json;
mod language;
mod letters;
mod media;
mod multipart;
mod network;
mod offline;
mod packing;
mod page_cache;
mod pages;
mod papers;
mod patience;
mod payer;
mod plain;
mod progress;
mod range;
mod referrals;
mod render;
mod reports;
pub mod rest;
mod security;
mod session;
mod statements;
mod test_clock;
mod uploads;
mod webhooks;

pub use packing::takes_brotli;
pub use range::is_known;

use crate::clock::MovableClock;
use crate::config::{Config, Environment, Secret};
use crate::telemetry;
use app::routes::{self, OFFLINE, PAGES, WORKSHOP};
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use domain::App;
use model::viewer::Assets;
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

/// What every handler and every layer shares; each takes a copy for each request, so a copy is one pointer.
#[derive(Clone)]
pub struct Site(Arc<Shared>);

impl Deref for Site {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What a [`Site`] points to.
pub struct Shared {
    pub app: App,
    pub assets: Assets,
    pub forms: Arc<[wire::Form]>,
    pub metrics_token: Option<Secret>,
    pub pages: page_cache::PageCache,
    pub site_map: feeds::SiteMap,
    /// Proxies of ours, whose word on where a request comes from counts.
    pub trusted_proxies: Arc<[IpAddr]>,
    /// In which header they say from which country a request comes.
    pub country_header: Option<HeaderName>,
    /// Uploads that are being written to just now.
    pub busy: Arc<domain::uploads::Busy>,
    /// The headers of every answer.
    pub policy: security::Policy,
}

/// Everything that answers over HTTP. With a `clock` that can be moved, `POST /test/clock` moves it.
pub fn router(app: App, config: &Config, clock: Option<Arc<MovableClock>>) -> Router {
    // pages are rendered on tokio's threads; a second router (tests) finds that already said
    let _ = any_spawner::Executor::init_tokio();
    let site = Site(Arc::new(Shared {
        pages: page_cache::PageCache::new(&app),
        site_map: feeds::SiteMap::default(),
        policy: security::Policy::new(config, &app),
        app,
        assets: crate::site::assets(),
        forms: routes::forms().into(),
        metrics_token: config.metrics_token.clone(),
        trusted_proxies: config.trusted_proxies.0.clone().into(),
        country_header: config.country_header.clone(),
        busy: Arc::default(),
    }));
    let mut people = Router::new().route("/fn/{*name}", any(pages::server_function));
    let workshop = if config.environment == Environment::Production { &[] } else { WORKSHOP };
    for page in PAGES.iter().chain(workshop) {
        for lang in model::Lang::ALL {
            let path = format!("/{lang}{}", page.path);
            people = people.route(
                &path,
                get(move |site: State<Site>, request: Request| pages::show(site, *page, request))
                    .post(move |site: State<Site>, request: Request| pages::submit(site, *page, request)),
            );
        }
    }
    let everything = people
        .route("/auth/go/{state}", get(identity::go_on))
        .route("/auth/callback/{provider}", get(identity::come_back))
        .route("/auth/payer/{provider}", get(payer::come_back))
        .route("/auth/payer/{provider}/{order}", get(payer::go_on))
        .route("/unsubscribe/{token}", get(letters::ask).post(letters::at_once))
        .route("/media/{id}/{part}", get(media::send))
        .route("/uploads", post(uploads::create).options(uploads::options))
        .route("/uploads/{id}", get(uploads::status).patch(uploads::append).delete(uploads::remove).options(uploads::options))
        .route("/zh/learn/{course}/{lesson}/progress", post(progress::report))
        .route("/en/learn/{course}/{lesson}/progress", post(progress::report))
        .route("/zh/learn/{course}/{lesson}/source", get(progress::source))
        .route("/en/learn/{course}/{lesson}/source", get(progress::source))
        .route("/zh/studio/earnings/{file}", get(statements::yearly))
        .route("/en/studio/earnings/{file}", get(statements::yearly))
        .merge(rest::router())
        .route("/api/docs", get(rest::reference_page))
        .route("/zh/orders/{id}/receipt.pdf", get(papers::receipt))
        .route("/zh/orders/{id}/credit-notes/{number}", get(papers::credit_note))
        .route("/zh/me/invoices/{id}/files/{file}", get(papers::invoice))
        .route("/zh/admin/invoices.csv", get(papers::table))
        .route("/zh/admin/codes/{batch}/codes.csv", post(papers::codes))
        .route("/zh/admin/trail.csv", get(papers::trail))
        .route("/zh/settings/data/{id}", get(archives::send))
        .route("/en/settings/data/{id}", get(archives::send))
        .route("/en/orders/{id}/receipt.pdf", get(papers::receipt))
        .route("/en/orders/{id}/credit-notes/{number}", get(papers::credit_note))
        .route("/en/me/invoices/{id}/files/{file}", get(papers::invoice))
        .route("/en/admin/invoices.csv", get(papers::table))
        .route("/en/admin/codes/{batch}/codes.csv", post(papers::codes))
        .route("/en/admin/trail.csv", get(papers::trail))
        .fallback(pages::not_found)
        .layer(from_fn_with_state(site.clone(), referrals::tell))
        .layer(from_fn_with_state(site.clone(), session::resolve))
        .layer(from_fn_with_state(site.clone(), page_cache::serve))
        .layer(from_fn_with_state(site.clone(), referrals::remember))
        .layer(from_fn_with_state(site.clone(), language::remember))
        .merge(language::redirects())
        .route("/sitemap.xml", get(feeds::site_map))
        .route("/robots.txt", get(feeds::robots))
        .merge(offline_routes())
        .route("/pkg/{*file}", get(file))
        .route("/icons/{*file}", get(file))
        .route("/favicon.svg", get(file))
        .route("/manifest.zh.webmanifest", get(file))
        .route("/manifest.en.webmanifest", get(file))
        .route("/sw.js", get(file))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/webhooks/{provider}", post(webhooks::receive))
        .route("/reports/csp", post(reports::take))
        .merge(test_routes(clock, crate::gateway::Follower::of(config)))
        .layer(from_fn(telemetry::measure))
        .with_state(site.clone());
    // a kept page is looked for before the routes: most visitors need nothing else
    Router::new()
        .fallback_service(security::guard(everything, &site))
        .layer(from_fn_with_state(site, page_cache::first))
        .layer(from_fn(patience::bounded))
}

/// Outside the sessions: what is kept for going offline must be nobody's.
fn offline_routes() -> Router<Site> {
    let mut routes = Router::new().route(OFFLINE.path, get(offline::show));
    for lang in model::Lang::ALL {
        routes = routes.route(&format!("/{lang}{}", OFFLINE.path), get(offline::show));
    }
    routes
}

/// What only a test run has.
fn test_routes(clock: Option<Arc<MovableClock>>, provider: Option<crate::gateway::Follower>) -> Router<Site> {
    let Some(clock) = clock else { return Router::new() };
    Router::new().route("/test/clock", post(move |Json(wanted)| test_clock::apply(clock, provider, wanted)))
}

async fn file(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    crate::site::answer(path, request.headers()).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}
