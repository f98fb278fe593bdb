//! Asking to be forgotten, and thinking better of it. For seven days everything is as before; undoing is one press, signed in.

use super::queries::{self, stands};
use crate::accounts::log_deed;
use crate::events::{self, Event, Happening, Occasion};
use crate::ledger::{self, Account};
use crate::{App, Error, Member, Result, Visitor, accounts, audit_trail};
use audit_trail::Deed;
use model::accounts::LoggedKind;
use model::ids::AccountId;
use model::privacy::{Leave, Leaving, Obstacle, Refusal};
use model::time::{Span, days};
use model::{Currency, Money};
use serde_json::json;
use store::Conn;

/// How long one may think better of it.
const UNDO: Span = days(7);

/// The page: what stands against it, or when it will be done.
pub async fn leaving(app: &App, member: &Member) -> Result<Leaving> {
    let mut conn = app.db.read().await?;
    Ok(Leaving {
        due: queries::departure(&mut conn, &member.id).await?.map(|(due, _)| due),
        obstacles: obstacles(&mut conn, &member.id, false).await?,
        wallet: wallet(&mut conn, &member.id, Currency::Cny).await?,
        reviews: stands::reviews(&mut conn, &member.id).await?,
    })
}

/// The person's own money; what the school gave to spend is not theirs to take.
pub(super) async fn wallet(conn: &mut Conn, account: &AccountId, currency: Currency) -> Result<Money> {
    ledger::balance(conn, &Account::Wallet(account.clone()), currency).await
}

/// What has to be settled first. `waives`: the wallet is given up.
pub(super) async fn obstacles(conn: &mut Conn, account: &AccountId, waives: bool) -> Result<Vec<Obstacle>> {
    let mut found = stands::obstacles(conn, account).await?;
    if !waives {
        for currency in Currency::ALL {
            if !wallet(conn, account, *currency).await?.is_zero() {
                found.insert(0, Obstacle::Wallet);
                break;
            }
        }
    }
    Ok(found)
}

/// "Forget me": refused while something has to be settled; done in seven days. Whoever asks has just shown who they are.
pub async fn ask_leave(app: &App, visitor: &Visitor, form: &Leave) -> Result<()> {
    let member = visitor.member()?;
    accounts::require_proof(app, visitor)?;
    let farewell = form.parse()?;
    app.db
        .write(async |tx| {
            accounts::lock(tx, &member.id).await?;
            if let Some(first) = obstacles(tx, &member.id, farewell.waives).await?.into_iter().next() {
                return Err(Error::refuse(model::Refusal::Privacy(Refusal::Stands(first))));
            }
            let now = app.now();
            let due = queries::depart(tx, &member.id, farewell, now, now + UNDO).await?;
            log_deed(app, tx, &member.id, LoggedKind::LeavingAsked, visitor).await?;
            audit_trail::record(app, tx, Deed::new("account.leaving_asked", "account", &member.id).by(&member.id)).await?;
            let letter = Event::new(Happening::MailDue, Occasion::LeavingAsked).of(&member.id);
            events::announce(app, tx, letter.with(json!({ "due": due }))).await
        })
        .await
}

/// "I stay after all."
pub async fn undo(app: &App, visitor: &Visitor) -> Result<()> {
    let member = visitor.member()?;
    app.db
        .write(async |tx| {
            accounts::lock(tx, &member.id).await?;
            // once the days are over, what was theirs is on its way out already
            let leaves = queries::departure(tx, &member.id).await?.filter(|(due, _)| *due > app.now());
            if leaves.is_none() || !queries::stay(tx, &member.id).await? {
                return Err(Error::refuse(model::Refusal::Privacy(Refusal::NotLeaving)));
            }
            log_deed(app, tx, &member.id, LoggedKind::LeavingUndone, visitor).await?;
            audit_trail::record(app, tx, Deed::new("account.leaving_undone", "account", &member.id).by(&member.id)).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::LeavingUndone).of(&member.id)).await
        })
        .await
}
