//! A buyer who does not give up: sends the same form with the same key until there is an answer, waits, pays, and looks again.

use load::buyer::Buyer;
use load::client::Answer;
use load::told;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Between two tries of the same thing.
const BREATH: Duration = Duration::from_millis(100);

/// How a purchase ended for the buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The order's id; it is paid and open.
    Opened(String),
    /// Paid at the till, and not opened while the buyer waited.
    PaidAndWaiting(String),
    /// The order is there and was never led to the till.
    Unpaid(String),
    /// Not even an order.
    Nothing(String),
}

/// What a shopper saw on the way.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Answers of 500 and above.
    pub failures: usize,
    /// Of them, other than 503.
    pub mistakes: usize,
    /// Calls without an answer.
    pub silences: usize,
    /// Orders of which the program said that they are placed.
    pub acknowledged: Vec<String>,
}

impl Seen {
    pub fn add(&mut self, other: Seen) {
        self.failures += other.failures;
        self.mistakes += other.mistakes;
        self.silences += other.silences;
        self.acknowledged.extend(other.acknowledged);
    }

    fn look(&mut self, outcome: Result<Answer, String>) -> Option<Answer> {
        match outcome {
            Ok(answer) if answer.status >= 500 => {
                self.failures += 1;
                self.mistakes += usize::from(answer.status != 503);
                None
            }
            Ok(answer) => Some(answer),
            Err(_) => {
                self.silences += 1;
                None
            }
        }
    }
}

/// Buys a course, however often that has to be tried, for at most `patience`.
pub async fn buy(buyer: &mut Buyer, course: &str, patience: Duration, seen: &mut Seen) -> Ending {
    let end = Instant::now() + patience;
    let Some(checkout) = to_checkout(buyer, course, end, seen).await else { return Ending::Nothing(course.to_owned()) };
    let Some(key) = key_of(buyer, &checkout, end, seen).await else { return Ending::Nothing(checkout) };
    let Some(place) = placed(buyer, &checkout, &key, end, seen).await else { return Ending::Nothing(checkout) };
    let till = match order_of(&place) {
        Some(order) => {
            seen.acknowledged.push(order.clone());
            match till_of(buyer, &order, end, seen).await {
                Where::Till(till) => till,
                Where::Paid => return Ending::Opened(order),
                Where::Nowhere => return Ending::Unpaid(order),
            }
        }
        None => place,
    };
    pay(buyer, &till, &checkout, end, seen).await
}

async fn to_checkout(buyer: &mut Buyer, course: &str, end: Instant, seen: &mut Seen) -> Option<String> {
    while Instant::now() < end {
        if let Some(answer) = seen.look(buyer.post(course, &[("form", "buy")]).await) {
            let place = answer.header("location").map(|place| buyer.local(place));
            return place.filter(|place| answer.status == 303 && place.contains("/checkout/"));
        }
        tokio::time::sleep(BREATH).await;
    }
    None
}

async fn key_of(buyer: &mut Buyer, checkout: &str, end: Instant, seen: &mut Seen) -> Option<String> {
    while Instant::now() < end {
        if let Some(answer) = seen.look(buyer.get(checkout).await) {
            return load::buyer::hidden(&answer.text(), "idem");
        }
        tokio::time::sleep(BREATH).await;
    }
    None
}

async fn placed(buyer: &mut Buyer, checkout: &str, key: &str, end: Instant, seen: &mut Seen) -> Option<String> {
    while Instant::now() < end {
        if let Some(answer) = seen.look(buyer.place(checkout, key).await) {
            return answer.header("location").filter(|_| answer.status == 303).map(str::to_owned);
        }
        tokio::time::sleep(BREATH).await;
    }
    None
}

/// The order that an address of ours is about; none for the till's.
pub fn order_of(place: &str) -> Option<String> {
    let (_, rest) = place.split_once("/en/pay/").or_else(|| place.split_once("/en/orders/"))?;
    rest.split(['/', '?', '#']).next().map(str::to_owned)
}

enum Where {
    Till(String),
    Paid,
    Nowhere,
}

/// Waits until the order leads to the till.
async fn till_of(buyer: &mut Buyer, order: &str, end: Instant, seen: &mut Seen) -> Where {
    while Instant::now() < end {
        if let Some(answer) = seen.look(buyer.call("GET", &format!("/api/v1/orders/{order}"), "", "").await)
            && let Ok(told) = serde_json::from_slice::<Value>(&answer.body)
        {
            match (told["state"].as_str(), told["pay_url"].as_str()) {
                (Some("paid"), _) => return Where::Paid,
                (Some("awaiting_payment"), Some(till)) => return Where::Till(till.to_owned()),
                (Some("awaiting_payment"), None) => (),
                _ => return Where::Nowhere,
            }
        }
        tokio::time::sleep(BREATH).await;
    }
    Where::Nowhere
}

async fn pay(buyer: &mut Buyer, till: &str, checkout: &str, end: Instant, seen: &mut Seen) -> Ending {
    let Ok(back) = buyer.pay(till).await else { return Ending::Unpaid(till.to_owned()) };
    let order = order_of(&back).unwrap_or_else(|| checkout.to_owned());
    if !seen.acknowledged.contains(&order) {
        seen.acknowledged.push(order.clone());
    }
    while Instant::now() < end {
        if is_paid(buyer, &order, seen).await {
            return Ending::Opened(order);
        }
        tokio::time::sleep(BREATH).await;
    }
    Ending::PaidAndWaiting(order)
}

/// Whether the program says that an order is paid.
pub async fn is_paid(buyer: &mut Buyer, order: &str, seen: &mut Seen) -> bool {
    let Some(answer) = seen.look(buyer.call("GET", &format!("/api/v1/orders/{order}"), "", "").await) else { return false };
    serde_json::from_slice::<Value>(&answer.body).is_ok_and(|told| told["state"] == "paid")
}

/// Places the order of a course and stops at the till; answers its address and the order's id.
pub async fn to_the_till(buyer: &mut Buyer, course: &str) -> Result<String, String> {
    let checkout = buyer.check_out(course).await?;
    let key = buyer.key(&checkout).await?;
    let answer = buyer.place(&checkout, &key).await?;
    let place = load::buyer::expect_redirect(&answer, "placing the order")?;
    match order_of(&place) {
        None => Ok(place),
        Some(order) => Err(format!("order {order} does not lead to the till")),
    }
}

/// Buys a course and waits until it is paid; answers the order's id.
pub async fn bought(buyer: &mut Buyer, course: &str) -> Result<String, String> {
    let mut seen = Seen::default();
    match buy(buyer, course, Duration::from_secs(90), &mut seen).await {
        Ending::Opened(order) => Ok(order),
        other => Err(told(format!("{course} was not bought: {other:?}"))),
    }
}

/// All at once, each with what it is to do.
pub async fn together<T: Send + 'static>(tasks: Vec<impl Future<Output = T> + Send + 'static>) -> Result<Vec<T>, String> {
    let running: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    let mut ends = Vec::with_capacity(running.len());
    for one in running {
        ends.push(one.await.map_err(told)?);
    }
    Ok(ends)
}
