//! Where an instructor is paid: sealed, and changed only by who has just shown who they are (the door asks).

use super::{BANK_HOLD, queries};
use crate::audit_trail::{self, Deed};
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Member, Result, vault};
use model::earnings::{Bank, EditBank};
use model::ids::AccountId;
use store::Conn;

const PURPOSE: &str = "bank account";

/// Sets the account to be paid to. Nothing is paid to one that replaces another for 72 hours, and its owner is written to.
pub async fn set_bank(app: &App, member: &Member, form: EditBank) -> Result<()> {
    let bank = form.parse()?;
    let sealed = sealed(app, &member.id, &bank)?;
    app.db
        .write(async |tx| {
            let replaced = queries::retire_bank(tx, &member.id).await?;
            let usable_at = if replaced { app.now() + BANK_HOLD } else { app.now() };
            let id: model::ids::EventId = app.new_id();
            queries::add_bank(tx, id.as_str(), &member.id, &sealed, &bank.masked(), app.now(), usable_at).await?;
            let deed = Deed::new("account.bank_set", "account", &member.id).by(&member.id).detail(bank.masked());
            audit_trail::record(app, tx, deed).await?;
            let letter = Event::new(Happening::MailDue, Occasion::BankChanged).of(&member.id);
            events::announce(app, tx, letter).await
        })
        .await
}

fn sealed(app: &App, owner: &AccountId, bank: &Bank) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(bank).map_err(Error::bug)?;
    vault::seal(app, PURPOSE, owner.as_str(), &plain)
}

/// So many at a time.
const SOME: i64 = 200;

/// Seals anew what a former secret of the server had sealed; without one there is nothing to do.
pub async fn reseal(app: &App) -> Result<()> {
    if app.settings.former_key.is_none() {
        return Ok(());
    }
    let mut last = String::new();
    loop {
        let some = queries::banks_after(&mut app.db.read().await?, &last, SOME).await?;
        let Some((end, ..)) = some.last() else { return Ok(()) };
        last = end.clone();
        for (id, owner, was) in &some {
            if let Some(sealed) = vault::resealed(app, PURPOSE, owner.as_str(), was)? {
                app.db.write(async |tx| queries::reseal_bank(tx, id, was, &sealed).await).await?;
            }
        }
    }
}

/// How many bank accounts are sealed by which secret of the server's.
pub async fn census(conn: &mut Conn, secrets: &[&[u8]]) -> Result<vault::Census> {
    let (mut census, mut last) = (vault::Census::default(), String::new());
    loop {
        let some = queries::banks_after(conn, &last, SOME).await?;
        let Some((end, ..)) = some.last() else { return Ok(census) };
        last = end.clone();
        for (_, owner, sealed) in &some {
            census.count(secrets.iter().copied(), PURPOSE, owner.as_str(), sealed);
        }
    }
}

/// Opens it for whoever is to send money there.
pub(super) fn opened(app: &App, owner: &AccountId, sealed: &[u8]) -> Result<Bank> {
    let plain = vault::open(app, PURPOSE, owner.as_str(), sealed)?;
    serde_json::from_slice(&plain).map_err(Error::bug)
}
