//! What nobody but a story does to the books.

use crate::Result;
use model::ids::OrderId;
use model::time::Span;
use store::{Tx, sql};

/// The order says that everything went back.
pub async fn all_went_back(tx: &mut Tx, order: &OrderId) -> Result<()> {
    tx.query(sql!("UPDATE orders SET refund_state = 'full' WHERE id = $1")).bind(order.as_str()).execute().await?;
    Ok(())
}

/// What is suspended is not, and the other way round.
pub async fn passes_turned(tx: &mut Tx) -> Result<()> {
    tx.query(sql!("UPDATE passes SET suspended = NOT suspended")).execute().await?;
    Ok(())
}

/// Every charge that nobody was present for happened so much later.
pub async fn charged_later(tx: &mut Tx, span: Span) -> Result<()> {
    tx.query(sql!("UPDATE subscription_charges SET at = at + $1")).bind(span.millis()).execute().await?;
    Ok(())
}
