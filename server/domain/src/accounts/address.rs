//! The person's address: showing that it is theirs, and changing it. Whoever asks for an address that somebody has hears the same as
//! everybody, and its owner gets a letter (SEC-L2). A link confirms only for the account it is about: whoever reads a letter that a
//! stranger had sent to them makes nothing theirs by a click. A changed address can be taken back from the former one (`undo`).

use super::links::{self, Link, Purpose};
use super::log::{self, Whence};
use super::queries::links as queries;
use super::recovery::over;
use super::sign_up::tell_the_owner;
use super::undo;
use super::{queries as people, step_up};
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Member, Result, Visitor, audit_trail, limits};
use audit_trail::Deed;
use model::Fault;
use model::accounts::{Address, ChangeEmail, LinkPage, LoggedKind, Refusal};
use model::ids::AccountId;
use model::text::{Email, Hidden};
use model::time::{Span, days, hours};
use serde_json::json;
use store::{Conn, Tx};

/// How long the link of a welcome works.
pub(super) const VERIFY_LIFE: Span = days(7);
/// How long the link to a new address works.
const CHANGE_LIFE: Span = hours(2);
/// How long a letter to a former address may be on its way.
const TOLD_LIFE: Span = days(7);

/// What a link did.
#[derive(Debug)]
pub enum Followed {
    Verified,
    Changed,
    /// The former address is the person's again; with this link they set a new password.
    Restored(Hidden),
}

/// The person's address and whether it is known to be theirs.
pub async fn address(app: &App, member: &Member) -> Result<Address> {
    let mut conn = app.db.read().await?;
    let email = people::profile(&mut conn, &member.id).await?.or_not_found()?.email;
    Ok(Address { email, verified: people::is_verified(&mut conn, &member.id).await? })
}

/// Refuses who has not shown that their address is theirs: what outlives a reset by mail is not for whoever took a stranger's address.
pub async fn require_verified(conn: &mut Conn, account: &AccountId) -> Result<()> {
    match people::is_verified(conn, account).await? {
        true => Ok(()),
        false => Err(Error::refuse(model::Refusal::Accounts(Refusal::AddressUnproven))),
    }
}

/// Sends the link once more.
pub async fn send_again(app: &App, member: &Member) -> Result<()> {
    let now = address(app, member).await?;
    if now.verified {
        return Ok(());
    }
    limits::take(app, &[limits::VERIFY_LETTER], member.id.as_str()).await?;
    let email = &now.email;
    app.db
        .write(async |tx| {
            let link = links::issue(app, tx, &member.id, Purpose::Verify, email, VERIFY_LIFE).await?;
            let letter = Event::new(Happening::MailDue, Occasion::ConfirmAddress).of(&member.id).with(json!({ "link": link }));
            events::announce(app, tx, letter).await
        })
        .await
}

/// What this link would do.
pub async fn link_page(app: &App, visitor: &Visitor, token: &str) -> Result<LinkPage> {
    let mut conn = app.db.read().await?;
    let Some(link) = links::open(app, &mut conn, token).await? else { return Ok(LinkPage::Over) };
    let mine = is_theirs(visitor, &link);
    let Link { id, purpose, email, asked_at, .. } = link;
    Ok(match purpose {
        Purpose::Verify => LinkPage::Verify { email, asked_at, mine },
        Purpose::Email => LinkPage::Change { email, asked_at, mine },
        Purpose::Told if queries::is_open_change(&mut conn, &id, app.now()).await? => LinkPage::Restore { email },
        Purpose::Told | Purpose::Reset => LinkPage::Over,
    })
}

/// Whether the person at the keyboard is whose account the link is about.
fn is_theirs(visitor: &Visitor, link: &Link) -> bool {
    visitor.me.as_ref().is_some_and(|me| me.id == link.account)
}

/// Does it, for the account it is about: who reads the letter signs in first. Taking a former address back needs the letter alone, for
/// its reader may be locked out.
pub async fn follow_link(app: &App, visitor: &Visitor, token: &str) -> Result<Followed> {
    let link = links::open(app, &mut app.db.read().await?, token).await?.ok_or_else(over)?;
    if matches!(link.purpose, Purpose::Verify | Purpose::Email) && !is_theirs(visitor, &link) {
        return Err(Fault::SignIn.into());
    }
    let from = Whence::of(visitor);
    let done = app
        .db
        .write(async |tx| {
            if !queries::spend(tx, &link.id, app.now()).await? {
                return Err(over());
            }
            match link.purpose {
                Purpose::Verify => verified(app, tx, &link, &from).await.map(|()| Followed::Verified),
                Purpose::Email => changed(app, tx, &link, &from).await.map(|()| Followed::Changed),
                Purpose::Told => undo::restore(app, tx, &link, &from).await.map(Followed::Restored),
                Purpose::Reset => Err(over()),
            }
        })
        .await;
    match done {
        // somebody else has shown meanwhile that it is theirs
        Err(Error::Store(cause)) if cause.is_conflict("accounts.email") => Err(over()),
        done => done,
    }
}

/// "This is not me": the link ends, and with it what it was asked for; where the address was never confirmed, whoever registered with it
/// is signed out.
pub async fn refuse_link(app: &App, visitor: &Visitor, token: &str) -> Result<()> {
    let link = links::open(app, &mut app.db.read().await?, token).await?.ok_or_else(over)?;
    if !matches!(link.purpose, Purpose::Verify | Purpose::Email) {
        return Err(over());
    }
    let from = Whence::of(visitor);
    app.db
        .write(async |tx| {
            queries::end(tx, &link.account, link.purpose, app.now()).await?;
            if link.purpose == Purpose::Verify && !people::is_verified(tx, &link.account).await? {
                people::end_sessions(tx, &link.account).await?;
            }
            audit_trail::record(app, tx, Deed::new("account.address_refused", "account", &link.account)).await?;
            log::record(app, tx, Some(&link.account), LoggedKind::AddressRefused, &from).await
        })
        .await
}

async fn verified(app: &App, tx: &mut Tx, link: &Link, from: &Whence) -> Result<()> {
    // a link to an address that was changed since proves nothing about the one of now
    if !people::set_verified(tx, &link.account, &link.email, app.now()).await? {
        return Err(over());
    }
    audit_trail::record(app, tx, Deed::new("account.address_proven", "account", &link.account).by(&link.account)).await?;
    log::record(app, tx, Some(&link.account), LoggedKind::AddressProven, from).await
}

/// Both addresses are told; what was on its way to the former one is over.
async fn changed(app: &App, tx: &mut Tx, link: &Link, from: &Whence) -> Result<()> {
    let account = &link.account;
    people::lock(tx, account).await?;
    if queries::is_kept(tx, &link.email, Some(account), app.now()).await? {
        return Err(over());
    }
    let former = people::profile(tx, account).await?.or_not_found()?.email;
    let was_theirs = people::is_verified(tx, account).await?;
    people::set_email(tx, account, &link.email, app.now()).await?;
    for purpose in [Purpose::Reset, Purpose::Verify, Purpose::Email] {
        queries::end(tx, account, purpose, app.now()).await?;
    }
    let told = links::issue(app, tx, account, Purpose::Told, &former, TOLD_LIFE).await?;
    if was_theirs {
        queries::add_change(tx, &told, account, &former, app.now(), app.now() + undo::OPEN).await?;
    }
    let letter = Event::new(Happening::MailDue, Occasion::AddressChanged).of(account);
    events::announce(app, tx, letter.clone()).await?;
    events::announce(app, tx, letter.with(json!({ "link": told, "undo": was_theirs }))).await?;
    audit_trail::record(app, tx, Deed::new("account.address_changed", "account", account).by(account)).await?;
    log::record(app, tx, Some(account), LoggedKind::AddressChanged, from).await
}

/// "My address is another now": a link goes to the new one, a word to the present one.
pub async fn ask_change(app: &App, visitor: &Visitor, form: &ChangeEmail) -> Result<()> {
    let member = visitor.member()?;
    step_up::require(app, visitor)?;
    let new = form.parse(&address(app, &member).await?.email)?;
    limits::take(app, &[limits::CHANGE_ADDRESS], member.id.as_str()).await?;
    let mut conn = app.db.read().await?;
    let taken =
        people::is_known(&mut conn, &new).await? || queries::is_kept(&mut conn, &new, Some(&member.id), app.now()).await?;
    drop(conn);
    if taken {
        tell_the_owner(app, &new).await?;
    }
    let new = &new;
    app.db
        .write(async |tx| {
            if !taken {
                let link = links::issue(app, tx, &member.id, Purpose::Email, new, CHANGE_LIFE).await?;
                let letter = Event::new(Happening::MailDue, Occasion::ConfirmNewAddress).of(&member.id);
                events::announce(app, tx, letter.with(json!({ "link": link }))).await?;
            }
            let word = Event::new(Happening::MailDue, Occasion::AddressChangeAsked).of(&member.id);
            events::announce(app, tx, word).await?;
            audit_trail::record(app, tx, Deed::new("account.address_change_asked", "account", &member.id).by(&member.id)).await
        })
        .await
}

/// Forgets links and requests that have served.
pub async fn tidy_links(app: &App) -> Result<()> {
    let before = app.now() - days(30);
    app.db.write(async |tx| queries::forget(tx, before).await).await
}

/// The address as text, of somebody known.
pub(super) async fn email_of(conn: &mut Conn, account: &AccountId) -> Result<Email> {
    Ok(people::profile(conn, account).await?.or_not_found()?.email)
}
