//! A token's secret is made of a nonce in the database and the server's key: neither alone is enough, and the nonce is soon gone.

use crate::{App, Error, Result};
use hmac::{Hmac, Mac};
use model::ids::TokenId;
use model::tokens::PREFIX;
use sha2::Sha256;

/// The secret of the token `id`.
pub fn made(app: &App, id: &TokenId, nonce: &str) -> Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&app.settings.media_key).map_err(Error::bug)?;
    mac.update(format!("api token {id} {nonce}").as_bytes());
    Ok(format!("{PREFIX}{}", hex::encode(mac.finalize().into_bytes())))
}
