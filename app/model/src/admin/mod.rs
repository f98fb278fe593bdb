//! What staff see and do that no one area owns: people and their roles, the audit trail, signals of attacks.

mod people;
mod roles;
mod see_as;
mod signals;
mod trail;

pub use people::{EndSessionOf, PeopleFilter, StaffPeople, StaffPerson, StaffPersonPage, Standing, Suspended, Suspension};
pub use roles::{AskRole, Asked, Change, DecideRole, RequestState, RoleRequest, Roles};
pub use see_as::{SeeAs, Seeing, may_see_as};
pub use signals::{MarkSignal, MarkState, Marked, Signal, SignalKind, SignalMark, SignalSubject, Signals};
pub use trail::{TrailEntry, TrailFilter, TrailPage, TrailRange};

use crate::Problem;
use crate::accounts::Role;

/// Who looks after people: their pages, roles that are asked for, signals.
pub const STEWARDS: &[Role] = &[Role::Support, Role::Admin];
/// Who decides about roles and reads the audit trail.
pub const ADMINS: &[Role] = &[Role::Admin];

/// The longest reason, in characters.
pub const REASON_MAX: u32 = 500;

/// Why something is done to a person; asked for with every such deed.
fn reason(text: &str) -> Result<String, Problem> {
    crate::text::line(text, 3, REASON_MAX)
}
