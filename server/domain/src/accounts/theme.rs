//! Colours of the interface, kept with the account, so that they are the same in every browser.

use super::queries::consents as queries;
use crate::{App, Member, Result};
use model::ids::AccountId;
use model::viewer::Theme;

pub async fn keep_theme(app: &App, member: &Member, theme: Theme) -> Result<()> {
    app.db.write(async |tx| queries::set_theme(tx, &member.id, theme).await).await
}

/// What they chose, if they did.
pub async fn theme_of(app: &App, account: &AccountId) -> Result<Option<Theme>> {
    queries::theme(&mut app.db.read().await?, account).await
}
