//! Delivers notifications until the receiver has answered 2xx, or for about a day.

use std::time::{Duration, Instant};

use store::Tx;
use tokio::task::JoinSet;

use crate::answer::Result;
use crate::dialect::Dialect;
use crate::gateway::Gateway;
use crate::{due, faults, queries};

/// Waits between tries, in seconds of the gateway's clock: some soon, the last after hours.
const WAITS: [i64; 9] = [2, 5, 15, 60, 300, 1_800, 7_200, 21_600, 43_200];
/// How long a try may take before another worker may repeat it, in milliseconds.
const LEASE: i64 = 30_000;
/// Tries under way at once.
const AT_ONCE: usize = 32;
/// How often the clock is looked at, in real time, where nothing wakes the worker earlier.
const GLANCE: Duration = Duration::from_millis(250);
/// What time brings about is looked for again after this long at the earliest, however often the worker is woken.
const BREATH: Duration = Duration::from_millis(50);

/// How one delivery is spoiled, by a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoiled {
    /// Sealed by somebody else.
    Seal,
    /// Sealed an hour ago.
    Time,
    /// Two megabytes long.
    Huge,
    /// Cut off in the middle.
    Half,
}

impl Spoiled {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Time => "time",
            Self::Huge => "huge",
            Self::Half => "half",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Seal, Self::Time, Self::Huge, Self::Half].into_iter().find(|spoiled| spoiled.word() == word)
    }
}

/// One notification on its way.
pub(crate) struct Parcel {
    pub(crate) body: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// When it is sealed, in Unix seconds of the provider's clock.
    pub(crate) seconds: i64,
    pub(crate) spoiled: Option<Spoiled>,
}

impl Parcel {
    fn new(body: String, seconds: i64, spoiled: Option<Spoiled>) -> Self {
        let body = match spoiled {
            Some(Spoiled::Huge) => format!("{body}{}", " ".repeat(2 * 1024 * 1024)),
            Some(Spoiled::Half) => body.chars().take(body.chars().count() / 2).collect(),
            _ => body,
        };
        Self { body, headers: Vec::new(), seconds, spoiled }
    }

    pub(crate) fn header(&mut self, name: &'static str, value: String) {
        self.headers.push((name, value));
    }
}

/// A delivery that this worker has taken.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) id: String,
    pub(crate) event_id: String,
    pub(crate) tries: i64,
    pub(crate) spoiled: Option<String>,
}

/// Works for as long as it is polled. What goes wrong is told and tried again.
pub(crate) async fn run(gateway: Gateway) {
    let mut under_way = JoinSet::new();
    let mut looked: Option<Instant> = None;
    loop {
        let woken = gateway.db.woken();
        let time_passed = looked.is_none_or(|looked| looked.elapsed() >= BREATH);
        if time_passed {
            looked = Some(Instant::now());
        }
        if let Err(refusal) = round(&gateway, &mut under_way, time_passed).await {
            tracing::warn!(reason = refusal.message, "the sandbox gateway could not work");
        }
        tokio::select! {
            () = woken => {}
            Some(_) = under_way.join_next() => {}
            () = tokio::time::sleep(GLANCE) => {}
        }
    }
}

async fn round(gateway: &Gateway, under_way: &mut JoinSet<()>, time_passed: bool) -> Result<()> {
    if time_passed {
        due::pass(gateway).await?;
    }
    while under_way.try_join_next().is_some() {}
    let free = AT_ONCE.saturating_sub(under_way.len());
    // Looked for by reading first, so that an idle gateway does not write.
    if free == 0 || !queries::is_delivery_due(&mut gateway.db.read().await?, gateway.now()).await? {
        return Ok(());
    }
    let (now, most) = (gateway.now(), i64::try_from(free).unwrap_or(1));
    for claimed in gateway.db.write(async |tx| queries::claim_deliveries(tx, now, now + LEASE, most).await).await? {
        let gateway = gateway.clone();
        under_way.spawn(async move {
            if let Err(refusal) = attempt(&gateway, &claimed).await {
                tracing::warn!(reason = refusal.message, event.id = claimed.event_id, "a delivery was not recorded");
            }
        });
    }
    Ok(())
}

/// One try, and what became of it.
async fn attempt(gateway: &Gateway, claimed: &Claimed) -> Result<()> {
    let mut conn = gateway.db.read().await?;
    let event = queries::event(&mut conn, &claimed.event_id).await?;
    let faults = faults::current(&mut conn).await?;
    drop(conn);
    let Some((dialect, url, body)) = event.and_then(|event| event.notify_url.map(|url| (event.dialect, url, event.body))) else {
        return Ok(());
    };
    let lost = claimed.tries <= i64::from(faults.drop_first);
    let answer = if lost {
        Answer { status: 0, received: false }
    } else {
        let seconds = gateway.now() / 1000 + faults.skew_seconds;
        let mut parcel = Parcel::new(body, seconds, claimed.spoiled.as_deref().and_then(Spoiled::of));
        dialect.seal(gateway, &mut parcel);
        send(gateway, dialect, &url, parcel).await
    };
    gateway.db.write(async |tx| record(tx, claimed, &answer, gateway.now()).await).await
}

/// What the receiver answered: its status, or 0 where there was none, and whether it has taken the notification.
struct Answer {
    status: u16,
    received: bool,
}

async fn send(gateway: &Gateway, dialect: Dialect, url: &str, parcel: Parcel) -> Answer {
    let mut request = gateway.http.post(url);
    for (name, value) in &parcel.headers {
        request = request.header(*name, value);
    }
    let response = match request.body(parcel.body).send().await {
        Ok(response) => response,
        Err(error) => {
            tracing::debug!(%error, "a notification was not received");
            return Answer { status: 0, received: false };
        }
    };
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap_or_default();
    Answer { status, received: dialect.is_received(status, &body) }
}

/// A spoiled delivery is sent once: that it is refused is its purpose.
async fn record(tx: &mut Tx, claimed: &Claimed, answer: &Answer, now: i64) -> Result<()> {
    let wait = usize::try_from(claimed.tries - 1).ok().and_then(|try_number| WAITS.get(try_number));
    let (state, due_at) = match wait {
        _ if answer.received || claimed.spoiled.is_some() => ("delivered", now),
        Some(seconds) => ("waiting", now + seconds * 1000),
        None => ("given_up", now),
    };
    queries::answered(tx, &claimed.id, state, i64::from(answer.status), due_at).await?;
    Ok(())
}
