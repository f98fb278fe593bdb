//! Asking providers about attempts that nobody told us of: by a schedule, outside any transaction.

use super::gateway;
use super::gateway::{Found, Gone, Trouble};
use super::queries::{self, Attempt};
use crate::{App, Result};
use model::Moment;
use model::payments::AttemptState;
use model::time::{Span, days, hours, minutes, seconds};

/// After how long the next question is asked; after the last one a person must look.
const QUESTIONS: [Span; 9] = [seconds(10), minutes(1), minutes(5), hours(1), days(1), days(1), days(1), days(1), days(1)];

/// A provider that has not heard of a payment after this long never will.
const LATENCY: Span = minutes(5);

/// What the provider answered about one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Found(Found),
    /// It has never heard of it, and would have by now.
    NeverThere,
    /// Nothing new; asked again later.
    Nothing,
}

/// Attempts whose time has come.
pub async fn due(app: &App, limit: i64) -> Result<Vec<Attempt>> {
    queries::due(&mut app.db.read().await?, app.now(), limit).await
}

/// Asks about one attempt, or closes it where that is wanted. The next question is planned before the call.
pub async fn ask(app: &App, attempt: &Attempt) -> Result<Answer> {
    let next = next_question(attempt, app.now());
    let ours = app.db.write(async |tx| queries::claim_question(tx, &attempt.id, attempt.asked, next).await).await?;
    if !ours {
        return Ok(Answer::Nothing);
    }
    if is_last(attempt.asked) {
        tracing::error!(attempt.id = %attempt.id, "an attempt stays unclear: a person must look");
    }
    let gateway = gateway(app, attempt.provider)?;
    let answer = match (&attempt.provider_id, attempt.close_wanted && attempt.state == AttemptState::Pending) {
        (Some(provider_id), true) => gateway.close(provider_id).await.map(Ok),
        (provider_id, _) => gateway.query(attempt.id.as_str(), provider_id.as_deref()).await,
    };
    Ok(match answer {
        Ok(Ok(found)) => Answer::Found(found),
        Ok(Err(Gone)) if is_given_up(attempt, app.now()) => Answer::NeverThere,
        Ok(Err(Gone)) => Answer::Nothing,
        Err(Trouble::Refused(reason) | Trouble::Silent(reason)) => {
            tracing::warn!(attempt.id = %attempt.id, %reason, "a question to a provider led to nothing");
            Answer::Nothing
        }
    })
}

/// Whether a provider that has not heard of a payment never will. Only from the second question on: another server, whose clock
/// is wrong, may be sending it at this very moment.
fn is_given_up(attempt: &Attempt, now: Moment) -> bool {
    attempt.provider_id.is_none() && attempt.asked > 0 && now.since(attempt.created_at) > LATENCY
}

/// Whether this is the schedule's last question. What is asked beyond it (an order whose time is over asks again every minute)
/// alarms nobody a second time.
fn is_last(asked: i64) -> bool {
    usize::try_from(asked).is_ok_and(|asked| asked + 1 == QUESTIONS.len())
}

fn next_question(attempt: &Attempt, now: Moment) -> Option<Moment> {
    let asked = usize::try_from(attempt.asked).unwrap_or(usize::MAX);
    QUESTIONS.get(asked.saturating_add(1)).map(|pause| now + *pause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_come_ever_more_rarely_and_end() {
        assert!(QUESTIONS.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(QUESTIONS.len(), 9);
    }

    #[test]
    fn rel_09_the_last_question_alarms_once() {
        assert_eq!((0..1_000).filter(|asked| is_last(*asked)).collect::<Vec<_>>(), [8]);
    }
}
