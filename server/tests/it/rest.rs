//! Other programs: tokens and their scopes, calls that are sent twice, errors a program can read.

use crate::harness::{Running, header};
use domain::tokens;
use model::tokens::NewToken;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use store::Kind;

/// A program with a token of Grace's that holds `scopes`.
struct Program<'a> {
    running: &'a Running,
    secret: String,
    client: Client,
}

impl<'a> Program<'a> {
    async fn of_grace(running: &'a Running, scopes: &[&str]) -> Self {
        let form =
            NewToken { name: "Shop".into(), scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(), days: String::new() };
        let issued = tokens::issue(&running.school.app, &running.school.grace(), form).await.expect("a token");
        Self { running, secret: issued.secret, client: Client::new() }
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/api/v1{path}", self.running.url)).bearer_auth(&self.secret)
    }
}

async fn told(request: RequestBuilder) -> (u16, String, Value) {
    let answer = request.send().await.expect("an answer");
    let kind = header(&answer, "content-type").to_owned();
    (answer.status().as_u16(), kind, answer.json().await.expect("JSON"))
}

/// An order of Grace's that waits for its money, made by a program.
async fn waiting_order(running: &Running) -> String {
    let shop = Program::of_grace(running, &["orders:write"]).await;
    let course = running.school.engines();
    let wanted = json!({ "items": [{ "kind": "course", "id": course }] });
    let (status, _, quote) = told(shop.call(Method::POST, "/quotes").header("idempotency-key", "q-1").json(&wanted)).await;
    assert_eq!(
        (status, &quote["due"], &quote["orderable"]),
        (201, &json!({ "minor": 19900, "currency": "CNY" }), &json!(true)),
        "{quote}"
    );
    for (n, (items, field)) in [
        (json!([{ "kind": "course", "id": course }, { "kind": "course", "id": course }]), "items[1]"),
        (json!([{ "kind": "course", "id": course, "quantity": 5 }]), "items[0].quantity"),
    ]
    .into_iter()
    .enumerate()
    {
        let call = shop.call(Method::POST, "/quotes").header("idempotency-key", format!("q-wrong-{n}"));
        let (status, _, problem) = told(call.json(&json!({ "items": items }))).await;
        assert_eq!((status, problem["errors"][0]["field"].as_str()), (422, Some(field)), "{problem}");
    }
    let other = json!({ "quote": quote["id"], "total": 100 });
    let (status, _, problem) = told(shop.call(Method::POST, "/orders").header("idempotency-key", "o-0").json(&other)).await;
    assert_eq!(status, 409, "nobody pays another amount than they saw: {problem}");
    let wanted = json!({ "quote": quote["id"], "total": 19900 });
    let (status, _, order) = told(shop.call(Method::POST, "/orders").header("idempotency-key", "o-1").json(&wanted)).await;
    assert_eq!((status, order["state"].as_str()), (201, Some("awaiting_payment")), "{order}");
    order["id"].as_str().expect("an id").to_owned()
}

async fn a_program_sees_what_its_scopes_allow(kind: Kind) {
    let running = Running::selling(kind).await;
    let order = waiting_order(&running).await;
    let shop = Program::of_grace(&running, &["orders:read"]).await;
    let (status, _, list) = told(shop.call(Method::GET, "/orders")).await;
    assert_eq!((status, list["items"][0]["id"].as_str()), (200, Some(order.as_str())));
    let (_, _, one) = told(shop.call(Method::GET, &format!("/orders/{order}"))).await;
    assert_eq!(one["total"], json!({ "minor": 19900, "currency": "CNY" }));
    assert!(one["pay_url"].as_str().is_some_and(|url| url.starts_with("http")), "{one}");
    let (status, kind, problem) = told(shop.call(Method::GET, "/ledger/balances")).await;
    assert_eq!((status, kind.as_str()), (403, "application/problem+json"));
    assert_eq!(problem["code"], "insufficient_scope");
    let stranger = Client::new().get(format!("{}/api/v1/orders", running.url)).bearer_auth("lectern_0000");
    assert_eq!(told(stranger).await.0, 401);
    let (status, _, missing) = told(shop.call(Method::GET, "/orders/nobody-s")).await;
    assert_eq!((status, missing["code"].as_str()), (404, Some("not_found")));
    let (status, kind, _) = told(shop.call(Method::GET, "/nothing/here")).await;
    assert_eq!((status, kind.as_str()), (404, "application/problem+json"));
    let (status, _, wrong) = told(shop.call(Method::GET, "/orders?limit=0")).await;
    assert_eq!((status, wrong["errors"][0]["field"].as_str()), (422, Some("limit")));
}

async fn a_call_sent_twice_is_carried_out_once(kind: Kind) {
    let running = Running::selling(kind).await;
    let order = waiting_order(&running).await;
    let shop = Program::of_grace(&running, &["orders:read", "orders:write"]).await;
    let cancel = || shop.call(Method::POST, &format!("/orders/{order}/cancel"));
    assert_eq!(told(cancel()).await.0, 400, "a key is needed");
    let first = cancel().header("idempotency-key", "k-1").send().await.expect("an answer");
    assert_eq!(first.status(), 200);
    assert!(first.headers().get("idempotency-replayed").is_none());
    let first = first.text().await.expect("a body");
    let again = cancel().header("idempotency-key", "k-1").send().await.expect("an answer");
    assert_eq!((again.status().as_u16(), header(&again, "idempotency-replayed")), (200, "true"));
    assert_eq!(again.text().await.expect("a body"), first);
    let other = cancel().header("idempotency-key", "k-1").body("{}");
    assert_eq!(told(other).await.0, 422, "the key stands for one request");
}

macro_rules! on_both {
    ($($story:ident),+) => { $(mod $story {
        #[tokio::test(flavor = "multi_thread")]
        async fn on_sqlite() { super::$story(store::Kind::Sqlite).await; }
        #[tokio::test(flavor = "multi_thread")]
        async fn on_postgres() { super::$story(store::Kind::Postgres).await; }
    })+ };
}
on_both!(a_program_sees_what_its_scopes_allow, a_call_sent_twice_is_carried_out_once);

#[tokio::test(flavor = "multi_thread")]
async fn the_document_and_its_page_name_every_call() {
    let running = Running::start(Kind::Sqlite).await;
    let document = running.anybody().get("/api/v1/openapi.json").await.text().await.expect("a document");
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(document["openapi"].as_str().map(|version| version.starts_with("3.")), Some(true));
    let page = running.anybody().get("/api/docs").await.text().await.expect("a page");
    for path in document["paths"].as_object().expect("paths").keys() {
        assert!(page.contains(&format!(" {path}</code>")), "{path}");
    }
}
