//! Logs and metrics.

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tracing_subscriber::EnvFilter;

/// Upper bounds of the buckets that answer times are counted in, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// How often what was measured is put into its buckets; until then each answer takes room.
const UPKEEP: Duration = Duration::from_secs(5);

static FIGURES: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// It writes addresses down as they are, with the secrets of links in them; ours stand in the log without (`http::security`).
const TELLS_TOO_MUCH: &str = "tower_http::csrf=warn";

/// What is logged: as the operator wants it, but for what would tell too much.
pub fn filter(wanted: &str) -> EnvFilter {
    let filter = EnvFilter::try_new(wanted).unwrap_or_else(|_| EnvFilter::new("info"));
    match TELLS_TOO_MUCH.parse() {
        Ok(less) => filter.add_directive(less),
        Err(_) => filter,
    }
}

/// Starts the log on standard error; `json` for machines.
pub fn start_log(wanted: &str, json: bool) {
    let log = tracing_subscriber::fmt().with_env_filter(filter(wanted)).with_writer(std::io::stderr);
    // a second start (tests) keeps the first log
    let _ = if json { log.json().try_init() } else { log.compact().try_init() };
}

/// Starts counting; a second start keeps the first count. The buckets are filled also where nobody ever reads them.
pub fn start_metrics() {
    FIGURES.get_or_init(|| {
        let matcher = Matcher::Full("http_request_duration_seconds".into());
        let figures = PrometheusBuilder::new().set_buckets_for_metric(matcher, &BUCKETS);
        let figures = figures.and_then(PrometheusBuilder::install_recorder).ok()?;
        tokio::spawn(keep_up(figures.clone()));
        Some(figures)
    });
}

async fn keep_up(figures: PrometheusHandle) {
    let mut soon = tokio::time::interval(UPKEEP);
    loop {
        soon.tick().await;
        figures.run_upkeep();
    }
}

/// Everything counted so far, in Prometheus' text format.
pub fn figures() -> String {
    FIGURES.get().and_then(Option::as_ref).map(PrometheusHandle::render).unwrap_or_default()
}

/// The figures of one kind of answer.
pub struct Answers {
    count: Counter,
    took: Histogram,
}

impl Answers {
    /// Of this route (as the table of routes writes it), method and status.
    pub fn of(route: &str, method: &Method, status: StatusCode) -> Self {
        let labels = [("route", route.to_owned()), ("method", named(method).to_owned()), ("status", status.as_u16().to_string())];
        Self {
            count: metrics::counter!("http_requests_total", &labels),
            took: metrics::histogram!("http_request_duration_seconds", &labels),
        }
    }

    /// One more, begun then and answered now.
    pub fn count(&self, begun: Instant) {
        self.count.increment(1);
        self.took.record(begun.elapsed().as_secs_f64());
    }
}

/// A method as it is counted and logged: strangers may call one whatever they like, as long as they like.
pub fn named(method: &Method) -> &'static str {
    static KNOWN: [Method; 9] = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::CONNECT,
        Method::TRACE,
    ];
    KNOWN.iter().find(|known| *known == method).map_or("another", Method::as_str)
}

/// The route a request met.
pub fn route_of(request: &Request) -> String {
    request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str).to_owned()
}

/// Counts every answer and how long it took, by route and status.
pub async fn measure(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (route, method) = (route_of(&request), request.method().clone());
    let answer = next.run(request).await;
    Answers::of(&route, &method, answer.status()).count(begun);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_s_own_method_has_no_name_here() {
        assert_eq!(named(&Method::PATCH), "PATCH");
        let made_up = Method::from_bytes(&[b'A'; 100_000]).expect("any token is a method");
        assert_eq!(named(&made_up), "another");
    }
}
