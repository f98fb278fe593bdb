//! SQLite: the schema is made once per process and copied as a file.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use tempfile::TempDir;
use tokio::sync::Mutex;

use super::Kept;
use crate::{Db, Durability, Error, Kind, Migrations, Settings};

/// Migrated files by the fingerprint of their migrations.
static TEMPLATES: LazyLock<Mutex<HashMap<String, Vec<u8>>>> = LazyLock::new(Mutex::default);

/// A new file with the schema in it: its address, and the folder that goes with the test.
pub(super) async fn copy(migrations: Migrations) -> crate::Result<(String, Kept)> {
    let fingerprint = migrations.fingerprint(Kind::Sqlite)?;
    let folder = folder()?;
    let path = folder.path().join("test.db");
    let mut templates = TEMPLATES.lock().await;
    if !templates.contains_key(&fingerprint) {
        templates.insert(fingerprint.clone(), template(migrations).await?);
    }
    std::fs::write(&path, &templates[&fingerprint]).map_err(unavailable)?;
    Ok((address(path), Kept::Folder(folder)))
}

/// The bytes of a migrated database.
async fn template(migrations: Migrations) -> crate::Result<Vec<u8>> {
    let folder = folder()?;
    let path = folder.path().join("template.db");
    let db = Db::open(&address(path.clone()), Settings { durability: Durability::None, ..Settings::default() }).await?;
    db.migrate(&migrations).await?;
    db.close().await;
    std::fs::read(&path).map_err(unavailable)
}

fn address(path: PathBuf) -> String {
    format!("sqlite://{}", path.display())
}

fn folder() -> crate::Result<TempDir> {
    tempfile::Builder::new().prefix("lectern-test-").tempdir().map_err(unavailable)
}

fn unavailable(error: std::io::Error) -> Error {
    Error::Unavailable(error.into())
}
