//! Keys and certificates as operators have them: PEM, or the bare base64 that some providers' tools give. What has the wrong
//! shape or length is refused when it is read, with a reason that says nothing of the secret.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use md5::{Digest, Md5};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey as Parsed;
use x509_parser::x509::{SubjectPublicKeyInfo, X509Name};

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl Hidden {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Our private RSA key, of 2048 bits or more.
#[derive(Clone)]
pub struct Key(Arc<RsaKeyPair>);

impl Key {
    /// The signature of `message` as base64: PKCS#1 v1.5, SHA-256.
    pub fn sign(&self, message: &[u8]) -> Result<String, String> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).map_err(|_| "a message was not signed")?;
        Ok(BASE64.encode(signature))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for Key {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let der = der(text, "PRIVATE KEY").ok_or("a private RSA key in PEM or base64")?;
        let key = RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der));
        key.map(|key| Key(Arc::new(key))).map_err(|reason| format!("a private RSA key of 2048 bits or more ({reason})"))
    }
}

/// A provider's public RSA key, of 2048 bits or more.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(Vec<u8>);

impl PublicKey {
    /// Whether `signature` (base64) is this key's of `message`: PKCS#1 v1.5, SHA-256.
    pub fn verifies(&self, message: &[u8], signature: &str) -> bool {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.0);
        BASE64.decode(signature).is_ok_and(|signature| key.verify(message, &signature).is_ok())
    }

    fn of(info: &SubjectPublicKeyInfo<'_>) -> Result<Self, String> {
        match info.parsed() {
            Ok(Parsed::RSA(key)) if key.key_size() >= 2048 => Ok(Self(info.subject_public_key.data.to_vec())),
            Ok(Parsed::RSA(key)) => Err(format!("a public RSA key of 2048 bits or more, not of {}", key.key_size())),
            _ => Err("a public RSA key".into()),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a public key of {} bytes", self.0.len())
    }
}

impl FromStr for PublicKey {
    type Err = String;
    /// From a public key or from a certificate.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains("BEGIN CERTIFICATE") {
            return text.parse::<Certificate>().map(|certificate| certificate.key);
        }
        let der = der(text, "PUBLIC KEY").ok_or("a public RSA key in PEM or base64")?;
        let (rest, info) = SubjectPublicKeyInfo::from_der(&der).map_err(|_| "a public RSA key in PEM or base64")?;
        if rest.is_empty() { Self::of(&info) } else { Err("one public RSA key".into()) }
    }
}

/// What we need of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub key: PublicKey,
    /// The number as hex, in capitals: how WeChat Pay names it.
    pub serial: String,
    /// Alipay's name for it: MD5 over issuer and number.
    pub mark: String,
}

impl FromStr for Certificate {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let [der] = &certificates(text)?[..] else { return Err("one certificate".into()) };
        let (_, parsed) = X509Certificate::from_der(der).map_err(|_| "a certificate in PEM")?;
        Ok(Certificate {
            key: PublicKey::of(parsed.public_key())?,
            serial: hex::encode_upper(parsed.tbs_certificate.serial.to_bytes_be()),
            mark: mark(&parsed),
        })
    }
}

/// Alipay's name for a bundle of root certificates: the marks of those signed by RSA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootSerial(pub String);

impl FromStr for RootSerial {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let mut marks = Vec::new();
        for der in certificates(text)? {
            let (_, parsed) = X509Certificate::from_der(&der).map_err(|_| "certificates in PEM")?;
            // the bundle has roots of other kinds too (SM2, ECDSA): they do not count
            if parsed.signature_algorithm.algorithm.to_id_string().starts_with("1.2.840.113549.1.1.") {
                marks.push(mark(&parsed));
            }
        }
        if marks.is_empty() { Err("at least one root certificate signed by RSA".into()) } else { Ok(Self(marks.join("_"))) }
    }
}

/// MD5 of the issuer (last part first) and the decimal number; the algorithm is Alipay's choice and protects nothing.
fn mark(certificate: &X509Certificate<'_>) -> String {
    let number = certificate.tbs_certificate.serial.to_str_radix(10);
    hex::encode(Md5::digest(format!("{}{number}", backwards(certificate.issuer()))))
}

/// `CN=…,OU=…,O=…,C=…`
fn backwards(name: &X509Name<'_>) -> String {
    let parts: Vec<String> = name
        .iter_attributes()
        .map(|part| {
            let short = match part.attr_type().to_id_string().as_str() {
                "2.5.4.3" => "CN".to_owned(),
                "2.5.4.6" => "C".to_owned(),
                "2.5.4.7" => "L".to_owned(),
                "2.5.4.8" => "ST".to_owned(),
                "2.5.4.10" => "O".to_owned(),
                "2.5.4.11" => "OU".to_owned(),
                other => other.to_owned(),
            };
            format!("{short}={}", part.as_str().unwrap_or_default())
        })
        .collect();
    parts.into_iter().rev().collect::<Vec<_>>().join(",")
}

/// The bytes of every certificate of a PEM text.
fn certificates(text: &str) -> Result<Vec<Vec<u8>>, String> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    let mut found = Vec::new();
    for part in text.split(BEGIN).skip(1) {
        let (body, _) = part.split_once("-----END CERTIFICATE-----").ok_or("a certificate in PEM, whole")?;
        found.push(base64_of(body).ok_or("a certificate in PEM")?);
    }
    if found.is_empty() { Err("a certificate in PEM".into()) } else { Ok(found) }
}

/// From PEM whose label ends so, or from bare base64.
fn der(text: &str, label: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    let Some(rest) = text.strip_prefix("-----BEGIN ") else { return base64_of(text) };
    let (found, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once("-----END ")?;
    if found.ends_with(label) { base64_of(body) } else { None }
}

fn base64_of(text: &str) -> Option<Vec<u8>> {
    let compact: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    BASE64.decode(compact).ok().filter(|bytes| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_is_refused_with_a_reason_that_does_not_show_it() {
        for wrong in ["", "secret!", "c2VjcmV0", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"] {
            let reason = wrong.parse::<Key>().unwrap_err();
            assert!(reason.starts_with("a private RSA key") && !reason.contains("c2VjcmV0"), "{reason}");
            assert!(wrong.parse::<PublicKey>().is_err());
            assert!(wrong.parse::<Certificate>().is_err() && wrong.parse::<RootSerial>().is_err());
        }
    }

    #[test]
    fn a_public_key_is_no_private_one_and_the_other_way_round() {
        assert!(gateway::emulation::PLATFORM_PUBLIC_KEY.parse::<Key>().is_err());
        assert!(gateway::emulation::MERCHANT_KEY.parse::<PublicKey>().is_err());
        assert!(gateway::emulation::MERCHANT_KEY.parse::<Key>().is_ok());
    }

    #[test]
    fn a_public_key_that_is_too_short_is_refused_with_its_length() {
        // 1024 bits
        let short = concat!(
            "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDLhc0YLvsPzbp/JEwQxedu/y0OrurhPSW8PNT3Tdmx12c4ZUiFwmptg/Vs8P2t",
            "Kt7qgNgbaBRhrVoKxnHwJBjNN6jSWdyGyB19o/jzwcnv3VztJ8cSYHDWkXfIh7A798NtOMTnk3UPuDjg1+sDGAamw+tuDEhC5W4U",
            "dipyYWH1owIDAQAB",
        );
        assert_eq!(short.parse::<PublicKey>(), Err("a public RSA key of 2048 bits or more, not of 1024".into()));
    }

    #[test]
    fn nothing_secret_is_printed() {
        let key: Key = gateway::emulation::MERCHANT_KEY.parse().unwrap();
        assert_eq!(format!("{key:?} {:?}", Hidden::new("secret")), "*** ***");
    }

    #[test]
    fn a_certificate_and_its_key_are_the_same_key() {
        let certificate: Certificate = gateway::emulation::PLATFORM_CERTIFICATE.parse().unwrap();
        assert_eq!(certificate.key, gateway::emulation::PLATFORM_PUBLIC_KEY.parse().unwrap());
        assert_eq!(certificate.serial, gateway::emulation::WECHAT_PLATFORM_SERIAL);
    }
}
