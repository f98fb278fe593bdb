//! Letters about how people stand: roles, being kept out, codes that were lost.

use crate::events::{Logged, Occasion};
use crate::{App, Error, Result, accounts};
use locale::letters::Words;
use locale::standing;
use model::accounts::Role;
use model::ids::{EventId, RoleRequestId};
use model::{Lang, routes};
use serde::Deserialize;
use store::Conn;

/// What these events tell beyond their subject.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    role: Option<Role>,
    request: Option<RoleRequestId>,
    suspension: Option<EventId>,
}

pub(super) fn is_one(occasion: Occasion) -> bool {
    use Occasion::{Restored, RoleAsked, RoleDecided, RoleGiven, RoleTaken, SecondFactorLost, Suspended};
    matches!(occasion, Restored | RoleAsked | RoleDecided | RoleGiven | RoleTaken | SecondFactorLost | Suspended)
}

pub(super) async fn words(
    app: &App,
    conn: &mut Conn,
    logged: &Logged,
    occasion: Occasion,
    (lang, name): (Lang, &str),
    at: &(dyn Fn(String) -> String + Send + Sync),
) -> Result<Option<Words>> {
    let told: Told = serde_json::from_str(&logged.event.detail).map_err(Error::bug)?;
    let sign_in = || at(routes::login(lang));
    Ok(match occasion {
        Occasion::RoleAsked | Occasion::RoleDecided => {
            let Some(id) = told.request else { return Ok(None) };
            let page = at(routes::admin_roles(lang));
            accounts::role_request(conn, app, &id).await?.map(|request| match occasion {
                Occasion::RoleAsked => standing::role_asked(lang, name, &request, &page),
                _ => standing::role_decided(lang, name, &request, &page),
            })
        }
        Occasion::RoleGiven => told.role.map(|role| standing::role_given(lang, name, role, &sign_in())),
        Occasion::RoleTaken => told.role.map(|role| standing::role_taken(lang, name, role, &sign_in())),
        Occasion::Suspended => {
            let Some(id) = told.suspension else { return Ok(None) };
            accounts::suspension_reason(conn, &id).await?.map(|reason| standing::suspended(lang, name, &reason))
        }
        Occasion::Restored => Some(standing::restored(lang, name, &sign_in())),
        Occasion::SecondFactorLost => Some(standing::second_factor_lost(lang, name, &at(routes::second_factor(lang)))),
        _ => None,
    })
}
