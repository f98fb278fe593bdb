//! Signals of attacks: what was counted within a day and is more than happens by accident. Nothing here refuses anybody; limits do
//! (`limits`). People look into it, and say so.

use super::queries::signals::{self as queries, Counted};
use crate::audit_trail::{self, Deed};
use crate::{App, Result, Staff};
use model::Moment;
use model::admin::{MarkSignal, MarkState, Marked, Signal, SignalKind, Signals};
use model::time::{days, hours};
use std::collections::BTreeMap;
use store::Conn;

/// One hour in milliseconds.
const HOUR: i64 = 3_600_000;
const HOURS: i64 = 24;

/// Everything within the last day that is above its threshold; what nobody has looked at first, then the most.
pub async fn signals(app: &App, _staff: &Staff) -> Result<Signals> {
    let (mut conn, now) = (app.db.read().await?, app.now());
    let since = now - days(1);
    let marks = queries::marks(&mut conn).await?;
    let mut found = Vec::new();
    for kind in SignalKind::ALL {
        for counted in counted(&mut conn, *kind, since).await? {
            found.push(signal(*kind, counted, &marks));
        }
    }
    found.sort_by_key(|signal| (signal.mark.is_some(), std::cmp::Reverse(signal.count), std::cmp::Reverse(signal.last)));
    let failures = failures(&mut conn, now).await?;
    let knows_countries = queries::knows_countries(&mut conn, now - days(30)).await?;
    Ok(Signals { at: now, signals: found, failures, knows_countries })
}

async fn counted(conn: &mut Conn, kind: SignalKind, since: Moment) -> Result<Vec<Counted>> {
    let least = i64::from(kind.threshold());
    match kind {
        SignalKind::FailedAtAccount => queries::failed_at_accounts(conn, since, least).await,
        SignalKind::FailedFromNetwork => queries::failed_from_networks(conn, since, least).await,
        SignalKind::NewPlace => Ok(by_person(queries::new_places(conn, since, since - hours(24)).await?)),
        SignalKind::CouponGuessing => queries::wrong_codes(conn, kind, "coupon", since, least).await,
        SignalKind::CodeGuessing => queries::wrong_codes(conn, kind, "redeem", since, least).await,
        SignalKind::CardTesting => queries::declined(conn, since, least).await,
    }
}

/// Several new places of one person are one signal.
fn by_person(places: Vec<Counted>) -> Vec<Counted> {
    let mut all: BTreeMap<String, Counted> = BTreeMap::new();
    for place in places {
        match all.get_mut(place.subject.key()) {
            None => {
                all.insert(place.subject.key().to_owned(), place);
            }
            Some(known) => {
                known.count += place.count;
                known.since = known.since.min(place.since);
                known.last = known.last.max(place.last);
                known.places.extend(place.places);
            }
        }
    }
    all.into_values()
        .map(|mut counted| {
            counted.places.sort();
            counted.places.dedup();
            counted
        })
        .collect()
}

/// With what staff made of it; a mark older than the first of what was counted is about something else.
fn signal(kind: SignalKind, counted: Counted, marks: &[queries::Mark]) -> Signal {
    let mark = marks.iter().find(|mark| {
        mark.kind == kind && mark.subject == counted.subject.key() && mark.state == MarkState::Seen && mark.at >= counted.since
    });
    Signal {
        kind,
        mark: mark.map(|mark| Marked { state: mark.state, by: mark.by.clone(), at: mark.at }),
        subject: counted.subject,
        count: u32::try_from(counted.count).unwrap_or(u32::MAX),
        since: counted.since,
        last: counted.last,
        places: counted.places,
    }
}

/// Failed sign-ins hour by hour, the hour that is under way last.
async fn failures(conn: &mut Conn, now: Moment) -> Result<Vec<u32>> {
    let this_hour = now.millis().div_euclid(HOUR);
    let first = this_hour - (HOURS - 1);
    let counts: BTreeMap<i64, i64> = queries::failures(conn, Moment::from_millis(first * HOUR)).await?.into_iter().collect();
    Ok((first..=this_hour)
        .map(|hour| u32::try_from(counts.get(&hour).copied().unwrap_or_default()).unwrap_or(u32::MAX))
        .collect())
}

/// "I have seen it", or "this is dealt with": then only what comes after counts.
pub async fn mark_signal(app: &App, staff: &Staff, form: &MarkSignal) -> Result<()> {
    let mark = form.parse()?;
    let mark = &mark;
    app.db
        .write(async |tx| {
            queries::mark(tx, mark, &staff.id, app.now()).await?;
            let action = match mark.state {
                MarkState::Seen => "signal.seen",
                MarkState::Closed => "signal.closed",
            };
            let deed = Deed::new(action, "signal", &mark.subject).by(&staff.id).detail(mark.kind.as_str());
            audit_trail::record(app, tx, deed).await
        })
        .await
}
