//! Buying by Stripe, Alipay and WeChat Pay, each imitated: the choice on the checkout, the provider's page, its notification at
//! our door in its own words, the books of both sides.

use crate::buying::{books_hold, hidden, local, until};
use crate::harness::{Browser, Running, header};
use reqwest::Client;
use serde_json::Value;
use store::Kind;

/// From the course to wherever the provider wants the payer: its address or, where there is none, our own page.
async fn to_the_till(running: &Running, provider: &str, browser: &str) -> String {
    let buyer = running.signed_in(&running.school.grace()).await;
    ordered(running, &buyer, provider, browser).await
}

/// The same by somebody who stays.
async fn ordered(running: &Running, buyer: &Browser<'_>, provider: &str, browser: &str) -> String {
    let checkout = buyer.post("/en/courses/analytical-engines", &[("form", "buy")]).await;
    let checkout = local(&checkout, running).to_owned();
    let page = buyer.get(&checkout).await.text().await.expect("a page");
    for choice in ["sandbox", "stripe", "alipay", "wechat"] {
        assert!(page.contains(&format!("value=\"{choice}\"")), "{choice} can be chosen");
    }
    let key = hidden(&page, "idem");
    let shown = hidden(&page, "shown");
    let fields = [("form", "pay"), ("idem", key.as_str()), ("shown", shown.as_str()), ("provider", provider)];
    let placed = buyer.post_as(browser, &checkout, &fields).await;
    local(&placed, running).to_owned()
}

/// The payer follows the address to the hosted page and pays.
async fn pays(address: &str) {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let first = client.get(address).send().await.expect("an answer");
    let page = match first.headers().get("location") {
        Some(place) => place.to_str().expect("an address").to_owned(),
        None => address.split('?').next().expect("an address").to_owned(),
    };
    let paid = client.post(&page).form(&[("action", "pay")]).send().await.expect("an answer");
    assert_eq!(paid.status(), 303, "{page}");
}

/// The order is paid, and both sides' books agree.
async fn is_paid(running: &Running, till: &str, provider: &str) {
    let buyer = running.signed_in(&running.school.grace()).await;
    let orders = buyer.get("/en/me/orders").await.text().await.expect("a page");
    let link = ["href=\"/en/pay/", "href=\"/en/orders/"].iter().find_map(|begins| orders.split_once(begins));
    let order = link.and_then(|(_, rest)| rest.split_once('"')).expect("the order").0;
    until(&buyer, &format!("/en/orders/{order}"), "The course is yours").await;
    let truth: Value = reqwest::get(format!("{till}/truth")).await.expect("an answer").json().await.expect("their books");
    assert_eq!((&truth["providers"][0]["provider"], &truth["providers"][0]["net"]), (&provider.into(), &19_900.into()));
    books_hold(running).await;
}

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64)";
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile";
const INSIDE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile MicroMessenger/8.0.50";

fn origin(address: &str) -> String {
    let start = address.find("://").expect("an address") + 3;
    let end = address[start..].find('/').map_or(address.len(), |at| start + at);
    address[..end].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_bought_by_stripe() {
    let running = Running::selling(Kind::Sqlite).await;
    let address = to_the_till(&running, "stripe", DESK).await;
    pays(&address).await;
    is_paid(&running, &origin(&address), "stripe").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_bought_by_alipay() {
    let running = Running::selling(Kind::Postgres).await;
    let address = to_the_till(&running, "alipay", PHONE).await;
    assert!(address.contains("alipay.trade.wap.pay"), "{address}");
    pays(&address).await;
    is_paid(&running, &origin(&address), "alipay").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_bought_by_wechat_pay_on_a_phone() {
    let running = Running::selling(Kind::Sqlite).await;
    let address = to_the_till(&running, "wechat", PHONE).await;
    pays(&address).await;
    is_paid(&running, &origin(&address), "wechat").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desktop_shows_a_code_for_wechat_to_scan() {
    let running = Running::selling(Kind::Sqlite).await;
    let page = to_the_till(&running, "wechat", DESK).await;
    assert!(page.starts_with("/en/pay/"), "{page}");
    let buyer = running.signed_in(&running.school.grace()).await;
    let shown = buyer.get(&page).await.text().await.expect("a page");
    assert!(shown.contains("class=\"qr\"") && shown.contains("Open WeChat"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn inside_wechat_whoever_pays_by_alipay_is_sent_to_their_browser() {
    let running = Running::selling(Kind::Sqlite).await;
    let page = to_the_till(&running, "alipay", INSIDE).await;
    assert!(page.starts_with("/en/pay/"), "{page}");
    let buyer = running.signed_in(&running.school.grace()).await;
    let shown = buyer.get_as(INSIDE, &page).await.text().await.expect("a page");
    assert!(shown.contains("does not open inside WeChat") && !shown.contains("alipay.trade"), "{shown}");
    let elsewhere = buyer.get_as(PHONE, &page).await.text().await.expect("a page");
    assert!(elsewhere.contains("alipay.trade.wap.pay"), "{elsewhere}");
}

/// What stands in a page's text between these two, as a browser reads it.
fn between(page: &str, before: &str, after: &str) -> String {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("{before} in {page}"));
    rest.split(after).next().expect("an end").replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn inside_wechat_a_course_is_paid_by_its_sheet() {
    let running = Running::selling(Kind::Postgres).await;
    let buyer = running.signed_in(&running.school.grace()).await;
    let ask = ordered(&running, &buyer, "wechat", INSIDE).await;
    assert!(ask.starts_with("/auth/payer/wechat/"), "{ask}");
    // a page of ours leads on to WeChat, which sends the browser back with a code
    let onward = buyer.get_as(INSIDE, &ask).await;
    assert_eq!(onward.status(), 200);
    let wechat = between(&onward.text().await.expect("a page"), "class=\"btn btn-primary\" href=\"", "\"");
    assert!(wechat.contains("scope=snsapi_base") && wechat.ends_with("#wechat_redirect"), "{wechat}");
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let sent = client.get(&wechat).header("user-agent", INSIDE).send().await.expect("an answer");
    let back = header(&sent, "location").to_owned();
    let back = back[back.find("/auth/payer/wechat?").expect("back to us")..].to_owned();
    let stranger = running.signed_in(&running.school.lin()).await.get_as(INSIDE, &back).await;
    assert!(header(&stranger, "location").ends_with("/me/orders"), "it is not theirs");
    let arrived = buyer.get_as(INSIDE, &back).await;
    let page = header(&arrived, "location").to_owned();
    assert!(arrived.status() == 303 && page.starts_with("/en/pay/"), "{page}");
    let again = buyer.get_as(INSIDE, &back).await;
    assert!(header(&again, "location").ends_with("/me/orders"), "a state is good once");
    let shown = buyer.get_as(INSIDE, &page).await;
    assert!(header(&shown, "refresh").is_empty(), "a page with a sheet over it is left alone");
    let shown = shown.text().await.expect("a page");
    let sheet = between(&shown, "data-sheet=\"", "\"");
    assert!(sheet.starts_with("weixin-jsapi:?appId=wx") && shown.contains("open this page in your browser"), "{shown}");
    // what the app says proves nothing; what WeChat Pay says does
    let said = between(&shown, "data-paid=\"", "\"");
    let waits = buyer.get_as(INSIDE, &said).await;
    assert!(!header(&waits, "refresh").is_empty() && !waits.text().await.expect("a page").contains("data-sheet"));
    let id = between(&sheet, "package=prepay%5Fid%3Dwx", "&").replace("%5F", "_");
    let till = origin(&wechat);
    pays(&format!("{till}/pay/{id}")).await;
    is_paid(&running, &till, "wechat").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_membership_is_paid_by_whom_one_chooses() {
    let running = Running::selling(Kind::Postgres).await;
    let app = &running.school.app;
    let price = model::Money::new(3_000, model::Currency::Cny);
    let plan = domain::subscriptions::NewPlan { months: 1, price, trial_days: 0, position: 1 };
    let plan = app.db.write(async |tx| domain::subscriptions::put_plan(app, tx, plan).await).await.expect("a plan");
    let buyer = running.signed_in(&running.school.grace()).await;
    let address = format!("/en/membership?plan={plan}&begin=now");
    let page = buyer.get(&address).await.text().await.expect("a page");
    for (choice, note) in
        [("stripe", "Renews by itself"), ("alipay", "We send a link each time"), ("wechat", "We send a link each time")]
    {
        let (_, beside) = page.split_once(&format!("value=\"{choice}\"")).unwrap_or_else(|| panic!("{choice} cannot be chosen"));
        assert!(beside.split("</label>").next().is_some_and(|label| label.contains(note)), "{choice}: {note}");
    }
    let fields = ["idem", "price", "trial_days"].map(|name| (name, hidden(&page, name)));
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let plan = plan.to_string();
    fields.extend([("form", "subscribe"), ("plan", plan.as_str()), ("trial", ""), ("consent", "yes")]);
    let odd = buyer.post(&address, &[&fields[..], &[("provider", "nobody")]].concat()).await;
    assert_eq!(odd.status(), 422);
    let sent = buyer.post(&address, &[&fields[..], &[("provider", "stripe")]].concat()).await;
    pays(local(&sent, &running)).await;
    until(&buyer, "/en/me/membership", "Active").await;
    let mine = domain::subscriptions::my_membership(app, &running.school.grace()).await.expect("a membership");
    let mine = mine.subscription.expect("a subscription");
    assert!(
        mine.pays_alone && mine.ways.first().is_some_and(|way| way.provider == model::payments::Provider::Stripe),
        "{mine:?}"
    );
    books_hold(&running).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_signed_is_answered_in_each_provider_s_words() {
    let running = Running::selling(Kind::Sqlite).await;
    let client = Client::new();
    for (provider, status, words) in
        [("stripe", 400, ""), ("alipay", 400, "fail"), ("wechat", 400, r#"{"code":"FAIL","message":"400"}"#), ("nobody", 404, "")]
    {
        let answer = client.post(format!("{}/webhooks/{provider}", running.url)).body("{}").send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{provider}");
        assert_eq!(answer.text().await.expect("a body"), words, "{provider}");
    }
}
