//! REL-01: the server is killed at random moments while people buy, and started again.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::report::Report;
use crate::shopper::{Ending, Seen, buy, together};
use crate::stage::{Plan, Stage};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::time::{Duration, Instant};
use store::Kind;

/// People who buy at once.
const BUYERS: usize = 10;
/// Rounds of the full procedure on each database; a round ends with one killing.
const ROUNDS: usize = 12;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        on(props, report, kind).await?;
    }
    Ok(())
}

async fn on(props: &mut Props, report: &mut Report, kind: Kind) -> Result<(), String> {
    let rounds = props.scaled(ROUNDS, 2);
    let mut random = StdRng::seed_from_u64(props.seed);
    let mut stage = Stage::open(props, Plan::new(kind, 1).movable()).await?;
    report.did(format!("{kind:?}: {BUYERS} people buy; {rounds} times SIGKILL at a random moment and a start again"));
    let (mut opened, mut unpaid, mut seen, mut slowest) = (0, 0, Seen::default(), Duration::ZERO);
    for round in 0..rounds {
        let people = stage.people(&format!("round-{round}"), BUYERS).await?;
        let courses = stage.courses.clone();
        let shopping = people.into_iter().enumerate().map(|(number, mut buyer)| {
            let courses: Vec<String> = courses.iter().cycle().skip(number * 3 + round).take(3).cloned().collect();
            async move {
                let (mut ends, mut seen) = (Vec::new(), Seen::default());
                for course in courses {
                    ends.push(buy(&mut buyer, &course, Duration::from_secs(60), &mut seen).await);
                }
                (ends, seen)
            }
        });
        let shopping = tokio::spawn(together(shopping.collect()));
        tokio::time::sleep(Duration::from_millis(random.random_range(50..2_500))).await;
        stage.kill(0).await;
        tokio::time::sleep(Duration::from_millis(random.random_range(0..1_500))).await;
        stage.start(0).await?;
        let again = Instant::now();
        for (ends, more) in shopping.await.map_err(load::told)?? {
            seen.add(more);
            for end in ends {
                match end {
                    Ending::Opened(_) => opened += 1,
                    Ending::Unpaid(_) | Ending::Nothing(_) => unpaid += 1,
                    Ending::PaidAndWaiting(order) => {
                        report.must(false, format!("order {order} was opened within a minute after it was paid"));
                    }
                }
            }
        }
        slowest = slowest.max(again.elapsed());
    }
    report.figure(format!(
        "{kind:?}: {rounds} killings, {opened} purchases opened, {unpaid} given up unpaid, all within {:.0} s after the start",
        slowest.as_secs_f64()
    ));
    // what was sent and never reached the provider is given up after five minutes
    for _ in 0..3 {
        stage.advance(300).await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    quiet(&stage, Duration::from_secs(60)).await?;
    judge(&stage, report).await?;
    report.must(
        seen.mistakes == 0,
        format!("no answer was a mistake of ours ({} of 503, {} calls cut off)", seen.failures, seen.silences),
    );
    stage.close().await;
    Ok(())
}
