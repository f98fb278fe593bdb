//! A token's secret is made of a nonce in the database and the server's key: neither alone is enough, and the nonce is soon gone.

use crate::App;
use crate::secrets::mac_hex;
use model::ids::TokenId;
use model::tokens::PREFIX;

/// The secret of the token `id`.
pub fn made(app: &App, id: &TokenId, nonce: &str) -> String {
    format!("{PREFIX}{}", mac_hex(&app.settings.media_key, format!("api token {id} {nonce}").as_bytes()))
}
