//! The one way out: every request that this program makes over HTTP is sent here (docs/operating.md, "Requests that leave").
//!
//! A way is made for the addresses an operator has configured and leads to no other origin. Names are resolved by [`names`], which keeps
//! public addresses alone, and the connection is made to the very addresses that were looked at; what a name says a moment later changes
//! nothing. No redirect is followed, no proxy of the environment is used, an answer takes ten seconds and a mebibyte at most.
//!
//! An address that begins with `http://` is on this machine, and nothing but this machine is reached by it: so the sandbox works, and
//! production, whose configuration takes `https://` alone, never calls itself.

mod address;
mod names;

pub use names::{Lookup, SystemLookup};

use reqwest::header::HeaderMap;
use reqwest::{Client, IntoUrl, Method, Request, RequestBuilder, StatusCode, Url};
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long one request may take, from the name to the last byte.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long connecting may take.
const CONNECTING: Duration = Duration::from_secs(4);
/// The longest answer that is read.
const LONGEST: usize = 1024 * 1024;

/// A way to a few origins.
#[derive(Clone, Debug)]
pub struct Outgoing {
    client: Client,
    origins: Arc<BTreeSet<String>>,
    reach: Reach,
}

/// How far a way leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Over encrypted lines into the open network, and never to an address of our own network.
    Public,
    /// This machine alone.
    Near,
}

impl Reach {
    fn takes(self, address: IpAddr) -> bool {
        match self {
            Reach::Public => address::is_public(address),
            Reach::Near => address::is_near(address),
        }
    }
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Why nothing was answered; holds no address, which may carry what nobody should read in a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    /// It was not sent: this is no address that may be called.
    #[error("not an address that may be called: {0}")]
    Barred(&'static str),
    /// It was sent, or not; nothing readable came back.
    #[error("{0}")]
    Silent(String),
}

impl Outgoing {
    /// A way to the origins of these addresses, all of them `https://` or all of them `http://`.
    pub fn to<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        Self::with(addresses, SystemLookup)
    }

    /// The same with names looked up in another way.
    pub fn with<'a>(addresses: impl IntoIterator<Item = &'a str>, lookup: impl Lookup) -> Result<Self, String> {
        let mut origins = BTreeSet::new();
        let mut reach = None;
        for text in addresses {
            let url: Url = text.parse().map_err(|cause| format!("{text}: {cause}"))?;
            let this = match url.scheme() {
                "https" => Reach::Public,
                "http" => Reach::Near,
                _ => return Err(format!("{text}: begins with https://")),
            };
            if *reach.get_or_insert(this) != this {
                return Err(format!("{text}: either every address begins with https:// or every one with http://"));
            }
            origins.insert(url.origin().ascii_serialization());
        }
        let reach = reach.ok_or("no address")?;
        let client = Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(CONNECTING)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .https_only(reach == Reach::Public)
            .dns_resolver(Arc::new(names::Names::new(lookup, reach)))
            .user_agent(concat!("Lectern/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|cause| cause.to_string())?;
        Ok(Self { client, origins: Arc::new(origins), reach })
    }

    /// A request to be filled in; whether it may go where it wants to go is looked at when it is sent.
    pub fn request(&self, method: Method, url: impl IntoUrl) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends it, if it may be sent, and reads the answer.
    pub async fn send(&self, request: RequestBuilder) -> Result<Reply, Unsent> {
        let request: Request = request.build().map_err(silent)?;
        self.admits(request.url())?;
        let mut response = self.client.execute(request).await.map_err(silent)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(silent)? {
            if body.len() + piece.len() > LONGEST {
                return Err(Unsent::Silent("an answer without end".into()));
            }
            body.extend_from_slice(&piece);
        }
        Ok(Reply { status, headers, body })
    }

    /// Whether this address may be called. What a name stands for is looked at when it is resolved.
    pub fn admits(&self, url: &Url) -> Result<(), Unsent> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Unsent::Barred("it names a user"));
        }
        if !self.origins.contains(&url.origin().ascii_serialization()) {
            return Err(Unsent::Barred("no such host is configured"));
        }
        let host = url.host_str().unwrap_or_default();
        match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            Ok(address) if !self.reach.takes(address) => Err(Unsent::Barred(match self.reach {
                Reach::Public => "it lies in a private network",
                Reach::Near => "without encryption only this machine is reached",
            })),
            Err(_) if host.is_empty() => Err(Unsent::Barred("it has no host")),
            _ => Ok(()),
        }
    }
}

/// Whether this address is on this machine, as far as its text shows.
pub fn is_near(text: &str) -> bool {
    let Ok(url) = text.parse::<Url>() else { return false };
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
    host == "localhost" || host.ends_with(".localhost") || host.parse().is_ok_and(address::is_near)
}

/// Without the address, and with the reason at its root: "connection refused" says more than "error sending request".
fn silent(cause: reqwest::Error) -> Unsent {
    let cause = cause.without_url();
    let mut root: &dyn std::error::Error = &cause;
    while let Some(next) = root.source() {
        root = next;
    }
    let (whole, root) = (cause.to_string(), root.to_string());
    Unsent::Silent(if whole == root { whole } else { format!("{whole}: {root}") })
}

#[cfg(test)]
mod tests;
