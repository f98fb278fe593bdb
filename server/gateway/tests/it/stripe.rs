//! What is Stripe's alone.

use gateway::MIGRATIONS;
use reqwest::RequestBuilder;
use serde_json::Value;
use store::{Db, on_both};

use crate::booth::{Booth, KEY};

async fn sent(request: RequestBuilder) -> Value {
    request.bearer_auth(format!("sk_test_{KEY}")).send().await.unwrap().json().await.unwrap()
}

async fn post(booth: &Booth, path: &str, key: &str, form: &str) -> Value {
    let request = booth.http.post(format!("{}/stripe/v1{path}", booth.url)).header("idempotency-key", key);
    sent(request.header("content-type", "application/x-www-form-urlencoded").body(form.to_owned())).await
}

/// A session that was paid: its number.
async fn paid(booth: &Booth) -> String {
    let form = [
        "mode=payment",
        "client_reference_id=a-1",
        "success_url=http://127.0.0.1:1/",
        "expires_at=1795424400",
        "line_items[0][quantity]=1",
        "line_items[0][price_data][currency]=cny",
        "line_items[0][price_data][unit_amount]=1000",
        "line_items[0][price_data][product_data][name]=Thinking",
        "metadata[attempt_id]=a-1",
    ];
    let session = post(booth, "/checkout/sessions", "a-1", &form.join("&")).await;
    let number = session["id"].as_str().unwrap().strip_prefix("cs_").unwrap().to_owned();
    assert_eq!(booth.choose(&format!("pay_{number}"), "action=pay").await, 303);
    number
}

on_both!(MIGRATIONS, a_key_is_known_for_a_day_and_the_same_request_is_a_new_one_after_it, async |db: Db| {
    let booth = Booth::open(db).await;
    let number = paid(&booth).await;
    let form = format!("payment_intent=pi_{number}&amount=300&metadata[refund_id]=r-1");
    let ask = async || post(&booth, "/refunds", "r-1", &form).await["id"].clone();
    let first = ask().await;
    booth.after(86_399);
    assert_eq!(ask().await, first);
    booth.after(1);
    let second = ask().await;
    assert_ne!(second, first);
    let listed = |query: &str| sent(booth.http.get(format!("{}/stripe/v1/refunds?payment_intent=pi_{number}{query}", booth.url)));
    let all = listed("").await;
    assert_eq!((&all["data"][0]["id"], &all["data"][1]["id"], &all["has_more"]), (&second, &first, &Value::Bool(false)));
    let page = listed("&limit=1").await;
    assert_eq!((&page["data"][0]["id"], &page["has_more"]), (&second, &Value::Bool(true)));
    let rest = listed(&format!("&limit=1&starting_after={}", second.as_str().unwrap())).await;
    assert_eq!((&rest["data"][0]["id"], &rest["has_more"]), (&first, &Value::Bool(false)));
});
