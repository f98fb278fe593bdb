//! SM-7: the life of a code. Pure.

use model::vouchers::VoucherState;

/// What happens to a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Its order is paid.
    Pay,
    Claim,
    /// Its time is over.
    Expire,
    /// Its money goes back, or staff end it.
    Revoke,
}

/// This cannot happen to a code in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPossible;

/// What `event` makes of a code in `state`.
pub fn step(state: VoucherState, event: Event) -> Result<VoucherState, NotPossible> {
    match (state, event) {
        (VoucherState::Unpaid, Event::Pay) => Ok(VoucherState::Issued),
        (VoucherState::Issued, Event::Claim) => Ok(VoucherState::Claimed),
        (VoucherState::Issued, Event::Expire) => Ok(VoucherState::Expired),
        (VoucherState::Issued, Event::Revoke) => Ok(VoucherState::Revoked),
        (_, Event::Pay | Event::Claim | Event::Expire | Event::Revoke) => Err(NotPossible),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use VoucherState::{Claimed, Expired, Issued, Revoked};

    #[test]
    fn sm_7_every_state_meets_every_event_as_the_table_says() {
        const NO: Result<VoucherState, NotPossible> = Err(NotPossible);
        // unpaid, issued, claimed, expired, revoked
        let table = [
            (Event::Pay, [Ok(Issued), NO, NO, NO, NO]),
            (Event::Claim, [NO, Ok(Claimed), NO, NO, NO]),
            (Event::Expire, [NO, Ok(Expired), NO, NO, NO]),
            (Event::Revoke, [NO, Ok(Revoked), NO, NO, NO]),
        ];
        for (event, outcomes) in table {
            for (state, expected) in VoucherState::ALL.iter().zip(outcomes) {
                assert_eq!(step(*state, event), expected, "{state} meets {event:?}");
            }
        }
    }
}
