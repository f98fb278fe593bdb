//! A counter where one adapter meets the provider it speaks with, imitated: its own books, a clock moved by hand, a shop's
//! letterbox for notifications, and a payer.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use domain::payments::{Begin, Begun, Gateway, Notification, Subject, Unverified};
use domain::ports::Clock;
use gateway::emulation as imitated;
use model::Moment;
use outside::{Hidden, alipay, sandbox, stripe, wechat};
use reqwest::Client;
use serde_json::Value;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

const KEY: &str = "the-key-of-a-test";
const SECRETS: [&str; 2] = ["whsec_new_secret", "whsec_old_secret"];

/// Whose words are spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    Sandbox,
    Stripe,
    Alipay,
    Wechat,
}

/// A notification as it arrived: the signature headers' values in the adapter's order, and the body.
#[derive(Clone)]
pub struct Parcel {
    pub headers: Vec<String>,
    pub body: Vec<u8>,
    /// When it arrived, in Unix seconds of the counter's clock.
    pub at: i64,
}

struct HandClock(Arc<AtomicI64>);

impl Clock for HandClock {
    fn now(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::Relaxed))
    }
}

#[derive(Clone)]
struct Letterbox {
    parcels: Arc<Mutex<Vec<Parcel>>>,
    names: &'static [&'static str],
    talk: Talk,
    clock: Arc<AtomicI64>,
}

pub struct Counter {
    pub gateway: Box<dyn Gateway>,
    pub talk: Talk,
    url: String,
    http: Client,
    clock: Arc<AtomicI64>,
    parcels: Arc<Mutex<Vec<Parcel>>>,
    attempts: AtomicI64,
    tasks: Vec<tokio::task::JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

/// How an adapter is made for a provider at `url` that notifies `shop`.
type Maker = fn(url: &str, shop: &str, clock: Arc<dyn Clock>) -> Box<dyn Gateway>;

fn sandbox_at(url: &str, shop: &str, _: Arc<dyn Clock>) -> Box<dyn Gateway> {
    let settings = sandbox::Settings {
        url: url.into(),
        key: KEY.into(),
        webhook_secrets: vec![SECRETS[1].into()],
        notify_url: format!("{shop}/webhook"),
    };
    Box::new(sandbox::Sandbox::new(settings).unwrap())
}

fn stripe_settings(url: &str) -> stripe::Settings {
    stripe::Settings {
        url: format!("{url}/stripe"),
        key: Hidden::new(format!("sk_test_{KEY}")),
        webhook_secrets: vec![Hidden::new(SECRETS[1])],
    }
}

fn stripe_at(url: &str, _: &str, clock: Arc<dyn Clock>) -> Box<dyn Gateway> {
    Box::new(stripe::Stripe::new(stripe_settings(url), clock).unwrap())
}

fn alipay_settings(url: &str, shop: &str) -> alipay::Settings {
    alipay::Settings {
        url: format!("{url}/alipay/gateway.do"),
        app_id: imitated::ALIPAY_APP_ID.into(),
        seller_id: imitated::ALIPAY_SELLER_ID.into(),
        key: imitated::MERCHANT_KEY.parse().unwrap(),
        papers: alipay::Papers::Key(imitated::PLATFORM_PUBLIC_KEY.parse().unwrap()),
        notify_url: format!("{shop}/webhook"),
    }
}

fn alipay_at(url: &str, shop: &str, clock: Arc<dyn Clock>) -> Box<dyn Gateway> {
    Box::new(alipay::Alipay::new(alipay_settings(url, shop), clock).unwrap())
}

fn alipay_with_certificates_at(url: &str, shop: &str, clock: Arc<dyn Clock>) -> Box<dyn Gateway> {
    let papers = alipay::Papers::Certificates {
        ours: imitated::MERCHANT_CERTIFICATE.parse().unwrap(),
        roots: imitated::PLATFORM_CERTIFICATE.parse().unwrap(),
        alipay: imitated::PLATFORM_CERTIFICATE.parse().unwrap(),
    };
    Box::new(alipay::Alipay::new(alipay::Settings { papers, ..alipay_settings(url, shop) }, clock).unwrap())
}

fn wechat_settings(url: &str, shop: &str) -> wechat::Settings {
    wechat::Settings {
        url: format!("{url}/wechat"),
        app_id: imitated::WECHAT_APP_ID.into(),
        merchant: imitated::WECHAT_MERCHANT_ID.into(),
        serial: imitated::WECHAT_MERCHANT_SERIAL.into(),
        key: imitated::MERCHANT_KEY.parse().unwrap(),
        api_key: imitated::WECHAT_API_KEY.parse().unwrap(),
        papers: wechat::Papers::Key {
            id: imitated::WECHAT_PUBLIC_KEY_ID.into(),
            key: imitated::PLATFORM_PUBLIC_KEY.parse().unwrap(),
        },
        notify_url: format!("{shop}/webhook"),
        inside: None,
    }
}

fn wechat_that_knows_people_at(url: &str, shop: &str, clock: Arc<dyn Clock>) -> Box<dyn Gateway> {
    let url_of_wechat = format!("{url}/wechat");
    let inside = wechat::Inside {
        secret: Hidden::new(imitated::WECHAT_APP_SECRET),
        open_url: url_of_wechat.clone(),
        api_url: url_of_wechat,
    };
    let settings = wechat::Settings { inside: Some(inside), ..wechat_settings(url, shop) };
    Box::new(wechat::Wechat::new(settings, clock).unwrap())
}

fn wechat_at(url: &str, shop: &str, clock: Arc<dyn Clock>) -> Box<dyn Gateway> {
    Box::new(wechat::Wechat::new(wechat_settings(url, shop), clock).unwrap())
}

fn wechat_with_certificates_at(url: &str, shop: &str, clock: Arc<dyn Clock>) -> Box<dyn Gateway> {
    let settings = wechat::Settings { papers: wechat::Papers::Certificates, ..wechat_settings(url, shop) };
    Box::new(wechat::Wechat::new(settings, clock).unwrap())
}

fn maker(talk: Talk) -> Maker {
    match talk {
        Talk::Sandbox => sandbox_at,
        Talk::Stripe => stripe_at,
        Talk::Alipay => alipay_at,
        Talk::Wechat => wechat_at,
    }
}

impl Counter {
    pub async fn open(talk: Talk) -> Self {
        Self::with(talk, maker(talk)).await
    }

    /// The same adapter before a provider that is away: nobody listens where it is.
    pub async fn deserted(&self) -> Box<dyn Gateway> {
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", door.local_addr().unwrap());
        drop(door);
        maker(self.talk)(&url, &url, Arc::new(HandClock(self.clock.clone())))
    }

    pub fn now(&self) -> Moment {
        Moment::from_millis(self.clock.load(Ordering::Relaxed))
    }

    pub async fn with_certificates() -> Self {
        Self::with(Talk::Wechat, wechat_with_certificates_at).await
    }

    /// WeChat Pay with the secret of our application.
    pub async fn that_knows_people() -> Self {
        Self::with(Talk::Wechat, wechat_that_knows_people_at).await
    }

    pub async fn with_alipay_s_certificates() -> Self {
        Self::with(Talk::Alipay, alipay_with_certificates_at).await
    }

    async fn with(talk: Talk, maker: Maker) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(1_795_420_800_000));
        let desk = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", desk.local_addr().unwrap());
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = format!("http://{}", door.local_addr().unwrap());
        let gateway = maker(&url, &shop, Arc::new(HandClock(clock.clone())));
        let now = clock.clone();
        let settings = gateway::Settings {
            db: gateway::open_database(&format!("sqlite://{}", folder.path().join("books.db").display())).await.unwrap(),
            key: KEY.into(),
            webhook_secrets: SECRETS.map(String::from).into(),
            clock: Arc::new(move || now.load(Ordering::Relaxed)),
            public_url: None,
        };
        let parcels: Arc<Mutex<Vec<Parcel>>> = Arc::default();
        let letterbox = Letterbox { parcels: parcels.clone(), names: gateway.signed_in(), talk, clock: clock.clone() };
        let site = Router::new().route("/webhook", post(receive)).with_state(letterbox);
        let tasks = vec![
            tokio::spawn(async move { axum::serve(door, site).await.unwrap() }),
            tokio::spawn(async move { gateway::serve(desk, settings).await.unwrap() }),
        ];
        let http = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let counter = Self { gateway, talk, url, http, clock, parcels, attempts: AtomicI64::new(0), tasks, _folder: folder };
        if talk == Talk::Stripe {
            let endpoint = counter.http.post(format!("{}/stripe/v1/webhook_endpoints", counter.url));
            let endpoint = endpoint.bearer_auth(format!("sk_test_{KEY}")).form(&[("url", format!("{shop}/webhook"))]);
            assert!(endpoint.send().await.unwrap().status().is_success());
        }
        counter
    }

    /// All of an adapter's settings as a log would show them.
    pub fn settings_printed(talk: Talk) -> String {
        let (url, shop) = ("http://127.0.0.1:1", "http://127.0.0.1:2");
        match talk {
            Talk::Stripe => format!("{:?}", stripe_settings(url)),
            Talk::Alipay => format!("{:?}", alipay_settings(url, shop)),
            _ => format!("{:?}", wechat_settings(url, shop)),
        }
    }

    /// A new id of an attempt or refund, made now.
    pub fn attempt(&self) -> String {
        let millis = self.clock.load(Ordering::Relaxed);
        let number = self.attempts.fetch_add(1, Ordering::Relaxed);
        let hex = format!("{millis:012x}");
        format!("{}-{}-7000-8000-{number:012x}", &hex[..8], &hex[8..])
    }

    pub fn after(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    pub async fn faults(&self, faults: Value) {
        let set = self.http.post(format!("{}/v1/faults", self.url)).bearer_auth(KEY).json(&faults).send().await.unwrap();
        assert_eq!(set.status(), 200);
    }

    /// A figure of the provider's own books.
    pub async fn truth(&self, figure: &str) -> i64 {
        let truth: Value = self.http.get(format!("{}/truth", self.url)).send().await.unwrap().json().await.unwrap();
        truth["totals"][0][figure].as_i64().unwrap_or(0)
    }

    /// The payer's browser, or phone, opens the way to pay: the address of the hosted page.
    pub async fn opens(&self, begun: &Begun) -> String {
        if let Some(code) = begun.pay_url.strip_prefix("weixin://wxpay/bizpayurl?pr=") {
            return format!("{}/pay/{code}", self.url);
        }
        // the sheet is paid where the payment that it names is
        if let Some((_, rest)) = begun.pay_url.split_once("package=prepay%5Fid%3Dwx") {
            let id = rest.split('&').next().unwrap().replace("%5F", "_");
            return format!("{}/pay/{id}", self.url);
        }
        let page = self.http.get(&begun.pay_url).send().await.unwrap();
        match page.headers().get("location") {
            Some(location) => location.to_str().unwrap().to_owned(),
            None => {
                assert!(page.status().is_success(), "{} {}", page.status(), begun.pay_url);
                begun.pay_url.split('?').next().unwrap().to_owned()
            }
        }
    }

    /// The payer opens it and chooses.
    pub async fn pays(&self, begun: &Begun, action: &str) {
        let page = self.opens(begun).await;
        let chosen = self.http.post(format!("{page}?lang=en")).form(&[("action", action)]).send().await.unwrap();
        assert_eq!(chosen.status(), 303, "{action}");
    }

    /// Begun and paid: the attempt and the provider's id of it.
    pub async fn paid(&self, asked: &Begin) -> (String, String) {
        let begun = self.gateway.begin(asked).await.unwrap();
        self.pays(&begun, "pay").await;
        let found = self.gateway.query(&asked.attempt, Some(&begun.provider_id)).await.unwrap().unwrap();
        (asked.attempt.clone(), found.provider_id)
    }

    /// The first notification that is genuine.
    pub async fn hears(&self) -> Notification {
        self.hears_of(|subject| *subject != Subject::Other).await
    }

    pub async fn hears_of(&self, wanted: impl Fn(&Subject) -> bool) -> Notification {
        for _ in 0..240 {
            if let Some(found) = self.sorted().await.0.into_iter().find(|one| wanted(&one.subject)) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("nothing of the kind among {:?}", self.sorted().await.0);
    }

    /// Waits until nothing more arrives for a while.
    pub async fn settles(&self) {
        let mut before = usize::MAX;
        loop {
            let now = self.parcels.lock().unwrap().len();
            if now == before {
                return;
            }
            before = now;
            tokio::time::sleep(Duration::from_millis(700)).await;
        }
    }

    /// What was taken, and how much was refused.
    pub async fn sorted(&self) -> (Vec<Notification>, usize) {
        let parcels = self.parcels.lock().unwrap().clone();
        let (mut taken, mut refused) = (Vec::new(), 0);
        for parcel in &parcels {
            match self.takes(parcel).await {
                Ok(notification) => taken.push(notification),
                Err(_) => refused += 1,
            }
        }
        (taken, refused)
    }

    /// The first parcel that is genuine.
    pub async fn parcel(&self) -> Parcel {
        self.hears().await;
        let parcels = self.parcels.lock().unwrap().clone();
        for parcel in parcels {
            if self.takes(&parcel).await.is_ok() {
                return parcel;
            }
        }
        panic!("no parcel");
    }

    /// Verified and read at the moment it arrived.
    pub async fn takes(&self, parcel: &Parcel) -> Result<Notification, Unverified> {
        self.takes_at(parcel, 0).await
    }

    /// The same so many seconds later.
    pub async fn takes_at(&self, parcel: &Parcel, later: i64) -> Result<Notification, Unverified> {
        let headers: Vec<&str> = parcel.headers.iter().map(String::as_str).collect();
        let now = Moment::from_millis((parcel.at + later) * 1000);
        self.gateway.verify(&headers, &parcel.body, now).await?;
        self.gateway.read(&parcel.body)
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.tasks.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

async fn receive(State(letterbox): State<Letterbox>, headers: HeaderMap, body: Bytes) -> (StatusCode, &'static str) {
    let value = |name: &&str| headers.get(*name).map_or_else(String::new, |value| value.to_str().unwrap().to_owned());
    let headers = letterbox.names.iter().map(value).collect();
    let at = letterbox.clock.load(Ordering::Relaxed) / 1000;
    letterbox.parcels.lock().unwrap().push(Parcel { headers, body: body.to_vec(), at });
    (StatusCode::OK, if letterbox.talk == Talk::Alipay { "success" } else { "" })
}
