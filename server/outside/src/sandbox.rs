//! The sandbox payment provider over HTTP. What has no answer is silent, never refused.

mod wire;

use domain::payments::{
    Begin, Begun, Found, Gateway, Gone, Notification, PayoutAsk, PayoutFound, RefundAsk, RefundFound, Settled, Trouble,
    Unverified,
};
use futures::future::BoxFuture;
use model::Moment;
use model::payments::Provider;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use crate::line::{Line, Reply};
use crate::signature;

/// The header of its notifications.
pub const HEADER: &str = "lectern-sandbox-signature";

/// What the provider needs to be told.
#[derive(Clone)]
pub struct Settings {
    /// Where it answers, without a slash at the end.
    pub url: String,
    /// The bearer key of its interface.
    pub key: String,
    /// Secrets its notifications are signed with: one, or two while they are being changed.
    pub webhook_secrets: Vec<String>,
    /// Where it sends notifications.
    pub notify_url: String,
}

/// The sandbox provider.
pub struct Sandbox {
    settings: Settings,
    line: Line,
}

impl Sandbox {
    pub fn new(settings: Settings) -> Result<Self, String> {
        let line = Line::to(&settings.url)?;
        Ok(Self { settings, line })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.line.request(method, format!("{}{path}", self.settings.url)).bearer_auth(&self.settings.key)
    }

    /// Opens a payment for a payer, or charges by an agreement.
    async fn create(&self, payment: &Begin, agreement: Option<&str>) -> Result<wire::Payment, Trouble> {
        let body = wire::Create {
            amount: payment.amount.minor(),
            currency: payment.amount.currency().as_str(),
            reference: &payment.attempt,
            return_url: &payment.return_url,
            notify_url: &self.settings.notify_url,
            description: &payment.description.chars().take(300).collect::<String>(),
            expires_in: payment.expires_in.clamp(1, 86_400),
            remember: payment.remember,
            agreement,
        };
        let request = self.request(Method::POST, "/v1/payments").header("idempotency-key", &payment.attempt).json(&body);
        match send::<wire::Payment>(&self.line, request).await? {
            Answer::Done(payment) => Ok(payment),
            Answer::Refused(_, code) => Err(Trouble::Refused(code)),
        }
    }
}

/// Moves the provider's clock along with ours, in tests. `now` as RFC 3339.
pub async fn set_clock(url: &str, key: &str, now: &str) -> Result<(), String> {
    let line = Line::to(url)?;
    let request = line.request(Method::POST, format!("{url}/v1/clock")).bearer_auth(key).json(&serde_json::json!({ "set": now }));
    let answer = line.once(request).await.map_err(|trouble| format!("{trouble:?}"))?;
    if answer.status.is_success() { Ok(()) } else { Err(format!("status {}", answer.status)) }
}

/// What came back: the thing asked for, a refusal with its status and word, or nothing that says anything.
enum Answer<T> {
    Done(T),
    Refused(StatusCode, String),
}

async fn send<T: DeserializeOwned>(line: &Line, request: RequestBuilder) -> Result<Answer<T>, Trouble> {
    let again = || request.try_clone().ok_or_else(|| Trouble::Refused("a body that cannot be sent twice".into()));
    let Reply { status, body, .. } = line.ask(again).await?;
    if status.is_success() {
        let read = serde_json::from_slice(&body).map_err(|_| Trouble::Silent(format!("{status} with an unreadable answer")))?;
        return Ok(Answer::Done(read));
    }
    let code = serde_json::from_slice::<wire::Refused>(&body).map(|refused| refused.error.code).unwrap_or_default();
    // the same key is still being worked on
    if code == "in_flight" {
        return Err(Trouble::Silent(format!("{status} {code}")));
    }
    Ok(Answer::Refused(status, if code.is_empty() { status.as_u16().to_string() } else { code }))
}

impl Gateway for Sandbox {
    fn provider(&self) -> Provider {
        Provider::Sandbox
    }

    fn charges_alone(&self) -> bool {
        true
    }

    fn charge<'a>(&'a self, payment: &'a Begin, agreement: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        Box::pin(async move {
            let begun = self.create(payment, Some(agreement)).await?;
            // a repeated call answers as the first did; how far it has come since is another question
            match self.query(&payment.attempt, Some(&begun.id)).await? {
                Ok(found) => Ok(found),
                Err(Gone) => begun.found(),
            }
        })
    }

    fn revoke<'a>(&'a self, agreement: &'a str) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            let path = format!("/v1/agreements/{agreement}/revoke");
            match send::<serde_json::Value>(&self.line, self.request(Method::POST, &path)).await? {
                Answer::Done(_) => Ok(()),
                Answer::Refused(_, code) => Err(Trouble::Refused(code)),
            }
        })
    }

    fn pays_out(&self) -> bool {
        true
    }

    fn pay_out<'a>(&'a self, ask: &'a PayoutAsk) -> BoxFuture<'a, Result<PayoutFound, Trouble>> {
        Box::pin(async move {
            let body = wire::CreatePayout {
                account: &ask.account,
                amount: ask.amount.minor(),
                currency: ask.amount.currency().as_str(),
                reference: &ask.payout,
                notify_url: &self.settings.notify_url,
            };
            let request = self.request(Method::POST, "/v1/payouts").header("idempotency-key", &ask.payout).json(&body);
            let payout = match send::<wire::Payout>(&self.line, request).await? {
                Answer::Done(payout) => payout,
                Answer::Refused(_, code) => return Err(Trouble::Refused(code)),
            };
            match send::<wire::Payout>(&self.line, self.request(Method::GET, &format!("/v1/payouts/{}", payout.id))).await? {
                Answer::Done(now) => now.found(),
                Answer::Refused(..) => payout.found(),
            }
        })
    }

    fn begin<'a>(&'a self, payment: &'a Begin) -> BoxFuture<'a, Result<Begun, Trouble>> {
        Box::pin(async move { Ok(self.create(payment, None).await?.begun()) })
    }

    fn query<'a>(
        &'a self,
        attempt: &'a str,
        provider_id: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Result<Found, Gone>, Trouble>> {
        Box::pin(async move {
            if let Some(id) = provider_id {
                return match send::<wire::Payment>(&self.line, self.request(Method::GET, &format!("/v1/payments/{id}"))).await? {
                    Answer::Done(payment) => Ok(Ok(payment.found()?)),
                    Answer::Refused(StatusCode::NOT_FOUND, _) => Ok(Err(Gone)),
                    Answer::Refused(_, code) => Err(Trouble::Refused(code)),
                };
            }
            let request = self.request(Method::GET, "/v1/payments").query(&[("reference", attempt)]);
            match send::<wire::List>(&self.line, request).await? {
                Answer::Done(list) => match list.data.into_iter().find(|payment| payment.reference == attempt) {
                    Some(payment) => Ok(Ok(payment.found()?)),
                    None => Ok(Err(Gone)),
                },
                Answer::Refused(_, code) => Err(Trouble::Refused(code)),
            }
        })
    }

    fn close<'a>(&'a self, provider_id: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        Box::pin(async move {
            let path = format!("/v1/payments/{provider_id}/close");
            match send::<wire::Payment>(&self.line, self.request(Method::POST, &path)).await? {
                Answer::Done(payment) => payment.found(),
                // somebody was quicker: what became of it is asked for
                Answer::Refused(StatusCode::CONFLICT, _) => match self.query("", Some(provider_id)).await? {
                    Ok(found) => Ok(found),
                    Err(Gone) => Err(Trouble::Refused("not_found".into())),
                },
                Answer::Refused(_, code) => Err(Trouble::Refused(code)),
            }
        })
    }

    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<RefundFound, Trouble>> {
        Box::pin(async move {
            let body = wire::CreateRefund {
                payment: &ask.payment,
                amount: ask.amount.minor(),
                reference: &ask.refund,
                reason: "requested",
            };
            let request = self.request(Method::POST, "/v1/refunds").header("idempotency-key", &ask.refund).json(&body);
            let refund = match send::<wire::Refund>(&self.line, request).await? {
                Answer::Done(refund) => refund,
                Answer::Refused(_, code) => return Err(Trouble::Refused(code)),
            };
            // a repeated call answers as the first did; how far it has come since is another question
            match send::<wire::Refund>(&self.line, self.request(Method::GET, &format!("/v1/refunds/{}", refund.id))).await? {
                Answer::Done(now) => now.found(),
                Answer::Refused(..) => refund.found(),
            }
        })
    }

    fn refunded<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<Result<RefundFound, Gone>, Trouble>> {
        Box::pin(async move {
            let request = self.request(Method::GET, "/v1/refunds").query(&[("reference", ask.refund.as_str())]);
            match send::<wire::Refunds>(&self.line, request).await? {
                Answer::Done(list) => match list.data.into_iter().find(|refund| refund.reference == ask.refund) {
                    Some(refund) => refund.found().map(Ok),
                    None => Ok(Err(Gone)),
                },
                Answer::Refused(_, code) => Err(Trouble::Refused(code)),
            }
        })
    }

    fn settles(&self) -> bool {
        true
    }

    fn settled(&self, from: Moment, until: Moment) -> BoxFuture<'_, Result<Vec<Settled>, Trouble>> {
        Box::pin(async move {
            let reply = self.line.once(self.request(Method::GET, "/v1/settlements.csv")).await?;
            if !reply.status.is_success() {
                return Err(Trouble::Silent(format!("status {}", reply.status)));
            }
            let text = String::from_utf8(reply.body).map_err(|_| Trouble::Silent("unreadable settlements".into()))?;
            wire::settlements(&text, from, until).ok_or_else(|| Trouble::Silent("unreadable settlements".into()))
        })
    }

    fn signed_in(&self) -> &'static [&'static str] {
        &[HEADER]
    }

    fn verify<'a>(&'a self, signatures: &'a [&'a str], body: &'a [u8], now: Moment) -> BoxFuture<'a, Result<(), Unverified>> {
        Box::pin(async move {
            let [signature] = signatures else { return Err(Unverified("not exactly one signature")) };
            let secrets: Vec<&str> = self.settings.webhook_secrets.iter().map(String::as_str).collect();
            signature::verify(&secrets, signature, body, now.seconds()).map_err(Unverified)
        })
    }

    fn read(&self, body: &[u8]) -> Result<Notification, Unverified> {
        wire::read(body)
    }

    fn origin(&self) -> &str {
        &self.settings.url
    }
}
