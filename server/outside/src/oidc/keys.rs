//! A provider's public keys (RFC 7517), and the algorithms we take (RFC 7518): signatures with a public key, nothing else.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;

/// How a token may be signed. `none` and keyed hashes are not here, so no token can ask for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Ps384,
    Ps512,
    Es256,
    Es384,
    EdDsa,
}

impl Algorithm {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rs256,
            "RS384" => Self::Rs384,
            "RS512" => Self::Rs512,
            "PS256" => Self::Ps256,
            "PS384" => Self::Ps384,
            "PS512" => Self::Ps512,
            "ES256" => Self::Es256,
            "ES384" => Self::Es384,
            "EdDSA" => Self::EdDsa,
            _ => return None,
        })
    }

    fn rsa(self) -> Option<&'static RsaParameters> {
        Some(match self {
            Self::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
            Self::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
            Self::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
            Self::Ps256 => &RSA_PSS_2048_8192_SHA256,
            Self::Ps384 => &RSA_PSS_2048_8192_SHA384,
            Self::Ps512 => &RSA_PSS_2048_8192_SHA512,
            Self::Es256 | Self::Es384 | Self::EdDsa => return None,
        })
    }
}

/// All keys of a provider that we can check with.
#[derive(Debug)]
pub struct KeySet(Vec<Key>);

#[derive(Debug)]
struct Key {
    id: Option<String>,
    /// The one algorithm it is for, where that is said.
    only: Option<String>,
    material: Material,
}

#[derive(Debug)]
enum Material {
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// Uncompressed points.
    P256(Vec<u8>),
    P384(Vec<u8>),
    Ed25519(Vec<u8>),
}

/// A key as it is written; secret ones have other members, which are not looked at.
#[derive(Deserialize)]
struct Written {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    for_: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct WrittenSet {
    keys: Vec<serde_json::Value>,
}

impl KeySet {
    /// Keys of kinds we don't know are passed over: providers keep several.
    pub fn read(body: &[u8]) -> Option<Self> {
        let set: WrittenSet = serde_json::from_slice(body).ok()?;
        let keys = set.keys.into_iter().filter_map(|value| Key::read(serde_json::from_value(value).ok()?));
        Some(Self(keys.take(100).collect()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the key of this name made the signature; none where there is no such key. A token that names no key fits only where
    /// just one of the provider's keys could have made it.
    pub fn verifies(
        &self,
        key: Option<&str>,
        algorithm: Algorithm,
        name: &str,
        message: &[u8],
        signature: &[u8],
    ) -> Option<bool> {
        let mut able = self.0.iter().filter(|known| {
            (key.is_none() || known.id.as_deref() == key)
                && known.only.as_deref().is_none_or(|only| only == name)
                && known.material.is_for(algorithm)
        });
        let found = able.next()?;
        let alone = able.next().is_none();
        alone.then(|| found.material.verifies(algorithm, message, signature))
    }
}

impl Key {
    fn read(written: Written) -> Option<Self> {
        if written.for_.as_deref().is_some_and(|for_| for_ != "sig") {
            return None;
        }
        let bytes = |text: &Option<String>| URL_SAFE_NO_PAD.decode(text.as_ref()?).ok();
        let point = |length: usize| {
            let (x, y) = (bytes(&written.x)?, bytes(&written.y)?);
            (x.len() == length && y.len() == length).then(|| [&[4][..], &x, &y].concat())
        };
        let material = match (written.kty.as_str(), written.crv.as_deref()) {
            ("RSA", _) => Material::Rsa { n: bytes(&written.n)?, e: bytes(&written.e)? },
            ("EC", Some("P-256")) => Material::P256(point(32)?),
            ("EC", Some("P-384")) => Material::P384(point(48)?),
            ("OKP", Some("Ed25519")) => Material::Ed25519(bytes(&written.x).filter(|x| x.len() == 32)?),
            _ => return None,
        };
        Some(Self { id: written.kid, only: written.alg, material })
    }
}

impl Material {
    fn is_for(&self, algorithm: Algorithm) -> bool {
        match self {
            Material::Rsa { .. } => algorithm.rsa().is_some(),
            Material::P256(_) => algorithm == Algorithm::Es256,
            Material::P384(_) => algorithm == Algorithm::Es384,
            Material::Ed25519(_) => algorithm == Algorithm::EdDsa,
        }
    }

    fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Material::Rsa { n, e } => algorithm
                .rsa()
                .is_some_and(|parameters| RsaPublicKeyComponents { n, e }.verify(parameters, message, signature).is_ok()),
            Material::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok(),
            Material::P384(point) => UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point).verify(message, signature).is_ok(),
            Material::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok(),
        }
    }
}
