//! A payment provider in memory: does what the story says, and keeps its own count.

use crate::payments::{
    Acquaintance, Begin, Begun, DisputeFact, DisputeFound, Fact, Found, Gateway, Gone, Notification, PayoutAsk, PayoutFact,
    PayoutFound, RefundAsk, RefundFact, RefundFound, SHEET, Settled, Subject, Trouble, Unverified,
};
use futures::future::BoxFuture;
use model::payments::{Device, Provider};
use model::{Moment, Money};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// How the till answers its next calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Fine,
    /// Does it and loses the answer.
    Silent,
    /// Does nothing and loses the answer.
    Deaf,
    /// Says no.
    Refusing,
    /// Refunds and payouts stay under way until told.
    Slow,
    /// Charges by an agreement are declined; a later one may work.
    Declining,
    /// Charges by an agreement are declined for good.
    Lost,
}

#[derive(Default)]
struct Drawer {
    mood: Mood,
    /// Whoever sits at a desk gets a code to scan instead of a page.
    draws: bool,
    /// It knows who pays inside its app, and opens a sheet for them there.
    knows: bool,
    /// What is asked about a payment says nothing of where it is paid.
    terse: bool,
    /// Until when the pages that it opens from now on can be used.
    open_until: Option<Moment>,
    /// By our attempt's id.
    payments: BTreeMap<String, Found>,
    refunds: BTreeMap<String, (RefundFact, Money)>,
    payouts: BTreeMap<String, (PayoutFact, Money)>,
    /// Payments that make an agreement when they succeed.
    remembering: BTreeSet<String>,
    /// Agreements that are over.
    ended: BTreeSet<String>,
    begun: usize,
    refunded: usize,
    events: usize,
    /// What its own books say moved.
    moved: Vec<Settled>,
    held: Option<Arc<Held>>,
}

/// A provider that takes its time with one new payment.
#[derive(Default)]
pub struct Held {
    /// It has been asked.
    pub asked: Notify,
    /// It may answer now.
    pub go: Notify,
}

/// The provider of the stories; its notifications are `till:event|attempt or refund|id|fact|amount|currency`.
#[derive(Default)]
pub struct Till {
    drawer: Mutex<Drawer>,
    /// None: the sandbox.
    provider: Option<Provider>,
}

impl Till {
    fn drawer(&self) -> MutexGuard<'_, Drawer> {
        self.drawer.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// One that goes by another provider's name.
    pub fn of(provider: Provider) -> Self {
        Self { drawer: Mutex::default(), provider: Some(provider) }
    }
    /// Its own books say that this moved.
    pub fn moved(&self, attempt: &str, kind: model::books::MovementKind, amount: Money, at: Moment) {
        self.drawer().moved.push(Settled { reference: attempt.to_owned(), kind, amount, at });
    }
    /// How it answers from now on.
    pub fn is(&self, mood: Mood) {
        self.drawer().mood = mood;
    }
    /// From now on questions about a payment are answered without where it is paid.
    pub fn grows_terse(&self) {
        self.drawer().terse = true;
    }
    /// From now on it gives a code to scan to whoever sits at a desk.
    pub fn draws_codes(&self) {
        self.drawer().draws = true;
    }
    /// From now on it knows who pays inside its app: whoever brings `code-of-NAME` is NAME.
    pub fn knows_people(&self) {
        self.drawer().knows = true;
    }
    /// Its pages can be used until then.
    pub fn opens_until(&self, until: Moment) {
        self.drawer().open_until = Some(until);
    }
    /// The next new payment is answered when the story says so.
    pub fn hold(&self) -> Arc<Held> {
        let held = Arc::new(Held::default());
        self.drawer().held = Some(held.clone());
        held
    }
    /// The payer decides (or the bank does).
    pub fn set(&self, attempt: &str, fact: Fact) {
        let mut drawer = self.drawer();
        let agreement = drawer.remembering.contains(attempt).then(|| agreement_of(attempt));
        if let Some(found) = drawer.payments.get_mut(attempt) {
            found.fact = fact;
            found.agreement = agreement.filter(|_| fact == Fact::Succeeded);
        }
    }
    /// What the till knows of a payment.
    pub fn payment(&self, attempt: &str) -> Option<Found> {
        self.drawer().payments.get(attempt).cloned()
    }
    /// How many different payments were begun and refunds made.
    pub fn counts(&self) -> (usize, usize) {
        let drawer = self.drawer();
        (drawer.begun, drawer.refunded)
    }
    /// A notification about a payment, each time a new event.
    pub fn tell(&self, attempt: &str, fact: Fact, amount: Money) -> String {
        self.set(attempt, fact);
        let mut drawer = self.drawer();
        drawer.events += 1;
        format!("till:{}|attempt|{attempt}|{fact}|{}|{}", drawer.events, amount.minor(), amount.currency())
    }
    /// A notification about a refund, which has come so far.
    pub fn tell_refund(&self, refund: &str, fact: RefundFact) -> String {
        let mut drawer = self.drawer();
        drawer.events += 1;
        let nothing = Money::zero(model::Currency::Cny);
        drawer.refunds.entry(refund.to_owned()).or_insert((fact, nothing)).0 = fact;
        format!("till:{}|refund|{refund}|{fact}|0|CNY", drawer.events)
    }
    /// A notification about a dispute of a payment.
    pub fn tell_dispute(&self, attempt: &str, fact: DisputeFact, amount: Money) -> String {
        let mut drawer = self.drawer();
        drawer.events += 1;
        format!("till:{}|dispute|{attempt}|{fact}|{}|{}", drawer.events, amount.minor(), amount.currency())
    }
    /// A notification about a payout.
    pub fn tell_payout(&self, payout: &str, fact: PayoutFact, amount: Money) -> String {
        let mut drawer = self.drawer();
        drawer.events += 1;
        if let Some(kept) = drawer.payouts.get_mut(payout) {
            kept.0 = fact;
        }
        format!("till:{}|payout|{payout}|{fact}|{}|{}", drawer.events, amount.minor(), amount.currency())
    }
    /// The payer ends an agreement; the notification about it.
    pub fn tell_agreement_ended(&self, agreement: &str) -> String {
        let mut drawer = self.drawer();
        drawer.events += 1;
        drawer.ended.insert(agreement.to_owned());
        format!("till:{}|agreement|{agreement}|ended|0|CNY", drawer.events)
    }
    /// Whether an agreement was ended, by whomever.
    pub fn is_ended(&self, agreement: &str) -> bool {
        self.drawer().ended.contains(agreement)
    }
}

/// The agreement that a payment makes.
fn agreement_of(attempt: &str) -> String {
    format!("agr-{attempt}")
}

fn silent() -> Trouble {
    Trouble::Silent("the line is dead".into())
}

impl Acquaintance for Till {
    fn application(&self) -> &str {
        "till-app"
    }

    fn page(&self, state: &str, back: &str) -> String {
        format!("http://till.test/who?back={back}&state={state}")
    }

    fn name<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<String, Trouble>> {
        Box::pin(async move { code.strip_prefix("code-of-").map(str::to_owned).ok_or_else(|| Trouble::Refused("40029".into())) })
    }
}

impl Gateway for Till {
    fn provider(&self) -> Provider {
        self.provider.unwrap_or(Provider::Sandbox)
    }

    fn acquaintance(&self) -> Option<&dyn Acquaintance> {
        self.drawer().knows.then_some(self as &dyn Acquaintance)
    }

    fn draws(&self, device: Device) -> bool {
        self.drawer().draws && device == Device::Desktop
    }

    fn begin<'a>(&'a self, payment: &'a Begin) -> BoxFuture<'a, Result<Begun, Trouble>> {
        Box::pin(async move {
            let held = self.drawer().held.take();
            if let Some(held) = held {
                held.asked.notify_one();
                held.go.notified().await;
            }
            let mut drawer = self.drawer();
            match drawer.mood {
                Mood::Deaf => return Err(silent()),
                Mood::Refusing => return Err(Trouble::Refused("insufficient_funds".into())),
                _ => (),
            }
            if !drawer.payments.contains_key(&payment.attempt) {
                drawer.begun += 1;
                let found = Found {
                    provider_id: format!("pay-{}", payment.attempt),
                    pay_url: Some(match (payment.device, &payment.payer) {
                        (Device::Desktop, _) if drawer.draws => format!("till://pay/{}", payment.attempt),
                        (Device::WechatApp, Some(name)) => format!("{SHEET}?attempt={}&payer={name}", payment.attempt),
                        _ => format!("http://till.test/pay/{}", payment.attempt),
                    }),
                    fact: Fact::Open,
                    amount: payment.amount,
                    decline: None,
                    hard: false,
                    agreement: None,
                };
                drawer.payments.insert(payment.attempt.clone(), found);
                if payment.remember {
                    drawer.remembering.insert(payment.attempt.clone());
                }
            }
            if drawer.mood == Mood::Silent {
                return Err(silent());
            }
            let found = &drawer.payments[&payment.attempt];
            Ok(Begun {
                provider_id: found.provider_id.clone(),
                pay_url: found.pay_url.clone().unwrap_or_default(),
                pay_until: drawer.open_until,
                fact: found.fact,
            })
        })
    }

    fn query<'a>(&'a self, attempt: &'a str, _id: Option<&'a str>) -> BoxFuture<'a, Result<Result<Found, Gone>, Trouble>> {
        Box::pin(async move {
            let drawer = self.drawer();
            if matches!(drawer.mood, Mood::Silent | Mood::Deaf) {
                return Err(silent());
            }
            let found = drawer.payments.get(attempt).cloned();
            let told = found.map(|found| if drawer.terse { Found { pay_url: None, ..found } } else { found });
            Ok(told.ok_or(Gone))
        })
    }

    fn close<'a>(&'a self, provider_id: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        Box::pin(async move {
            let mut drawer = self.drawer();
            if matches!(drawer.mood, Mood::Silent | Mood::Deaf) {
                return Err(silent());
            }
            let attempt = provider_id.trim_start_matches("pay-").to_owned();
            let found = drawer.payments.get_mut(&attempt).ok_or_else(|| Trouble::Refused("not_found".into()))?;
            if found.fact == Fact::Open {
                found.fact = Fact::Canceled;
            }
            Ok(found.clone())
        })
    }

    fn refund<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<RefundFound, Trouble>> {
        Box::pin(async move {
            let mut drawer = self.drawer();
            let fact = match drawer.mood {
                Mood::Deaf => return Err(silent()),
                Mood::Refusing => return Err(Trouble::Refused("not_possible".into())),
                Mood::Slow => RefundFact::Pending,
                _ => RefundFact::Succeeded,
            };
            let failed = matches!(drawer.refunds.get(&ask.refund), Some((RefundFact::Failed | RefundFact::Abnormal, _)));
            if !drawer.refunds.contains_key(&ask.refund) || (failed && !ask.again) {
                drawer.refunded += 1;
                drawer.refunds.insert(ask.refund.clone(), (fact, ask.amount));
            }
            if drawer.mood == Mood::Silent {
                return Err(silent());
            }
            let fact = drawer.refunds[&ask.refund].0;
            Ok(RefundFound { provider_id: format!("re-{}", ask.refund), fact })
        })
    }

    fn refunded<'a>(&'a self, ask: &'a RefundAsk) -> BoxFuture<'a, Result<Result<RefundFound, Gone>, Trouble>> {
        Box::pin(async move {
            let drawer = self.drawer();
            if matches!(drawer.mood, Mood::Silent | Mood::Deaf) {
                return Err(silent());
            }
            let made = drawer.refunds.get(&ask.refund);
            Ok(made.map(|(fact, _)| RefundFound { provider_id: format!("re-{}", ask.refund), fact: *fact }).ok_or(Gone))
        })
    }

    fn charges_alone(&self) -> bool {
        true
    }

    fn charge<'a>(&'a self, payment: &'a Begin, agreement: &'a str) -> BoxFuture<'a, Result<Found, Trouble>> {
        Box::pin(async move {
            let mut drawer = self.drawer();
            let (fact, decline, hard) = match drawer.mood {
                Mood::Deaf => return Err(silent()),
                Mood::Refusing => return Err(Trouble::Refused("not_possible".into())),
                _ if drawer.ended.contains(agreement) => (Fact::Failed, Some("agreement_ended"), true),
                Mood::Declining => (Fact::Failed, Some("insufficient_funds"), false),
                Mood::Lost => (Fact::Failed, Some("lost_card"), true),
                Mood::Fine | Mood::Silent | Mood::Slow => (Fact::Succeeded, None, false),
            };
            if !drawer.payments.contains_key(&payment.attempt) {
                drawer.begun += 1;
                let found = Found {
                    provider_id: format!("pay-{}", payment.attempt),
                    pay_url: None,
                    fact,
                    amount: payment.amount,
                    decline: decline.map(str::to_owned),
                    hard,
                    agreement: (fact == Fact::Succeeded).then(|| agreement.to_owned()),
                };
                drawer.payments.insert(payment.attempt.clone(), found);
            }
            if drawer.mood == Mood::Silent {
                return Err(silent());
            }
            Ok(drawer.payments[&payment.attempt].clone())
        })
    }

    fn revoke<'a>(&'a self, agreement: &'a str) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            let mut drawer = self.drawer();
            if matches!(drawer.mood, Mood::Silent | Mood::Deaf) {
                return Err(silent());
            }
            drawer.ended.insert(agreement.to_owned());
            Ok(())
        })
    }

    fn pays_out(&self) -> bool {
        true
    }

    fn pay_out<'a>(&'a self, ask: &'a PayoutAsk) -> BoxFuture<'a, Result<PayoutFound, Trouble>> {
        Box::pin(async move {
            let mut drawer = self.drawer();
            let fact = match drawer.mood {
                Mood::Deaf => return Err(silent()),
                Mood::Refusing => return Err(Trouble::Refused("not_possible".into())),
                Mood::Slow => PayoutFact::InTransit,
                _ => PayoutFact::Paid,
            };
            let (fact, amount) = *drawer.payouts.entry(ask.payout.clone()).or_insert((fact, ask.amount));
            if drawer.mood == Mood::Silent {
                return Err(silent());
            }
            Ok(PayoutFound { provider_id: format!("po-{}", ask.payout), fact, amount })
        })
    }

    fn settles(&self) -> bool {
        true
    }

    fn settled(&self, from: Moment, until: Moment) -> BoxFuture<'_, Result<Vec<Settled>, Trouble>> {
        Box::pin(async move {
            let drawer = self.drawer();
            match drawer.mood {
                Mood::Deaf | Mood::Silent => Err(silent()),
                _ => Ok(drawer.moved.iter().filter(|moved| moved.at >= from && moved.at < until).cloned().collect()),
            }
        })
    }

    fn signed_in(&self) -> &'static [&'static str] {
        &["till-signature"]
    }

    fn verify<'a>(&'a self, signatures: &'a [&'a str], _body: &'a [u8], _now: Moment) -> BoxFuture<'a, Result<(), Unverified>> {
        let good = signatures == ["good"];
        Box::pin(async move { if good { Ok(()) } else { Err(Unverified("not signed by the till")) } })
    }

    fn read(&self, body: &[u8]) -> Result<Notification, Unverified> {
        let unreadable = || Unverified("not a notification");
        let text = std::str::from_utf8(body).map_err(|_| unreadable())?;
        let parts: Vec<&str> = text.split('|').collect();
        let [event, kind, id, fact, amount, currency] = parts[..] else { return Err(unreadable()) };
        let amount = Money::new(amount.parse().map_err(|_| unreadable())?, currency.parse().map_err(|_| unreadable())?);
        let subject = match kind {
            "attempt" => Subject::Payment {
                attempt: id.to_owned(),
                found: Found {
                    provider_id: format!("pay-{id}"),
                    pay_url: None,
                    fact: fact.parse().map_err(|_| unreadable())?,
                    amount,
                    decline: None,
                    hard: false,
                    agreement: self.payment(id).and_then(|found| found.agreement),
                },
            },
            "dispute" => Subject::Dispute {
                attempt: Some(id.to_owned()),
                found: DisputeFound {
                    provider_id: format!("dp-{id}"),
                    payment: format!("pay-{id}"),
                    fact: fact.parse().map_err(|_| unreadable())?,
                    amount,
                },
            },
            "payout" => Subject::Payout {
                payout: id.to_owned(),
                found: PayoutFound { provider_id: format!("po-{id}"), fact: fact.parse().map_err(|_| unreadable())?, amount },
            },
            "agreement" => Subject::AgreementEnded { agreement: id.to_owned() },
            "refund" => Subject::Refund {
                refund: id.to_owned(),
                found: RefundFound { provider_id: format!("re-{id}"), fact: fact.parse().map_err(|_| unreadable())? },
            },
            _ => Subject::Other,
        };
        Ok(Notification { event_id: event.to_owned(), subject })
    }

    fn origin(&self) -> &str {
        "http://till.test"
    }
}
