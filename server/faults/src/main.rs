//! `faults`: starts real programs on real databases, lets go wrong what can, and asks afterwards whether the books hold and
//! nobody paid twice. `make faults` calls it; docs/reliability.md has every procedure and its last result.

mod drills;
mod oracle;
mod post;
mod props;
mod provider;
mod queries;
mod report;
mod shopper;
mod stage;

use clap::{Parser, Subcommand};
use props::Props;
use report::{Report, say};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Parser)]
#[command(name = "faults", about = "Lets go wrong what can, and asks whether the books hold")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Tell which drills there are.
    List,
    /// Run them, or some of them.
    Run {
        /// The executable that is tested.
        lectern: PathBuf,
        /// Only these, with commas between them: REL-01,REL-06
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
        #[command(flatten)]
        chance: Chance,
    },
    /// Mixed traffic and random trouble for some minutes, with the audit after every one.
    Soak {
        /// The executable that is tested.
        lectern: PathBuf,
        #[arg(long, default_value_t = 10)]
        minutes: u64,
        #[command(flatten)]
        chance: Chance,
    },
}

#[derive(clap::Args)]
struct Chance {
    /// Every random choice follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Of the numbers that the procedures ask for (500 orders, 200 buyers…), so many per cent.
    #[arg(long, default_value_t = 100)]
    scale: usize,
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::List => {
            drills::ALL.iter().for_each(|drill| say(&format!("{}  {}", drill.id, drill.about)));
            Ok(true)
        }
        Command::Run { lectern, only, chance } => run(lectern, &only, &chance).await,
        Command::Soak { lectern, minutes, chance } => soak(lectern, minutes, &chance).await,
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("faults: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn props(lectern: PathBuf, chance: &Chance) -> Result<Props, String> {
    let lectern = lectern.canonicalize().map_err(|cause| format!("{}: {cause}", lectern.display()))?;
    say(&format!("{}, seed {}, {} % of every number", lectern.display(), chance.seed, chance.scale));
    Ok(Props::new(lectern, chance.seed, chance.scale))
}

/// Runs the drills one after the other; whether everything held.
async fn run(lectern: PathBuf, only: &[String], chance: &Chance) -> Result<bool, String> {
    if let Some(unknown) = only.iter().find(|id| drills::ALL.iter().all(|drill| drill.id != id.as_str())) {
        return Err(format!("there is no drill {unknown}; `faults list` tells those there are"));
    }
    let mut props = props(lectern, chance)?;
    let (mut lines, mut good) = (Vec::new(), true);
    for drill in drills::ALL.iter().filter(|drill| only.is_empty() || only.iter().any(|id| id == drill.id)) {
        let mut report = Report::new(drill.id, drill.about);
        let begun = Instant::now();
        if let Err(cause) = (drill.run)(&mut props, &mut report).await {
            report.broke(cause);
        }
        good &= report.problems.is_empty();
        lines.push(report.line(begun.elapsed()));
    }
    say("\n| drill | verdict | figures | took |\n|---|---|---|--:|");
    lines.iter().for_each(|line| say(line));
    Ok(good)
}

async fn soak(lectern: PathBuf, minutes: u64, chance: &Chance) -> Result<bool, String> {
    let mut props = props(lectern, chance)?;
    let mut report = Report::new("REL-25", "a long mixture");
    let begun = Instant::now();
    if let Err(cause) = drills::soak::run(&mut props, &mut report, minutes).await {
        report.broke(cause);
    }
    say(&report.line(begun.elapsed()));
    Ok(report.problems.is_empty())
}
