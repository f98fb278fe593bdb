//! Trade notifications, read into facts. Refunds come by the same way (PRV-A3): they say nothing new about the payment.

use super::{form, yuan};
use domain::payments::{Fact, Found, Notification, RefundFact, RefundFound, Subject, Unverified};

/// Reads a notification whose signature fits; `id_of` turns our numbers back into ids.
pub fn notification(body: &[u8], id_of: fn(&str) -> String) -> Result<Notification, Unverified> {
    let fields = form::decode(body).ok_or(Unverified("not a form"))?;
    let text = |wanted: &str| {
        fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    };
    let event_id = text("notify_id").ok_or(Unverified("a notification without a name"))?.to_owned();
    let other = Notification { event_id: event_id.clone(), subject: Subject::Other };
    if text("notify_type") != Some("trade_status_sync") {
        return Ok(other);
    }
    let (Some(number), Some(status)) = (text("out_trade_no"), text("trade_status")) else { return Ok(other) };
    let is_refund =
        text("gmt_refund").is_some() || text("out_biz_no").is_some() || text("refund_fee").is_some_and(|fee| fee != "0.00");
    let subject = if is_refund {
        match text("out_biz_no") {
            Some(request) => {
                let found = RefundFound { provider_id: request.to_owned(), fact: RefundFact::Succeeded };
                Subject::Refund { refund: id_of(request), found }
            }
            None => Subject::Other,
        }
    } else {
        let fact = match status {
            "TRADE_SUCCESS" | "TRADE_FINISHED" => Fact::Succeeded,
            // nothing was sent back, so nothing was paid
            "TRADE_CLOSED" => Fact::Canceled,
            "WAIT_BUYER_PAY" => Fact::Open,
            _ => return Ok(other),
        };
        let amount = text("total_amount").and_then(yuan::read).ok_or(Unverified("a notification without an amount"))?;
        let found =
            Found { provider_id: number.to_owned(), pay_url: None, fact, amount, decline: None, hard: false, agreement: None };
        Subject::Payment { attempt: id_of(number), found }
    };
    Ok(Notification { event_id, subject })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(more: &str) -> Subject {
        let body = format!("notify_id=n1&notify_type=trade_status_sync&out_trade_no=a_1&total_amount=199.00&{more}");
        notification(body.as_bytes(), |number| number.replace('_', "-")).unwrap().subject
    }

    fn fact(more: &str) -> Option<Fact> {
        match subject(more) {
            Subject::Payment { found, .. } => Some(found.fact),
            _ => None,
        }
    }

    #[test]
    fn prv_a3_a_success_that_tells_of_a_refund_is_no_payment() {
        assert_eq!(fact("trade_status=TRADE_SUCCESS"), Some(Fact::Succeeded));
        assert_eq!(fact("trade_status=TRADE_SUCCESS&refund_fee=0.00"), Some(Fact::Succeeded));
        let Subject::Refund { refund, found } = subject("trade_status=TRADE_SUCCESS&refund_fee=1.00&gmt_refund=x&out_biz_no=r_1")
        else {
            panic!("a refund")
        };
        assert_eq!((refund.as_str(), found.fact), ("r-1", RefundFact::Succeeded));
    }

    #[test]
    fn prv_a3_closed_is_unpaid_or_wholly_refunded() {
        assert_eq!(fact("trade_status=TRADE_CLOSED"), Some(Fact::Canceled));
        assert!(matches!(subject("trade_status=TRADE_CLOSED&refund_fee=199.00&out_biz_no=r_1"), Subject::Refund { .. }));
    }

    #[test]
    fn what_is_not_known_is_left_alone_and_what_cannot_be_read_is_refused() {
        assert_eq!(subject("trade_status=TRADE_WEATHER"), Subject::Other);
        for broken in [&b""[..], b"notify_id=", b"a=1&a=2", b"%ff=1"] {
            assert!(notification(broken, str::to_owned).is_err());
        }
    }
}
