//! The statements of invoices.

use crate::{Error, Result};
use model::ids::{AccountId, InvoiceFileId, InvoiceId, OrderId};
use model::invoices::{FileFormat, Heading, InvoiceFile, InvoiceState, Invoiceable, TaxNumber};
use model::paging::Leaf;
use model::{Currency, Moment, Money};
use store::{Conn, Row, Tx, sql};

pub use crate::accounts::{email_of as email, name_of as name};

/// A request for an invoice and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub number: i64,
    pub account: AccountId,
    pub state: InvoiceState,
    pub heading: Heading,
    pub amount: Money,
    /// What went back since it was asked for, in all; of it: taken off by red-letter invoices that are issued, and what the service
    /// is asked to take off now.
    pub red_amount: Money,
    pub red_issued: Money,
    pub red_asked: Money,
    pub asked_at: Moment,
    pub due_at: Moment,
    /// How often the issuing service was asked.
    pub asked: i64,
    pub tax_office_number: Option<String>,
    pub issued_at: Option<Moment>,
    pub red_number: Option<String>,
    pub red_at: Option<Moment>,
    pub reason: String,
    pub version: i64,
}

impl Invoice {
    /// What the next red-letter invoice has to take off.
    pub fn red_due(&self) -> Result<Money> {
        Ok(self.red_amount.minus(self.red_issued)?)
    }
    /// What is said of it: what is due while something is, else all that was taken off.
    pub fn red_shown(&self) -> Result<Money> {
        if self.state == InvoiceState::RedRequested { self.red_due() } else { Ok(self.red_amount) }
    }
}

fn invoice_row(row: &Row) -> Result<Invoice, store::Error> {
    let currency = row.parse("currency")?;
    let moment = |name: &str| row.get::<Option<i64>>(name).map(|at| at.map(Moment::from_millis));
    let number: Option<String> = row.get("tax_number")?;
    Ok(Invoice {
        id: row.parse("id")?,
        number: row.get("number")?,
        account: row.parse("account_id")?,
        state: row.parse("state")?,
        heading: Heading {
            kind: row.parse("title_kind")?,
            invoice: row.parse("invoice_kind")?,
            title: row.get("title")?,
            tax_number: number.and_then(|number| TaxNumber::parse(&number).ok()),
            email: row.parse("email")?,
            bank: row.get("bank")?,
            address: row.get("address")?,
        },
        amount: Money::new(row.get("amount")?, currency),
        red_amount: Money::new(row.get("red_amount")?, currency),
        red_issued: Money::new(row.get("red_issued")?, currency),
        red_asked: Money::new(row.get("red_asked")?, currency),
        asked_at: Moment::from_millis(row.get("asked_at")?),
        due_at: Moment::from_millis(row.get("due_at")?),
        asked: row.get("asked")?,
        tax_office_number: row.get("tax_office_number")?,
        issued_at: moment("issued_at")?,
        red_number: row.get("red_number")?,
        red_at: moment("red_at")?,
        reason: row.get("reason")?,
        version: row.get("version")?,
    })
}

pub async fn invoice(conn: &mut Conn, id: &InvoiceId) -> Result<Option<Invoice>> {
    let found = conn.query(sql!("SELECT * FROM invoices WHERE id = $1")).bind(id.as_str()).optional(invoice_row).await?;
    Ok(found)
}

/// The invoice, kept from changing until the transaction ends.
pub async fn lock(tx: &mut Tx, id: &InvoiceId) -> Result<Option<Invoice>> {
    let found = tx
        .query(sql!(
            sqlite: "SELECT * FROM invoices WHERE id = $1",
            postgres: "SELECT * FROM invoices WHERE id = $1 FOR UPDATE"
        ))
        .bind(id.as_str())
        .optional(invoice_row)
        .await?;
    Ok(found)
}

/// How many invoices a person has asked for.
pub async fn count_of_account(conn: &mut Conn, account: &AccountId) -> Result<u64> {
    let count: i64 = conn
        .query(sql!("SELECT COUNT(*) AS n FROM invoices WHERE account_id = $1"))
        .bind(account.as_str())
        .one(|row| row.get("n"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A page of a person's invoices, the latest first.
pub async fn of_account(conn: &mut Conn, account: &AccountId, leaf: Leaf) -> Result<Vec<Invoice>> {
    let all = conn
        .query(sql!("SELECT * FROM invoices WHERE account_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2 OFFSET $3"))
        .bind(account.as_str())
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(invoice_row)
        .await?;
    Ok(all)
}

pub async fn add(tx: &mut Tx, new: &Invoice, series: &str) -> Result<()> {
    let heading = &new.heading;
    tx.query(sql!(
        "INSERT INTO invoices (id, series, number, account_id, state, title_kind, invoice_kind, title, tax_number, email, bank,
                               address, currency, amount, asked_at, due_at, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15)"
    ))
    .bind(new.id.as_str())
    .bind(series)
    .bind(new.number)
    .bind(new.account.as_str())
    .bind(new.state.as_str())
    .bind(heading.kind.as_str())
    .bind(heading.invoice.as_str())
    .bind(&heading.title)
    .bind(heading.tax_number.as_ref().map(|number| number.as_str().to_owned()))
    .bind(heading.email.as_str())
    .bind(&heading.bank)
    .bind(&heading.address)
    .bind(new.amount.currency().as_str())
    .bind(new.amount.minor())
    .bind(new.asked_at.millis())
    .bind(new.due_at.millis())
    .execute()
    .await?;
    Ok(())
}

/// Moves it on from the state and version it was read in.
pub async fn set_state(tx: &mut Tx, invoice: &Invoice, state: InvoiceState) -> Result<Invoice> {
    let moved = tx
        .query(sql!(
            "UPDATE invoices SET state = $4, version = version + 1 WHERE id = $1 AND state = $2 AND version = $3 RETURNING *"
        ))
        .bind(invoice.id.as_str())
        .bind(invoice.state.as_str())
        .bind(invoice.version)
        .bind(state.as_str())
        .optional(invoice_row)
        .await?;
    moved.ok_or_else(|| Error::bug("an invoice changed under its lock"))
}

pub async fn set_reason(tx: &mut Tx, id: &InvoiceId, reason: &str) -> Result<()> {
    tx.query(sql!("UPDATE invoices SET reason = $2 WHERE id = $1")).bind(id.as_str()).bind(reason).execute().await?;
    Ok(())
}

pub async fn set_number(tx: &mut Tx, id: &InvoiceId, number: &str, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE invoices SET tax_office_number = $2, issued_at = $3, next_at = NULL WHERE id = $1"))
        .bind(id.as_str())
        .bind(number)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// A red-letter invoice over `amount` is issued.
pub async fn set_red_number(tx: &mut Tx, id: &InvoiceId, number: &str, amount: Money, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE invoices SET red_number = $2, red_at = $3, red_issued = red_issued + $4, red_asked = 0, next_at = NULL WHERE id = $1"
    ))
    .bind(id.as_str())
    .bind(number)
    .bind(now.millis())
    .bind(amount.minor())
    .execute()
    .await?;
    Ok(())
}

/// What the service is asked to take off; kept, so that it is asked for the same until it answers.
pub async fn set_red_asked(tx: &mut Tx, id: &InvoiceId, amount: Money) -> Result<()> {
    tx.query(sql!("UPDATE invoices SET red_asked = $2 WHERE id = $1")).bind(id.as_str()).bind(amount.minor()).execute().await?;
    Ok(())
}

pub async fn set_amount(tx: &mut Tx, id: &InvoiceId, amount: Money) -> Result<()> {
    tx.query(sql!("UPDATE invoices SET amount = $2 WHERE id = $1")).bind(id.as_str()).bind(amount.minor()).execute().await?;
    Ok(())
}

pub async fn set_red_amount(tx: &mut Tx, id: &InvoiceId, amount: Money) -> Result<()> {
    tx.query(sql!("UPDATE invoices SET red_amount = $2 WHERE id = $1")).bind(id.as_str()).bind(amount.minor()).execute().await?;
    Ok(())
}

/// The issuing service is asked anew, from its first pause on.
pub async fn ask_again(tx: &mut Tx, id: &InvoiceId, now: Moment) -> Result<()> {
    set_next(tx, id, Some(now), 0).await
}

pub async fn set_next(tx: &mut Tx, id: &InvoiceId, next: Option<Moment>, asked: i64) -> Result<()> {
    tx.query(sql!("UPDATE invoices SET next_at = $2, asked = $3 WHERE id = $1"))
        .bind(id.as_str())
        .bind(next.map(Moment::millis))
        .bind(asked)
        .execute()
        .await?;
    Ok(())
}

pub async fn due(conn: &mut Conn, now: Moment) -> Result<Option<InvoiceId>> {
    let found = conn
        .query(sql!(
            "SELECT id FROM invoices i
              WHERE next_at IS NOT NULL AND next_at <= $1 AND state <> 'none'
                AND NOT EXISTS (SELECT 1 FROM put_off p WHERE p.lane = 'invoices' AND p.subject = i.id AND p.next_at > $1)
              ORDER BY next_at, id LIMIT 1"
        ))
        .bind(now.millis())
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// An order on an invoice with its part of the amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    pub order: OrderId,
    pub amount: Money,
}

/// Puts an order on it; false where the order is on another one.
pub async fn cover(tx: &mut Tx, id: &InvoiceId, part: &Covered) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO invoice_orders (invoice_id, order_id, amount, live) VALUES ($1, $2, $3, TRUE) ON CONFLICT DO NOTHING"
        ))
        .bind(id.as_str())
        .bind(part.order.as_str())
        .bind(part.amount.minor())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn lower(tx: &mut Tx, id: &InvoiceId, part: &Covered) -> Result<()> {
    tx.query(sql!("UPDATE invoice_orders SET amount = $3 WHERE invoice_id = $1 AND order_id = $2"))
        .bind(id.as_str())
        .bind(part.order.as_str())
        .bind(part.amount.minor())
        .execute()
        .await?;
    Ok(())
}

/// Its orders may be put on another one.
pub async fn free(tx: &mut Tx, id: &InvoiceId) -> Result<()> {
    tx.query(sql!("UPDATE invoice_orders SET live = FALSE WHERE invoice_id = $1")).bind(id.as_str()).execute().await?;
    Ok(())
}

/// The orders on it, in the order of their ids.
pub async fn covered(conn: &mut Conn, id: &InvoiceId) -> Result<Vec<Covered>> {
    let parts = conn
        .query(sql!(
            "SELECT c.order_id, c.amount, i.currency FROM invoice_orders c JOIN invoices i ON i.id = c.invoice_id
              WHERE c.invoice_id = $1 ORDER BY c.order_id"
        ))
        .bind(id.as_str())
        .all(|row| Ok(Covered { order: row.parse("order_id")?, amount: Money::new(row.get("amount")?, row.parse("currency")?) }))
        .await?;
    Ok(parts)
}

/// The orders on several of them: invoice and order.
pub async fn orders_of(conn: &mut Conn, ids: Vec<String>) -> Result<Vec<(String, String)>> {
    let parts = conn
        .query(sql!("SELECT invoice_id, order_id FROM invoice_orders WHERE invoice_id IN (…) ORDER BY order_id"))
        .list(ids)
        .all(|row| Ok((row.get("invoice_id")?, row.get("order_id")?)))
        .await?;
    Ok(parts)
}

/// What its orders are of, in the same order: the first line's title, and the amount.
pub async fn told(conn: &mut Conn, id: &InvoiceId) -> Result<Vec<(String, Money)>> {
    let parts = conn
        .query(sql!(
            "SELECT l.title, c.amount, i.currency
               FROM invoice_orders c JOIN invoices i ON i.id = c.invoice_id
               JOIN order_lines l ON l.order_id = c.order_id AND l.position = 1
              WHERE c.invoice_id = $1 ORDER BY c.order_id"
        ))
        .bind(id.as_str())
        .all(|row| {
            let currency: Currency = row.parse("currency")?;
            Ok((row.get("title")?, Money::new(row.get("amount")?, currency)))
        })
        .await?;
    Ok(parts)
}

/// The live invoice that an order is on.
pub async fn live_of(conn: &mut Conn, order: &OrderId) -> Result<Option<InvoiceId>> {
    let found = conn
        .query(sql!("SELECT invoice_id FROM invoice_orders WHERE order_id = $1 AND live"))
        .bind(order.as_str())
        .optional(|row| row.parse("invoice_id"))
        .await?;
    Ok(found)
}

/// At most `limit` paid orders of a person that an invoice could be about and none is, the latest first; the amount is the order's total.
pub async fn candidates(conn: &mut Conn, account: &AccountId, limit: i64) -> Result<Vec<Invoiceable>> {
    let found = conn
        .query(sql!(
            "SELECT o.id, o.total, o.currency, o.paid_at, l.title,
                    (SELECT COUNT(*) FROM order_lines m WHERE m.order_id = o.id) AS lines
               FROM orders o JOIN order_lines l ON l.order_id = o.id AND l.position = 1
              WHERE o.account_id = $1 AND o.state = 'paid' AND o.refund_state <> 'full' AND o.total > o.gift_part AND o.paid_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM invoice_orders c WHERE c.order_id = o.id AND c.live)
                AND EXISTS (SELECT 1 FROM order_lines s WHERE s.order_id = o.id AND s.kind <> 'topup')
              ORDER BY o.paid_at DESC, o.id DESC LIMIT $2"
        ))
        .bind(account.as_str())
        .bind(limit)
        .all(|row| {
            Ok(Invoiceable {
                order: row.parse("id")?,
                title: row.get("title")?,
                more: u32::try_from(row.get::<i64>("lines")? - 1).unwrap_or_default(),
                paid_at: Moment::from_millis(row.get("paid_at")?),
                amount: Money::new(row.get("total")?, row.parse("currency")?),
            })
        })
        .await?;
    Ok(found)
}

/// A file to be kept with an invoice.
pub struct NewFile<'a> {
    pub id: InvoiceFileId,
    pub invoice: &'a InvoiceId,
    pub red: bool,
    pub format: FileFormat,
    pub hash: String,
    pub body: &'a [u8],
}

pub async fn add_file(tx: &mut Tx, new: &NewFile<'_>, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO invoice_files (id, invoice_id, red, format, body, body_hash, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(new.id.as_str())
    .bind(new.invoice.as_str())
    .bind(new.red)
    .bind(new.format.as_str())
    .bind(new.body.to_vec())
    .bind(&new.hash)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn files(conn: &mut Conn, id: &InvoiceId) -> Result<Vec<InvoiceFile>> {
    let files = conn
        .query(sql!(
            "SELECT id, red, format, CAST(LENGTH(body) AS BIGINT) AS bytes FROM invoice_files WHERE invoice_id = $1 ORDER BY added_at, id"
        ))
        .bind(id.as_str())
        .all(|row| {
            Ok(InvoiceFile {
                id: row.parse("id")?,
                format: row.parse("format")?,
                red: row.get("red")?,
                bytes: u64::try_from(row.get::<i64>("bytes")?).unwrap_or_default(),
            })
        })
        .await?;
    Ok(files)
}

pub async fn file(conn: &mut Conn, invoice: &InvoiceId, id: &InvoiceFileId) -> Result<Option<(FileFormat, bool, Vec<u8>)>> {
    let found = conn
        .query(sql!("SELECT format, red, body FROM invoice_files WHERE id = $1 AND invoice_id = $2"))
        .bind(id.as_str())
        .bind(invoice.as_str())
        .optional(|row| Ok((row.parse("format")?, row.get("red")?, row.get("body")?)))
        .await?;
    Ok(found)
}

/// What a list is narrowed to; none: everything.
pub struct Narrowed<'a> {
    /// A part of a title, a tax number, an address or a number, in small letters and ready for LIKE.
    pub like: Option<&'a str>,
    pub state: Option<&'a str>,
    pub now: Moment,
    pub limit: i64,
    pub offset: i64,
}

/// An invoice in a list.
pub struct Listed {
    pub invoice: Invoice,
    /// It waits for finance longer than it should.
    pub is_late: bool,
}

/// Invoices, those that wait for finance first and among them the oldest, and how many there are in all.
pub async fn list(conn: &mut Conn, narrowed: &Narrowed<'_>) -> Result<(Vec<Listed>, i64)> {
    let rows = conn
        .query(sql!(
            "SELECT i.*, COUNT(*) OVER () AS found, (i.state IN ('requested', 'issuing') AND i.due_at < $3) AS is_late
               FROM invoices i
              WHERE (CAST($1 AS TEXT) IS NULL OR LOWER(i.title) LIKE $1 ESCAPE '\\' OR LOWER(COALESCE(i.tax_number, '')) LIKE $1 ESCAPE '\\'
                     OR i.email LIKE $1 ESCAPE '\\' OR LOWER(COALESCE(i.tax_office_number, '')) LIKE $1 ESCAPE '\\'
                     OR CAST(i.number AS TEXT) LIKE $1 ESCAPE '\\')
                AND (CAST($2 AS TEXT) IS NULL OR i.state = $2
                     OR (CAST($2 AS TEXT) = 'waiting' AND i.state IN ('requested', 'issuing', 'red_requested')))
              ORDER BY CASE WHEN i.state IN ('requested', 'issuing', 'red_requested') THEN 0 ELSE 1 END,
                       CASE WHEN i.state IN ('requested', 'issuing', 'red_requested') THEN i.asked_at ELSE -i.asked_at END, i.id
              LIMIT $4 OFFSET $5"
        ))
        .bind(narrowed.like)
        .bind(narrowed.state)
        .bind(narrowed.now.millis())
        .bind(narrowed.limit)
        .bind(narrowed.offset)
        .all(|row| Ok((Listed { invoice: invoice_row(row)?, is_late: row.get("is_late")? }, row.get::<i64>("found")?)))
        .await?;
    let found = rows.first().map_or(0, |(_, found)| *found);
    Ok((rows.into_iter().map(|(listed, _)| listed).collect(), found))
}

/// How many wait for finance.
pub async fn waiting(conn: &mut Conn) -> Result<u64> {
    let count = conn
        .query(sql!("SELECT COUNT(*) AS waiting FROM invoices WHERE state IN ('requested', 'issuing', 'red_requested')"))
        .one(|row| row.get::<i64>("waiting"))
        .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}
