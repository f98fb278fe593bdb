//! Everything a request to the gateway needs.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use store::Db;

use crate::clock::{Clock, Moving};

/// What an operator gives the gateway.
#[derive(Clone)]
pub struct Settings {
    /// Its own database; see [`crate::open_database`].
    pub db: Db,
    /// The bearer key of its interface.
    pub key: String,
    /// The secrets that notifications are signed with: one, or two while they are being changed.
    pub webhook_secrets: Vec<String>,
    /// What time it is, in Unix milliseconds.
    pub clock: Clock,
    /// How payers reach it, without a slash at the end; its own address where that is enough.
    pub public_url: Option<String>,
}

/// The running gateway; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    pub(crate) db: Db,
    pub(crate) key: Arc<str>,
    pub(crate) webhook_secrets: Arc<[String]>,
    pub(crate) clock: Moving,
    pub(crate) http: reqwest::Client,
    /// The shop of the WeChat Pay imitation checks by certificates: its notifications are signed as its last call was answered.
    pub(crate) by_certificate: Arc<AtomicBool>,
    /// What the imitated WeChat has given to people whom it knows.
    pub(crate) codes: crate::wechat::Codes,
    public_url: Arc<str>,
}

impl Gateway {
    /// A gateway that answers at `address`, with its schema up to date.
    pub async fn open(settings: Settings, address: SocketAddr) -> store::Result<Self> {
        settings.db.migrate(&crate::MIGRATIONS).await?;
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| store::Error::Broken(error.into()))?;
        Ok(Self {
            db: settings.db,
            key: settings.key.into(),
            webhook_secrets: settings.webhook_secrets.into(),
            clock: Moving::new(settings.clock),
            http,
            by_certificate: Arc::default(),
            codes: crate::wechat::Codes::default(),
            public_url: settings.public_url.unwrap_or_else(|| format!("http://{address}")).into(),
        })
    }

    /// Unix milliseconds.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Where a payer pays.
    pub(crate) fn pay_url(&self, id: &str) -> String {
        format!("{}/pay/{id}", self.public_url)
    }
}

/// A new id: `pay_`, `re_`, `evt_` and a number that nobody guesses.
pub(crate) fn new_id(kind: &str) -> String {
    format!("{kind}_{}", uuid::Uuid::now_v7().simple())
}
