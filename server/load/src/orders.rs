//! Orders per second through the whole path: checkout, the provider's hosted page, its signed notification, access.
//!
//! Between the buyers and the ledger stand two processes with a database each, and every step of ours is durable before it is answered.
//! The path is walked in two ways: by the forms of the pages that a browser shows, and by the interface for programs.

use crate::busy::Busy;
use crate::commits::{What, per_second};
use crate::table::Table;
use crate::{CONNECTIONS, queries};
use load::buyer::Buyer;
use load::program::{Program, School};
use load::{shelf, told};
use std::time::{Duration, Instant};
use store::Db;

/// How long to wait for the last notifications.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the database is asked how many have access.
const LOOK: Duration = Duration::from_millis(10);

/// How an order is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Course page, checkout page and its form, the provider's page, the order's page.
    Pages,
    /// A quote and an order of `/api/v1`, the provider's page, the order.
    Programs,
}

const WAYS: [(Way, &str); 2] = [(Way::Pages, "pages"), (Way::Programs, "/api/v1")];

/// Rounds with 1, 16 and 64 buyers, each beside the rates at which the same database (by the address `marks`) commits one row and
/// pgbench's simple update, with as many writers.
pub async fn table(
    title: &'static str,
    program: &Program,
    school: &School,
    orders: usize,
    length: Duration,
) -> Result<Table, String> {
    let columns = [
        "by",
        "buyers",
        "orders",
        "orders/s",
        "p50 ms",
        "p99 ms",
        "commits/s",
        "ratio",
        "simple updates/s",
        "ratio",
        "cores' ms each",
        "cores busy",
    ];
    let mut table = Table::new(title, &columns);
    let db = Db::open(&school.database, store::Settings::default()).await.map_err(told)?;
    let goods = goods(program, &db).await?;
    for buyers in CONNECTIONS {
        let commits = per_second(&school.marks, What::Row, buyers, length).await?;
        let updates = per_second(&school.marks, What::SimpleUpdate, buyers, length).await?;
        for (way, by) in WAYS {
            let each = (orders / buyers).max(1);
            let round = round(program, &db, &goods, way, buyers, each).await?;
            table.row(&[
                by,
                &buyers.to_string(),
                &format!("{} of {}", round.opened, buyers * each),
                &format!("{:.1}", round.per_second),
                &crate::pages::millis(round.p50),
                &crate::pages::millis(round.p99),
                &format!("{commits:.0}"),
                &format!("{:.1} %", 100.0 * round.per_second / commits),
                &format!("{updates:.0}"),
                &format!("{:.1} %", 100.0 * round.per_second / updates),
                &round.worked.map_or_else(|| "unknown".to_owned(), |(each, _)| crate::pages::millis(each)),
                &round.worked.map_or_else(|| "unknown".to_owned(), |(_, share)| format!("{:.0} %", 100.0 * share)),
            ]);
        }
    }
    db.close().await;
    Ok(table)
}

/// A course that costs something: its page, and its id for programs.
struct Good {
    path: String,
    id: String,
}

async fn goods(program: &Program, db: &Db) -> Result<Vec<Good>, String> {
    let mut goods = Vec::new();
    for path in shelf::priced(program).await? {
        let slug = path.rsplit('/').next().unwrap_or_default();
        let id = queries::course(db, slug).await.map_err(told)?;
        goods.push(Good { path, id });
    }
    Ok(goods)
}

struct Round {
    opened: usize,
    per_second: f64,
    /// From pressing "buy" to coming back from the provider's page.
    p50: Duration,
    p99: Duration,
    /// What all processors of the machine worked for one order, everybody's work included, and which part of their time.
    worked: Option<(Duration, f64)>,
}

/// `buyers` at a time buy `each` courses one after the other; whoever has them all makes room for somebody new. The round ends when
/// the last course is open. How many are is read from the database: buyers who ask again and again would be measured themselves.
async fn round(program: &Program, db: &Db, goods: &[Good], way: Way, buyers: usize, each: usize) -> Result<Round, String> {
    let name = format!("{way:?}-{buyers}").to_lowercase();
    let mut queues = Vec::with_capacity(buyers);
    for queue in 0..buyers {
        let mut people = Vec::new();
        for number in 0..each.div_ceil(goods.len()) {
            people.push(Buyer::new(program, &format!("{name}-{queue}-{number}@bench.example")).await?);
        }
        queues.push(people);
    }
    let before = queries::open(db).await.map_err(told)?;
    let busy = Busy::now();
    let begun = Instant::now();
    let shopping: Vec<_> = queues
        .into_iter()
        .map(|people| {
            let goods: Vec<(String, String)> = goods.iter().map(|good| (good.path.clone(), good.id.clone())).collect();
            tokio::spawn(shop(people, goods, way, each))
        })
        .collect();
    let (mut last, mut times) = (Vec::new(), Vec::new());
    for one in shopping {
        let (buyer, order, took) = one.await.map_err(told)??;
        last.push((buyer, order));
        times.extend(took);
    }
    let (all, end) = (buyers * each, Instant::now() + PATIENCE);
    let mut opened = queries::open(db).await.map_err(told)?.saturating_sub(before);
    while opened < all && Instant::now() < end {
        tokio::time::sleep(LOOK).await;
        opened = queries::open(db).await.map_err(told)?.saturating_sub(before);
    }
    let took = begun.elapsed().as_secs_f64();
    let worked = busy.zip(Busy::now()).map(|(before, after)| after.since(before));
    let worked = worked.map(|(time, share)| (time / u32::try_from(opened).unwrap_or(1).max(1), share));
    for (buyer, order) in &mut last {
        if opened == all && !buyer.owns(order).await? {
            return Err(format!("{order} is open and its page does not say so"));
        }
    }
    times.sort_unstable();
    let at =
        |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    #[allow(clippy::cast_precision_loss)] // hundreds
    let per_second = opened as f64 / took;
    Ok(Round { opened, per_second, p50: at(50), p99: at(99), worked })
}

/// Buys so many courses; answers who bought last, the page of that order, and how long each took.
async fn shop(
    people: Vec<Buyer>,
    goods: Vec<(String, String)>,
    way: Way,
    each: usize,
) -> Result<(Buyer, String, Vec<Duration>), String> {
    let mut times = Vec::with_capacity(each);
    let mut last = None;
    for mut buyer in people {
        let mut order = String::new();
        for (path, id) in goods.iter().take(each - times.len()) {
            let begun = Instant::now();
            order = match way {
                Way::Pages => {
                    let order = buyer.buy(path).await?;
                    buyer.owns(&order).await?; // where the browser is led back to
                    order
                }
                Way::Programs => buyer.buy_by_calls(id, &format!("{}-{id}", times.len())).await?,
            };
            times.push(begun.elapsed());
        }
        last = Some((buyer, order));
    }
    let (buyer, order) = last.ok_or("nobody bought anything")?;
    Ok((buyer, order, times))
}
