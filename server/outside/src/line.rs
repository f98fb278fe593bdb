//! The line to a provider: HTTP with a time limit and without redirects, tried twice.
//!
//! Every call that goes through here is safe to repeat: it reads, or it carries a key that the provider knows it by.

use domain::payments::Trouble;
use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder, StatusCode};
use std::time::Duration;

/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(12);
/// How long connecting may take.
const CONNECTING: Duration = Duration::from_secs(4);
/// How long before the second try.
const BREATH: Duration = Duration::from_millis(300);
/// The longest answer that is read.
const LONGEST: usize = 1024 * 1024;

/// A line to one provider.
#[derive(Clone, Debug)]
pub struct Line(Client);

/// What a provider answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Line {
    /// To the provider at `url`; one that is reached without encryption is near, and no proxy stands between.
    pub fn to(url: &str) -> Result<Self, String> {
        let mut client = Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(CONNECTING)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("Lectern/", env!("CARGO_PKG_VERSION")));
        if url.starts_with("http://") {
            client = client.no_proxy();
        }
        client.build().map(Self).map_err(|cause| cause.to_string())
    }

    pub fn client(&self) -> &Client {
        &self.0
    }

    /// Sends what `request` makes, and once more where nothing came back or the provider was not at home. Silent where it
    /// remains unknown whether anything was done.
    pub async fn ask(&self, request: impl Fn() -> Result<RequestBuilder, Trouble>) -> Result<Reply, Trouble> {
        match once(request()?).await {
            Ok(reply) if !is_undecided(reply.status) => Ok(reply),
            _ => {
                tokio::time::sleep(BREATH).await;
                let reply = once(request()?).await?;
                if is_undecided(reply.status) { Err(Trouble::Silent(format!("status {}", reply.status))) } else { Ok(reply) }
            }
        }
    }
}

/// Over its limits, broken, or another place.
fn is_undecided(status: StatusCode) -> bool {
    status.is_server_error()
        || status.is_redirection()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT
}

async fn once(request: RequestBuilder) -> Result<Reply, Trouble> {
    // an address may carry what nobody should read in a log
    let silent = |cause: reqwest::Error| Trouble::Silent(cause.without_url().to_string());
    let mut response = request.send().await.map_err(silent)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(silent)? {
        if body.len() + piece.len() > LONGEST {
            return Err(Trouble::Silent("an answer without end".into()));
        }
        body.extend_from_slice(&piece);
    }
    Ok(Reply { status, headers, body })
}
