use gateway::MIGRATIONS;
use serde_json::{Value, json};
use store::{Db, on_both};

use crate::booth::{Booth, KEY, SECRETS};

async fn faults(booth: &Booth, faults: Value) {
    assert_eq!(booth.post("/v1/faults", None, &faults).await.status(), 200);
}

/// A call whose answer may be lost.
async fn try_post(booth: &Booth, path: &str, key: &str, body: &Value) -> Result<u16, reqwest::Error> {
    let request = booth.http.post(format!("{}{path}", booth.url)).bearer_auth(KEY).header("idempotency-key", key);
    request.body(body.to_string()).send().await.map(|answer| answer.status().as_u16())
}

on_both!(MIGRATIONS, an_answer_is_lost_after_its_effect, async |db: Db| {
    let booth = Booth::open(db).await;
    faults(&booth, json!({ "lose_answers": 1 })).await;
    assert!(try_post(&booth, "/v1/payments", "a", &booth.payment(100)).await.is_err());
    assert_eq!(booth.get("/v1/payments?reference=order-1").await["data"].as_array().unwrap().len(), 1);
    assert_eq!(try_post(&booth, "/v1/payments", "a", &booth.payment(100)).await.unwrap(), 201);
    assert_eq!(booth.get("/v1/payments?reference=order-1").await["data"].as_array().unwrap().len(), 1);
});

on_both!(MIGRATIONS, an_answer_is_500_after_its_effect_and_429_before, async |db: Db| {
    let booth = Booth::open(db).await;
    faults(&booth, json!({ "fail_after": 1 })).await;
    assert_eq!(try_post(&booth, "/v1/payments", "a", &booth.payment(100)).await.unwrap(), 500);
    assert_eq!(booth.get("/v1/payments").await["data"].as_array().unwrap().len(), 1);
    faults(&booth, json!({ "too_many": 1 })).await;
    assert_eq!(try_post(&booth, "/v1/payments", "b", &booth.payment(100)).await.unwrap(), 429);
    assert_eq!(booth.get("/v1/payments").await["data"].as_array().unwrap().len(), 1);
    assert_eq!(try_post(&booth, "/v1/payments", "b", &booth.payment(100)).await.unwrap(), 201);
});

on_both!(MIGRATIONS, a_notification_arrives_before_the_answer_when_asked_to, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    booth.hears(1).await;
    faults(&booth, json!({ "notify_first": true })).await;
    booth.post("/v1/refunds", Some("r"), &json!({ "payment": id, "amount": 100 })).await;
    assert_eq!(booth.received().len(), 2);
});

on_both!(MIGRATIONS, strange_huge_and_broken_notifications_come_before_the_genuine_one, async |db: Db| {
    let booth = Booth::open(db).await;
    faults(&booth, json!({ "unknown_type": true, "unknown_payment": true, "truncated": true })).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    let heard = booth.hears(4).await;
    assert!(heard.iter().all(|one| one.is_genuine(SECRETS[0])), "each is well signed");
    let read: Vec<Option<Value>> = heard.iter().map(|one| serde_json::from_str(&one.body).ok()).collect();
    assert_eq!(read.iter().filter(|one| one.is_none()).count(), 1, "one is cut off");
    let told = |wanted: &dyn Fn(&Value) -> bool| read.iter().flatten().filter(|one| wanted(one)).count();
    assert_eq!(told(&|one| one["type"] == "weather.fine"), 1);
    assert_eq!(told(&|one| one["data"]["id"] == id.as_str()), 1);
    assert_eq!(told(&|one| one["type"] == "payment.succeeded"), 2);
});

on_both!(MIGRATIONS, a_wrong_amount_is_captured_when_asked_for, async |db: Db| {
    let booth = Booth::open(db).await;
    faults(&booth, json!({ "capture_off_by": -1, "capture_currency": "USD" })).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    let paid = booth.get(&format!("/v1/payments/{id}")).await;
    assert_eq!((&paid["captured"], &paid["currency"], &paid["amount"]), (&json!(99), &json!("USD"), &json!(100)));
    assert_eq!(booth.get("/truth").await["totals"][0]["currency"], "USD");
});

on_both!(MIGRATIONS, money_comes_after_closing_when_asked_to, async |db: Db| {
    let booth = Booth::open(db).await;
    faults(&booth, json!({ "pay_after_close": true })).await;
    let id = booth.open_payment(100).await;
    booth.post(&format!("/v1/payments/{id}/close"), None, &json!({})).await;
    assert_eq!(booth.hears(1).await[0].kind(), "payment.canceled");
    booth.after(6);
    assert_eq!(booth.hears(2).await[1].kind(), "payment.succeeded");
    assert_eq!(booth.status(&id).await, "succeeded");
});

on_both!(MIGRATIONS, a_refund_that_succeeded_comes_back_when_asked_to, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    faults(&booth, json!({ "refunds": "late_failed" })).await;
    booth.post("/v1/refunds", Some("r"), &json!({ "payment": id, "amount": 100 })).await;
    assert_eq!(booth.get("/truth").await["totals"][0]["net"], 0);
    let heard = booth.hears(2).await;
    assert!(heard.iter().any(|one| one.kind() == "refund.succeeded"), "in whichever order the two arrive");
    booth.after(6);
    assert_eq!(booth.hears(3).await[2].kind(), "refund.failed");
    assert_eq!(booth.get("/truth").await["totals"][0]["net"], 100);
});

on_both!(MIGRATIONS, disputes_follow_payments_when_asked_to, async |db: Db| {
    let booth = Booth::open(db).await;
    faults(&booth, json!({ "disputes": "lost" })).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    booth.hears(2).await;
    booth.after(6);
    assert_eq!(booth.hears(3).await[2].kind(), "dispute.lost");
    assert_eq!(booth.get("/truth").await["totals"][0]["net"], 0);
});

on_both!(MIGRATIONS, the_clock_of_signatures_can_be_wrong, async |db: Db| {
    let booth = Booth::open(db).await;
    faults(&booth, json!({ "skew_seconds": 600 })).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    assert!(booth.hears(1).await[0].signature.starts_with(&format!("t={},", 1_795_420_800 + 600)));
});
