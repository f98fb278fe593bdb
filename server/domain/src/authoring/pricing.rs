//! What the course costs.

use super::author::Author;
use super::queries;
use crate::{App, Result};
use model::authoring::EditPrice;

/// Keeps the price: nothing, or at least one yuan; and the higher one it is compared with.
pub async fn save_price(app: &App, author: &Author, form: EditPrice) -> Result<()> {
    let (price, compare) = form.parse()?;
    let now = app.now();
    app.db
        .write(async |tx| {
            queries::save_price(tx, author.course(), price, compare).await?;
            queries::touch(tx, author.course(), now).await
        })
        .await
}
