//! From an event to a letter.

use super::{channels, membership, news, queries, standing};
use crate::accounts::LINK_MARK;
use crate::events::{Happening, Logged, Occasion};
use crate::{App, Error, Result, accounts, invoices, orders, vouchers};
use locale::identity;
use locale::letters::{self, Words};
use locale::privacy as says;
use model::accounts::Profile;
use model::ids::{InvoiceId, LinkId, OrderId, SeatId, VoucherId};
use model::payments::RefundCause;
use model::routes;
use model::{Moment, Money};
use store::Tx;

/// Writes the letter an event is worth, if it is worth one. The same event again writes nothing.
pub(super) async fn compose(app: &App, tx: &mut Tx, logged: &Logged) -> Result<()> {
    if logged.event.kind == Happening::CoursePublished {
        return news::tell(app, tx, logged).await;
    }
    let Some(account) = &logged.event.account else { return Ok(()) };
    if !is_worth_one(logged.event.kind) {
        return Ok(());
    }
    let Some((person, verified)) = accounts::addressee(tx, account).await? else { return Ok(()) };
    let id = app.new_id::<model::ids::EventId>().to_string();
    let link = link(logged);
    // a letter with a link goes where the link is to go
    let address = match &link {
        Some(link) => accounts::link_address(tx, link).await?,
        None => None,
    };
    let address = address.unwrap_or_else(|| person.email.clone());
    // what somebody calls themselves is not for a mailbox that may be a stranger's
    let theirs = address == person.email && verified;
    let name = if theirs { person.name.as_str() } else { letters::nobody_in_particular(person.lang) };
    let Some(words) = words(app, tx, logged, &person, name).await? else { return Ok(()) };
    if !channels::tell(app, tx, logged, account, &cause(logged), &words.subject).await? {
        return Ok(());
    }
    let stops = channels::stops(logged.event.kind);
    let letter = queries::Due { id, cause: cause(logged), account, address, lang: person.lang, words, link, stops };
    if queries::add(tx, &letter, app.now()).await? {
        tx.wake();
    }
    Ok(())
}

/// What a refund tells: how much, and how much of it goes back by the provider, where that is not all; the rest is in the wallet.
#[derive(serde::Deserialize)]
struct MoneyBack {
    amount: Money,
    due: Option<Money>,
}

/// What money without a place tells.
#[derive(serde::Deserialize)]
struct Strayed {
    amount: Money,
    why: RefundCause,
}

fn is_worth_one(kind: Happening) -> bool {
    use Happening::{
        GiftClaimed, GiftIssued, InvoiceChanged, MailDue, MemberJoined, MoneyStrayed, OrderPaid, OrderRefunded, SeatAssigned,
    };
    matches!(
        kind,
        MemberJoined
            | MailDue
            | OrderPaid
            | OrderRefunded
            | MoneyStrayed
            | InvoiceChanged
            | GiftIssued
            | GiftClaimed
            | SeatAssigned
    ) || membership::is_worth_one(kind)
}

/// An order with several lines announces each of them and gets one receipt; everything else is told as often as it happens.
fn cause(logged: &Logged) -> String {
    match logged.event.kind {
        Happening::OrderPaid => format!("{}:{}", logged.event.subject, logged.event.kind),
        kind => format!("{}:{kind}", logged.id),
    }
}

/// The link whose secret the letter carries.
fn link(logged: &Logged) -> Option<LinkId> {
    if !matches!(logged.event.kind, Happening::MailDue | Happening::MemberJoined) {
        return None;
    }
    detail(logged)["link"].as_str()?.parse().ok()
}

fn detail(logged: &Logged) -> serde_json::Value {
    serde_json::from_str(&logged.event.detail).unwrap_or_default()
}

/// When what was asked for will be done.
fn due(logged: &Logged) -> Moment {
    detail(logged)["due"].as_i64().map_or(logged.at, Moment::from_millis)
}

async fn words(app: &App, tx: &mut Tx, logged: &Logged, person: &Profile, name: &str) -> Result<Option<Words>> {
    let lang = person.lang;
    let at = |path: String| app.settings.public_url.clone() + &path;
    Ok(match logged.event.kind {
        Happening::MemberJoined => Some(match link(logged) {
            Some(_) => {
                letters::welcome_to_confirm(lang, name, &at(routes::follow_link(lang, LINK_MARK)), &at(routes::feed(lang)))
            }
            None => letters::welcome(lang, name, &at(routes::feed(lang))),
        }),
        Happening::MailDue => match logged.event.subject.parse::<Occasion>().ok() {
            Some(occasion) if standing::is_one(occasion) => standing::words(app, tx, logged, occasion, (lang, name), &at).await?,
            Some(occasion) => about_the_account(occasion, logged, person, name, &at),
            None => None,
        },
        Happening::OrderPaid => {
            let id: OrderId = logged.event.subject.parse().map_err(Error::bug)?;
            let receipt = orders::receipt_of(tx, &id).await?;
            receipt.filter(|receipt| !receipt.total.is_zero()).map(|receipt| {
                let told = letters::Receipt {
                    number: &receipt.number,
                    titles: &receipt.titles,
                    total: receipt.total,
                    paid_at: receipt.issued_at,
                    order: &at(routes::order(lang, &id)),
                    paper: &at(routes::receipt(lang, &id)),
                };
                letters::receipt(lang, name, &told)
            })
        }
        Happening::OrderRefunded => {
            let id: OrderId = logged.event.subject.parse().map_err(Error::bug)?;
            let told: MoneyBack = serde_json::from_str(&logged.event.detail).map_err(Error::bug)?;
            Some(letters::refund(lang, name, told.amount, told.due.unwrap_or(told.amount), &at(routes::order(lang, &id))))
        }
        Happening::MoneyStrayed => {
            let id: OrderId = logged.event.subject.parse().map_err(Error::bug)?;
            let told: Strayed = serde_json::from_str(&logged.event.detail).map_err(Error::bug)?;
            Some(letters::stray(lang, name, told.why, told.amount, &at(routes::order(lang, &id))))
        }
        Happening::InvoiceChanged => {
            let id: InvoiceId = logged.event.subject.parse().map_err(Error::bug)?;
            let detail = detail(logged);
            let what = detail["what"].as_str().unwrap_or_default().to_owned();
            let page = at(routes::my_invoice(lang, &id));
            invoices::told(tx, &id).await?.map(|(number, reason)| letters::invoice(lang, name, &what, &number, &reason, &page))
        }
        Happening::GiftIssued | Happening::GiftClaimed => {
            let id: VoucherId = logged.event.subject.parse().map_err(Error::bug)?;
            let title = vouchers::issued_gift(tx, &id).await?;
            title.map(|title| match logged.event.kind {
                Happening::GiftIssued => letters::gift(lang, name, &title, &at(routes::gift(lang))),
                _ => letters::gift_claimed(lang, name, &title),
            })
        }
        Happening::SeatAssigned => {
            let id: SeatId = logged.event.subject.parse().map_err(Error::bug)?;
            let invited = vouchers::invitation(app, tx, lang, &id).await?;
            invited.map(|invited| letters::seat(lang, &invited.from, &invited.title, &invited.link))
        }
        kind if membership::is_worth_one(kind) => membership::words(tx, logged, lang, name, &at).await?,
        _ => None,
    })
}

/// A letter about one's own account that says the same to everybody.
fn about_the_account(
    occasion: Occasion,
    logged: &Logged,
    person: &Profile,
    name: &str,
    at: &(dyn Fn(String) -> String + Send + Sync),
) -> Option<Words> {
    let lang = person.lang;
    Some(match occasion {
        Occasion::SomeoneTried => letters::someone_tried(lang, name, &at(routes::login(lang)), &at(routes::reset(lang))),
        Occasion::PasswordReset => letters::password_reset(lang, name, &at(routes::set_password(lang, LINK_MARK))),
        Occasion::ConfirmAddress => letters::confirm_address(lang, name, &at(routes::follow_link(lang, LINK_MARK))),
        Occasion::ConfirmNewAddress => letters::confirm_new_address(lang, name, &at(routes::follow_link(lang, LINK_MARK))),
        Occasion::AddressChangeAsked => letters::address_change_asked(lang, name, &at(routes::security(lang))),
        Occasion::AddressChanged if detail(logged)["undo"] == true => {
            letters::address_changed_to_undo(lang, name, person.email.as_str(), &at(routes::follow_link(lang, LINK_MARK)))
        }
        Occasion::AddressChanged => letters::address_changed(lang, name, person.email.as_str()),
        Occasion::TokenMade => letters::token_made(lang, name, &at(routes::tokens(lang))),
        Occasion::SecondFactorOn => letters::second_factor_on(lang, name, &at(routes::security(lang))),
        Occasion::SecondFactorOff => letters::second_factor_off(lang, name, &at(routes::security(lang))),
        Occasion::WrongCodes => letters::wrong_codes(lang, name, &at(routes::security(lang))),
        Occasion::RecoveryCodeUsed => letters::recovery_code_used(lang, name, &at(routes::second_factor(lang))),
        Occasion::ArchiveReady => says::archive_ready(lang, name, &at(routes::my_data(lang))),
        Occasion::LeavingAsked => says::leaving(lang, name, due(logged), &at(routes::leave(lang))),
        Occasion::LeavingUndone => says::undone(lang, name, &at(routes::security(lang))),
        Occasion::LeavingStopped if detail(logged)["kept_out"] == true => says::not_while_kept_out(lang, name),
        Occasion::LeavingStopped => says::stopped(lang, name, &at(routes::leave(lang))),
        Occasion::BankChanged => letters::bank_changed(lang, name, &at(routes::studio_earnings(lang))),
        Occasion::SharesChanged => letters::shares_changed(lang, name, &at(routes::studio_courses(lang))),
        Occasion::WayInAdded => identity::way_in_added(lang, name, &at(routes::security(lang))),
        Occasion::WayInRemoved => identity::way_in_removed(lang, name, &at(routes::security(lang))),
        Occasion::KeyCopied => identity::key_copied(lang, name, &at(routes::security(lang))),
        Occasion::PasswordChanged => {
            let left = |what: &str| detail(logged)[what].as_i64().unwrap_or_default();
            match (left("passkeys"), left("houses")) {
                (0, 0) => letters::password_changed(lang, name, &at(routes::login(lang))),
                (keys, houses) => letters::password_changed_ways(lang, name, keys, houses, &at(routes::security(lang))),
            }
        }
        // these say more than that (`standing`)
        Occasion::RoleAsked
        | Occasion::RoleDecided
        | Occasion::RoleGiven
        | Occasion::RoleTaken
        | Occasion::Suspended
        | Occasion::Restored
        | Occasion::SecondFactorLost => return None,
    })
}
