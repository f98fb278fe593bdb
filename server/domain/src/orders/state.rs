//! SM-1: the life of an order. Pure.

use model::orders::OrderState;

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// An attempt succeeded; how its money fits.
    AttemptSucceeded(Fit),
    AttemptFailed,
    /// The buyer thinks better of it. `busy`: money may be on its way.
    Cancel {
        busy: bool,
    },
    /// Its time is over. `busy`: an attempt could still succeed.
    Expire {
        busy: bool,
    },
    /// Part of the money went back, or all of it.
    Refunded,
}

/// How money that came fits the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The attempt that paid the order already.
    Same,
    /// Amount, currency and provider are what was asked for. `honoured`: a late buyer may still have the course at this price.
    Right { honoured: bool },
    /// Another amount or currency.
    Wrong,
}

/// What has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Book the money, grant access, accrue shares, write the receipt.
    Pay,
    /// The same for money that came late.
    PayLate,
    /// Keep the money apart, flag the order, send it back.
    SetAside(Stray),
    Cancel,
    Expire,
    /// Ask the providers again, look later.
    Wait,
    Nothing,
}

/// Why money has no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stray {
    Late,
    Second,
    Mismatch,
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// SM-0: this cannot happen to an order in this state.
    Transition,
    /// Money may be on its way.
    PaymentInProgress,
}

/// What `event` means for an order in `state`.
pub fn step(state: OrderState, event: Event) -> Result<Step, Refused> {
    use OrderState::{AwaitingPayment, Canceled, Expired, Paid};
    match (state, event) {
        (AwaitingPayment, Event::AttemptSucceeded(Fit::Right { .. })) => Ok(Step::Pay),
        (Canceled | Expired, Event::AttemptSucceeded(Fit::Right { honoured: true })) => Ok(Step::PayLate),
        (Canceled | Expired, Event::AttemptSucceeded(Fit::Right { honoured: false })) => Ok(Step::SetAside(Stray::Late)),
        (Paid, Event::AttemptSucceeded(Fit::Same)) => Ok(Step::Nothing),
        (Paid, Event::AttemptSucceeded(_)) => Ok(Step::SetAside(Stray::Second)),
        (_, Event::AttemptSucceeded(Fit::Same)) => Err(Refused::Transition),
        (_, Event::AttemptSucceeded(Fit::Wrong)) => Ok(Step::SetAside(Stray::Mismatch)),
        (AwaitingPayment, Event::AttemptFailed) => Ok(Step::Nothing),
        (AwaitingPayment, Event::Cancel { busy: true }) => Err(Refused::PaymentInProgress),
        (AwaitingPayment, Event::Cancel { busy: false }) => Ok(Step::Cancel),
        (AwaitingPayment, Event::Expire { busy: true }) => Ok(Step::Wait),
        (AwaitingPayment, Event::Expire { busy: false }) => Ok(Step::Expire),
        (Paid, Event::Refunded) => Ok(Step::Nothing),
        (_, Event::AttemptFailed) => Ok(Step::Nothing),
        (_, Event::Cancel { .. } | Event::Expire { .. } | Event::Refunded) => Err(Refused::Transition),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use OrderState::{AwaitingPayment, Canceled, Expired, Paid};

    #[test]
    fn sm_1_every_state_meets_every_event_as_the_table_says() {
        const RIGHT: Event = Event::AttemptSucceeded(Fit::Right { honoured: true });
        const TOO_LATE: Event = Event::AttemptSucceeded(Fit::Right { honoured: false });
        const WRONG: Event = Event::AttemptSucceeded(Fit::Wrong);
        const SAME: Event = Event::AttemptSucceeded(Fit::Same);
        const NO: Result<Step, Refused> = Err(Refused::Transition);
        type Row = (Event, [Result<Step, Refused>; 4]);
        // awaiting payment, paid, canceled, expired
        let table: [Row; 10] = [
            (RIGHT, [Ok(Step::Pay), Ok(Step::SetAside(Stray::Second)), Ok(Step::PayLate), Ok(Step::PayLate)]),
            (
                TOO_LATE,
                [
                    Ok(Step::Pay),
                    Ok(Step::SetAside(Stray::Second)),
                    Ok(Step::SetAside(Stray::Late)),
                    Ok(Step::SetAside(Stray::Late)),
                ],
            ),
            (
                WRONG,
                [
                    Ok(Step::SetAside(Stray::Mismatch)),
                    Ok(Step::SetAside(Stray::Second)),
                    Ok(Step::SetAside(Stray::Mismatch)),
                    Ok(Step::SetAside(Stray::Mismatch)),
                ],
            ),
            (SAME, [NO, Ok(Step::Nothing), NO, NO]),
            (Event::AttemptFailed, [Ok(Step::Nothing), Ok(Step::Nothing), Ok(Step::Nothing), Ok(Step::Nothing)]),
            (Event::Cancel { busy: false }, [Ok(Step::Cancel), NO, NO, NO]),
            (Event::Cancel { busy: true }, [Err(Refused::PaymentInProgress), NO, NO, NO]),
            (Event::Expire { busy: false }, [Ok(Step::Expire), NO, NO, NO]),
            (Event::Expire { busy: true }, [Ok(Step::Wait), NO, NO, NO]),
            (Event::Refunded, [NO, Ok(Step::Nothing), NO, NO]),
        ];
        for (event, outcomes) in table {
            for (state, expected) in [AwaitingPayment, Paid, Canceled, Expired].into_iter().zip(outcomes) {
                assert_eq!(step(state, event), expected, "{state} meets {event:?}");
            }
        }
    }
}
