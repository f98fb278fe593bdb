//! The audit trail, searched and taken away.

use super::keyset::{Key, page};
use crate::audit_trail::{self, Deed, Narrowed};
use crate::{App, Result, Staff};
use locale::dates;
use model::Lang;
use model::admin::{TrailEntry, TrailFilter, TrailPage, TrailRange};
use model::csv::Sheet;
use store::Conn;

const PER_PAGE: usize = 50;
/// The most lines of one file, and how many are read at once.
const LINES: usize = 50_000;
const AT_ONCE: usize = 1_000;

/// Deeds by what is looked for, the latest first.
pub async fn read_trail(app: &App, _staff: &Staff, filter: TrailFilter) -> Result<TrailPage> {
    let range = filter.range()?;
    let found = some(&mut app.db.read().await?, &filter, range, Key::read(&filter.after), PER_PAGE + 1).await?;
    let (entries, next) = page(found, PER_PAGE, |entry| Key::of(entry.at, &entry.id));
    Ok(TrailPage { filter, entries, next })
}

/// Writes down that somebody takes a part of the trail away.
async fn note_export(app: &App, staff: &Staff, filter: &TrailFilter) -> Result<()> {
    let narrowed = [&filter.what, &filter.subject, &filter.from, &filter.to].map(String::as_str).join(" ");
    app.db
        .write(async |tx| {
            let deed = Deed::new("trail.exported", "trail", &staff.id).by(&staff.id).detail(narrowed.trim());
            audit_trail::record(app, tx, deed).await
        })
        .await
}

/// The same list whole, as CSV with a byte order mark; no cell of it can be a formula. That it was taken away is written down first.
pub async fn export_trail(app: &App, staff: &Staff, lang: Lang, filter: &TrailFilter) -> Result<String> {
    let range = filter.range()?;
    note_export(app, staff, filter).await?;
    let mut sheet = Sheet::new(&locale::watch::trail_columns(lang));
    let (mut after, mut written) = (None, 0);
    let mut conn = app.db.read().await?;
    while written < LINES {
        let found = some(&mut conn, filter, range, after, AT_ONCE).await?;
        written += found.len();
        let more = found.len() == AT_ONCE;
        after = found.last().map(|entry| Key::of(entry.at, &entry.id));
        for entry in found {
            sheet.row([
                dates::machine(entry.at),
                entry.actor_name.unwrap_or_default(),
                entry.actor.map(|actor| actor.to_string()).unwrap_or_default(),
                entry.action,
                entry.subject_kind,
                entry.subject,
                entry.detail,
            ]);
        }
        if !more {
            break;
        }
    }
    Ok(sheet.finish())
}

async fn some(
    conn: &mut Conn,
    filter: &TrailFilter,
    range: TrailRange,
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<TrailEntry>> {
    let house = filter.who.trim() == "-";
    let who = crate::orders::like(&filter.who).filter(|_| !house);
    let what = crate::orders::like(&filter.what).map(|like| like.trim_start_matches('%').to_owned());
    let subject = filter.subject.trim();
    let narrowed = Narrowed {
        who: who.as_deref(),
        who_id: filter.who.trim(),
        house,
        what: what.as_deref(),
        subject: Some(subject).filter(|subject| !subject.is_empty()),
        range,
        after: after.as_ref().map(|key| (key.at, key.id.as_str())),
        limit: i64::try_from(limit).unwrap_or(i64::MAX),
    };
    audit_trail::page(conn, &narrowed).await
}
