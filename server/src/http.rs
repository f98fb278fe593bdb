//! The router, top to bottom in the order a request meets it.

mod language;
mod pages;
mod render;
mod session;

use crate::config::Config;
use app::routes::{self, PAGES};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use domain::App;
use model::viewer::Assets;
use std::sync::Arc;

/// What every handler shares.
#[derive(Clone)]
pub struct Site {
    pub app: App,
    pub assets: Assets,
    pub forms: Arc<[wire::Form]>,
    /// Production, or development over plain http.
    pub secure_cookies: bool,
}

/// Everything that answers over HTTP.
pub fn router(app: App, config: &Config) -> Router {
    // pages are rendered on tokio's threads; a second router (tests) finds that already said
    let _ = any_spawner::Executor::init_tokio();
    let site = Site {
        app,
        assets: crate::site::assets(),
        forms: routes::forms().into(),
        secure_cookies: config.public_url.starts_with("https://"),
    };
    let mut people = Router::new().route("/fn/{*name}", any(pages::server_function));
    for page in PAGES {
        for lang in model::Lang::ALL {
            let path = format!("/{lang}{}", page.path);
            people = people.route(
                &path,
                get(move |site: State<Site>, request: Request| pages::show(site, *page, request))
                    .post(move |site: State<Site>, request: Request| pages::submit(site, *page, request)),
            );
        }
    }
    people
        .fallback(pages::not_found)
        .layer(from_fn_with_state(site.clone(), session::resolve))
        .route("/", get(language::redirect))
        .route("/pkg/{*file}", get(file))
        .route("/icons/{*file}", get(file))
        .route("/favicon.svg", get(file))
        .route("/manifest.zh.webmanifest", get(file))
        .route("/manifest.en.webmanifest", get(file))
        .route("/sw.js", get(file))
        .route("/healthz", get(|| async { "ok" }))
        .with_state(site)
}

async fn file(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    crate::site::answer(path, request.headers()).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}
