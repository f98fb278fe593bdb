//! The archive itself: a JSON file for each area, a page to read them by, and the person's files, written piece by piece so that a
//! large library needs little memory.

use super::queries::areas::{self, Area};
use super::queries::{self, OwnFile};
use crate::{App, Error, Result};
use locale::{dates, privacy as says};
use model::ids::AccountId;
use model::{Lang, Moment};
use serde_json::{Map, Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use store::Cell;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// How much of a file is read at once.
const STRIDE: usize = 1024 * 1024;

/// What the writer of the archive has put out and nobody has stored yet.
#[derive(Clone, Default)]
struct Outbox(Arc<Mutex<Vec<u8>>>);

impl Outbox {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Outbox {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// An archive on its way into the file store.
struct Archive<'a> {
    app: &'a App,
    key: &'a str,
    zip: ZipWriter<StreamWriter<Outbox>>,
    outbox: Outbox,
    stored: u64,
}

impl<'a> Archive<'a> {
    fn begin(app: &'a App, key: &'a str) -> Self {
        let outbox = Outbox::default();
        Self { app, key, zip: ZipWriter::new_stream(outbox.clone()), outbox, stored: 0 }
    }

    fn open(&mut self, name: &str, packed: bool) -> Result<()> {
        let how = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(how).large_file(!packed);
        self.zip.start_file(name, options).map_err(Error::bug)
    }

    async fn add(&mut self, name: &str, text: &str) -> Result<()> {
        self.open(name, true)?;
        self.zip.write_all(text.as_bytes()).map_err(Error::bug)?;
        self.store().await
    }

    /// A file of the person's own, as it lies; one that is gone is passed over.
    async fn add_file(&mut self, file: &OwnFile) -> Result<()> {
        let Ok(size) = self.app.ports.files.size(&file.key).await else { return Ok(()) };
        self.open(&format!("files/{}-{}", file.id, plain(&file.name)), false)?;
        let mut at = 0;
        while at < size {
            let part = self.app.ports.files.read(&file.key, at, STRIDE).await.map_err(Error::bug)?;
            if part.is_empty() {
                return Err(Error::bug(format!("{} ends at {at} of {size}", file.key)));
            }
            at += part.len() as u64;
            self.zip.write_all(&part).map_err(Error::bug)?;
            self.store().await?;
        }
        Ok(())
    }

    async fn store(&mut self) -> Result<()> {
        let bytes = self.outbox.take();
        if !bytes.is_empty() {
            let length = bytes.len() as u64;
            self.app.ports.files.write(self.key, self.stored, bytes).await.map_err(Error::bug)?;
            self.stored += length;
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<u64> {
        // what is left of the last entry, and the list of all of them
        let Self { zip, .. } = &mut self;
        let done = std::mem::replace(zip, ZipWriter::new_stream(Outbox::default()));
        drop(done.finish().map_err(Error::bug)?);
        self.store().await?;
        Ok(self.stored)
    }
}

/// Makes the archive of `account` under `key`, and says how many bytes it has.
pub(super) async fn make(app: &App, account: &AccountId, lang: Lang, key: &str) -> Result<u64> {
    let mut archive = Archive::begin(app, key);
    let mut page = Page::begin(lang, app.now());
    for area in areas::all() {
        let rows = rows(app, &area, account).await?;
        page.add(&area, &rows);
        let text = serde_json::to_string_pretty(&rows).map_err(Error::bug)?;
        archive.add(&format!("data/{}.json", area.name), &text).await?;
    }
    archive.add("index.html", &page.finish()).await?;
    let files = queries::files_of(&mut app.db.read().await?, account).await?;
    for file in &files {
        archive.add_file(file).await?;
    }
    archive.finish().await
}

async fn rows(app: &App, area: &Area, account: &AccountId) -> Result<Vec<Value>> {
    let mut conn = app.db.read().await?;
    let rows = conn.query(area.rows).bind(account.as_str()).all(store::Row::cells).await?;
    Ok(rows.into_iter().map(object).collect())
}

fn object(cells: Vec<(String, Cell)>) -> Value {
    let mut object = Map::new();
    for (name, cell) in cells {
        let value = match cell {
            Cell::Nothing => Value::Null,
            Cell::Truth(truth) => json!(truth),
            Cell::Whole(number) if is_moment(&name) => json!(dates::machine(Moment::from_millis(number))),
            Cell::Whole(number) => json!(number),
            Cell::Real(number) => json!(number),
            Cell::Text(text) => json!(text.replace(crate::accounts::LINK_MARK, "…")),
            Cell::Bytes(bytes) => json!(hex::encode(bytes)),
        };
        object.insert(name, value);
    }
    Value::Object(object)
}

/// Columns that hold a moment, by the house's way of naming them.
fn is_moment(column: &str) -> bool {
    column == "at"
        || column == "anchor"
        || column.ends_with("_at")
        || matches!(column, "until" | "open_until" | "period_starts" | "period_ends")
}

/// A name that is one on every system.
fn plain(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() || "._- ".contains(c) { c } else { '_' }).take(120).collect();
    plain.trim_matches(['.', ' ']).to_owned()
}

/// The same to be read by people.
struct Page(String);

impl Page {
    fn begin(lang: Lang, at: Moment) -> Self {
        let title = says::data_title(lang);
        Self(format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<p>{}</p>\n",
            lang.tag(),
            dates::date_time(lang, at)
        ))
    }

    fn add(&mut self, area: &Area, rows: &[Value]) {
        let columns: Vec<&String> = rows.first().and_then(Value::as_object).map(|row| row.keys().collect()).unwrap_or_default();
        if columns.is_empty() {
            return;
        }
        self.0 += &format!("<h2>{}</h2>\n<table border=\"1\">\n<tr>", area.name.replace('_', " "));
        columns.iter().for_each(|column| self.0 += &format!("<th>{}</th>", escaped(column)));
        self.0 += "</tr>\n";
        for row in rows {
            self.0 += "<tr>";
            for column in &columns {
                let text = match row.get(column.as_str()) {
                    None | Some(Value::Null) => String::new(),
                    Some(Value::String(text)) => text.clone(),
                    Some(other) => other.to_string(),
                };
                self.0 += &format!("<td>{}</td>", escaped(&text));
            }
            self.0 += "</tr>\n";
        }
        self.0 += "</table>\n";
    }

    fn finish(self) -> String {
        self.0 + "</body>\n</html>\n"
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
