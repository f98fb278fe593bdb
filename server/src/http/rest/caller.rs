//! Who calls: a program with a token, or a page of ours with its session.

use super::Site;
use super::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::{App, Member, Staff, Visitor, accounts, tokens};
use model::Lang;
use model::accounts::Role;
use model::tokens::Scope;

/// A caller that is known.
#[derive(Debug, Clone)]
pub struct Caller {
    visitor: Visitor,
    member: Member,
    /// None: a session, which may whatever its person may.
    scopes: Option<Vec<Scope>>,
}

impl Caller {
    /// The language errors are told in.
    pub fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// The network the call came from, for limits.
    pub fn network(&self) -> &str {
        &self.visitor.network
    }

    /// The person, if the token holds the scope.
    pub fn may(&self, scope: Scope) -> Result<&Member, Problem> {
        match &self.scopes {
            Some(scopes) if !scopes.contains(&scope) => Err(Problem::out_of_scope(scope.as_str())),
            _ => Ok(&self.member),
        }
    }

    /// The person in one of the staff's roles, if they have one and the token holds the scope.
    pub fn staff(&self, scope: Scope, roles: &[Role]) -> Result<Option<Staff>, Problem> {
        self.may(scope)?;
        Ok(self.visitor.staff(roles).ok())
    }

    /// Before money goes out, a person at a browser shows again who they are; a program's token was made for it.
    pub fn prove(&self, app: &App) -> Result<(), Problem> {
        match self.scopes {
            Some(_) => Ok(()),
            None => accounts::require_proof(app, &self.visitor).map_err(|cause| self.problem(cause)),
        }
    }

    /// What the domain refused, in the caller's language.
    pub fn problem(&self, cause: impl Into<domain::Error>) -> Problem {
        Problem::from_error(self.lang(), cause.into())
    }
}

impl FromRequestParts<Site> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let visitor = parts.extensions.get::<Visitor>().cloned().ok_or_else(Problem::unauthorized)?;
        let Some(header) = parts.headers.get(AUTHORIZATION) else {
            let member = visitor.member().map_err(|_| Problem::unauthorized())?;
            return Ok(Self { visitor, member, scopes: None });
        };
        let presented = header.to_str().ok().and_then(bearer).ok_or_else(Problem::unauthorized)?;
        let found = tokens::holder(&site.app, presented).await.map_err(|cause| Problem::from_error(visitor.lang, cause))?;
        let holder = found.ok_or_else(Problem::unauthorized)?;
        // the token speaks, and no session that happens to come with it
        let visitor = Visitor { me: Some(holder.me), session: None, ..visitor };
        let member = visitor.member().map_err(|_| Problem::unauthorized())?;
        Ok(Self { visitor, member, scopes: Some(holder.scopes) })
    }
}

/// The token of `Bearer …` (RFC 6750); the scheme's case does not count.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
