//! REL-14: one of two servers is ahead by three, then by ten minutes; time goes back by an hour; a leap day begins.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::queries;
use crate::report::Report;
use crate::shopper::{bought, to_the_till};
use crate::stage::{Plan, Stage, move_clock, rfc3339};
use load::told;
use std::time::{Duration, Instant};
use store::Kind;

/// 28 February 2028, ten seconds before midnight in Shanghai (15:59:50 UTC).
const LEAP_NIGHT: i64 = 1_835_366_390;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let mut stage = Stage::open(props, Plan::new(Kind::Postgres, 2).movable()).await?;
    for (ahead, heard) in [(200, true), (-200, true), (600, false), (-600, false)] {
        report.did(format!("one server's clock is wrong by {ahead} s; six people buy there"));
        skew(&stage, ahead).await?;
        let before = stage.logs().matches("a notification was refused").count();
        let begun = Instant::now();
        let mut paid = 0;
        for person in stage.people(&format!("skewed{ahead}"), 6).await? {
            let mut buyer = person.beside(stage.server(1)?);
            // the other server may take a payment that was begun by a clock far behind for one that was given up
            match to_the_till(&mut buyer, &stage.courses[0]).await {
                Ok(till) => {
                    buyer.press(&till, "pay").await?;
                    paid += 1;
                }
                Err(_) if ahead < -300 => (),
                Err(cause) => return Err(cause),
            }
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let refused = stage.logs().matches("a notification was refused").count() - before;
        let right = if heard { refused == 0 } else { refused > 0 || paid == 0 };
        report.must(right, format!("signatures are refused outside 300 s and only there ({refused} refused)"));
        // those that were refused are asked about
        for _ in 0..3 {
            stage.advance(70).await?;
            skew(&stage, ahead).await?;
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
        quiet(&stage, Duration::from_secs(90)).await?;
        report.figure(format!(
            "{ahead:+} s: {paid} of 6 led to the till; all known {:.0} s later, clock moved by 210 s",
            begun.elapsed().as_secs_f64()
        ));
    }
    early(&mut stage, report).await?;

    report.did("every clock goes back by an hour");
    skew(&stage, 0).await?;
    let mut person = stage.people("backwards", 1).await?.pop().ok_or("nobody")?;
    let till = to_the_till(&mut person, &stage.courses[0]).await?;
    stage.advance(-3_600).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    person.pay(&till).await?;
    stage.advance(61).await?;
    quiet(&stage, Duration::from_secs(60)).await?;
    let mut other = stage.people("hour-before", 1).await?.pop().ok_or("nobody")?;
    bought(&mut other, &stage.courses[0]).await?;
    report.must(true, "who had ordered pays, and others buy");

    report.did("the night before 29 February 2028 ends while somebody buys");
    let forward = LEAP_NIGHT - stage.now();
    stage.advance(forward).await?;
    let mut people = stage.people("leap", 4).await?;
    for (buyer, course) in people.iter_mut().zip(stage.courses.iter().cycle().skip(1)) {
        bought(buyer, course).await?;
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    quiet(&stage, Duration::from_secs(60)).await?;
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

/// The second server is ahead by so many seconds; the provider and the first are right.
async fn skew(stage: &Stage, ahead: i64) -> Result<(), String> {
    move_clock(stage.server(1)?.address, &rfc3339(stage.now() + ahead)).await?;
    move_clock(stage.server(0)?.address, &rfc3339(stage.now())).await
}

/// How much too early an order is closed where one clock is ten minutes ahead.
async fn early(stage: &mut Stage, report: &mut Report) -> Result<(), String> {
    skew(stage, 600).await?;
    let mut buyer = stage.people("waits", 1).await?.pop().ok_or("nobody")?;
    to_the_till(&mut buyer, &stage.courses[1]).await?;
    let mut minutes = 0;
    while waiting(stage).await? > 0 && minutes < 40 {
        stage.advance(60).await?;
        skew(stage, 600).await?;
        minutes += 1;
        tokio::time::sleep(Duration::from_millis(1_200)).await;
    }
    report.figure(format!(
        "with one clock 10 min ahead an order of 30 min is closed after {minutes} min, before anything was paid"
    ));
    Ok(())
}

async fn waiting(stage: &Stage) -> Result<i64, String> {
    queries::orders_in(&mut stage.read().await?, "awaiting_payment").await.map_err(told)
}
