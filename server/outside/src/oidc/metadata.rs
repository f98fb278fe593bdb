//! What a provider says about itself (OpenID Connect Discovery 1.0).

use crate::outgoing::Outgoing;
use domain::accounts::identity::Doubt;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Metadata {
    issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub userinfo_endpoint: Option<String>,
    #[serde(rename = "token_endpoint_auth_methods_supported", default)]
    ways: Vec<String>,
    /// What its tokens are signed with; empty: it does not say.
    #[serde(rename = "id_token_signing_alg_values_supported", default)]
    pub algorithms: Vec<String>,
    /// It puts its own name into every answer (RFC 9207).
    #[serde(rename = "authorization_response_iss_parameter_supported", default)]
    pub names_itself: bool,
}

impl Metadata {
    /// Of this very issuer, and with no address outside the hosts that were configured.
    pub fn read(body: &[u8], issuer: &str, out: &Outgoing) -> Result<Self, Doubt> {
        let read: Self =
            serde_json::from_slice(body).map_err(|_| Doubt::Away("what it says about itself cannot be read".into()))?;
        if read.issuer != issuer {
            return Err(Doubt::Untrue("it calls itself by another name"));
        }
        let addresses = [&read.authorization_endpoint, &read.token_endpoint, &read.jwks_uri];
        for address in addresses.into_iter().chain(&read.userinfo_endpoint) {
            let url = address.parse().map_err(|_| Doubt::Untrue("one of its addresses cannot be read"))?;
            out.admits(&url).map_err(|_| Doubt::Untrue("one of its addresses is on a host that is not configured"))?;
        }
        Ok(read)
    }

    /// Whether our secret goes in the header; else in the body.
    pub fn takes_basic(&self) -> bool {
        self.ways.is_empty()
            || self.ways.iter().any(|way| way == "client_secret_basic")
            || !self.ways.iter().any(|way| way == "client_secret_post")
    }
}
