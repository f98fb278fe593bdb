//! What every drill starts from: an executable, a school with the demo's content on each database, kept as a template.

use load::program::School;
use load::told;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use store::Kind;
use store::testing::Cluster;
use tempfile::TempDir;
use tokio::process::Command;

/// The school on SQLite, and the server with the school on Postgres, made when first asked for.
pub struct Props {
    lectern: PathBuf,
    /// Whatever random choice a drill makes follows from this.
    pub seed: u64,
    /// Of the numbers that the procedures ask for, so many per cent.
    pub scale: usize,
    sqlite: Option<TempDir>,
    cluster: Option<Cluster>,
    /// Databases made so far.
    databases: usize,
}

/// The database that the others are copies of.
const TEMPLATE: &str = "lectern_template";

impl Props {
    pub fn new(lectern: PathBuf, seed: u64, scale: usize) -> Self {
        Self { lectern, seed, scale, sqlite: None, cluster: None, databases: 0 }
    }

    /// So many of what the procedure asks for, at least `least`.
    pub fn scaled(&self, full: usize, least: usize) -> usize {
        (full * self.scale / 100).max(least)
    }

    /// A school of its own for one drill.
    pub async fn school(&mut self, kind: Kind) -> Result<School, String> {
        match kind {
            Kind::Sqlite => self.on_sqlite().await,
            Kind::Postgres => self.on_postgres().await,
        }
    }

    /// The server of the schools on Postgres.
    pub fn cluster(&mut self) -> Result<&mut Cluster, String> {
        self.cluster.as_mut().ok_or_else(|| "no school on Postgres was asked for yet".into())
    }

    async fn on_sqlite(&mut self) -> Result<School, String> {
        if self.sqlite.is_none() {
            let school = School::on_sqlite(self.lectern.clone())?;
            fill(&school).await?;
            self.sqlite = Some(school.folder);
        }
        let school = School::on_sqlite(self.lectern.clone())?;
        if let Some(template) = &self.sqlite {
            copy(template.path(), school.folder.path()).await?;
        }
        Ok(school)
    }

    async fn on_postgres(&mut self) -> Result<School, String> {
        if self.cluster.is_none() {
            let cluster = Cluster::start_durable()?;
            create(&cluster.url, &["-T", "template0", "-E", "UTF8", "--locale=C", TEMPLATE]).await?;
            let school = School::on(self.lectern.clone(), named(&cluster.url, TEMPLATE))?;
            fill(&school).await?;
            self.cluster = Some(cluster);
        }
        let Some(cluster) = &self.cluster else { return Err("no server".into()) };
        self.databases += 1;
        let name = format!("lectern_drill_{}", self.databases);
        create(&cluster.url, &["-T", TEMPLATE, &name]).await?;
        School::on(self.lectern.clone(), named(&cluster.url, &name))
    }
}

/// Loads the demo's content.
async fn fill(school: &School) -> Result<(), String> {
    let done = school.command(&[], &["demo"]).output().await.map_err(told)?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}

async fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let status = Command::new("cp").arg("-r").arg(from.join(".")).arg(to).status().await.map_err(told)?;
    if status.success() { Ok(()) } else { Err("the template could not be copied".into()) }
}

/// The server's address with another database in it.
fn named(url: &str, name: &str) -> String {
    url.replacen("/postgres?", &format!("/{name}?"), 1)
}

/// `createdb` of the newest installed version.
async fn create(url: &str, arguments: &[&str]) -> Result<(), String> {
    let folder = url.split_once("host=").map(|(_, folder)| folder).ok_or("a server without a folder")?;
    let programs = store::testing::programs().ok_or("no PostgreSQL programs found")?;
    let mut command = Command::new(programs.join("createdb"));
    command.args(["-h", folder, "-U", "postgres"]).args(arguments).stdin(Stdio::null());
    let done = command.output().await.map_err(told)?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}
