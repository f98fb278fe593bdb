//! What every use case receives: the database, the clock, chance and the outside world.

use crate::ports::{Chance, Clock, Files, Mail, Scanner};
use model::Moment;
use std::str::FromStr;
use std::sync::Arc;
use store::Db;

/// The application's world; cheap to clone.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub ports: Arc<Ports>,
    pub settings: Arc<Settings>,
    pub hashing: crate::accounts::password::Hashing,
    /// In which the sign-ins of one network wait for each other, in this process.
    pub turns: crate::limits::Turns,
    /// The feed's model of this process.
    pub feed: Arc<crate::feed::Live>,
}

/// The outside world as the rules see it.
#[derive(Clone)]
pub struct Ports {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub mail: Arc<dyn Mail>,
    pub files: Arc<dyn Files>,
    /// Who looks into what is uploaded; nobody, where the operator has none.
    pub scanner: Option<Arc<dyn Scanner>>,
    /// The payment providers, the one offered first standing first.
    pub gateways: Vec<Arc<dyn crate::payments::Gateway>>,
    /// Other houses that vouch for people, in the order in which they are offered.
    pub identities: Vec<Arc<dyn crate::accounts::identity::IdentityProvider>>,
    /// Who makes invoices out: a service, or people by hand.
    pub issuer: Arc<dyn crate::invoices::Issuer>,
}

/// What an operator may set that the rules depend on.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where people reach us, without a slash at the end: `https://lectern.example`.
    pub public_url: String,
    /// Off only in tests and benchmarks.
    pub limits: bool,
    /// Key for signed links to media.
    pub media_key: Vec<u8>,
    /// The key before, while it is being changed: what was made with it stays good, and nothing new is made with it.
    pub former_key: Option<Vec<u8>>,
    /// An instructor's share of the net, in hundredths of a per cent.
    pub instructor_share_bp: u32,
    /// The share for recommending, of what an order brought without tax, in hundredths of a per cent.
    pub affiliate_bp: u32,
    /// Who sells, as receipts and invoices name them.
    pub seller: model::invoices::Seller,
    /// Refunds of an order need no second person while they are not more than this in all.
    pub refund_limit: crate::orders::RefundLimit,
    /// What a buyer asks for within the course's promise is granted at once while it is not more than this in all.
    pub refund_auto_limit: crate::orders::RefundLimit,
}

impl Settings {
    /// People reach us over https: cookies are bound to the host, and browsers are told to stay on https.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The keys that something of ours may have been made with; the one of now stands first.
    pub fn keys(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(self.media_key.as_slice()).chain(self.former_key.as_deref())
    }
}

impl App {
    pub fn now(&self) -> Moment {
        self.ports.clock.now()
    }

    /// A new identifier: UUIDv7 of the clock's time, so that ids sort by age.
    pub fn new_id<Id: FromStr>(&self) -> Id
    where
        Id::Err: std::fmt::Debug,
    {
        let mut random = [0u8; 10];
        self.ports.chance.fill(&mut random);
        let millis = u64::try_from(self.now().millis()).unwrap_or_default();
        let text = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string();
        #[allow(clippy::expect_used)] // a UUID in text always is an identifier
        text.parse().expect("a UUID is an identifier")
    }
}
