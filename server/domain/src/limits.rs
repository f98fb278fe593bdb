//! How often something may be tried: counted in the database, so that all servers count together.

mod queries;
mod turns;

pub use turns::{Turn, Turns};

use crate::{App, Result};
use model::Fault;
use model::time::{Span, hours, minutes};

/// At most so many in each window of time.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Part of the key under which it is counted.
    pub name: &'static str,
    pub at_most: i64,
    pub per: Span,
}

/// Failed sign-ins from one network (SEC-L3).
pub const SIGN_IN_NETWORK_SOON: Limit = Limit { name: "sign_in.network.minute", at_most: 5, per: minutes(1) };
pub const SIGN_IN_NETWORK: Limit = Limit { name: "sign_in.network.hour", at_most: 30, per: hours(1) };
/// Failed sign-ins to one address; beyond it answers come later and later, but they come: a lock would keep its owner out.
pub const SIGN_IN_ADDRESS: Limit = Limit { name: "sign_in.address.hour", at_most: 10, per: hours(1) };
/// New accounts from one network.
pub const SIGN_UP_NETWORK: Limit = Limit { name: "sign_up.network.hour", at_most: 60, per: hours(1) };
/// Registrations with one address whose password is still compared with its owner's.
pub const SIGN_UP_ADDRESS: Limit = Limit { name: "sign_up.address.hour", at_most: 5, per: hours(1) };
/// Requests for a new password, to one address and from one network.
pub const RESET_ADDRESS: Limit = Limit { name: "reset.address.hour", at_most: 3, per: hours(1) };
pub const RESET_NETWORK: Limit = Limit { name: "reset.network.hour", at_most: 30, per: hours(1) };
/// Letters that ask to confirm an address, and changes of it that are asked for.
pub const VERIFY_LETTER: Limit = Limit { name: "verify.account.hour", at_most: 3, per: hours(1) };
pub const CHANGE_ADDRESS: Limit = Limit { name: "change_address.account.day", at_most: 5, per: hours(24) };
/// Codes from an app that were wrong, for an account from networks it was never signed in from, and from each of its own.
pub const CODES: Limit = Limit { name: "codes.account.hour", at_most: 20, per: hours(1) };
/// So many of them in a day are no slip of the finger any more: the owner is written to.
pub const WRONG_CODES: Limit = Limit { name: "wrong_codes.account.day", at_most: 4, per: hours(24) };
/// Letters "someone tried to register with your address" to one address.
pub const SOMEONE_TRIED: Limit = Limit { name: "someone_tried.address.day", at_most: 1, per: hours(24) };

/// Counts one try of `who` under each limit; refuses when one is exceeded, and then counts it nowhere: who waits as long as they
/// were told is let in.
pub async fn take(app: &App, limits: &[Limit], who: &str) -> Result<()> {
    if !app.settings.limits {
        return Ok(());
    }
    let now = app.now();
    app.db
        .write(async |tx| {
            for limit in limits {
                let count = queries::add(tx, &key(limit, who), window(limit, now), 1).await?;
                if count > limit.at_most {
                    // what was counted so far goes with the transaction
                    return Err(too_often(limit, now));
                }
            }
            Ok(())
        })
        .await
}

/// Whether `who` may try once more under each limit; nothing is counted. For tries of which only the failures count: see
/// [`count`], and [`Turns`] for those that are made at the same time.
pub async fn within(app: &App, limits: &[Limit], who: &str) -> Result<()> {
    if !app.settings.limits {
        return Ok(());
    }
    let now = app.now();
    let mut conn = app.db.read().await?;
    for limit in limits {
        if queries::count(&mut conn, &key(limit, who), window(limit, now)).await? >= limit.at_most {
            return Err(too_often(limit, now));
        }
    }
    Ok(())
}

/// Counts one failure under each limit, however many there were.
pub async fn count(app: &App, limits: &[Limit], who: &str) -> Result<()> {
    add(app, limits, who, 1).await
}

/// The try succeeded and shall not count: limits that are taken before are given back after.
pub async fn give_back(app: &App, limits: &[Limit], who: &str) -> Result<()> {
    add(app, limits, who, -1).await
}

async fn add(app: &App, limits: &[Limit], who: &str, by: i64) -> Result<()> {
    if !app.settings.limits {
        return Ok(());
    }
    let now = app.now();
    app.db
        .write(async |tx| {
            for limit in limits {
                queries::add(tx, &key(limit, who), window(limit, now), by).await?;
            }
            Ok(())
        })
        .await
}

fn too_often(limit: &Limit, now: model::Moment) -> crate::Error {
    let left = window(limit, now) + limit.per.millis() - now.millis();
    Fault::TooOften { seconds: u32::try_from(left / 1000 + 1).unwrap_or(u32::MAX) }.into()
}

/// Counts one try and tells by how many the limit is exceeded now: 0 within it.
pub async fn excess(app: &App, limit: Limit, who: &str) -> Result<u32> {
    if !app.settings.limits {
        return Ok(0);
    }
    let now = app.now();
    let count = app.db.write(async |tx| queries::add(tx, &key(&limit, who), window(&limit, now), 1).await).await?;
    Ok(u32::try_from((count - limit.at_most).max(0)).unwrap_or(u32::MAX))
}

/// Forgets windows that are long over.
pub async fn tidy(app: &App) -> Result<()> {
    let before = app.now() - hours(48);
    app.db.write(async |tx| queries::forget(tx, before).await).await
}

/// Who is hashed, so that the table holds no addresses.
fn key(limit: &Limit, who: &str) -> String {
    let mut hash = crate::secrets::hash(who);
    hash.truncate(32);
    format!("{}:{hash}", limit.name)
}

/// The start of the window that `now` lies in.
fn window(limit: &Limit, now: model::Moment) -> i64 {
    now.millis() - now.millis().rem_euclid(limit.per.millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
    use crate::testing::School;
    use model::time::seconds;
    use store::{Db, on_both};

    const THREE: Limit = Limit { name: "test", at_most: 3, per: minutes(1) };

    on_both!(the_fourth_try_of_three_is_refused_until_the_window_is_over, async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        for _ in 0..3 {
            take(&school.app, &[THREE], "somebody").await?;
        }
        let refused = take(&school.app, &[THREE], "somebody").await;
        assert!(matches!(refused, Err(Error::Fault(Fault::TooOften { seconds: 1..=61 }))), "{refused:?}");
        take(&school.app, &[THREE], "somebody else").await?;
        school.after(seconds(61));
        take(&school.app, &[THREE], "somebody").await
    });

    on_both!(what_is_refused_under_one_limit_counts_under_none, async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        let five_an_hour = Limit { name: "test.hour", at_most: 5, per: hours(1) };
        for _ in 0..12 {
            let _ = take(&school.app, &[five_an_hour, THREE], "somebody").await;
        }
        school.after(seconds(61));
        take(&school.app, &[five_an_hour, THREE], "somebody").await
    });

    on_both!(what_succeeded_is_given_back, async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        for _ in 0..10 {
            take(&school.app, &[THREE], "somebody").await?;
            give_back(&school.app, &[THREE], "somebody").await?;
        }
        Ok(())
    });

    on_both!(tries_at_the_same_time_are_all_counted, async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        let tries = (0..12).map(|_| take(&school.app, std::slice::from_ref(&THREE), "somebody"));
        let passed = futures::future::join_all(tries).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(passed, 3);
        Ok(())
    });
}
