//! WeChat Pay's interface: every request is signed by the shop, every answer by the provider.

use std::sync::atomic::Ordering;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{OriginalUri, Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{proof, refund, transaction};
use crate::answer::{Refusal, Result};
use crate::clock::{parse_rfc3339, rfc3339_in_shanghai};
use crate::dialect::Dialect;
use crate::emulation::{PLATFORM_CERTIFICATE, WECHAT_APP_ID, WECHAT_MERCHANT_ID, WECHAT_PLATFORM_SERIAL, WECHAT_PUBLIC_KEY_ID};
use crate::gateway::Gateway;
use crate::payments::{self, Payment, Status};
use crate::queries;
use crate::refunds::{self, Ask};

pub(super) fn router(gateway: Gateway) -> Router<Gateway> {
    Router::new()
        .route("/pay/transactions/native", post(native))
        .route("/pay/transactions/jsapi", post(jsapi))
        .route("/pay/transactions/h5", post(h5))
        .route("/pay/transactions/out-trade-no/{number}", get(show))
        .route("/pay/transactions/out-trade-no/{number}/close", post(close))
        .route("/refund/domestic/refunds", post(send_back))
        .route("/refund/domestic/refunds/{number}", get(show_refund))
        .route("/certificates", get(certificates))
        .route_layer(from_fn_with_state(gateway, both_signed))
}

/// Refuses what the shop did not sign, and signs whatever is answered.
async fn both_signed(State(gateway): State<Gateway>, OriginalUri(uri): OriginalUri, request: Request, next: Next) -> Response {
    let now = gateway.now() / 1000;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 64 * 1024).await.unwrap_or_default();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    if !proof::is_the_merchants(&parts.headers, parts.method.as_str(), path, &body, now) {
        return failed(StatusCode::UNAUTHORIZED, "SIGN_ERROR", "签名错误");
    }
    let by_certificate = match parts.headers.get("wechatpay-serial").and_then(|value| value.to_str().ok()) {
        // who names no key is answered with the certificate
        None => true,
        Some(named) if named == WECHAT_PUBLIC_KEY_ID => false,
        Some(named) if named == WECHAT_PLATFORM_SERIAL => true,
        Some(_) => return failed(StatusCode::BAD_REQUEST, "PARAM_ERROR", "Wechatpay-Serial"),
    };
    gateway.by_certificate.store(by_certificate, Ordering::Relaxed);
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, 1024 * 1024).await.unwrap_or_default();
    let nonce = proof::nonce();
    let signed = [
        ("wechatpay-timestamp", now.to_string()),
        ("wechatpay-signature", proof::sign(now, &nonce, &body)),
        ("wechatpay-nonce", nonce),
        ("wechatpay-serial", super::key_of(by_certificate).to_owned()),
        ("wechatpay-signature-type", "WECHATPAY2-SHA256-RSA2048".to_owned()),
    ];
    for (name, value) in signed {
        if let Ok(value) = HeaderValue::from_str(&value) {
            parts.headers.insert(name, value);
        }
    }
    Response::from_parts(parts, Body::from(body))
}

fn failed(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "code": code, "message": message }))).into_response()
}

fn answered(result: Result<Value>) -> Response {
    match result {
        Ok(Value::Null) => StatusCode::NO_CONTENT.into_response(),
        Ok(value) => Json(value).into_response(),
        Err(refusal) => {
            let code = match refusal.code {
                "not_found" => "ORDER_NOT_EXIST",
                "invalid" => "PARAM_ERROR",
                "payment_succeeded" => "ORDER_PAID",
                "payment_processing" => "USER_PAYING",
                "payment_failed" => "ORDER_CLOSED",
                "not_enough" => "INVALID_REQUEST",
                _ => "SYSTEM_ERROR",
            };
            let status = match refusal.code {
                "invalid" | "payment_succeeded" | "payment_processing" | "payment_failed" => StatusCode::BAD_REQUEST,
                _ => refusal.status,
            };
            failed(status, code, &refusal.message)
        }
    }
}

async fn native(State(gateway): State<Gateway>, body: Bytes) -> Response {
    let opened = open(&gateway, &body, "NATIVE").await;
    answered(opened.map(|id| json!({ "code_url": format!("weixin://wxpay/bizpayurl?pr={id}") })))
}

async fn jsapi(State(gateway): State<Gateway>, body: Bytes) -> Response {
    answered(open(&gateway, &body, "JSAPI").await.map(|id| json!({ "prepay_id": format!("wx{id}") })))
}

async fn h5(State(gateway): State<Gateway>, body: Bytes) -> Response {
    answered(open(&gateway, &body, "MWEB").await.map(|id| json!({ "h5_url": gateway.pay_url(&id) })))
}

async fn open(gateway: &Gateway, body: &[u8], trade_type: &str) -> Result<String> {
    let asked: Value = serde_json::from_slice(body).map_err(|reason| Refusal::invalid(reason.to_string()))?;
    let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    if text("appid") != WECHAT_APP_ID || text("mchid") != WECHAT_MERCHANT_ID {
        return Err(Refusal::invalid("appid, mchid"));
    }
    let amount = asked["amount"]["total"].as_i64().filter(|fen| *fen > 0).ok_or_else(|| Refusal::invalid("amount.total"))?;
    let reference = text("out_trade_no");
    let fits =
        (6..=32).contains(&reference.len()) && reference.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-|*".contains(&b));
    if !fits || asked["amount"]["currency"] != "CNY" {
        return Err(Refusal::invalid("out_trade_no, amount.currency"));
    }
    if text("description").is_empty() || text("description").len() > 127 {
        return Err(Refusal::invalid("description"));
    }
    let notify_url = text("notify_url");
    if notify_url.is_empty() || notify_url.contains('?') {
        return Err(Refusal::invalid("notify_url: without a query"));
    }
    if trade_type == "JSAPI" && asked["payer"]["openid"].as_str().is_none_or(str::is_empty) {
        return Err(Refusal::invalid("payer.openid"));
    }
    if trade_type == "MWEB"
        && (asked["scene_info"]["payer_client_ip"].as_str().is_none()
            || asked["scene_info"]["h5_info"]["type"].as_str().is_none())
    {
        return Err(Refusal::invalid("scene_info"));
    }
    let now = gateway.now();
    let expires_at = match parse_rfc3339(&text("time_expire")) {
        Some(time) if time > now => time,
        Some(_) => return Err(Refusal::invalid("time_expire")),
        None => now + 2 * 3_600_000,
    };
    let opened = Payment {
        description: text("description"),
        extra: json!({ "trade_type": trade_type, "openid": asked["payer"]["openid"] }),
        return_url: text("return_url"),
        notify_url: Some(notify_url),
        ..Payment::opened(Dialect::Wechat, reference.clone(), amount, "CNY".into(), now, expires_at)
    };
    gateway
        .db
        .write(async |tx| {
            if let Some(before) = queries::payments(tx, "wechat", Some(&reference), 1).await?.pop() {
                return match before.status {
                    Status::Open if before.amount == opened.amount => Ok(before.id),
                    Status::Open => Err(Refusal::new(StatusCode::FORBIDDEN, "invalid", "商户订单号重复")),
                    Status::Canceled => Err(Refusal::new(StatusCode::BAD_REQUEST, "invalid", "订单已关闭")),
                    _ => Err(Refusal::new(StatusCode::BAD_REQUEST, "payment_succeeded", "订单已支付")),
                };
            }
            queries::add_payment(tx, &opened).await?;
            Ok(opened.id.clone())
        })
        .await
}

async fn find(gateway: &Gateway, reference: &str) -> Result<Payment> {
    let found = queries::payments(&mut gateway.db.read().await?, "wechat", Some(reference), 1).await?.pop();
    found.ok_or_else(|| Refusal::not_found("order"))
}

#[derive(Deserialize)]
struct Whose {
    mchid: String,
}

async fn show(State(gateway): State<Gateway>, Path(number): Path<String>, Query(whose): Query<Whose>) -> Response {
    if whose.mchid != WECHAT_MERCHANT_ID {
        return failed(StatusCode::BAD_REQUEST, "PARAM_ERROR", "mchid");
    }
    answered(find(&gateway, &number).await.map(|found| transaction(&found)))
}

async fn close(State(gateway): State<Gateway>, Path(number): Path<String>) -> Response {
    let now = gateway.now();
    let closed = async {
        let found = find(&gateway, &number).await?;
        gateway.db.write(async |tx| payments::close(tx, &gateway, &found.id, now).await).await?;
        Ok(Value::Null)
    };
    answered(closed.await)
}

async fn send_back(State(gateway): State<Gateway>, body: Bytes) -> Response {
    answered(send_one_back(&gateway, &body).await)
}

async fn send_one_back(gateway: &Gateway, body: &[u8]) -> Result<Value> {
    let asked: Value = serde_json::from_slice(body).map_err(|reason| Refusal::invalid(reason.to_string()))?;
    let paid = find(gateway, asked["out_trade_no"].as_str().unwrap_or_default()).await?;
    let reference = asked["out_refund_no"].as_str().unwrap_or_default().to_owned();
    let amount = asked["amount"]["refund"].as_i64().filter(|fen| *fen > 0).ok_or_else(|| Refusal::invalid("amount.refund"))?;
    if reference.is_empty() || asked["amount"]["total"].as_i64() != Some(paid.captured) || asked["amount"]["currency"] != "CNY" {
        return Err(Refusal::invalid("out_refund_no, amount"));
    }
    if let Some(before) = queries::refund_by_reference(&mut gateway.db.read().await?, "wechat", &reference).await? {
        if before.amount != amount {
            return Err(Refusal::invalid("订单金额或退款金额与之前请求不一致"));
        }
        return Ok(refund(&paid, &before));
    }
    let ask =
        Ask { payment: paid.id.clone(), amount, reference, reason: asked["reason"].as_str().unwrap_or_default().to_owned() };
    let now = gateway.now();
    let made = gateway.db.write(async |tx| refunds::refund(tx, gateway, &ask, now).await).await;
    let made = made.map_err(|refusal| match refusal.code {
        "invalid" | "payment_not_succeeded" => Refusal::new(StatusCode::FORBIDDEN, "not_enough", refusal.message),
        _ => refusal,
    })?;
    Ok(refund(&paid, &made))
}

async fn show_refund(State(gateway): State<Gateway>, Path(number): Path<String>) -> Response {
    let shown = async {
        let mut conn = gateway.db.read().await?;
        let found = queries::refund_by_reference(&mut conn, "wechat", &number).await?;
        let found = found.ok_or_else(|| Refusal::not_found("refund"))?;
        let paid = payments::find(&mut conn, &found.payment_id).await?;
        Ok(refund(&paid, &found))
    };
    answered(shown.await)
}

async fn certificates(State(gateway): State<Gateway>) -> Response {
    let Some((nonce, ciphertext)) = proof::encrypt(PLATFORM_CERTIFICATE.as_bytes(), b"certificate") else {
        return failed(StatusCode::INTERNAL_SERVER_ERROR, "SYSTEM_ERROR", "系统错误");
    };
    let now = gateway.now();
    Json(json!({ "data": [{
        "serial_no": WECHAT_PLATFORM_SERIAL,
        "effective_time": rfc3339_in_shanghai(now - 86_400_000),
        "expire_time": rfc3339_in_shanghai(now + 365 * 86_400_000),
        "encrypt_certificate": { "algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "associated_data": "certificate", "ciphertext": ciphertext },
    }] }))
    .into_response()
}
