//! Roles, given and taken by two people: one asks and says why, an administrator decides who is neither the one who asked nor the one
//! it is about. One administrator always is left, also where two are taken away at the same moment.

use super::log::{self, Whence};
use super::queries::roles as queries;
use super::steward::{refuse, still};
use super::{queries as people, sessions};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Result, Staff};
use model::accounts::{LoggedKind, Refusal, Role};
use model::admin::{ADMINS, AskRole, Change, DecideRole, RequestState, RoleRequest, Roles, STEWARDS};
use model::ids::{AccountId, RoleRequestId};
use model::time::{Span, days};
use serde_json::json;
use store::{Conn, Tx};

/// How long a request waits.
const LIFE: Span = days(3);
/// So many that were decided are shown.
const PAST: i64 = 30;

/// Asks that a role be given or taken; administrators are written to.
pub async fn ask_role(app: &App, staff: &Staff, whom: &AccountId, form: &AskRole) -> Result<()> {
    let asked = form.parse()?;
    let id: RoleRequestId = app.new_id();
    let (id, asked) = (&id, &asked);
    app.db
        .write(async |tx| {
            let now = app.now();
            still(tx, staff, STEWARDS).await?;
            people::lock(tx, whom).await?;
            people::profile(tx, whom).await?.or_not_found()?;
            if *whom == staff.id {
                return Err(refuse(Refusal::SecondPerson));
            }
            may_change(tx, whom, asked.change, asked.role).await?;
            queries::expire(tx, whom, asked.role, now).await?;
            if !queries::ask(tx, id, whom, asked, &staff.id, now, now + LIFE).await? {
                return Err(refuse(Refusal::AskedAlready));
            }
            let deed = Deed::new("account.role_asked", "account", whom).by(&staff.id);
            let detail = format!("{} {}: {}", asked.change, asked.role, asked.reason);
            audit_trail::record(app, tx, deed.detail(detail)).await?;
            tell_admins(app, tx, Occasion::RoleAsked, id, None).await
        })
        .await
}

/// A second person approves, and it is done: the person is signed out everywhere, they and all administrators are written to.
/// Answers whom it was about.
pub async fn approve_role(app: &App, staff: &Staff, form: &DecideRole) -> Result<AccountId> {
    let id = form.parse()?;
    let id = &id;
    app.db
        .write(async |tx| {
            let now = app.now();
            // first, and always in the same order: who approves at the same moment waits, and then sees what was done
            queries::lock_admins(tx).await?;
            still(tx, staff, ADMINS).await?;
            let request = queries::find(tx, id).await?.or_not_found()?;
            people::lock(tx, &request.account).await?;
            if staff.id == request.asked_by || staff.id == request.account {
                return Err(refuse(Refusal::SecondPerson));
            }
            if !queries::decide(tx, id, RequestState::Approved, &staff.id, now).await? {
                return Err(refuse(Refusal::RequestOver));
            }
            // whoever asked may do so still
            let asker = Staff { id: request.asked_by.clone() };
            still(tx, &asker, STEWARDS).await.map_err(|_| refuse(Refusal::RequestOver))?;
            may_change(tx, &request.account, request.change, request.role).await?;
            let what = match request.change {
                Change::Give => Given { action: "account.role_given", log: LoggedKind::RoleGiven, letter: Occasion::RoleGiven },
                Change::Take => Given { action: "account.role_taken", log: LoggedKind::RoleTaken, letter: Occasion::RoleTaken },
            };
            match request.change {
                Change::Give => people::add_role(tx, &request.account, request.role, now).await.map(drop)?,
                Change::Take => queries::remove_role(tx, &request.account, request.role).await?,
            }
            if request.role == Role::Admin {
                somebody_is_left(tx).await?;
            }
            sessions::end_all(tx, &request.account).await?;
            // a key was made for what its owner was then
            people::end_tokens(tx, &request.account, now).await?;
            log::record(app, tx, Some(&request.account), what.log, &Whence::default()).await?;
            let deed = Deed::new(what.action, "account", &request.account).by(&staff.id);
            audit_trail::record(app, tx, deed.detail(format!("{}: {}", request.role, request.reason))).await?;
            tell(app, tx, &request.account, what.letter, json!({ "role": request.role })).await?;
            tell_admins(app, tx, Occasion::RoleDecided, id, Some(&request.account)).await?;
            Ok::<_, Error>(request.account)
        })
        .await
}

/// What giving and taking differ in.
struct Given {
    action: &'static str,
    log: LoggedKind,
    letter: Occasion,
}

/// An administrator refuses the request; nothing changes.
pub async fn reject_role(app: &App, staff: &Staff, form: &DecideRole) -> Result<()> {
    let id = form.parse()?;
    let id = &id;
    app.db
        .write(async |tx| {
            still(tx, staff, ADMINS).await?;
            let request = queries::find(tx, id).await?.or_not_found()?;
            if staff.id == request.account {
                return Err(refuse(Refusal::SecondPerson));
            }
            close(app, tx, staff, id, RequestState::Rejected, "account.role_rejected").await?;
            tell_admins(app, tx, Occasion::RoleDecided, id, None).await
        })
        .await
}

/// Whoever asked takes it back.
pub async fn withdraw_role(app: &App, staff: &Staff, form: &DecideRole) -> Result<()> {
    let id = form.parse()?;
    let id = &id;
    app.db
        .write(async |tx| {
            let request = queries::find(tx, id).await?.or_not_found()?;
            if staff.id != request.asked_by {
                return Err(model::Fault::Forbidden.into());
            }
            close(app, tx, staff, id, RequestState::Withdrawn, "account.role_withdrawn").await
        })
        .await
}

async fn close(
    app: &App,
    tx: &mut Tx,
    staff: &Staff,
    id: &RoleRequestId,
    state: RequestState,
    action: &'static str,
) -> Result<()> {
    let request = queries::find(tx, id).await?.or_not_found()?;
    if !queries::decide(tx, id, state, &staff.id, app.now()).await? {
        return Err(refuse(Refusal::RequestOver));
    }
    let deed = Deed::new(action, "account", &request.account).by(&staff.id);
    audit_trail::record(app, tx, deed.detail(format!("{} {}", request.change, request.role))).await
}

/// The requests that wait, and those decided lately.
pub async fn role_requests(app: &App, staff: &Staff) -> Result<Roles> {
    let (mut conn, now) = (app.db.read().await?, app.now());
    let may_decide = queries::roles_of(&mut conn, &staff.id).await?.contains(&Role::Admin);
    let all = queries::list(&mut conn, None, now, PAST).await?;
    let shown = all.into_iter().map(|request| seen_by(staff, may_decide, request));
    let (open, past) = shown.partition(|request: &RoleRequest| request.state == RequestState::Open);
    Ok(Roles { open, past })
}

/// Those about one person that wait.
pub(crate) async fn role_requests_about(conn: &mut Conn, app: &App, staff: &Staff, whom: &AccountId) -> Result<Vec<RoleRequest>> {
    let may_decide = queries::roles_of(conn, &staff.id).await?.contains(&Role::Admin);
    let all = queries::list(conn, Some(whom), app.now(), 0).await?;
    Ok(all.into_iter().map(|request| seen_by(staff, may_decide, request)).collect())
}

fn seen_by(staff: &Staff, may_decide: bool, (request, asked_by): (RoleRequest, AccountId)) -> RoleRequest {
    let open = request.state == RequestState::Open;
    let others = asked_by != staff.id && request.account != staff.id;
    RoleRequest { yours_to_decide: open && may_decide && others, yours: open && asked_by == staff.id, ..request }
}

/// A request in words for a letter; none where it is gone.
pub(crate) async fn role_request(conn: &mut Conn, app: &App, id: &RoleRequestId) -> Result<Option<RoleRequest>> {
    queries::one(conn, id, app.now()).await
}

/// Refuses what would change nothing, and a new role for whoever may not come in.
async fn may_change(conn: &mut Conn, whom: &AccountId, change: Change, role: Role) -> Result<()> {
    let has = queries::roles_of(conn, whom).await?.contains(&role);
    if has == (change == Change::Give) {
        return Err(refuse(Refusal::NothingToChange));
    }
    if change == Change::Give && people::is_suspended(conn, whom).await? {
        return Err(refuse(Refusal::SuspendedNow));
    }
    Ok(())
}

/// Refuses a change after which nobody could administer the school. Whoever changes that has locked the administrators.
pub(super) async fn somebody_is_left(tx: &mut Tx) -> Result<()> {
    match queries::live_admins(tx).await?.is_empty() {
        true => Err(refuse(Refusal::LastAdmin)),
        false => Ok(()),
    }
}

pub(super) async fn tell(app: &App, tx: &mut Tx, whom: &AccountId, occasion: Occasion, detail: serde_json::Value) -> Result<()> {
    events::announce(app, tx, Event::new(Happening::MailDue, occasion).of(whom).with(detail)).await
}

/// Writes to everybody who administers the school, but `told`, who is written to otherwise.
async fn tell_admins(app: &App, tx: &mut Tx, occasion: Occasion, id: &RoleRequestId, told: Option<&AccountId>) -> Result<()> {
    for admin in queries::live_admins(tx).await?.iter().filter(|admin| Some(*admin) != told) {
        tell(app, tx, admin, occasion, json!({ "request": id })).await?;
    }
    Ok(())
}
