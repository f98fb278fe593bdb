//! Finance issues invoices, refuses them, and takes back by red-letter ones what was refunded.

use super::no;
use super::queries::{self, Invoice};
use super::state::{Event, step};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{self, Happening, announce};
use crate::secrets::hash_of;
use crate::{App, Error, Result, Staff};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::ids::InvoiceId;
use model::invoices::{FILE_MAX, FileFormat, InvoiceState, IssueForm, Refusal, RefuseForm};
use model::text::line;
use model::{Money, Problem};
use store::Tx;

/// The longest reason of a refusal, in characters.
const REASON_MAX: u32 = 200;

/// Finance takes it in hand: the buyer can no longer take it back.
pub async fn take(app: &App, staff: &Staff, id: &InvoiceId) -> Result<()> {
    let outcome = app
        .db
        .write(async |tx| {
            let invoice = queries::lock(tx, id).await?.or_not_found()?;
            move_on(app, tx, &invoice, Event::Take, Some(staff), "taken", "").await.map(drop)
        })
        .await;
    audit_trail::noting(app, not_possible(id, "take").by(&staff.id), outcome).await
}

/// Finance cannot issue it as it was asked for; the buyer reads why and may ask anew.
pub async fn refuse(app: &App, staff: &Staff, id: &InvoiceId, form: RefuseForm) -> Result<()> {
    let reason = line(&form.reason, 1, REASON_MAX).map_err(|problem| Error::field("reason", problem))?;
    let outcome = app
        .db
        .write(async |tx| {
            let invoice = queries::lock(tx, id).await?.or_not_found()?;
            queries::free(tx, id).await?;
            queries::set_reason(tx, id, &reason).await?;
            move_on(app, tx, &invoice, Event::Refuse, Some(staff), "refused", &reason).await?;
            tell(app, tx, &invoice, "refused").await
        })
        .await;
    audit_trail::noting(app, not_possible(id, "refuse").by(&staff.id), outcome).await
}

/// It is issued under the tax office's number, with its file where there is one yet.
pub async fn issue(app: &App, staff: &Staff, id: &InvoiceId, form: IssueForm) -> Result<()> {
    let (number, file) = read(&form)?;
    let outcome = app
        .db
        .write(async |tx| {
            let mut invoice = queries::lock(tx, id).await?.or_not_found()?;
            if invoice.state == InvoiceState::Requested {
                invoice = move_on(app, tx, &invoice, Event::Take, Some(staff), "taken", "").await?;
            }
            issued(app, tx, &invoice, &number, file.as_slice(), Some(staff)).await
        })
        .await;
    audit_trail::noting(app, not_possible(id, "issue").by(&staff.id), outcome).await
}

/// A red-letter invoice is issued, over what the page said; where more went back since, another one is due.
pub async fn issue_red(app: &App, staff: &Staff, id: &InvoiceId, form: IssueForm) -> Result<()> {
    let (number, file) = read(&form)?;
    let over = match form.amount.as_str() {
        "" => None,
        minor => Some(minor.parse::<i64>().map_err(|_| Error::field("amount", Problem::Unreadable))?),
    };
    let outcome = app
        .db
        .write(async |tx| {
            let invoice = queries::lock(tx, id).await?.or_not_found()?;
            let due = invoice.red_due()?;
            let amount = over.map_or(due, |minor| Money::new(minor, due.currency()));
            if !(0..=due.minor()).contains(&amount.minor()) || amount.is_zero() != due.is_zero() {
                return Err(Error::refuse(model::Refusal::ChangedMeanwhile));
            }
            red_issued(app, tx, &invoice, amount, &number, file.as_slice(), Some(staff)).await
        })
        .await;
    audit_trail::noting(app, not_possible(id, "issue_red").by(&staff.id), outcome).await
}

/// One more file of an issued invoice: the same in another format.
pub async fn attach(app: &App, staff: &Staff, id: &InvoiceId, form: IssueForm) -> Result<()> {
    let file = file_of(&form.file)?.ok_or_else(|| Error::field("file", Problem::Required))?;
    let outcome = app
        .db
        .write(async |tx| {
            let invoice = queries::lock(tx, id).await?.or_not_found()?;
            if !matches!(invoice.state, InvoiceState::Issued | InvoiceState::RedRequested | InvoiceState::RedIssued) {
                return Err(no(Refusal::Transition));
            }
            let red = invoice.state == InvoiceState::RedIssued;
            keep(app, tx, &invoice, red, std::slice::from_ref(&file)).await?;
            let deed = Deed::new("invoice.file_added", "invoice_file", id).by(&staff.id);
            audit_trail::record(app, tx, deed).await
        })
        .await;
    audit_trail::noting(app, not_possible(id, "attach").by(&staff.id), outcome).await
}

/// What somebody wanted of an invoice that it is not ready for, or done with.
pub(super) fn not_possible<'a>(id: &InvoiceId, wanted: &str) -> Deed<'a> {
    Deed::new("invoice.not_possible", "invoice", id).detail(wanted)
}

/// The number and the file of a form, or everything wrong with it.
fn read(form: &IssueForm) -> Result<(String, Option<Vec<u8>>)> {
    let number = form.number().map_err(|problem| Error::field("number", problem))?;
    Ok((number, file_of(&form.file)?))
}

fn file_of(encoded: &str) -> Result<Option<Vec<u8>>> {
    if encoded.is_empty() {
        return Ok(None);
    }
    let file = STANDARD.decode(encoded).map_err(|_| Error::field("file", Problem::Unreadable))?;
    if file.len() > FILE_MAX {
        return Err(Error::field("file", Problem::TooLarge { max_bytes: FILE_MAX as u64 }));
    }
    match FileFormat::of(&file) {
        Some(_) => Ok(Some(file)),
        None => Err(Error::field("file", Problem::WrongKindOfFile)),
    }
}

/// An invoice in hand is issued, by people or by the service.
pub(super) async fn issued(
    app: &App,
    tx: &mut Tx,
    invoice: &Invoice,
    number: &str,
    files: &[Vec<u8>],
    staff: Option<&Staff>,
) -> Result<()> {
    let event = Event::Issue { went_back: !invoice.red_amount.is_zero() };
    queries::set_number(tx, &invoice.id, number, app.now()).await?;
    keep(app, tx, invoice, false, files).await?;
    move_on(app, tx, invoice, event, staff, "issued", number).await?;
    if !invoice.red_amount.is_zero() {
        queries::ask_again(tx, &invoice.id, app.now()).await?;
    }
    tell(app, tx, invoice, "issued").await
}

/// The same of a red-letter invoice over `amount`.
pub(super) async fn red_issued(
    app: &App,
    tx: &mut Tx,
    invoice: &Invoice,
    amount: Money,
    number: &str,
    files: &[Vec<u8>],
    staff: Option<&Staff>,
) -> Result<()> {
    let all = amount == invoice.red_due()?;
    queries::set_red_number(tx, &invoice.id, number, amount, app.now()).await?;
    keep(app, tx, invoice, true, files).await?;
    move_on(app, tx, invoice, Event::IssueRed { all }, staff, "red_issued", number).await?;
    if !all {
        queries::ask_again(tx, &invoice.id, app.now()).await?;
    }
    tell(app, tx, invoice, "red_issued").await
}

async fn keep(app: &App, tx: &mut Tx, invoice: &Invoice, red: bool, files: &[Vec<u8>]) -> Result<()> {
    for file in files {
        let format = FileFormat::of(file).ok_or_else(|| Error::bug("an invoice's file of no known kind"))?;
        let new = queries::NewFile { id: app.new_id(), invoice: &invoice.id, red, format, hash: hash_of(file), body: file };
        queries::add_file(tx, &new, app.now()).await?;
    }
    Ok(())
}

/// One step of its life with its row in the trail.
pub(super) async fn move_on(
    app: &App,
    tx: &mut Tx,
    invoice: &Invoice,
    event: Event,
    staff: Option<&Staff>,
    action: &str,
    detail: &str,
) -> Result<Invoice> {
    let state = step(invoice.state, event).map_err(|_| no(Refusal::Transition))?;
    let moved = queries::set_state(tx, invoice, state).await?;
    let deed = Deed::new(format!("invoice.{action}"), "invoice", &invoice.id).by_any(staff.map(|staff| &staff.id)).detail(detail);
    audit_trail::record(app, tx, deed).await?;
    tx.wake();
    Ok(moved)
}

/// The buyer is told by letter.
async fn tell(app: &App, tx: &mut Tx, invoice: &Invoice, what: &'static str) -> Result<()> {
    let told = serde_json::json!({ "what": what });
    announce(app, tx, events::Event::new(Happening::InvoiceChanged, &invoice.id).of(&invoice.account).with(told)).await
}
