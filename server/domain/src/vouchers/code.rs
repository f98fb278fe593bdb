//! Codes are made of an id and our key, so that those who may hand them on can read them again and the database holds none.

use crate::App;
use crate::secrets::{hash, mac};
use model::vouchers::Code;
use model::{Lang, routes};

/// What a code is of; each has codes of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Voucher,
    Seat,
}

/// The code of a new thing with this id: 128 bits that nobody can guess without our key.
pub fn code(app: &App, purpose: Purpose, id: &str) -> Code {
    made(&app.settings.media_key, purpose, id)
}

/// The code that is kept as this hash; none where the key it was made with is gone.
pub fn kept(app: &App, purpose: Purpose, id: &str, code_hash: &str) -> Option<Code> {
    app.settings.keys().map(|key| made(key, purpose, id)).find(|code| hash_of(code) == code_hash)
}

fn made(key: &[u8], purpose: Purpose, id: &str) -> Code {
    let purpose = match purpose {
        Purpose::Voucher => "voucher",
        Purpose::Seat => "seat",
    };
    let bytes = mac(key, format!("lectern code\n{purpose}\n{id}").as_bytes());
    let mut bits = [0u8; 16];
    bits.copy_from_slice(&bytes[..16]);
    Code::of(bits)
}

/// What the database knows of a code.
pub fn hash_of(code: &Code) -> String {
    hash(code.plain())
}

/// The address of a code's claim page.
pub fn link(app: &App, lang: Lang, code: &Code) -> String {
    format!("{}{}?code={}", app.settings.public_url, routes::redeem(lang), code.plain())
}
