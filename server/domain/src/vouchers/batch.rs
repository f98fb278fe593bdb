//! Redeem codes in batches, made and given out by staff.

use super::code::{Purpose, code, hash_of, link};
use super::no;
use super::queries::{self, Batch, Voucher};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::{App, Error, Result, Staff};
use model::csv::Sheet;
use model::ids::BatchId;
use model::time::days;
use model::vouchers::{BatchForm, GiftCard, Gives, Refusal, VoucherKind, VoucherState};
use model::{Currency, Lang, Money, Problem};

/// Makes a batch; the same form again leads to the same batch.
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
            let batch = Batch {
                id: app.new_id(),
                name: request.name.clone(),
                count: request.count,
                made_by: staff.id.clone(),
                expires_at: now + days(request.days),
            };
            if !queries::add_batch(tx, &batch, request.key.as_str(), now).await? {
                return queries::batch_of_form(tx, &staff.id, request.key.as_str()).await?.or_not_found();
            }
            for _ in 0..request.count {
                let voucher = Voucher {
                    id: app.new_id(),
                    kind,
                    state: VoucherState::Issued,
                    course: course.clone(),
                    amount,
                    share: Money::zero(amount.currency()),
                    instructor: None,
                    giver: None,
                    line: None,
                    card: GiftCard { recipient: String::new(), sender: String::new(), message: String::new() },
                    batch: Some(batch.id.clone()),
                    issued_at: Some(now),
                    expires_at: Some(batch.expires_at),
                    claimed_by: None,
                    held: false,
                    version: 1,
                };
                let hash = hash_of(&code(app, Purpose::Voucher, voucher.id.as_str()));
                queries::add(tx, &voucher, &hash, now).await?;
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
            queries::batch(tx, id).await?.or_not_found()?;
            if !queries::mark_exported(tx, id, &staff.id, app.now()).await? {
                return Err(no(Refusal::AlreadyExported));
            }
            audit_trail::record(app, tx, Deed::new("voucher_batch.exported", "voucher_batch", id).by(&staff.id)).await?;
            queries::of_batch(tx, id).await
        })
        .await?;
    let mut sheet = Sheet::new(&[locale::vouchers::code_column(lang), locale::vouchers::link_column(lang)]);
    for voucher in all {
        let code = code(app, Purpose::Voucher, voucher.as_str());
        sheet.row([code.grouped(), link(app, lang, &code)]);
    }
    Ok(sheet.finish())
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
