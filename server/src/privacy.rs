//! `lectern privacy`: who was forgotten, for the day on which an older copy of the database comes back.

use crate::config::Config;
use crate::world;
use clap::Subcommand;
use domain::privacy::{self, Erasure};
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub enum Command {
    /// Print everybody who was ever forgotten, a line of JSON each: an id that leads to nobody, when, and whether reviews stayed.
    List,
    /// After a restore, before people are let in: forget again whoever the copy brought back.
    Reapply {
        /// What `list` printed, beside the notes that lie with the files.
        file: Option<PathBuf>,
    },
}

/// Does it, or says in one line why not.
pub async fn run(command: Command) -> Result<(), String> {
    let config = Config::load(Default::default())?;
    match command {
        Command::List => list(&config).await,
        Command::Reapply { file } => reapply(&config, file.as_deref()).await,
    }
}

#[allow(clippy::print_stdout)] // the list is what the command is for
async fn list(config: &Config) -> Result<(), String> {
    let app = world::open(config).await?;
    for one in privacy::erasures(&app).await.map_err(|cause| cause.to_string())? {
        println!("{}", serde_json::to_string(&one).map_err(|cause| cause.to_string())?);
    }
    Ok(())
}

async fn reapply(config: &Config, file: Option<&Path>) -> Result<(), String> {
    // a file with a mistake in it changes nothing
    let mut all = file.map(read).transpose()?.unwrap_or_default();
    let app = world::open(config).await?;
    let known = privacy::erasures(&app).await.map_err(|cause| cause.to_string())?;
    all.extend(known);
    all.sort_by(|a, b| a.account.cmp(&b.account));
    all.dedup_by(|a, b| a.account == b.account);
    let told = privacy::reapply(&app, &all).await.map_err(|cause| cause.to_string())?;
    eprintln!("{} forgotten again, {} were gone already, {} are not in this database", told.again.len(), told.gone, told.unknown);
    match told.kept.first() {
        None => Ok(()),
        Some(last) => Err(format!("{last} is the last administrator: make somebody else one, and run this again")),
    }
}

/// A line each; empty ones are passed over.
fn read(path: &Path) -> Result<Vec<Erasure>, String> {
    let text = std::fs::read_to_string(path).map_err(|reason| format!("{}: {reason}", path.display()))?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| serde_json::from_str(line).map_err(|reason| format!("{}: line {number}: {reason}", path.display())))
        .collect()
}
