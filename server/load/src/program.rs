//! The program under measurement, in a folder and a process of its own.

use crate::client::{Connection, get};
use crate::told;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// A running program; it ends with this value.
pub struct Program {
    child: Child,
    pub address: SocketAddr,
    pub origin: String,
    /// Where the provider beside it answers.
    gateway: SocketAddr,
    /// From the start of the process to its first 200.
    pub cold_start: Duration,
    /// The database for the commit rate: on the same disk or server as the school's own.
    pub marks_url: String,
}

/// A port of this machine that nobody listens on now.
pub fn free_address() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(told)?;
    listener.local_addr().map_err(told)
}

/// Where a school lives: its executable, its folder, its database.
pub struct School {
    lectern: PathBuf,
    folder: TempDir,
    database: String,
    marks: String,
}

impl School {
    /// On a SQLite file in a new folder.
    pub fn on_sqlite(lectern: PathBuf) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(told)?;
        let file = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
        Ok(Self { lectern, database: file("lectern.db"), marks: file("marks.db"), folder })
    }

    /// On a database that is there.
    pub fn on(lectern: PathBuf, database: String) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(told)?;
        Ok(Self { lectern, folder, marks: database.clone(), database })
    }

    /// Its database's address.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The address of the provider's own database.
    pub fn provider(&self) -> String {
        format!("sqlite://{}", self.folder.path().join("data").join("gateway.db").display())
    }

    /// A command of this school's executable, with its settings.
    fn command(&self, what: &str, log: &str, address: SocketAddr, gateway: SocketAddr) -> Result<Command, String> {
        let folder = self.folder.path();
        let log = std::fs::File::create(folder.join(log)).map_err(told)?;
        let mut command = Command::new(&self.lectern);
        command
            .arg(what)
            .current_dir(folder)
            .env("LECTERN_ENV", "test")
            .env("LECTERN_LISTEN", address.to_string())
            .env("LECTERN_PUBLIC_URL", format!("http://{address}"))
            .env("LECTERN_DATABASE_URL", &self.database)
            .env("LECTERN_DATA_DIR", folder.join("data"))
            .env("LECTERN_GATEWAY_LISTEN", gateway.to_string())
            .env("LECTERN_LIMITS", "off")
            .env("LECTERN_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true);
        Ok(command)
    }
}

impl Program {
    /// Starts `lectern serve` for a school.
    pub async fn serve(school: &School, more: &[&str]) -> Result<Self, String> {
        let (address, gateway) = (free_address()?, free_address()?);
        let mut command = school.command("serve", "server.log", address, gateway)?;
        command.args(more);
        Self::start(command, (address, gateway), "/en", school.marks.clone()).await
    }

    /// Starts `lectern work` beside a program of the same school.
    pub fn work(school: &School, beside: &Program) -> Result<Worker, String> {
        let mut command = school.command("work", "worker.log", beside.address, beside.gateway)?;
        command.env("LECTERN_GATEWAY_URL", format!("http://{}", beside.gateway));
        Ok(Worker(command.spawn().map_err(told)?))
    }

    /// Starts this program again as the bare handler.
    pub async fn bare() -> Result<Self, String> {
        let address = free_address()?;
        let mut command = Command::new(std::env::current_exe().map_err(told)?);
        command.arg("bare").arg(address.to_string()).kill_on_drop(true);
        Self::start(command, (address, address), "/bytes/1", String::new()).await
    }

    async fn start(
        mut command: Command,
        (address, gateway): (SocketAddr, SocketAddr),
        first: &str,
        marks_url: String,
    ) -> Result<Self, String> {
        let begun = Instant::now();
        let mut child = command.spawn().map_err(told)?;
        let request = get(first, "", false);
        loop {
            if let Ok(Some(status)) = child.try_wait() {
                return Err(format!("the program ended with {status}"));
            }
            if let Ok(mut connection) = Connection::open(address).await
                && connection.send(&request).await.is_ok_and(|answer| answer.status == 200)
            {
                let origin = format!("http://{address}");
                return Ok(Self { child, address, origin, gateway, cold_start: begun.elapsed(), marks_url });
            }
            if begun.elapsed() > Duration::from_secs(180) {
                return Err("the program did not answer within three minutes".into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Resident memory in MB (Linux).
    pub fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches(" kB").parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(self) {
        stop(self.child).await;
    }
}

/// A worker alone; it ends with this value.
pub struct Worker(Child);

impl Worker {
    pub async fn stop(self) {
        stop(self.0).await;
    }
}

async fn stop(mut child: Child) {
    if let Some(id) = child.id() {
        let asked = Command::new("kill").arg(id.to_string()).status().await;
        if asked.is_ok() && tokio::time::timeout(Duration::from_secs(20), child.wait()).await.is_ok() {
            return;
        }
    }
    let _ = child.kill().await;
}
