//! One measurement: connections that ask for the same page again and again, and what came of it.

use load::client::Connection;
use load::told;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// What a round showed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    /// Answers per second.
    pub rate: f64,
    pub p50: Duration,
    pub p99: Duration,
    /// Answers other than 200.
    pub failures: usize,
}

/// `connections` at once, each asking as soon as it was answered.
pub async fn closed(address: SocketAddr, request: Arc<[u8]>, connections: usize, length: Duration) -> Result<Figures, String> {
    let begun = Instant::now();
    let end = begun + length;
    let askers = (0..connections).map(|_| {
        let request = request.clone();
        tokio::spawn(async move {
            let mut connection = Connection::open(address).await.map_err(told)?;
            let (mut times, mut failures) = (Vec::new(), 0);
            while Instant::now() < end {
                let asked = Instant::now();
                let answer = connection.send(&request).await.map_err(told)?;
                times.push(asked.elapsed());
                failures += usize::from(answer.status != 200);
            }
            Ok::<_, String>((times, failures))
        })
    });
    let (times, failures) = gather(askers.collect()).await?;
    Ok(figures(times, failures, begun.elapsed()))
}

/// `rate` requests per second offered at even distances whether or not the earlier ones are answered; a late answer counts from
/// the moment it was due.
pub async fn offered(
    address: SocketAddr,
    request: Arc<[u8]>,
    rate: u32,
    connections: usize,
    length: Duration,
) -> Result<Figures, String> {
    let begun = Instant::now();
    let apart = Duration::from_secs(1) / rate;
    let total = u32::try_from(length.as_millis()).unwrap_or(u32::MAX) / 1000 * rate;
    let lanes = u32::try_from(connections).unwrap_or(1);
    let askers = (0..lanes).map(|lane| {
        let request = request.clone();
        tokio::spawn(async move {
            let mut connection = Connection::open(address).await.map_err(told)?;
            let (mut times, mut failures) = (Vec::new(), 0);
            for turn in (lane..total).step_by(connections) {
                let due = begun + apart * turn;
                sleep_until(due).await;
                let answer = connection.send(&request).await.map_err(told)?;
                times.push(due.elapsed());
                failures += usize::from(answer.status != 200);
            }
            Ok::<_, String>((times, failures))
        })
    });
    let (times, failures) = gather(askers.collect()).await?;
    Ok(figures(times, failures, begun.elapsed()))
}

type Asker = tokio::task::JoinHandle<Result<(Vec<Duration>, usize), String>>;

async fn gather(askers: Vec<Asker>) -> Result<(Vec<Duration>, usize), String> {
    let (mut times, mut failures) = (Vec::new(), 0);
    for asker in askers {
        let (more, failed) = asker.await.map_err(told)??;
        times.extend(more);
        failures += failed;
    }
    Ok((times, failures))
}

fn figures(mut times: Vec<Duration>, failures: usize, took: Duration) -> Figures {
    times.sort_unstable();
    #[allow(clippy::cast_precision_loss)] // counts of a few seconds
    let rate = times.len() as f64 / took.as_secs_f64();
    Figures { rate, p50: at(&times, 50), p99: at(&times, 99), failures }
}

/// The time that so many of a hundred did not need longer than; `times` are sorted.
pub fn at(times: &[Duration], share: usize) -> Duration {
    times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}
