//! The page where interests are chosen: the catalog's topics and the person's choice among them.

use crate::{App, Member, Result, accounts, catalog};
use model::accounts::Interests;

pub async fn interests(app: &App, member: &Member) -> Result<Interests> {
    let mut conn = app.db.read().await?;
    let topics = catalog::topics(&mut conn).await?;
    let chosen = accounts::interests(&mut conn, &member.id).await?;
    Ok(Interests { topics, chosen })
}
