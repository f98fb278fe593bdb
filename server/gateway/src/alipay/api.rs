//! `gateway.do`: a page for payers, and calls for shops.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use super::{fen, form, trade_no, trade_status, yuan};
use crate::answer::{Refusal, Result};
use crate::clock::{in_shanghai, parse_rfc3339};
use crate::dialect::Dialect;
use crate::emulation::{ALIPAY_APP_ID, is_signed_by_the_merchant, sign};
use crate::gateway::Gateway;
use crate::payments::{self, Payment, Status};
use crate::queries;
use crate::refunds::{self, Ask, Status as RefundStatus};

/// Parameters of a call whose signature fits.
struct Call(BTreeMap<String, String>);

impl Call {
    /// Signed over everything but `sign` and what is empty, sorted by name.
    fn read(text: &str) -> std::result::Result<Self, &'static str> {
        let fields: BTreeMap<String, String> = form::decode(text).into_iter().collect();
        let signed: Vec<String> = fields
            .iter()
            .filter(|(name, value)| *name != "sign" && !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let call = Self(fields);
        if call.text("app_id") != ALIPAY_APP_ID {
            return Err("isv.invalid-app-id");
        }
        if call.text("sign_type") != "RSA2" || !is_signed_by_the_merchant(signed.join("&").as_bytes(), call.text("sign")) {
            return Err("isv.invalid-signature");
        }
        let good = call.text("format") == "JSON" && call.text("charset") == "utf-8" && call.text("version") == "1.0";
        let time = parse_rfc3339(&format!("{}+08:00", call.text("timestamp")));
        if good && time.is_some() { Ok(call) } else { Err("isv.invalid-parameter") }
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn content(&self) -> Value {
        serde_json::from_str(self.text("biz_content")).unwrap_or_default()
    }
}

/// `alipay.trade.page.pay` and `alipay.trade.wap.pay`: the payer's own browser brings them.
pub(super) async fn page(State(gateway): State<Gateway>, uri: Uri) -> Response {
    let call = match Call::read(uri.query().unwrap_or_default()) {
        Ok(call) => call,
        Err(code) => {
            return (StatusCode::BAD_REQUEST, format!("调试错误，请回到请求来源地，重新发起请求。错误代码 {code}"))
                .into_response();
        }
    };
    match open(&gateway, &call).await {
        Ok(id) => Redirect::to(&gateway.pay_url(&id)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

async fn open(gateway: &Gateway, call: &Call) -> Result<String> {
    let content = call.content();
    let product = match call.text("method") {
        "alipay.trade.page.pay" => "FAST_INSTANT_TRADE_PAY",
        "alipay.trade.wap.pay" => "QUICK_WAP_WAY",
        _ => return Err(Refusal::invalid("method")),
    };
    if content["product_code"] != product {
        return Err(Refusal::invalid("product_code"));
    }
    let text = |name: &str| content[name].as_str().unwrap_or_default().to_owned();
    let amount = fen(&text("total_amount")).filter(|fen| *fen > 0).ok_or_else(|| Refusal::invalid("total_amount"))?;
    let (reference, subject) = (text("out_trade_no"), text("subject"));
    if reference.is_empty() || reference.len() > 64 || subject.is_empty() {
        return Err(Refusal::invalid("out_trade_no, subject"));
    }
    let now = gateway.now();
    let expires_at = parse_rfc3339(&format!("{}+08:00", text("time_expire"))).unwrap_or(now + 15 * 60_000);
    if expires_at <= now {
        return Err(Refusal::invalid("time_expire"));
    }
    let opened = Payment {
        description: subject,
        return_url: call.text("return_url").to_owned(),
        notify_url: Some(call.text("notify_url").to_owned()).filter(|url| !url.is_empty()),
        ..Payment::opened(Dialect::Alipay, reference.clone(), amount, "CNY".into(), now, expires_at)
    };
    gateway
        .db
        .write(async |tx| {
            if let Some(before) = queries::payments(tx, "alipay", Some(&reference), 1).await?.pop() {
                return Ok(before.id);
            }
            queries::add_payment(tx, &opened).await?;
            Ok(opened.id.clone())
        })
        .await
}

/// Every other method: answered as JSON, signed over the very text of the answer.
pub(super) async fn call(State(gateway): State<Gateway>, uri: Uri, body: Bytes) -> Response {
    let text = [uri.query().unwrap_or_default(), &String::from_utf8_lossy(&body)].join("&");
    let (node, answer) = match Call::read(&text) {
        Ok(call) => {
            let node = format!("{}_response", call.text("method").replace('.', "_"));
            (node, act(&gateway, &call).await.unwrap_or_else(|refusal| failed("20000", "ACQ.SYSTEM_ERROR", &refusal.message)))
        }
        Err(code) => ("error_response".to_owned(), failed("40002", code, "Invalid Arguments")),
    };
    let answer = answer.to_string();
    let signature = sign(answer.as_bytes());
    let whole = format!(r#"{{"{node}":{answer},"sign":"{signature}"}}"#);
    ([(header::CONTENT_TYPE, "text/html;charset=utf-8")], whole).into_response()
}

fn failed(code: &str, sub_code: &str, message: &str) -> Value {
    json!({ "code": code, "msg": "Business Failed", "sub_code": sub_code, "sub_msg": message })
}

fn done(mut more: Value) -> Value {
    more["code"] = json!("10000");
    more["msg"] = json!("Success");
    more
}

async fn act(gateway: &Gateway, call: &Call) -> Result<Value> {
    let content = call.content();
    let reference = content["out_trade_no"].as_str().unwrap_or_default();
    let found = queries::payments(&mut gateway.db.read().await?, "alipay", Some(reference), 1).await?.pop();
    let Some(trade) = found else { return Ok(failed("40004", "ACQ.TRADE_NOT_EXIST", "交易不存在")) };
    match call.text("method") {
        "alipay.trade.query" => Ok(done(shown(&trade))),
        "alipay.trade.close" => close(gateway, &trade).await,
        "alipay.trade.refund" => refund(gateway, &trade, &content).await,
        "alipay.trade.fastpay.refund.query" => refund_query(gateway, &trade, &content).await,
        _ => Ok(failed("40001", "isv.invalid-method", "method")),
    }
}

fn shown(trade: &Payment) -> Value {
    let mut shown = json!({
        "out_trade_no": trade.reference,
        "trade_no": trade_no(trade),
        "trade_status": trade_status(trade),
        "total_amount": yuan(if trade.captured > 0 { trade.captured } else { trade.amount }),
        "buyer_user_id": "2088102000000000",
    });
    if let Some(paid) = trade.paid_at {
        shown["send_pay_date"] = json!(in_shanghai(paid));
        shown["receipt_amount"] = json!(yuan(trade.captured));
    }
    shown
}

async fn close(gateway: &Gateway, trade: &Payment) -> Result<Value> {
    if trade.status != Status::Open {
        return Ok(failed("40004", "ACQ.TRADE_STATUS_ERROR", "交易状态不合法"));
    }
    let now = gateway.now();
    gateway.db.write(async |tx| payments::close(tx, gateway, &trade.id, now).await).await?;
    Ok(done(json!({ "out_trade_no": trade.reference, "trade_no": trade_no(trade) })))
}

async fn refund(gateway: &Gateway, trade: &Payment, content: &Value) -> Result<Value> {
    let text = |name: &str| content[name].as_str().unwrap_or_default();
    let Some(amount) = fen(text("refund_amount")).filter(|fen| *fen > 0) else {
        return Ok(failed("40004", "ACQ.INVALID_PARAMETER", "refund_amount"));
    };
    let request = text("out_request_no").to_owned();
    if request.is_empty() {
        return Ok(failed("40004", "ACQ.INVALID_PARAMETER", "out_request_no"));
    }
    let before = queries::refund_by_reference(&mut gateway.db.read().await?, "alipay", &request).await?;
    let mut changed = "N";
    match before {
        Some(earlier) if earlier.amount != amount => {
            return Ok(failed("40004", "ACQ.DISCORDANT_REPEAT_REQUEST", "不一致的请求"));
        }
        Some(_) => {}
        None => {
            let ask = Ask { payment: trade.id.clone(), amount, reference: request, reason: text("refund_reason").to_owned() };
            let now = gateway.now();
            match gateway.db.write(async |tx| refunds::refund(tx, gateway, &ask, now).await).await {
                Ok(made) if made.status == RefundStatus::Succeeded => changed = "Y",
                Ok(_) => {}
                Err(refusal) if refusal.code == "invalid" => {
                    return Ok(failed("40004", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", &refusal.message));
                }
                Err(refusal) if !refusal.status.is_server_error() => {
                    return Ok(failed("40004", "ACQ.TRADE_STATUS_ERROR", &refusal.message));
                }
                Err(refusal) => return Err(refusal),
            }
        }
    }
    let now = payments::find(&mut gateway.db.read().await?, &trade.id).await?;
    Ok(done(
        json!({ "out_trade_no": now.reference, "trade_no": trade_no(&now), "fund_change": changed, "refund_fee": yuan(now.refunded) }),
    ))
}

async fn refund_query(gateway: &Gateway, trade: &Payment, content: &Value) -> Result<Value> {
    let request = content["out_request_no"].as_str().unwrap_or_default();
    let found = queries::refund_by_reference(&mut gateway.db.read().await?, "alipay", request).await?;
    let mut shown = json!({ "out_trade_no": trade.reference, "trade_no": trade_no(trade), "out_request_no": request });
    if let Some(found) = found {
        shown["refund_amount"] = json!(yuan(found.amount));
        shown["total_amount"] = json!(yuan(trade.captured));
        if found.status == RefundStatus::Succeeded {
            shown["refund_status"] = json!("REFUND_SUCCESS");
        }
        if found.status == RefundStatus::Failed {
            shown["refund_status"] = json!("REFUND_FAIL");
        }
    }
    Ok(done(shown))
}
