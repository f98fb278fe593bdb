//! Orders per second through the whole path: course page, checkout, the provider's hosted page, its signed notification, access.
//!
//! Between the buyers and the ledger stand two processes with a database each, and every step is durable before it is answered.

use crate::table::Table;
use crate::{CONNECTIONS, commits};
use load::buyer::Buyer;
use load::program::Program;
use load::{shelf, told};
use std::time::{Duration, Instant};

/// How long to wait for the last notifications.
const PATIENCE: Duration = Duration::from_secs(60);

/// Rounds with 1, 16 and 64 buyers, each beside the commit rate of the same database (by the address `marks`) with as many writers.
pub async fn table(
    title: &'static str,
    program: &Program,
    marks: &str,
    orders: usize,
    length: Duration,
) -> Result<Table, String> {
    let mut table = Table::new(title, &["buyers", "orders", "orders/s", "p50 ms", "p99 ms", "commits/s", "ratio"]);
    let courses = shelf::priced(program).await?;
    for buyers in CONNECTIONS {
        let each = (orders / buyers).clamp(1, courses.len());
        let round = round(program, &courses, buyers, each).await?;
        let commits = commits::per_second(marks, buyers, length).await?;
        table.row(&[
            &buyers.to_string(),
            &format!("{} of {}", round.opened, buyers * each),
            &format!("{:.1}", round.per_second),
            &crate::pages::millis(round.p50),
            &crate::pages::millis(round.p99),
            &format!("{commits:.0}"),
            &format!("{:.1} %", 100.0 * round.per_second / commits),
        ]);
    }
    Ok(table)
}

struct Round {
    opened: usize,
    per_second: f64,
    /// From pressing "buy" to coming back from the provider's page.
    p50: Duration,
    p99: Duration,
}

/// Each of `buyers` new people buys `each` courses one after the other; the round ends when the last order is paid and open.
async fn round(program: &Program, courses: &[String], buyers: usize, each: usize) -> Result<Round, String> {
    let mut people = Vec::with_capacity(buyers);
    for number in 0..buyers {
        people.push(Buyer::new(program, &format!("buyer-{buyers}-{number}@bench.example")).await?);
    }
    let begun = Instant::now();
    let shopping: Vec<_> = people.into_iter().map(|buyer| tokio::spawn(shop(buyer, courses[..each].to_vec()))).collect();
    let (mut opened, mut times) = (0, Vec::new());
    for one in shopping {
        let (count, took) = one.await.map_err(told)??;
        opened += count;
        times.extend(took);
    }
    let took = begun.elapsed().as_secs_f64();
    times.sort_unstable();
    let at =
        |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    #[allow(clippy::cast_precision_loss)] // hundreds
    let per_second = opened as f64 / took;
    Ok(Round { opened, per_second, p50: at(50), p99: at(99) })
}

/// Buys every course, then waits until all have been opened; answers how many were, and how long each took.
async fn shop(mut buyer: Buyer, courses: Vec<String>) -> Result<(usize, Vec<Duration>), String> {
    let (mut waiting, mut times) = (Vec::new(), Vec::new());
    for course in &courses {
        let begun = Instant::now();
        waiting.push(buyer.buy(course).await?);
        times.push(begun.elapsed());
    }
    let end = Instant::now() + PATIENCE;
    let all = waiting.len();
    while let Some(order) = waiting.last() {
        if buyer.owns(order).await? {
            waiting.pop();
        } else if Instant::now() > end {
            break;
        } else {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    Ok((all - waiting.len(), times))
}
