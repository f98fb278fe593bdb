//! Where tests find a Postgres server: `LECTERN_TEST_POSTGRES_URL`, else a throw-away cluster made from the installed
//! programs. The cluster belongs to one process and ends with it, however that ends: a small shell holds the other end of a
//! pipe, and when the pipe closes it stops the server and removes the folder. A test may have a cluster of its own, to stop
//! it and start it again.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{LazyLock, Mutex};

use crate::Error;

/// What the shell does; `$1` the programs' folder, `$2` the cluster's folder, the rest are the server's settings.
const KEEPER: &str = r#"
set -e
"$1/initdb" -D "$2/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync >"$2/log" 2>&1 || { cat "$2/log"; rm -rf "$2"; exit 1; }
set +e
programs="$1"
folder="$2"
shift 2
start() {
    "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses='' -c max_connections=200 -c shared_buffers=64MB "$@" >>"$folder/log" 2>&1 </dev/null &
    server=$!
    until "$programs/pg_isready" -q -h "$folder"; do
        kill -0 $server 2>/dev/null || { cat "$folder/log"; rm -rf "$folder"; exit 1; }
        sleep 0.05
    done
    echo ready
}
stop() {
    kill "-$1" $server
    wait $server
}
start "$@"
while read -r word; do
    case "$word" in
        stop) stop INT; echo stopped ;;
        crash) stop QUIT; echo stopped ;;
        start) start "$@" ;;
    esac
done
stop INT 2>/dev/null
rm -rf "$folder"
"#;

/// A server that forgets on a power cut, and is fast.
const FAST: [&str; 8] = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off"];

static URL: LazyLock<Result<String, String>> = LazyLock::new(|| match given() {
    Some(url) => Ok(url),
    None => Cluster::start().map(|cluster| {
        let url = cluster.url.clone();
        if let Ok(mut kept) = KEPT.lock() {
            *kept = Some(cluster);
        }
        url
    }),
});

/// Lives as long as the process; its end of the pipe closes with it.
static KEPT: Mutex<Option<Cluster>> = Mutex::new(None);

/// The server's address.
pub(super) fn url() -> crate::Result<&'static str> {
    URL.as_deref().map_err(|reason| Error::Unavailable(reason.as_str().into()))
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
fn given() -> Option<String> {
    std::env::var("LECTERN_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

/// A server that listens on a socket in its own folder, with an empty database `postgres`.
pub struct Cluster {
    /// The address of that database.
    pub url: String,
    keeper: Child,
    told: Lines<BufReader<ChildStdout>>,
}

impl Cluster {
    /// Makes one from the newest installed programs and starts it.
    pub fn start() -> Result<Self, String> {
        Self::start_with(&FAST)
    }

    /// The same, and what it has committed survives whatever happens to it.
    pub fn start_durable() -> Result<Self, String> {
        Self::start_with(&[])
    }

    fn start_with(settings: &[&str]) -> Result<Self, String> {
        let programs = programs().ok_or("no PostgreSQL programs found: install postgresql or set LECTERN_TEST_POSTGRES_URL")?;
        let folder = tempfile::Builder::new().prefix("lectern-pg-").tempdir().map_err(|error| error.to_string())?.keep();
        let mut keeper = match other_user(&folder)? {
            // A server refuses to run as root.
            Some((user, group)) => {
                let mut command = Command::new("setpriv");
                command.args([format!("--reuid={user}"), format!("--regid={group}")]).args(["--clear-groups", "sh"]);
                command
            }
            None => Command::new("sh"),
        };
        keeper.args(["-c", KEEPER, "keeper"]).arg(programs).arg(&folder).args(settings);
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).current_dir("/");
        std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
        let mut keeper = keeper.spawn().map_err(|error| format!("sh: {error}"))?;
        let told = keeper.stdout.take().ok_or("the shell has no output")?;
        let url = format!("postgres://postgres@localhost/postgres?host={}", folder.display());
        let mut cluster = Self { url, keeper, told: BufReader::new(told).lines() };
        cluster.wait_for("ready")?;
        Ok(cluster)
    }

    /// Stops the server as an operator would: its connections end. The files stay.
    pub fn stop(&mut self) -> Result<(), String> {
        self.tell("stop\n")?;
        self.wait_for("stopped")
    }

    /// Ends the server where it stands: nobody is told, nothing is written down (an "immediate" stop).
    pub fn crash(&mut self) -> Result<(), String> {
        self.tell("crash\n")?;
        self.wait_for("stopped")
    }

    /// Starts it again, on the same files and at the same address.
    pub fn start_again(&mut self) -> Result<(), String> {
        self.tell("start\n")?;
        self.wait_for("ready")
    }

    fn tell(&mut self, word: &str) -> Result<(), String> {
        let pipe = self.keeper.stdin.as_mut().ok_or("the shell has no input")?;
        pipe.write_all(word.as_bytes()).map_err(|error| error.to_string())
    }

    fn wait_for(&mut self, word: &str) -> Result<(), String> {
        let mut told = Vec::new();
        for line in self.told.by_ref().map_while(Result::ok) {
            if line == word {
                return Ok(());
            }
            told.push(line);
        }
        Err(format!("PostgreSQL did not answer `{word}`: {}", told.join("\n")))
    }
}

/// The newest of the installed versions.
pub fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            Some((version, path.join("bin")))
        })
        .filter(|(_, programs)| programs.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, programs)| programs).or_else(on_path)
}

fn on_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// For root: hands the folder to `postgres`, or to `nobody` where there is no such user, and names that user.
fn other_user(folder: &Path) -> Result<Option<(u32, u32)>, String> {
    use std::os::unix::fs::MetadataExt;
    let owner = std::fs::metadata(folder).map_err(|error| error.to_string())?.uid();
    if owner != 0 {
        return Ok(None);
    }
    let people = std::fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
    let numbers = |name: &str| {
        let line: Vec<&str> = people.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|line| line[0] == name)?;
        Some((line.get(2)?.parse::<u32>().ok()?, line.get(3)?.parse::<u32>().ok()?))
    };
    let (user, group) = numbers("postgres").or_else(|| numbers("nobody")).ok_or("no user to run PostgreSQL as")?;
    std::os::unix::fs::chown(folder, Some(user), Some(group)).map_err(|error| error.to_string())?;
    Ok(Some((user, group)))
}
