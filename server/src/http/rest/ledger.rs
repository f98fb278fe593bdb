//! The ledger: one's own accounts; finance sees all.

use super::Site;
use super::caller::Caller;
use super::paging::{Listed, Piece};
use super::problem::Problem;
use super::refused;
use super::wire::{Money, time};
use axum::Json;
use axum::extract::State;
use domain::ledger::{self, Whose};
use model::accounts::Role;
use model::tokens::Scope;
use serde::Serialize;
use utoipa::ToSchema;

/// Who sees every account.
const ALL_ACCOUNTS: &[Role] = &[Role::Finance, Role::Admin];

/// An account and what stands on it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Balance {
    /// `wallet:…`, `instr_pending:…`, `revenue`…
    account: String,
    /// Credits minus debits that are final.
    posted: Money,
    /// Reserved to come in, and to go out.
    incoming: Money,
    outgoing: Money,
}

/// One movement: the same amount out of one account and into another.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transfer {
    id: String,
    /// Its place in the chain.
    sequence: i64,
    debit: String,
    credit: String,
    amount: Money,
    kind: String,
    /// `single`, `pending`, `post` or `void`.
    phase: String,
    order: Option<String>,
    refund: Option<String>,
    at: String,
}

impl From<ledger::Transfer> for Transfer {
    fn from(transfer: ledger::Transfer) -> Self {
        Self {
            id: transfer.id.to_string(),
            sequence: transfer.seq,
            debit: transfer.moved.debit,
            credit: transfer.moved.credit,
            amount: transfer.moved.amount.into(),
            kind: transfer.moved.kind.to_string(),
            phase: transfer.moved.phase.word().to_owned(),
            order: transfer.links.order,
            refund: transfer.links.refund,
            at: time(transfer.at),
        }
    }
}

fn whose(caller: &Caller) -> Result<Whose, Problem> {
    let owner = caller.may(Scope::LedgerRead)?.id.clone();
    let staff = caller.staff(Scope::LedgerRead, ALL_ACCOUNTS)?;
    Ok(staff.map_or(Whose::Of(owner), Whose::Everybodys))
}

/// Balances: one's own accounts; finance sees all.
#[utoipa::path(get, path = "/ledger/balances", tag = "ledger", responses(
    (status = 200, body = Vec<Balance>), (status = 401, body = Problem), (status = 403, body = Problem), (status = 503, body = Problem)
))]
pub async fn balances(State(site): State<Site>, caller: Caller) -> Result<Json<Vec<Balance>>, Problem> {
    let whose = whose(&caller)?;
    let found = ledger::balances(&site.app, &whose).await.map_err(|cause| caller.problem(cause))?;
    let shown = found.into_iter().map(|balance| Balance {
        account: balance.account,
        posted: balance.posted.into(),
        incoming: balance.incoming.into(),
        outgoing: balance.outgoing.into(),
    });
    Ok(Json(shown.collect()))
}

/// Movements, oldest first: those of one's own accounts; finance sees all.
#[utoipa::path(get, path = "/ledger/transfers", tag = "ledger", params(Piece),
    responses((status = 200, body = Listed<Transfer>), refused::List))]
pub async fn transfers(State(site): State<Site>, caller: Caller, piece: Piece) -> Result<Json<Listed<Transfer>>, Problem> {
    let whose = whose(&caller)?;
    let after = match &piece.cursor {
        Some(cursor) => cursor.parse::<i64>().map_err(|_| Problem::field("cursor", "not a cursor of this list"))?,
        None => 0,
    };
    let limit = piece.limit();
    let found = ledger::transfers(&site.app, &whose, after, i64::from(limit) + 1).await.map_err(|cause| caller.problem(cause))?;
    let items: Vec<Transfer> = found.into_iter().map(Transfer::from).collect();
    Ok(Json(Listed::of(items, limit, |transfer| transfer.sequence.to_string())))
}
