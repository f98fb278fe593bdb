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

/// What moved, in minor units.
#[derive(Default)]
struct Sums {
    captured: i64,
    refunded: i64,
    /// Withheld for disputes that are open or lost.
    disputed: i64,
    paid_out: i64,
}

impl Sums {
    fn add(&mut self, movement: &Movement) {
        match movement.kind.as_str() {
            "capture" => self.captured += movement.amount,
            "refund" => self.refunded += movement.amount,
            "refund_returned" => self.refunded -= movement.amount,
            "dispute" => self.disputed += movement.amount,
            "dispute_won" => self.disputed -= movement.amount,
            "payout" => self.paid_out += movement.amount,
            _ => self.paid_out -= movement.amount,
        }
    }

    /// What the provider owes the shop of what it took; payouts come from elsewhere.
    fn net(&self) -> i64 {
        self.captured - self.refunded - self.disputed
    }

    fn show(&self, names: Value) -> Value {
        let mut shown = json!({ "captured": self.captured, "refunded": self.refunded, "disputed": self.disputed,
                                "paid_out": self.paid_out, "net": self.net() });
        if let (Some(shown), Value::Object(names)) = (shown.as_object_mut(), names) {
            shown.extend(names);
        }
        shown
    }
}

/// Per payment, per provider that is spoken like, and in total, each per currency.
pub(super) async fn truth(State(gateway): State<Gateway>) -> Result<Json<Value>> {
    let movements = queries::movements(&mut gateway.db.read().await?).await?;
    let mut payments: BTreeMap<(&str, &str, &str, &str), Sums> = BTreeMap::new();
    let mut providers: BTreeMap<(&str, &str), Sums> = BTreeMap::new();
    let mut totals: BTreeMap<&str, Sums> = BTreeMap::new();
    for (movement, provider) in &movements {
        if let Some(id) = &movement.payment_id {
            payments.entry((id, &movement.reference, provider, &movement.currency)).or_default().add(movement);
        }
        providers.entry((provider, &movement.currency)).or_default().add(movement);
        totals.entry(&movement.currency).or_default().add(movement);
    }
    let payments: Vec<Value> = payments
        .iter()
        .map(|((id, reference, provider, currency), sums)| {
            sums.show(json!({ "id": id, "reference": reference, "provider": provider, "currency": currency }))
        })
        .collect();
    let providers: Vec<Value> = providers
        .iter()
        .map(|((provider, currency), sums)| sums.show(json!({ "provider": provider, "currency": currency })))
        .collect();
    let totals: Vec<Value> = totals.iter().map(|(currency, sums)| sums.show(json!({ "currency": currency }))).collect();
    Ok(Json(json!({ "payments": payments, "providers": providers, "totals": totals })))
}

/// One line per movement; amounts in minor units, moments as Unix seconds.
pub(super) async fn settlements(State(gateway): State<Gateway>) -> Result<Response> {
    let movements = queries::movements(&mut gateway.db.read().await?).await?;
    let mut csv = String::from("id,type,payment,about,reference,amount,currency,created,provider\n");
    for (line, provider) in &movements {
        let about = line.about.as_deref().unwrap_or_default();
        let payment = line.payment_id.as_deref().unwrap_or_default();
        let comes_in = matches!(line.kind.as_str(), "capture" | "refund_returned" | "dispute_won" | "payout_returned");
        let amount = if comes_in { line.amount } else { -line.amount };
        let reference = quoted(&line.reference);
        let created = line.moved_at / 1000;
        let _ = writeln!(
            csv,
            "{},{},{payment},{about},{reference},{amount},{},{created},{provider}",
            line.id, line.kind, line.currency
        );
    }
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], csv).into_response())
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
