//! What the course promises its buyers, and who else earns with it.

use super::author::Author;
use crate::{App, Result, earnings};
use model::earnings::{CourseTerms, EditPolicy};
use model::ids::AccountId;
use model::text::Email;

/// Promise and co-authors.
pub async fn terms(app: &App, author: &Author) -> Result<CourseTerms> {
    earnings::course_terms(&mut app.db.read().await?, author.course()).await
}

/// Sets the promise for whoever buys from now on.
pub async fn promise(app: &App, author: &Author, form: EditPolicy) -> Result<()> {
    earnings::set_policy(app, author.account(), author.course(), form.parse()?).await
}

/// Gives another instructor a part; a part of nought takes them out.
pub async fn share_with(app: &App, author: &Author, email: &Email, share_bp: u32) -> Result<()> {
    earnings::set_author(app, author.account(), author.course(), email, share_bp).await
}

/// Takes somebody out.
pub async fn share_no_more(app: &App, author: &Author, with: &AccountId) -> Result<()> {
    earnings::drop_author(app, author.account(), author.course(), with).await
}
