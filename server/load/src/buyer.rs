//! A person with a browser: signs in, joins, and buys by the same forms that a browser without script sends.

use crate::client::{Answer, Line, get, post};
use crate::program::Program;
use crate::told;
use std::net::SocketAddr;
use std::time::Duration;

/// The password of the demo's people.
const DEMO_PASSWORD: &str = "lectern-demo";
/// The password of those who join.
pub const OWN_PASSWORD: &str = "a sentence long enough to keep";
/// How long a person waits for a page.
const PATIENCE: Duration = Duration::from_secs(60);

/// The cookies of one of the demo's people.
pub async fn sign_in(program: &Program, email: &str) -> Result<String, String> {
    let fields = [("form", "login"), ("email", email), ("password", DEMO_PASSWORD)];
    let answer = ask(program, &post("/en/login", &program.origin, "", &fields)).await?;
    expect_redirect(&answer, "signing in").map(|_| answer.cookies())
}

/// The cookies of somebody new.
async fn join(program: &Program, email: &str) -> Result<String, String> {
    let fields = [("form", "register"), ("name", "Bench"), ("email", email), ("password", OWN_PASSWORD)];
    let answer = ask(program, &post("/en/register", &program.origin, "", &fields)).await?;
    expect_redirect(&answer, "registering").map(|_| answer.cookies())
}

async fn ask(program: &Program, request: &[u8]) -> Result<Answer, String> {
    Line::to(program.address, PATIENCE).ask(request).await.map_err(told)
}

/// Where an answer leads.
pub fn expect_redirect(answer: &Answer, what: &str) -> Result<String, String> {
    match (answer.status, answer.header("location")) {
        (303, Some(place)) => Ok(place.to_owned()),
        (status, _) => Err(format!("{what} answered {status}")),
    }
}

/// Somebody who buys one course after the other.
pub struct Buyer {
    cookies: String,
    origin: String,
    school: Line,
    /// The provider's hosted page, once it was seen.
    till: Option<Line>,
}

impl Buyer {
    /// Registers somebody new.
    pub async fn new(program: &Program, email: &str) -> Result<Self, String> {
        Ok(Self::with(program, join(program, email).await?))
    }

    /// Somebody with these cookies.
    pub fn with(program: &Program, cookies: String) -> Self {
        Self { cookies, origin: program.origin.clone(), school: Line::to(program.address, PATIENCE), till: None }
    }

    /// The same person in another window, at whichever program serves the school.
    pub fn beside(&self, program: &Program) -> Self {
        Self::with(program, self.cookies.clone())
    }

    /// The person's cookies.
    pub fn cookies(&self) -> &str {
        &self.cookies
    }

    /// Buys a course at its page's `path` and pays on the provider's page; answers the page on which the order waits for its money.
    pub async fn buy(&mut self, path: &str) -> Result<String, String> {
        let checkout = self.check_out(path).await?;
        let key = self.key(&checkout).await?;
        let till = expect_redirect(&self.place(&checkout, &key).await?, "placing the order")?;
        let order = self.pay(&till).await?;
        Ok(self.local(&order))
    }

    /// Buys a course by the calls of `/api/v1` and pays on the provider's page; answers the page of the order. `key` makes the
    /// calls this person's own.
    pub async fn buy_by_calls(&mut self, course: &str, key: &str) -> Result<String, String> {
        let items = serde_json::json!({ "items": [{ "kind": "course", "id": course }] }).to_string();
        let quote = told_by(&self.call("POST", "/api/v1/quotes", &format!("q-{key}"), &items).await?, "id")?;
        let quoted = serde_json::json!({ "quote": quote, "provider": "sandbox" }).to_string();
        let answer = self.call("POST", "/api/v1/orders", &format!("o-{key}"), &quoted).await?;
        let (order, till) = (told_by(&answer, "id")?, told_by(&answer, "pay_url")?);
        expect_redirect(&self.press(&till, "pay").await?, "paying")?;
        told_by(&self.call("GET", &format!("/api/v1/orders/{order}"), "", "").await?, "state")?;
        Ok(format!("/en/orders/{order}"))
    }

    /// A form before which one of the demo's people may be asked once more who they are.
    pub async fn post_proven(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        let answer = self.post(path, fields).await?;
        if answer.status != 403 {
            return Ok(answer);
        }
        let mut proven = fields.to_vec();
        proven.push(("confirm_password", DEMO_PASSWORD));
        self.post(path, &proven).await
    }

    /// Presses "buy" on a course's page; answers the checkout's address.
    pub async fn check_out(&mut self, path: &str) -> Result<String, String> {
        let answer = self.post(path, &[("form", "buy")]).await?;
        expect_redirect(&answer, "buying").map(|place| self.local(&place))
    }

    /// The key that the checkout's page holds.
    pub async fn key(&mut self, checkout: &str) -> Result<String, String> {
        let page = self.get(checkout).await?;
        hidden(&page.text(), "idem").ok_or_else(|| format!("the checkout ({}) has no key", page.status))
    }

    /// Presses "pay" on the checkout's page.
    pub async fn place(&mut self, checkout: &str, key: &str) -> Result<Answer, String> {
        self.post(checkout, &[("form", "pay"), ("idem", key), ("provider", "sandbox")]).await
    }

    /// Presses "pay" on the hosted page; answers where the payer is sent back to.
    pub async fn pay(&mut self, till: &str) -> Result<String, String> {
        expect_redirect(&self.press(till, "pay").await?, "paying")?;
        let (_, path) = parted(till)?;
        let page = self.at_the_till(till, &get(&path, "", false)).await?;
        let back = page.header("refresh").and_then(|refresh| refresh.split_once(";url=")).ok_or("the till leads nowhere")?;
        Ok(back.1.to_owned())
    }

    /// Presses a button of the hosted page.
    pub async fn press(&mut self, till: &str, action: &str) -> Result<Answer, String> {
        let (host, path) = parted(till)?;
        let request = post(&path, &format!("http://{host}"), "", &[("action", action)]);
        self.at_the_till(till, &request).await
    }

    async fn at_the_till(&mut self, till: &str, request: &[u8]) -> Result<Answer, String> {
        let (host, _) = parted(till)?;
        let address: SocketAddr = host.parse().map_err(told)?;
        if self.till.as_ref().is_none_or(|known| known.address() != address) {
            self.till = Some(Line::to(address, PATIENCE));
        }
        self.till.as_mut().ok_or("no till")?.ask(request).await.map_err(told)
    }

    /// Whether the order at this page has been paid and opened: a page that waits renews itself.
    pub async fn owns(&mut self, order: &str) -> Result<bool, String> {
        let answer = self.get(order).await?;
        Ok(answer.status == 200 && answer.header("refresh").is_none())
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        let request = post(&self.local(path), &self.origin, &self.cookies, fields);
        self.school.ask(&request).await.map_err(told)
    }

    pub async fn get(&mut self, path: &str) -> Result<Answer, String> {
        let request = get(&self.local(path), &self.cookies, false);
        self.school.ask(&request).await.map_err(told)
    }

    /// A call of the interface for programs, from a page of ours.
    pub async fn call(&mut self, method: &str, path: &str, key: &str, body: &str) -> Result<Answer, String> {
        let headers = [
            ("cookie", self.cookies.as_str()),
            ("origin", self.origin.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        let request = crate::client::call(method, path, self.school.address(), &headers, body);
        self.school.ask(&request).await.map_err(told)
    }

    /// An address of ours without the program's own name: two programs may serve one school.
    pub fn local(&self, address: &str) -> String {
        let rest = address.strip_prefix("http://");
        rest.and_then(|rest| rest.find('/').map(|at| rest[at..].to_owned())).unwrap_or_else(|| address.to_owned())
    }
}

/// What a field of an answer in JSON says.
fn told_by(answer: &Answer, field: &str) -> Result<String, String> {
    let body: serde_json::Value =
        serde_json::from_slice(&answer.body).map_err(|_| format!("a call answered {} and no JSON", answer.status))?;
    body[field].as_str().map(str::to_owned).ok_or_else(|| format!("a call answered {} without {field}: {body}", answer.status))
}

/// Host and path of an address.
fn parted(address: &str) -> Result<(String, String), String> {
    let parts = address.strip_prefix("http://").and_then(|rest| rest.split_once('/'));
    parts.map(|(host, path)| (host.to_owned(), format!("/{path}"))).ok_or_else(|| format!("{address} is no address of a till"))
}

/// What a hidden field of a page says.
pub fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}
