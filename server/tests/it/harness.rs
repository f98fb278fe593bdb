//! The whole program on a port of its own, on a school with its cast: what stands between a browser and the rules.

use domain::testing::School;
use domain::{Member, accounts, events};
use lectern::config::Config;
use lectern::http;
use reqwest::header::{COOKIE, ORIGIN};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, Response};
use std::net::SocketAddr;
use store::testing::Fresh;
use store::{Kind, Migrations};
use tokio::net::TcpListener;

/// A running program and the school behind it.
pub struct Running {
    pub school: School,
    /// `http://127.0.0.1:port`
    pub url: String,
    client: reqwest::Client,
    _fresh: Fresh,
}

impl Running {
    pub async fn start(kind: Kind) -> Self {
        let fresh = Fresh::open(kind, Migrations::of_the_school()).await.expect("a fresh database");
        let school = School::open(fresh.db.clone()).await;
        let flags = [("env", "test"), ("listen", "127.0.0.1:0"), ("gateway", "off")];
        let flags = flags.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let config = Config::load(flags).expect("settings");
        let listener = TcpListener::bind(config.listen).await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = http::router(school.app.clone(), &config, None);
        tokio::spawn(async move { axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await });
        let client = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { school, url, client, _fresh: fresh }
    }

    /// Somebody unknown.
    pub fn anybody(&self) -> Browser<'_> {
        Browser { running: self, secret: None }
    }

    /// Somebody with a session of their own, fresh for this call.
    pub async fn signed_in(&self, member: &Member) -> Browser<'_> {
        let app = &self.school.app;
        let secret = app.db.write(async |tx| accounts::open_session(app, tx, &member.id, "a test").await).await;
        Browser { running: self, secret: Some(secret.expect("a session").reveal().to_owned()) }
    }

    /// A mark that moves whenever something happened.
    pub async fn mark(&self) -> events::Position {
        events::end(&mut self.school.app.db.read().await.expect("a connection")).await.expect("the log's end")
    }
}

/// What a person sends with.
pub struct Browser<'r> {
    running: &'r Running,
    secret: Option<String>,
}

impl Browser<'_> {
    /// A request as it is, with the cookie alone.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.running.client.request(method, format!("{}{path}", self.running.url));
        match &self.secret {
            Some(secret) => request.header(COOKIE, format!("sid={secret}")),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.bare(Method::GET, path).send().await.expect("an answer")
    }

    /// A form from a page of ours.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.bare(Method::POST, path).header(ORIGIN, &self.running.url);
        request.form(fields).send().await.expect("an answer")
    }
}

/// The value of an answer's header; empty where it has none.
pub fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
