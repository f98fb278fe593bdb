//! REL-06: every notification five times and out of order, mixed with forged, stale, cut-off and strange ones; then a third of
//! them only after the orders have expired; then everything once more.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::report::Report;
use crate::shopper::{to_the_till, together};
use crate::stage::{Plan, Stage};
use crate::{provider, queries};
use load::client::{Line, call};
use load::told;
use serde_json::json;
use std::time::Duration;
use store::Kind;

const ORDERS: usize = 60;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        on(props, report, kind).await?;
    }
    Ok(())
}

async fn on(props: &mut Props, report: &mut Report, kind: Kind) -> Result<(), String> {
    let (orders, seed) = (props.scaled(ORDERS, 10), props.seed);
    let mut stage = Stage::open(props, Plan::new(kind, 1).movable()).await?;
    report.did(format!("{kind:?}: {orders} orders; every event five times, reordered; before each a forged, a stale, a cut-off and two strange ones"));
    let storm = json!({ "seed": seed, "duplicate": 4, "reorder_ms": 700, "bad_signature": true, "old_timestamp": true,
                        "truncated": true, "unknown_type": true, "unknown_payment": true });
    provider::faults(stage.till(), &storm).await?;
    buy_all(&stage, "storm", orders, 0).await?;
    forge(&stage, report).await?;
    let took = quiet(&stage, Duration::from_secs(120)).await?;
    report.figure(format!("{kind:?}: settled {:.1} s after the last order", took.as_secs_f64()));
    tokio::time::sleep(Duration::from_secs(2)).await;
    kept_is_genuine(&stage, report).await?;

    report.did("a third of the notifications come 40 minutes late, when the orders have expired; some payments succeed after being closed");
    let late = json!({ "seed": seed, "percent": 30, "delay_ms": 2_400_000, "pay_after_close": true, "duplicate": 4 });
    provider::faults(stage.till(), &late).await?;
    buy_all(&stage, "late", orders / 2, 1).await?;
    for buyer in &mut stage.people("idler", orders / 4).await? {
        to_the_till(buyer, &stage.courses[2]).await?;
    }
    for _ in 0..6 {
        stage.advance(600).await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    stage.no_faults().await?;
    stage.advance(600).await?;
    quiet(&stage, Duration::from_secs(120)).await?;

    report.did("every event of the provider is sent once more");
    let before = queries::paid(&mut stage.read().await?).await.map_err(told)?;
    for event in provider::events(stage.till(), "").await? {
        provider::resend(stage.till(), &event).await?;
    }
    tokio::time::sleep(Duration::from_secs(4)).await;
    quiet(&stage, Duration::from_secs(120)).await?;
    let after = queries::paid(&mut stage.read().await?).await.map_err(told)?;
    report.must(before == after, "that changed nothing");
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

/// So many people buy one course each.
async fn buy_all(stage: &Stage, name: &str, number: usize, course: usize) -> Result<(), String> {
    let course = stage.courses[course].clone();
    let buying = stage.people(name, number).await?.into_iter().map(|mut buyer| {
        let course = course.clone();
        async move { buyer.buy(&course).await }
    });
    for outcome in together(buying.collect()).await? {
        outcome?;
    }
    Ok(())
}

/// What anybody might send to the door.
async fn forge(stage: &Stage, report: &mut Report) -> Result<(), String> {
    let address = stage.server(0)?.address;
    let mut line = Line::to(address, Duration::from_secs(10));
    let now = stage.now().to_string();
    let seal = "0".repeat(64);
    let proofs = [
        String::new(),
        "t=,v1=".into(),
        format!("t={now},v1={seal}"),
        format!("t={now},v0={seal}"),
        format!("v1={seal},t={now},t={now}"),
        "t=99999999999999999999,v1=00".into(),
    ];
    let bodies = ["", "{}", "null", "[]", "{\"id\":\"evt_x\",\"type\":\"payment.succeeded\",\"data\":{}}", "\u{0}"];
    let (mut sent, mut wrong) = (0, Vec::new());
    for proof in &proofs {
        for body in bodies {
            for path in ["/webhooks/sandbox", "/webhooks/stripe", "/webhooks/nobody"] {
                let request = call("POST", path, address, &[("lectern-sandbox-signature", proof.as_str())], body);
                let answer = line.ask(&request).await.map_err(told)?;
                sent += 1;
                if !(400..500).contains(&answer.status) {
                    wrong.push(format!("{path} answered {} to {proof}", answer.status));
                }
            }
        }
    }
    report.must(wrong.is_empty(), format!("{sent} forged notifications were refused {wrong:?}"));
    Ok(())
}

/// Exactly the provider's events are kept.
async fn kept_is_genuine(stage: &Stage, report: &mut Report) -> Result<(), String> {
    let kept = queries::notices(&mut stage.read().await?).await.map_err(told)?;
    let all: i64 = kept.iter().map(|(_, number)| number).sum();
    let theirs = provider::events(stage.till(), "").await?.len();
    report.must(
        usize::try_from(all).is_ok_and(|all| all == theirs),
        format!("{all} notifications are kept, each event of {theirs} once: {kept:?}"),
    );
    Ok(())
}
