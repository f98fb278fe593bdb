//! The program with the test school behind it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::Member;
use domain::app::Settings;
use domain::testing::School;
use lectern::config::Config;
use std::net::SocketAddr;
use std::sync::Arc;
use store::Db;
use tower::ServiceExt;

pub struct Program {
    pub school: School,
    router: Router,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Program {
    pub async fn open(db: Db) -> Self {
        Self::of(School::open(db).await)
    }

    /// The program with this very school behind it.
    pub fn of(school: School) -> Self {
        Self::configured(school, &[])
    }

    /// The same with these settings.
    pub fn configured(school: School, settings: &[(&str, &str)]) -> Self {
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let config = Config::load(settings).expect("settings");
        let router = lectern::http::router(school.app.clone(), &config, None);
        Self { school, router }
    }

    /// The cookie of somebody who signed in.
    pub async fn cookie(&self, member: &Member) -> String {
        let app = &self.school.app;
        let secret = app.db.write(async |tx| domain::accounts::open_session(app, tx, &member.id, "a browser").await).await;
        format!("{}={}", wire::Cookie::Session.name(app), secret.expect("a session").reveal())
    }

    /// The same for whoever asks so often that they would be told to wait, where something else is to be seen.
    pub async fn without_limits(db: Db) -> Self {
        let mut school = School::open(db).await;
        school.app.settings = Arc::new(Settings { limits: false, ..(*school.app.settings).clone() });
        Self::of(school)
    }

    /// The same school as people reach it in production: over https.
    pub async fn over_https(db: Db) -> Self {
        let mut school = School::open(db).await;
        let url = "https://lectern.example".to_owned();
        school.app.settings = Arc::new(Settings { public_url: url.clone(), ..(*school.app.settings).clone() });
        let config = Config::load([("public_url".to_owned(), url)].into()).expect("settings");
        let router = lectern::http::router(school.app.clone(), &config, None);
        Self { school, router }
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, path, headers, Body::empty()).await
    }

    /// A page of ours asks, as a browser says it.
    pub async fn post_json(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let headers = [&[("content-type", "application/json"), ("sec-fetch-site", "same-origin")], headers].concat();
        self.ask(Method::POST, path, &headers, body.to_owned().into()).await
    }

    /// Somebody at this address asks.
    pub async fn get_from(&self, peer: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = request(Method::GET, path, headers, Body::empty());
        let peer = SocketAddr::new(peer.parse().expect("an address"), 50_000);
        request.extensions_mut().insert(ConnectInfo(peer));
        self.answer(request).await
    }

    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        self.answer(request(method, path, headers, body)).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, 64 * 1024 * 1024).await.expect("a body");
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

fn request(method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).expect("a request")
}
