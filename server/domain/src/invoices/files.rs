//! Files of invoices, for whoever asked for them and for staff.

use super::queries;
use crate::error::OrNotFound;
use crate::orders::written;
use crate::{App, Error, Result, Visitor};
use model::accounts::Role;
use model::ids::{InvoiceFileId, InvoiceId};
use model::invoices::FileFormat;

/// Who may see everybody's.
const STAFF: &[Role] = &[Role::Support, Role::Finance, Role::Admin];

/// A file to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is saved as: `F-000012.pdf`.
    pub name: String,
    pub format: FileFormat,
    pub bytes: Vec<u8>,
}

pub async fn file(app: &App, asker: &Visitor, invoice: &InvoiceId, file: &InvoiceFileId) -> Result<File> {
    let member = asker.member()?;
    let mut conn = app.db.read().await?;
    let invoice = queries::invoice(&mut conn, invoice).await?.or_not_found()?;
    if invoice.account != member.id && asker.staff(STAFF).is_err() {
        return Err(Error::not_found());
    }
    let (format, red, bytes) = queries::file(&mut conn, &invoice.id, file).await?.or_not_found()?;
    let red = if red { "-red" } else { "" };
    Ok(File { name: format!("{}{red}.{format}", written(super::SERIES, invoice.number)), format, bytes })
}
