//! What a course promises its buyers and its authors.

use super::queries;
use crate::audit_trail::{self, Deed};
use crate::events::{self, Event, Happening, Occasion};
use crate::{App, Error, Result};
use model::Problem;
use model::accounts::Role;
use model::earnings::{CourseTerms, Refusal};
use model::ids::{AccountId, CourseId, OrderLineId};
use model::refunds::RefundPolicy;
use model::text::Email;
use store::Conn;

/// The promise as it stands today.
pub async fn policy_of(conn: &mut Conn, course: &CourseId) -> Result<RefundPolicy> {
    Ok(queries::policy(conn, course).await?.unwrap_or(RefundPolicy::HOUSE))
}

/// The strictest of several: what holds for all of them together.
pub async fn policy_of_all(conn: &mut Conn, courses: &[CourseId]) -> Result<RefundPolicy> {
    let mut strictest: Option<RefundPolicy> = None;
    for course in courses {
        let policy = policy_of(conn, course).await?;
        strictest = Some(strictest.map_or(policy, |so_far| RefundPolicy {
            days: so_far.days.min(policy.days),
            studied: so_far.studied.min(policy.studied),
        }));
    }
    Ok(strictest.unwrap_or(RefundPolicy::HOUSE))
}

/// The promise as it stood when a line was ordered.
pub async fn frozen_policy(conn: &mut Conn, line: &OrderLineId) -> Result<RefundPolicy> {
    Ok(queries::frozen_policy(conn, line).await?.unwrap_or(RefundPolicy::HOUSE))
}

/// Everything that is agreed for a course, for its owner.
pub async fn course_terms(conn: &mut Conn, course: &CourseId) -> Result<CourseTerms> {
    let authors = queries::co_authors(conn, course).await?;
    let shared: u32 = authors.iter().map(|author| author.share_bp).sum();
    Ok(CourseTerms { policy: policy_of(conn, course).await?, authors, own_bp: 10_000u32.saturating_sub(shared) })
}

/// Sets the promise for whoever buys from now on.
pub async fn set_policy(app: &App, owner: &AccountId, course: &CourseId, policy: RefundPolicy) -> Result<()> {
    app.db
        .write(async |tx| {
            queries::set_policy(tx, course, policy, app.now()).await?;
            let detail = format!("{} days, {} per cent", policy.days, policy.studied);
            audit_trail::record(app, tx, Deed::new("course.refund_policy", "course", course).by(owner).detail(detail)).await?;
            events::announce(app, tx, Event::new(Happening::CourseChanged, course).of(owner)).await
        })
        .await
}

/// Gives an instructor a part of what the course earns from now on; a part of nought takes them out.
pub async fn set_author(app: &App, owner: &AccountId, course: &CourseId, email: &Email, share_bp: u32) -> Result<()> {
    app.db
        .write(async |tx| {
            // one at a time, so that the parts never come to more than everything
            queries::lock_account(tx, owner).await?;
            let Some((account, roles)) = queries::who_has(tx, email).await? else {
                return Err(refuse(Refusal::NotAnInstructor));
            };
            if &account == owner {
                return Err(Error::field("email", Problem::NotAChoice));
            }
            if !roles.contains(&Role::Instructor) {
                return Err(refuse(Refusal::NotAnInstructor));
            }
            let others: u32 =
                queries::authors(tx, course).await?.iter().filter(|(who, _)| *who != account).map(|(_, bp)| *bp).sum();
            if others.saturating_add(share_bp) > 10_000 {
                return Err(refuse(Refusal::TooMuchShared));
            }
            match share_bp {
                0 => queries::drop_author(tx, course, &account).await?,
                bp => queries::put_author(tx, course, &account, bp).await?,
            }
            let detail = format!("{account} {share_bp}");
            audit_trail::record(app, tx, Deed::new("course.share", "course", course).by(owner).detail(detail)).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::SharesChanged).of(owner)).await
        })
        .await
}

/// Takes somebody out.
pub async fn drop_author(app: &App, owner: &AccountId, course: &CourseId, author: &AccountId) -> Result<()> {
    app.db
        .write(async |tx| {
            queries::drop_author(tx, course, author).await?;
            let detail = format!("{author} 0");
            audit_trail::record(app, tx, Deed::new("course.share", "course", course).by(owner).detail(detail)).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::SharesChanged).of(owner)).await
        })
        .await
}

fn refuse(refusal: Refusal) -> Error {
    Error::refuse(model::Refusal::Earnings(refusal))
}
