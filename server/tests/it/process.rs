//! The executable as an operator starts it: in a folder and a process of its own.

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A port of this machine that nobody listens on now.
pub fn free_address() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port").local_addr().expect("its address")
}

/// `lectern …` in a folder, with no setting but those given.
pub fn lectern(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(arguments).current_dir(folder).env_clear().env("LECTERN_ENV", "test");
    command.envs(settings.iter().copied()).stdin(Stdio::null());
    command
}

/// Runs a command that ends by itself.
pub fn run(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    lectern(folder, arguments, settings).output().expect("the program runs")
}

/// The same with something to read on standard input.
pub fn run_with(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = lectern(folder, arguments, &[]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    // who refuses at once does not read
    let _ = child.stdin.take().expect("its input").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

/// What a command said on standard error.
pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What it answered on standard output.
pub fn answered(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A running command that stays; it ends with this value.
pub struct Running {
    pub child: Child,
    pub folder: TempDir,
    /// Where it answers, if it does.
    pub address: SocketAddr,
}

impl Running {
    /// `lectern serve` on a folder, without the sandbox payment provider; returns when it answers.
    pub async fn serve(folder: TempDir, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let address = free_address();
        let mut command = lectern(folder.path(), &[&["serve"], arguments].concat(), settings);
        command.env("LECTERN_LISTEN", address.to_string()).env("LECTERN_PUBLIC_URL", format!("http://{address}"));
        command.env("LECTERN_GATEWAY", "off").env("LECTERN_LIMITS", "off");
        let mut running = Self::start(command, folder, address);
        let begun = Instant::now();
        while reqwest::get(running.url("/healthz")).await.is_err() {
            assert!(running.child.try_wait().expect("its state").is_none(), "the program ended: {}", running.log());
            assert!(begun.elapsed() < Duration::from_secs(120), "the program does not answer: {}", running.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        running
    }

    /// `lectern work` on a folder that another program serves.
    pub fn work(beside: &Running) -> Child {
        lectern(beside.folder.path(), &["work"], &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the worker")
    }

    fn start(mut command: Command, folder: TempDir, address: SocketAddr) -> Self {
        let log = std::fs::File::create(folder.path().join("server.log")).expect("a log");
        let child = command.stdout(Stdio::null()).stderr(log).spawn().expect("the program");
        Self { child, folder, address }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it wrote into its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    pub async fn get(&self, path: &str) -> Response {
        stranger().get(self.url(path)).send().await.expect("an answer")
    }

    /// Sends a form as a page of ours does.
    pub async fn post(&self, browser: &Client, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = browser.post(self.url(path)).header("origin", format!("http://{}", self.address));
        request.header("sec-fetch-site", "same-origin").form(fields).send().await.expect("an answer")
    }

    /// Waits until `path` answers with `status`, as a balancer would.
    pub async fn until(&self, path: &str, status: u16) {
        let begun = Instant::now();
        loop {
            let now = self.get(path).await.status().as_u16();
            if now == status {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{path} still answers {now}: {}", self.log());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Asks it to stop, as an operator's tools do.
    pub fn tell_to_stop(&self) {
        tell_to_stop(&self.child);
    }
}

/// SIGTERM.
pub fn tell_to_stop(child: &Child) {
    assert!(Command::new("kill").arg(child.id().to_string()).status().expect("kill").success());
}

impl Drop for Running {
    fn drop(&mut self) {
        // it may have ended by itself
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser of nobody in particular; it keeps cookies and follows nothing by itself.
pub fn stranger() -> Client {
    Client::builder().cookie_store(true).redirect(Policy::none()).build().expect("a client")
}

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}
