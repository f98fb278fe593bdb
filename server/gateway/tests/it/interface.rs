use gateway::MIGRATIONS;
use serde_json::{Value, json};
use store::{Db, on_both};

use crate::booth::Booth;

on_both!(MIGRATIONS, a_payment_is_opened_once_per_key, async |db: Db| {
    let booth = Booth::open(db).await;
    let body = booth.payment(19_900);
    let first = booth.post("/v1/payments", Some("k"), &body).await;
    assert_eq!(first.status(), 201);
    assert!(first.headers().contains_key("request-id"));
    let first: Value = first.json().await.unwrap();
    assert_eq!(first["pay_url"], format!("{}/pay/{}", booth.url, first["id"].as_str().unwrap()));
    let again = booth.post("/v1/payments", Some("k"), &body).await;
    assert_eq!((again.status().as_u16(), again.headers()["idempotency-replayed"].to_str().unwrap()), (201, "true"));
    assert_eq!(again.json::<Value>().await.unwrap(), first);
    let other = booth.post("/v1/payments", Some("k"), &booth.payment(1)).await;
    assert_eq!(other.status(), 422);
    assert_eq!(booth.post("/v1/payments", None, &body).await.status(), 400);
    assert_eq!(booth.get("/v1/payments?reference=order-1").await["data"].as_array().unwrap().len(), 1);
});

on_both!(MIGRATIONS, many_equal_requests_at_once_open_one_payment, async |db: Db| {
    let booth = Booth::open(db).await;
    let body = booth.payment(100);
    let requests = (0..8).map(|_| booth.post("/v1/payments", Some("k"), &body));
    let mut statuses = Vec::new();
    for request in requests.map(Box::pin).collect::<Vec<_>>() {
        statuses.push(request.await.status().as_u16());
    }
    let (a, b, c) = tokio::join!(
        booth.post("/v1/payments", Some("l"), &body),
        booth.post("/v1/payments", Some("l"), &body),
        booth.post("/v1/payments", Some("l"), &body),
    );
    statuses.extend([a, b, c].map(|response| response.status().as_u16()));
    assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    assert_eq!(booth.get("/v1/payments").await["data"].as_array().unwrap().len(), 2);
});

on_both!(MIGRATIONS, what_makes_no_sense_is_refused_by_name, async |db: Db| {
    let booth = Booth::open(db).await;
    for (field, value) in [
        ("amount", json!(0)),
        ("amount", json!("1")),
        ("currency", json!("yuan")),
        ("reference", json!("")),
        ("return_url", json!("javascript:alert(1)")),
        ("notify_url", json!("file:///etc/passwd")),
        ("surprise", json!(1)),
    ] {
        let mut body = booth.payment(100);
        body[field] = value;
        let refused = booth.post("/v1/payments", Some("k"), &body).await;
        assert_eq!(refused.status(), 422, "{field}");
    }
    let nonsense = booth.http.post(format!("{}/v1/payments", booth.url)).bearer_auth(crate::booth::KEY);
    assert_eq!(nonsense.header("idempotency-key", "k").body("{").send().await.unwrap().status(), 400);
});

on_both!(MIGRATIONS, nobody_enters_without_the_key, async |db: Db| {
    let booth = Booth::open(db).await;
    for path in ["/v1/payments", "/v1/payments/x", "/v1/refunds/x", "/v1/events", "/v1/settlements.csv", "/v1/faults"] {
        let refused = booth.http.get(format!("{}{path}", booth.url)).send().await.unwrap();
        assert_eq!(refused.status(), 401, "{path}");
        let refused = booth.http.get(format!("{}{path}", booth.url)).bearer_auth("wrong").send().await.unwrap();
        assert_eq!(refused.status(), 401, "{path}");
    }
    assert_eq!(booth.get("/v1/payments/none").await["error"]["code"], "not_found");
});

on_both!(MIGRATIONS, a_closed_payment_stays_closed, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    let close = format!("/v1/payments/{id}/close");
    for _ in 0..2 {
        let closed = booth.post(&close, None, &json!({})).await;
        assert_eq!((closed.status().as_u16(), closed.json::<Value>().await.unwrap()["status"].clone()), (200, json!("canceled")));
    }
    assert_eq!(booth.choose(&id, "action=pay").await, 409);
    assert_eq!(booth.hears(1).await[0].kind(), "payment.canceled");
});

on_both!(MIGRATIONS, a_paid_payment_cannot_be_closed, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    booth.choose(&id, "action=pay").await;
    let refused = booth.post(&format!("/v1/payments/{id}/close"), None, &json!({})).await;
    assert_eq!(refused.status(), 409);
    assert_eq!(booth.status(&id).await, "succeeded");
});

on_both!(MIGRATIONS, the_books_tell_what_moved, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(19_900).await;
    booth.choose(&id, "action=pay").await;
    booth.post("/v1/refunds", Some("r"), &json!({ "payment": id, "amount": 900 })).await;
    let truth = booth.get("/truth").await;
    let sums = json!({ "captured": 19_900, "refunded": 900, "disputed": 0, "paid_out": 0, "net": 19_000, "currency": "CNY" });
    assert_eq!(truth["totals"], json!([sums]));
    assert_eq!((&truth["providers"][0]["provider"], &truth["providers"][0]["net"]), (&json!("sandbox"), &json!(19_000)));
    assert_eq!(truth["payments"][0]["reference"], "order-1");
    let csv = booth.http.get(format!("{}/v1/settlements.csv", booth.url)).bearer_auth(crate::booth::KEY);
    let csv = csv.send().await.unwrap().text().await.unwrap();
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.contains(",order-1,-900,CNY,"), "{csv}");
});
