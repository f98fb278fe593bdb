//! Every state meets every event.

use super::*;
use SubscriptionState::{Active, Ended, Incomplete, IncompleteExpired, PastDue, Paused, Trialing};

const START: Moment = Moment::from_millis(1_772_413_200_000);
const END: Moment = Moment::from_millis(1_772_413_200_000 + 30 * 86_400_000);

fn plan(id: &str) -> PriceId {
    id.parse().expect("an id")
}

fn life(state: SubscriptionState) -> Life {
    let begun = !matches!(state, Incomplete | IncompleteExpired);
    Life { state, period_ends: begun.then_some(END), since: if state == Paused { END } else { START }, ..Life::new(START) }
}

fn reminded(state: SubscriptionState) -> Life {
    let at = life(state).charge_at().map(|at| at - NOTICE);
    Life { reminded_at: at, ..life(state) }
}

/// Every kind of event once.
fn events() -> Vec<Event> {
    vec![
        Event::Paid,
        Event::Unpaid,
        Event::ReminderDue,
        Event::PeriodEnd(Means::Alone),
        Event::PeriodEnd(Means::Link),
        Event::ChargeFailed { hard: false },
        Event::ChargeFailed { hard: true },
        Event::Unclear,
        Event::RetryDue(Means::Alone),
        Event::GraceOver,
        Event::Upgrade(plan("better")),
        Event::UpgradePaid { anew: false },
        Event::UpgradeDropped,
        Event::Downgrade(plan("smaller")),
        Event::Cancel,
        Event::Undo,
        Event::CancelNow,
        Event::Pause,
        Event::Resume,
        Event::PauseOver(Means::Link),
        Event::DisputeLost,
        Event::LateMoney,
    ]
}

#[test]
fn sm_4_every_state_meets_every_event_as_the_table_says() {
    const NO: Option<SubscriptionState> = None;
    type Row = (Life, &'static str, [Option<SubscriptionState>; 22]);
    let later = END + days(120);
    let table: Vec<Row> = vec![
        (
            life(Incomplete),
            "waiting for the first money",
            [
                Some(Active),
                Some(IncompleteExpired),
                NO,
                NO,
                NO,
                Some(Incomplete),
                Some(Incomplete),
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(IncompleteExpired),
                NO,
                Some(Ended),
                NO,
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            life(Trialing),
            "in the trial, not reminded",
            [
                NO,
                NO,
                Some(Trialing),
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(Trialing),
                NO,
                Some(Ended),
                Some(Trialing),
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            reminded(Trialing),
            "at the end of the trial",
            [
                NO,
                NO,
                NO,
                Some(Trialing),
                Some(PastDue),
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(Trialing),
                NO,
                Some(Ended),
                Some(Trialing),
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            reminded(Active),
            "at the end of a period",
            [
                NO,
                NO,
                NO,
                Some(Active),
                Some(PastDue),
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(Active),
                NO,
                NO,
                Some(Active),
                Some(Active),
                NO,
                Some(Ended),
                Some(Active),
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            Life { upgrades: Some(plan("better")), ..life(Active) },
            "with a better plan to be paid",
            [
                NO,
                NO,
                Some(Active),
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(Active),
                Some(Active),
                Some(Active),
                Some(Active),
                Some(Active),
                NO,
                Some(Ended),
                Some(Active),
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            Life { renewing: true, ..reminded(Active) },
            "with its charge under way",
            [
                Some(Active),
                NO,
                NO,
                NO,
                NO,
                Some(PastDue),
                Some(PastDue),
                Some(PastDue),
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(Active),
                NO,
                Some(Ended),
                NO,
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            Life { cancels: true, ..life(Active) },
            "cancelled",
            [
                NO,
                NO,
                NO,
                Some(Ended),
                Some(Ended),
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(Active),
                Some(Ended),
                NO,
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            Life { pauses: true, ..life(Active) },
            "about to rest",
            [
                NO,
                NO,
                NO,
                Some(Paused),
                Some(Paused),
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(Active),
                Some(Active),
                Some(Active),
                Some(Ended),
                NO,
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            life(PastDue),
            "not paid",
            [
                Some(Active),
                NO,
                NO,
                NO,
                NO,
                Some(PastDue),
                Some(PastDue),
                NO,
                Some(PastDue),
                Some(Ended),
                NO,
                NO,
                NO,
                NO,
                Some(PastDue),
                NO,
                Some(Ended),
                NO,
                NO,
                NO,
                Some(Ended),
                NO,
            ],
        ),
        (
            reminded(Paused),
            "resting",
            [
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                NO,
                Some(Ended),
                NO,
                Some(Ended),
                NO,
                Some(Incomplete),
                Some(Incomplete),
                Some(Ended),
                NO,
            ],
        ),
        (life(Ended), "over", only_late_money(Ended)),
        (life(IncompleteExpired), "never paid", only_late_money(IncompleteExpired)),
    ];
    for (life, what, outcomes) in table {
        for (event, expected) in events().iter().zip(outcomes) {
            let found = step(&life, event, later).ok().map(|(next, _)| next.state);
            assert_eq!(found, expected, "{what} ({}) meets {event:?}", life.state);
        }
    }
}

fn only_late_money(state: SubscriptionState) -> [Option<SubscriptionState>; 22] {
    let mut row = [None; 22];
    row[21] = Some(state);
    row
}

#[test]
fn no_state_and_no_event_is_left_out_and_nothing_is_refused_by_panicking() {
    for state in SubscriptionState::ALL {
        for flags in 0..32u8 {
            let on = |bit: u8| flags & (1 << bit) != 0;
            let life = Life {
                cancels: on(0),
                pauses: on(1),
                renewing: on(2),
                hard_decline: on(3),
                upgrades: on(4).then(|| plan("better")),
                ..reminded(*state)
            };
            for event in events() {
                for now in [START, END - days(6), END, END + days(3), END + days(8), END + days(95)] {
                    if let Ok((next, effects)) = step(&life, &event, now) {
                        assert!(!state.is_over() || next.state == *state, "{state} came back by {event:?}");
                        // INV-14, on the machine: no charge without a reminder that is old enough, and none after cancelling
                        if effects.contains(&Effect::Charge) {
                            assert!(life.reminded_at.is_some_and(|at| at + NOTICE <= now) && !life.cancels, "{life:?} {event:?}");
                        }
                        assert_eq!(
                            next.state.is_over() && !state.is_over(),
                            effects.contains(&Effect::Void) && next.state.is_over()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn before_its_time_nothing_happens() {
    let early =
        |life: &Life, event: Event, now: Moment| assert_eq!(step(life, &event, now).err(), Some(Refused::Early), "{event:?}");
    early(&reminded(Active), Event::PeriodEnd(Means::Alone), END - hours(1));
    early(&life(Active), Event::ReminderDue, END - days(6));
    early(&life(Incomplete), Event::Unpaid, START + hours(22));
    early(&life(PastDue), Event::GraceOver, END + days(6));
    early(&life(PastDue), Event::RetryDue(Means::Alone), END + hours(23));
    early(&Life { renewing: true, since: END, ..life(Active) }, Event::Unclear, END + hours(23));
    early(&reminded(Paused), Event::PauseOver(Means::Alone), END + days(89));
}

#[test]
fn inv_14_a_late_reminder_makes_a_late_charge() {
    let late = Life { reminded_at: Some(END - days(1)), ..life(Active) };
    assert_eq!(step(&late, &Event::PeriodEnd(Means::Alone), END).err(), Some(Refused::Early));
    assert_eq!(late.next_look(), Some(END + days(4)));
    assert!(late.access_until() > Some(END + days(4)), "nobody loses access because we were late");
    assert!(step(&late, &Event::PeriodEnd(Means::Alone), END + days(4)).is_ok());
}

#[test]
fn dunning_tries_four_times_and_then_it_is_over() {
    let (mut owing, _) =
        step(&Life { renewing: true, ..reminded(Active) }, &Event::ChargeFailed { hard: false }, END).expect("past due");
    for pause in DUNNING {
        assert_eq!(owing.state, PastDue);
        assert_eq!(owing.next_look(), Some(END + pause));
        owing = step(&owing, &Event::RetryDue(Means::Alone), END + pause).expect("a try").0;
        owing = step(&owing, &Event::ChargeFailed { hard: false }, END + pause).expect("an outcome").0;
    }
    assert_eq!(owing.state, Ended);
}

#[test]
fn a_late_charge_leaves_the_whole_grace_and_every_try() {
    let late = Life { reminded_at: Some(END), ..life(Active) };
    let fell_due = END + NOTICE;
    assert_eq!(late.access_until(), Some(fell_due + GRACE));
    let (renewing, effects) = step(&late, &Event::PeriodEnd(Means::Alone), fell_due + hours(1)).expect("a charge");
    assert!(effects.contains(&Effect::Open), "the access lasts as long as the grace");
    let fell_due = fell_due + hours(1);
    let (owing, _) = step(&renewing, &Event::ChargeFailed { hard: false }, fell_due + hours(1)).expect("past due");
    assert_eq!((owing.access_until(), owing.next_look()), (Some(fell_due + GRACE), Some(fell_due + DUNNING[0])));
    assert_eq!(step(&owing, &Event::GraceOver, fell_due + days(6)).err(), Some(Refused::Early));
    let (paid, _) = step(&owing, &Event::Paid, fell_due + days(6)).expect("paid");
    assert_eq!(paid.due_at, None);
}

#[test]
fn after_a_rest_the_day_to_pay_begins_when_the_charge_failed() {
    let failed = START + hours(22);
    let (asked, effects) = step(&life(Incomplete), &Event::ChargeFailed { hard: false }, failed).expect("a link");
    assert!(effects.contains(&Effect::AskToPay));
    assert_eq!(step(&asked, &Event::Unpaid, START + hours(30)).err(), Some(Refused::Early));
    assert_eq!(asked.next_look(), Some(failed + PATIENCE));
}

#[test]
fn tries_that_were_missed_are_one_try() {
    let owing = Life { due_at: Some(END), ..life(PastDue) };
    let (tried, _) = step(&owing, &Event::RetryDue(Means::Alone), END + days(6)).expect("a try");
    assert_eq!((tried.retries, tried.next_look()), (3, Some(END + DUNNING[3])));
}

#[test]
fn a_card_that_is_lost_is_not_asked_again() {
    let (owing, effects) =
        step(&Life { renewing: true, ..reminded(Active) }, &Event::ChargeFailed { hard: true }, END).expect("past due");
    assert_eq!(effects, vec![Effect::Tell(Letter::PastDue)]);
    assert_eq!(step(&owing, &Event::RetryDue(Means::Alone), END + days(2)).err(), Some(Refused::Transition));
    assert_eq!(owing.next_look(), Some(END + GRACE));
}

#[test]
fn access_lasts_as_long_as_what_was_paid_and_its_grace() {
    assert_eq!(life(Active).access_until(), Some(END + GRACE));
    assert_eq!(Life { cancels: true, ..life(Active) }.access_until(), Some(END));
    assert_eq!(Life { pauses: true, ..life(Trialing) }.access_until(), Some(END));
    assert_eq!(life(PastDue).access_until(), Some(END + GRACE));
    let under_way = Life { cancels: true, renewing: true, due_at: Some(END), ..life(Active) };
    assert_eq!(under_way.access_until(), Some(END + GRACE), "it may still be owed");
    for closed in [Incomplete, Paused, Ended, IncompleteExpired] {
        assert_eq!(life(closed).access_until(), None, "{closed}");
    }
}

#[test]
fn inv_14_what_changes_the_next_charge_makes_its_reminder_a_new_one() {
    let told = reminded(Active);
    let after = |life: &Life, event: Event| step(life, &event, END - days(1)).expect("possible").0;
    let smaller = after(&told, Event::Downgrade(plan("smaller")));
    assert_eq!(smaller.reminded_at, None);
    let announced = Life { reminded_at: told.reminded_at, ..smaller.clone() };
    assert_eq!(after(&announced, Event::Downgrade(plan("smaller"))).reminded_at, told.reminded_at, "the same charge");
    assert_eq!(after(&announced, Event::Undo), Life { becomes: None, reminded_at: None, ..announced.clone() });
    // cancelling and taking it back
    let cancelled = after(&announced, Event::Cancel);
    assert_eq!(after(&cancelled, Event::Undo), announced);
}

#[test]
fn a_plan_that_is_being_asked_for_stays() {
    let smaller = |life: Life| Life { becomes: Some(plan("smaller")), ..life };
    for life in [smaller(life(PastDue)), smaller(Life { renewing: true, ..reminded(Active) })] {
        assert_eq!(step(&life, &Event::Undo, END + days(1)).err(), Some(Refused::Transition));
        let cancelled = step(&life, &Event::Cancel, END + days(1)).expect("possible").0;
        assert_eq!(step(&cancelled, &Event::Undo, END + days(1)).expect("possible").0, life);
    }
}
