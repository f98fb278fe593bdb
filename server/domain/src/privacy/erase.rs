//! Forgetting a person whose seven days are over: what was theirs goes, what the books need stays under no name.

use super::again::Erasure;
use super::export::remove;
use super::leaving::{obstacles, wallet};
use super::queries::{self, erase, erasures};
use crate::events::{self, Event, Happening, Occasion};
use crate::ledger::{self, Account, Entry, Kind, Links};
use crate::{App, Error, Result, accounts, audit_trail, catalog};
use audit_trail::Deed;
use model::Currency;
use model::ids::AccountId;
use model::privacy::Farewell;
use serde_json::json;
use store::Tx;

/// Forgets whoever has waited longest; whether there may be more. What came up meanwhile stops it, and the person hears of it.
pub async fn forget_next(app: &App) -> Result<bool> {
    let now = app.now();
    let Some(account) = queries::due(&mut app.db.read().await?, now).await? else { return Ok(false) };
    let stopped = app
        .db
        .write(async |tx| {
            accounts::lock(tx, &account).await?;
            let Some((_, farewell)) = still_due(tx, &account, now).await? else { return Ok(true) };
            // whoever is kept out could not have thought better of it, and may not have been the one who asked
            let kept_out = accounts::suspension(tx, &account).await?.is_some();
            if !kept_out && obstacles(tx, &account, farewell.waives).await?.is_empty() {
                erase::drafts(tx, &account).await?;
                return Ok(false);
            }
            queries::stay(tx, &account).await?;
            let told = Event::new(Happening::MailDue, Occasion::LeavingStopped).of(&account);
            let told = told.with(json!({ "kept_out": kept_out }));
            audit_trail::record(app, tx, Deed::new("account.leaving_stopped", "account", &account)).await?;
            events::announce(app, tx, told).await?;
            Ok::<_, Error>(true)
        })
        .await?;
    if stopped {
        return Ok(true);
    }
    // files first: whoever is interrupted here begins again, and finds them gone
    remove_files(app, &account).await?;
    app.db.write(async |tx| forget(app, tx, &account).await).await?;
    tracing::info!(account.id = %account, "a person was forgotten");
    Ok(true)
}

/// Removes the files of theirs that nothing shows.
pub(super) async fn remove_files(app: &App, account: &AccountId) -> Result<()> {
    let keys = erase::loose_files(&mut app.db.read().await?, account).await?;
    for key in keys {
        remove(app, &key).await;
    }
    Ok(())
}

async fn still_due(tx: &mut Tx, account: &AccountId, now: model::Moment) -> Result<Option<(model::Moment, Farewell)>> {
    Ok(queries::departure(tx, account).await?.filter(|(due, _)| *due <= now))
}

async fn forget(app: &App, tx: &mut Tx, account: &AccountId) -> Result<()> {
    let now = app.now();
    // two administrators who leave at the same moment: the second finds that they are the last
    accounts::lock_admins(tx).await?;
    accounts::lock(tx, account).await?;
    // taken back, or come up, while the files were removed
    let Some((_, farewell)) = still_due(tx, account, now).await? else { return Ok(()) };
    if accounts::suspension(tx, account).await?.is_some() || !obstacles(tx, account, farewell.waives).await?.is_empty() {
        return Ok(());
    }
    let one = Erasure { account: account.clone(), at: now, keeps_reviews: farewell.keeps_reviews };
    take_out(app, tx, &one, "account.erased").await
}

/// Takes a person out of every table, as a deed of this name. Whoever calls has locked them, and seen to what stands against it.
pub(super) async fn take_out(app: &App, tx: &mut Tx, one: &Erasure, deed: &'static str) -> Result<()> {
    let (account, now) = (&one.account, app.now());
    let Some(leaver) = erase::leaver(tx, account).await? else { return Ok(()) };
    give_up_wallet(app, tx, account).await?;
    if !one.keeps_reviews {
        for (course, stars) in erase::take_reviews(tx, account).await? {
            catalog::count_review(tx, &course, -stars, -1).await?;
        }
    }
    erase::own_rows(tx, account).await?;
    erase::loose_media(tx, account).await?;
    erase::by_address(tx, account, &leaver.email, now).await?;
    for who in [leaver.email.as_str(), account.as_str()] {
        let mut hash = crate::secrets::hash(who);
        hash.truncate(32);
        erase::limits(tx, &hash).await?;
    }
    let name = locale::privacy::deleted_user(leaver.lang);
    erase::account(tx, account, name, &handle(account), now).await?;
    erase::studies(tx).await?;
    erasures::add(tx, one).await?;
    audit_trail::record(app, tx, Deed::new(deed, "account", account)).await?;
    events::announce(app, tx, Event::new(Happening::AccountErased, account).of(account)).await
}

/// What is in the wallet is owed to nobody from here on: its owner gave it up, and what the school gave goes back to it.
async fn give_up_wallet(app: &App, tx: &mut Tx, account: &AccountId) -> Result<()> {
    for currency in Currency::ALL {
        let own = wallet(tx, account, *currency).await?;
        let given = ledger::balance(tx, &Account::WalletGift(account.clone()), *currency).await?;
        let entry = Entry::new(Links::default())
            .about(format!("farewell:{account}"))
            .moved(Account::Wallet(account.clone()), Account::Breakage, own, Kind::Breakage)
            .moved(Account::WalletGift(account.clone()), Account::PromoCost, given, Kind::GiftBalance);
        if !(own.is_zero() && given.is_zero()) {
            ledger::post(app, tx, &entry).await?;
        }
    }
    Ok(())
}

/// A public name that says nothing: the end of the id, which is chance.
fn handle(account: &AccountId) -> String {
    let id: String = account.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
    let end: String = id.chars().skip(id.chars().count().saturating_sub(16)).collect();
    format!("gone-{}", end.to_ascii_lowercase())
}
