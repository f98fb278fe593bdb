//! REL-05: one key fifty times at once at two servers, by the form and by the interface for programs; then another body.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::queries;
use crate::report::Report;
use crate::shopper::together;
use crate::stage::{Plan, Stage};
use load::told;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use store::Kind;

const TIMES: usize = 50;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let stage = Stage::open(props, Plan::new(Kind::Postgres, 2)).await?;
    let mut people = stage.people("twice", 2).await?;
    let (Some(mut program), Some(mut person)) = (people.pop(), people.pop()) else { return Err("nobody".into()) };
    let before = orders(&stage).await?;
    let checkout = person.check_out(&stage.courses[0]).await?;
    let key = person.key(&checkout).await?;
    report.did(format!("a form with one key, {TIMES} times at once"));
    let mut sending = Vec::new();
    for number in 0..TIMES {
        let (mut window, checkout, key) = (person.beside(stage.server(number % 2)?), checkout.clone(), key.clone());
        sending.push(async move { window.place(&checkout, &key).await.map(|answer| answer.status) });
    }
    let mut answers = BTreeSet::new();
    for status in together(sending).await? {
        answers.insert(status?);
    }
    report.must(orders(&stage).await? == before + 1, "one order came of it");
    report.must(answers == BTreeSet::from([303]), format!("everybody was led to it ({answers:?})"));

    // a checkout is what the interface calls a quote
    let quote = program.check_out(&stage.courses[1]).await?;
    let quote = quote.rsplit('/').next().unwrap_or_default().to_owned();
    let before = orders(&stage).await?;
    report.did(format!("a call with one Idempotency-Key, {TIMES} times at once, then another body under it"));
    let mut sending = Vec::new();
    for number in 0..TIMES {
        let (mut window, body) = (program.beside(stage.server(number % 2)?), json!({ "quote": quote }).to_string());
        sending.push(async move { window.call("POST", "/api/v1/orders", "order-1", &body).await });
    }
    let (mut made, mut busy, mut other) = (BTreeSet::new(), 0, Vec::new());
    let mut replayed = 0;
    for answer in together(sending).await? {
        let answer = answer?;
        match answer.status {
            201 => {
                replayed += usize::from(answer.header("idempotency-replayed") == Some("true"));
                let order: Value = serde_json::from_slice(&answer.body).map_err(told)?;
                made.insert(order["id"].as_str().unwrap_or_default().to_owned());
            }
            409 => busy += 1,
            status => other.push(status),
        }
    }
    report.figure(format!(
        "of {TIMES} calls {} made or replayed the one order ({replayed} replays), {busy} were told that it is under way",
        TIMES - busy - other.len()
    ));
    report.must(made.len() == 1 && other.is_empty(), format!("one order, and no other answer ({made:?}, {other:?})"));
    report.must(orders(&stage).await? == before + 1, "one order is in the books");
    let body = json!({ "quote": quote, "total": 1 }).to_string();
    let reused = program.call("POST", "/api/v1/orders", "order-1", &body).await?;
    report.must(reused.status == 422, format!("the same key with another body is refused ({})", reused.status));
    quiet(&stage, Duration::from_secs(30)).await?;
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

async fn orders(stage: &Stage) -> Result<usize, String> {
    Ok(queries::orders(&mut stage.read().await?).await.map_err(told)?.len())
}
