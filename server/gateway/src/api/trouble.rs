//! Faults of calls: turned away, slow, done and never answered.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::stream;

use crate::answer::{Refusal, Result};
use crate::faults::{self, Faults};
use crate::gateway::Gateway;
use crate::queries;

/// How long a call waits for its own notifications, at most.
const PATIENCE: Duration = Duration::from_secs(5);

/// Around every call of a shop, in whatever dialect.
pub(crate) async fn in_the_way(State(gateway): State<Gateway>, request: Request, next: Next) -> Response {
    let has_effect = request.method() != Method::GET;
    let (faults, ordinal) = match counted(&gateway, has_effect).await {
        Ok(counted) => counted,
        Err(refusal) => return refusal.into_response(),
    };
    if has_effect && faults.strikes(faults.too_many, "too_many", ordinal) {
        return Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too_many", "slow down").into_response();
    }
    let response = next.run(request).await;
    if has_effect && faults.notify_first {
        notifications_first(&gateway).await;
    }
    if faults.slow_ms > 0 && faults.hits(true, "slow_ms", ordinal) {
        tokio::time::sleep(Duration::from_millis(u64::from(faults.slow_ms.min(60_000)))).await;
    }
    if has_effect && faults.strikes(faults.lose_answers, "lose_answers", ordinal) {
        return hang_up();
    }
    if has_effect && faults.strikes(faults.fail_after, "fail_after", ordinal) {
        return Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", "the gateway made a mistake").into_response();
    }
    response
}

/// The faults of the moment and the number of this call, counted only where a fault needs it.
async fn counted(gateway: &Gateway, has_effect: bool) -> Result<(Faults, i64)> {
    let faults = faults::current(&mut gateway.db.read().await?).await?;
    let matters = has_effect && (faults.lose_answers > 0 || faults.fail_after > 0 || faults.too_many > 0) || faults.percent < 100;
    let ordinal = if matters { gateway.db.write(async |tx| faults::next_call(tx).await).await? } else { 0 };
    Ok((faults, ordinal))
}

/// Waits until nothing that is due is left unsent.
async fn notifications_first(gateway: &Gateway) {
    let sent = async {
        loop {
            let unsent = async { queries::is_anything_unsent(&mut gateway.db.read().await?, gateway.now()).await };
            if !matches!(unsent.await, Ok(true)) {
                // what was claimed just now is still under way
                return tokio::time::sleep(Duration::from_millis(200)).await;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let _ = tokio::time::timeout(PATIENCE, sent).await;
}

/// An answer that breaks off: the connection ends before a word of it is sent.
fn hang_up() -> Response {
    let broken = stream::once(async { Err::<Bytes, _>(std::io::Error::other("the line is dead")) });
    Response::new(Body::from_stream(broken))
}
