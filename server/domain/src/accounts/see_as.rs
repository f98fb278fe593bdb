//! Looking at the pages as somebody else does: staff, for a reason, for a while, reading only. What may be looked at, and that nothing
//! is written meanwhile, is kept by the session layer of the program (`server/src/http/session.rs`).

use super::queries::{self as people, roles::roles_of, seen_as as queries};
use super::steward::{below, still};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::{App, Error, Result, Staff, Visitor};
use model::Fault;
use model::accounts::Me;
use model::admin::{STEWARDS, SeeAs, Seeing, may_see_as};
use model::ids::{AccountId, ViewId};
use model::time::{Span, minutes};
use store::Tx;

/// How long one may look.
pub const LIFE: Span = minutes(15);

/// Begins, in the session that asks; a look that was under way in it ends.
pub async fn see_as(app: &App, staff: &Staff, visitor: &Visitor, whom: &AccountId, form: &SeeAs) -> Result<()> {
    let reason = form.parse()?;
    let Some(session) = visitor.session.as_deref() else { return Err(Fault::SignIn.into()) };
    let id: ViewId = app.new_id();
    let (id, reason) = (&id, &reason);
    app.db
        .write(async |tx| {
            let now = app.now();
            let roles = still(tx, staff, STEWARDS).await?;
            people::profile(tx, whom).await?.or_not_found()?;
            below(tx, staff, &roles, whom).await?;
            end_in(app, tx, session).await?;
            queries::add(tx, id, staff, whom, reason, session, now, now + LIFE).await?;
            let deed = Deed::new("account.seen_as", "account", whom).by(&staff.id).detail(reason.as_str());
            audit_trail::record(app, tx, deed).await
        })
        .await
}

/// Ends the look of this session; answers as whom it was, if there was one.
pub async fn end_seeing(app: &App, visitor: &Visitor) -> Result<Option<AccountId>> {
    let Some(session) = visitor.session.as_deref() else { return Ok(None) };
    app.db.write(async |tx| end_in(app, tx, session).await).await
}

async fn end_in(app: &App, tx: &mut Tx, session: &str) -> Result<Option<AccountId>> {
    let Some(ended) = queries::end(tx, session, app.now()).await? else { return Ok(None) };
    note_end(app, tx, &ended).await?;
    Ok(Some(ended.account))
}

async fn note_end(app: &App, tx: &mut Tx, ended: &queries::Ended) -> Result<()> {
    let deed = Deed::new("account.seen_as_ended", "account", &ended.account).by(&ended.staff);
    audit_trail::record(app, tx, deed).await
}

/// As whom this session looks just now, for the page about it.
pub async fn seeing(app: &App, visitor: &Visitor) -> Result<Option<Seeing>> {
    let Some(session) = visitor.session.as_deref() else { return Ok(None) };
    queries::of_session(&mut app.db.read().await?, session, app.now()).await
}

/// Whose eyes staff look through.
#[derive(Debug, Clone)]
pub struct Eyes {
    pub me: Me,
    pub until: model::Moment,
}

/// As whom the session with this hash looks, if it is still allowed: roles change on either side.
pub async fn eyes(app: &App, staff: &Me, session: &str) -> Result<Option<Eyes>> {
    let mut conn = app.db.read().await?;
    let Some(seeing) = queries::of_session(&mut conn, session, app.now()).await? else { return Ok(None) };
    let roles = roles_of(&mut conn, &seeing.account).await?;
    if !may_see_as(&staff.roles, &roles) {
        return Ok(None);
    }
    Ok(Some(Eyes { me: Me { id: seeing.account, name: seeing.name, roles }, until: seeing.until }))
}

/// Writes down the end of looks whose time is over.
pub async fn tidy_seeing(app: &App) -> Result<()> {
    app.db
        .write(async |tx| {
            for ended in queries::end_over(tx, app.now()).await? {
                note_end(app, tx, &ended).await?;
            }
            Ok::<_, Error>(())
        })
        .await
}
