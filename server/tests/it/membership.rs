//! The membership's pages: what one agrees to, and what they say of what comes next.

use crate::buying::hidden;
use crate::harness::{Browser, Running, header};
use domain::subscriptions::{self, NewPlan};
use domain::testing::buying::{all_done, books_hold};
use domain::{Member, payments};
use model::ids::PlanId;
use model::payments::{Payer, Provider};
use model::subscriptions::{ChangePlan, OfferPlan};
use model::time::days;
use model::{Currency, Moment, Money};
use store::Kind;

/// A school with a plan of so many months at so many fen.
async fn offered(running: &Running, months: u32, price: i64) -> PlanId {
    let app = &running.school.app;
    let plan = NewPlan { months, price: Money::new(price, Currency::Cny), trial_days: 7, position: i64::from(months) };
    app.db.write(async |tx| subscriptions::put_plan(app, tx, plan).await).await.expect("a plan")
}

/// "Become a member" as the page has it, in a browser of this zone.
struct Desk {
    address: String,
    fields: Vec<(&'static str, String)>,
}

impl Desk {
    async fn seen(browser: &Browser<'_>, plan: &PlanId, zone: &str) -> Self {
        let address = format!("/en/membership?plan={plan}&begin=now");
        let page = browser.get(&address).await.text().await.expect("a page");
        assert!(page.contains("data-zone"), "the browser is asked for its calendar");
        let mut fields: Vec<_> =
            ["idem", "plan", "price", "trial_days"].into_iter().map(|name| (name, hidden(&page, name))).collect();
        let typed = [("form", "subscribe"), ("trial", ""), ("consent", "yes"), ("zone", zone)];
        fields.extend(typed.into_iter().map(|(name, value)| (name, value.to_owned())));
        Self { address, fields }
    }

    async fn send(&self, browser: &Browser<'_>) -> reqwest::Response {
        let fields: Vec<(&str, &str)> = self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&self.address, &fields).await
    }
}

/// The provider tells that the page behind this address was paid.
async fn pays(running: &Running, page: &str) {
    let till = &running.school.till;
    let attempt = page.rsplit('/').next().expect("an attempt");
    let amount = till.payment(attempt).expect("a payment").amount;
    let body = till.tell(attempt, payments::Fact::Succeeded, amount);
    let kept = payments::keep(&running.school.app, Provider::Sandbox, &["good"], body.as_bytes()).await;
    kept.expect("the inbox").expect("a notification");
    all_done(&running.school).await.expect("everything is settled");
}

async fn joins(running: &Running, who: &Member, plan: &PlanId, zone: &str) {
    let browser = running.signed_in(who).await;
    let sent = Desk::seen(&browser, plan, zone).await.send(&browser).await;
    assert_eq!(sent.status(), 303);
    pays(running, header(&sent, "location")).await;
}

/// So many days pass with the worker at work.
async fn pass(running: &Running, n: i64) {
    for _ in 0..n {
        running.school.after(days(1));
        while subscriptions::work(&running.school.app).await.expect("the clock's round") {}
    }
}

async fn ends(running: &Running, who: &Member) -> Option<Moment> {
    let mine = subscriptions::my_membership(&running.school.app, who).await.expect("a page");
    mine.subscription.expect("a subscription").period_ends
}

fn at(zoned: &str) -> Moment {
    let zoned: jiff::Zoned = zoned.parse().expect("a moment");
    Moment::from_millis(zoned.timestamp().as_millisecond())
}

async fn the_calendar_is_the_browsers(kind: Kind) {
    let running = Running::start(kind).await;
    let month = offered(&running, 1, 3_000).await;
    let (grace, lin) = (running.school.grace(), running.school.lin());
    joins(&running, &grace, &month, "America/New_York").await;
    joins(&running, &lin, &month, "").await;
    assert_eq!(ends(&running, &grace).await, Some(at("2026-04-01T20:00:00[America/New_York]")));
    assert_eq!(ends(&running, &lin).await, Some(at("2026-04-02T09:00:00[Asia/Shanghai]")), "without script: the school's");
    books_hold(&running.school).await.expect("the books");
}

#[tokio::test(flavor = "multi_thread")]
async fn rel_16_the_calendar_is_the_browsers_on_sqlite() {
    the_calendar_is_the_browsers(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rel_16_the_calendar_is_the_browsers_on_postgres() {
    the_calendar_is_the_browsers(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sm_1_a_price_that_changed_is_told_with_both_amounts_and_agreed_to_anew() {
    let running = Running::start(Kind::Sqlite).await;
    let month = offered(&running, 1, 3_000).await;
    let browser = running.signed_in(&running.school.grace()).await;
    let seen = Desk::seen(&browser, &month, "").await;
    let dearer = OfferPlan { months: "1".into(), price: "45".into(), trial_days: "7".into() };
    subscriptions::offer(&running.school.app, &running.school.sam_at_work(), dearer).await.expect("an offer");
    let refused = seen.send(&browser).await;
    assert_eq!(refused.status(), 409);
    let page = refused.text().await.expect("a page");
    assert!(page.contains("from ¥30.00 to ¥45.00") && hidden(&page, "price") == "4500", "{page}");
    assert_eq!(Desk::seen(&browser, &month, "").await.send(&browser).await.status(), 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cancelled_what_is_owed_finds_the_way_back_on_the_page() {
    let running = Running::start(Kind::Sqlite).await;
    let (app, grace) = (&running.school.app, running.school.grace());
    let month = offered(&running, 1, 3_000).await;
    joins(&running, &grace, &month, "").await;
    subscriptions::forget_payment(app, &grace).await.expect("no card");
    pass(&running, 33).await;
    let browser = running.signed_in(&grace).await;
    let question = browser.get("/en/me/membership/cancel").await.text().await.expect("a page");
    assert!(question.contains("stay open until 9 Apr 2026"), "{question}");
    assert_eq!(browser.post("/en/me/membership/cancel", &[("form", "cancel")]).await.status(), 303);
    let page = browser.get("/en/me/membership").await.text().await.expect("a page");
    assert!(page.contains("value=\"undo\"") && page.contains("until 9 Apr 2026"), "{page}");
    assert_eq!(browser.post("/en/me/membership", &[("form", "undo")]).await.status(), 303);
    let page = browser.get("/en/me/membership").await.text().await.expect("a page");
    assert!(page.contains("value=\"pay\"") && !page.contains("value=\"undo\""), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_from_a_rest_names_what_it_costs() {
    let running = Running::start(Kind::Sqlite).await;
    let (app, grace) = (&running.school.app, running.school.grace());
    let (month, quarter) = (offered(&running, 1, 3_000).await, offered(&running, 3, 8_000).await);
    joins(&running, &grace, &quarter, "").await;
    let shown = subscriptions::preview(app, &grace, &month).await.expect("a preview");
    let form = ChangePlan {
        plan: month.to_string(),
        due: shown.due.minor().to_string(),
        price: shown.to.price.minor().to_string(),
        at: shown.at.millis().to_string(),
        consent: "yes".into(),
        idem: shown.key.as_str().into(),
    };
    subscriptions::change_plan(app, &grace, form, &Payer::default()).await.expect("a plan for later");
    subscriptions::pause(app, &grace).await.expect("a rest");
    pass(&running, 95).await;
    let browser = running.signed_in(&grace).await;
    let page = browser.get("/en/me/membership").await.text().await.expect("a page");
    assert!(page.contains("Resume membership · ¥30.00") && !page.contains("Resume membership · ¥80.00"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_charge_stands_on_the_page_with_its_own_day() {
    let running = Running::start(Kind::Sqlite).await;
    let (app, grace) = (&running.school.app, running.school.grace());
    let month = offered(&running, 1, 3_000).await;
    joins(&running, &grace, &month, "").await;
    subscriptions::cancel(app, &grace).await.expect("cancelled");
    pass(&running, 30).await;
    subscriptions::undo(app, &grace).await.expect("undone");
    pass(&running, 2).await;
    let browser = running.signed_in(&grace).await;
    let page = browser.get("/en/me/membership").await.text().await.expect("a page");
    // reminded on 1 April or the day after it, charged five days later; the period ended on the 2nd
    assert!(page.contains("renews on 7 Apr 2026") && !page.contains("renews on 2 Apr 2026"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_trial_the_page_says_why_no_other_plan_can_be_chosen() {
    let running = Running::start(Kind::Sqlite).await;
    let month = offered(&running, 1, 3_000).await;
    let year = offered(&running, 12, 29_900).await;
    let browser = running.signed_in(&running.school.grace()).await;
    let page = "/en/me/membership/change";
    let before = browser.get(page).await.text().await.expect("a page");
    assert!(before.contains("You have no membership yet"), "{before}");
    let mut desk = Desk::seen(&browser, &month, "").await;
    for (name, value) in &mut desk.fields {
        if *name == "trial" {
            *value = "yes".to_owned();
        }
    }
    assert_eq!(desk.send(&browser).await.status(), 303);
    let trial = browser.get(page).await.text().await.expect("a page");
    assert!(trial.contains("during the trial") && !trial.contains(year.as_str()), "{trial}");
}
