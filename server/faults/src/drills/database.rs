//! REL-12: PostgreSQL crashes in the middle of the load and is away for ten seconds; a SQLite file is locked by somebody else for eight.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::queries;
use crate::report::Report;
use crate::shopper::{Seen, buy, together};
use crate::stage::{Plan, Stage};
use load::told;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::{Db, Kind};

const BUYERS: usize = 8;
const AWAY: Duration = Duration::from_secs(10);
const LOCKED: Duration = Duration::from_secs(8);

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    crashed(props, report).await?;
    locked(props, report).await
}

/// People who buy one course after the other until they are told to stop.
fn crowd(
    people: Vec<load::buyer::Buyer>,
    courses: &[String],
    enough: &Arc<AtomicBool>,
) -> tokio::task::JoinHandle<Result<Vec<Seen>, String>> {
    let shopping = people.into_iter().map(|mut buyer| {
        let (courses, enough) = (courses.to_vec(), enough.clone());
        async move {
            let mut seen = Seen::default();
            for course in courses {
                if enough.load(Ordering::Relaxed) {
                    break;
                }
                buy(&mut buyer, &course, Duration::from_secs(60), &mut seen).await;
            }
            seen
        }
    });
    tokio::spawn(together(shopping.collect()))
}

async fn crashed(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let stage = Stage::open(props, Plan::new(Kind::Postgres, 2)).await?;
    report.did(format!(
        "two servers, {BUYERS} people buy; PostgreSQL is stopped at once in the middle and started again {} s later",
        AWAY.as_secs()
    ));
    let enough = Arc::new(AtomicBool::new(false));
    let people = stage.people("steady", BUYERS).await?;
    let mut witness = people[0].beside(stage.server(0)?);
    let shopping = crowd(people, &stage.courses, &enough);
    tokio::time::sleep(Duration::from_secs(4)).await;
    props.cluster()?.crash()?;
    tokio::time::sleep(AWAY).await;
    let away = witness.get("/en/me/orders").await?.status;
    report.must(away == 503, format!("while it is away pages say so ({away})"));
    props.cluster()?.start_again()?;
    let back = Instant::now();
    while witness.get("/en/me/orders").await.map_or(0, |answer| answer.status) != 200 {
        if back.elapsed() > Duration::from_secs(60) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let recovered = back.elapsed();
    tokio::time::sleep(Duration::from_secs(4)).await;
    enough.store(true, Ordering::Relaxed);
    let seen = sum(shopping.await.map_err(told)??);
    let acknowledged = seen.acknowledged.len();
    report.figure(format!(
        "PostgreSQL: pages answered again {:.1} s after its start; {acknowledged} orders acknowledged, {} answers of 503",
        recovered.as_secs_f64(),
        seen.failures
    ));
    report.must(recovered < Duration::from_secs(15), "recovery took less than 15 s, without a restart of ours");
    finish(stage, report, &seen).await
}

async fn locked(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let stage = Stage::open(props, Plan::new(Kind::Sqlite, 1)).await?;
    report.did(format!("SQLite: {BUYERS} people buy; another program keeps the file locked for {} s", LOCKED.as_secs()));
    let enough = Arc::new(AtomicBool::new(false));
    let people = stage.people("steady", BUYERS).await?;
    let mut witness = people[0].beside(stage.server(0)?);
    let shopping = crowd(people, &stage.courses, &enough);
    tokio::time::sleep(Duration::from_secs(3)).await;
    let other = Db::open(&stage.school.database, store::Settings::default()).await.map_err(told)?;
    let holding = tokio::spawn(async move {
        let hold = async |_: &mut store::Tx| {
            tokio::time::sleep(LOCKED).await;
            Ok::<_, store::Error>(())
        };
        let held = other.write(hold).await;
        other.close().await;
        held
    });
    tokio::time::sleep(LOCKED / 2).await;
    let reading = witness.get("/en/courses").await?.status;
    report.must(reading == 200, format!("meanwhile reading goes on ({reading})"));
    holding.await.map_err(told)?.map_err(told)?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    enough.store(true, Ordering::Relaxed);
    let seen = sum(shopping.await.map_err(told)??);
    report.figure(format!("SQLite: {} orders acknowledged, {} answers of 503", seen.acknowledged.len(), seen.failures));
    finish(stage, report, &seen).await
}

fn sum(all: Vec<Seen>) -> Seen {
    all.into_iter().fold(Seen::default(), |mut sum, seen| {
        sum.add(seen);
        sum
    })
}

async fn finish(stage: Stage, report: &mut Report, seen: &Seen) -> Result<(), String> {
    quiet(&stage, Duration::from_secs(150)).await?;
    let kept = queries::orders(&mut stage.read().await?).await.map_err(told)?;
    let lost: Vec<&String> = seen.acknowledged.iter().filter(|order| !kept.contains(order)).collect();
    report.must(lost.is_empty(), format!("no order that was acknowledged is lost {lost:?}"));
    report.must(seen.mistakes == 0, format!("no answer was a mistake of ours ({} were)", seen.mistakes));
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}
