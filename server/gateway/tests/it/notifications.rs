use std::time::Duration;

use gateway::MIGRATIONS;
use serde_json::json;
use store::{Db, on_both};

use crate::booth::{Booth, SECRETS};

on_both!(MIGRATIONS, a_payment_is_announced_with_a_signature_of_every_secret, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    let heard = &booth.hears(1).await[0];
    assert!(SECRETS.iter().all(|secret| heard.is_genuine(secret)));
    assert!(!heard.is_genuine("whsec_other"));
    let event = heard.json();
    assert_eq!(event["type"], "payment.succeeded");
    assert_eq!(event["data"]["id"], id);
    assert_eq!(event["data"]["captured"], 100);
    assert_eq!(event["created"], 1_795_420_800);
    assert_eq!(booth.get("/v1/events").await["data"][0], event);
});

on_both!(MIGRATIONS, a_notification_is_repeated_until_it_is_received, async |db: Db| {
    let booth = Booth::open(db).await;
    booth.shop_answers(503);
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    booth.hears(1).await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(booth.received().len(), 1, "not before its time");
    booth.after(2);
    booth.hears(2).await;
    booth.shop_answers(204);
    tokio::time::sleep(Duration::from_millis(100)).await;
    booth.after(5);
    let heard = booth.hears(3).await;
    assert!(heard.iter().all(|one| one.body == heard[0].body && one.is_genuine(SECRETS[0])));
    booth.after(100_000);
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(booth.received().len(), 3);
});

on_both!(MIGRATIONS, an_event_can_be_sent_again, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    let event = booth.hears(1).await[0].json()["id"].as_str().unwrap().to_owned();
    assert_eq!(booth.post(&format!("/v1/events/{event}/resend"), None, &json!({})).await.status(), 202);
    let heard = booth.hears(2).await;
    assert_eq!(heard[0].body, heard[1].body);
    assert_eq!(booth.post("/v1/events/evt_none/resend", None, &json!({})).await.status(), 404);
});

on_both!(MIGRATIONS, duplicates_come_when_asked_for, async |db: Db| {
    let booth = Booth::open(db).await;
    booth.post("/v1/faults", None, &json!({ "duplicate": 2 })).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    let heard = booth.hears(3).await;
    assert!(heard.iter().all(|one| one.body == heard[0].body));
});

on_both!(MIGRATIONS, the_later_overtakes_the_earlier_when_asked_to, async |db: Db| {
    let booth = Booth::open(db).await;
    booth.post("/v1/faults", None, &json!({ "reorder_ms": 5000 })).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=insufficient_funds").await;
    booth.choose(&id, "action=pay").await;
    assert_eq!(booth.hears(1).await[0].kind(), "payment.succeeded");
    booth.after(5);
    assert_eq!(booth.hears(2).await[1].kind(), "payment.failed");
});

on_both!(MIGRATIONS, forged_and_old_notifications_come_before_the_genuine_one, async |db: Db| {
    let booth = Booth::open(db).await;
    booth.post("/v1/faults", None, &json!({ "bad_signature": true, "old_timestamp": true })).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    let heard = booth.hears(3).await;
    assert_eq!(heard.iter().filter(|one| !one.is_genuine(SECRETS[0])).count(), 1);
    let old = format!("t={},", 1_795_420_800 - 3600);
    assert_eq!(heard.iter().filter(|one| one.signature.starts_with(&old)).count(), 1);
});

on_both!(MIGRATIONS, an_unknown_fault_is_refused, async |db: Db| {
    let booth = Booth::open(db).await;
    assert_eq!(booth.post("/v1/faults", None, &json!({ "explode": true })).await.status(), 422);
    assert_eq!(booth.post("/v1/faults", None, &json!({ "delay_ms": 60_000 })).await.status(), 200);
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert!(booth.received().is_empty());
    assert_eq!(booth.post("/v1/clock", None, &json!({ "advance_seconds": 60 })).await.status(), 200);
    booth.hears(1).await;
    let set = booth.post("/v1/clock", None, &json!({ "set": "2027-01-01T00:00:00Z" })).await;
    assert_eq!(set.json::<serde_json::Value>().await.unwrap()["now"], 1_798_761_600);
    assert_eq!(booth.post("/v1/clock", None, &json!({ "set": "soon" })).await.status(), 422);
});
