//! REL-09: the provider is away for an hour by the clock; people go on ordering.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::report::Report;
use crate::shopper::{order_of, to_the_till};
use crate::stage::{Plan, Stage};
use crate::{provider, queries};
use load::told;
use serde_json::json;
use std::time::Duration;
use store::Kind;

const BEFORE: usize = 6;
const DURING: usize = 10;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let mut stage = Stage::open(props, Plan::new(Kind::Postgres, 2).movable()).await?;
    report.did(format!(
        "{BEFORE} people pay and the notifications are lost; then the provider ends, and {DURING} people press pay"
    ));
    provider::faults(stage.till(), &json!({ "drop_first": 200 })).await?;
    for buyer in &mut stage.people("before", BEFORE).await? {
        let till = to_the_till(buyer, &stage.courses[0]).await?;
        buyer.press(&till, "pay").await?;
    }
    let known = queries::paid(&mut stage.read().await?).await.map_err(told)?.len();
    stage.kill_till().await;
    let mut honest = 0;
    let mut people = stage.people("during", DURING).await?;
    for buyer in &mut people {
        let checkout = buyer.check_out(&stage.courses[1]).await?;
        let key = buyer.key(&checkout).await?;
        let answer = buyer.place(&checkout, &key).await?;
        let place = answer.header("location").map(|place| buyer.local(place)).unwrap_or_default();
        let page = buyer.get(&place).await?;
        // it renews itself, and says neither that it is paid nor that it failed
        let waits = page.status == 200 && page.header("refresh").is_some() && order_of(&place).is_some();
        honest += usize::from(waits);
    }
    report.must(honest == DURING, format!("{honest} of {DURING} are told that the answer is still missing"));
    for _ in 0..60 {
        stage.advance(60).await?;
        tokio::time::sleep(Duration::from_millis(700)).await;
    }
    let alerts = stage.logs().matches("a person must look").count();
    report.must(alerts <= DURING + BEFORE, format!("nobody was alarmed more than once about the same thing ({alerts} alarms)"));
    let mut visitor = people.pop().ok_or("nobody")?;
    let answer = visitor.get("/en/me/orders").await?;
    report.must(answer.status == 200, "the other pages are as always");

    report.did("the provider is back");
    stage.start_till().await?;
    stage.no_faults().await?;
    for _ in 0..6 {
        stage.advance(3_600).await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    let took = quiet(&stage, Duration::from_secs(120)).await?;
    let mut conn = stage.read().await?;
    let paid = queries::paid(&mut conn).await.map_err(told)?.len();
    let waiting = queries::orders_in(&mut conn, "awaiting_payment").await.map_err(told)?;
    drop(conn);
    report.figure(format!("{} of {BEFORE} payments whose notifications were lost were learnt by asking; everything was drained {:.0} s after the last hour", paid.saturating_sub(known), took.as_secs_f64()));
    report.must(paid == BEFORE, format!("every payment made before is known ({paid})"));
    report.must(waiting == 0, format!("no order waits for ever ({waiting})"));
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}
