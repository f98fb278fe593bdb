//! Pages about an account's safety.

use crate::orders::ScanCode;
use crate::text::Email;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What the log of an account tells its owner.
    pub enum LoggedKind {
        SignedIn = "signed_in",
        SignInFailed = "sign_in_failed",
        CodeFailed = "code_failed",
        RecoveryCodeUsed = "recovery_code_used",
        Confirmed = "confirmed",
        PasswordChanged = "password_changed",
        PasswordReset = "password_reset",
        AddressProven = "address_proven",
        AddressChanged = "address_changed",
        /// Whoever reads letters there said that it is not their account.
        AddressRefused = "address_refused",
        /// A change of it was taken back from the former one.
        AddressRestored = "address_restored",
        SecondFactorOn = "second_factor_on",
        SecondFactorOff = "second_factor_off",
        RecoveryCodesMade = "recovery_codes_made",
        SessionEnded = "session_ended",
        SessionsEnded = "sessions_ended",
        WayInAdded = "way_in_added",
        WayInRemoved = "way_in_removed",
        /// A passkey may have been copied.
        KeyCopied = "key_copied",
        RoleGiven = "role_given",
        RoleTaken = "role_taken",
        Suspended = "suspended",
        Restored = "restored",
        /// Staff signed the person out.
        SignedOut = "signed_out",
        /// The operator took codes off for somebody who had lost them.
        SecondFactorLost = "second_factor_lost",
        ArchiveAsked = "archive_asked",
        LeavingAsked = "leaving_asked",
        LeavingUndone = "leaving_undone",
    }
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    pub kind: LoggedKind,
    pub at: Moment,
    pub user_agent: String,
    /// Shortened; may be empty.
    pub network: String,
}

/// The page of a link that sets a new password: whose it is; nobody's, where it was used or is too old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetPage {
    pub email: Option<Email>,
}

/// What a link from a letter would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkPage {
    /// Show that this address is the person's. `mine`: of whoever is looking; else they sign in first, or say that it wasn't them.
    Verify { email: Email, asked_at: Moment, mine: bool },
    /// Make this the person's address.
    Change { email: Email, asked_at: Moment, mine: bool },
    /// Make this former address the person's again.
    Restore { email: Email },
    /// It was used or is too old.
    Over,
}

/// The person's address and whether it is known to be theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub email: Email,
    pub verified: bool,
}

/// What an app needs to make codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The secret for typing, in groups of four.
    pub key: String,
    pub scan: Option<ScanCode>,
}

/// How far codes from an app are set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondFactor {
    Off,
    Begun(Setup),
    On { since: Moment, codes_left: u32 },
}

/// The page of the second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Second {
    pub factor: SecondFactor,
    /// Recovery codes made just now: to be written down.
    pub codes: Vec<String>,
    pub email_verified: bool,
}

/// How the person can show that it is them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    pub password: bool,
    pub code: bool,
}
