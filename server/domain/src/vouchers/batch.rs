//! Redeem codes in batches, made and given out by staff.

use super::code::{Purpose, code, hash_of, kept, link};
use super::no;
use super::queries::{self, Batch, Voucher};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::{App, Error, Result, Staff};
use model::csv::Sheet;
use model::ids::{BatchId, VoucherId};
use model::time::{Span, days};
use model::vouchers::{BatchForm, GiftCard, Gives, Refusal, VoucherKind, VoucherState};
use model::{Currency, Lang, Money, Problem};

/// What one person gives in so long counts together.
const ALONE: Span = days(1);

/// Makes a batch; the same form again leads to the same batch. One with more balance in it than one person may refund waits for
/// a second one: nobody prints money alone.
pub async fn make(app: &App, staff: &Staff, form: BatchForm) -> Result<BatchId> {
    let request = form.parse()?;
    let now = app.now();
    app.db
        .write(async |tx| {
            let (kind, course, amount) = match &request.gives {
                Gives::Course(slug) => {
                    let course =
                        queries::course_by_slug(tx, slug).await?.ok_or_else(|| Error::field("course", Problem::NotAChoice))?;
                    (VoucherKind::Course, Some(course.id), Money::zero(Currency::Cny))
                }
                Gives::Balance(amount) => (VoucherKind::Balance, None, *amount),
            };
            // two forms at once: the second waits, and counts what the first gives
            queries::lock_account(tx, &staff.id).await?;
            let given = queries::given_alone(tx, &staff.id, amount.currency(), now - ALONE).await?;
            let gives = Money::new(amount.minor().saturating_mul(request.count), amount.currency());
            let waits = !gives.is_zero() && !app.settings.refund_limit.allows(gives.plus(given)?);
            let batch = Batch {
                id: app.new_id(),
                name: request.name.clone(),
                count: request.count,
                made_by: staff.id.clone(),
                expires_at: now + days(request.days),
                waits,
            };
            if !queries::add_batch(tx, &batch, request.key.as_str(), now).await? {
                return queries::batch_of_form(tx, &staff.id, request.key.as_str()).await?.or_not_found();
            }
            for _ in 0..request.count {
                let id: VoucherId = app.new_id();
                let voucher = Voucher {
                    code_hash: hash_of(&code(app, Purpose::Voucher, id.as_str())),
                    id,
                    kind,
                    state: if waits { VoucherState::Unpaid } else { VoucherState::Issued },
                    course: course.clone(),
                    amount,
                    share: Money::zero(amount.currency()),
                    instructor: None,
                    giver: None,
                    line: None,
                    card: GiftCard { recipient: String::new(), sender: String::new(), message: String::new() },
                    batch: Some(batch.id.clone()),
                    issued_at: (!waits).then_some(now),
                    expires_at: Some(batch.expires_at),
                    claimed_by: None,
                    held: false,
                    version: 1,
                };
                queries::add(tx, &voucher, now).await?;
            }
            let detail = format!("{} × {kind}", request.count);
            audit_trail::record(
                app,
                tx,
                Deed::new("voucher_batch.made", "voucher_batch", &batch.id).by(&staff.id).detail(detail),
            )
            .await?;
            Ok(batch.id)
        })
        .await
}

/// The codes of a batch as a table. Once: whoever asks again is refused.
pub async fn export(app: &App, staff: &Staff, lang: Lang, id: &BatchId) -> Result<String> {
    let all = app
        .db
        .write(async |tx| {
            let (_, waits) = queries::batch(tx, id).await?.or_not_found()?;
            if waits {
                return Err(no(Refusal::Waits));
            }
            if !queries::mark_exported(tx, id, &staff.id, app.now()).await? {
                return Err(no(Refusal::AlreadyExported));
            }
            audit_trail::record(app, tx, Deed::new("voucher_batch.exported", "voucher_batch", id).by(&staff.id)).await?;
            queries::of_batch(tx, id).await
        })
        .await?;
    let mut sheet = Sheet::new(&[locale::vouchers::code_column(lang), locale::vouchers::link_column(lang)]);
    for (voucher, code_hash) in all {
        // made with a key that is gone: nobody can say any more what it was
        let Some(code) = kept(app, Purpose::Voucher, voucher.as_str(), &code_hash) else { continue };
        sheet.row([code.grouped(), link(app, lang, &code)]);
    }
    Ok(sheet.finish())
}

/// A second person lets the codes of a batch be given out.
pub async fn approve(app: &App, staff: &Staff, id: &BatchId) -> Result<()> {
    app.db
        .write(async |tx| {
            let (made_by, waits) = queries::batch(tx, id).await?.or_not_found()?;
            if made_by == staff.id {
                return Err(no(Refusal::OwnBatch));
            }
            // pressed twice: it is done
            if !waits || !queries::approve_batch(tx, id, &staff.id, app.now()).await? {
                return Ok(());
            }
            audit_trail::record(app, tx, Deed::new("voucher_batch.approved", "voucher_batch", id).by(&staff.id)).await
        })
        .await
}

/// Whatever of a batch nobody has claimed gives nothing any more.
pub async fn revoke_rest(app: &App, staff: &Staff, id: &BatchId) -> Result<()> {
    app.db
        .write(async |tx| {
            queries::batch(tx, id).await?.or_not_found()?;
            let revoked = queries::revoke_batch(tx, id).await?;
            let deed = Deed::new("voucher_batch.revoked", "voucher_batch", id).by(&staff.id).detail(revoked.to_string());
            audit_trail::record(app, tx, deed).await
        })
        .await
}
