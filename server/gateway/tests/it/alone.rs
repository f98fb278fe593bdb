use gateway::MIGRATIONS;
use reqwest::StatusCode;
use serde_json::{Value, json};
use store::{Db, on_both};

use crate::booth::Booth;

/// A payment that made an agreement, by the card of `action`; the agreement's id.
async fn agreed(booth: &Booth, action: &str) -> String {
    let mut asked = booth.payment(1000);
    asked["remember"] = json!(true);
    let opened: Value = booth.post("/v1/payments", Some("first"), &asked).await.json().await.unwrap();
    let id = opened["id"].as_str().unwrap();
    assert_eq!(booth.choose(id, &format!("action={action}")).await, 303);
    booth.get(&format!("/v1/payments/{id}")).await["agreement"].as_str().unwrap().to_owned()
}

async fn charged(booth: &Booth, agreement: &str, key: &str) -> Value {
    let mut asked = booth.payment(500);
    asked["agreement"] = json!(agreement);
    asked["reference"] = json!(key);
    booth.post("/v1/payments", Some(key), &asked).await.json().await.unwrap()
}

on_both!(MIGRATIONS, an_agreement_charges_without_a_page, async |db: Db| {
    let booth = Booth::open(db).await;
    let agreement = agreed(&booth, "pay").await;
    let once = charged(&booth, &agreement, "renewal-1").await;
    assert_eq!((&once["status"], &once["captured"], &once["agreement"]), (&json!("succeeded"), &json!(500), &json!(agreement)));
    assert_eq!(charged(&booth, &agreement, "renewal-1").await, once, "the same key charges once");
    assert_eq!(booth.get("/truth").await["totals"][0]["captured"], 1500);
});

on_both!(MIGRATIONS, cards_that_fail_later_fail_softly_or_for_good, async |db: Db| {
    let booth = Booth::open(db).await;
    let agreement = agreed(&booth, "pay_then_insufficient").await;
    let soft = charged(&booth, &agreement, "renewal-1").await;
    assert_eq!((&soft["status"], &soft["failure"]), (&json!("failed"), &json!({ "code": "insufficient_funds", "hard": false })));
    booth.post(&format!("/v1/agreements/{agreement}"), None, &json!({ "card": "lost_card" })).await;
    let hard = charged(&booth, &agreement, "renewal-2").await;
    assert_eq!(hard["failure"], json!({ "code": "lost_card", "hard": true }));
    assert_eq!(booth.get("/truth").await["totals"][0]["captured"], 1000);
});

on_both!(MIGRATIONS, an_agreement_that_was_ended_charges_no_more, async |db: Db| {
    let booth = Booth::open(db).await;
    let agreement = agreed(&booth, "pay").await;
    for _ in 0..2 {
        let ended = booth.post(&format!("/v1/agreements/{agreement}/revoke"), None, &json!({})).await;
        assert_eq!(ended.json::<Value>().await.unwrap()["status"], "revoked");
    }
    let refused = charged(&booth, &agreement, "renewal-1").await;
    assert_eq!(refused["failure"], json!({ "code": "agreement_ended", "hard": true }));
    let kinds: Vec<String> = booth.hears(3).await.iter().map(|one| one.kind()).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "agreement.revoked").count(), 1);
    assert_eq!(booth.post("/v1/agreements/agr_none/revoke", None, &json!({})).await.status(), StatusCode::NOT_FOUND);
});

on_both!(MIGRATIONS, a_dispute_withholds_the_money_until_it_is_won, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(1000).await;
    booth.choose(&id, "action=pay").await;
    let opened: Value = booth.post("/v1/disputes", None, &json!({ "payment": id })).await.json().await.unwrap();
    assert_eq!(booth.get("/truth").await["totals"][0]["net"], 0);
    let path = format!("/v1/disputes/{}", opened["id"].as_str().unwrap());
    for _ in 0..2 {
        booth.post(&path, None, &json!({ "status": "won" })).await;
    }
    assert_eq!(booth.get("/truth").await["totals"][0]["net"], 1000);
    let kinds: Vec<String> = booth.hears(3).await.iter().map(|one| one.kind()).collect();
    assert_eq!(kinds.iter().filter(|kind| kind.starts_with("dispute.")).count(), 2);
});

on_both!(MIGRATIONS, a_payout_arrives_and_may_come_back, async |db: Db| {
    let booth = Booth::open(db).await;
    booth.post("/v1/faults", None, &json!({ "payouts": "returned" })).await;
    let asked = json!({ "amount": 700, "currency": "CNY", "account": "ada", "reference": "payout-1",
                        "notify_url": format!("{}/webhooks/sandbox", booth.shop_url) });
    let sent: Value = booth.post("/v1/payouts", Some("p"), &asked).await.json().await.unwrap();
    assert_eq!(sent["status"], "in_transit");
    booth.after(6);
    assert_eq!(booth.hears(1).await[0].kind(), "payout.paid");
    assert_eq!(booth.get("/truth").await["totals"][0]["paid_out"], 700);
    booth.after(6);
    assert_eq!(booth.hears(2).await[1].kind(), "payout.returned");
    assert_eq!(booth.get("/truth").await["totals"][0]["paid_out"], 0);
});
