//! The line to a provider: the one way out, tried twice.
//!
//! Every call that goes through here is safe to repeat: it reads, or it carries a key that the provider knows it by.

use crate::outgoing::{Outgoing, Unsent};
use domain::payments::Trouble;
use reqwest::{IntoUrl, Method, RequestBuilder, StatusCode};
use std::time::Duration;

pub use crate::outgoing::Reply;

/// How long before the second try.
const BREATH: Duration = Duration::from_millis(300);

/// A line to one provider.
#[derive(Clone, Debug)]
pub struct Line(Outgoing);

impl Line {
    /// To the provider at `url`; one that is reached without encryption is on this machine.
    pub fn to(url: &str) -> Result<Self, String> {
        Outgoing::to([url]).map(Self)
    }

    pub fn request(&self, method: Method, url: impl IntoUrl) -> RequestBuilder {
        self.0.request(method, url)
    }

    /// Sends what `request` makes, and once more where nothing came back or the provider was not at home. Silent where it
    /// remains unknown whether anything was done.
    pub async fn ask(&self, request: impl Fn() -> Result<RequestBuilder, Trouble>) -> Result<Reply, Trouble> {
        match self.once(request()?).await {
            Ok(reply) if !is_undecided(reply.status) => Ok(reply),
            _ => {
                tokio::time::sleep(BREATH).await;
                let reply = self.once(request()?).await?;
                if is_undecided(reply.status) { Err(Trouble::Silent(format!("status {}", reply.status))) } else { Ok(reply) }
            }
        }
    }

    /// Sends it once.
    pub async fn once(&self, request: RequestBuilder) -> Result<Reply, Trouble> {
        self.0.send(request).await.map_err(|unsent| match unsent {
            Unsent::Barred(_) => Trouble::Refused(unsent.to_string()),
            Unsent::Silent(cause) => Trouble::Silent(cause),
        })
    }
}

/// Over its limits, broken, or another place.
fn is_undecided(status: StatusCode) -> bool {
    status.is_server_error()
        || status.is_redirection()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT
}
