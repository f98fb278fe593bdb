//! What a subscriber sends: begin, pay, change.

use crate::fault::FieldErrors;
use crate::ids::PlanId;
use crate::orders::Key;
use crate::payments::Provider;
use crate::{Fault, Moment, Problem};
use serde::{Deserialize, Serialize};

/// "Subscribe" as it was sent, with what the page had said about the plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Subscribe {
    #[serde(default)]
    pub plan: String,
    #[serde(default)]
    pub trial: String,
    /// Minor units of the price of a period.
    #[serde(default)]
    pub price: String,
    /// How long the trial is, where there is one to begin with.
    #[serde(default)]
    pub trial_days: String,
    /// The browser's time zone; empty without script.
    #[serde(default)]
    pub zone: String,
    /// By which provider; empty where there is one.
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub consent: String,
    #[serde(default)]
    pub idem: String,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscribeRequest {
    pub plan: PlanId,
    /// Minor units: what a period costs by the page.
    pub price: i64,
    /// With the trial, so many days of it by the page.
    pub trial: Option<u32>,
    pub provider: Option<Provider>,
    pub key: Key,
}

impl Subscribe {
    /// Without the consent, which is never ticked beforehand, nothing begins (CN-04).
    pub fn parse(self) -> Result<SubscribeRequest, Fault> {
        let mut errors = FieldErrors::default();
        let plan = errors.take("plan", chosen(&self.plan));
        if self.consent != "yes" {
            errors.add("consent", Problem::Required);
        }
        let price = errors.take("price", self.price.parse().map_err(|_| Problem::NotANumber));
        let days = || self.trial_days.parse().map_err(|_| Problem::NotANumber);
        let trial = match self.trial == "yes" {
            true => errors.take("trial_days", days()).map(Some),
            false => Some(None),
        };
        let provider = errors.take("provider", provider(&self.provider));
        let key = Key::parse(&self.idem)?;
        let read = plan.zip(price).zip(trial).zip(provider);
        let read = read.map(|(((plan, price), trial), provider)| SubscribeRequest { plan, price, trial, provider, key });
        errors.finish(read)
    }
}

/// "Pay" and "come back" as they were sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PayMembership {
    /// By which provider; empty where there is one, or where one pays as before.
    #[serde(default)]
    pub provider: String,
}

impl PayMembership {
    pub fn parse(self) -> Result<Option<Provider>, Fault> {
        let mut errors = FieldErrors::default();
        let chosen = errors.take("provider", provider(&self.provider));
        errors.finish(chosen)
    }
}

fn provider(text: &str) -> Result<Option<Provider>, Problem> {
    match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Problem::NotAChoice),
    }
}

fn chosen(text: &str) -> Result<PlanId, Problem> {
    match text {
        "" => Err(Problem::Required),
        text => text.parse().map_err(|_| Problem::NotAChoice),
    }
}

/// "Change the plan" as it was sent: the plan, what the preview said it costs now and from then on, and when that was computed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChangePlan {
    #[serde(default)]
    pub plan: String,
    /// Minor units of the preview's "to pay now".
    #[serde(default)]
    pub due: String,
    /// Minor units of the plan's price, which renewals cost.
    #[serde(default)]
    pub price: String,
    /// Milliseconds: the moment of the preview.
    #[serde(default)]
    pub at: String,
    #[serde(default)]
    pub consent: String,
    #[serde(default)]
    pub idem: String,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRequest {
    pub plan: PlanId,
    pub due: i64,
    pub price: i64,
    pub at: Moment,
    pub key: Key,
}

impl ChangePlan {
    pub fn parse(self) -> Result<ChangeRequest, Fault> {
        let mut errors = FieldErrors::default();
        let plan = errors.take("plan", chosen(&self.plan));
        let due = errors.take("due", self.due.parse().map_err(|_| Problem::NotANumber));
        let price = errors.take("price", self.price.parse().map_err(|_| Problem::NotANumber));
        let at = errors.take("at", self.at.parse().map(Moment::from_millis).map_err(|_| Problem::NotANumber));
        if self.consent != "yes" {
            errors.add("consent", Problem::Required);
        }
        let key = Key::parse(&self.idem)?;
        let read = plan.zip(due).zip(price).zip(at);
        let read = read.map(|(((plan, due), price), at)| ChangeRequest { plan, due, price, at, key });
        errors.finish(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cn_04_nothing_begins_without_consent() {
        let form = Subscribe { plan: "plan-1".into(), price: "3000".into(), idem: "key".into(), ..Subscribe::default() };
        assert_eq!(form.clone().parse(), Err(Fault::field("consent", Problem::Required)));
        let form = Subscribe { consent: "yes".into(), ..form };
        assert!(form.parse().is_ok());
    }

    #[test]
    fn nothing_begins_without_what_the_page_said_of_it() {
        let form = Subscribe {
            plan: "plan-1".into(),
            trial: "yes".into(),
            consent: "yes".into(),
            idem: "key".into(),
            ..Subscribe::default()
        };
        let Err(Fault::Invalid(errors)) = form.clone().parse() else { panic!("it was taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["price", "trial_days"]);
        let request = Subscribe { price: "3000".into(), trial_days: "7".into(), ..form }.parse().unwrap();
        assert_eq!((request.price, request.trial), (3_000, Some(7)));
    }
}
