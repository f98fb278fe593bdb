//! SM-4: the life of a subscription. Pure: everything it has to know is in [`Life`] and in the moment.

use model::Moment;
use model::ids::PriceId;
use model::subscriptions::SubscriptionState;
use model::time::{Span, days, hours};

/// How long the first money, or the money after a pause, may take.
pub const PATIENCE: Span = hours(23);
/// How long before a charge its reminder stands at the latest (CN-04).
pub const NOTICE: Span = days(5);
/// Reminders are sent this much earlier than they must, so that a late round does not delay the charge.
pub const EARLY: Span = hours(1);
/// How long there is still access after a renewal fell due and was not paid.
pub const GRACE: Span = days(7);
/// How long a charge that gave no answer may leave things as they are.
pub const UNCLEAR: Span = hours(24);
/// The longest rest.
pub const LONGEST_PAUSE: Span = days(90);
/// When a failed charge is tried again, counted from the first one (or from when the link was sent).
pub const DUNNING: [Span; 4] = [days(1), days(3), days(5), days(7)];

/// What decides over a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    pub state: SubscriptionState,
    /// It ends at the end of the period.
    pub cancels: bool,
    /// It rests from the end of the period.
    pub pauses: bool,
    /// The period is over and its charge is under way.
    pub renewing: bool,
    /// The plan that counts from the end of the period.
    pub becomes: Option<PriceId>,
    /// The plan that counts from the moment its difference is paid.
    pub upgrades: Option<PriceId>,
    /// The bank said no in a way that asking again does not change.
    pub hard_decline: bool,
    /// How many times the charge was tried again.
    pub retries: usize,
    /// When the waiting for money (incomplete), the rest (paused) or the charge (renewing) began.
    pub since: Moment,
    /// None before the first money.
    pub period_ends: Option<Moment>,
    /// When the reminder of the charge at the end of this period, or of this rest, was sent.
    pub reminded_at: Option<Moment>,
    /// When the renewal that is not paid yet fell due: the end of the period, or later where its reminder was late.
    pub due_at: Option<Moment>,
}

/// How a renewal can be charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The provider charges by itself.
    Alone,
    /// The subscriber has to follow a link.
    Link,
}

/// What happens to a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The invoice it waits for was paid.
    Paid,
    /// Nothing came in time.
    Unpaid,
    ReminderDue,
    PeriodEnd(Means),
    /// The charge of a renewal failed; `hard`: asking again is no use.
    ChargeFailed {
        hard: bool,
    },
    /// A charge has given no answer for too long.
    Unclear,
    RetryDue(Means),
    GraceOver,
    /// A better plan from now on.
    Upgrade(PriceId),
    /// Its difference was paid; `anew`: a period of the new length begins.
    UpgradePaid {
        anew: bool,
    },
    /// Its difference was not paid.
    UpgradeDropped,
    /// A smaller plan from the end of the period.
    Downgrade(PriceId),
    Cancel,
    /// Neither cancel nor pause after all; where it does neither, no change of plan either.
    Undo,
    /// By staff, or because the money went back.
    CancelNow,
    Pause,
    Resume,
    PauseOver(Means),
    DisputeLost,
    LateMoney,
}

impl Event {
    /// Its word in the trail.
    pub const fn word(&self) -> &'static str {
        match self {
            Event::Paid => "paid",
            Event::Unpaid => "unpaid",
            Event::ReminderDue => "reminded",
            Event::PeriodEnd(_) => "period_ended",
            Event::ChargeFailed { .. } => "charge_failed",
            Event::Unclear => "unclear",
            Event::RetryDue(_) => "charged_again",
            Event::GraceOver => "grace_over",
            Event::Upgrade(_) => "upgrade_asked",
            Event::UpgradePaid { .. } => "upgraded",
            Event::UpgradeDropped => "upgrade_dropped",
            Event::Downgrade(_) => "downgrade_asked",
            Event::Cancel => "cancelled",
            Event::Undo => "undone",
            Event::CancelNow => "cancelled_now",
            Event::Pause => "pause_asked",
            Event::Resume => "resumed",
            Event::PauseOver(_) => "pause_over",
            Event::DisputeLost => "dispute_lost",
            Event::LateMoney => "late_money",
        }
    }
}

/// What has to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Access until the grace after the period's end, or the period's end where nothing follows.
    Open,
    /// No access any more.
    Close,
    /// The first period of a row begins now; the calendar counts from here.
    Begin,
    /// The next period begins where the last one ended, or now, where it would be over already.
    Continue,
    /// The plan becomes the one that was waiting.
    Change,
    /// An invoice: the first one of a row, of the next period, or of a difference.
    Invoice,
    /// The provider is asked to charge.
    Charge,
    /// The subscriber gets a link to pay.
    AskToPay,
    /// Written down and sent: what will be charged, and when.
    Remind,
    /// What was not paid is not to be paid any more.
    Void,
    /// The money has no place: set aside, sent back.
    SendBack,
    Tell(Letter),
}

/// Letters that a change is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    Begun,
    PastDue,
    Ended,
    Cancelled,
    Paused,
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// SM-0: this cannot happen to a subscription in this state.
    Transition,
    /// It is not time yet.
    Early,
}

impl Life {
    /// A subscription about to be paid for the first time.
    pub fn new(now: Moment) -> Self {
        Self {
            state: SubscriptionState::Incomplete,
            cancels: false,
            pauses: false,
            renewing: false,
            becomes: None,
            upgrades: None,
            hard_decline: false,
            retries: 0,
            since: now,
            period_ends: None,
            reminded_at: None,
            due_at: None,
        }
    }

    /// There will be a charge at the end of the period.
    pub fn renews(&self) -> bool {
        use SubscriptionState::{Active, Paused, Trialing};
        matches!(self.state, Active | Trialing | Paused) && !self.cancels && !self.pauses && !self.renewing
    }

    /// When the next charge falls due by the calendar.
    pub fn charge_at(&self) -> Option<Moment> {
        match self.state {
            SubscriptionState::Paused => Some(self.since + LONGEST_PAUSE),
            _ => self.period_ends,
        }
    }

    /// The earliest moment a charge may happen: what the calendar says, and not before the reminder is old enough (INV-14).
    pub fn may_charge_at(&self) -> Option<Moment> {
        let reminded = self.reminded_at?;
        Some(self.charge_at()?.max(reminded + NOTICE))
    }

    /// When the next charge may be expected by whoever looks `now`: a reminder that is late makes it late.
    pub fn expects_charge_at(&self, now: Moment) -> Option<Moment> {
        match self.reminded_at {
            Some(_) => self.may_charge_at(),
            None => self.charge_at().map(|at| at.max(now + NOTICE)),
        }
    }

    /// When the renewal falls due, or fell due: dunning and grace are counted from here, so that nobody has less of them because
    /// we were late.
    pub fn falls_due_at(&self) -> Option<Moment> {
        self.due_at.or_else(|| self.may_charge_at()).or(self.period_ends)
    }

    /// Until when there is access; none: there is none.
    pub fn access_until(&self) -> Option<Moment> {
        use SubscriptionState::{Active, PastDue, Trialing};
        match self.state {
            // a charge under way may still fail, and is then owed like any other
            Active | Trialing if (self.cancels || self.pauses) && !self.renewing => self.period_ends,
            Active | Trialing | PastDue => self.falls_due_at().map(|due| due + GRACE),
            _ => None,
        }
    }

    /// When the clock has something for it next.
    pub fn next_look(&self) -> Option<Moment> {
        use SubscriptionState::{Active, Ended, Incomplete, IncompleteExpired, PastDue, Paused, Trialing};
        match self.state {
            Ended | IncompleteExpired => None,
            Incomplete => Some(self.since + PATIENCE),
            Active | Trialing if self.renewing => Some(self.since + UNCLEAR),
            Active | Trialing | Paused if self.renews() && self.reminded_at.is_none() => {
                self.charge_at().map(|at| at - NOTICE - EARLY)
            }
            Active | Trialing | Paused if self.renews() => self.may_charge_at(),
            Active | Trialing | Paused => self.charge_at(),
            PastDue => {
                let due = self.falls_due_at()?;
                let last = due + GRACE + UNCLEAR;
                let retry = DUNNING.get(self.retries).map(|pause| due + *pause);
                Some(if self.hard_decline || self.cancels { due + GRACE } else { retry.unwrap_or(last) })
            }
        }
    }
}

/// Time has come.
fn due(at: Option<Moment>, now: Moment) -> Result<(), Refused> {
    match at {
        Some(at) if now >= at => Ok(()),
        _ => Err(Refused::Early),
    }
}

fn plain(life: Life, effects: Vec<Effect>) -> Result<(Life, Vec<Effect>), Refused> {
    Ok((life, effects))
}

fn ended(life: &Life, letter: Option<Letter>) -> Result<(Life, Vec<Effect>), Refused> {
    let over = Life { state: SubscriptionState::Ended, renewing: false, becomes: None, upgrades: None, ..life.clone() };
    let mut effects = vec![Effect::Close, Effect::Void];
    effects.extend(letter.map(Effect::Tell));
    plain(over, effects)
}

/// What `event` means for a subscription at `now`: how it is afterwards, and what has to be done.
pub fn step(life: &Life, event: &Event, now: Moment) -> Result<(Life, Vec<Effect>), Refused> {
    use SubscriptionState::{Active, Ended, Incomplete, IncompleteExpired, PastDue, Paused, Trialing};
    let was = || life.clone();
    match (life.state, event) {
        (Ended | IncompleteExpired, Event::LateMoney) => plain(was(), vec![Effect::SendBack]),
        (Ended | IncompleteExpired, _) => Err(Refused::Transition),

        (Incomplete, Event::Paid) => {
            let next = Life { state: Active, becomes: None, reminded_at: None, retries: 0, hard_decline: false, ..was() };
            plain(next, vec![Effect::Change, Effect::Begin, Effect::Open, Effect::Tell(Letter::Begun)])
        }
        (Incomplete, Event::Unpaid) => {
            due(Some(life.since + PATIENCE), now)?;
            plain(Life { state: IncompleteExpired, ..was() }, vec![Effect::Void])
        }
        // whoever is asked now has as long as anybody, in an order of their own
        (Incomplete, Event::ChargeFailed { .. }) => {
            plain(Life { since: now, ..was() }, vec![Effect::Void, Effect::Invoice, Effect::AskToPay])
        }
        (Incomplete, Event::Cancel) => plain(Life { state: IncompleteExpired, ..was() }, vec![Effect::Void]),

        (Trialing | Active | Paused, Event::ReminderDue) if life.renews() => {
            if life.reminded_at.is_some() {
                return Err(Refused::Transition);
            }
            due(life.charge_at().map(|at| at - NOTICE - EARLY), now)?;
            // the later charge moves the grace with it
            plain(Life { reminded_at: Some(now), ..was() }, vec![Effect::Remind, Effect::Open])
        }
        (Trialing | Active, Event::PeriodEnd(means)) if !life.renewing => {
            due(life.period_ends, now)?;
            if life.cancels {
                return ended(life, Some(Letter::Ended));
            }
            if life.pauses {
                let rest = life.period_ends.unwrap_or(now);
                let paused = Life { state: Paused, pauses: false, upgrades: None, since: rest, reminded_at: None, ..was() };
                return plain(paused, vec![Effect::Void, Effect::Close, Effect::Tell(Letter::Paused)]);
            }
            due(life.may_charge_at(), now)?;
            match means {
                Means::Alone => {
                    let renewing = Life { renewing: true, since: now, due_at: Some(now), upgrades: None, retries: 0, ..was() };
                    plain(renewing, vec![Effect::Void, Effect::Open, Effect::Invoice, Effect::Charge])
                }
                Means::Link => {
                    let due_at = Some(now);
                    let owing = Life { state: PastDue, due_at, upgrades: None, retries: 0, hard_decline: false, ..was() };
                    plain(owing, vec![Effect::Void, Effect::Open, Effect::Invoice, Effect::AskToPay])
                }
            }
        }
        (Active | Trialing, Event::Paid) if life.renewing => renewed(life),
        (PastDue, Event::Paid) => renewed(life),
        (Active | Trialing, Event::ChargeFailed { hard }) if life.renewing => {
            let owing = Life { state: PastDue, renewing: false, hard_decline: *hard, retries: 0, ..was() };
            plain(owing, vec![Effect::Tell(Letter::PastDue)])
        }
        (Active | Trialing, Event::Unclear) if life.renewing => {
            due(Some(life.since + UNCLEAR), now)?;
            // the first try again is over with it
            plain(Life { state: PastDue, renewing: false, retries: 1, ..was() }, vec![Effect::Tell(Letter::PastDue)])
        }
        (PastDue, Event::RetryDue(means)) => {
            let pause = DUNNING.get(life.retries).filter(|_| !life.hard_decline && !life.cancels).ok_or(Refused::Transition)?;
            due(life.falls_due_at().map(|at| at + *pause), now)?;
            // what was missed is not made up for: one try for all that are due
            let tries = DUNNING.iter().filter(|pause| life.falls_due_at().is_some_and(|at| now >= at + **pause)).count();
            let tried = Life { retries: tries, ..was() };
            plain(tried, vec![if *means == Means::Alone { Effect::Charge } else { Effect::AskToPay }])
        }
        // one of several tries; the next one is planned, and after the last it is over
        (PastDue, Event::ChargeFailed { hard }) => {
            if life.retries >= DUNNING.len() {
                return ended(life, Some(Letter::Ended));
            }
            let letter = if *hard && !life.hard_decline { vec![Effect::Tell(Letter::PastDue)] } else { Vec::new() };
            plain(Life { hard_decline: life.hard_decline || *hard, ..was() }, letter)
        }
        (PastDue, Event::GraceOver) => {
            due(life.falls_due_at().map(|at| at + GRACE), now)?;
            ended(life, Some(Letter::Ended))
        }
        (PastDue, Event::CancelNow | Event::DisputeLost) => ended(life, Some(Letter::Ended)),

        (Active, Event::Upgrade(plan)) if !life.renewing && !life.cancels && !life.pauses => {
            plain(Life { upgrades: Some(plan.clone()), ..was() }, vec![Effect::Void, Effect::Invoice])
        }
        // what was meant to change at the end of the period does not any more
        (Active, Event::UpgradePaid { anew }) if life.upgrades.is_some() => {
            // the next charge is another one: whoever was told of the old one is told anew
            let better = Life { upgrades: None, becomes: None, reminded_at: None, ..was() };
            let mut effects = vec![Effect::Change];
            effects.extend(anew.then_some(Effect::Begin));
            effects.push(Effect::Open);
            plain(better, effects)
        }
        (Active, Event::UpgradeDropped) if life.upgrades.is_some() => plain(Life { upgrades: None, ..was() }, vec![Effect::Void]),
        (Active, Event::Downgrade(plan)) if !life.renewing && !life.cancels => {
            // another charge than the one that was announced is announced anew
            let reminded_at = life.reminded_at.filter(|_| life.becomes.as_ref() == Some(plan));
            plain(Life { becomes: Some(plan.clone()), upgrades: None, reminded_at, ..was() }, vec![Effect::Void, Effect::Open])
        }

        (Trialing | Active | PastDue, Event::Cancel) if !life.cancels => {
            // a charge under way is not called back; an open one is not asked for again
            let cancelled = Life { cancels: true, pauses: false, ..was() };
            plain(cancelled, vec![Effect::Open, Effect::Tell(Letter::Cancelled)])
        }
        // all as it was, a change that was planned before included
        (Trialing | Active | PastDue, Event::Undo) if life.cancels || life.pauses => {
            plain(Life { cancels: false, pauses: false, ..was() }, vec![Effect::Open])
        }
        // the plan stays; its charge is another one than was announced. Once it is being asked for, it is what it is
        (Trialing | Active, Event::Undo) if life.becomes.is_some() && !life.renewing => {
            plain(Life { becomes: None, reminded_at: None, ..was() }, vec![Effect::Open])
        }
        (Trialing | Active | Paused, Event::CancelNow | Event::DisputeLost) => ended(life, Some(Letter::Ended)),
        (Incomplete, Event::CancelNow | Event::DisputeLost) => ended(life, None),
        (Trialing | Active, Event::Pause) if !life.renewing && !life.pauses && !life.cancels => {
            plain(Life { pauses: true, upgrades: None, ..was() }, vec![Effect::Void, Effect::Open])
        }
        (Paused, Event::Resume) => plain(awoken(life, now), vec![Effect::Invoice]),
        (Paused, Event::PauseOver(means)) => {
            due(life.may_charge_at(), now)?;
            let pay = if *means == Means::Alone { Effect::Charge } else { Effect::AskToPay };
            plain(awoken(life, now), vec![Effect::Invoice, pay])
        }
        (Paused, Event::Cancel) => ended(life, Some(Letter::Ended)),
        _ => Err(Refused::Transition),
    }
}

/// The next period follows where the last one ended.
fn renewed(life: &Life) -> Result<(Life, Vec<Effect>), Refused> {
    let next = Life {
        state: SubscriptionState::Active,
        renewing: false,
        becomes: None,
        upgrades: None,
        hard_decline: false,
        retries: 0,
        reminded_at: None,
        due_at: None,
        ..life.clone()
    };
    plain(next, vec![Effect::Change, Effect::Continue, Effect::Open])
}

/// After a rest it begins anew, once it is paid.
fn awoken(life: &Life, now: Moment) -> Life {
    Life { state: SubscriptionState::Incomplete, since: now, cancels: false, pauses: false, ..life.clone() }
}

#[cfg(test)]
mod tests;
