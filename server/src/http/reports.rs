//! What browsers tell of pages that wanted something the policy refuses (`report-to`, ASVS 3.4.7): all of it is counted, some is
//! told to the log. Anybody may send anything here, so nothing of it is believed, kept or passed on as it came.

use super::Site;
use super::security::loggable;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use std::sync::{Mutex, PoisonError};

/// Where they are sent.
pub const PATH: &str = "/reports/csp";
/// The largest that is read, in bytes, and the most that are read in one.
const LARGEST: usize = 16 * 1024;
const MOST: usize = 10;
/// So many are told to the log within an hour, whoever they come from.
const TOLD: u32 = 60;
const HOUR: i64 = 3_600_000;

/// What a policy can be broken in, as it is counted.
const DIRECTIVES: [&str; 16] = [
    "default-src",
    "script-src",
    "script-src-elem",
    "script-src-attr",
    "style-src",
    "style-src-elem",
    "style-src-attr",
    "img-src",
    "media-src",
    "frame-src",
    "connect-src",
    "font-src",
    "worker-src",
    "form-action",
    "frame-ancestors",
    "base-uri",
];

/// One breach: words of strangers, all of them.
#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
struct Breach {
    #[serde(rename = "effectiveDirective", alias = "effective-directive", alias = "violated-directive")]
    directive: String,
    #[serde(rename = "blockedURL", alias = "blocked-uri")]
    blocked: String,
    #[serde(rename = "documentURL", alias = "document-uri")]
    page: String,
}

/// One of several that `report-to` sends, perhaps of another kind.
#[derive(Deserialize)]
struct Report {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    body: serde_json::Value,
}

/// `POST /reports/csp`
pub async fn take(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if body.len() > LARGEST {
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let breaches = match kind.split(';').next().unwrap_or_default().trim() {
        "application/csp-report" => single(&body),
        "application/reports+json" => several(&body),
        _ => return StatusCode::UNSUPPORTED_MEDIA_TYPE,
    };
    let Some(breaches) = breaches else { return StatusCode::BAD_REQUEST };
    let hour = site.app.now().millis().div_euclid(HOUR);
    for breach in breaches.iter().take(MOST) {
        tell(breach, hour);
    }
    StatusCode::NO_CONTENT
}

/// As `report-uri` sends it: one, under a name.
fn single(body: &[u8]) -> Option<Vec<Breach>> {
    let mut named: serde_json::Value = serde_json::from_slice(body).ok()?;
    Some(vec![breach(named.get_mut("csp-report")?.take())?])
}

fn several(body: &[u8]) -> Option<Vec<Breach>> {
    let reports: Vec<Report> = serde_json::from_slice(body).ok()?;
    reports.into_iter().filter(|report| report.kind == "csp-violation").map(|report| breach(report.body)).collect()
}

/// Older browsers name the directive twice, and a struct has it once.
fn breach(mut report: serde_json::Value) -> Option<Breach> {
    let named = report.as_object_mut()?;
    if named.contains_key("effective-directive") {
        named.remove("violated-directive");
    }
    serde_json::from_value(report).ok()
}

fn tell(breach: &Breach, hour: i64) {
    let first = breach.directive.split_whitespace().next().unwrap_or_default();
    let directive = DIRECTIVES.into_iter().find(|known| *known == first).unwrap_or("another");
    metrics::counter!("csp_breaches_total", "directive" => directive).increment(1);
    if SAID.lock().unwrap_or_else(PoisonError::into_inner).one_more(hour) {
        let (blocked, page) = (origin_of(&breach.blocked), path_of(&breach.page));
        tracing::warn!(directive, blocked, page, "a browser says that a page wanted something its policy refuses");
    }
}

/// How many were told to the log within an hour.
struct Said {
    hour: i64,
    many: u32,
}

static SAID: Mutex<Said> = Mutex::new(Said { hour: 0, many: 0 });

impl Said {
    /// Whether one more may be told.
    fn one_more(&mut self, hour: i64) -> bool {
        if self.hour != hour {
            *self = Self { hour, many: 0 };
        }
        self.many = self.many.saturating_add(1);
        self.many <= TOLD
    }
}

/// What is left of what was refused: `inline`, `data`, `https://elsewhere.example`. What stands behind may be anybody's.
fn origin_of(blocked: &str) -> String {
    let origin = match blocked.split_once("://") {
        Some((scheme, rest)) => {
            let place = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
            let host = place.rsplit('@').next().unwrap_or_default();
            format!("{scheme}://{host}")
        }
        None => blocked.split(':').next().unwrap_or_default().to_owned(),
    };
    plain(&origin)
}

/// The page's path as the log may have it.
fn path_of(page: &str) -> String {
    let behind = page.split_once("://").map_or(page, |(_, rest)| rest.find('/').map_or("/", |at| rest.split_at(at).1));
    let path = behind.split(['?', '#']).next().unwrap_or_default();
    plain(&loggable(path))
}

/// At most a hundred visible signs.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic() || *c == '…').take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breach_is_read_as_either_kind_of_browser_tells_it() {
        let older = br#"{"csp-report":{"document-uri":"https://lectern.example/en","violated-directive":"script-src-elem",
            "effective-directive":"script-src-elem","blocked-uri":"inline","line-number":3}}"#;
        let newer = br#"[{"type":"deprecation","body":{}},{"type":"csp-violation","age":1,"url":"https://lectern.example/en",
            "body":{"effectiveDirective":"script-src-elem","blockedURL":"inline","documentURL":"https://lectern.example/en"}}]"#;
        let told =
            Breach { directive: "script-src-elem".into(), blocked: "inline".into(), page: "https://lectern.example/en".into() };
        assert_eq!(single(older).as_deref(), Some(std::slice::from_ref(&told)));
        assert_eq!(several(newer).as_deref(), Some(std::slice::from_ref(&told)));
        for wrong in [&b"{}"[..], b"[]]", br#"{"csp-report":[]}"#, br#"[{"type":"csp-violation","body":7}]"#, b"\xff"] {
            assert!(single(wrong).is_none() && several(wrong).is_none());
        }
        assert_eq!(several(b"[]"), Some(Vec::new()));
    }

    #[test]
    fn what_could_be_somebody_s_is_not_told() {
        assert_eq!(origin_of("https://ada:secret@evil.example/who?email=ada@lectern.example"), "https://evil.example");
        assert_eq!(origin_of("data:text/html,ada@lectern.example"), "data");
        assert_eq!(origin_of("inline\r\nforged line"), "inlineforgedline");
        assert_eq!(path_of("https://lectern.example/en/reset/0a1b2c?next=/#x"), "/en/reset/…");
        assert_eq!(path_of("https://lectern.example?email=ada"), "/");
        assert_eq!(path_of(&format!("https://lectern.example/{}", "a".repeat(9_000))).len(), 100);
    }

    #[test]
    fn the_log_is_told_so_many_in_an_hour_and_again_in_the_next() {
        let mut said = Said { hour: 0, many: 0 };
        assert_eq!((0..500).filter(|_| said.one_more(7)).count(), 60);
        assert!(said.one_more(8));
    }
}
