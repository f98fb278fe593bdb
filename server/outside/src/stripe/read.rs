//! Stripe's events, read into ours (PRV-S2). Kinds that we do not act on are left alone.

use super::objects::{Dispute, Intent, Listed, Refund, Session};
use domain::payments::{Fact, Notification, Subject, Trouble, Unverified};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
    previous_attributes: Option<Value>,
}

/// Reads a notification whose signature fits.
pub fn notification(body: &[u8]) -> Result<Notification, Unverified> {
    let event: Event = serde_json::from_slice(body).map_err(|_| Unverified("not an event"))?;
    let object = event.data.object;
    let subject = match event.kind.as_str() {
        "checkout.session.completed" => session(of(object)?, None),
        "checkout.session.async_payment_succeeded" => session(of(object)?, Some(Fact::Succeeded)),
        "checkout.session.async_payment_failed" => session(of(object)?, Some(Fact::Failed)),
        "checkout.session.expired" => session(of(object)?, Some(Fact::Canceled)),
        "payment_intent.succeeded" | "payment_intent.payment_failed" | "payment_intent.processing" => intent(of(object)?),
        // a session's intent is cancelled by the session, which tells of it itself
        "payment_intent.canceled" => {
            let canceled: Intent = of(object)?;
            if canceled.is_alone() { intent(canceled) } else { Subject::Other }
        }
        "refund.created" | "refund.updated" | "refund.failed" => refund(of(object)?),
        // an inquiry that becomes a dispute is told as a change, or as money withheld
        "charge.dispute.created"
        | "charge.dispute.updated"
        | "charge.dispute.funds_withdrawn"
        | "charge.dispute.funds_reinstated"
        | "charge.dispute.closed" => dispute(of(object)?),
        "payment_method.detached" => {
            let customer = event.data.previous_attributes.as_ref().and_then(|before| before["customer"].as_str());
            customer.map_or(Subject::Other, |customer| Subject::AgreementEnded { agreement: customer.to_owned() })
        }
        _ => Subject::Other,
    };
    Ok(Notification { event_id: event.id, subject })
}

fn of<T: DeserializeOwned>(object: Value) -> Result<T, Unverified> {
    serde_json::from_value(object).map_err(|_| Unverified("not the object that it says"))
}

/// What cannot be read into a fact is left alone: the attempt will be asked about.
fn told<T>(found: Result<T, Trouble>, subject: impl FnOnce(T) -> Subject) -> Subject {
    found.map_or(Subject::Other, subject)
}

fn session(session: Session, fact: Option<Fact>) -> Subject {
    let Some(attempt) = session.attempt().map(str::to_owned) else { return Subject::Other };
    let found = match fact {
        // completed is not paid
        None => session.found(),
        Some(fact) => session.found_as(fact),
    };
    told(found, |found| Subject::Payment { attempt, found })
}

fn intent(intent: Intent) -> Subject {
    let Some(attempt) = intent.attempt().map(str::to_owned) else { return Subject::Other };
    told(intent.found(), |found| Subject::Payment { attempt, found })
}

fn refund(refund: Refund) -> Subject {
    let Some(id) = refund.metadata.refund_id.clone() else { return Subject::Other };
    told(refund.found(), |found| Subject::Refund { refund: id, found })
}

fn dispute(dispute: Dispute) -> Subject {
    match dispute.found() {
        Ok(Some(found)) => Subject::Dispute { attempt: None, found },
        _ => Subject::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::payments::DisputeFact;

    fn read(kind: &str, object: &str) -> Subject {
        let body = format!(r#"{{"id":"evt_1","type":"{kind}","data":{{"object":{object}}}}}"#);
        notification(body.as_bytes()).unwrap().subject
    }

    fn session_that_is(status: &str, paid: &str) -> String {
        format!(
            r#"{{"id":"cs_1","status":"{status}","payment_status":"{paid}","client_reference_id":"a-1","amount_total":19900,
                "currency":"cny","customer":null,"payment_intent":"pi_1","url":null,"metadata":{{"attempt_id":"a-1"}}}}"#
        )
    }

    #[test]
    fn prv_s2_a_completed_session_that_is_unpaid_is_no_payment() {
        let facts = [("paid", Fact::Succeeded), ("no_payment_required", Fact::Succeeded), ("unpaid", Fact::Processing)];
        for (paid, expected) in facts {
            let Subject::Payment { attempt, found } = read("checkout.session.completed", &session_that_is("complete", paid))
            else {
                panic!("a payment")
            };
            assert_eq!((attempt.as_str(), found.fact), ("a-1", expected), "{paid}");
        }
    }

    #[test]
    fn prv_s2_a_paid_session_is_known_by_its_intent_from_then_on() {
        let Subject::Payment { found, .. } = read("checkout.session.completed", &session_that_is("complete", "paid")) else {
            panic!("a payment")
        };
        assert_eq!(found.provider_id, "pi_1");
        let Subject::Payment { found, .. } = read("checkout.session.expired", &session_that_is("expired", "unpaid")) else {
            panic!("a payment")
        };
        assert_eq!((found.provider_id.as_str(), found.fact), ("cs_1", Fact::Canceled));
    }

    #[test]
    fn prv_s2_a_refused_card_ends_a_charge_alone_but_no_session() {
        let intent = |kind: &str| {
            format!(
                r#"{{"id":"pi_1","status":"requires_payment_method","amount":100,"currency":"usd","customer":null,
                    "metadata":{{"attempt_id":"a-1"{kind}}},
                    "last_payment_error":{{"code":"card_declined","decline_code":"stolen_card"}}}}"#
            )
        };
        for (kind, expected) in [("", Fact::Open), (r#","kind":"charge""#, Fact::Failed)] {
            let Subject::Payment { found, .. } = read("payment_intent.payment_failed", &intent(kind)) else {
                panic!("a payment")
            };
            assert_eq!((found.fact, found.decline.as_deref(), found.hard), (expected, Some("lost_card"), true));
        }
    }

    #[test]
    fn prv_s2_disputes_name_the_payment_and_inquiries_are_none() {
        let dispute = |status: &str| {
            format!(r#"{{"id":"dp_1","amount":100,"currency":"usd","payment_intent":"pi_1","status":"{status}"}}"#)
        };
        let Subject::Dispute { attempt: None, found } = read("charge.dispute.created", &dispute("needs_response")) else {
            panic!("a dispute")
        };
        assert_eq!(found.payment, "pi_1");
        assert_eq!(read("charge.dispute.created", &dispute("warning_needs_response")), Subject::Other);
    }

    #[test]
    fn prv_s2_an_inquiry_that_becomes_a_dispute_is_heard_and_so_is_its_end() {
        let dispute = |status: &str| {
            format!(r#"{{"id":"dp_1","amount":100,"currency":"usd","payment_intent":"pi_1","status":"{status}"}}"#)
        };
        let told = [
            ("updated", "warning_under_review", None),
            ("updated", "needs_response", Some(DisputeFact::Opened)),
            ("funds_withdrawn", "needs_response", Some(DisputeFact::Opened)),
            ("updated", "under_review", Some(DisputeFact::Opened)),
            ("funds_reinstated", "won", Some(DisputeFact::Won)),
            ("closed", "lost", Some(DisputeFact::Lost)),
            ("closed", "warning_closed", None),
        ];
        for (kind, status, expected) in told {
            let heard = match read(&format!("charge.dispute.{kind}"), &dispute(status)) {
                Subject::Dispute { found, .. } => Some(found.fact),
                _ => None,
            };
            assert_eq!(heard, expected, "{kind} {status}");
        }
    }

    #[test]
    fn what_is_not_known_is_left_alone_and_what_cannot_be_read_is_refused() {
        assert_eq!(read("invoice.paid", "{}"), Subject::Other);
        for broken in [&b"{"[..], b"", b"[]", br#"{"id":"e","type":"refund.updated","data":{"object":{}}}"#] {
            assert!(notification(broken).is_err());
        }
    }
}
