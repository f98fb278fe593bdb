//! `lectern recommend`: the recommender over files, without a database.

use recommend::{Catalogue, Interactions, evaluate, parse_users, top, write_rows};
use std::fmt::Display;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

/// What can be asked of it.
#[derive(clap::Subcommand)]
pub enum Request {
    /// Fit on one file of interactions and measure on another; prints the figures as JSON.
    Evaluate {
        /// CSV with the header user,item,value,timestamp
        train: PathBuf,
        /// CSV of what the same people did later
        test: PathBuf,
        /// CSV with the header item,relation,tag
        #[arg(long, value_name = "ITEMS.csv")]
        items: Option<PathBuf>,
        /// How many items of each list count
        #[arg(short, long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
        k: u16,
    },
    /// The best items for each of some people, as CSV user,item,rank,score.
    Top {
        /// CSV with the header user,item,value,timestamp
        train: PathBuf,
        /// CSV with the header user
        #[arg(long, value_name = "USERS.csv")]
        users: PathBuf,
        /// CSV with the header item,relation,tag
        #[arg(long, value_name = "ITEMS.csv")]
        items: Option<PathBuf>,
        /// How many items for each
        #[arg(short, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
        n: u16,
    },
}

/// Answers on standard output.
pub fn run(request: Request) -> Result<(), String> {
    match request {
        Request::Evaluate { train, test, items, k } => {
            let (train, items) = (read(&train, Interactions::parse)?, catalogue(items.as_deref())?);
            let test = read(&test, Interactions::parse)?;
            let report = evaluate(&train, &test, &items, usize::from(k)).map_err(|refusal| refusal.to_string())?;
            let text = serde_json::to_string(&report).map_err(|reason| reason.to_string())?;
            written(writeln!(stdout().lock(), "{text}"))
        }
        Request::Top { train, users, items, n } => {
            let (train, items) = (read(&train, Interactions::parse)?, catalogue(items.as_deref())?);
            let users = read(&users, parse_users)?;
            let rows = top(&train, &items, &users, usize::from(n));
            written(write_rows(&rows, BufWriter::new(stdout().lock())))
        }
    }
}

fn catalogue(path: Option<&Path>) -> Result<Catalogue, String> {
    path.map_or_else(|| Ok(Catalogue::default()), |path| read(path, Catalogue::parse))
}

/// A file by its own rules; a mistake is told with the file's name.
fn read<T, E: Display>(path: &Path, parse: impl Fn(&str) -> Result<T, E>) -> Result<T, String> {
    let named = |reason: String| format!("{}: {reason}", path.display());
    let text = std::fs::read_to_string(path).map_err(|reason| named(reason.to_string()))?;
    parse(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|refusal| named(refusal.to_string()))
}

/// Whoever reads only the beginning has what they want.
fn written(outcome: std::io::Result<()>) -> Result<(), String> {
    match outcome {
        Err(reason) if reason.kind() != std::io::ErrorKind::BrokenPipe => Err(reason.to_string()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use recommend::Interactions;

    #[test]
    fn a_mistake_names_its_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("train.csv");
        std::fs::write(&path, "\u{feff}user,item,value,timestamp\na,x,-1,0\n").unwrap();
        let told = read(&path, Interactions::parse).unwrap_err();
        assert!(told.contains("train.csv: line 2: `value`"), "{told}");
        assert!(read(&folder.path().join("nowhere.csv"), Interactions::parse).unwrap_err().contains("nowhere.csv"));
    }
}
