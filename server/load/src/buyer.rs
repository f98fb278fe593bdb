//! A person with a browser: signs in, joins, and buys by the same forms that a browser without script sends.

use crate::client::{Answer, Connection, get, post};
use crate::program::Program;
use crate::told;
use std::net::SocketAddr;

/// The password of the demo's people.
const DEMO_PASSWORD: &str = "lectern-demo";
const OWN_PASSWORD: &str = "a sentence long enough to keep";

/// The cookies of one of the demo's people.
pub async fn sign_in(program: &Program, email: &str) -> Result<String, String> {
    let mut connection = Connection::open(program.address).await.map_err(told)?;
    let fields = [("form", "login"), ("email", email), ("password", DEMO_PASSWORD)];
    let answer = connection.send(&post("/en/login", &program.origin, "", &fields)).await.map_err(told)?;
    expect_redirect(&answer, "signing in").map(|_| answer.cookies())
}

/// The cookies of somebody new.
async fn join(program: &Program, email: &str) -> Result<String, String> {
    let mut connection = Connection::open(program.address).await.map_err(told)?;
    let fields = [("form", "register"), ("name", "Bench"), ("email", email), ("password", OWN_PASSWORD)];
    let answer = connection.send(&post("/en/register", &program.origin, "", &fields)).await.map_err(told)?;
    expect_redirect(&answer, "registering").map(|_| answer.cookies())
}

fn expect_redirect(answer: &Answer, what: &str) -> Result<String, String> {
    match (answer.status, answer.header("location")) {
        (303, Some(place)) => Ok(place.to_owned()),
        (status, _) => Err(format!("{what} answered {status}")),
    }
}

/// Somebody who buys one course after the other.
pub struct Buyer {
    cookies: String,
    origin: String,
    school: Connection,
    /// The provider's hosted page, once it was seen.
    till: Option<(SocketAddr, Connection)>,
}

impl Buyer {
    /// Registers somebody new.
    pub async fn new(program: &Program, email: &str) -> Result<Self, String> {
        let cookies = join(program, email).await?;
        let school = Connection::open(program.address).await.map_err(told)?;
        Ok(Self { cookies, origin: program.origin.clone(), school, till: None })
    }

    /// Buys a course at its page's `path` and pays on the provider's page; answers the page on which the order waits for its money.
    pub async fn buy(&mut self, path: &str) -> Result<String, String> {
        let checkout = expect_redirect(&self.post(path, &[("form", "buy")]).await?, "buying")?;
        let page = self.get(&checkout).await?.text();
        let key = hidden(&page, "idem").ok_or("the checkout has no key")?;
        let fields = [("form", "pay"), ("idem", key.as_str()), ("provider", "sandbox")];
        let till = expect_redirect(&self.post(&checkout, &fields).await?, "placing the order")?;
        let order = self.press_pay(&till).await?;
        Ok(order.strip_prefix(self.origin.as_str()).unwrap_or(&order).to_owned())
    }

    /// Presses "pay" on the hosted page; answers where the payer is sent back to.
    async fn press_pay(&mut self, till: &str) -> Result<String, String> {
        let (host, path) = till.strip_prefix("http://").and_then(|rest| rest.split_once('/')).ok_or("no address of a till")?;
        let address: SocketAddr = host.parse().map_err(told)?;
        if self.till.as_ref().is_none_or(|(known, _)| *known != address) {
            self.till = Some((address, Connection::open(address).await.map_err(told)?));
        }
        let (_, connection) = self.till.as_mut().ok_or("no till")?;
        let path = format!("/{path}");
        let origin = format!("http://{host}");
        let paid = connection.send(&post(&path, &origin, "", &[("action", "pay")])).await.map_err(told)?;
        expect_redirect(&paid, "paying")?;
        let page = connection.send(&get(&path, "", false)).await.map_err(told)?;
        let back = page.header("refresh").and_then(|refresh| refresh.split_once(";url=")).ok_or("the till leads nowhere")?;
        Ok(back.1.to_owned())
    }

    /// Whether the order at this page has been paid and opened: a page that waits renews itself.
    pub async fn owns(&mut self, order: &str) -> Result<bool, String> {
        let answer = self.get(order).await?;
        Ok(answer.header("refresh").is_none())
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        let path = path.strip_prefix(self.origin.as_str()).unwrap_or(path).to_owned();
        self.school.send(&post(&path, &self.origin, &self.cookies, fields)).await.map_err(told)
    }

    async fn get(&mut self, path: &str) -> Result<Answer, String> {
        let path = path.strip_prefix(self.origin.as_str()).unwrap_or(path).to_owned();
        self.school.send(&get(&path, &self.cookies, false)).await.map_err(told)
    }
}

/// What a hidden field of a page says.
fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}
