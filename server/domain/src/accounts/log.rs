//! What happened to an account, as its owner may read it: sign-ins, failures, changes. Only ever added to.

use super::queries::log as queries;
use crate::{App, Result, Visitor};
use model::accounts::{Incident, LoggedKind};
use model::ids::{AccountId, EventId};
use model::time::days;
use store::{Conn, Tx};

/// So many lines are shown.
const SHOWN: i64 = 30;

/// From where something was done, as much as is kept of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Whence {
    pub user_agent: String,
    pub network: String,
    /// In two letters, where a proxy of ours says so.
    pub country: String,
}

impl Whence {
    pub fn of(visitor: &Visitor) -> Self {
        Self {
            user_agent: visitor.user_agent.chars().take(200).collect(),
            network: shortened(&visitor.network),
            country: visitor.country.clone(),
        }
    }
}

/// Writes a line. Without an account: a sign-in at an address nobody has.
pub(super) async fn record(app: &App, tx: &mut Tx, account: Option<&AccountId>, kind: LoggedKind, from: &Whence) -> Result<()> {
    let id: EventId = app.new_id();
    queries::append(tx, &id, account, kind, from, app.now()).await
}

/// The same where nothing else is written.
pub(super) async fn note(app: &App, account: Option<&AccountId>, kind: LoggedKind, visitor: &Visitor) -> Result<()> {
    let from = Whence::of(visitor);
    app.db.write(async |tx| record(app, tx, account, kind, &from).await).await
}

/// Whether the person has signed in lately from where this request comes.
pub(super) async fn knows(app: &App, account: &AccountId, visitor: &Visitor) -> Result<bool> {
    let network = Whence::of(visitor).network;
    Ok(!network.is_empty() && queries::has_come_from(&mut app.db.read().await?, account, &network, app.now() - days(90)).await?)
}

/// The latest lines of a person.
pub(super) async fn of(conn: &mut Conn, account: &AccountId) -> Result<Vec<Incident>> {
    queries::of(conn, account, SHOWN).await
}

/// Forgets what is a year old, and sooner what belongs to nobody.
pub async fn tidy_log(app: &App) -> Result<()> {
    let now = app.now();
    app.db.write(async |tx| queries::forget(tx, now - days(365), now - days(30)).await).await
}

/// The network without its last part: enough to recognise one's own, too little to find somebody by.
fn shortened(network: &str) -> String {
    let parts: Vec<&str> = network.split('.').collect();
    if parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok()) {
        return format!("{}.{}.{}.*", parts[0], parts[1], parts[2]);
    }
    match network.strip_suffix("::/64") {
        Some(prefix) => prefix.split(':').take(3).collect::<Vec<_>>().join(":") + "::/48",
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_network_is_kept_without_its_last_part() {
        assert_eq!(shortened("203.0.113.9"), "203.0.113.*");
        assert_eq!(shortened("2001:db8:1:2::/64"), "2001:db8:1::/48");
        assert_eq!(shortened("unknown"), "");
    }
}
