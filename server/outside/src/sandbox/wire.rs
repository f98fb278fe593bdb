//! The sandbox provider's words, read into ours. What is not understood is told as silence: it is asked again, never guessed.

use domain::payments::{
    Begun, DisputeFound, Fact, Found, Notification, PayoutFound, RefundFact, RefundFound, Settled, Subject, Trouble, Unverified,
};
use model::{Moment, Money};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub struct Create<'a> {
    pub amount: i64,
    pub currency: &'a str,
    pub reference: &'a str,
    pub return_url: &'a str,
    pub notify_url: &'a str,
    pub description: &'a str,
    pub expires_in: i64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub remember: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<&'a str>,
}

#[derive(Serialize)]
pub struct CreateRefund<'a> {
    pub payment: &'a str,
    pub amount: i64,
    pub reference: &'a str,
    pub reason: &'a str,
}

#[derive(Serialize)]
pub struct CreatePayout<'a> {
    pub account: &'a str,
    pub amount: i64,
    pub currency: &'a str,
    pub reference: &'a str,
    pub notify_url: &'a str,
}

#[derive(Deserialize)]
pub struct Refused {
    pub error: Code,
}

#[derive(Deserialize)]
pub struct Code {
    pub code: String,
}

#[derive(Deserialize)]
pub struct List {
    pub data: Vec<Payment>,
}

#[derive(Deserialize)]
pub struct Refunds {
    pub data: Vec<Refund>,
}

#[derive(Deserialize)]
pub struct Payment {
    pub id: String,
    pub status: String,
    pub reference: String,
    pub amount: i64,
    pub currency: String,
    pub captured: i64,
    pub failure: Option<Failure>,
    pub pay_url: String,
    #[serde(default)]
    pub agreement: Option<String>,
}

#[derive(Deserialize)]
pub struct Failure {
    pub code: String,
    #[serde(default)]
    pub hard: bool,
}

impl Payment {
    /// The status says how far it has come; a declined card leaves a payment open.
    fn fact(&self) -> Option<Fact> {
        Some(match self.status.as_str() {
            "open" => Fact::Open,
            "processing" => Fact::Processing,
            "succeeded" => Fact::Succeeded,
            "failed" => Fact::Failed,
            "canceled" => Fact::Canceled,
            _ => return None,
        })
    }

    pub fn begun(self) -> Begun {
        // a status that is not understood is asked about
        let fact = self.fact().unwrap_or(Fact::Processing);
        Begun { provider_id: self.id, pay_url: self.pay_url, pay_until: None, fact }
    }

    pub fn found(self) -> Result<Found, Trouble> {
        let fact = self.fact().ok_or_else(|| Trouble::Silent(format!("the status {}", self.status)))?;
        let minor = if fact == Fact::Succeeded { self.captured } else { self.amount };
        let amount = money(minor, &self.currency)?;
        Ok(Found {
            provider_id: self.id,
            pay_url: Some(self.pay_url),
            fact,
            amount,
            hard: self.failure.as_ref().is_some_and(|failure| failure.hard),
            decline: self.failure.map(|failure| failure.code),
            agreement: self.agreement,
        })
    }
}

#[derive(Deserialize)]
pub struct Refund {
    pub id: String,
    pub reference: String,
    pub status: String,
}

impl Refund {
    pub fn found(self) -> Result<RefundFound, Trouble> {
        let fact = match self.status.as_str() {
            "pending" => RefundFact::Pending,
            "succeeded" => RefundFact::Succeeded,
            "failed" => RefundFact::Failed,
            other => return Err(Trouble::Silent(format!("the refund's status {other}"))),
        };
        Ok(RefundFound { provider_id: self.id, fact })
    }
}

#[derive(Deserialize)]
pub struct Payout {
    pub id: String,
    pub reference: String,
    pub status: String,
    pub amount: i64,
    pub currency: String,
}

impl Payout {
    pub fn found(self) -> Result<PayoutFound, Trouble> {
        let fact = self.status.parse().map_err(|_| Trouble::Silent(format!("the payout's status {}", self.status)))?;
        Ok(PayoutFound { provider_id: self.id, fact, amount: money(self.amount, &self.currency)? })
    }
}

#[derive(Deserialize)]
struct Dispute {
    id: String,
    payment: String,
    reference: String,
    status: String,
    amount: i64,
    currency: String,
}

impl Dispute {
    fn found(self) -> Result<DisputeFound, Trouble> {
        let fact = self.status.parse().map_err(|_| Trouble::Silent(format!("the dispute's status {}", self.status)))?;
        Ok(DisputeFound { provider_id: self.id, payment: self.payment, fact, amount: money(self.amount, &self.currency)? })
    }
}

#[derive(Deserialize)]
struct Agreement {
    id: String,
    status: String,
}

fn money(minor: i64, currency: &str) -> Result<Money, Trouble> {
    let known = currency.parse().map_err(|_| Trouble::Silent(format!("the currency {currency}")))?;
    Ok(Money::new(minor, known))
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: serde_json::Value,
}

/// Reads a notification whose signature fits.
pub fn read(body: &[u8]) -> Result<Notification, Unverified> {
    let unreadable = |_| Unverified("not a notification");
    let event: Event = serde_json::from_slice(body).map_err(unreadable)?;
    let area = event.kind.split('.').next().unwrap_or_default();
    let subject = match area {
        "payment" => {
            let payment: Payment = serde_json::from_value(event.data).map_err(unreadable)?;
            let attempt = payment.reference.clone();
            payment.found().map_or(Subject::Other, |found| Subject::Payment { attempt, found })
        }
        "refund" => {
            let refund: Refund = serde_json::from_value(event.data).map_err(unreadable)?;
            let reference = refund.reference.clone();
            refund.found().map_or(Subject::Other, |found| Subject::Refund { refund: reference, found })
        }
        "dispute" => {
            let dispute: Dispute = serde_json::from_value(event.data).map_err(unreadable)?;
            let attempt = dispute.reference.clone();
            dispute.found().map_or(Subject::Other, |found| Subject::Dispute { attempt: Some(attempt), found })
        }
        "payout" => {
            let payout: Payout = serde_json::from_value(event.data).map_err(unreadable)?;
            let reference = payout.reference.clone();
            payout.found().map_or(Subject::Other, |found| Subject::Payout { payout: reference, found })
        }
        "agreement" => {
            let agreement: Agreement = serde_json::from_value(event.data).map_err(unreadable)?;
            match agreement.status.as_str() {
                "revoked" => Subject::AgreementEnded { agreement: agreement.id },
                _ => Subject::Other,
            }
        }
        _ => Subject::Other,
    };
    Ok(Notification { event_id: event.id, subject })
}

/// The lines of the settlement table in a stretch of time:
/// `id,type,payment,about,reference,amount,currency,created,provider`, amounts in minor units and negative where money went. Our
/// references hold no commas; payouts and what is spoken in other providers' words are left out.
pub fn settlements(csv: &str, from: Moment, until: Moment) -> Option<Vec<Settled>> {
    let mut found = Vec::new();
    for line in csv.lines().skip(1).filter(|line| !line.is_empty()) {
        let fields: [&str; 9] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
        let [_, kind, _, _, reference, amount, currency, created, provider] = fields;
        let Ok(kind) = kind.parse() else { continue };
        let at = Moment::from_millis(created.parse::<i64>().ok()?.checked_mul(1000)?);
        let amount = Money::new(amount.parse::<i64>().ok()?.checked_abs()?, currency.parse().ok()?);
        if provider == "sandbox" && at >= from && at < until {
            found.push(Settled { reference: reference.to_owned(), kind, amount, at });
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declined_card_is_not_a_failed_payment() {
        let body = br#"{"id":"evt_1","type":"payment.failed","created":1,"data":{"id":"pay_1","status":"open","reference":"a-1",
            "amount":19900,"currency":"CNY","captured":0,"failure":{"code":"insufficient_funds","hard":false},"pay_url":"http://x"}}"#;
        let Subject::Payment { attempt, found } = read(body).unwrap().subject else { panic!("a payment") };
        assert_eq!((attempt.as_str(), found.fact, found.decline.as_deref()), ("a-1", Fact::Open, Some("insufficient_funds")));
    }

    #[test]
    fn a_success_is_worth_what_was_captured() {
        let body =
            br#"{"id":"evt_1","type":"payment.succeeded","created":1,"data":{"id":"pay_1","status":"succeeded","reference":"a-1",
            "amount":19900,"currency":"CNY","captured":1,"failure":null,"pay_url":"http://x"}}"#;
        let Subject::Payment { found, .. } = read(body).unwrap().subject else { panic!("a payment") };
        assert_eq!(found.amount.minor(), 1);
    }

    #[test]
    fn what_is_not_known_is_left_alone_and_what_cannot_be_read_is_refused() {
        assert_eq!(read(br#"{"id":"e","type":"weather.fine","data":{}}"#).unwrap().subject, Subject::Other);
        for broken in [&b"{"[..], b"", b"[]", br#"{"id":1}"#, br#"{"id":"e","type":"payment.succeeded","data":{}}"#] {
            assert!(read(broken).is_err());
        }
    }

    #[test]
    fn the_table_of_what_moved_is_read_by_its_days_and_kinds() {
        use model::books::MovementKind;
        let csv = "id,type,payment,about,reference,amount,currency,created,provider\n\
            mov_1,capture,pay_1,,a-1,19900,CNY,1000,sandbox\n\
            mov_2,refund,pay_1,re_1,a-1,-500,CNY,1001,sandbox\n\
            mov_3,dispute,pay_1,dp_1,a-1,-19400,CNY,1002,sandbox\n\
            mov_4,payout,,po_1,p-1,-700,CNY,1003,sandbox\n\
            mov_5,capture,pay_2,,a-2,100,CNY,1004,stripe\n\
            mov_6,capture,pay_3,,a-3,100,CNY,5000,sandbox\n";
        let found = settlements(csv, Moment::default(), Moment::from_millis(2_000_000)).unwrap();
        let told: Vec<_> = found.iter().map(|moved| (moved.kind, moved.amount.minor())).collect();
        let expected = [(MovementKind::Capture, 19_900), (MovementKind::Refund, 500), (MovementKind::Dispute, 19_400)];
        assert_eq!(told, expected);
        assert_eq!(settlements("id\nnot,a,table", Moment::default(), Moment::default()), None);
    }
}
