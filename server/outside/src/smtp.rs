//! Letters by a mail server.

use crate::letterbox::message;
use domain::ports::{Letter, Mail, Outage};
use futures::future::BoxFuture;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// How long the server may take for one step.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server.
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: String,
}

/// Whether letters could be sent by this address of a mail server; why not otherwise.
pub fn check(url: &str) -> Result<(), String> {
    match AsyncSmtpTransport::<Tokio1Executor>::from_url(url) {
        Ok(_) => Ok(()),
        Err(cause) => Err(format!("smtp://user:password@host:port or smtps://…: {cause}")),
    }
}

impl Smtp {
    /// `url` is `smtp://user:password@host:port` (add `?tls=required` for STARTTLS) or `smtps://…`; `from` the sender.
    pub fn new(url: &str, from: &str) -> Result<Self, Outage> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|cause| Outage(cause.to_string()))?;
        Ok(Self { server: server.timeout(Some(PATIENCE)).build(), from: from.to_owned() })
    }
}

impl Mail for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Outage>> {
        Box::pin(async move {
            let message = message(letter, &self.from)?;
            self.server.send(message).await.map(|_| ()).map_err(|cause| Outage(cause.to_string()))
        })
    }
}
