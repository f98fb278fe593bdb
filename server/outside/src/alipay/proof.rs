//! What is signed, and whose signature it is (PRV-A1, PRV-A2).

use super::form;
use crate::keys::PublicKey;

/// The text that a request's signature is of: without `sign` and what is empty, sorted by name, values as they are before
/// encoding. `sign_type` belongs to it.
pub fn of_request(parameters: &[(String, String)]) -> String {
    joined(parameters, &["sign"])
}

/// Checks a notification: that Alipay signed it, and that it is for us.
pub fn check_notification(body: &[u8], key: &PublicKey, app_id: &str, seller_id: &str) -> Result<(), &'static str> {
    let fields = form::decode(body).ok_or("not a form with one meaning")?;
    verify(&fields, key)?;
    let text = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if text("app_id") != Some(app_id) {
        return Err("for another application");
    }
    if text("seller_id") != Some(seller_id) {
        return Err("for another seller");
    }
    Ok(())
}

/// Whether Alipay signed these fields. Trade notifications are signed without `sign_type`, which must be RSA2 all the same.
pub fn verify(fields: &[(String, String)], key: &PublicKey) -> Result<(), &'static str> {
    let text = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let sign = text("sign").ok_or("no signature")?;
    if text("sign_type") != Some("RSA2") {
        return Err("signed in another way");
    }
    if key.verifies(joined(fields, &["sign", "sign_type"]).as_bytes(), sign) { Ok(()) } else { Err("no signature of Alipay's") }
}

fn joined(fields: &[(String, String)], without: &[&str]) -> String {
    let mut signed: Vec<&(String, String)> =
        fields.iter().filter(|(name, value)| !value.is_empty() && !without.contains(&name.as_str())).collect();
    signed.sort();
    signed.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}
