//! A bundle's page: what is in it, what it costs, and what of it the person looking has already.

use super::offer::{Asking, offer};
use super::queries;
use crate::error::OrNotFound;
use crate::{App, Result, Visitor, entitlement};
use model::cart::{BundleCourse, BundlePage};
use model::orders::{Item, LineKind};
use model::text::Slug;
use model::{Fault, Money};
use std::collections::BTreeMap;

/// The page of the bundle at `slug`; one that is not offered any more is not there.
pub async fn show_bundle(app: &App, visitor: &Visitor, slug: &Slug) -> Result<BundlePage> {
    let mut conn = app.db.read().await?;
    let (id, promise) = queries::bundle_at(&mut conn, slug).await?.or_not_found()?;
    let row = queries::bundle(&mut conn, id.as_str()).await?.or_not_found()?;
    if !row.listed {
        return Err(Fault::NotFound.into());
    }
    let me = visitor.me.as_ref().map(|me| &me.id);
    let asking = Asking { buyer: me, brought: &BTreeMap::new() };
    let offered = offer(app, &mut conn, &asking, &Item::of(LineKind::Bundle, &id)).await?.or_not_found()?;
    let mut sum = Money::zero(row.price.currency());
    let mut courses = Vec::new();
    for course in &row.courses {
        sum = sum.plus(course.price)?;
        let owned = match me {
            Some(me) => entitlement::owns_for_good(&mut conn, me, &course.course, app.now()).await?,
            None => false,
        };
        courses.push(BundleCourse {
            id: course.course.clone(),
            slug: course.slug.clone(),
            title: course.title.clone(),
            promise: queries::promise(&mut conn, course.course.as_str()).await?,
            instructor: course.instructor_name.clone(),
            price: course.price,
            lessons: course.lessons,
            seconds: course.seconds,
            owned,
        });
    }
    Ok(BundlePage {
        id,
        slug: row.slug,
        title: row.title,
        promise,
        seller: row.instructor_name,
        courses,
        sum,
        price: row.price,
        yours: offered.price,
        bar: offered.bar,
    })
}
