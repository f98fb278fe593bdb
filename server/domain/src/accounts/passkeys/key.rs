//! Public keys of devices: as they are written (COSE, RFC 9053), and whether a signature is theirs.

use super::cbor::Cbor;
use ring::signature::{ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm};

model::words! {
    /// How a device signs; those of today's devices.
    pub enum Algorithm {
        Es256 = "ES256",
        EdDsa = "EdDSA",
        Rs256 = "RS256",
    }
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub algorithm: Algorithm,
    /// A point, 32 bytes, or RSAPublicKey in DER.
    pub bytes: Vec<u8>,
}

impl Key {
    /// From COSE; none where it is of another kind, or not whole.
    pub fn read(written: &Cbor) -> Option<Self> {
        let int = |key| written.at(key).and_then(Cbor::int);
        let bytes = |key| written.at(key).and_then(Cbor::bytes);
        match (int(1)?, int(3)?) {
            (2, -7) if int(-1)? == 1 => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                let whole = x.len() == 32 && y.len() == 32;
                whole.then(|| Self { algorithm: Algorithm::Es256, bytes: [&[4], x, y].concat() })
            }
            (1, -8) if int(-1)? == 6 => {
                let x = bytes(-2)?;
                (x.len() == 32).then(|| Self { algorithm: Algorithm::EdDsa, bytes: x.to_vec() })
            }
            (3, -257) => {
                let (n, e) = (bytes(-1)?, bytes(-2)?);
                let sized = (256..=1024).contains(&n.len()) && (1..=8).contains(&e.len());
                sized.then(|| Self { algorithm: Algorithm::Rs256, bytes: rsa(n, e) })
            }
            _ => None,
        }
    }

    /// Whether it made this signature.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let algorithm: &'static dyn VerificationAlgorithm = match self.algorithm {
            Algorithm::Es256 => &ECDSA_P256_SHA256_ASN1,
            Algorithm::EdDsa => &ED25519,
            Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        };
        UnparsedPublicKey::new(algorithm, &self.bytes).verify(message, signature).is_ok()
    }
}

/// RSAPublicKey in DER (RFC 8017, A.1.1).
fn rsa(n: &[u8], e: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8]| {
        let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len().saturating_sub(1));
        let plain = &bytes[first..];
        // a number whose first bit is set would be negative
        let lead: &[u8] = if plain.first().is_some_and(|byte| byte & 0x80 != 0) { &[0] } else { &[] };
        der(0x02, &[lead, plain].concat())
    };
    der(0x30, &[number(n), number(e)].concat())
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut head = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => head.push(short),
        _ => {
            let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            // eight bytes at most
            head.push(0x80 | bytes.len() as u8);
            head.extend(bytes);
        }
    }
    head.extend_from_slice(content);
    head
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::KeyPair;

    #[test]
    fn an_rsa_key_of_a_device_is_the_key_that_signed() {
        let text: String =
            include_str!("../../../../gateway/keys/merchant.key").lines().filter(|line| !line.starts_with("--")).collect();
        let der = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).unwrap();
        let pair =
            ring::signature::RsaKeyPair::from_pkcs8(&der).or_else(|_| ring::signature::RsaKeyPair::from_der(&der)).unwrap();
        let parts: ring::signature::RsaPublicKeyComponents<Vec<u8>> = pair.public_key().into();
        let written = Cbor::Map(vec![
            (Cbor::Int(1), Cbor::Int(3)),
            (Cbor::Int(3), Cbor::Int(-257)),
            (Cbor::Int(-1), Cbor::Bytes(parts.n)),
            (Cbor::Int(-2), Cbor::Bytes(parts.e)),
        ]);
        let key = Key::read(&written).unwrap();
        assert_eq!(key.bytes, pair.public_key().as_ref());
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(&ring::signature::RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), b"hello", &mut signature).unwrap();
        assert!(key.verifies(b"hello", &signature) && !key.verifies(b"hallo", &signature));
    }

    #[test]
    fn what_is_not_whole_is_no_key() {
        let es256 = |alg: i64, curve: i64, length: usize| {
            Cbor::Map(vec![
                (Cbor::Int(1), Cbor::Int(2)),
                (Cbor::Int(3), Cbor::Int(alg)),
                (Cbor::Int(-1), Cbor::Int(curve)),
                (Cbor::Int(-2), Cbor::Bytes(vec![7; length])),
                (Cbor::Int(-3), Cbor::Bytes(vec![7; 32])),
            ])
        };
        assert!(Key::read(&es256(-7, 1, 32)).is_some());
        for wrong in
            [es256(-7, 1, 31), es256(-7, 2, 32), es256(-35, 1, 32), es256(-65535, 1, 32), Cbor::Map(vec![]), Cbor::Int(2)]
        {
            assert_eq!(Key::read(&wrong), None, "{wrong:?}");
        }
        assert!(!Key::read(&es256(-7, 1, 32)).unwrap().verifies(b"", b""), "no point of the curve verifies nothing");
    }
}
