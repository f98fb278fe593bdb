//! REL-13: the disk is full: no file of the program may grow any more, and then may again. Without root: by the limit of a
//! process on the size of its files.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::report::Report;
use crate::shopper::{Ending, Seen, bought, buy, together};
use crate::stage::{Plan, Stage};
use load::told;
use std::time::Duration;
use store::Kind;
use tokio::process::Command;

const BUYERS: usize = 8;
/// Bytes at which files end while the disk is full: a few commits fit.
const FULL: &str = "65536";

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let mut stage = Stage::open(props, Plan::new(Kind::Sqlite, 1)).await?;
    stage.kill(0).await;
    // who meets the limit is told by an error and not ended by a signal
    stage.start_of(0).through = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"].map(str::to_owned).to_vec();
    stage.start(0).await?;
    let mut people = stage.people("hoarder", BUYERS + 1).await?;
    let mut witness = people.pop().ok_or("nobody")?;
    report.did(format!("SQLite: files may not grow beyond {FULL} bytes, while {BUYERS} people buy"));
    limit(&stage, FULL).await?;
    let course = stage.courses[0].clone();
    let buying = people.into_iter().map(|mut buyer| {
        let course = course.clone();
        async move {
            let mut seen = Seen::default();
            let end = buy(&mut buyer, &course, Duration::from_secs(8), &mut seen).await;
            (end, seen, buyer)
        }
    });
    let (mut seen, mut opened) = (Seen::default(), 0);
    let mut people = Vec::new();
    for (end, more, buyer) in together(buying.collect()).await? {
        seen.add(more);
        opened += usize::from(matches!(end, Ending::Opened(_)));
        people.push(buyer);
    }
    let reading = witness.get("/en/courses").await?.status;
    report.figure(format!(
        "{opened} of {BUYERS} could buy; {} answers of 503, {} other mistakes",
        seen.failures - seen.mistakes,
        seen.mistakes
    ));
    report.must(seen.failures > 0, "the disk was really full");
    report.must(seen.mistakes == 0, "whoever could not be served was told to come again (503)");
    report.must(reading == 200, format!("reading goes on ({reading})"));
    report.must(!stage.has_ended(0), "the program lives");
    report.did("there is room again");
    limit(&stage, "unlimited").await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    for buyer in &mut people {
        bought(buyer, &stage.courses[1]).await?;
    }
    report.must(true, "everybody can buy, without a restart");
    quiet(&stage, Duration::from_secs(120)).await?;
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

/// How large the program's files may become, in bytes.
async fn limit(stage: &Stage, bytes: &str) -> Result<(), String> {
    let id = stage.server(0)?.id().ok_or("the program has ended")?.to_string();
    let status =
        Command::new("prlimit").args(["--pid", &id, &format!("--fsize={bytes}:unlimited")]).status().await.map_err(told)?;
    if status.success() { Ok(()) } else { Err("prlimit does not work here".into()) }
}
