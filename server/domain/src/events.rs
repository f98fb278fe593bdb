//! What can happen, and the log of it. Everything that need not be atomic with its cause (mail, feed, caches, other servers)
//! follows this log, each follower with its own cursor.

mod follow;
mod queries;
mod restored;

#[cfg(test)]
mod tests;

pub use follow::{Follower, follow};
pub use restored::take_over;

use crate::{App, Result};
use model::Moment;
use model::ids::{AccountId, EventId};
use store::{Conn, Tx};

model::words! {
    /// What happened.
    pub enum Happening {
        MemberJoined = "member_joined",
        ProfileChanged = "profile_changed",
        InterestsChosen = "interests_chosen",
        CourseViewed = "course_viewed",
        ItemDismissed = "item_dismissed",
        CoursePublished = "course_published",
        CourseChanged = "course_changed",
        CourseUnlisted = "course_unlisted",
        /// A bundle is offered, or not any more.
        BundleChanged = "bundle_changed",
        ReviewWritten = "review_written",
        OrderPlaced = "order_placed",
        OrderPaid = "order_paid",
        OrderRefunded = "order_refunded",
        /// The bank sent back money that had been refunded: what followed the refund is taken back.
        RefundReturned = "refund_returned",
        /// Money came that has no place, and goes back; `why` says which.
        MoneyStrayed = "money_strayed",
        /// The payer's bank took the order's money back for good.
        DisputeLost = "dispute_lost",
        /// An invoice was issued, refused, or taken back by a red-letter one; `what` says which.
        InvoiceChanged = "invoice_changed",
        GiftIssued = "gift_issued",
        GiftClaimed = "gift_claimed",
        SeatAssigned = "seat_assigned",
        AccessGranted = "access_granted",
        AccessEnded = "access_ended",
        LessonStudied = "lesson_studied",
        LessonFinished = "lesson_finished",
        CourseFinished = "course_finished",
        MailDue = "mail_due",
        SubscriptionBegun = "subscription_begun",
        /// What will be charged and when.
        SubscriptionReminder = "subscription_reminder",
        /// An invoice waits for its subscriber.
        SubscriptionDue = "subscription_due",
        SubscriptionCancelled = "subscription_cancelled",
        SubscriptionPaused = "subscription_paused",
        SubscriptionEnded = "subscription_ended",
        /// What suggestions knew of somebody is to be forgotten.
        TracesForgotten = "traces_forgotten",
        /// Somebody's own data was taken out of their account.
        AccountErased = "account_erased",
        /// What the membership costs, or how long it can be had.
        PlansChanged = "plans_changed",
        /// Something that a later version of the program knows: read in the log, and never announced.
        Unknown = "unknown",
    }
}

model::words! {
    /// Why a letter is due that no other event stands for; the subject of [`Happening::MailDue`].
    pub enum Occasion {
        SomeoneTried = "someone_tried",
        PasswordChanged = "password_changed",
        BankChanged = "bank_changed",
        /// Who has a part of what a course earns is another one, or has another part.
        SharesChanged = "shares_changed",
        WayInAdded = "way_in_added",
        WayInRemoved = "way_in_removed",
        /// A passkey may have been copied.
        KeyCopied = "key_copied",
        PasswordReset = "password_reset",
        ConfirmAddress = "confirm_address",
        ConfirmNewAddress = "confirm_new_address",
        AddressChangeAsked = "address_change_asked",
        AddressChanged = "address_changed",
        TokenMade = "token_made",
        SecondFactorOn = "second_factor_on",
        SecondFactorOff = "second_factor_off",
        /// More codes were wrong in a day than anybody mistypes.
        WrongCodes = "wrong_codes",
        RecoveryCodeUsed = "recovery_code_used",
        /// The operator took it off; the person had lost it.
        SecondFactorLost = "second_factor_lost",
        /// To administrators: a role waits for a second person.
        RoleAsked = "role_asked",
        /// To administrators: it was decided.
        RoleDecided = "role_decided",
        /// To the person.
        RoleGiven = "role_given",
        RoleTaken = "role_taken",
        Suspended = "suspended",
        Restored = "restored",
        /// One's data can be fetched.
        ArchiveReady = "archive_ready",
        LeavingAsked = "leaving_asked",
        LeavingUndone = "leaving_undone",
        /// Something came up that has to be settled first.
        LeavingStopped = "leaving_stopped",
    }
}

/// Something that happened, as its cause tells it.
#[derive(Debug, Clone)]
pub struct Event {
    pub kind: Happening,
    /// The thing it happened to: a course, an order, an account.
    pub subject: String,
    /// The person whose doing it was, or to whom it happened.
    pub account: Option<AccountId>,
    /// Whatever a follower needs beyond that, as JSON; `{}` where nothing.
    pub detail: String,
}

impl Event {
    pub fn new(kind: Happening, subject: impl std::fmt::Display) -> Self {
        Self { kind, subject: subject.to_string(), account: None, detail: "{}".into() }
    }
    pub fn of(mut self, account: &AccountId) -> Self {
        self.account = Some(account.clone());
        self
    }
    pub fn with(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail.to_string();
        self
    }
}

/// An event as its followers read it.
#[derive(Debug, Clone)]
pub struct Logged {
    pub position: Position,
    pub id: EventId,
    pub event: Event,
    pub at: Moment,
}

/// A place in the log; the log is ordered by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Position {
    pub tx: i64,
    pub seq: i64,
}

/// Writes `event` into the log, in the transaction of its cause. Followers are woken after the commit.
pub async fn announce(app: &App, tx: &mut Tx, event: Event) -> Result<()> {
    queries::append(tx, &app.new_id::<EventId>(), &event, app.now()).await?;
    tx.wake();
    Ok(())
}

/// The next events after the follower's cursor, oldest first.
pub async fn next(conn: &mut Conn, follower: &str, limit: i64) -> Result<Vec<Logged>> {
    let from = queries::cursor(conn, follower).await?;
    queries::after(conn, from, limit).await
}

/// Events after `position`, for followers that keep their cursor in memory (caches).
pub async fn after(conn: &mut Conn, position: Position, limit: i64) -> Result<Vec<Logged>> {
    queries::after(conn, position, limit).await
}

/// Everything committed after `position`, also what may yet get company before it: for whoever only asks whether something
/// happened (caches, tests) and keeps its cursor where [`after`] leaves it.
pub async fn written_after(conn: &mut Conn, position: Position, limit: i64) -> Result<Vec<Logged>> {
    queries::written_after(conn, position, limit).await
}

/// How far a follower has come.
pub async fn cursor(conn: &mut Conn, follower: &str) -> Result<Position> {
    queries::cursor(conn, follower).await
}

/// Where the log ends now.
pub async fn end(conn: &mut Conn) -> Result<Position> {
    queries::end(conn).await
}

/// The last place behind which nothing more can appear: where [`after`] would start from if it read all there is.
pub async fn settled(conn: &mut Conn) -> Result<Position> {
    queries::settled(conn).await
}

/// The follower has dealt with everything up to `position`.
pub async fn advance(tx: &mut Tx, follower: &str, position: Position) -> Result<()> {
    queries::advance(tx, follower, position).await
}
