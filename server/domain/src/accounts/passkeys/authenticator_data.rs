//! What the device says it did (WebAuthn 6.1).

use super::cbor::Cbor;
use super::key::Key;
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const MAY_BE_COPIED: u8 = 0x08;
const IS_COPIED: u8 = 0x10;
const HAS_KEY: u8 = 0x40;
const HAS_EXTENSIONS: u8 = 0x80;
/// The longest name of a key (WebAuthn 7.1, step 25).
const LONGEST_NAME: usize = 1023;

/// What it did.
#[derive(Debug)]
pub struct AuthenticatorData {
    /// How often the key was used; 0 where the device does not count.
    pub counter: u32,
    /// The key may be on several devices.
    pub synced: bool,
    /// The key that was made: its name and itself.
    pub made: Option<(Vec<u8>, Key)>,
}

impl AuthenticatorData {
    /// If it is whole, made for this name, and the device was sure of the person.
    pub fn read(bytes: &[u8], rp_id: &str) -> Result<Self, &'static str> {
        let (hash, rest) = bytes.split_at_checked(32).ok_or("too short")?;
        if hash != Sha256::digest(rp_id.as_bytes()).as_slice() {
            return Err("for another name");
        }
        let (&[flags, a, b, c, d], mut rest) = rest.split_first_chunk::<5>().ok_or("too short")?;
        if flags & PRESENT == 0 || flags & VERIFIED == 0 {
            return Err("the device was not sure of the person");
        }
        if flags & IS_COPIED != 0 && flags & MAY_BE_COPIED == 0 {
            return Err("copied, and may not be");
        }
        let mut made = None;
        if flags & HAS_KEY != 0 {
            let (found, after) = key(rest)?;
            made = Some(found);
            rest = after;
        }
        if flags & HAS_EXTENSIONS != 0 {
            let (extensions, after) = Cbor::read(rest).ok_or("unreadable extensions")?;
            if !matches!(extensions, Cbor::Map(_)) {
                return Err("unreadable extensions");
            }
            rest = after;
        }
        if !rest.is_empty() {
            return Err("more than it should be");
        }
        Ok(Self { counter: u32::from_be_bytes([a, b, c, d]), synced: flags & MAY_BE_COPIED != 0, made })
    }
}

type Named = (Vec<u8>, Key);

fn key(rest: &[u8]) -> Result<(Named, &[u8]), &'static str> {
    // 16 bytes name the device's model, which is nobody's business
    let (&[a, b], rest) = rest.get(16..).and_then(|rest| rest.split_first_chunk::<2>()).ok_or("too short")?;
    let length = usize::from(u16::from_be_bytes([a, b]));
    let (name, rest) = rest.split_at_checked(length).filter(|_| (1..=LONGEST_NAME).contains(&length)).ok_or("no name")?;
    let (written, rest) = Cbor::read(rest).ok_or("an unreadable key")?;
    let key = Key::read(&written).ok_or("a key of a kind that is not taken")?;
    Ok(((name.to_vec(), key), rest))
}
