//! From a letter that is due to one that was sent. Whoever sends holds a lease on it, so that two servers do not send it twice;
//! a crash between sending and noting it may send it once more, under the same id.

use super::queries;
use crate::{App, Result, accounts};
use model::time::{Span, hours, minutes};

/// How long a sender may take before somebody else tries.
const LEASE: Span = minutes(2);
/// The pauses between tries; after the last one the letter is given up.
const PAUSES: [Span; 7] = [minutes(1), minutes(5), minutes(15), hours(1), hours(3), hours(8), hours(24)];

/// Sends the letter that has been due longest, if one is; whether there was one.
pub async fn deliver(app: &App) -> Result<bool> {
    let now = app.now();
    let Some(claimed) = app.db.write(async |tx| queries::claim(tx, now, now + LEASE).await).await? else { return Ok(false) };
    let mut letter = claimed.letter;
    if let Some(link) = &claimed.link {
        letter.text = accounts::with_secret(app, &letter.text, link)?;
    }
    let sent = app.ports.mail.send(&letter).await;
    let id = letter.id.as_str();
    let now = app.now();
    match sent {
        Ok(()) => {
            app.db.write(async |tx| queries::sent(tx, id, now).await).await?;
            tracing::info!(letter.id = id, "letter {id} is sent");
        }
        Err(outage) => {
            let tries = usize::try_from(claimed.attempts).unwrap_or(usize::MAX);
            let pause = tries.checked_sub(1).and_then(|index| PAUSES.get(index)).copied();
            let reason: String = outage.to_string().chars().take(500).collect();
            let next = pause.map(|pause| now + pause);
            app.db.write(async |tx| queries::failed(tx, id, next, &reason).await).await?;
            match next {
                Some(_) => {
                    tracing::warn!(letter.id = id, letter.tries = tries, "letter {id} could not be sent and will be tried again")
                }
                None => tracing::error!(letter.id = id, letter.tries = tries, "letter {id} is given up"),
            }
        }
    }
    Ok(true)
}
