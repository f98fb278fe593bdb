//! Throws bytes at whatever reads bytes of strangers. One program; `LECTERN_FUZZ` names the reader. A panic, more than a minute or
//! more memory than a server has to spare is a finding, and so is a promise of the reader that does not hold.

#![no_main]

mod captions;
mod files;
mod forms;
mod headers;
mod identity;
mod markdown;
mod passkeys;
mod payments;

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// A reader under its name, which is also that of its folder in `seeds`.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 18] = [
    ("alipay", payments::alipay),
    ("captions", captions::read),
    ("cookies", headers::cookies),
    ("forms", forms::forms),
    ("id_token", identity::claims),
    ("kind", files::kind),
    ("languages", headers::languages),
    ("markdown", markdown::render),
    ("money", forms::money),
    ("next", forms::next),
    ("passkey", passkeys::read),
    ("picture", files::picture),
    ("provider", identity::provider),
    ("range", headers::range),
    ("recording", files::recording),
    ("sandbox_and_stripe", payments::sealed_by_hmac),
    ("tus", headers::tus),
    ("wechat", payments::wechat),
];

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let wanted = std::env::var("LECTERN_FUZZ").unwrap_or_default();
    match TARGETS.iter().find(|(name, _)| *name == wanted) {
        Some((_, read)) => *read,
        None => {
            let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
            eprintln!("LECTERN_FUZZ is one of {}", names.join(" "));
            std::process::exit(2)
        }
    }
});

fuzz_target!(|bytes: &[u8]| (*TARGET)(bytes));

/// The first line, and what follows it.
fn first_line(bytes: &[u8]) -> (&str, &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let line = std::str::from_utf8(&bytes[..end]).unwrap_or_default();
    (line, bytes.get(end + 1..).unwrap_or_default())
}
