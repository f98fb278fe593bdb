//! WeChat Pay's words, read into ours. What is not understood is told as silence: it is asked again, never guessed.

use super::seal::{ApiKey, Sealed};
use crate::keys::Certificate;
use domain::payments::{Fact, Found, Notification, RefundFact, RefundFound, Subject, Trouble, Unverified};
use model::{Currency, Money};
use serde::Deserialize;

/// An amount in fen; nothing but positive yuan (INV-M2).
pub fn fen(amount: Money) -> Result<i64, Trouble> {
    if amount.currency() != Currency::Cny || amount.minor() < 1 {
        return Err(Trouble::Refused("not_in_yuan".into()));
    }
    Ok(amount.minor())
}

/// Why a call was refused: WeChat Pay's word; its sentence is not kept.
#[derive(Debug, Default, Deserialize)]
pub struct Problem {
    #[serde(default)]
    pub code: String,
}

/// A way to pay, one of three.
#[derive(Debug, Deserialize)]
pub struct Opened {
    pub code_url: Option<String>,
    pub h5_url: Option<String>,
    pub prepay_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Amount {
    total: i64,
    #[serde(default)]
    currency: Option<String>,
}

/// A payment, as queries and notifications show it.
#[derive(Debug, Deserialize)]
pub struct Transaction {
    appid: String,
    mchid: String,
    out_trade_no: String,
    trade_state: String,
    amount: Option<Amount>,
}

impl Transaction {
    /// Whether it is a payment to us.
    pub fn is_for(&self, app_id: &str, merchant: &str) -> bool {
        self.appid == app_id && self.mchid == merchant
    }

    /// What was paid in all, in fen.
    pub fn total(&self) -> i64 {
        self.amount.as_ref().map_or(0, |amount| amount.total)
    }

    pub fn found(self) -> Result<Found, Trouble> {
        let fact = match self.trade_state.as_str() {
            "NOTPAY" => Fact::Open,
            "USERPAYING" | "ACCEPT" => Fact::Processing,
            // sent back, in part or whole: so it was paid
            "SUCCESS" | "REFUND" => Fact::Succeeded,
            "CLOSED" | "REVOKED" => Fact::Canceled,
            "PAYERROR" => Fact::Failed,
            other => return Err(Trouble::Silent(format!("the trade's state {other}"))),
        };
        let amount = match &self.amount {
            Some(amount) => {
                let written = amount.currency.as_deref().unwrap_or("CNY");
                let currency = written.parse().map_err(|_| Trouble::Silent(format!("the currency {written}")))?;
                Money::new(amount.total, currency)
            }
            None if fact == Fact::Succeeded => return Err(Trouble::Silent("paid, and no amount".into())),
            None => Money::zero(Currency::Cny),
        };
        Ok(Found { provider_id: self.out_trade_no, pay_url: None, fact, amount, decline: None, hard: false, agreement: None })
    }
}

/// A refund, as its call and (under another name for its state) notifications show it.
#[derive(Debug, Deserialize)]
pub struct Refund {
    out_refund_no: String,
    #[serde(alias = "refund_status")]
    status: String,
    #[serde(default)]
    mchid: Option<String>,
}

impl Refund {
    pub fn found(self) -> Result<RefundFound, Trouble> {
        let fact = match self.status.as_str() {
            "PROCESSING" => RefundFact::Pending,
            "SUCCESS" => RefundFact::Succeeded,
            "CLOSED" => RefundFact::Failed,
            "ABNORMAL" => RefundFact::Abnormal,
            other => return Err(Trouble::Silent(format!("the refund's status {other}"))),
        };
        Ok(RefundFound { provider_id: self.out_refund_no, fact })
    }
}

/// The certificates that are valid now.
#[derive(Debug, Deserialize)]
pub struct Certificates {
    data: Vec<Published>,
}

#[derive(Debug, Deserialize)]
struct Published {
    serial_no: String,
    encrypt_certificate: Sealed,
}

impl Certificates {
    /// Opened, each under the serial number that it really has.
    pub fn open(&self, key: &ApiKey) -> Result<Vec<Certificate>, String> {
        let mut found = Vec::new();
        for published in &self.data {
            let pem = String::from_utf8(published.encrypt_certificate.open(key)?).map_err(|_| "a certificate in PEM")?;
            let certificate: Certificate = pem.parse()?;
            if certificate.serial != published.serial_no {
                return Err("a certificate under another's serial number".into());
            }
            found.push(certificate);
        }
        Ok(found)
    }
}

#[derive(Deserialize)]
struct Event {
    id: String,
    event_type: String,
    resource: Sealed,
}

/// Reads a notification whose signature fits: opens it, and looks whether it is for us.
pub fn notification(
    body: &[u8],
    key: &ApiKey,
    app_id: &str,
    merchant: &str,
    id_of: fn(&str) -> String,
) -> Result<Notification, Unverified> {
    let event: Event = serde_json::from_slice(body).map_err(|_| Unverified("not a notification"))?;
    let inside = event.resource.open(key).map_err(Unverified)?;
    let unreadable = |_| Unverified("not the resource that it says");
    let subject = if event.event_type.starts_with("TRANSACTION.") {
        let transaction: Transaction = serde_json::from_slice(&inside).map_err(unreadable)?;
        if !transaction.is_for(app_id, merchant) {
            return Err(Unverified("for another merchant"));
        }
        let attempt = id_of(&transaction.out_trade_no);
        transaction.found().map_or(Subject::Other, |found| Subject::Payment { attempt, found })
    } else if event.event_type.starts_with("REFUND.") {
        let refund: Refund = serde_json::from_slice(&inside).map_err(unreadable)?;
        if refund.mchid.as_deref().is_some_and(|mchid| mchid != merchant) {
            return Err(Unverified("for another merchant"));
        }
        let id = id_of(&refund.out_refund_no);
        refund.found().map_or(Subject::Other, |found| Subject::Refund { refund: id, found })
    } else {
        Subject::Other
    };
    Ok(Notification { event_id: event.id, subject })
}
