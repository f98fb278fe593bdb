//! A payment provider in memory: does what the story says, and keeps its own count.

use crate::payments::{
    Begin, Begun, Fact, Found, Gateway, Gone, Notification, RefundAsk, RefundFact, RefundFound, Subject, Trouble, Unverified,
};
use futures::future::BoxFuture;
use model::payments::Provider;
use model::{Moment, Money};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    /// Refunds stay pending until told.
    Slow,
}

#[derive(Default)]
struct Drawer {
    mood: Mood,
    /// By our attempt's id.
    payments: BTreeMap<String, Found>,
    refunds: BTreeMap<String, (RefundFact, Money)>,
    begun: usize,
    refunded: usize,
    events: usize,
}

/// The provider of the stories; its notifications are `till:event|attempt or refund|id|fact|amount|currency`.
#[derive(Default)]
pub struct Till(Mutex<Drawer>);

impl Till {
    fn drawer(&self) -> MutexGuard<'_, Drawer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// How it answers from now on.
    pub fn is(&self, mood: Mood) {
        self.drawer().mood = mood;
    }
    /// The payer decides (or the bank does).
    pub fn set(&self, attempt: &str, fact: Fact) {
        if let Some(found) = self.drawer().payments.get_mut(attempt) {
            found.fact = fact;
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
    /// A notification about a refund.
    pub fn tell_refund(&self, refund: &str, fact: RefundFact) -> String {
        let mut drawer = self.drawer();
        drawer.events += 1;
        format!("till:{}|refund|{refund}|{fact}|0|CNY", drawer.events)
    }
}

fn silent() -> Trouble {
    Trouble::Silent("the line is dead".into())
}

impl Gateway for Till {
    fn provider(&self) -> Provider {
        Provider::Sandbox
    }

    fn begin<'a>(&'a self, payment: &'a Begin) -> BoxFuture<'a, Result<Begun, Trouble>> {
        Box::pin(async move {
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
                    pay_url: Some(format!("http://till.test/pay/{}", payment.attempt)),
                    fact: Fact::Open,
                    amount: payment.amount,
                    decline: None,
                };
                drawer.payments.insert(payment.attempt.clone(), found);
            }
            if drawer.mood == Mood::Silent {
                return Err(silent());
            }
            let found = &drawer.payments[&payment.attempt];
            Ok(Begun {
                provider_id: found.provider_id.clone(),
                pay_url: found.pay_url.clone().unwrap_or_default(),
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
            Ok(drawer.payments.get(attempt).cloned().ok_or(Gone))
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
                Mood::Fine | Mood::Silent => RefundFact::Succeeded,
            };
            if !drawer.refunds.contains_key(&ask.refund) {
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

    fn verify(&self, signatures: &[&str], _body: &[u8], _now: Moment) -> Result<(), Unverified> {
        if signatures == ["good"] { Ok(()) } else { Err(Unverified("not signed by the till")) }
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
                },
            },
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
