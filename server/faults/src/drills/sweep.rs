//! REL-20 and REL-21: a purchase and its refund on SQLite, with the program killed at the nth write that is to reach the disk, and
//! with the nth write failing. Needs `strace`.

use crate::drills::refunds::ask_back;
use crate::oracle::{audit, judge, quiet};
use crate::props::Props;
use crate::queries;
use crate::report::Report;
use crate::shopper::{Ending, Seen, buy};
use crate::stage::{Plan, Stage};
use load::told;
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::time::Duration;
use store::Kind;

/// Places of the full procedure, of which so many are tried, spread by chance. The script commits some thirty times and writes
/// some hundred times.
const COMMITS: usize = 40;
const WRITES: usize = 120;
const TRIED: usize = 40;

pub async fn killed(props: &mut Props, report: &mut Report) -> Result<(), String> {
    sweep(props, report, "killed at the nth fdatasync", COMMITS, |n| format!("inject=fdatasync,fsync:signal=SIGKILL:when={n}"))
        .await
}

pub async fn failing(props: &mut Props, report: &mut Report) -> Result<(), String> {
    sweep(props, report, "the nth write fails (no space, then an input/output error by turns)", WRITES, |n| {
        let error = if n % 2 == 0 { "ENOSPC" } else { "EIO" };
        format!("inject=pwrite64:error={error}:when={n}")
    })
    .await
}

async fn sweep(
    props: &mut Props,
    report: &mut Report,
    what: &str,
    places: usize,
    fault: fn(usize) -> String,
) -> Result<(), String> {
    if std::process::Command::new("strace").arg("-V").output().is_err() {
        report.figure("not run: strace is not installed");
        return Ok(());
    }
    let tried = props.scaled(TRIED, 6);
    let mut random = StdRng::seed_from_u64(props.seed);
    let (mut done, mut ended, mut opened, mut met, mut last) = (0, 0, 0, 0, 0);
    let step = places / tried;
    let mut place = 0;
    report.did(format!("{tried} places of {places}: {what}"));
    while done < tried {
        place += random.random_range(1..=step.max(1) * 2 - 1);
        let outcome = at(props, report, place, &fault(place)).await?;
        done += 1;
        ended += usize::from(outcome.ended);
        opened += usize::from(outcome.opened);
        met += usize::from(outcome.met);
        last = place;
        if outcome.untouched {
            report.did(format!("the script writes fewer than {place} times"));
            break;
        }
    }
    // a tool that did nothing would show nothing
    report.must(met > 0, format!("something went wrong at {met} places"));
    report.figure(format!(
        "{done} places up to the {last}th; the program ended at {ended}; {opened} purchases were opened all the same"
    ));
    Ok(())
}

struct Outcome {
    ended: bool,
    opened: bool,
    /// The program ended, or somebody was told that something is wrong.
    met: bool,
    /// Nothing went wrong: the place lies behind the script's end.
    untouched: bool,
}

async fn at(props: &mut Props, report: &mut Report, place: usize, fault: &str) -> Result<Outcome, String> {
    let mut stage = Stage::open(props, Plan::new(Kind::Sqlite, 1)).await?;
    let mut sam = stage.sam(0).await?;
    stage.kill(0).await;
    let calls = if fault.contains("pwrite64") { "trace=pwrite64" } else { "trace=fdatasync,fsync" };
    let strace = ["strace", "-f", "-qqq", "-o", "/dev/null", "-e", calls, "-e", fault];
    stage.start_of(0).through = strace.map(str::to_owned).to_vec();
    let mut outcome = Outcome { ended: false, opened: false, met: false, untouched: false };
    let mut seen = Seen::default();
    // it may be killed before it answers
    if stage.start(0).await.is_ok() {
        let end = script(&stage, &mut sam, &mut seen).await;
        outcome.opened = matches!(end, Some(Ending::Opened(_)));
        outcome.ended = stage.has_ended(0);
    } else {
        outcome.ended = true;
    }
    outcome.met = outcome.ended || !outcome.opened || seen.failures > 0;
    outcome.untouched = !outcome.met && place > COMMITS;
    stage.kill(0).await;
    stage.start_of(0).through.clear();
    stage.start(0).await?;
    quiet(&stage, Duration::from_secs(120)).await?;
    let whole = queries::is_whole(&mut stage.read().await?).await.map_err(told)?;
    if !whole {
        report.must(false, format!("place {place}: the file is whole"));
    }
    let broken = audit(&stage).await?;
    if broken.is_empty() {
        // told only where something is wrong: there are many places
        let mut quietly = Report::silent(report.id);
        judge(&stage, &mut quietly).await?;
        for problem in quietly.problems {
            report.must(false, format!("place {place}: {problem}"));
        }
    } else {
        report.must(false, format!("place {place}: {broken:?}"));
    }
    if seen.mistakes > 0 {
        report.did(format!("place {place}: {} answers of 500", seen.mistakes));
    }
    stage.close().await;
    Ok(outcome)
}

/// Joins, buys, and has it refunded, as far as that goes.
async fn script(stage: &Stage, sam: &mut load::buyer::Buyer, seen: &mut Seen) -> Option<Ending> {
    let mut buyer = stage.people("script", 1).await.ok()?.pop()?;
    let end = buy(&mut buyer, &stage.courses[0], Duration::from_secs(12), seen).await;
    if let Ending::Opened(order) = &end {
        let _ = ask_back(sam, order, "", "script").await;
        let _ = quiet(stage, Duration::from_secs(5)).await;
    }
    Some(end)
}
