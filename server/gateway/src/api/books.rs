//! The gateway's own books: what really moved.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::answer::Result;
use crate::gateway::Gateway;
use crate::queries::{self, Movement};

/// Captured and sent back, in minor units.
#[derive(Default)]
struct Sums {
    captured: i64,
    refunded: i64,
}

impl Sums {
    fn add(&mut self, movement: &Movement) {
        match movement.kind.as_str() {
            "capture" => self.captured += movement.amount,
            _ => self.refunded += movement.amount,
        }
    }
}

/// Per payment, and in total per currency.
pub(super) async fn truth(State(gateway): State<Gateway>) -> Result<Json<Value>> {
    let movements = queries::movements(&mut gateway.db.read().await?).await?;
    let mut payments: BTreeMap<(&str, &str, &str), Sums> = BTreeMap::new();
    let mut totals: BTreeMap<&str, Sums> = BTreeMap::new();
    for movement in &movements {
        let payment = (movement.payment_id.as_str(), movement.reference.as_str(), movement.currency.as_str());
        payments.entry(payment).or_default().add(movement);
        totals.entry(&movement.currency).or_default().add(movement);
    }
    let payments: Vec<Value> = payments
        .iter()
        .map(|((id, reference, currency), sums)| {
            json!({ "id": id, "reference": reference, "currency": currency,
                    "captured": sums.captured, "refunded": sums.refunded, "net": sums.captured - sums.refunded })
        })
        .collect();
    let totals: Vec<Value> = totals
        .iter()
        .map(|(currency, sums)| {
            json!({ "currency": currency, "captured": sums.captured, "refunded": sums.refunded,
                    "net": sums.captured - sums.refunded })
        })
        .collect();
    Ok(Json(json!({ "payments": payments, "totals": totals })))
}

/// One line per movement; amounts in minor units, moments as Unix seconds.
pub(super) async fn settlements(State(gateway): State<Gateway>) -> Result<Response> {
    let movements = queries::movements(&mut gateway.db.read().await?).await?;
    let mut csv = String::from("id,type,payment,refund,reference,amount,currency,created\n");
    for line in &movements {
        let refund = line.refund_id.as_deref().unwrap_or_default();
        let amount = if line.kind == "capture" { line.amount } else { -line.amount };
        let reference = quoted(&line.reference);
        let created = line.moved_at / 1000;
        let _ = writeln!(
            csv,
            "{},{},{},{refund},{reference},{amount},{},{created}",
            line.id, line.kind, line.payment_id, line.currency
        );
    }
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], csv).into_response())
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
