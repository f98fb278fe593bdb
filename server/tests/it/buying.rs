//! Buying without script against the sandbox provider: its hosted page, its signed notifications, its own books.

use crate::harness::{Browser, Running, header};
use domain::audit;
use reqwest::{Client, Response};
use std::time::Duration;
use store::Kind;

/// What a hidden field of the page says.
pub fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name} in {page}"));
    rest.split_once('"').expect("a value").0.to_owned()
}

pub fn local<'a>(answer: &'a Response, running: &Running) -> &'a str {
    assert_eq!(answer.status(), 303);
    let place = header(answer, "location");
    place.strip_prefix(running.url.as_str()).unwrap_or(place)
}

/// From the course to the provider's page: where the payer pays, and the order's page.
async fn to_the_till(running: &Running, buyer: &Browser<'_>) -> (String, String) {
    let checkout = buyer.post("/en/courses/analytical-engines", &[("form", "buy")]).await;
    let checkout = local(&checkout, running).to_owned();
    let page = buyer.get(&checkout).await.text().await.expect("a page");
    assert!(page.contains("Pay ¥199"), "the amount stands on the button: {page}");
    let key = hidden(&page, "idem");
    let fields = [("form", "pay"), ("idem", key.as_str()), ("provider", "sandbox")];
    let keyless = buyer.post(&checkout, &[("form", "pay"), ("provider", "sandbox")]).await;
    assert_eq!(keyless.status(), 400, "what moves money has a key");
    let placed = buyer.post(&checkout, &fields).await;
    let till = local(&placed, running).to_owned();
    let again = buyer.post(&checkout, &fields).await;
    assert!(local(&again, running).starts_with("/en/pay/"), "sent twice, ordered once");
    let other = buyer.post(&checkout, &[("form", "pay"), ("idem", key.as_str())]).await;
    assert_eq!(other.status(), 422, "a key stands for one request");
    let orders = buyer.get("/en/me/orders").await.text().await.expect("a page");
    assert_eq!(orders.matches("href=\"/en/pay/").count(), 1);
    let (_, rest) = orders.split_once("href=\"/en/pay/").expect("the order");
    let order = rest.split_once('"').expect("its id").0;
    (till, format!("/en/pay/{order}"))
}

/// The payer presses a button of the hosted page.
async fn press(till: &str, action: &str) {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let answer = client.post(till).form(&[("action", action)]).send().await.expect("an answer");
    assert!(answer.status().is_redirection(), "{action}: {}", answer.status());
}

/// Asks for the page until it says `words`.
pub async fn until(buyer: &Browser<'_>, path: &str, words: &str) -> String {
    let mut page = String::new();
    for _ in 0..200 {
        page = buyer.get(path).await.text().await.expect("a page");
        if page.contains(words) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} never said {words}: {page}");
}

pub async fn books_hold(running: &Running) {
    for row in audit::check(&running.school.app).await.expect("the audit") {
        assert!(row.holds, "{}: {:?}", row.id, row.offending);
    }
}

async fn a_course_is_bought_and_refunded(kind: Kind) {
    let running = Running::selling(kind).await;
    let buyer = running.signed_in(&running.school.grace()).await;
    let (till, order) = to_the_till(&running, &buyer).await;
    let waiting = buyer.get(&order).await;
    assert_eq!(header(&waiting, "refresh"), "4", "renews itself without script");
    press(&till, "insufficient_funds").await;
    until(&buyer, &order, "not enough money").await;
    press(&till, "pay").await;
    let paid = until(&buyer, &order, "The course is yours").await;
    assert!(paid.contains("R-000001"));
    let course = buyer.get("/en/courses/analytical-engines").await.text().await.expect("a page");
    assert!(!course.contains("value=\"buy\""), "nobody buys twice");
    books_hold(&running).await;

    let sam = running.signed_in(&running.school.sam()).await;
    let list = sam.get("/en/admin/orders?q=grace").await.text().await.expect("a page");
    let id = order.trim_start_matches("/en/pay/");
    assert!(list.contains(&format!("/en/admin/orders/{id}")));
    let desk = format!("/en/admin/orders/{id}/refund");
    let form = sam.get(&desk).await.text().await.expect("a page");
    let key = hidden(&form, "idem");
    let missing = sam.post(&desk, &[("form", "refund"), ("idem", key.as_str()), ("amount", "12.345")]).await;
    assert_eq!(missing.status(), 422);
    let page = missing.text().await.expect("a page");
    assert!(page.contains("value=\"12.345\"") && page.contains(&key), "what was typed is still there");
    let done = sam.post(&desk, &[("form", "refund"), ("idem", key.as_str()), ("reason", "She asked for it")]).await;
    assert_eq!(local(&done, &running), format!("/en/admin/orders/{id}"));
    until(&buyer, &format!("/en/orders/{id}"), "Refunded in full").await;
    let course = buyer.get("/en/courses/analytical-engines").await.text().await.expect("a page");
    assert!(course.contains("value=\"buy\""), "the course is closed and can be bought again");
    let table = sam.get("/en/admin/audit").await.text().await.expect("a page");
    assert!(table.contains("All of them hold"));
    books_hold(&running).await;
}

async fn a_free_course_is_taken(kind: Kind) {
    let running = Running::selling(kind).await;
    let buyer = running.signed_in(&running.school.grace()).await;
    let taken = buyer.post("/zh/courses/notes", &[("form", "enrol")]).await;
    assert_eq!(local(&taken, &running), "/zh/courses/notes");
    let orders = buyer.get("/zh/me/orders").await.text().await.expect("a page");
    assert_eq!(orders.matches("href=\"/zh/orders/").count(), 1);
    books_hold(&running).await;
}

async fn seats_say_how_many_and_what_one_costs(kind: Kind) {
    let running = Running::selling(kind).await;
    let buyer = running.signed_in(&running.school.grace()).await;
    let fields = [("form", "seats"), ("course", "analytical-engines"), ("seats", "3")];
    let begun = buyer.post("/en/seats?course=analytical-engines", &fields).await;
    let checkout = buyer.get(local(&begun, &running)).await.text().await.expect("a page");
    assert!(checkout.contains("3 seats × ¥199") && checkout.contains("Pay ¥597"), "{checkout}");
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_say_how_many_and_what_one_costs_on_sqlite() {
    seats_say_how_many_and_what_one_costs(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_bought_and_refunded_without_script_on_sqlite() {
    a_course_is_bought_and_refunded(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_bought_and_refunded_without_script_on_postgres() {
    a_course_is_bought_and_refunded(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_free_course_is_taken_without_payment_on_sqlite() {
    a_free_course_is_taken(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_free_course_is_taken_without_payment_on_postgres() {
    a_free_course_is_taken(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_teaches_a_course_is_told_on_its_page_why_it_is_not_sold_to_them() {
    let running = Running::selling(Kind::Sqlite).await;
    let ada = running.signed_in(&running.school.ada()).await;
    for (lang, words) in [("en", "This is your own course"), ("zh", "这是你自己的课程")] {
        let refused = ada.post(&format!("/{lang}/courses/analytical-engines"), &[("form", "buy")]).await;
        assert_eq!(refused.status(), 409);
        let page = refused.text().await.expect("a page");
        let (_, notice) = page.split_once("role=\"alert\"").expect("a message that is read aloud");
        assert!(notice.contains(words), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_that_is_not_signed_is_refused() {
    let running = Running::selling(Kind::Sqlite).await;
    let body = r#"{"id":"evt_1","type":"payment.succeeded","created":1,"data":{}}"#;
    let client = Client::new();
    for signature in [None, Some("t=1,v1=00"), Some("nonsense")] {
        let mut request = client.post(format!("{}/webhooks/sandbox", running.url)).body(body);
        if let Some(signature) = signature {
            request = request.header(outside::sandbox::HEADER, signature);
        }
        assert_eq!(request.send().await.expect("an answer").status(), 400, "{signature:?}");
    }
    books_hold(&running).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_without_a_place_left_says_so_and_takes_no_order() {
    let running = Running::start(Kind::Sqlite).await;
    let (school, app) = (&running.school, &running.school.app);
    app.db.write(async |tx| domain::catalog::set_places(tx, &school.engines(), Some(2)).await).await.expect("two places");
    let buyer = running.signed_in(&school.grace()).await;
    let course = "/en/courses/analytical-engines";
    let page = buyer.get(course).await.text().await.expect("a page");
    assert!(page.contains("2 places left") && page.contains("value=\"buy\""), "{page}");
    for who in ["first", "second"] {
        domain::testing::buying::bought(school, &school.learner(who).await).await.expect("an order");
    }
    let page = buyer.get(course).await.text().await.expect("a page");
    assert!(page.contains("All places are taken") && !page.contains("value=\"buy\""), "{page}");
    // from a page that was opened before
    let answer = buyer.post(course, &[("form", "buy")]).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.expect("a page").contains("it cannot be bought at the moment"));
    books_hold(&running).await;
}
