//! Alipay's words: `gateway.do`, signed forms, amounts as yuan with two digits.

mod api;
mod form;

use axum::Router;
use axum::routing::get;

use crate::clock::in_shanghai;
use crate::deliver::{Parcel, Spoiled};
use crate::emulation::{ALIPAY_APP_ID, ALIPAY_SELLER_ID};
use crate::events::Happening;
use crate::gateway::Gateway;
use crate::payments::{Payment, Status};

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/gateway.do", get(api::page).post(api::call))
}

/// `19900` → `199.00`.
fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// `199.00` → `19900`; nothing but yuan with exactly two digits.
fn fen(yuan: &str) -> Option<i64> {
    let (whole, rest) = yuan.split_once('.')?;
    if rest.len() != 2 || whole.is_empty() || !whole.bytes().chain(rest.bytes()).all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(rest.parse().ok()?)
}

/// Alipay's own number of a payment: 28 digits.
fn trade_no(payment: &Payment) -> String {
    use sha2::{Digest, Sha256};
    let mark = Sha256::digest(&payment.id);
    let number = mark.iter().take(12).fold(0_u128, |sum, byte| sum * 256 + u128::from(*byte));
    format!("{}{:020}", in_shanghai(payment.created_at)[..10].replace('-', ""), number % 100_000_000_000_000_000_000)
}

/// How far a payment has come, in Alipay's words.
fn trade_status(payment: &Payment) -> &'static str {
    match payment.status {
        Status::Open | Status::Processing => "WAIT_BUYER_PAY",
        Status::Succeeded if payment.refunded > 0 && payment.refunded == payment.captured => "TRADE_CLOSED",
        Status::Succeeded => "TRADE_SUCCESS",
        Status::Failed | Status::Canceled => "TRADE_CLOSED",
    }
}

/// A trade notification as a form, without its signature. Refunds come by the same way (PRV-A3); of waiting nobody is told.
pub(crate) fn tell(_gateway: &Gateway, event_id: &str, happening: &Happening<'_>, now: i64) -> Option<String> {
    let mut fields = match happening {
        Happening::Payment { payment, .. } if matches!(payment.status, Status::Open | Status::Processing) => return None,
        Happening::Payment { payment, .. } => trade(payment),
        Happening::Refund { payment, refund } => {
            if refund.status != crate::refunds::Status::Succeeded {
                return None;
            }
            let mut fields = trade(payment);
            fields.push(("refund_fee", yuan(payment.refunded)));
            fields.push(("out_biz_no", refund.reference.clone()));
            fields.push(("gmt_refund", format!("{}.000", in_shanghai(now))));
            fields
        }
        Happening::Strange { payment } => {
            let mut fields = trade(payment);
            fields.retain(|(name, _)| *name != "trade_status");
            fields.push(("trade_status", "TRADE_WEATHER".into()));
            fields
        }
        Happening::Dispute { .. } | Happening::Payout { .. } | Happening::Agreement { .. } => return None,
    };
    fields.extend([
        ("notify_id", event_id.to_owned()),
        ("notify_type", "trade_status_sync".to_owned()),
        ("notify_time", in_shanghai(now)),
        ("charset", "utf-8".to_owned()),
        ("version", "1.0".to_owned()),
        ("app_id", ALIPAY_APP_ID.to_owned()),
        ("auth_app_id", ALIPAY_APP_ID.to_owned()),
        ("seller_id", ALIPAY_SELLER_ID.to_owned()),
        ("buyer_id", "2088102000000000".to_owned()),
        ("sign_type", "RSA2".to_owned()),
    ]);
    Some(form::encode(&fields))
}

fn trade(payment: &Payment) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("out_trade_no", payment.reference.clone()),
        ("trade_no", trade_no(payment)),
        ("trade_status", trade_status(payment).to_owned()),
        ("total_amount", yuan(if payment.captured > 0 { payment.captured } else { payment.amount })),
        ("subject", payment.description.clone()),
        ("gmt_create", in_shanghai(payment.created_at)),
    ];
    if let Some(paid) = payment.paid_at {
        fields.push(("gmt_payment", in_shanghai(paid)));
        fields.push(("receipt_amount", yuan(payment.captured)));
    }
    fields
}

/// The signature is a field of the form: over all others but `sign_type`, sorted, as they are before encoding.
pub(crate) fn seal(_gateway: &Gateway, parcel: &mut Parcel) {
    parcel.header("content-type", "application/x-www-form-urlencoded; charset=utf-8".into());
    let mut fields = form::decode(&parcel.body);
    if parcel.spoiled == Some(Spoiled::Time) {
        // its freshness is its notify_id alone: an old one is told again under its old time
        fields.retain(|(name, _)| name != "notify_time");
        fields.push(("notify_time".into(), in_shanghai((parcel.seconds - 3600) * 1000)));
    }
    fields.sort();
    let pairs: Vec<String> =
        fields.iter().filter(|(name, _)| name != "sign_type").map(|(name, value)| format!("{name}={value}")).collect();
    let sign = match parcel.spoiled {
        Some(Spoiled::Seal) => crate::emulation::sign(b"something else"),
        _ => crate::emulation::sign(pairs.join("&").as_bytes()),
    };
    fields.push(("sign".into(), sign));
    parcel.body = form::encode(&fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_yuan_with_two_digits_and_nothing_else() {
        assert_eq!((yuan(10).as_str(), yuan(19_900).as_str()), ("0.10", "199.00"));
        assert_eq!((fen("0.10"), fen("199.00")), (Some(10), Some(19_900)));
        for wrong in ["0.1", "1", "1.000", ".10", "-1.00", "1,00", "1.0x", " 1.00"] {
            assert_eq!(fen(wrong), None, "{wrong}");
        }
    }
}
