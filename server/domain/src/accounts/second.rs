//! Codes from an app as the second factor, and the recovery codes for the day the app is gone (SEC-L4). The secret is sealed in the
//! database; a step of time is taken once, also by two servers; a recovery code opens once.

use super::log::{self, Whence};
use super::queries::second as queries;
use super::sessions::{renew, require_live};
use super::{address, queries as people, step_up, totp};
use crate::events::{self, Event, Happening, Occasion};
use crate::secrets::{Secret, hash, mac};
use crate::{App, Error, Result, Visitor, audit_trail, limits, scan, vault};
use audit_trail::Deed;
use model::accounts::{LoggedKind, Second, SecondFactor, SecondStep, Setup};
use model::ids::{AccountId, EventId};
use model::time::{Span, minutes};
use model::{Moment, Problem};
use store::{Conn, Tx};

const PURPOSE: &str = "second factor";
/// Recovery codes of one set.
const CODES: u32 = 10;
/// How long a new set can be looked at by who made it.
const SHOWN: Span = minutes(5);

/// Whether codes are asked for at this person's sign-in.
pub async fn is_on(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    Ok(queries::factor(conn, account).await?.is_some_and(|factor| factor.confirmed_at.is_some()))
}

/// The page: off, begun, or on; and recovery codes that were made just now.
pub async fn second_page(app: &App, visitor: &Visitor) -> Result<Second> {
    let member = visitor.member()?;
    let proven = step_up::require(app, visitor).is_ok();
    let mut conn = app.db.read().await?;
    let email_verified = people::is_verified(&mut conn, &member.id).await?;
    let mut codes = Vec::new();
    let factor = match queries::factor(&mut conn, &member.id).await? {
        Some(queries::Factor { confirmed_at: Some(since), .. }) => {
            let batch = queries::latest_batch(&mut conn, &member.id).await?;
            if let Some((batch, _)) = batch.filter(|(_, made)| proven && app.now().since(*made) <= SHOWN) {
                codes = recovery_codes(app, &member.id, &batch).iter().map(|code| totp::grouped(code, "-")).collect();
            }
            SecondFactor::On { since, codes_left: queries::codes_left(&mut conn, &member.id).await? }
        }
        // begun under a secret of ours that is gone: it is begun anew
        Some(begun) if proven && opened(app, &member.id, &begun).is_some() => {
            let secret = opened(app, &member.id, &begun).unwrap_or_default();
            let email = address::email_of(&mut conn, &member.id).await?;
            let scan = scan::drawn(&totp::address(email.as_str(), &secret));
            SecondFactor::Begun(Setup { key: totp::grouped(&totp::base32(&secret), " "), scan })
        }
        _ => SecondFactor::Off,
    };
    Ok(Second { factor, codes, email_verified })
}

/// Makes a secret for an app; it counts once a code of it was typed.
pub async fn begin_second(app: &App, visitor: &Visitor) -> Result<()> {
    let member = visitor.member()?;
    step_up::require(app, visitor)?;
    let mut secret = [0u8; totp::SECRET_BYTES];
    app.ports.chance.fill(&mut secret);
    let sealed = vault::seal(app, PURPOSE, member.id.as_str(), &secret)?;
    let key_id = vault::key_id(app);
    app.db
        .write(async |tx| {
            address::require_verified(tx, &member.id).await?;
            queries::begin(tx, &member.id, &sealed, &key_id, app.now()).await
        })
        .await
}

/// The first code from the app: from now on one is asked for at sign-in. Everywhere else the person is signed out.
pub async fn finish_second(app: &App, visitor: &Visitor, form: &SecondStep) -> Result<Secret> {
    let member = visitor.member()?;
    step_up::require(app, visitor)?;
    let code = form.parse()?;
    limits::take(app, &[limits::CODES], member.id.as_str()).await?;
    let whence = Whence::of(visitor);
    app.db
        .write(async |tx| {
            let factor = queries::factor(tx, &member.id).await?.filter(|factor| factor.confirmed_at.is_none());
            let factor = factor.ok_or_else(|| Error::refuse(model::Refusal::ChangedMeanwhile))?;
            let step = {
                let secret = opened(app, &member.id, &factor).ok_or_else(|| Error::refuse(model::Refusal::ChangedMeanwhile))?;
                totp::step_of(&secret, &code, app.now()).ok_or_else(wrong)?
            };
            if !queries::finish(tx, &member.id, &factor.sealed, step, app.now()).await? {
                return Err(Error::refuse(model::Refusal::ChangedMeanwhile));
            }
            make_codes(app, tx, &member.id).await?;
            changed(app, tx, visitor, &member.id, LoggedKind::SecondFactorOn, &whence).await
        })
        .await
}

/// No codes any more.
pub async fn end_second(app: &App, visitor: &Visitor) -> Result<Secret> {
    let member = visitor.member()?;
    step_up::require(app, visitor)?;
    let whence = Whence::of(visitor);
    app.db
        .write(async |tx| {
            if queries::factor(tx, &member.id).await?.is_none() {
                return Err(Error::refuse(model::Refusal::ChangedMeanwhile));
            }
            queries::forget_factor(tx, &member.id).await?;
            queries::forget_codes(tx, &member.id).await?;
            changed(app, tx, visitor, &member.id, LoggedKind::SecondFactorOff, &whence).await
        })
        .await
}

/// A new set of recovery codes; the ones before open nothing.
pub async fn renew_codes(app: &App, visitor: &Visitor) -> Result<()> {
    let member = visitor.member()?;
    step_up::require(app, visitor)?;
    let whence = Whence::of(visitor);
    app.db
        .write(async |tx| {
            // two sets made at once: the second waits, and replaces the first
            people::lock(tx, &member.id).await?;
            if !is_on(tx, &member.id).await? {
                return Err(Error::refuse(model::Refusal::ChangedMeanwhile));
            }
            make_codes(app, tx, &member.id).await?;
            log::record(app, tx, Some(&member.id), LoggedKind::RecoveryCodesMade, &whence).await
        })
        .await
}

/// Whether this is the code of now or a recovery code; it is spent if it is. The mistake stands at `code`, and is written down.
pub(super) async fn check(app: &App, visitor: &Visitor, account: &AccountId, code: &str) -> Result<()> {
    let counted = count(app, visitor, account, code).await?;
    let whence = Whence::of(visitor);
    let right = app.db.write(async |tx| spend(app, tx, account, code, &whence).await).await?;
    if !right {
        failed(app, visitor, account).await?;
        return Err(wrong());
    }
    give_back(app, counted).await
}

/// Under whose name a try was counted; not at all where it cannot be guessed.
pub(super) struct Counted(Option<String>);

/// Counts a try of a code from an app. Tries from networks the person has never signed in from are counted by themselves: whoever knows
/// nothing but the password shuts out strangers like themselves, and not the owner at home. Recovery codes have eighty bits, and no count.
pub(super) async fn count(app: &App, visitor: &Visitor, account: &AccountId, code: &str) -> Result<Counted> {
    if !is_from_app(code) {
        return Ok(Counted(None));
    }
    let who = match log::knows(app, account, visitor).await? {
        true => format!("{account} {}", visitor.network),
        false => account.to_string(),
    };
    limits::take(app, &[limits::CODES], &who).await?;
    Ok(Counted(Some(who)))
}

/// The code was right: the try does not count.
pub(super) async fn give_back(app: &App, counted: Counted) -> Result<()> {
    match counted.0 {
        Some(who) => limits::give_back(app, &[limits::CODES], &who).await,
        None => Ok(()),
    }
}

/// Writes a wrong code down. Whoever tries codes knows the password: the owner hears of it when it is too often for a slip, once a day.
pub(super) async fn failed(app: &App, visitor: &Visitor, account: &AccountId) -> Result<()> {
    log::note(app, Some(account), LoggedKind::CodeFailed, visitor).await?;
    if limits::excess(app, limits::WRONG_CODES, account.as_str()).await? != 1 {
        return Ok(());
    }
    let letter = Event::new(Happening::MailDue, Occasion::WrongCodes).of(account);
    app.db.write(async |tx| events::announce(app, tx, letter.clone()).await).await
}

/// Six digits; recovery codes are longer.
fn is_from_app(code: &str) -> bool {
    code.len() <= 8 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Spends a code in the transaction of what it opens; whether it was good.
pub(super) async fn spend(app: &App, tx: &mut Tx, account: &AccountId, code: &str, whence: &Whence) -> Result<bool> {
    let Some(factor) = queries::factor(tx, account).await?.filter(|factor| factor.confirmed_at.is_some()) else {
        return Ok(false);
    };
    if is_from_app(code) {
        // sealed with a secret that is gone: only a recovery code opens
        let secret = opened(app, account, &factor).ok_or_else(|| Error::field("code", Problem::CodeUnreadable))?;
        return match totp::step_of(&secret, code, app.now()) {
            Some(step) => queries::take_step(tx, account, step).await,
            None => Ok(false),
        };
    }
    let right = queries::take_code(tx, account, &hash(code), app.now()).await?;
    if right {
        log::record(app, tx, Some(account), LoggedKind::RecoveryCodeUsed, whence).await?;
        events::announce(app, tx, Event::new(Happening::MailDue, Occasion::RecoveryCodeUsed).of(account)).await?;
    }
    Ok(right)
}

pub(super) fn wrong() -> Error {
    Error::field("code", Problem::WrongCode)
}

/// What every change of the factor brings: every session ends, this one goes on under a new secret, the owner is written to.
async fn changed(
    app: &App,
    tx: &mut Tx,
    visitor: &Visitor,
    account: &AccountId,
    kind: LoggedKind,
    whence: &Whence,
) -> Result<Secret> {
    require_live(tx, account, visitor).await?;
    people::end_sessions(tx, account).await?;
    people::links::end_all(tx, account, app.now()).await?;
    let action = if kind == LoggedKind::SecondFactorOn { "account.second_factor_on" } else { "account.second_factor_off" };
    audit_trail::record(app, tx, Deed::new(action, "account", account).by(account)).await?;
    log::record(app, tx, Some(account), kind, whence).await?;
    let occasion = if kind == LoggedKind::SecondFactorOn { Occasion::SecondFactorOn } else { Occasion::SecondFactorOff };
    events::announce(app, tx, Event::new(Happening::MailDue, occasion).of(account)).await?;
    renew(app, tx, account, visitor).await
}

async fn make_codes(app: &App, tx: &mut Tx, account: &AccountId) -> Result<()> {
    queries::forget_codes(tx, account).await?;
    let batch: EventId = app.new_id();
    let now: Moment = app.now();
    for code in recovery_codes(app, account, &batch) {
        queries::add_code(tx, account, &hash(&code), &batch, now).await?;
    }
    Ok(())
}

/// Eighty bits each, made of the set's id and the server's key, so that a page can show them again for a moment and nothing but
/// their hashes is kept.
fn recovery_codes(app: &App, account: &AccountId, batch: &EventId) -> Vec<String> {
    (0..CODES)
        .map(|number| {
            let code = format!("lectern recovery code 1\n{account} {batch} {number}");
            totp::base32(&mac(&app.settings.media_key, code.as_bytes())[..10])
        })
        .collect()
}

/// The app's secret; none where the secret of the server that sealed it is gone.
fn opened(app: &App, account: &AccountId, factor: &queries::Factor) -> Option<Vec<u8>> {
    let open = vault::open_with(app.settings.keys(), PURPOSE, account.as_str(), &factor.sealed);
    if open.is_none() {
        tracing::warn!(key = factor.key_id, "a second factor is sealed with a key that is not ours: see LECTERN_OLD_SECRET");
    }
    open.map(|(secret, _)| secret)
}

/// So many at a time.
const SOME: i64 = 200;

/// Seals anew what a former secret of the server had sealed; without one there is nothing to do.
pub async fn reseal(app: &App) -> Result<()> {
    if app.settings.former_key.is_none() {
        return Ok(());
    }
    let (key_id, mut last) = (vault::key_id(app), String::new());
    loop {
        let some = queries::sealed_after(&mut app.db.read().await?, &last, SOME).await?;
        let Some((end, _)) = some.last() else { return Ok(()) };
        last = end.to_string();
        for (account, was) in &some {
            if let Some(sealed) = vault::resealed(app, PURPOSE, account.as_str(), was)? {
                app.db.write(async |tx| queries::reseal(tx, account, was, &sealed, &key_id).await).await?;
            }
        }
    }
}

/// How many apps' secrets are sealed by which of the server's.
pub async fn census(conn: &mut Conn, secrets: &[&[u8]]) -> Result<vault::Census> {
    let (mut census, mut last) = (vault::Census::default(), String::new());
    loop {
        let some = queries::sealed_after(conn, &last, SOME).await?;
        let Some((end, _)) = some.last() else { return Ok(census) };
        last = end.to_string();
        for (account, sealed) in &some {
            census.count(secrets.iter().copied(), PURPOSE, account.as_str(), sealed);
        }
    }
}
