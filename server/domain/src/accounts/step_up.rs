//! "Is it you?": before money goes out and before what keeps an account safe is changed, whoever sits at a session shows again who
//! they are, unless they did so just now.

use super::log;
use super::{queries, second};
use crate::{App, Error, Member, Result, Visitor, limits};
use model::accounts::{ConfirmIt, LoggedKind, Ways};
use model::text::Password;
use model::time::{Span, minutes};
use model::{Fault, Problem};

/// How long a proof is good for.
pub(super) const GOOD_FOR: Span = minutes(5);

/// Refuses whoever has not shown lately who they are.
pub fn require(app: &App, visitor: &Visitor) -> Result<()> {
    match visitor.proven_at {
        Some(at) if app.now().since(at) <= GOOD_FOR => Ok(()),
        _ => Err(Fault::Confirm.into()),
    }
}

/// How this person can show it.
pub async fn ways(app: &App, member: &Member) -> Result<Ways> {
    let mut conn = app.db.read().await?;
    let password = queries::password_of(&mut conn, &member.id).await?.is_some();
    Ok(Ways { password, code: second::is_on(&mut conn, &member.id).await? })
}

/// "It is me": with everything that is asked for at sign-in.
pub async fn confirm(app: &App, visitor: &Visitor, form: &ConfirmIt) -> Result<()> {
    let member = visitor.member()?;
    let Some(session) = visitor.session.as_deref() else { return Err(Fault::SignIn.into()) };
    let ways = ways(app, &member).await?;
    let code = form.parse(ways.password, ways.code)?;
    if !ways.password && !ways.code {
        return Err(Fault::SignIn.into());
    }
    if ways.password {
        confirm_password(app, &member, &Password::typed(form.password.reveal()), "password").await?;
    }
    if ways.code {
        second::check(app, visitor, &member.id, &code).await?;
    }
    let whence = log::Whence::of(visitor);
    app.db
        .write(async |tx| {
            queries::set_proven(tx, session, app.now()).await?;
            log::record(app, tx, Some(&member.id), LoggedKind::Confirmed, &whence).await
        })
        .await
}

/// Whether the person at the keyboard knows the password, before a deed that a stolen session must not do. The mistake stands
/// at `field`.
pub async fn confirm_password(app: &App, member: &Member, typed: &Password, field: &str) -> Result<()> {
    let tries = [limits::SIGN_IN_ADDRESS];
    limits::take(app, &tries, member.id.as_str()).await?;
    let stored = queries::password_of(&mut app.db.read().await?, &member.id).await?;
    if !app.hashing.verify(typed, stored).await? {
        return Err(Error::field(field, Problem::WrongPassword));
    }
    limits::give_back(app, &tries, member.id.as_str()).await
}
