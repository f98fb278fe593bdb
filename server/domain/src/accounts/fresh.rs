//! Showing once more who sits at the keyboard, before a deed that a stolen session must not do.

use super::identity::queries::session_opened;
use super::{confirm_password, queries};
use crate::{App, Error, Result, Visitor};
use model::Refusal;
use model::identity::Setback;
use model::text::Password;
use model::time::{Span, minutes};

/// How old a sign-in may be that still shows it.
const FRESH: Span = minutes(5);

/// By the password, at the field `password`; who has none signs in once more and comes back within five minutes.
pub async fn proof(app: &App, visitor: &Visitor, typed: &Password) -> Result<()> {
    let member = visitor.member()?;
    let mut conn = app.db.read().await?;
    if queries::password_of(&mut conn, &member.id).await?.is_some() {
        drop(conn);
        return confirm_password(app, &member, typed, "password").await;
    }
    let opened = match &visitor.session {
        Some(session) => session_opened(&mut conn, session).await?,
        None => None,
    };
    match opened {
        Some(opened) if app.now().since(opened) <= FRESH => Ok(()),
        _ => Err(Error::refuse(Refusal::Identity(Setback::SignInAgain))),
    }
}
