//! Whoever makes invoices out: a service that is asked, or people who do it by hand.

use super::issue::{issued, move_on, red_issued};
use super::queries::{self, Invoice};
use super::state::Event;
use super::views::left;
use crate::error::OrNotFound;
use crate::orders::written;
use crate::ports::Outage;
use crate::put_off::{self, Lane};
use crate::{App, Result};
use futures::future::BoxFuture;
use model::Money;
use model::ids::InvoiceId;
use model::invoices::{Heading, InvoiceState, Seller};
use model::time::{Span, days, hours, minutes};
use store::Tx;

/// The pauses between questions to a service; after the last one finance goes on by hand.
const PAUSES: [Span; 6] = [minutes(1), minutes(10), hours(1), hours(6), days(1), days(1)];

/// What a service is asked to make out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Our number of it: the same however often it is asked. Of a red-letter one with `-red-` and how much all of them take off.
    pub key: String,
    pub seller: Seller,
    pub heading: Heading,
    pub lines: Vec<(String, Money)>,
    pub amount: Money,
    /// The tax office's number of the invoice that this one takes back.
    pub red_of: Option<String>,
}

/// What a service answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Under this number, with its files.
    Issued { number: String, files: Vec<Vec<u8>> },
    /// It is at work; ask again with the same key.
    Pending,
}

/// Makes invoices out.
pub trait Issuer: Send + Sync {
    /// People do it: nobody is asked.
    fn is_by_hand(&self) -> bool;
    /// Makes one out, or tells how far it is; asked with the same key again, it is the same one.
    fn issue<'a>(&'a self, asked: &'a Asked) -> BoxFuture<'a, Result<Answer, Outage>>;
}

/// Finance, at its own desk, with the tax office's own program.
pub struct ByHand;

impl Issuer for ByHand {
    fn is_by_hand(&self) -> bool {
        true
    }
    fn issue<'a>(&'a self, _asked: &'a Asked) -> BoxFuture<'a, Result<Answer, Outage>> {
        Box::pin(async { Ok(Answer::Pending) })
    }
}

/// Asks the service about the invoice that has been due longest, if one is; whether there was one.
pub async fn work(app: &App) -> Result<bool> {
    if app.ports.issuer.is_by_hand() {
        return Ok(false);
    }
    let Some(id) = queries::due(&mut app.db.read().await?, app.now()).await? else { return Ok(false) };
    let outcome = ask_service(app, &id).await;
    put_off::unless_done(app, Lane::Invoices, id.as_str(), outcome).await?;
    Ok(true)
}

async fn ask_service(app: &App, id: &InvoiceId) -> Result<()> {
    let taken = app
        .db
        .write(async |tx| {
            let mut invoice = queries::lock(tx, id).await?.or_not_found()?;
            let pause = usize::try_from(invoice.asked).ok().and_then(|asked| PAUSES.get(asked));
            queries::set_next(tx, id, pause.map(|pause| app.now() + *pause), invoice.asked + 1).await?;
            if invoice.state == InvoiceState::Requested {
                invoice = move_on(app, tx, &invoice, Event::Take, None, "taken", "").await?;
            }
            if invoice.state != InvoiceState::RedRequested {
                let lines = queries::told(tx, id).await?;
                return Ok((invoice, lines));
            }
            if invoice.red_asked.is_zero() {
                invoice.red_asked = invoice.red_due()?;
                queries::set_red_asked(tx, id, invoice.red_asked).await?;
            }
            let lines = went_back(tx, &invoice).await?;
            Ok::<_, crate::Error>((invoice, lines))
        })
        .await?;
    let (invoice, lines) = taken;
    let red = match invoice.state {
        InvoiceState::Issuing => false,
        InvoiceState::RedRequested => true,
        _ => return app.db.write(async |tx| queries::set_next(tx, id, None, 0).await).await,
    };
    match app.ports.issuer.issue(&asked(app, &invoice, lines, red)?).await {
        Ok(Answer::Issued { number, files }) => {
            app.db
                .write(async |tx| {
                    let now = queries::lock(tx, id).await?.or_not_found()?;
                    // people were quicker
                    if (now.state, now.red_asked, now.red_issued) != (invoice.state, invoice.red_asked, invoice.red_issued) {
                        return Ok(());
                    }
                    queries::set_next(tx, id, None, 0).await?;
                    match red {
                        true => red_issued(app, tx, &now, now.red_asked, &number, &files, None).await,
                        false => issued(app, tx, &now, &number, &files, None).await,
                    }
                })
                .await?;
        }
        Ok(Answer::Pending) => (),
        Err(outage) => tracing::warn!(invoice.id = %id, %outage, "the issuing service does not answer"),
    }
    Ok(())
}

/// What a red-letter invoice takes off each order: of what went back of it, in proportion.
async fn went_back(tx: &mut Tx, invoice: &Invoice) -> Result<Vec<(String, Money)>> {
    let titles = queries::told(tx, &invoice.id).await?;
    let mut weights = Vec::new();
    for (place, part) in queries::covered(tx, &invoice.id).await?.iter().enumerate() {
        let back = part.amount.minus(left(tx, &part.order).await?)?;
        weights.push((place, u64::try_from(back.minor()).unwrap_or_default()));
    }
    let parts = titles.into_iter().zip(invoice.red_asked.split(&weights));
    Ok(parts.map(|((title, _), amount)| (title, amount)).filter(|(_, amount)| !amount.is_zero()).collect())
}

fn asked(app: &App, invoice: &Invoice, lines: Vec<(String, Money)>, red: bool) -> Result<Asked> {
    let number = written(super::SERIES, invoice.number);
    Ok(Asked {
        key: if red { format!("{number}-red-{}", invoice.red_issued.plus(invoice.red_asked)?.minor()) } else { number },
        seller: app.settings.seller.clone(),
        heading: invoice.heading.clone(),
        lines,
        amount: if red { invoice.red_asked } else { invoice.amount },
        red_of: invoice.tax_office_number.clone().filter(|_| red),
    })
}
