//! From a document to the file that is sent.

use super::{queries, words};
use crate::error::OrNotFound;
use crate::orders::{self, written};
use crate::secrets::hash_of;
use crate::{App, Error, Result, Visitor};
use locale::papers as says;
use model::Lang;
use model::accounts::Role;
use model::ids::OrderId;
use papers::Paper;
use store::Conn;

/// Who may see everybody's papers.
const STAFF: &[Role] = &[Role::Support, Role::Finance, Role::Admin];

/// A file to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is saved as.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The receipt of a paid order, for its buyer or for staff; for anybody else there is none.
pub async fn receipt(app: &App, asker: &Visitor, id: &OrderId, lang: Lang) -> Result<File> {
    let mut conn = app.db.read().await?;
    allowed(&mut conn, asker, id).await?;
    let document = orders::receipt_document(&mut conn, id).await?;
    let name = says::receipt_file(lang, &written(&document.series, document.number));
    let key = (document.series.clone(), document.number, lang);
    Ok(File { name, bytes: kept(app, conn, key, words::receipt(lang, &document, &app.settings.public_url)).await? })
}

/// A credit note of an order, for the same people.
pub async fn credit_note(app: &App, asker: &Visitor, id: &OrderId, number: i64, lang: Lang) -> Result<File> {
    let mut conn = app.db.read().await?;
    allowed(&mut conn, asker, id).await?;
    let document = orders::credit_document(&mut conn, id, number).await?;
    let name = says::credit_file(lang, &written(&document.series, document.number));
    let key = (document.series.clone(), document.number, lang);
    Ok(File { name, bytes: kept(app, conn, key, words::credit(lang, &document, &app.settings.public_url)).await? })
}

async fn allowed(conn: &mut Conn, asker: &Visitor, id: &OrderId) -> Result<()> {
    let member = asker.member()?;
    let order = orders::order(conn, id).await?.or_not_found()?;
    if order.account == member.id || asker.staff(STAFF).is_ok() { Ok(()) } else { Err(Error::not_found()) }
}

/// The file as it was drawn the first time, which is now if it never was.
async fn kept(app: &App, mut conn: Conn, (series, number, lang): (String, i64, Lang), paper: Paper) -> Result<Vec<u8>> {
    if let Some(body) = queries::paper(&mut conn, &series, number, lang).await? {
        return Ok(body);
    }
    drop(conn);
    let body = tokio::task::spawn_blocking(move || paper.pdf()).await.map_err(Error::bug)?.map_err(Error::bug)?;
    let (hash, now) = (hash_of(&body), app.now());
    app.db.write(async |tx| queries::add(tx, (&series, number, lang), body.clone(), &hash, now).await).await?;
    queries::paper(&mut app.db.read().await?, &series, number, lang).await?.ok_or_else(|| Error::bug("a paper was not kept"))
}
