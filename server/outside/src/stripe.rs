//! Stripe: Checkout Sessions for payers who are there, payment intents for those who are not.
//!
//! One attempt is one session; its id is the provider's id until it is paid, then the payment intent's is, which refunds and
//! disputes speak of. An agreement is a Stripe customer with a saved card.

mod money;
mod objects;
mod read;

use crate::keys::Hidden;
use crate::line::{Line, Reply};
use crate::numbers::{at_most, made_at};
use crate::signature;
use domain::payments::{Begin, Begun, Fact, Found, Gateway, Gone, Notification, RefundAsk, RefundFound, Trouble, Unverified};
use domain::ports::Clock;
use futures::future::BoxFuture;
use model::Moment;
use model::payments::Provider;
use objects::{Intent, List, Method, Problem, Refund, Session};
use reqwest::{Method as Verb, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The header of its notifications.
pub const HEADER: &str = "stripe-signature";
/// The shapes that this adapter knows.
const VERSION: &str = "2025-09-30.clover";
/// A session lives at least so many seconds; a little more, for clocks that differ.
const SHORTEST_LIFE: i64 = 1_860;
const LONGEST_LIFE: i64 = 86_000;

/// What Stripe needs to be told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it answers, without a slash at the end: `https://api.stripe.com`.
    pub url: String,
    /// The secret key.
    pub key: Hidden,
    /// Secrets its notifications are signed with: one, or two while they are being changed.
    pub webhook_secrets: Vec<Hidden>,
}

/// Stripe.
pub struct Stripe {
    settings: Settings,
    line: Line,
    clock: Arc<dyn Clock>,
}

/// What came back: the thing asked for, or a refusal.
enum Answer<T> {
    Done(T),
    Refused(StatusCode, Problem),
}

type Fields = Vec<(String, String)>;

impl Stripe {
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, String> {
        let line = Line::to(&settings.url)?;
        Ok(Self { settings, line, clock })
    }

    fn request(&self, verb: Verb, path: &str) -> RequestBuilder {
        let request = self.line.request(verb, format!("{}/v1{path}", self.settings.url));
        request.bearer_auth(self.settings.key.reveal()).header("stripe-version", VERSION)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, query: &Fields) -> Result<Answer<T>, Trouble> {
        read(self.line.ask(|| Ok(self.request(Verb::GET, path).query(query))).await?)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, key: Option<&str>, fields: &Fields) -> Result<Answer<T>, Trouble> {
        let send = || {
            let request = self.request(Verb::POST, path).form(fields);
            Ok(match key {
                Some(key) => request.header("idempotency-key", key),
                None => request,
            })
        };
        read(self.line.ask(send).await?)
    }

    async fn open(&self, payment: &Begin) -> Result<Begun, Trouble> {
        let amount = money::written(payment.amount)?;
        let life = payment.expires_in.clamp(SHORTEST_LIFE, LONGEST_LIFE);
        let mut fields = fields(&[
            ("mode", "payment"),
            ("client_reference_id", &payment.attempt),
            ("success_url", &payment.return_url),
            ("cancel_url", &payment.return_url),
            ("expires_at", &(self.clock.now().seconds() + life).to_string()),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", &amount.currency),
            ("line_items[0][price_data][unit_amount]", &amount.units.to_string()),
            ("line_items[0][price_data][product_data][name]", &at_most(&payment.description, 240)),
            ("metadata[attempt_id]", &payment.attempt),
            ("payment_intent_data[metadata][attempt_id]", &payment.attempt),
        ]);
        if payment.remember {
            fields.push(("payment_intent_data[setup_future_usage]".into(), "off_session".into()));
            fields.push(("customer_creation".into(), "always".into()));
        }
        match self.post::<Session>("/checkout/sessions", Some(&payment.attempt), &fields).await? {
            Answer::Done(session) => session.begun(),
            // begun before, at another moment: what became of it then
            Answer::Refused(_, problem) if problem.is_another_request() => match self.search(&payment.attempt).await? {
                Ok(found) => Ok(Begun {
                    provider_id: found.provider_id,
                    pay_url: found.pay_url.unwrap_or_default(),
                    pay_until: None,
                    fact: found.fact,
                }),
                Err(Gone) => Err(Trouble::Silent("begun, and not to be found".into())),
            },
            Answer::Refused(_, problem) => Err(Trouble::Refused(problem.word())),
        }
    }

    async fn show(&self, provider_id: &str) -> Result<Result<Found, Gone>, Trouble> {
        if provider_id.starts_with("pi_") {
            return match self.get::<Intent>(&format!("/payment_intents/{provider_id}"), &Fields::new()).await? {
                Answer::Done(intent) => intent.found().map(Ok),
                Answer::Refused(status, problem) => gone(status, &problem),
            };
        }
        let expanded = fields(&[("expand[]", "payment_intent")]);
        match self.get::<Session>(&format!("/checkout/sessions/{provider_id}"), &expanded).await? {
            Answer::Done(session) => session.found().map(Ok),
            Answer::Refused(status, problem) => gone(status, &problem),
        }
    }

    /// Looks for an attempt whose provider's id never reached us: among what was made in the minutes after it.
    async fn search(&self, attempt: &str) -> Result<Result<Found, Gone>, Trouble> {
        if let Some(session) = self.walk::<Session>("/checkout/sessions", attempt).await? {
            return self.show(&session.id).await;
        }
        match self.walk::<Intent>("/payment_intents", attempt).await? {
            Some(intent) => intent.found().map(Ok),
            None => Ok(Err(Gone)),
        }
    }

    async fn walk<T: DeserializeOwned + objects::Listed>(&self, path: &str, attempt: &str) -> Result<Option<T>, Trouble> {
        let mut query = fields(&[("limit", "100")]);
        if let Some(made) = made_at(attempt) {
            query.push(("created[gte]".into(), (made - 600).to_string()));
            query.push(("created[lte]".into(), (made + 86_400).to_string()));
        }
        let mut after: Option<String> = None;
        loop {
            let mut page = query.clone();
            page.extend(after.take().map(|id| ("starting_after".to_owned(), id)));
            let list = match self.get::<List<T>>(path, &page).await? {
                Answer::Done(list) => list,
                Answer::Refused(_, problem) => return Err(Trouble::Refused(problem.word())),
            };
            after = list.data.last().map(|last| last.id().to_owned()).filter(|_| list.has_more);
            if let Some(found) = list.data.into_iter().find(|one| one.attempt() == Some(attempt)) {
                return Ok(Some(found));
            }
            if after.is_none() {
                return Ok(None);
            }
        }
    }

    /// The session of a payment intent that is not paid.
    async fn session_of(&self, intent: &str) -> Result<Option<Session>, Trouble> {
        match self.get::<List<Session>>("/checkout/sessions", &fields(&[("payment_intent", intent)])).await? {
            Answer::Done(list) => Ok(list.data.into_iter().next()),
            Answer::Refused(_, problem) => Err(Trouble::Refused(problem.word())),
        }
    }

    async fn expire(&self, provider_id: &str) -> Result<Found, Trouble> {
        let session = match provider_id.starts_with("pi_") {
            true => self.session_of(provider_id).await?.map(|session| session.id),
            false => Some(provider_id.to_owned()),
        };
        if let Some(id) = &session
            && let Answer::Done(expired) =
                self.post::<Session>(&format!("/checkout/sessions/{id}/expire"), None, &Fields::new()).await?
        {
            return expired.found();
        }
        // somebody was quicker: what became of it is asked for
        match self.show(session.as_deref().unwrap_or(provider_id)).await? {
            Ok(found) => Ok(found),
            Err(Gone) => Err(Trouble::Refused("not_found".into())),
        }
    }

    async fn charge_card(&self, payment: &Begin, customer: &str) -> Result<Found, Trouble> {
        let Some(method) = self.methods(customer).await?.into_iter().next() else {
            return Ok(Found {
                provider_id: format!("none_{}", payment.attempt),
                pay_url: None,
                fact: Fact::Failed,
                amount: payment.amount,
                decline: Some("agreement_ended".into()),
                hard: true,
                agreement: None,
            });
        };
        let amount = money::written(payment.amount)?;
        let fields = fields(&[
            ("amount", &amount.units.to_string()),
            ("currency", &amount.currency),
            ("customer", customer),
            ("payment_method", &method.id),
            ("off_session", "true"),
            ("confirm", "true"),
            ("description", &at_most(&payment.description, 240)),
            ("metadata[attempt_id]", &payment.attempt),
            ("metadata[kind]", objects::ALONE),
        ]);
        let intent = match self.post::<Intent>("/payment_intents", Some(&payment.attempt), &fields).await? {
            Answer::Done(intent) => intent,
            Answer::Refused(_, problem) => match problem.into_declined() {
                Ok(declined) => return declined.found(),
                Err(problem) if problem.is_another_request() => {
                    return self
                        .search(&payment.attempt)
                        .await?
                        .map_err(|Gone| Trouble::Silent("charged, and not to be found".into()));
                }
                Err(problem) => return Err(Trouble::Refused(problem.word())),
            },
        };
        // a repeated call answers as the first did; how far it has come since is another question
        match self.show(&intent.id).await {
            Ok(Ok(found)) => Ok(found),
            _ => intent.found(),
        }
    }

    async fn methods(&self, customer: &str) -> Result<Vec<Method>, Trouble> {
        let path = format!("/customers/{customer}/payment_methods");
        match self.get::<List<Method>>(&path, &fields(&[("limit", "10")])).await? {
            Answer::Done(list) => Ok(list.data),
            Answer::Refused(StatusCode::NOT_FOUND, _) => Ok(Vec::new()),
            Answer::Refused(_, problem) => Err(Trouble::Refused(problem.word())),
        }
    }

    /// Whatever was made of one of our refunds, the latest first. Stripe forgets a key after a day and would make it again.
    async fn made_of(&self, intent: &str, refund: &str) -> Result<Vec<Refund>, Trouble> {
        let mut made = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let mut page = fields(&[("payment_intent", intent), ("limit", "100")]);
            page.extend(after.take().map(|id| ("starting_after".to_owned(), id)));
            let list = match self.get::<List<Refund>>("/refunds", &page).await? {
                Answer::Done(list) => list,
                Answer::Refused(_, problem) => return Err(Trouble::Refused(problem.word())),
            };
            after = list.data.last().map(|last| last.id.clone()).filter(|_| list.has_more);
            made.extend(list.data.into_iter().filter(|one| one.metadata.refund_id.as_deref() == Some(refund)));
            if after.is_none() {
                return Ok(made);
            }
        }
    }

    /// The intent that a payment's money came by, whichever id of it is known.
    async fn intent_of(&self, payment: &str) -> Result<String, Trouble> {
        if !payment.starts_with("cs_") {
            return Ok(payment.to_owned());
        }
        Ok(self.show(payment).await?.map_err(|Gone| Trouble::Refused("not_found".into()))?.provider_id)
    }

    /// The one that stands, or else the latest that failed.
    async fn look_up(&self, ask: &RefundAsk) -> Result<Result<RefundFound, Gone>, Trouble> {
        let mut made = self.made_of(&self.intent_of(&ask.payment).await?, &ask.refund).await?;
        if made.is_empty() {
            return Ok(Err(Gone));
        }
        let standing = made.iter().position(|refund| !refund.has_failed()).unwrap_or_default();
        made.swap_remove(standing).found().map(Ok)
    }

    async fn send_back(&self, ask: &RefundAsk) -> Result<RefundFound, Trouble> {
        let intent = self.intent_of(&ask.payment).await?;
        let made = self.made_of(&intent, &ask.refund).await?;
        let failed = made.iter().filter(|refund| refund.has_failed()).count();
        let all_failed = failed == made.len();
        if let Some(known) = made.into_iter().find(|refund| !refund.has_failed() || (all_failed && ask.again)) {
            return known.found();
        }
        // one that failed is made anew under a key of its own: the old one would repeat the old answer
        let key = if failed == 0 { ask.refund.clone() } else { format!("{}:{failed}", ask.refund) };
        let amount = money::written(ask.amount)?;
        let fields = fields(&[
            ("payment_intent", &intent),
            ("amount", &amount.units.to_string()),
            ("reason", "requested_by_customer"),
            ("metadata[refund_id]", &ask.refund),
        ]);
        let refund = match self.post::<Refund>("/refunds", Some(&key), &fields).await? {
            Answer::Done(refund) => refund,
            Answer::Refused(_, problem) => return Err(Trouble::Refused(problem.word())),
        };
        match self.get::<Refund>(&format!("/refunds/{}", refund.id), &Fields::new()).await? {
            Answer::Done(now) => now.found(),
            Answer::Refused(..) => refund.found(),
        }
    }
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn gone(status: StatusCode, problem: &Problem) -> Result<Result<Found, Gone>, Trouble> {
    if status == StatusCode::NOT_FOUND { Ok(Err(Gone)) } else { Err(Trouble::Refused(problem.word())) }
}

fn read<T: DeserializeOwned>(reply: Reply) -> Result<Answer<T>, Trouble> {
    let Reply { status, body, .. } = reply;
    let unreadable = |_| Trouble::Silent(format!("{status} with an unreadable answer"));
    // the same key is still being worked on
    if status == StatusCode::CONFLICT {
        return Err(Trouble::Silent(status.to_string()));
    }
    if status.is_success() {
        return serde_json::from_slice(&body).map(Answer::Done).map_err(unreadable);
    }
    let failed: objects::Failed = serde_json::from_slice(&body).map_err(unreadable)?;
    Ok(Answer::Refused(status, failed.error))
}

impl Gateway for Stripe {
    fn provider(&self) -> Provider {
        Provider::Stripe
    }

    fn begin<'a>(&'a self, payment: &'a Begin) -> BoxFuture<'a, Result<Begun, Trouble>> {
        Box::pin(self.open(payment))
    }

    fn query<'a>(
        &'a self,
        attempt: &'a str,
        provider_id: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Result<Found, Gone>, Trouble>> {
        Box::pin(async move {
            match provider_id {
                Some(id) => self.show(id).await,
                None => self.search(attempt).await,
            }
        })
    }

    fn close<'a>(&'a self, provider_id: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        Box::pin(self.expire(provider_id))
    }

    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<RefundFound, Trouble>> {
        Box::pin(self.send_back(ask))
    }

    fn refunded<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<Result<RefundFound, Gone>, Trouble>> {
        Box::pin(self.look_up(ask))
    }

    fn charges_alone(&self) -> bool {
        true
    }

    fn charge<'a>(&'a self, payment: &'a Begin, agreement: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        Box::pin(self.charge_card(payment, agreement))
    }

    fn revoke<'a>(&'a self, agreement: &'a str) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            for method in self.methods(agreement).await? {
                let path = format!("/payment_methods/{}/detach", method.id);
                match self.post::<Method>(&path, None, &Fields::new()).await? {
                    Answer::Done(_) => (),
                    // detached meanwhile
                    Answer::Refused(_, problem) if problem.is_missing() => (),
                    Answer::Refused(_, problem) => return Err(Trouble::Refused(problem.word())),
                }
            }
            Ok(())
        })
    }

    fn signed_in(&self) -> &'static [&'static str] {
        &[HEADER]
    }

    fn verify<'a>(&'a self, signatures: &'a [&'a str], body: &'a [u8], now: Moment) -> BoxFuture<'a, Result<(), Unverified>> {
        Box::pin(async move {
            let [signature] = signatures else { return Err(Unverified("not exactly one signature")) };
            let secrets: Vec<&str> = self.settings.webhook_secrets.iter().map(Hidden::reveal).collect();
            signature::verify(&secrets, signature, body, now.seconds()).map_err(Unverified)
        })
    }

    fn read(&self, body: &[u8]) -> Result<Notification, Unverified> {
        read::notification(body)
    }

    fn origin(&self) -> &str {
        if self.settings.url == "https://api.stripe.com" { "https://checkout.stripe.com" } else { near(&self.settings.url) }
    }
}

/// The origin of an address.
pub(crate) fn near(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    url[start..].find('/').map_or(url, |at| &url[..start + at])
}
