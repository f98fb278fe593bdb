//! A device for stories: it has one key, and does with it whatever it is told to, right or wrong.

use super::text;
use model::passkeys::{Entering, MakePasskey, Making, UsePasskey};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use sha2::{Digest, Sha256};

/// What it says beside its signature; a story bends one part of it.
#[derive(Debug, Clone)]
pub struct Says {
    pub deed: Option<&'static str>,
    pub origin: String,
    pub rp_id: String,
    pub flags: u8,
    pub counter: u32,
    pub challenge: Option<String>,
}

impl Default for Says {
    fn default() -> Self {
        // present, and the device was sure of the person
        Self {
            deed: None,
            origin: "https://lectern.test".into(),
            rp_id: "lectern.test".into(),
            flags: 0x05,
            counter: 0,
            challenge: None,
        }
    }
}

pub struct Device {
    key: EcdsaKeyPair,
    pub credential: Vec<u8>,
    /// Whom its key is for.
    pub user: String,
}

impl Device {
    pub fn new(name: &str) -> Self {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &random).unwrap();
        Self { key, credential: name.as_bytes().to_vec(), user: String::new() }
    }

    /// Another device, whose key has the name of this one's.
    pub fn that_passes_for(other: &Device) -> Self {
        Self { credential: other.credential.clone(), user: other.user.clone(), ..Self::new("another") }
    }

    /// Makes its key for whoever `asked` names.
    pub fn makes(&mut self, asked: &Making, says: &Says) -> MakePasskey {
        self.user = asked.user_id.clone();
        let point = self.key.public_key().as_ref();
        let key = [
            &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20][..],
            &point[1..33],
            &[0x22, 0x58, 0x20],
            &point[33..65],
        ]
        .concat();
        let length = u16::try_from(self.credential.len()).unwrap().to_be_bytes();
        let mut data = data(says, says.flags | 0x40);
        for part in [&[0; 16][..], &length, &self.credential, &key] {
            data.extend_from_slice(part);
        }
        let head =
            [&[0xa3, 0x63][..], &b"fmt"[..], &[0x64], b"none", &[0x67], b"attStmt", &[0xa0, 0x68], b"authData", &[0x59]].concat();
        let attestation = [head, u16::try_from(data.len()).unwrap().to_be_bytes().to_vec(), data].concat();
        MakePasskey {
            name: "Laptop".into(),
            client_data: text(client_data(says, "webauthn.create", &asked.challenge).as_bytes()),
            attestation: text(&attestation),
        }
    }

    /// Signs in.
    pub fn enters(&self, asked: &Entering, says: &Says) -> UsePasskey {
        let client_data = client_data(says, "webauthn.get", &asked.challenge);
        let data = data(says, says.flags);
        let message = [data.as_slice(), &Sha256::digest(client_data.as_bytes())].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        UsePasskey {
            credential: text(&self.credential),
            client_data: text(client_data.as_bytes()),
            authenticator_data: text(&data),
            signature: text(signature.as_ref()),
            user_handle: self.user.clone(),
            next: String::new(),
        }
    }
}

fn client_data(says: &Says, usual: &str, challenge: &str) -> String {
    let challenge = says.challenge.as_deref().unwrap_or(challenge);
    serde_json::json!({ "type": says.deed.unwrap_or(usual), "challenge": challenge, "origin": says.origin, "crossOrigin": false })
        .to_string()
}

fn data(says: &Says, flags: u8) -> Vec<u8> {
    [&Sha256::digest(says.rp_id.as_bytes())[..], &[flags], &says.counter.to_be_bytes()].concat()
}
