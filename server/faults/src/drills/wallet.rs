//! REL-04: a wallet is spent by thirty orders at once at two servers. (The last seat and a gift claimed by fifty are stories in
//! `domain`, on both databases.)

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::queries;
use crate::report::Report;
use crate::shopper::together;
use crate::stage::{Plan, Stage};
use load::buyer::expect_redirect;
use load::told;
use std::time::Duration;
use store::Kind;

const ORDERS: usize = 30;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let orders = props.scaled(ORDERS, 10);
    let stage = Stage::open(props, Plan::new(Kind::Postgres, 2)).await?;
    let orders = orders.min(stage.courses.len());
    let mut people = stage.people("spender", 1).await?;
    let mut buyer = people.pop().ok_or("nobody")?;
    let amount = "10000";
    let wallet = buyer.post("/en/me/wallet", &[("form", "top_up"), ("amount", amount)]).await?;
    let checkout = buyer.local(&expect_redirect(&wallet, "topping up")?);
    let key = buyer.key(&checkout).await?;
    let till = expect_redirect(&buyer.place(&checkout, &key).await?, "placing the top-up")?;
    buyer.pay(&till).await?;
    quiet(&stage, Duration::from_secs(60)).await?;
    let email = "spender-0@drill.example";
    let before = queries::wallet(&mut stage.read().await?, email).await.map_err(told)?;
    report.must(before == (10_000, 0), format!("the wallet holds what was paid in ({before:?})"));
    report.did(format!("{orders} checkouts that each want the wallet's money, placed at the same moment at two servers"));
    let mut ready = Vec::new();
    for (number, course) in stage.courses.iter().take(orders).enumerate() {
        let mut window = buyer.beside(stage.server(number % 2)?);
        let checkout = window.check_out(course).await?;
        let chosen = window.post(&checkout, &[("form", "wallet"), ("use", "yes")]).await?;
        let checkout = window.local(&expect_redirect(&chosen, "choosing the wallet")?);
        let key = window.key(&checkout).await?;
        ready.push((window, checkout, key));
    }
    let pressing = ready
        .into_iter()
        .map(|(mut window, checkout, key)| async move { window.place(&checkout, &key).await.map(|answer| answer.status) });
    let (mut placed, mut refused, mut other) = (0, 0, Vec::new());
    for outcome in together(pressing.collect()).await? {
        match outcome? {
            303 => placed += 1,
            409 | 422 => refused += 1,
            status => other.push(status),
        }
    }
    let (held, aside) = queries::wallet(&mut stage.read().await?, email).await.map_err(told)?;
    report.figure(format!("{placed} placed, {refused} told that the balance has changed; {held} held, {aside} set aside"));
    report.must(placed >= 1, "the first had the wallet's money");
    report.must(other.is_empty(), format!("no other answer ({other:?})"));
    report.must(held - aside >= 0 && aside <= 10_000, "the wallet is never below nought");
    quiet(&stage, Duration::from_secs(60)).await?;
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}
