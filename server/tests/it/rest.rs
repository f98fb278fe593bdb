//! Other programs: tokens and their scopes, calls that are sent twice, errors a program can read.

use crate::harness::{Running, header};
use domain::subscriptions::{self, NewPlan};
use domain::testing::buying::{all_done, books_hold, bought};
use domain::{Member, payments, tokens};
use model::accounts::Role;
use model::ids::PlanId;
use model::payments::{Payer, Provider};
use model::subscriptions::Subscribe;
use model::time::days;
use model::tokens::NewToken;
use model::{Currency, Lang, Money};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use store::Kind;

/// A program with somebody's token.
struct Program<'a> {
    running: &'a Running,
    secret: String,
    client: Client,
}

impl<'a> Program<'a> {
    async fn of_grace(running: &'a Running, scopes: &[&str]) -> Self {
        Self::of(running, &running.school.grace(), scopes).await
    }

    async fn of(running: &'a Running, who: &Member, scopes: &[&str]) -> Self {
        let form =
            NewToken { name: "Shop".into(), scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(), days: String::new() };
        let issued = tokens::issue(&running.school.app, who, form).await.expect("a token");
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
    let (status, _, wrong) = told(shop.call(Method::GET, "/orders?cursor=0190a3c4-0000-7000-8000-0000000000ff")).await;
    assert_eq!((status, wrong["errors"][0]["field"].as_str()), (422, Some("cursor")));
}

async fn a_call_sent_twice_is_carried_out_once(kind: Kind) {
    let running = Running::selling(kind).await;
    let order = waiting_order(&running).await;
    let shop = Program::of_grace(&running, &["orders:read", "orders:write"]).await;
    let pay = |key: &'static str, body: Value| {
        shop.call(Method::POST, &format!("/orders/{order}/pay")).header("idempotency-key", key).json(&body)
    };
    let (status, _, one) = told(pay("p-1", json!({}))).await;
    assert!(status == 200 && one["pay_url"].as_str().is_some_and(|url| url.starts_with("http")), "{status} {one}");
    let (status, _, again) = told(pay("p-2", json!({ "provider": "sandbox" }))).await;
    assert_eq!((status, &again["pay_url"]), (200, &one["pay_url"]), "one and the same payment");
    let (status, _, problem) = told(pay("p-3", json!({ "provider": "nobody" }))).await;
    assert_eq!((status, problem["errors"][0]["field"].as_str()), (422, Some("provider")));
    let (status, _, other) = told(pay("p-4", json!({ "provider": "stripe" }))).await;
    assert!(status == 200 && other["pay_url"].is_string() && other["pay_url"] != one["pay_url"], "{status} {other}");
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

/// A plan of so many months at so many fen, with a week of trial.
async fn plan(running: &Running, months: u32, price: i64) -> PlanId {
    let app = &running.school.app;
    let plan = NewPlan { months, price: Money::new(price, Currency::Cny), trial_days: 7, position: i64::from(months) };
    app.db.write(async |tx| subscriptions::put_plan(app, tx, plan).await).await.expect("a plan")
}

/// The provider tells that what waits at `pay_url` was paid.
async fn pays(running: &Running, answer: &Value) {
    let page = answer["pay_url"].as_str().unwrap_or_else(|| panic!("nothing to pay: {answer}"));
    let attempt = page.rsplit('/').next().expect("an attempt");
    let amount = running.school.till.payment(attempt).expect("a payment").amount;
    let body = running.school.till.tell(attempt, payments::Fact::Succeeded, amount);
    let kept = payments::keep(&running.school.app, Provider::Sandbox, &["good"], body.as_bytes()).await;
    kept.expect("the inbox").expect("a notification");
    all_done(&running.school).await.expect("everything is settled");
}

async fn a_program_subscribes_changes_rests_and_comes_back(kind: Kind) {
    let running = Running::start(kind).await;
    let (month, year) = (plan(&running, 1, 3_000).await, plan(&running, 12, 30_000).await);
    let shop = Program::of_grace(&running, &["subscriptions:read", "subscriptions:write"]).await;
    let post =
        |path: &str, key: &str, body: &Value| shop.call(Method::POST, path).header("idempotency-key", key.to_owned()).json(body);
    let (status, _, plans) = told(shop.call(Method::GET, "/plans")).await;
    assert_eq!(
        (status, &plans["items"][0]["id"], &plans["items"][1]["price"]["minor"]),
        (200, &json!(month), &json!(30_000)),
        "{plans}"
    );

    // what was agreed to is what begins
    let wanted = json!({ "plan": month, "price": 3_000, "consent": true });
    let (status, _, unasked) = told(post("/subscriptions", "s-0", &json!({ "plan": month, "price": 3_000 }))).await;
    assert_eq!((status, unasked["errors"][0]["field"].as_str()), (422, Some("consent")), "{unasked}");
    let (status, _, problem) =
        told(post("/subscriptions", "s-1", &json!({ "plan": month, "price": 2_000, "consent": true }))).await;
    assert_eq!(status, 409, "another price than was shown: {problem}");
    let (status, _, begun) = told(post("/subscriptions", "s-2", &wanted)).await;
    assert_eq!((status, &begun["subscription"]["state"]), (201, &json!("incomplete")), "{begun}");
    assert_eq!(told(post("/subscriptions", "s-2", &wanted)).await.2, begun, "sent twice, begun once");
    let path = format!("/subscriptions/{}", begun["subscription"]["id"].as_str().expect("an id"));
    let (status, _, again) = told(post(&format!("{path}/pay"), "p-1", &json!({}))).await;
    assert_eq!((status, &again["pay_url"]), (200, &begun["pay_url"]), "one and the same payment");
    pays(&running, &begun).await;
    let (_, _, one) = told(shop.call(Method::GET, &path)).await;
    assert_eq!((&one["state"], &one["invoices"][0]["state"]), (&json!("active"), &json!("paid")), "{one}");
    let (status, _, nothing) = told(post(&format!("{path}/pay"), "p-2", &json!({}))).await;
    assert_eq!(status, 409, "nothing waits: {nothing}");
    let (status, _, second) = told(post("/subscriptions", "s-3", &wanted)).await;
    assert_eq!(status, 409, "one at a time: {second}");

    // a better plan, to the cent as it was shown
    running.school.after(days(10));
    let (status, _, shown) = told(shop.call(Method::GET, &format!("{path}/changes/{year}"))).await;
    let parts = ["charge", "credit", "due"].map(|part| shown[part]["minor"].as_i64().expect("an amount"));
    assert_eq!((status, &shown["now"], parts[0] - parts[1]), (200, &json!(true), parts[2]), "{shown}");
    let change = |due: i64| json!({ "plan": year, "due": due, "price": 30_000, "at": shown["at"], "consent": true });
    assert_eq!(told(post(&format!("{path}/changes"), "c-0", &change(1))).await.0, 409, "another amount than was shown");
    let (status, _, changing) = told(post(&format!("{path}/changes"), "c-1", &change(parts[2]))).await;
    assert_eq!((status, &changing["subscription"]["to_pay"]["minor"]), (200, &json!(parts[2])), "{changing}");
    pays(&running, &changing).await;
    let (_, _, one) = told(shop.call(Method::GET, &path)).await;
    assert_eq!((&one["plan"]["months"], &one["to_pay"]), (&json!(12), &Value::Null), "{one}");

    // a rest, and back
    let (status, _, resting) = told(post(&format!("{path}/pause"), "r-1", &json!({}))).await;
    assert_eq!((status, &resting["pauses"]), (200, &json!(true)), "{resting}");
    assert_eq!(told(post(&format!("{path}/resume"), "b-0", &json!({}))).await.0, 409, "it has not begun to rest");
    running.school.after(days(370));
    while subscriptions::work(&running.school.app).await.expect("the clock's round") {}
    let (_, _, rests) = told(shop.call(Method::GET, &path)).await;
    assert_eq!(&rests["state"], &json!("paused"), "{rests}");
    let (status, _, back) = told(post(&format!("{path}/resume"), "b-1", &json!({}))).await;
    assert_eq!((status, &back["subscription"]["state"]), (200, &json!("incomplete")), "{back}");
    pays(&running, &back).await;
    assert_eq!(told(shop.call(Method::GET, &path)).await.2["state"], json!("active"));

    let other = Program::of(&running, &running.school.lin(), &["subscriptions:read", "subscriptions:write"]).await;
    for verb in ["pause", "resume", "pay"] {
        let theirs = other.call(Method::POST, &format!("{path}/{verb}")).header("idempotency-key", "x-1").json(&json!({}));
        assert_eq!(told(theirs).await.0, 404, "{verb}: somebody else's is not there");
    }
    assert_eq!(told(other.call(Method::GET, &format!("{path}/changes/{month}"))).await.0, 404);
    let reader = Program::of_grace(&running, &["subscriptions:read"]).await;
    let unable = reader.call(Method::POST, "/subscriptions").header("idempotency-key", "x-1").json(&wanted);
    assert_eq!(told(unable).await.2["code"], "insufficient_scope");
    books_hold(&running.school).await.expect("the audit");
}

/// Grace is in her trial of the membership.
async fn trial_of_grace(running: &Running) {
    let app = &running.school.app;
    let plan = plan(running, 1, 3_000).await;
    let form = Subscribe {
        plan: plan.to_string(),
        trial: "yes".into(),
        price: "3000".into(),
        trial_days: "7".into(),
        consent: "yes".into(),
        idem: "trial".into(),
        ..Subscribe::default()
    };
    let zone = subscriptions::SCHOOL_ZONE;
    subscriptions::subscribe(app, &running.school.grace(), Lang::En, zone, form, &Payer::default()).await.expect("a trial");
}

async fn a_program_reads_cancels_and_keeps_a_membership(kind: Kind) {
    let running = Running::start(kind).await;
    trial_of_grace(&running).await;
    let shop = Program::of_grace(&running, &["subscriptions:read", "subscriptions:write"]).await;
    let (status, _, list) = told(shop.call(Method::GET, "/subscriptions")).await;
    let one = &list["items"][0];
    assert_eq!((status, &one["state"], &one["cancels"]), (200, &json!("trialing"), &json!(false)), "{list}");
    assert_eq!((&one["plan"]["months"], &one["next_amount"]["minor"]), (&json!(1), &json!(3_000)), "{one}");
    let path = format!("/subscriptions/{}", one["id"].as_str().expect("an id"));
    let cancel = || shop.call(Method::POST, &format!("{path}/cancel"));
    assert_eq!(told(cancel()).await.0, 400, "a key is needed");
    let (status, _, ended) = told(cancel().header("idempotency-key", "c-1")).await;
    assert_eq!((status, &ended["cancels"], &ended["next_amount"]), (200, &json!(true), &Value::Null), "{ended}");
    assert_eq!(told(cancel().header("idempotency-key", "c-1")).await.2, ended, "the same call again");
    assert_eq!(told(cancel().header("idempotency-key", "c-2")).await.2, ended, "it is cancelled already");
    let (status, _, kept) = told(shop.call(Method::POST, &format!("{path}/undo")).header("idempotency-key", "u-1")).await;
    assert_eq!((status, &kept["cancels"]), (200, &json!(false)), "{kept}");
    let (_, _, read) = told(shop.call(Method::GET, &path)).await;
    assert_eq!(read, kept);
    let other = Program::of(&running, &running.school.lin(), &["subscriptions:read", "subscriptions:write"]).await;
    assert_eq!(told(other.call(Method::GET, &path)).await.0, 404, "somebody else's is not there");
    let theirs = other.call(Method::POST, &format!("{path}/cancel")).header("idempotency-key", "x-1");
    assert_eq!(told(theirs).await.0, 404);
    assert_eq!(told(other.call(Method::GET, "/subscriptions")).await.2, json!({ "items": [], "next": null }));
    let reader = Program::of_grace(&running, &["subscriptions:read"]).await;
    let unable = reader.call(Method::POST, &format!("{path}/cancel")).header("idempotency-key", "x-1");
    assert_eq!(told(unable).await.2["code"], "insufficient_scope");
}

async fn staff_make_list_and_end_coupons_by_program(kind: Kind) {
    let running = Running::start(kind).await;
    let desk = Program::of(&running, &running.school.sam(), &["coupons:read", "coupons:write"]).await;
    let make = |key: &str, body: Value| desk.call(Method::POST, "/coupons").header("idempotency-key", key).json(&body);
    let spring = json!({ "name": "Spring", "codes": ["spring-20"], "percent_bp": 2_000, "most": 10 });
    let (status, _, made) = told(make("m-1", spring.clone())).await;
    assert_eq!((status, &made["percent_bp"], &made["standing"]), (201, &json!(2_000), &json!("running")), "{made}");
    assert_eq!((&made["codes_in_all"], &made["most"], &made["amount"]), (&json!(1), &json!(10), &Value::Null), "{made}");
    assert_eq!(told(make("m-1", spring.clone())).await.2, made, "the same call makes nothing new");
    let (status, _, taken) = told(make("m-2", spring)).await;
    assert_eq!((status, taken["errors"][0]["field"].as_str()), (422, Some("codes")), "{taken}");
    let (_, _, fixed) = told(make("m-3", json!({ "name": "Ten off", "count": 5, "amount": 1_000 }))).await;
    assert_eq!((&fixed["amount"]["minor"], fixed["codes"].as_array().map(Vec::len)), (&json!(1_000), Some(5)), "{fixed}");
    assert_eq!(told(make("m-4", json!({ "name": "Nothing" }))).await.0, 422);
    let (_, _, first) = told(desk.call(Method::GET, "/coupons?limit=1")).await;
    let next = first["next"].as_str().expect("more").to_owned();
    let (_, _, second) = told(desk.call(Method::GET, &format!("/coupons?limit=1&cursor={next}"))).await;
    let mut names = vec![first["items"][0]["name"].clone(), second["items"][0]["name"].clone()];
    names.sort_by_key(Value::to_string);
    assert_eq!((names, &second["next"]), (vec![json!("Spring"), json!("Ten off")], &Value::Null));
    let path = format!("/coupons/{}", made["id"].as_str().expect("an id"));
    let (status, _, ended) = told(desk.call(Method::POST, &format!("{path}/end")).header("idempotency-key", "e-1")).await;
    assert_eq!((status, &ended["standing"]), (200, &json!("ended")), "{ended}");
    assert_eq!(told(desk.call(Method::GET, &path)).await.2, ended);
    // made while she was one of the staff
    let mut once = running.school.grace();
    once.me.roles.push(Role::Finance);
    let learner = Program::of(&running, &once, &["coupons:read", "coupons:write"]).await;
    assert_eq!(told(learner.call(Method::GET, "/coupons")).await.0, 403, "a scope does not make anybody staff");
    let (status, _, problem) = told(learner.call(Method::POST, "/coupons").header("idempotency-key", "l-1")).await;
    assert_eq!((status, problem["code"].as_str()), (403, Some("forbidden")));
}

async fn a_promised_refund_is_granted_at_once_and_another_waits_for_finance(kind: Kind) {
    let running = Running::start(kind).await;
    let school = &running.school;
    let (first, late) = (school.learner("first").await, school.learner("late").await);
    let scopes = ["orders:read", "refunds:write"];
    let late_order = bought(school, &late).await.expect("an order");
    school.after(days(8));
    let order = bought(school, &first).await.expect("an order");
    let shop = Program::of(&running, &first, &scopes).await;
    let (_, _, shown) = told(shop.call(Method::GET, &format!("/orders/{order}"))).await;
    let line = &shown["refundable"][0];
    assert_eq!((&line["promised"], &line["amount"]["minor"]), (&json!(true), &json!(19900)), "{shown}");
    let ask = |key: &str, body: &Value| shop.call(Method::POST, "/refunds").header("idempotency-key", key.to_owned()).json(body);
    let (status, _, problem) = told(ask("r-0", &json!({ "order": order, "reason": " " }))).await;
    assert_eq!((status, problem["errors"][0]["field"].as_str()), (422, Some("reason")), "{problem}");
    let wanted = json!({ "order": order, "lines": [line["line"]], "reason": "Not for me" });
    let (status, _, refund) = told(ask("r-1", &wanted)).await;
    assert_eq!(
        (status, refund["state"].as_str(), refund["cause"].as_str()),
        (201, Some("approved"), Some("learner")),
        "{refund}"
    );
    assert_eq!(told(ask("r-1", &wanted)).await.2, refund, "sent twice, asked once");
    assert_eq!(told(ask("r-2", &wanted)).await.0, 409, "nothing is left");
    all_done(school).await.expect("the provider does it");
    let refund = format!("/refunds/{}", refund["id"].as_str().expect("an id"));
    let (_, _, done) = told(shop.call(Method::GET, &refund)).await;
    assert_eq!((done["state"].as_str(), &done["lines"][0]["amount"]["minor"]), (Some("succeeded"), &json!(19900)), "{done}");

    let other = Program::of(&running, &late, &scopes).await;
    assert_eq!(told(other.call(Method::GET, &refund)).await.0, 404, "it is not theirs");
    let request = other.call(Method::POST, "/refunds").header("idempotency-key", "r-1");
    let (status, _, waits) = told(request.json(&json!({ "order": late_order, "reason": "Too late, I know" }))).await;
    assert_eq!((status, waits["state"].as_str()), (201, Some("requested")), "{waits}");
    let waits = format!("/refunds/{}", waits["id"].as_str().expect("an id"));
    let approve = |program: &Program<'_>, key: &str| {
        program.call(Method::POST, &format!("{waits}/approve")).header("idempotency-key", key.to_owned())
    };
    assert_eq!(told(approve(&other, "a-1")).await.0, 403, "nobody decides about their own");
    let finance = Program::of(&running, &school.sam(), &scopes).await;
    let (_, _, all) = told(finance.call(Method::GET, "/refunds?limit=1")).await;
    assert_eq!(all["items"].as_array().map(Vec::len), Some(1), "{all}");
    let next = format!("/refunds?limit=1&cursor={}", all["next"].as_str().expect("there is more"));
    let (_, _, rest) = told(finance.call(Method::GET, &next)).await;
    assert_eq!((rest["items"].as_array().map(Vec::len), &rest["next"]), (Some(1), &Value::Null), "{rest}");
    // a process that was killed after it had approved has left no answer: the same key is told what came of it
    let id = waits.trim_start_matches("/refunds/").parse().expect("an id");
    let key = model::orders::Key::parse("a-1").expect("a key");
    domain::orders::approve_once(&school.app, &school.sam_at_work(), &id, &key).await.expect("approved");
    let (status, _, approved) = told(approve(&finance, "a-1")).await;
    assert_eq!((status, approved["state"].as_str()), (200, Some("approved")), "{approved}");
    assert_eq!(told(approve(&finance, "a-2")).await.0, 409, "once");
    all_done(school).await.expect("the provider does it");
    let (_, _, done) = told(other.call(Method::GET, &waits)).await;
    assert_eq!(done["state"].as_str(), Some("succeeded"), "{done}");
    let reader = Program::of(&running, &school.sam(), &["orders:read"]).await;
    assert_eq!(told(approve(&reader, "a-3")).await.2["code"], "insufficient_scope");
    books_hold(school).await.expect("the audit");
}

macro_rules! on_both {
    ($($story:ident),+) => { $(mod $story {
        #[tokio::test(flavor = "multi_thread")]
        async fn on_sqlite() { super::$story(store::Kind::Sqlite).await; }
        #[tokio::test(flavor = "multi_thread")]
        async fn on_postgres() { super::$story(store::Kind::Postgres).await; }
    })+ };
}
on_both!(
    a_program_sees_what_its_scopes_allow,
    a_call_sent_twice_is_carried_out_once,
    a_program_reads_cancels_and_keeps_a_membership,
    a_program_subscribes_changes_rests_and_comes_back,
    staff_make_list_and_end_coupons_by_program,
    a_promised_refund_is_granted_at_once_and_another_waits_for_finance
);

/// The answers of a call in the document, by status.
fn answers(call: &Value) -> impl Iterator<Item = (&String, &Value)> {
    call["responses"].as_object().into_iter().flatten()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_and_its_page_name_every_call_and_what_it_is_answered_with() {
    let running = Running::start(Kind::Sqlite).await;
    let document = running.anybody().get("/api/v1/openapi.json").await.text().await.expect("a document");
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(document["openapi"].as_str().map(|version| version.starts_with("3.")), Some(true));
    let page = running.anybody().get("/api/docs").await.text().await.expect("a page");
    for (path, calls) in document["paths"].as_object().expect("paths") {
        assert!(page.contains(&format!(" {path}</code>")), "{path}");
        for refusal in ["409", "422", "429", "503"] {
            assert!(calls.get("post").is_none_or(|post| post["responses"][refusal].is_object()), "{path} {refusal}");
        }
        for (status, answer) in calls.as_object().into_iter().flat_map(|calls| calls.values()).flat_map(answers) {
            let kinds: Vec<&String> = answer["content"].as_object().into_iter().flat_map(|content| content.keys()).collect();
            let kind = if status.starts_with('2') { "application/json" } else { "application/problem+json" };
            assert_eq!(kinds, [kind], "{path} {status}");
        }
    }
}
