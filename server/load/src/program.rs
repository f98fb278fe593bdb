//! The program under measurement, in a folder and a process of its own.

use crate::client::{Connection, get};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::process::{Child, Command};

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
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|cause| cause.to_string())?;
    listener.local_addr().map_err(|cause| cause.to_string())
}

impl Program {
    /// Starts `lectern serve` on the data in `folder`.
    pub async fn serve(executable: &Path, folder: &TempDir, more: &[&str]) -> Result<Self, String> {
        let (address, gateway) = (free_address()?, free_address()?);
        let origin = format!("http://{address}");
        let log = std::fs::File::create(folder.path().join("server.log")).map_err(|cause| cause.to_string())?;
        let mut command = Command::new(executable);
        command
            .arg("serve")
            .args(more)
            .current_dir(folder.path())
            .env("LECTERN_ENV", "test")
            .env("LECTERN_LISTEN", address.to_string())
            .env("LECTERN_PUBLIC_URL", &origin)
            .env("LECTERN_DATA_DIR", folder.path().join("data"))
            .env("LECTERN_GATEWAY_LISTEN", gateway.to_string())
            .env("LECTERN_LIMITS", "off")
            .env("LECTERN_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true);
        Self::start(command, address, origin, "/en").await
    }

    /// Starts this program again as the bare handler.
    pub async fn bare() -> Result<Self, String> {
        let address = free_address()?;
        let mut command = Command::new(std::env::current_exe().map_err(|cause| cause.to_string())?);
        command.arg("bare").arg(address.to_string()).kill_on_drop(true);
        Self::start(command, address, format!("http://{address}"), "/bytes/1").await
    }

    async fn start(mut command: Command, address: SocketAddr, origin: String, first: &str) -> Result<Self, String> {
        let begun = Instant::now();
        let mut child = command.spawn().map_err(|cause| cause.to_string())?;
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
    pub async fn stop(mut self) {
        if let Some(id) = self.child.id() {
            let asked = Command::new("kill").arg(id.to_string()).status().await;
            if asked.is_ok() && tokio::time::timeout(Duration::from_secs(20), self.child.wait()).await.is_ok() {
                return;
            }
        }
        let _ = self.child.kill().await;
    }
}
