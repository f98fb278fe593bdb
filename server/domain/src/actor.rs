//! Who is asking. Rights are values: a verb that needs one cannot be called without it, and only these constructors check.

use crate::{Error, Result};
use model::accounts::{Me, Role};
use model::ids::AccountId;
use model::payments::{Device, Payer};
use model::viewer::SeenBy;
use model::{Fault, Lang, Moment};

/// Anyone who sent a request.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub lang: Lang,
    /// The signed-in person, if the request carried a live session.
    pub me: Option<Me>,
    /// It is staff who look at the pages as `me` does; then there is no session and no proof, and nobody's role of staff.
    pub seen_by: Option<SeenBy>,
    /// Hash of the session, to end or to renew exactly this one.
    pub session: Option<String>,
    /// When the person at that session last showed who they are.
    pub proven_at: Option<Moment>,
    /// The network the request came from (an IPv4 address or an IPv6 /64), for limits only.
    pub network: String,
    /// The country a proxy of ours says it came from, in two letters; empty where none says so.
    pub country: String,
    pub user_agent: String,
    /// The browser fetches ahead of the person, who may never come (`Sec-Purpose`): nothing they did.
    pub ahead: bool,
}

impl Visitor {
    /// Somebody unknown, reading in `lang`.
    pub fn stranger(lang: Lang) -> Self {
        Self {
            lang,
            me: None,
            seen_by: None,
            session: None,
            proven_at: None,
            network: String::new(),
            country: String::new(),
            user_agent: String::new(),
            ahead: false,
        }
    }

    /// The signed-in person.
    pub fn member(&self) -> Result<Member> {
        match &self.me {
            Some(me) => Ok(Member { id: me.id.clone(), me: me.clone() }),
            None => Err(Error::Fault(Fault::SignIn)),
        }
    }

    /// Who would pay, as the request shows.
    pub fn payer(&self) -> Payer {
        let address = self.network.parse::<std::net::IpAddr>().ok().map(|address| address.to_string());
        Payer { device: Device::of(&self.user_agent), address, provider: None, session: self.session.clone() }
    }

    /// A member with one of `roles`.
    pub fn staff(&self, roles: &[Role]) -> Result<Staff> {
        let member = self.member()?;
        if self.seen_by.is_none() && roles.iter().any(|role| member.me.has(*role)) {
            Ok(Staff { id: member.id })
        } else {
            Err(Error::Fault(Fault::Forbidden))
        }
    }
}

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: AccountId,
    pub me: Me,
}

/// A member acting with a staff role that was checked for the deed at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: AccountId,
}
