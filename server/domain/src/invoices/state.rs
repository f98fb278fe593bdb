//! SM-10: the life of an invoice. Pure.

use model::invoices::InvoiceState;

/// What happens to an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The buyer asks for it.
    Ask,
    /// The buyer thinks better of it.
    Withdraw,
    /// Finance cannot issue it as it was asked for.
    Refuse,
    /// Finance, or the issuing service, takes it in hand.
    Take,
    /// It is issued. `went_back`: money of it was refunded meanwhile.
    Issue { went_back: bool },
    /// Money of one of its orders was refunded. `all`: nothing is left of any of them.
    MoneyBack { all: bool },
    /// Money that had been refunded came back, and less has to be taken off than was meant: `due`, something still; `red`,
    /// something was taken off before.
    Returned { due: bool, red: bool },
    /// A red-letter invoice is issued. `all`: nothing more that went back is left to be taken off.
    IssueRed { all: bool },
}

/// This cannot happen to an invoice in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPossible;

/// What `event` makes of an invoice in `state`.
pub fn step(state: InvoiceState, event: Event) -> Result<InvoiceState, NotPossible> {
    use InvoiceState::{Issued, Issuing, None, RedIssued, RedRequested, Requested};
    match (state, event) {
        (None, Event::Ask) => Ok(Requested),
        (Requested, Event::Withdraw) | (Requested | Issuing, Event::Refuse) => Ok(None),
        (Requested, Event::Take) => Ok(Issuing),
        (Issuing, Event::Issue { went_back: false }) => Ok(Issued),
        (Issuing, Event::Issue { went_back: true }) => Ok(RedRequested),
        (Requested, Event::MoneyBack { all: true }) => Ok(None),
        (Requested, Event::MoneyBack { all: false }) => Ok(Requested),
        // it may stand in the tax office's books already: what went back is taken off when it is issued
        (Issuing, Event::MoneyBack { .. }) => Ok(Issuing),
        (Issued | RedRequested | RedIssued, Event::MoneyBack { .. }) => Ok(RedRequested),
        (Issuing, Event::Returned { .. }) => Ok(Issuing),
        (RedRequested, Event::Returned { due: true, .. }) => Ok(RedRequested),
        (RedRequested, Event::Returned { due: false, red: true }) => Ok(RedIssued),
        (RedRequested, Event::Returned { due: false, red: false }) => Ok(Issued),
        (RedRequested, Event::IssueRed { all: true }) => Ok(RedIssued),
        (RedRequested, Event::IssueRed { all: false }) => Ok(RedRequested),
        (
            _,
            Event::Ask
            | Event::Withdraw
            | Event::Refuse
            | Event::Take
            | Event::Issue { .. }
            | Event::Returned { .. }
            | Event::IssueRed { .. },
        )
        | (None, Event::MoneyBack { .. }) => Err(NotPossible),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use InvoiceState::{Issued, Issuing, None, RedIssued, RedRequested, Requested};

    #[test]
    fn sm_10_every_state_meets_every_event_as_the_table_says() {
        const NO: Result<InvoiceState, NotPossible> = Err(NotPossible);
        type Row = (Event, [Result<InvoiceState, NotPossible>; 6]);
        // none, requested, issuing, issued, red requested, red issued
        let table: [Row; 14] = [
            (Event::Ask, [Ok(Requested), NO, NO, NO, NO, NO]),
            (Event::Withdraw, [NO, Ok(None), NO, NO, NO, NO]),
            (Event::Refuse, [NO, Ok(None), Ok(None), NO, NO, NO]),
            (Event::Take, [NO, Ok(Issuing), NO, NO, NO, NO]),
            (Event::Issue { went_back: false }, [NO, NO, Ok(Issued), NO, NO, NO]),
            (Event::Issue { went_back: true }, [NO, NO, Ok(RedRequested), NO, NO, NO]),
            (
                Event::MoneyBack { all: false },
                [NO, Ok(Requested), Ok(Issuing), Ok(RedRequested), Ok(RedRequested), Ok(RedRequested)],
            ),
            (Event::MoneyBack { all: true }, [NO, Ok(None), Ok(Issuing), Ok(RedRequested), Ok(RedRequested), Ok(RedRequested)]),
            (Event::Returned { due: true, red: true }, [NO, NO, Ok(Issuing), NO, Ok(RedRequested), NO]),
            (Event::Returned { due: true, red: false }, [NO, NO, Ok(Issuing), NO, Ok(RedRequested), NO]),
            (Event::Returned { due: false, red: true }, [NO, NO, Ok(Issuing), NO, Ok(RedIssued), NO]),
            (Event::Returned { due: false, red: false }, [NO, NO, Ok(Issuing), NO, Ok(Issued), NO]),
            (Event::IssueRed { all: true }, [NO, NO, NO, NO, Ok(RedIssued), NO]),
            (Event::IssueRed { all: false }, [NO, NO, NO, NO, Ok(RedRequested), NO]),
        ];
        for (event, outcomes) in table {
            for (state, expected) in InvoiceState::ALL.iter().zip(outcomes) {
                assert_eq!(step(*state, event), expected, "{state} meets {event:?}");
            }
        }
    }
}
