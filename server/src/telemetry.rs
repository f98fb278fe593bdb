//! Logs and metrics.

use tracing_subscriber::EnvFilter;

/// Starts the log on standard error; `json` for machines.
pub fn start_log(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // a second start (tests) keeps the first log
    let _ = if json { log.json().try_init() } else { log.compact().try_init() };
}
