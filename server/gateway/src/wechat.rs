//! WeChat Pay's words, version 3: signed requests and answers, sealed notifications, amounts in fen.

mod api;
mod openid;
mod proof;

use std::sync::atomic::Ordering;

use axum::Router;
use serde_json::{Value, json};

use crate::clock::rfc3339_in_shanghai;
use crate::deliver::{Parcel, Spoiled};
use crate::emulation::{WECHAT_APP_ID, WECHAT_MERCHANT_ID, WECHAT_PLATFORM_SERIAL, WECHAT_PUBLIC_KEY_ID};
use crate::events::Happening;
use crate::gateway::Gateway;
use crate::payments::{Payment, Status};
use crate::refunds::{Refund, Status as RefundStatus};

pub(crate) use openid::Codes;

pub(crate) fn router(gateway: Gateway) -> Router<Gateway> {
    api::router(gateway)
}

/// WeChat's public platform, which knows people: as whom, it tells an application that has a code of theirs.
pub(crate) fn platform() -> Router<Gateway> {
    openid::router()
}

/// WeChat Pay's own number of a payment.
fn transaction_id(payment: &Payment) -> String {
    use sha2::{Digest, Sha256};
    let mark = Sha256::digest(&payment.id);
    let number = mark.iter().take(12).fold(0_u128, |sum, byte| sum * 256 + u128::from(*byte));
    format!("42000{:023}", number % 100_000_000_000_000_000_000_000)
}

/// A payment as queries and notifications show it.
fn transaction(payment: &Payment) -> Value {
    let (state, words) = match payment.status {
        Status::Open => ("NOTPAY", "订单未支付"),
        Status::Processing => ("USERPAYING", "用户支付中"),
        Status::Succeeded if payment.refunded > 0 => ("REFUND", "转入退款"),
        Status::Succeeded => ("SUCCESS", "支付成功"),
        Status::Failed => ("PAYERROR", "支付失败"),
        Status::Canceled => ("CLOSED", "订单已关闭"),
    };
    let mut shown = json!({
        "appid": WECHAT_APP_ID,
        "mchid": WECHAT_MERCHANT_ID,
        "out_trade_no": payment.reference,
        "trade_type": payment.extra["trade_type"],
        "trade_state": state,
        "trade_state_desc": words,
        "amount": { "total": payment.amount, "currency": "CNY" },
    });
    if let Some(paid) = payment.paid_at {
        shown["transaction_id"] = json!(transaction_id(payment));
        shown["success_time"] = json!(rfc3339_in_shanghai(paid));
        shown["bank_type"] = json!("OTHERS");
        let openid = payment.extra["openid"].as_str().unwrap_or("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
        shown["payer"] = json!({ "openid": openid });
        shown["amount"] = json!({ "total": payment.captured, "payer_total": payment.captured,
                                  "currency": payment.taken_in(), "payer_currency": payment.taken_in() });
    }
    shown
}

/// A refund as queries show it.
fn refund(payment: &Payment, refund: &Refund) -> Value {
    let status = match refund.status {
        RefundStatus::Pending => "PROCESSING",
        RefundStatus::Succeeded => "SUCCESS",
        RefundStatus::Failed => "ABNORMAL",
    };
    json!({
        "refund_id": format!("5030{}", &transaction_id(payment)[5..]),
        "out_refund_no": refund.reference,
        "transaction_id": transaction_id(payment),
        "out_trade_no": payment.reference,
        "channel": "ORIGINAL",
        "user_received_account": "支付用户零钱",
        "create_time": rfc3339_in_shanghai(refund.created_at),
        "status": status,
        "amount": { "total": payment.captured, "refund": refund.amount, "payer_total": payment.captured,
                    "payer_refund": refund.amount, "currency": "CNY" },
    })
}

/// A notification with its sealed resource; of closing and waiting nobody is told.
pub(crate) fn tell(_gateway: &Gateway, event_id: &str, happening: &Happening<'_>, now: i64) -> Option<String> {
    let (kind, original, resource) = match happening {
        Happening::Payment { payment, .. } if payment.status == Status::Succeeded => {
            ("TRANSACTION.SUCCESS", "transaction", transaction(payment))
        }
        Happening::Refund { payment, refund: made } => {
            let kind = match made.status {
                RefundStatus::Succeeded => "REFUND.SUCCESS",
                RefundStatus::Failed => "REFUND.ABNORMAL",
                RefundStatus::Pending => return None,
            };
            let mut shown = refund(payment, made);
            // the field has another name here
            shown["refund_status"] = shown["status"].take();
            if let Some(fields) = shown.as_object_mut() {
                fields.remove("status");
            }
            shown["mchid"] = json!(WECHAT_MERCHANT_ID);
            (kind, "refund", shown)
        }
        Happening::Strange { payment } => ("WEATHER.FINE", "weather", transaction(payment)),
        _ => return None,
    };
    let (nonce, ciphertext) = proof::encrypt(resource.to_string().as_bytes(), original.as_bytes())?;
    let notification = json!({
        "id": event_id,
        "create_time": rfc3339_in_shanghai(now),
        "resource_type": "encrypt-resource",
        "event_type": kind,
        "summary": "通知",
        "resource": { "original_type": original, "algorithm": "AEAD_AES_256_GCM", "ciphertext": ciphertext,
                      "associated_data": original, "nonce": nonce },
    });
    Some(notification.to_string())
}

/// What says by which key a signature is to be checked; the imitation has one, under two names.
fn key_of(by_certificate: bool) -> &'static str {
    if by_certificate { WECHAT_PLATFORM_SERIAL } else { WECHAT_PUBLIC_KEY_ID }
}

/// `Wechatpay-*`: time, nonce, key and signature.
pub(crate) fn seal(gateway: &Gateway, parcel: &mut Parcel) {
    let seconds = if parcel.spoiled == Some(Spoiled::Time) { parcel.seconds - 3600 } else { parcel.seconds };
    let nonce = proof::nonce();
    let signature = match parcel.spoiled {
        // as WeChat Pay probes whether a receiver verifies at all
        Some(Spoiled::Seal) => format!("WECHATPAY/SIGNTEST/{}", crate::emulation::sign(b"something else")),
        _ => proof::sign(seconds, &nonce, parcel.body.as_bytes()),
    };
    parcel.header("wechatpay-timestamp", seconds.to_string());
    parcel.header("wechatpay-nonce", nonce);
    parcel.header("wechatpay-serial", key_of(gateway.by_certificate.load(Ordering::Relaxed)).into());
    parcel.header("wechatpay-signature", signature);
    parcel.header("wechatpay-signature-type", "WECHATPAY2-SHA256-RSA2048".into());
    parcel.header("content-type", "application/json".into());
}
