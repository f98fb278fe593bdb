//! `lectern` in a folder and a process of its own.

use crate::client::{Connection, get};
use crate::told;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// How long a program may take until it answers.
const STARTING: Duration = Duration::from_secs(180);

/// A running program; it ends with this value.
pub struct Program {
    child: Child,
    pub address: SocketAddr,
    pub origin: String,
    /// From the start of the process to its first 200.
    pub cold_start: Duration,
}

/// A port of this machine that nobody listens on now.
pub fn free_address() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(told)?;
    listener.local_addr().map_err(told)
}

/// Where a school lives: its executable, its folder, its database.
pub struct School {
    pub lectern: PathBuf,
    pub folder: TempDir,
    /// The address of its database.
    pub database: String,
    /// The address of a database for the commit rate: on the same disk or server as the school's own.
    pub marks: String,
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

    /// `lectern …` for this school, by itself or `through` another program that starts it.
    pub fn command(&self, through: &[String], arguments: &[&str]) -> Command {
        let mut command = match through.split_first() {
            Some((program, rest)) => {
                let mut command = Command::new(program);
                // both end together
                command.args(rest).arg(&self.lectern).process_group(0);
                command
            }
            None => Command::new(&self.lectern),
        };
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("LECTERN_ENV", "test")
            .env("LECTERN_DATABASE_URL", &self.database)
            .env("LECTERN_DATA_DIR", self.data())
            .env("LECTERN_LIMITS", "off")
            .env("LECTERN_LOG", "warn")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// The folder of its files.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

/// How a program is started beyond what every one of them is told.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Where it answers; none: on a free port.
    pub address: Option<SocketAddr>,
    pub arguments: Vec<String>,
    pub settings: Vec<(String, String)>,
    /// A program, with its arguments, that starts ours.
    pub through: Vec<String>,
}

impl Start {
    /// With one setting more.
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.settings.push((name.to_owned(), value.to_string()));
        self
    }
}

impl Program {
    /// Starts `lectern serve` for a school, with the payment provider beside it.
    pub async fn serve(school: &School, more: &[&str]) -> Result<Self, String> {
        let arguments = more.iter().map(|&argument| argument.to_owned()).collect();
        let start = Start { arguments, ..Start::default() }.with("LECTERN_GATEWAY_LISTEN", free_address()?);
        Self::serve_as(school, &start).await
    }

    /// Starts `lectern serve` so.
    pub async fn serve_as(school: &School, start: &Start) -> Result<Self, String> {
        let address = start.address.map_or_else(free_address, Ok)?;
        let origin = format!("http://{address}");
        let arguments: Vec<&str> = std::iter::once("serve").chain(start.arguments.iter().map(String::as_str)).collect();
        let mut command = school.command(&start.through, &arguments);
        command.env("LECTERN_LISTEN", address.to_string()).env("LECTERN_PUBLIC_URL", &origin);
        command.envs(start.settings.iter().map(|(name, value)| (name, value)));
        keep_log(&mut command, school.folder.path(), &format!("server-{}.log", address.port()))?;
        Self::start(command, address, origin, "/en").await
    }

    /// Starts the payment provider as a program of its own.
    pub async fn provider(school: &School, start: &Start) -> Result<Self, String> {
        let address = start.address.map_or_else(free_address, Ok)?;
        let mut command = school.command(&start.through, &["gateway", "--listen", &address.to_string()]);
        command.envs(start.settings.iter().map(|(name, value)| (name, value)));
        keep_log(&mut command, school.folder.path(), "provider.log")?;
        Self::start(command, address, format!("http://{address}"), "/healthz").await
    }

    /// Starts a command and waits until it answers `first` with 200.
    pub async fn start(mut command: Command, address: SocketAddr, origin: String, first: &str) -> Result<Self, String> {
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
                return Ok(Self { child, address, origin, cold_start: begun.elapsed() });
            }
            if begun.elapsed() > STARTING {
                return Err("the program did not answer within three minutes".into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// The process's number, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether the process has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// Resident memory in MB (Linux).
    pub fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches(" kB").parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
    }

    /// Files and sockets it holds open (Linux).
    pub fn open_files(&self) -> Option<usize> {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id()?)).ok().map(Iterator::count)
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(mut self) {
        if let Some(id) = self.child.id() {
            let asked = Command::new("kill").arg(id.to_string()).status().await;
            if asked.is_ok() && tokio::time::timeout(Duration::from_secs(20), self.child.wait()).await.is_ok() {
                return;
            }
        }
        let _ = self.child.kill().await;
    }

    /// Ends it at once, wherever it is (SIGKILL), and whatever it was started through.
    pub async fn kill(mut self) {
        if let Some(id) = self.child.id() {
            // a group of its own only where it was started through another program; else there is no such group
            let _ = Command::new("kill").args(["-KILL", "--", &format!("-{id}")]).stderr(Stdio::null()).status().await;
        }
        let _ = self.child.kill().await;
    }
}

/// What it says goes into a file of the folder, after what it said before.
fn keep_log(command: &mut Command, folder: &Path, name: &str) -> Result<(), String> {
    let log = std::fs::File::options().create(true).append(true).open(folder.join(name)).map_err(told)?;
    command.stdout(Stdio::null()).stderr(log);
    Ok(())
}
