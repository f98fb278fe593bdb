//! Logs and metrics.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Instant;
use tracing_subscriber::EnvFilter;

/// Upper bounds of the buckets that answer times are counted in, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

static FIGURES: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts the log on standard error; `json` for machines.
pub fn start_log(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // a second start (tests) keeps the first log
    let _ = if json { log.json().try_init() } else { log.compact().try_init() };
}

/// Starts counting; a second start keeps the first count.
pub fn start_metrics() {
    FIGURES.get_or_init(|| {
        let matcher = Matcher::Full("http_request_duration_seconds".into());
        PrometheusBuilder::new().set_buckets_for_metric(matcher, &BUCKETS).and_then(PrometheusBuilder::install_recorder).ok()
    });
}

/// Everything counted so far, in Prometheus' text format.
pub fn figures() -> String {
    FIGURES.get().and_then(Option::as_ref).map(PrometheusHandle::render).unwrap_or_default()
}

/// Counts every answer and how long it took, by route and status.
pub async fn measure(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str).to_owned();
    let method = request.method().to_string();
    let answer = next.run(request).await;
    let status = answer.status().as_u16().to_string();
    let labels = [("route", route), ("method", method), ("status", status)];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_duration_seconds", &labels).record(begun.elapsed().as_secs_f64());
    answer
}
