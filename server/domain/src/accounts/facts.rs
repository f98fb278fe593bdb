//! What staff see of an account: facts, nothing that opens anything.

use super::{log, queries, second};
use crate::Result;
use model::Moment;
use model::accounts::{Incident, OpenSession, Profile, Role};
use model::ids::AccountId;
use store::Conn;

/// What is known of a person.
pub(crate) struct Facts {
    pub profile: Profile,
    pub email_verified: bool,
    pub has_password: bool,
    pub second_factor: bool,
    pub passkeys: u32,
    pub joined_at: Moment,
    pub roles: Vec<Role>,
    pub sessions: Vec<OpenSession>,
    pub log: Vec<Incident>,
}

/// None: there is no such person.
pub(crate) async fn facts(conn: &mut Conn, whom: &AccountId, now: Moment) -> Result<Option<Facts>> {
    let Some(profile) = queries::profile(conn, whom).await? else { return Ok(None) };
    let (joined_at, passkeys) = queries::standing::joined(conn, whom).await?;
    Ok(Some(Facts {
        profile,
        email_verified: queries::is_verified(conn, whom).await?,
        has_password: queries::password_of(conn, whom).await?.is_some(),
        second_factor: second::is_on(conn, whom).await?,
        passkeys,
        joined_at,
        roles: queries::roles::roles_of(conn, whom).await?,
        sessions: queries::sessions(conn, whom, now).await?,
        log: log::of(conn, whom).await?,
    }))
}
