//! Delivers notifications until the receiver has answered 2xx, or for about a day.

use std::time::Duration;

use store::Tx;
use tokio::task::JoinSet;

use crate::answer::Result;
use crate::faults::{self, SPOILED_SEAL, SPOILED_TIME};
use crate::gateway::Gateway;
use crate::{due, queries, signature};

/// Waits between tries, in seconds of the gateway's clock: some soon, the last after hours.
const WAITS: [i64; 9] = [2, 5, 15, 60, 300, 1_800, 7_200, 21_600, 43_200];
/// How long a try may take before another worker may repeat it, in milliseconds.
const LEASE: i64 = 30_000;
/// Tries under way at once.
const AT_ONCE: usize = 8;
/// How often the clock is looked at, in real time, where nothing wakes the worker earlier.
const GLANCE: Duration = Duration::from_millis(250);

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
    loop {
        let woken = gateway.db.woken();
        if let Err(refusal) = round(&gateway, &mut under_way).await {
            tracing::warn!(reason = refusal.message, "the sandbox gateway could not work");
        }
        tokio::select! {
            () = woken => {}
            Some(_) = under_way.join_next() => {}
            () = tokio::time::sleep(GLANCE) => {}
        }
    }
}

async fn round(gateway: &Gateway, under_way: &mut JoinSet<()>) -> Result<()> {
    due::pass(gateway).await?;
    // Looked for by reading first, so that an idle gateway does not write.
    while under_way.len() < AT_ONCE && queries::is_delivery_due(&mut gateway.db.read().await?, gateway.now()).await? {
        let now = gateway.now();
        let Some(claimed) = gateway.db.write(async |tx| queries::claim_delivery(tx, now, now + LEASE).await).await? else {
            break;
        };
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
    let lost = claimed.tries <= i64::from(faults::current(&mut conn).await?.drop_first);
    drop(conn);
    let Some((url, body)) = event.and_then(|event| event.notify_url.map(|url| (url, event.body))) else {
        return Ok(());
    };
    let answer = if lost { 0 } else { send(gateway, &url, body, claimed.spoiled.as_deref()).await };
    gateway.db.write(async |tx| record(tx, claimed, answer, gateway.now()).await).await
}

/// The receiver's status, or 0 where there was no answer.
async fn send(gateway: &Gateway, url: &str, body: String, spoiled: Option<&str>) -> i64 {
    let now = gateway.now() / 1000;
    let header = match spoiled {
        Some(SPOILED_TIME) => signature::sign(&gateway.webhook_secrets, now - 3600, &body),
        Some(SPOILED_SEAL) => signature::sign(&["a secret of somebody else".into()], now, &body),
        _ => signature::sign(&gateway.webhook_secrets, now, &body),
    };
    let request = gateway.http.post(url).header("content-type", "application/json").header(signature::HEADER, header).body(body);
    match request.send().await {
        Ok(response) => i64::from(response.status().as_u16()),
        Err(error) => {
            tracing::debug!(%error, "a notification was not received");
            0
        }
    }
}

/// A spoiled delivery is sent once: that it is refused is its purpose.
async fn record(tx: &mut Tx, claimed: &Claimed, answer: i64, now: i64) -> Result<()> {
    let wait = usize::try_from(claimed.tries - 1).ok().and_then(|try_number| WAITS.get(try_number));
    let (state, due_at) = match wait {
        _ if (200..300).contains(&answer) || claimed.spoiled.is_some() => ("delivered", now),
        Some(seconds) => ("waiting", now + seconds * 1000),
        None => ("given_up", now),
    };
    queries::answered(tx, &claimed.id, state, answer, due_at).await?;
    Ok(())
}
