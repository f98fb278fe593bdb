//! Bundles: several courses sold together for less than their sum. An instructor's holds their own courses only; staff's any.

use super::queries::bundles as queries;
use crate::audit_trail::{self, Deed};
use crate::events::{self, Event, Happening};
use crate::{App, Error, Member, Result};
use model::accounts::Role;
use model::cart::{BundleDraft, BundleRow, Bundles, NewBundle};
use model::ids::{AccountId, BundleId, CourseId};
use model::paging::Leaf;
use model::{Money, Problem};
use store::{Conn, Tx};

/// Bundles on one page.
const PER_PAGE: u32 = 30;

/// The courses that one can choose from, with their titles and prices: an instructor's own, or all.
pub async fn choice(conn: &mut Conn, owner: Option<&AccountId>) -> Result<Vec<(CourseId, String, Money)>> {
    queries::choice(conn, owner).await
}

/// Staff may bundle any courses.
fn owner(maker: &Member) -> Option<&AccountId> {
    (!maker.me.has(Role::Admin)).then_some(&maker.id)
}

/// Makes a bundle and offers it.
pub async fn create(app: &App, maker: &Member, form: NewBundle) -> Result<BundleId> {
    let draft = form.parse()?;
    app.db.write(async |tx| create_in(app, tx, maker, &draft).await).await
}

/// The same within a transaction.
pub async fn create_in(app: &App, tx: &mut Tx, maker: &Member, draft: &BundleDraft) -> Result<BundleId> {
    let id: BundleId = app.new_id();
    let sum = sum(&choice(tx, owner(maker)).await?, draft)?;
    if draft.price.minor() >= sum.minor() {
        return Err(Error::field("price", Problem::OutOfRange { min: 0, max: (sum.minor() - 1) / 100 }));
    }
    let added = queries::add(tx, app, &id, maker, draft).await;
    added.map_err(|cause| cause.taken_if("bundles.slug", "slug"))?;
    let detail = format!("{} {}", draft.title, draft.price.minor());
    audit_trail::record(app, tx, Deed::new("bundle.created", "bundle", &id).by(&maker.id).detail(detail)).await?;
    events::announce(app, tx, Event::new(Happening::BundleChanged, &id).of(&maker.id)).await?;
    Ok(id)
}

/// What the courses cost one by one; refused where one cannot be chosen.
fn sum(choice: &[(CourseId, String, Money)], draft: &BundleDraft) -> Result<Money> {
    let mut sum = Money::zero(draft.price.currency());
    for course in &draft.courses {
        let found = choice.iter().find(|(id, ..)| id == course);
        let price = found.map(|(_, _, price)| *price).filter(|price| price.currency() == sum.currency());
        sum = sum.plus(price.ok_or_else(|| Error::field("course", Problem::NotAChoice))?)?;
    }
    Ok(sum)
}

/// Takes a bundle off the market, or offers it again. Who has bought it keeps everything.
pub async fn set_listed(app: &App, maker: &Member, id: &BundleId, listed: bool) -> Result<()> {
    app.db
        .write(async |tx| {
            if !queries::set_listed(tx, id, owner(maker), listed).await? {
                return Err(Error::not_found());
            }
            let action = if listed { "bundle.listed" } else { "bundle.unlisted" };
            audit_trail::record(app, tx, Deed::new(action, "bundle", id).by(&maker.id)).await?;
            events::announce(app, tx, Event::new(Happening::BundleChanged, id).of(&maker.id)).await?;
            Ok::<_, Error>(())
        })
        .await
}

/// The page where bundles are made, with a page of those that were.
pub async fn bundles(app: &App, maker: &Member, page: u32) -> Result<Bundles> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count(&mut conn, owner(maker)).await?);
    let rows = queries::made_by(&mut conn, owner(maker), leaf).await?;
    Ok(Bundles { rows: leaf.with(rows), courses: choice(&mut conn, owner(maker)).await? })
}

/// Bundles on offer that hold this course.
pub async fn with_course(conn: &mut Conn, course: &CourseId) -> Result<Vec<BundleRow>> {
    queries::with_course(conn, course).await
}
