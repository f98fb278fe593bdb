//! REL-07: the provider takes thirty seconds for every answer, and fifty people want to pay.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::report::Report;
use crate::shopper::{to_the_till, together};
use crate::stage::{Plan, Stage};
use crate::{provider, queries};
use load::client::{Line, get};
use load::told;
use serde_json::json;
use std::time::{Duration, Instant};
use store::Kind;

const PAYERS: usize = 50;
/// Payments about which the provider is to be asked meanwhile.
const ASKED: usize = 20;
/// How long the others are watched.
const WATCHED: Duration = Duration::from_secs(20);
/// How long before that, to compare with.
const COMPARED: Duration = Duration::from_secs(5);
/// The most that the slowest hundredth may take, by the procedure (a machine that is slower without the trouble has twice that).
const BOUND: Duration = Duration::from_millis(300);

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let payers = props.scaled(PAYERS, 12);
    let mut stage = Stage::open(props, Plan::new(Kind::Postgres, 1).movable()).await?;
    for buyer in &mut stage.people("asked", ASKED).await? {
        to_the_till(buyer, &stage.courses[2]).await?;
    }
    let mut calm = stage.people("calm", 6).await?;
    let mut tills = Vec::new();
    for buyer in &mut calm {
        tills.push(to_the_till(buyer, &stage.courses[0]).await?);
    }
    let mut ready = Vec::new();
    for mut buyer in stage.people("stuck", payers).await? {
        let checkout = buyer.check_out(&stage.courses[1]).await?;
        let key = buyer.key(&checkout).await?;
        ready.push((buyer, checkout, key));
    }
    let before = watch(&stage, calm[0].cookies(), COMPARED, usize::MAX).await?;
    report.did(format!(
        "the provider answers after 30 s; {payers} people press pay; others go on reading, six pay what they ordered before"
    ));
    provider::faults(stage.till(), &json!({ "slow_ms": 30_000 })).await?;
    // the questions about those who have not paid for a minute are due, and are answered as slowly
    stage.advance(61).await?;
    let stuck = ready
        .into_iter()
        .map(|(mut buyer, checkout, key)| async move { buyer.place(&checkout, &key).await.map(|answer| answer.status) });
    let stuck = tokio::spawn(together(stuck.collect()));
    tokio::time::sleep(Duration::from_secs(5)).await;

    for (buyer, till) in calm.iter_mut().zip(&tills) {
        buyer.press(till, "pay").await?;
    }
    let watched = watch(&stage, calm[0].cookies(), WATCHED, calm.len()).await?;
    let bound = BOUND.max(before.p99 * 2);
    report.figure(format!(
        "{} pages meanwhile, p99 {} ms (before: {} ms)",
        watched.pages,
        watched.p99.as_millis(),
        before.p99.as_millis()
    ));
    report.must(watched.p99 < bound, format!("the slowest hundredth of the other pages took less than {} ms", bound.as_millis()));
    report.must(watched.failures == 0, format!("every other page was answered ({} were not)", watched.failures));
    report.must(watched.long == 0, format!("no transaction was open for more than a second ({} at most)", watched.long));
    let settled = watched.settled;
    match settled {
        Some(took) => report.figure(format!("payments notified meanwhile were settled after {:.1} s", took.as_secs_f64())),
        None => report.must(false, "payments that were notified meanwhile were settled meanwhile"),
    }
    let ends = stuck.await.map_err(told)??;
    let answered = ends.iter().filter(|end| matches!(end, Ok(303))).count();
    report.must(
        answered == payers,
        format!("all {payers} who waited were led on ({answered}): {:?}", ends.iter().find(|end| !matches!(end, Ok(303)))),
    );
    stage.no_faults().await?;
    quiet(&stage, Duration::from_secs(180)).await?;
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

/// What others saw.
struct Watched {
    pages: usize,
    p99: Duration,
    failures: usize,
    /// The most transactions that were open for more than a second.
    long: i64,
    /// After how long as many payments as were waited for had been settled.
    settled: Option<Duration>,
}

/// Reads pages for a while, and looks into the database.
async fn watch(stage: &Stage, cookies: &str, length: Duration, payments: usize) -> Result<Watched, String> {
    const PAGES: [&str; 6] = ["/en", "/en/courses", "/readyz", "/en/search?q=engines", "/en/feed", "/en/me/orders"];
    let begun = Instant::now();
    let mut line = Line::to(stage.server(0)?.address, Duration::from_secs(30));
    let (mut times, mut watched) = (Vec::new(), Watched { pages: 0, p99: Duration::ZERO, failures: 0, long: 0, settled: None });
    while begun.elapsed() < length {
        for page in PAGES {
            let asked = Instant::now();
            let answer = line.ask(&get(page, cookies, false)).await.map_err(told)?;
            times.push(asked.elapsed());
            watched.failures += usize::from(answer.status != 200);
        }
        let mut conn = stage.read().await?;
        watched.long = watched.long.max(queries::long_transactions(&mut conn).await.map_err(told)?);
        if watched.settled.is_none() && queries::paid(&mut conn).await.map_err(told)?.len() >= payments {
            watched.settled = Some(begun.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    times.sort_unstable();
    watched.pages = times.len();
    watched.p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
    Ok(watched)
}
