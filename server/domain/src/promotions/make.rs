//! Making promotions, and ending them: the school's by its staff, an instructor's own by the instructor.
//!
//! The school's coupon is borne by both sides as they share the net; an instructor's comes out of their share alone and is for
//! their courses alone (docs/decisions.md).

use super::queries::{self, Narrowed, Promotion};
use super::tidy_code;
use crate::audit_trail::{self, Deed};
use crate::{App, Error, Member, Result, Staff, catalog};
use model::ids::{AccountId, PromotionId};
use model::paging::Leaf;
use model::promotions::{Coupons, Drafted, MOST_CODES, NewCoupon, Row, Scope};
use model::{Currency, Problem};
use store::Tx;

/// Whose promotion it is.
#[derive(Debug, Clone, Copy)]
pub enum Maker<'a> {
    School(&'a Staff),
    Instructor(&'a Member),
}

impl Maker<'_> {
    fn id(&self) -> &AccountId {
        match self {
            Maker::School(staff) => &staff.id,
            Maker::Instructor(member) => &member.id,
        }
    }
    /// The instructor whose share bears it.
    fn owner(&self) -> Option<&AccountId> {
        match self {
            Maker::School(_) => None,
            Maker::Instructor(member) => Some(&member.id),
        }
    }
}

/// Letters and digits that cannot be mistaken for one another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// So long is a code that we make up.
const LENGTH: usize = 10;

/// Makes a promotion with its codes.
pub async fn create(app: &App, maker: Maker<'_>, form: NewCoupon) -> Result<PromotionId> {
    let drafted = form.parse()?;
    app.db.write(async |tx| create_in(app, tx, maker, &drafted).await).await
}

/// The same within a transaction.
pub async fn create_in(app: &App, tx: &mut Tx, maker: Maker<'_>, drafted: &Drafted) -> Result<PromotionId> {
    let mut codes: Vec<String> = drafted.codes.iter().map(|code| tidy_code(code)).collect();
    codes.sort();
    codes.dedup();
    if codes.is_empty() {
        let count = usize::try_from(drafted.count).unwrap_or(1).min(MOST_CODES);
        codes = (0..count).map(|_| made_up(app)).collect();
    }
    let promotion = promotion(app, &maker, drafted);
    only_theirs(tx, &maker, drafted).await?;
    queries::add_promotion(tx, &promotion, maker.id(), app.now()).await?;
    for code in &codes {
        if !queries::add_code(tx, &promotion.id, code).await? {
            return Err(Error::field("codes", Problem::Taken));
        }
    }
    let detail = format!("{} {:?} {} codes", promotion.name, promotion.reduction, codes.len());
    let deed = Deed::new("promotion.created", "promotion", &promotion.id).by(maker.id()).detail(detail);
    audit_trail::record(app, tx, deed).await?;
    Ok(promotion.id)
}

fn promotion(app: &App, maker: &Maker<'_>, drafted: &Drafted) -> Promotion {
    let owner = maker.owner().cloned();
    let scope = match (drafted.courses.is_empty(), drafted.topics.is_empty(), &owner) {
        (false, ..) => Scope::Courses,
        (true, false, _) => Scope::Topics,
        (true, true, Some(_)) => Scope::Instructor,
        (true, true, None) => Scope::All,
    };
    let targets = match scope {
        Scope::Courses => drafted.courses.iter().map(ToString::to_string).collect(),
        Scope::Topics => drafted.topics.clone(),
        Scope::All | Scope::Instructor => Vec::new(),
    };
    Promotion {
        id: app.new_id(),
        name: drafted.name.clone(),
        reduction: drafted.reduction,
        currency: Currency::Cny,
        scope,
        targets,
        instructor: owner,
        first_order: drafted.first_order,
        max_uses: drafted.most,
        per_person: drafted.per_person,
        used: 0,
        returns: drafted.returns,
        starts_at: drafted.starts_at.unwrap_or(app.now()),
        ends_at: drafted.ends_at,
    }
}

/// Courses and topics that are there; an instructor's own courses for an instructor.
async fn only_theirs(tx: &mut Tx, maker: &Maker<'_>, drafted: &Drafted) -> Result<()> {
    let choice = catalog::bundled::choice(tx, maker.owner()).await?;
    if !drafted.courses.iter().all(|course| choice.iter().any(|(id, ..)| id == course)) {
        return Err(Error::field("course", Problem::NotAChoice));
    }
    let topics = catalog::topics(tx).await?;
    let known = |topic: &String| maker.owner().is_none() && topics.iter().any(|known| known.slug.as_str() == topic);
    if !drafted.topics.iter().all(known) {
        return Err(Error::field("topic", Problem::NotAChoice));
    }
    Ok(())
}

fn made_up(app: &App) -> String {
    let mut random = [0u8; LENGTH];
    app.ports.chance.fill(&mut random);
    random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// Ends a promotion now. Orders that have reserved a use of it keep that.
pub async fn end(app: &App, maker: Maker<'_>, id: &PromotionId) -> Result<()> {
    app.db
        .write(async |tx| {
            let found = queries::promotion(tx, id).await?;
            let theirs = |promotion: &Promotion| maker.owner().is_none() || promotion.instructor.as_ref() == maker.owner();
            let promotion = found.filter(theirs).ok_or_else(Error::not_found)?;
            if promotion.ends_at.is_some_and(|end| end <= app.now()) {
                return Ok(());
            }
            queries::end_promotion(tx, id, app.now()).await?;
            audit_trail::record(app, tx, Deed::new("promotion.ended", "promotion", id).by(maker.id())).await?;
            Ok::<_, Error>(())
        })
        .await
}

const PER_PAGE: u32 = 30;

/// A page of promotions, the latest first: of all of them for staff, of their own for an instructor.
pub async fn list(app: &App, maker: Maker<'_>, page: u32) -> Result<Coupons> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count(&mut conn, maker.owner()).await?);
    let narrowed = Narrowed { owner: maker.owner(), limit: leaf.limit(), offset: leaf.offset(), ..Narrowed::default() };
    let courses = catalog::bundled::choice(&mut conn, maker.owner()).await?;
    Ok(Coupons {
        rows: leaf.with(queries::listed(&mut conn, &narrowed, app.now()).await?),
        courses: courses.into_iter().map(|(id, title, _)| (id, title)).collect(),
        topics: if maker.owner().is_none() { catalog::topics(&mut conn).await? } else { Vec::new() },
        staff: maker.owner().is_none(),
        fee_percent: 10_000_u32.saturating_sub(app.settings.instructor_share_bp) / 100,
    })
}

/// The promotions that come after `after` in the list, at most `limit`.
pub async fn list_after(app: &App, maker: Maker<'_>, after: Option<&PromotionId>, limit: u32) -> Result<Vec<Row>> {
    let narrowed = Narrowed { owner: maker.owner(), after, limit: i64::from(limit), ..Narrowed::default() };
    queries::listed(&mut app.db.read().await?, &narrowed, app.now()).await
}

/// One promotion with all of its codes.
pub async fn show(app: &App, maker: Maker<'_>, id: &PromotionId) -> Result<Row> {
    let mut conn = app.db.read().await?;
    let narrowed = Narrowed { owner: maker.owner(), only: Some(id), limit: 1, ..Narrowed::default() };
    let mut row = queries::listed(&mut conn, &narrowed, app.now()).await?.into_iter().next().ok_or_else(Error::not_found)?;
    row.codes = queries::codes(&mut conn, id, i64::from(row.codes_in_all)).await?;
    Ok(row)
}
