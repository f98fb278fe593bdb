//! REL-02: the payer comes back, the notification arrives (twice more by hand) and the question is asked, all at the same
//! moment, at two servers on one database.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::report::Report;
use crate::shopper::{to_the_till, together};
use crate::stage::{Plan, Stage};
use crate::{provider, queries};
use load::buyer::Buyer;
use load::told;
use std::time::Duration;
use store::Kind;

const ORDERS: usize = 500;
/// Orders that race at once.
const BATCH: usize = 25;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let orders = props.scaled(ORDERS, BATCH);
    let mut stage = Stage::open(props, Plan::new(Kind::Postgres, 2).movable()).await?;
    report.did(format!(
        "two servers on one PostgreSQL; {orders} orders, {BATCH} at a time: pay, come back at both, notify three times, ask"
    ));
    let people = stage.people("racer", BATCH).await?;
    let (mut failures, mut placed) = (0, 0);
    let mut known = 0;
    for round in 0..orders.div_ceil(BATCH) {
        let course = stage.courses[round % stage.courses.len()].clone();
        if round >= stage.courses.len() {
            break;
        }
        let mut waiting = Vec::new();
        for buyer in &people {
            let mut buyer = buyer.beside(stage.server(round % 2)?);
            let till = to_the_till(&mut buyer, &course).await?;
            waiting.push((buyer.beside(stage.server(0)?), buyer.beside(stage.server(1)?), buyer, till));
        }
        placed += waiting.len();
        let racing = waiting.into_iter().map(|(here, there, payer, till)| race(here, there, payer, till));
        let racing = tokio::spawn(together(racing.collect()));
        // an attempt is asked about a minute after it was sent
        stage.advance(61).await?;
        let events = provider::events(stage.till(), "payment.succeeded").await?;
        for event in events.iter().skip(known) {
            provider::resend(stage.till(), event).await?;
            provider::resend(stage.till(), event).await?;
        }
        known = events.len();
        for outcome in racing.await.map_err(told)?? {
            failures += outcome?;
        }
    }
    let took = quiet(&stage, Duration::from_secs(90)).await?;
    report.figure(format!("{placed} orders raced; the last was settled {:.1} s after the last round", took.as_secs_f64()));
    let mut conn = stage.read().await?;
    let paid = queries::orders_in(&mut conn, "paid").await.map_err(told)?;
    // the demo's own orders were paid before
    let (receipts, rights) = queries::receipts_and_rights(&mut conn).await.map_err(told)?;
    report.must(receipts == paid, format!("one receipt for each of {paid} paid orders ({receipts})"));
    report.must(
        rights >= i64::try_from(placed).unwrap_or(i64::MAX),
        format!("each gave its right ({rights}, the demo's included)"),
    );
    letters_are_written(&stage, report).await?;
    report.must(failures == 0, format!("no answer of 500 and above ({failures})"));
    drop(conn);
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

/// Pays, and asks for the order's page five times at each server meanwhile; counts answers of 500 and above.
async fn race(mut here: Buyer, mut there: Buyer, mut payer: Buyer, till: String) -> Result<usize, String> {
    let back = payer.pay(&till).await?;
    let page = here.local(&back);
    let mut failures = 0;
    for _ in 0..5 {
        let (one, other) = tokio::join!(here.get(&page), there.get(&page));
        failures += usize::from(one?.status >= 500) + usize::from(other?.status >= 500);
    }
    Ok(failures)
}

/// One letter for each order whose payment was announced.
async fn letters_are_written(stage: &Stage, report: &mut Report) -> Result<(), String> {
    let mut counted = (0, -1);
    for _ in 0..100 {
        counted = queries::paid_and_told(&mut stage.read().await?).await.map_err(told)?;
        if counted.0 == counted.1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    report.must(
        counted.0 == counted.1,
        format!("{} orders were announced as paid and {} letters written about that", counted.0, counted.1),
    );
    Ok(())
}
