use gateway::MIGRATIONS;
use serde_json::{Value, json};
use store::{Db, on_both};

use crate::booth::Booth;

async fn paid(booth: &Booth, amount: i64) -> String {
    let id = booth.open_payment(amount).await;
    assert_eq!(booth.choose(&id, "action=pay").await, 303);
    id
}

on_both!(MIGRATIONS, refunds_are_partial_and_several_and_never_too_much, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = paid(&booth, 1000).await;
    for (key, amount, status) in [("a", 300, 201), ("b", 700, 201), ("c", 1, 422), ("d", 0, 422), ("a", 300, 201)] {
        let answer = booth.post("/v1/refunds", Some(key), &json!({ "payment": id, "amount": amount })).await;
        assert_eq!(answer.status(), status, "{key}");
    }
    assert_eq!(booth.get(&format!("/v1/payments/{id}")).await["refunded"], 1000);
    let kinds: Vec<String> = booth.hears(3).await.iter().map(|one| one.kind()).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "refund.succeeded").count(), 2);
});

on_both!(MIGRATIONS, what_was_not_paid_is_not_refunded, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(1000).await;
    let answer = booth.post("/v1/refunds", Some("a"), &json!({ "payment": id, "amount": 1 })).await;
    assert_eq!(answer.status(), 409);
    let answer = booth.post("/v1/refunds", Some("b"), &json!({ "payment": "pay_none", "amount": 1 })).await;
    assert_eq!(answer.status(), 404);
});

on_both!(MIGRATIONS, a_refund_that_fails_later_gives_the_money_back, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = paid(&booth, 1000).await;
    booth.hears(1).await;
    booth.post("/v1/faults", None, &json!({ "refunds": "fail_later" })).await;
    let asked: Value =
        booth.post("/v1/refunds", Some("a"), &json!({ "payment": id, "amount": 1000 })).await.json().await.unwrap();
    assert_eq!(asked["status"], "pending");
    let more = booth.post("/v1/refunds", Some("b"), &json!({ "payment": id, "amount": 1 })).await;
    assert_eq!(more.status(), 422);
    booth.after(10);
    assert_eq!(booth.hears(2).await[1].kind(), "refund.failed");
    assert_eq!(booth.get(&format!("/v1/payments/{id}")).await["refunded"], 0);
    assert_eq!(booth.get(&format!("/v1/refunds/{}", asked["id"].as_str().unwrap())).await["status"], "failed");
    assert_eq!(booth.get("/truth").await["totals"][0]["refunded"], 0);
});
