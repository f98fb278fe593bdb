//! Taking a changed address back, from the former one: for three days, and with everything that whoever changed it may have put on the
//! account. Without it a stranger at an open session and two letters would be enough to keep an account for good.

use super::identity::queries as identities;
use super::links::{self, Link, Purpose};
use super::log::{self, Whence};
use super::passkeys::queries as passkeys;
use super::queries as people;
use super::recovery::{self, over};
use crate::{App, Result, audit_trail};
use audit_trail::Deed;
use model::accounts::LoggedKind;
use model::text::Hidden;
use model::time::{Span, hours};
use store::Tx;

/// How long the former address can be taken back.
pub(super) const OPEN: Span = hours(72);
/// Ways in that were made so shortly before the change go with it.
const BEFORE: Span = hours(24);

/// The former address is the person's again. A departure that was asked for meanwhile is off. Password, sessions, keys of programs, and the ways in that came with the change end; the
/// link that is answered sets a new password.
pub(super) async fn restore(app: &App, tx: &mut Tx, link: &Link, from: &Whence) -> Result<Hidden> {
    let (account, now) = (&link.account, app.now());
    people::lock(tx, account).await?;
    let changed_at = people::links::undo_change(tx, &link.id, account, now).await?.ok_or_else(over)?;
    let since = changed_at - BEFORE;
    people::set_email(tx, account, &link.email, now).await?;
    people::forget_password(tx, account).await?;
    people::links::stay(tx, account).await?;
    people::end_sessions(tx, account).await?;
    people::end_tokens(tx, account, now).await?;
    people::second::end_challenges(tx, account).await?;
    people::second::forget_since(tx, account, since).await?;
    identities::forget_since(tx, account, since).await?;
    passkeys::forget_since(tx, account, since).await?;
    for purpose in [Purpose::Reset, Purpose::Verify, Purpose::Email] {
        people::links::end(tx, account, purpose, now).await?;
    }
    audit_trail::record(app, tx, Deed::new("account.address_restored", "account", account).by(account)).await?;
    log::record(app, tx, Some(account), LoggedKind::AddressRestored, from).await?;
    let reset = links::issue(app, tx, account, Purpose::Reset, &link.email, recovery::LIFE).await?;
    Ok(Hidden::new(links::secret_of(app, &reset)))
}
