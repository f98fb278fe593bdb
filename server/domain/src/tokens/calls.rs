//! A program's call with an idempotency key is carried out once, and its answer is given again:
//! whoever got none may ask again without buying or paying twice.

use super::queries;
use crate::secrets::hash;
use crate::{App, Result};
use model::ids::AccountId;
use model::time::{Span, days, minutes};

/// Whoever claimed a call and has not answered by then is gone: the call may be carried out again. The verbs behind it know
/// their keys themselves, so that this never does a thing twice.
const PATIENCE: Span = minutes(1);
/// Between two looks whoever claimed a call may have given it up; so often it is claimed again.
const TRIES: usize = 3;
/// How long answers are kept.
const KEPT: Span = days(30);

/// A call with its key.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    pub account: &'a AccountId,
    /// Method and path.
    pub route: &'a str,
    pub key: &'a str,
    /// What was sent, byte for byte.
    pub request: &'a [u8],
}

/// What is known of a call before it is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is ours to carry out.
    Ours,
    /// It was answered like this.
    Answered { status: u16, body: String },
    /// Somebody is at it.
    UnderWay,
    /// The key was used for something else.
    OtherRequest,
}

impl Call<'_> {
    /// Claims the call.
    pub async fn claim(&self, app: &App) -> Result<Claim> {
        let request_hash = hash(&hex::encode(self.request));
        let now = app.now();
        let request_hash = &request_hash;
        app.db
            .write(async |tx| {
                let mut known = None;
                for _ in 0..TRIES {
                    if queries::claim(tx, self, request_hash, now, now + PATIENCE).await? {
                        return Ok(Claim::Ours);
                    }
                    known = queries::call(tx, self).await?;
                    if known.is_some() {
                        break;
                    }
                }
                let Some(known) = known else { return Ok(Claim::UnderWay) };
                if known.request_hash != *request_hash {
                    return Ok(Claim::OtherRequest);
                }
                if let Some(status) = known.status {
                    return Ok(Claim::Answered { status, body: known.body });
                }
                let abandoned = queries::claim_again(tx, self, now, now + PATIENCE).await?;
                Ok(if abandoned { Claim::Ours } else { Claim::UnderWay })
            })
            .await
    }
}

/// Keeps the answer of a call that was carried out; without one (a failure of ours) the call may be tried again at once.
pub async fn finish(app: &App, call: &Call<'_>, answer: Option<(u16, &str)>) -> Result<()> {
    app.db
        .write(async |tx| match answer {
            Some((status, body)) => queries::answered(tx, call, status, body).await,
            None => queries::give_up(tx, call).await,
        })
        .await
}

/// Forgets answers that are older than a month.
pub async fn forget_calls(app: &App) -> Result<()> {
    let before = app.now() - KEPT;
    app.db.write(async |tx| queries::forget_calls(tx, before).await).await
}
