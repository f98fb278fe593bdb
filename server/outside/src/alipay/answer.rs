//! Answers to our calls: signed over the very text of the node `…_response` (PRV-A4), which is therefore never written anew.

use super::yuan;
use crate::keys::PublicKey;
use domain::payments::{Fact, Found, RefundFact, Trouble};
use serde::Deserialize;

#[derive(Deserialize)]
struct Signed {
    sign: String,
}

/// The answer's node, if Alipay signed it.
pub fn verified<'a>(method: &str, body: &'a [u8], key: &PublicKey) -> Result<&'a str, &'static str> {
    let text = std::str::from_utf8(body).map_err(|_| "an answer that is no text")?;
    let signed: Signed = serde_json::from_str(text).map_err(|_| "an answer without a signature")?;
    let name = format!("{}_response", method.replace('.', "_"));
    let node = node(text, &name).or_else(|| node(text, "error_response")).ok_or("an answer to something else")?;
    if key.verifies(node.as_bytes(), &signed.sign) { Ok(node) } else { Err("an answer that Alipay did not sign") }
}

/// The text of a member of the outermost object, which must be an object itself.
fn node<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text.trim_start().strip_prefix('{')?;
    loop {
        rest = rest.trim_start();
        let (key, after) = string(rest)?;
        let value = after.trim_start().strip_prefix(':')?.trim_start();
        let end = value_end(value)?;
        if key == name {
            return Some(&value[..end]).filter(|value| value.starts_with('{'));
        }
        rest = value[end..].trim_start().strip_prefix(',')?;
    }
}

/// A string's inside, and what follows it.
fn string(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    for (place, letter) in inside.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((&inside[..place], &inside[place + 1..])),
            _ => (),
        }
    }
    None
}

/// Where a value ends.
fn value_end(text: &str) -> Option<usize> {
    if text.starts_with('"') {
        return string(text).map(|(_, after)| text.len() - after.len());
    }
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (place, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => (),
            '{' | '[' => depth += 1,
            '}' | ']' if depth == 0 => return Some(place),
            '}' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(place + 1);
                }
            }
            ',' if depth == 0 => return Some(place),
            _ => (),
        }
    }
    None
}

/// Whether a call was done, and if not, why.
#[derive(Deserialize)]
pub struct State {
    pub code: String,
    pub sub_code: Option<String>,
}

impl State {
    pub fn word(self) -> String {
        self.sub_code.unwrap_or(self.code)
    }
}

/// A payment as a query shows it.
#[derive(Deserialize)]
pub struct Trade {
    out_trade_no: String,
    trade_status: String,
    total_amount: String,
    send_pay_date: Option<String>,
}

impl Trade {
    pub fn found(self) -> Result<Found, Trouble> {
        let fact = match self.trade_status.as_str() {
            "WAIT_BUYER_PAY" => Fact::Open,
            "TRADE_SUCCESS" | "TRADE_FINISHED" => Fact::Succeeded,
            // closed after it was paid: sent back in full
            "TRADE_CLOSED" if self.send_pay_date.is_some() => Fact::Succeeded,
            "TRADE_CLOSED" => Fact::Canceled,
            other => return Err(Trouble::Silent(format!("the trade's status {other}"))),
        };
        let amount =
            yuan::read(&self.total_amount).ok_or_else(|| Trouble::Silent(format!("the amount {}", self.total_amount)))?;
        Ok(Found { provider_id: self.out_trade_no, pay_url: None, fact, amount, decline: None, hard: false, agreement: None })
    }
}

/// A refund as its call or a query shows it.
#[derive(Deserialize)]
pub struct Refunded {
    pub fund_change: Option<String>,
    pub refund_status: Option<String>,
    pub refund_amount: Option<String>,
}

impl Refunded {
    /// What an answer to a question says; none: that there is no such refund.
    pub fn fact(&self) -> Option<RefundFact> {
        match self.refund_status.as_deref() {
            Some("REFUND_SUCCESS") => Some(RefundFact::Succeeded),
            Some("REFUND_FAIL") => Some(RefundFact::Failed),
            Some(_) => Some(RefundFact::Pending),
            None => self.refund_amount.as_ref().map(|_| RefundFact::Pending),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prv_a4_the_node_is_found_as_it_was_written() {
        let text = r#"{ "a" : "x,}{\"", "n": [1, {"b":"]"}], "the_response":{"code":"1", "t":"\"}{" , "o":{"p":1}} ,"sign":"s"}"#;
        assert_eq!(node(text, "the_response"), Some(r#"{"code":"1", "t":"\"}{" , "o":{"p":1}}"#));
        assert_eq!(node(text, "o"), None, "only of the outermost object");
        assert_eq!(node(text, "sign"), None, "only an object");
        for broken in ["", "{", "[]", r#"{"the_response":{"a":1"#, r#"{"the_response""#] {
            assert_eq!(node(broken, "the_response"), None, "{broken}");
        }
    }
}
