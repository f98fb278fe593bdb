//! Alipay: a page for desktops and one for phones, each a signed address; calls whose answers are signed over their very text.
//!
//! It takes yuan alone and cannot charge without the payer. A payment is known to it only once the payer has opened the page.

mod answer;
pub(crate) mod form;
pub(crate) mod proof;
mod read;
mod yuan;

use crate::keys::{Certificate, Key, PublicKey, RootSerial};
use crate::line::Line;
use crate::numbers::{at_most, id_of, number_of};
use crate::shanghai;
use answer::{Refunded, Trade};
use domain::payments::{
    Begin, Begun, Fact, Found, Gateway, Gone, Notification, RefundAsk, RefundFact, RefundFound, Trouble, Unverified,
};
use domain::ports::Clock;
use futures::future::BoxFuture;
use model::payments::{Device, Provider};
use model::{Currency, Moment};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

/// How Alipay knows us and we it.
#[derive(Clone, Debug)]
pub enum Papers {
    /// By its public key.
    Key(PublicKey),
    /// By certificates: ours, its roots', and its own.
    Certificates { ours: Certificate, roots: RootSerial, alipay: Certificate },
}

impl Papers {
    fn key(&self) -> &PublicKey {
        match self {
            Papers::Key(key) => key,
            Papers::Certificates { alipay, .. } => &alipay.key,
        }
    }
}

/// What Alipay needs to be told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it answers: `https://openapi.alipay.com/gateway.do`.
    pub url: String,
    /// Our application.
    pub app_id: String,
    /// Who receives the money.
    pub seller_id: String,
    /// Our private key.
    pub key: Key,
    pub papers: Papers,
    /// Where it sends notifications.
    pub notify_url: String,
}

/// Alipay.
pub struct Alipay {
    settings: Settings,
    line: Line,
    clock: Arc<dyn Clock>,
}

/// What a call led to: its answer, or a refusal with Alipay's word for it.
enum Outcome<T> {
    Done(T),
    Refused(String),
}

const NOT_THERE: &str = "ACQ.TRADE_NOT_EXIST";

impl Alipay {
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, String> {
        let line = Line::to(&settings.url)?;
        Ok(Self { settings, line, clock })
    }

    /// Every parameter of a call, signed.
    fn parameters(&self, method: &str, more: &[(&str, &str)], content: &Value) -> Result<Vec<(String, String)>, Trouble> {
        let Settings { app_id, key, papers, .. } = &self.settings;
        let content = content.to_string();
        let timestamp = shanghai::written(self.clock.now());
        let mut parameters: Vec<(String, String)> = [
            ("app_id", app_id.as_str()),
            ("method", method),
            ("format", "JSON"),
            ("charset", "utf-8"),
            ("sign_type", "RSA2"),
            ("timestamp", &timestamp),
            ("version", "1.0"),
            ("biz_content", &content),
        ]
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
        if let Papers::Certificates { ours, roots, .. } = papers {
            parameters.push(("app_cert_sn".into(), ours.mark.clone()));
            parameters.push(("alipay_root_cert_sn".into(), roots.0.clone()));
        }
        let sign = key.sign(proof::of_request(&parameters).as_bytes()).map_err(Trouble::Refused)?;
        parameters.push(("sign".into(), sign));
        Ok(parameters)
    }

    async fn call<T: DeserializeOwned>(&self, method: &str, content: &Value) -> Result<Outcome<T>, Trouble> {
        let send =
            || Ok(self.line.request(reqwest::Method::POST, &self.settings.url).form(&self.parameters(method, &[], content)?));
        let reply = self.line.ask(send).await?;
        let node =
            answer::verified(method, &reply.body, self.settings.papers.key()).map_err(|cause| Trouble::Silent(cause.into()))?;
        let state: answer::State = serde_json::from_str(node).map_err(|_| Trouble::Silent("an unreadable answer".into()))?;
        match state.code.as_str() {
            "10000" => serde_json::from_str(node).map(Outcome::Done).map_err(|_| Trouble::Silent("an unreadable answer".into())),
            // nothing was decided: the system, or still at it
            "20000" | "10003" => Err(Trouble::Silent(state.word())),
            _ if matches!(state.sub_code.as_deref(), Some("ACQ.SYSTEM_ERROR" | "aop.ACQ.SYSTEM_ERROR")) => {
                Err(Trouble::Silent(state.word()))
            }
            _ => Ok(Outcome::Refused(state.word())),
        }
    }

    fn page(&self, payment: &Begin) -> Result<Begun, Trouble> {
        let total = yuan::written(payment.amount)?;
        let number = number_of(&payment.attempt);
        let (method, product) = match payment.device {
            Device::Desktop => ("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"),
            Device::Phone | Device::WechatApp => ("alipay.trade.wap.pay", "QUICK_WAP_WAY"),
        };
        let until = Moment::from_millis(self.clock.now().millis() + payment.expires_in.clamp(60, 86_400) * 1000);
        // signs that Alipay does not take in a subject
        let subject = payment.description.replace(['/', '=', '&', '<', '>', '"', '\\'], " ");
        let content = json!({
            "out_trade_no": number,
            "product_code": product,
            "total_amount": total,
            "subject": at_most(&subject, 240),
            "time_expire": shanghai::written(until),
        });
        let more = [("return_url", payment.return_url.as_str()), ("notify_url", self.settings.notify_url.as_str())];
        let parameters = self.parameters(method, &more, &content)?;
        let pay_url = format!("{}?{}", self.settings.url, form::encode(&parameters));
        Ok(Begun { provider_id: number, pay_url, pay_until: None, fact: Fact::Open })
    }

    async fn trade(&self, number: &str) -> Result<Result<Found, Gone>, Trouble> {
        match self.call::<Trade>("alipay.trade.query", &json!({ "out_trade_no": number })).await? {
            Outcome::Done(trade) => trade.found().map(Ok),
            Outcome::Refused(word) if word == NOT_THERE => Ok(Err(Gone)),
            Outcome::Refused(word) => Err(Trouble::Refused(word)),
        }
    }

    async fn close_trade(&self, number: &str) -> Result<Found, Trouble> {
        let closed = Found {
            provider_id: number.to_owned(),
            pay_url: None,
            fact: Fact::Canceled,
            amount: model::Money::zero(Currency::Cny),
            decline: None,
            hard: false,
            agreement: None,
        };
        match self.call::<Value>("alipay.trade.close", &json!({ "out_trade_no": number })).await? {
            Outcome::Done(_) => Ok(closed),
            // never opened; the page's address is good until its own end, and money that comes by it goes back
            Outcome::Refused(word) if word == NOT_THERE => Ok(closed),
            // somebody was quicker: what became of it is asked for
            Outcome::Refused(_) => match self.trade(number).await? {
                Ok(found) => Ok(found),
                Err(Gone) => Ok(closed),
            },
        }
    }

    async fn send_back(&self, ask: &RefundAsk) -> Result<RefundFound, Trouble> {
        let amount = yuan::written(ask.amount)?;
        let request = number_of(&ask.refund);
        let content = json!({
            "out_trade_no": ask.payment, "refund_amount": amount, "out_request_no": request, "refund_reason": at_most(&ask.reason, 240),
        });
        let found = |fact| RefundFound { provider_id: request.clone(), fact };
        match self.call::<Refunded>("alipay.trade.refund", &content).await? {
            Outcome::Done(refunded) if refunded.fund_change.as_deref() == Some("Y") => return Ok(found(RefundFact::Succeeded)),
            Outcome::Done(_) => (),
            Outcome::Refused(word) => return Err(Trouble::Refused(word)),
        }
        // asked for before, or still at it: how far it has come is another question
        let made = self.look_up(ask).await?;
        Ok(made.unwrap_or_else(|Gone| found(RefundFact::Pending)))
    }

    async fn look_up(&self, ask: &RefundAsk) -> Result<Result<RefundFound, Gone>, Trouble> {
        let request = number_of(&ask.refund);
        let content = json!({ "out_trade_no": ask.payment, "out_request_no": request });
        match self.call::<Refunded>("alipay.trade.fastpay.refund.query", &content).await? {
            Outcome::Done(refunded) => Ok(refunded.fact().map(|fact| RefundFound { provider_id: request, fact }).ok_or(Gone)),
            Outcome::Refused(word) => Err(Trouble::Silent(word)),
        }
    }
}

impl Gateway for Alipay {
    fn provider(&self) -> Provider {
        Provider::Alipay
    }

    fn takes(&self, currency: Currency) -> bool {
        currency == Currency::Cny
    }

    fn begin<'a>(&'a self, payment: &'a Begin) -> BoxFuture<'a, Result<Begun, Trouble>> {
        Box::pin(async move { self.page(payment) })
    }

    fn query<'a>(&'a self, attempt: &'a str, _: Option<&'a str>) -> BoxFuture<'a, Result<Result<Found, Gone>, Trouble>> {
        Box::pin(async move { self.trade(&number_of(attempt)).await })
    }

    fn close<'a>(&'a self, provider_id: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        Box::pin(self.close_trade(provider_id))
    }

    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<RefundFound, Trouble>> {
        Box::pin(self.send_back(ask))
    }

    fn refunded<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<Result<RefundFound, Gone>, Trouble>> {
        Box::pin(self.look_up(ask))
    }

    /// The signature is a field of the form.
    fn signed_in(&self) -> &'static [&'static str] {
        &[]
    }

    fn verify<'a>(&'a self, _: &'a [&'a str], body: &'a [u8], _: Moment) -> BoxFuture<'a, Result<(), Unverified>> {
        Box::pin(async move {
            let Settings { app_id, seller_id, papers, .. } = &self.settings;
            proof::check_notification(body, papers.key(), app_id, seller_id).map_err(Unverified)
        })
    }

    fn read(&self, body: &[u8]) -> Result<Notification, Unverified> {
        read::notification(body, id_of)
    }

    fn origin(&self) -> &str {
        // the page sends the payer on, to hosts under its own name
        if self.settings.url.starts_with("https://openapi.alipay.com/") {
            "https://*.alipay.com"
        } else {
            crate::stripe::near(&self.settings.url)
        }
    }
}
