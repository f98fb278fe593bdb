//! The staff's side: one approves, another sends it, through a provider or at the bank by hand, and says what became of it.

use super::queries::{self, Payout, Queued};
use super::send::{self, happened};
use super::state::{Event, events, is_possible};
use super::{bank, refuse};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::payments;
use crate::secrets::hash;
use crate::{App, Error, Result, Staff, earnings, ledger};
use model::earnings::{MovePayout, PayoutMove, PayoutState, Refusal, StaffPayout};
use model::paging::{Leaf, Page};
use store::Tx;

const PER_PAGE: u32 = 30;

/// A page of payouts, those that wait for a person first.
pub async fn list(app: &App, staff: &Staff, page: u32) -> Result<Page<StaffPayout>> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count(&mut conn).await?);
    let mut all = Vec::new();
    for queued in queries::queue(&mut conn, leaf).await? {
        let payable = earnings::balance(&mut conn, &queued.payout.account, queued.payout.amount.currency()).await?.payable;
        let moves = moves(app, staff, &queued.payout);
        let sends = moves.contains(&PayoutMove::Sent);
        let Queued { payout, name, email, approver, sender, sealed } = queued;
        all.push(StaffPayout {
            bank: if sends { Some(bank::opened(app, &payout.account, &sealed)?) } else { None },
            payout: payout.shown(),
            name,
            email,
            approved_by: approver,
            sent_by: sender,
            moves,
            payable,
        });
    }
    Ok(leaf.with(all))
}

/// What this person may do with it now.
fn moves(app: &App, staff: &Staff, payout: &Payout) -> Vec<PayoutMove> {
    let can = |step: PayoutMove| step != PayoutMove::Send || send::provider(app, payout.amount.currency()).is_some();
    PayoutMove::ALL
        .iter()
        .copied()
        .filter(|step| can(*step) && is_possible(*step, payout.state) && may(staff, payout, *step))
        .collect()
}

/// Nobody pays themselves, who approved does not send, and what a provider is asked about is left to its answers.
fn may(staff: &Staff, payout: &Payout, step: PayoutMove) -> bool {
    let sends = payout.state == PayoutState::Approved && matches!(step, PayoutMove::Send | PayoutMove::Sent | PayoutMove::Lost);
    let asking = payout.provider.is_some() && payout.due_at.is_some();
    payout.account != staff.id && !asking && !(sends && payout.approved_by.as_ref() == Some(&staff.id))
}

/// One move of staff with a payout.
pub async fn step_on(app: &App, staff: &Staff, form: MovePayout) -> Result<()> {
    let (id, wanted, note) = form.parse()?;
    let outcome = app
        .db
        .write(async |tx| {
            let mut payout = queries::lock(tx, &id).await?.or_not_found()?;
            if !is_possible(wanted, payout.state) {
                return Err(refuse(Refusal::Transition));
            }
            if !may(staff, &payout, wanted) {
                return Err(refuse(Refusal::SecondPerson));
            }
            if wanted == PayoutMove::Send {
                let provider = send::provider(app, payout.amount.currency());
                payout.provider = Some(provider.ok_or_else(|| refuse(Refusal::NoProvider))?);
            }
            for event in events(wanted, payout.state) {
                if *event == Event::Submit {
                    is_there(tx, &payout).await?;
                }
                payout = happened(app, tx, payout, *event, &note, Some(&staff.id)).await?;
            }
            if wanted == PayoutMove::Send {
                hand_over(app, tx, &payout).await?;
            }
            Ok::<_, Error>(())
        })
        .await;
    let refused = Deed::new("payout.refused", "payout", &id).by(&staff.id).detail(wanted.as_str());
    audit_trail::noting(app, refused, outcome).await
}

/// Everything that is to be sent is payable still, and its bank account is still the instructor's.
async fn is_there(tx: &mut Tx, payout: &Payout) -> Result<()> {
    queries::lock_account(tx, &payout.account).await?;
    if queries::bank(tx, &payout.account).await?.is_none_or(|bank| bank.id != payout.bank) {
        return Err(refuse(Refusal::BankReplaced));
    }
    // a refund that takes back from it comes before this, or after
    ledger::hold(tx).await?;
    let has = earnings::balance(tx, &payout.account, payout.amount.currency()).await?.payable;
    match has.minor() < payout.amount.minor() {
        true => Err(refuse(Refusal::BalanceChanged { payable: has })),
        false => Ok(()),
    }
}

/// The call is written down with its key before it is made.
async fn hand_over(app: &App, tx: &mut Tx, payout: &Payout) -> Result<()> {
    let Some(provider) = payout.provider else { return Ok(()) };
    let request = hash(&format!("{} {} {}", payout.bank, payout.amount.minor(), payout.amount.currency()));
    payments::note_call(tx, payout.id.as_str(), provider, &request, app.now()).await?;
    queries::set_due(tx, &payout.id, Some(app.now()), 0).await?;
    tx.wake();
    Ok(())
}
