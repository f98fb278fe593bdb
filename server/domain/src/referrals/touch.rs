//! Somebody came by a link.

use super::{WINDOW, queries};
use crate::{App, Member, Result};
use model::Moment;

/// 8 letters and digits.
pub fn looks_like_a_code(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// The person came by the link with this code, at this moment. An earlier link that still counts stays; one's own does nothing.
pub async fn touch(app: &App, who: &Member, code: &str, at: Moment) -> Result<()> {
    let now = app.now();
    let at = if at > now { now } else { at };
    if !looks_like_a_code(code) || at + WINDOW <= now {
        return Ok(());
    }
    app.db
        .write(async |tx| match queries::by_code(tx, code).await? {
            Some(affiliate) if affiliate != who.id => queries::touch(tx, &who.id, &affiliate, at, now - WINDOW).await,
            _ => Ok(()),
        })
        .await
}
