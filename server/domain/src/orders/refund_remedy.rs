//! What people do with a refund that the provider leads nowhere: one proposes, another confirms.

use super::checkout::refuse;
use super::queries::{self, Refund};
use super::refund::{change, locked, note, succeeded};
use super::refund_state::RefundEvent;
use super::settle::links;
use crate::audit_trail::{self, Deed};
use crate::ledger::{self, Account, Entry, Kind, Links};
use crate::{App, Error, Result, Staff};
use model::ids::OrderId;
use model::orders::Refusal;
use model::payments::RefundState;
use model::refunds::{Propose, Remedy};

/// Proposes a way out, in place of what was proposed before.
pub async fn propose_remedy(app: &App, staff: &Staff, form: Propose) -> Result<OrderId> {
    let (id, remedy, text) = form.parse()?;
    let outcome = app
        .db
        .write(async |tx| {
            let (order, _, refund) = locked(tx, &id).await?;
            if order.account == staff.id {
                return Err(refuse(Refusal::SecondPerson));
            }
            if refund.state != RefundState::NeedsAttention {
                return Err(refuse(Refusal::Transition));
            }
            queries::set_remedy(tx, &id, Some((remedy, &staff.id, &text))).await?;
            let said = Refund { reason: format!("{remedy}: {text}"), ..refund };
            note(app, tx, &said, "remedy_proposed", Some(&staff.id)).await?;
            Ok::<_, Error>(order.id)
        })
        .await;
    let wanted = Deed::new("refund.refused", "refund", &id).by(&staff.id).detail("Propose");
    audit_trail::noting(app, wanted, outcome).await
}

/// A second person, not the one whose money it is, confirms what was proposed as they saw it, and it is done.
pub async fn confirm_remedy(app: &App, staff: &Staff, form: Propose) -> Result<OrderId> {
    let (id, remedy, text) = form.parse()?;
    let id = &id;
    let outcome = app
        .db
        .write(async |tx| {
            let (order, attempt, refund) = locked(tx, id).await?;
            // something else may have been proposed since
            let as_shown = refund.remedy == Some(remedy) && refund.remedy_note == text;
            if refund.state != RefundState::NeedsAttention || !as_shown {
                return Err(refuse(Refusal::Transition));
            }
            if refund.remedy_by.as_ref() == Some(&staff.id) || order.account == staff.id {
                return Err(refuse(Refusal::SecondPerson));
            }
            queries::set_remedy(tx, id, None).await?;
            match remedy {
                Remedy::Retry => {
                    change(app, tx, &refund, RefundEvent::Retry, Some(&staff.id)).await?;
                    queries::set_refund_due(tx, id, Some(app.now()), 0).await?;
                    tx.wake();
                }
                Remedy::Paid => {
                    change(app, tx, &refund, RefundEvent::PaidByHand, Some(&staff.id)).await?;
                    succeeded(app, tx, &order, &refund).await?;
                    // the provider still has the money: it was our bank that paid
                    let attempt = attempt.ok_or_else(|| Error::bug("a refund that needs attention without a payment"))?;
                    let links = Links { refund: Some(id.to_string()), ..links(&order, &attempt) };
                    let psp = Account::Psp(attempt.provider);
                    let entry = Entry::new(links).moved(psp, Account::Bank, refund.due, Kind::PaidByHand);
                    ledger::post(app, tx, &entry).await?;
                }
            }
            Ok::<_, Error>(order.id)
        })
        .await;
    let wanted = Deed::new("refund.refused", "refund", id).by(&staff.id).detail("Confirm");
    audit_trail::noting(app, wanted, outcome).await
}
