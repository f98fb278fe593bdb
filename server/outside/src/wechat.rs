//! WeChat Pay, version 3: a code to scan on a desktop, a page on a phone, the app's own sheet inside WeChat.
//!
//! It takes fen alone and cannot charge without the payer. Every request is ours by signature, every answer its own.

mod inside;
pub(crate) mod proof;
pub(crate) mod seal;
mod trust;
pub(crate) mod wire;

use crate::keys::Key;
use crate::line::{Line, Reply};
use crate::numbers::{at_most, id_of, number_of};
use crate::shanghai;
use domain::payments::{
    Acquaintance, Begin, Begun, Fact, Found, Gateway, Gone, Notification, RefundAsk, RefundFound, SHEET, Trouble, Unverified,
};
use domain::ports::{Chance, Clock, SystemChance};
use futures::future::BoxFuture;
use model::payments::{Device, Provider};
use model::time::{Span, minutes};
use model::{Currency, Moment};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;
use trust::Trust;

pub use inside::Inside;
pub use seal::ApiKey;
pub use trust::Papers;

/// The headers of its answers and notifications.
const TIMESTAMP: &str = "wechatpay-timestamp";
const NONCE: &str = "wechatpay-nonce";
const SERIAL: &str = "wechatpay-serial";
const SIGNATURE: &str = "wechatpay-signature";

/// The page for phones opens for five minutes (PRV-W5); so long it is handed out.
const PAGE_LIFE: Span = minutes(4);

/// What WeChat Pay needs to be told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it answers, without a slash at the end: `https://api.mch.weixin.qq.com`.
    pub url: String,
    /// Our application.
    pub app_id: String,
    /// Our number as a merchant.
    pub merchant: String,
    /// The serial number of our certificate.
    pub serial: String,
    /// Our private key.
    pub key: Key,
    /// What it seals notifications with.
    pub api_key: ApiKey,
    pub papers: Papers,
    /// Where it sends notifications; without a query.
    pub notify_url: String,
    /// By which it tells who pays inside the app; without it there is no sheet.
    pub inside: Option<Inside>,
}

/// WeChat Pay.
pub struct Wechat {
    settings: Settings,
    line: Line,
    trust: Trust,
    clock: Arc<dyn Clock>,
    doorman: Option<inside::Doorman>,
}

/// What a call led to: its answer, or a refusal with WeChat Pay's word for it.
enum Outcome<T> {
    Done(T),
    Refused(StatusCode, String),
}

impl Wechat {
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, String> {
        let line = Line::to(&settings.url)?;
        let trust = Trust::new(settings.papers.clone());
        let doorman = settings.inside.clone().map(|inside| inside::Doorman::new(&settings.app_id, inside)).transpose()?;
        Ok(Self { settings, line, trust, clock, doorman })
    }

    /// One signed call. The bytes that are sent are the bytes that are signed.
    async fn send(&self, method: &Method, path: &str, body: &str) -> Result<Reply, Trouble> {
        let url = format!("{}{path}", self.settings.url);
        let signed_path = reqwest::Url::parse(&url).map_err(|cause| Trouble::Refused(cause.to_string()))?;
        let signed_path = match signed_path.query() {
            Some(query) => format!("{}?{query}", signed_path.path()),
            None => signed_path.path().to_owned(),
        };
        let request = || {
            let mut random = [0; 16];
            SystemChance.fill(&mut random);
            let nonce = hex::encode_upper(random);
            let seconds = self.clock.now().seconds();
            let message = proof::of_request(method.as_str(), &signed_path, seconds, &nonce, body);
            let signature = self.settings.key.sign(message.as_bytes()).map_err(Trouble::Refused)?;
            let Settings { merchant, serial, .. } = &self.settings;
            let request = self
                .line
                .request(method.clone(), &url)
                .header("authorization", proof::header(merchant, serial, &nonce, seconds, &signature))
                .header("accept", "application/json");
            let request = match self.trust.named() {
                Some(id) => request.header(SERIAL, id),
                None => request,
            };
            Ok(if body.is_empty() { request } else { request.header("content-type", "application/json").body(body.to_owned()) })
        };
        self.line.ask(request).await
    }

    async fn call<T: DeserializeOwned>(&self, method: Method, path: &str, body: &Value) -> Result<Outcome<T>, Trouble> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let reply = self.send(&method, path, &body).await?;
        let headers: Option<Vec<&str>> =
            [TIMESTAMP, NONCE, SERIAL, SIGNATURE].iter().map(|name| reply.headers.get(*name)?.to_str().ok()).collect();
        let now = self.clock.now();
        let verified = match &headers {
            Some(headers) => self.check(headers, &reply.body, now).await,
            None => Err("an answer without a signature"),
        };
        // who is not let in is told so before anything is signed
        if let Err(cause) = verified
            && reply.status != StatusCode::UNAUTHORIZED
        {
            return Err(Trouble::Silent(cause.into()));
        }
        if reply.status.is_success() {
            // closing answers with nothing at all
            let text: &[u8] = if reply.body.is_empty() { b"null" } else { &reply.body };
            return serde_json::from_slice(text).map(Outcome::Done).map_err(|_| Trouble::Silent("an unreadable answer".into()));
        }
        let problem: wire::Problem = serde_json::from_slice(&reply.body).unwrap_or_default();
        match problem.code.as_str() {
            "SYSTEM_ERROR" | "SYSTEMERROR" | "BIZERR_NEED_RETRY" | "FREQUENCY_LIMITED" | "" => {
                Err(Trouble::Silent(format!("{} {}", reply.status, problem.code)))
            }
            _ => Ok(Outcome::Refused(reply.status, problem.code)),
        }
    }

    /// Whether WeChat Pay signed this. A key that is not known may be a new one: they are fetched, once in a while.
    async fn check(&self, headers: &[&str], body: &[u8], now: Moment) -> Result<(), &'static str> {
        let [timestamp, nonce, serial, signature] = headers else { return Err("not exactly one signature") };
        proof::check_fresh(timestamp, now.seconds())?;
        if self.trust.key(serial).is_none() && self.trust.may_ask(now) {
            self.fetch_certificates().await;
        }
        let key = self.trust.key(serial).ok_or("signed by a key that nobody knows")?;
        if key.verifies(&proof::of_answer(timestamp, nonce, body), signature) {
            Ok(())
        } else {
            Err("no signature of WeChat Pay's")
        }
    }

    /// Certificates come sealed under our key of version 3, and the answer that brings them is signed by one of them.
    async fn fetch_certificates(&self) {
        let fetched = async {
            let reply = self.send(&Method::GET, "/v3/certificates", "").await.map_err(|cause| format!("{cause:?}"))?;
            let list: wire::Certificates = serde_json::from_slice(&reply.body).map_err(|cause| cause.to_string())?;
            let found = list.open(&self.settings.api_key)?;
            let text = |name: &str| reply.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let (serial, signature) = (text(SERIAL), text(SIGNATURE));
            let signer = found.iter().find(|certificate| certificate.serial == serial).ok_or("signed by none of them")?;
            let message = proof::of_answer(text(TIMESTAMP), text(NONCE), &reply.body);
            if !signer.key.verifies(&message, signature) {
                return Err("not signed by WeChat Pay".to_owned());
            }
            Ok(found)
        };
        match fetched.await {
            Ok(certificates) => self.trust.learn(certificates),
            Err(cause) => tracing::warn!(%cause, "WeChat Pay's certificates were not fetched"),
        }
    }

    async fn open(&self, payment: &Begin) -> Result<Begun, Trouble> {
        let total = wire::fen(payment.amount)?;
        let number = number_of(&payment.attempt);
        let Settings { app_id, merchant, notify_url, .. } = &self.settings;
        let begun_at = self.clock.now();
        let until = Moment::from_millis(begun_at.millis() + payment.expires_in.clamp(60, 7_200) * 1000);
        let mut body = json!({
            "appid": app_id,
            "mchid": merchant,
            "description": at_most(&payment.description, 120),
            "out_trade_no": number,
            "time_expire": format!("{}+08:00", shanghai::written(until).replace(' ', "T")),
            "notify_url": notify_url,
            "amount": { "total": total, "currency": "CNY" },
        });
        // without knowing who pays, even inside WeChat a code is what is left
        let device = match (payment.device, &payment.payer) {
            (Device::WechatApp, None) => Device::Desktop,
            (device, _) => device,
        };
        let path = match device {
            Device::Desktop => "/v3/pay/transactions/native",
            Device::Phone => {
                let address = payment.address.as_deref().unwrap_or("127.0.0.1");
                body["scene_info"] = json!({ "payer_client_ip": address, "h5_info": { "type": "Wap" } });
                "/v3/pay/transactions/h5"
            }
            Device::WechatApp => {
                body["payer"] = json!({ "openid": payment.payer });
                "/v3/pay/transactions/jsapi"
            }
        };
        let opened: wire::Opened = match self.call(Method::POST, path, &body).await? {
            Outcome::Done(opened) => opened,
            Outcome::Refused(_, word) => return Err(Trouble::Refused(word)),
        };
        let mut pay_until = None;
        let pay_url = match opened {
            wire::Opened { code_url: Some(url), .. } => url,
            wire::Opened { h5_url: Some(url), .. } => {
                let back = utf8_percent_encode(&payment.return_url, NON_ALPHANUMERIC);
                pay_until = Some(begun_at + PAGE_LIFE);
                let joint = if url.contains('?') { '&' } else { '?' };
                format!("{url}{joint}redirect_url={back}")
            }
            wire::Opened { prepay_id: Some(prepaid), .. } => self.sheet(&prepaid)?,
            _ => return Err(Trouble::Silent("begun without a way to pay".into())),
        };
        Ok(Begun { provider_id: number, pay_url, pay_until, fact: Fact::Open })
    }

    /// What the page hands to WeChat to open the sheet (PRV-W6), as `weixin-jsapi:?…`.
    fn sheet(&self, prepaid: &str) -> Result<String, Trouble> {
        let mut random = [0; 16];
        SystemChance.fill(&mut random);
        let (seconds, nonce) = (self.clock.now().seconds().to_string(), hex::encode_upper(random));
        let message = proof::of_sheet(&self.settings.app_id, &seconds, &nonce, prepaid);
        let signature = self.settings.key.sign(message.as_bytes()).map_err(Trouble::Refused)?;
        let package = format!("prepay_id={prepaid}");
        let parts = [
            ("appId", self.settings.app_id.as_str()),
            ("timeStamp", &seconds),
            ("nonceStr", &nonce),
            ("package", &package),
            ("signType", "RSA"),
            ("paySign", &signature),
        ];
        let pairs: Vec<String> =
            parts.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))).collect();
        Ok(format!("{SHEET}?{}", pairs.join("&")))
    }

    async fn transaction(&self, number: &str) -> Result<Result<wire::Transaction, Gone>, Trouble> {
        let path = format!("/v3/pay/transactions/out-trade-no/{number}?mchid={}", self.settings.merchant);
        match self.call::<wire::Transaction>(Method::GET, &path, &Value::Null).await? {
            Outcome::Done(found) if found.is_for(&self.settings.app_id, &self.settings.merchant) => Ok(Ok(found)),
            Outcome::Done(_) => Err(Trouble::Silent("somebody else's payment".into())),
            Outcome::Refused(StatusCode::NOT_FOUND, _) => Ok(Err(Gone)),
            Outcome::Refused(_, word) => Err(Trouble::Refused(word)),
        }
    }

    async fn close_order(&self, number: &str) -> Result<Found, Trouble> {
        let path = format!("/v3/pay/transactions/out-trade-no/{number}/close");
        let closed = self.call::<Value>(Method::POST, &path, &json!({ "mchid": self.settings.merchant })).await?;
        if let Outcome::Refused(StatusCode::NOT_FOUND, word) = closed {
            return Err(Trouble::Refused(word));
        }
        // closed, or somebody was quicker: what became of it is asked for
        match self.transaction(number).await? {
            Ok(found) => found.found(),
            Err(Gone) => Err(Trouble::Refused("ORDER_NOT_EXIST".into())),
        }
    }

    async fn send_back(&self, ask: &RefundAsk) -> Result<RefundFound, Trouble> {
        // a refund names what was paid in all
        let paid = match self.transaction(&ask.payment).await? {
            Ok(paid) => paid,
            Err(Gone) => return Err(Trouble::Refused("ORDER_NOT_EXIST".into())),
        };
        let mut body = json!({
            "out_trade_no": ask.payment,
            "out_refund_no": number_of(&ask.refund),
            "notify_url": self.settings.notify_url,
            "amount": { "refund": wire::fen(ask.amount)?, "total": paid.total(), "currency": "CNY" },
        });
        if !ask.reason.is_empty() {
            body["reason"] = json!(at_most(&ask.reason, 80));
        }
        match self.call::<wire::Refund>(Method::POST, "/v3/refund/domestic/refunds", &body).await? {
            Outcome::Done(refund) => refund.found(),
            Outcome::Refused(_, word) => Err(Trouble::Refused(word)),
        }
    }

    async fn look_up(&self, ask: &RefundAsk) -> Result<Result<RefundFound, Gone>, Trouble> {
        let path = format!("/v3/refund/domestic/refunds/{}", number_of(&ask.refund));
        match self.call::<wire::Refund>(Method::GET, &path, &Value::Null).await? {
            Outcome::Done(refund) => refund.found().map(Ok),
            Outcome::Refused(StatusCode::NOT_FOUND, _) => Ok(Err(Gone)),
            Outcome::Refused(_, word) => Err(Trouble::Refused(word)),
        }
    }
}

impl Gateway for Wechat {
    fn provider(&self) -> Provider {
        Provider::Wechat
    }

    fn takes(&self, currency: Currency) -> bool {
        currency == Currency::Cny
    }

    fn acquaintance(&self) -> Option<&dyn Acquaintance> {
        self.doorman.as_ref().map(|doorman| doorman as &dyn Acquaintance)
    }

    fn draws(&self, device: Device) -> bool {
        match device {
            Device::Desktop => true,
            Device::Phone => false,
            Device::WechatApp => self.doorman.is_none(),
        }
    }

    fn begin<'a>(&'a self, payment: &'a Begin) -> BoxFuture<'a, Result<Begun, Trouble>> {
        Box::pin(self.open(payment))
    }

    fn query<'a>(&'a self, attempt: &'a str, _: Option<&'a str>) -> BoxFuture<'a, Result<Result<Found, Gone>, Trouble>> {
        Box::pin(async move {
            match self.transaction(&number_of(attempt)).await? {
                Ok(found) => found.found().map(Ok),
                Err(Gone) => Ok(Err(Gone)),
            }
        })
    }

    fn close<'a>(&'a self, provider_id: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        Box::pin(self.close_order(provider_id))
    }

    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<RefundFound, Trouble>> {
        Box::pin(self.send_back(ask))
    }

    fn refunded<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<Result<RefundFound, Gone>, Trouble>> {
        Box::pin(self.look_up(ask))
    }

    fn signed_in(&self) -> &'static [&'static str] {
        &[TIMESTAMP, NONCE, SERIAL, SIGNATURE]
    }

    fn verify<'a>(&'a self, signatures: &'a [&'a str], body: &'a [u8], now: Moment) -> BoxFuture<'a, Result<(), Unverified>> {
        Box::pin(async move { self.check(signatures, body, now).await.map_err(Unverified) })
    }

    fn read(&self, body: &[u8]) -> Result<Notification, Unverified> {
        let Settings { api_key, app_id, merchant, .. } = &self.settings;
        wire::notification(body, api_key, app_id, merchant, id_of)
    }

    fn origin(&self) -> &str {
        if self.settings.url == "https://api.mch.weixin.qq.com" {
            "https://wx.tenpay.com"
        } else {
            crate::stripe::near(&self.settings.url)
        }
    }
}
