//! Identifiers as newtypes. On the server they are UUIDv7 in text; here they are opaque, short and URL-safe.

/// A text that cannot be an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId;

impl std::fmt::Display for NotAnId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an identifier")
    }
}
impl std::error::Error for NotAnId {}

/// 1 to 64 ASCII letters, digits, `-` or `_`.
pub fn looks_like_an_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if looks_like_an_id(text) { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+ };
}

ids! {
    /// A person's account.
    AccountId,
    /// Anything sold and learned.
    CourseId,
    ChapterId,
    LessonId,
    /// A price as it stood from one moment to another.
    PriceId,
    /// Several courses sold together.
    BundleId,
    /// A reduction with its codes.
    PromotionId,
    /// One use of a promotion.
    RedemptionId,
    /// A checkout begun: a frozen quote.
    CheckoutId,
    OrderId,
    OrderLineId,
    /// One try to pay at one provider.
    AttemptId,
    RefundId,
    /// One movement in the ledger.
    TransferId,
    /// Money on its way to an instructor's bank.
    PayoutId,
    /// The right to open a course.
    GrantId,
    /// An uploaded or generated file.
    MediaId,
    /// A resumable upload under way.
    UploadId,
    /// One line of the log of events.
    EventId,
    /// A length and price of the membership.
    PlanId,
    SubscriptionId,
    /// A way of paying that a payer let us keep.
    AgreementId,
    ReviewId,
    /// A link sent by mail that does one thing once.
    LinkId,
    /// A key by which another program acts for a person.
    TokenId,
    /// A provider linked to an account.
    IdentityId,
    PasskeyId,
    /// A request for a 发票 and what became of it.
    InvoiceId,
    InvoiceFileId,
    /// A code that gives something: a gift, a redeem code.
    VoucherId,
    /// Redeem codes made together.
    BatchId,
    /// Seats bought together.
    SeatPoolId,
    SeatId,
    /// Somebody asks that a role be given or taken.
    RoleRequestId,
    /// Staff look at the pages as somebody else.
    ViewId,
    /// A person's data in one file.
    ArchiveId,
    ConsentId,
    NoticeId,
    /// What the log calls a failure that a person saw.
    IncidentId,
}
