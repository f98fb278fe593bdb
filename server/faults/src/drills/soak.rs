//! REL-25, in short: minutes of mixed traffic at two servers on one PostgreSQL while things go wrong by chance, with the audit after
//! every minute.

use crate::drills::refunds::ask_back;
use crate::oracle::{audit, judge, quiet};
use crate::props::Props;
use crate::provider;
use crate::report::Report;
use crate::shopper::{Ending, Seen, buy};
use crate::stage::{Plan, Stage};
use load::buyer::Buyer;
use load::told;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::Kind;

const BUYERS: usize = 6;
const PAGES: [&str; 7] = ["/en", "/zh", "/en/courses", "/en/search?q=a", "/en/feed", "/en/me/orders", "/en/me/learning"];

/// What the crowd has done so far.
#[derive(Default)]
struct Tally {
    opened: AtomicUsize,
    other: AtomicUsize,
    refunds: AtomicUsize,
    pages: AtomicUsize,
    mistakes: AtomicUsize,
}

pub async fn run(props: &mut Props, report: &mut Report, minutes: u64) -> Result<(), String> {
    let mut random = StdRng::seed_from_u64(props.seed);
    let mut stage = Stage::open(props, Plan::new(Kind::Postgres, 2)).await?;
    report.did(format!("{minutes} minutes, {BUYERS} buyers and two readers at two servers; the provider changes its mood every ten seconds, a server is killed every minute"));
    let (tally, enough) = (Arc::<Tally>::default(), Arc::<AtomicBool>::default());
    let crowd = crowd(&stage, &mut random, &tally, &enough).await?;
    let (begun, mut weights) = (Instant::now(), Vec::new());
    let length = Duration::from_secs(minutes * 60);
    let mut next_minute = Duration::from_secs(60);
    while begun.elapsed() < length {
        let mood = mood(&mut random);
        // a provider that is busy may be told again in ten seconds
        let _ = provider::faults(stage.till(), &mood).await;
        tokio::time::sleep(Duration::from_secs(10)).await;
        if begun.elapsed() < next_minute {
            continue;
        }
        next_minute += Duration::from_secs(60);
        let broken = audit(&stage).await?;
        report.must(broken.is_empty(), format!("minute {}: the audit holds {broken:?}", begun.elapsed().as_secs() / 60));
        let steady = stage.server(0)?;
        weights.push((steady.memory().unwrap_or_default(), steady.open_files().unwrap_or_default()));
        stage.kill(1).await;
        tokio::time::sleep(Duration::from_millis(random.random_range(0..3_000))).await;
        stage.start(1).await?;
    }
    enough.store(true, Ordering::Relaxed);
    for one in crowd {
        one.await.map_err(told)?;
    }
    stage.no_faults().await?;
    let took = quiet(&stage, Duration::from_secs(600)).await?;
    let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    report.figure(format!(
        "{} purchases opened, {} ended otherwise, {} refunds asked, {} pages; quiet {:.0} s after the end",
        count(&tally.opened),
        count(&tally.other),
        count(&tally.refunds),
        count(&tally.pages),
        took.as_secs_f64()
    ));
    report.figure(format!("memory in MB and open files of the server that was not killed, by minute: {weights:.0?}"));
    report.must(count(&tally.mistakes) == 0, format!("no answer was a mistake of ours ({})", count(&tally.mistakes)));
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

/// What goes wrong in the next ten seconds.
fn mood(random: &mut StdRng) -> Value {
    let seed: u32 = random.random();
    let percent = 30;
    match random.random_range(0..9) {
        0 => json!({ "seed": seed, "percent": percent, "duplicate": 4, "reorder_ms": 900 }),
        1 => json!({ "seed": seed, "percent": percent, "bad_signature": true, "old_timestamp": true, "truncated": true }),
        2 => json!({ "seed": seed, "percent": percent, "lose_answers": 5 }),
        3 => json!({ "seed": seed, "percent": percent, "fail_after": 5 }),
        4 => json!({ "seed": seed, "percent": percent, "slow_ms": 3_000 }),
        5 => json!({ "seed": seed, "percent": percent, "too_many": 5, "drop_first": 2 }),
        6 => json!({ "seed": seed, "percent": percent, "refunds": "succeed_later", "notify_first": true }),
        7 => json!({ "seed": seed, "percent": percent, "refunds": "fail_later", "unknown_type": true, "unknown_payment": true }),
        _ => json!({}),
    }
}

async fn crowd(
    stage: &Stage,
    random: &mut StdRng,
    tally: &Arc<Tally>,
    enough: &Arc<AtomicBool>,
) -> Result<Vec<tokio::task::JoinHandle<()>>, String> {
    let sam = stage.sam(0).await?;
    let mut crowd = Vec::new();
    // both addresses stay the same over every killing
    let servers = stage.all();
    for (number, buyer) in stage.people("soaked", BUYERS).await?.into_iter().enumerate() {
        let windows = [buyer.beside(servers[0]), buyer.beside(servers[1])];
        let staff = sam.beside(servers[0]);
        let shopper =
            Shopper { windows, staff, courses: stage.courses.clone(), random: StdRng::seed_from_u64(random.random()), number };
        crowd.push(tokio::spawn(shopper.live(tally.clone(), enough.clone())));
    }
    for reader in stage.people("reader", 2).await? {
        let reader = reader.beside(servers[0]);
        crowd.push(tokio::spawn(read(reader, tally.clone(), enough.clone())));
    }
    Ok(crowd)
}

struct Shopper {
    windows: [Buyer; 2],
    staff: Buyer,
    courses: Vec<String>,
    random: StdRng,
    number: usize,
}

impl Shopper {
    /// Buys at either server, has some of it refunded, and may buy that again.
    async fn live(mut self, tally: Arc<Tally>, enough: Arc<AtomicBool>) {
        let mut round = self.number;
        while !enough.load(Ordering::Relaxed) {
            round += 1;
            let course = self.courses[round % self.courses.len()].clone();
            let window = &mut self.windows[self.random.random_range(0..2)];
            let mut seen = Seen::default();
            match buy(window, &course, Duration::from_secs(45), &mut seen).await {
                Ending::Opened(order) => {
                    tally.opened.fetch_add(1, Ordering::Relaxed);
                    if self.random.random_range(0..3) == 0
                        && ask_back(&mut self.staff, &order, "", &format!("soak-{order}")).await.is_ok()
                    {
                        tally.refunds.fetch_add(1, Ordering::Relaxed);
                    }
                }
                _ => {
                    tally.other.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
            tally.mistakes.fetch_add(seen.mistakes, Ordering::Relaxed);
        }
    }
}

async fn read(mut reader: Buyer, tally: Arc<Tally>, enough: Arc<AtomicBool>) {
    let mut at = 0;
    while !enough.load(Ordering::Relaxed) {
        at += 1;
        match reader.get(PAGES[at % PAGES.len()]).await {
            Ok(answer) if answer.status >= 500 && answer.status != 503 => tally.mistakes.fetch_add(1, Ordering::Relaxed),
            _ => tally.pages.fetch_add(1, Ordering::Relaxed),
        };
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
