//! What the provider itself has booked.

use store::{Conn, Result, Tx, sql};

/// One line of the gateway's books.
pub(crate) struct Movement {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) payment_id: Option<String>,
    /// The refund, dispute or payout.
    pub(crate) about: Option<String>,
    pub(crate) reference: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) moved_at: i64,
}

pub(crate) async fn book(tx: &mut Tx, movement: &Movement) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO movements (id, kind, payment_id, about, reference, amount, currency, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    ))
    .bind(&movement.id)
    .bind(&movement.kind)
    .bind(movement.payment_id.as_deref())
    .bind(movement.about.as_deref())
    .bind(&movement.reference)
    .bind(movement.amount)
    .bind(&movement.currency)
    .bind(movement.moved_at)
    .write()
    .await
}

/// The books, oldest line first, each with whose payment it is about.
pub(crate) async fn movements(conn: &mut Conn) -> Result<Vec<(Movement, String)>> {
    conn.query(sql!(
        "SELECT movements.*, COALESCE(payments.dialect, 'sandbox') AS dialect
           FROM movements LEFT JOIN payments ON payments.id = movements.payment_id
          ORDER BY movements.moved_at, movements.id"
    ))
    .all(|row| {
        let movement = Movement {
            id: row.get("id")?,
            kind: row.get("kind")?,
            payment_id: row.get("payment_id")?,
            about: row.get("about")?,
            reference: row.get("reference")?,
            amount: row.get("amount")?,
            currency: row.get("currency")?,
            moved_at: row.get("moved_at")?,
        };
        Ok((movement, row.get("dialect")?))
    })
    .await
}
