//! A gateway on a free port, a shop that takes notifications, and a clock that is moved by hand.

use std::sync::atomic::{AtomicI64, AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use gateway::{Gateway, Settings};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use store::Db;
use tokio::net::TcpListener;

pub const KEY: &str = "sk_sandbox_test";
pub const SECRETS: [&str; 2] = ["whsec_new", "whsec_old"];

/// What the shop received.
#[derive(Clone)]
pub struct Received {
    pub signature: String,
    pub body: String,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// Checked in the way of a receiver: any `v1` may fit.
    pub fn is_genuine(&self, secret: &str) -> bool {
        use hmac::Mac;
        let mut parts = self.signature.split(',');
        let t = parts.next().unwrap().strip_prefix("t=").unwrap().to_owned();
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{t}.{}", self.body).as_bytes());
        let seal = hex::encode(mac.finalize().into_bytes());
        parts.any(|part| part.strip_prefix("v1=") == Some(seal.as_str()))
    }
}

#[derive(Clone)]
struct Shop {
    received: Arc<Mutex<Vec<Received>>>,
    answer: Arc<AtomicU16>,
}

pub struct Booth {
    pub url: String,
    pub shop_url: String,
    pub http: Client,
    clock: Arc<AtomicI64>,
    shop: Shop,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Booth {
    pub async fn open(db: Db) -> Self {
        let clock = Arc::new(AtomicI64::new(1_795_420_800_000));
        let shop = Shop { received: Arc::default(), answer: Arc::new(AtomicU16::new(200)) };
        let shop_listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop_url = format!("http://{}", shop_listener.local_addr().unwrap());
        let site = Router::new().route("/webhooks/sandbox", post(receive)).with_state(shop.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let now = clock.clone();
        let settings = Settings {
            db,
            key: KEY.into(),
            webhook_secrets: SECRETS.map(String::from).into(),
            clock: Arc::new(move || now.load(Ordering::Relaxed)),
            public_url: None,
        };
        let gateway = Gateway::open(settings, address).await.unwrap();
        let tasks = vec![
            tokio::spawn(async move { axum::serve(shop_listener, site).await.unwrap() }),
            tokio::spawn(gateway::work(gateway.clone())),
            tokio::spawn(async move { axum::serve(listener, gateway::router(gateway)).await.unwrap() }),
        ];
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { url: format!("http://{address}"), shop_url, http, clock, shop, tasks }
    }

    pub fn after(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// What the shop answers from now on.
    pub fn shop_answers(&self, status: u16) {
        self.shop.answer.store(status, Ordering::Relaxed);
    }

    pub fn received(&self) -> Vec<Received> {
        self.shop.received.lock().unwrap().clone()
    }

    /// Waits until the shop has received so many.
    pub async fn hears(&self, count: usize) -> Vec<Received> {
        for _ in 0..400 {
            if self.received().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let received = self.received();
        assert_eq!(received.len(), count, "{:?}", received.iter().map(Received::kind).collect::<Vec<_>>());
        received
    }

    pub fn payment(&self, amount: i64) -> Value {
        json!({ "amount": amount, "currency": "CNY", "reference": "order-1", "description": "概率思维",
                "return_url": format!("{}/orders/1?a=1&b=2", self.shop_url),
                "notify_url": format!("{}/webhooks/sandbox", self.shop_url) })
    }

    pub async fn post(&self, path: &str, key: Option<&str>, body: &Value) -> Response {
        let mut request = self.http.post(format!("{}{path}", self.url)).bearer_auth(KEY).body(body.to_string());
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request.send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        self.http.get(format!("{}{path}", self.url)).bearer_auth(KEY).send().await.unwrap().json().await.unwrap()
    }

    /// Opens a payment and gives its id.
    pub async fn open_payment(&self, amount: i64) -> String {
        let opened: Value = self.post("/v1/payments", Some("first"), &self.payment(amount)).await.json().await.unwrap();
        opened["id"].as_str().unwrap().to_owned()
    }

    pub async fn status(&self, id: &str) -> String {
        self.get(&format!("/v1/payments/{id}")).await["status"].as_str().unwrap().to_owned()
    }

    /// A choice on the hosted page; the status of its answer.
    pub async fn choose(&self, id: &str, fields: &str) -> StatusCode {
        self.submit(id, fields).await.status()
    }

    pub async fn submit(&self, id: &str, fields: &str) -> Response {
        let request = self.http.post(format!("{}/pay/{id}?lang=en", self.url));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(fields.to_owned()).send().await.unwrap()
    }

    pub async fn look(&self, id: &str) -> Response {
        self.http.get(format!("{}/pay/{id}?lang=en", self.url)).send().await.unwrap()
    }
}

impl Drop for Booth {
    fn drop(&mut self) {
        self.tasks.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

async fn receive(State(shop): State<Shop>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers["lectern-sandbox-signature"].to_str().unwrap().to_owned();
    let body = String::from_utf8(body.to_vec()).unwrap();
    shop.received.lock().unwrap().push(Received { signature, body });
    StatusCode::from_u16(shop.answer.load(Ordering::Relaxed)).unwrap()
}
