//! From a letter that is due to one that was sent. Whoever sends holds a lease on it, so that two servers do not send it twice;
//! a crash between sending and noting it may send it once more, under the same id.

use super::queries::{self, Claimed};
use super::stop::Stop;
use crate::{App, Result, accounts};
use futures::FutureExt;
use futures::future::{BoxFuture, join_all};
use locale::privacy as says;
use model::routes;
use model::time::{Span, hours, minutes};

/// How long a sender may take before somebody else tries.
const LEASE: Span = minutes(2);
/// The pauses between tries; after the last one the letter is given up.
const PAUSES: [Span; 7] = [minutes(1), minutes(5), minutes(15), hours(1), hours(3), hours(8), hours(24)];

/// How many are sent at the same time.
const ABREAST: i64 = 8;

/// Sends the letters that have been due longest, a few at the same time; whether there were any.
pub async fn deliver(app: &App) -> Result<bool> {
    let now = app.now();
    if !queries::is_any_due(&mut app.db.read().await?, now).await? {
        return Ok(false);
    }
    let claimed = app.db.write(async |tx| queries::claim(tx, now, now + LEASE, ABREAST).await).await?;
    let sendings: Vec<BoxFuture<'_, Result<()>>> = claimed.iter().map(|claimed| send(app, claimed).boxed()).collect();
    for outcome in join_all(sendings).await {
        outcome?;
    }
    Ok(!claimed.is_empty())
}

/// Sends one and notes at once what became of it.
async fn send(app: &App, claimed: &Claimed) -> Result<()> {
    let mut letter = claimed.letter.clone();
    if let Some(link) = &claimed.link {
        letter.text = accounts::with_secret(app, &letter.text, link).await?;
    }
    if let Some(kind) = claimed.stops {
        let token = Stop { account: claimed.account.clone(), kind }.token(&app.settings.media_key);
        let at = |path: String| app.settings.public_url.clone() + &path;
        letter.text += &format!("\n{}\n", says::letters_off_foot(letter.lang, &at(routes::letters_off(letter.lang, &token))));
        letter.unsubscribe = Some(at(routes::unsubscribe(&token)));
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
    Ok(())
}
