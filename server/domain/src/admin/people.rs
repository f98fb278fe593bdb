//! People: found by name, address or id, and looked at one by one.

use super::keyset::{Key, page};
use super::queries::people::{self as queries, Narrowed};
use crate::error::OrNotFound;
use crate::{App, Result, Staff, accounts, audit_trail};
use model::accounts::Role;
use model::admin::{PeopleFilter, STEWARDS, StaffPeople, StaffPersonPage, Standing, may_see_as};
use model::ids::AccountId;
use model::orders::TrailView;

const PER_PAGE: usize = 40;
/// So many lines of the trail stand on a person's page.
const TRAIL: usize = 40;

/// People by what staff look for, the latest first. Without a member of staff: the operator at the command line asks.
pub async fn list_people(app: &App, _staff: Option<&Staff>, filter: PeopleFilter) -> Result<StaffPeople> {
    let like = crate::orders::like(&filter.q);
    let role = Some(filter.role.as_str()).filter(|role| *role == "learner" || role.parse::<Role>().is_ok());
    let narrowed = Narrowed {
        like: like.as_deref(),
        id: filter.q.trim(),
        role,
        state: filter.state.parse::<Standing>().ok(),
        after: Key::read(&filter.after),
        limit: i64::try_from(PER_PAGE + 1).unwrap_or(i64::MAX),
    };
    let found = queries::people(&mut app.db.read().await?, &narrowed, app.now()).await?;
    let (people, next) = page(found, PER_PAGE, |person| Key::of(person.joined_at, person.id.as_str()));
    Ok(StaffPeople { filter, people, next })
}

/// One person with everything that answers a question about them.
pub async fn person(app: &App, staff: &Staff, whom: &AccountId) -> Result<StaffPersonPage> {
    let (mut conn, now) = (app.db.read().await?, app.now());
    let facts = accounts::facts(&mut conn, whom, now).await?.or_not_found()?;
    let (courses, orders) = queries::bought(&mut conn, whom, now).await?;
    let trail = audit_trail::of(&mut conn, &[whom.to_string()]).await?;
    let mine = accounts::roles_of(&mut conn, &staff.id).await?;
    let steward = mine.iter().any(|role| STEWARDS.contains(role));
    let another = *whom != staff.id;
    let below = another && may_see_as(&mine, &facts.roles);
    Ok(StaffPersonPage {
        id: whom.clone(),
        handle: facts.profile.handle,
        name: facts.profile.name,
        email: facts.profile.email,
        email_verified: facts.email_verified,
        lang: facts.profile.lang,
        joined_at: facts.joined_at,
        has_password: facts.has_password,
        second_factor: facts.second_factor,
        passkeys: facts.passkeys,
        courses,
        orders,
        roles: facts.roles,
        suspended: accounts::suspension(&mut conn, whom).await?,
        sessions: facts.sessions,
        log: facts.log,
        trail: trail
            .into_iter()
            .rev()
            .take(TRAIL)
            .map(|done| TrailView { action: done.action, actor: done.actor, detail: done.detail, at: done.at })
            .collect(),
        asked: accounts::role_requests_about(&mut conn, app, staff, whom).await?,
        may_ask: steward && another,
        may_suspend: below,
        may_end_sessions: below || mine.contains(&Role::Admin),
        may_see_as: below,
    })
}
