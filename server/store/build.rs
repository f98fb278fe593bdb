//! Lists the files of the workspace's `migrations/` so that they become part of the program; runs again when one is added.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // asked when this runs: where several checkouts share one target folder it may have been compiled in another
    let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let folder = here.join("../../migrations");
    if !folder.join("0001_accounts.sql").exists() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("no migrations in {}", folder.display())));
    }
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut list = String::from("&[\n");
    for (dialect, place) in [("None", ""), ("Some(Kind::Sqlite)", "sqlite"), ("Some(Kind::Postgres)", "postgres")] {
        for file in sql_files(&folder.join(place))? {
            println!("cargo:rerun-if-changed={}", file.display());
            let name = file.file_name().unwrap_or_default();
            let _ = writeln!(list, "Source {{ name: {name:?}, dialect: {dialect}, sql: include_str!({file:?}) }},");
        }
    }
    list.push(']');
    let target = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(target.join("migrations.rs"), list)
}

/// The `.sql` files of a folder, by name; none where there is no folder.
fn sql_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "sql") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
