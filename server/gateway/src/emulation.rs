//! What the imitated providers need: keys that everybody knows, and the names that shop and provider agreed on.
//!
//! Imitations speak a provider's wire format on the provider's side. They share no code with the shop's side.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::rand::SystemRandom;
use ring::signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};

/// The shop's private key, for both Alipay and WeChat Pay.
pub const MERCHANT_KEY: &str = include_str!("../keys/merchant.key");
/// The shop's certificate.
pub const MERCHANT_CERTIFICATE: &str = include_str!("../keys/merchant.crt");
/// The provider's public key.
pub const PLATFORM_PUBLIC_KEY: &str = include_str!("../keys/platform.pub");
/// The provider's certificate, which is its own root.
pub const PLATFORM_CERTIFICATE: &str = include_str!("../keys/platform.crt");
const PLATFORM_KEY: &str = include_str!("../keys/platform.key");

/// The shop's application at Alipay.
pub const ALIPAY_APP_ID: &str = "2021000000000000";
/// The shop as a receiver of money at Alipay.
pub const ALIPAY_SELLER_ID: &str = "2088000000000000";
/// The shop's application at WeChat.
pub const WECHAT_APP_ID: &str = "wx00000000000000aa";
/// The secret of that application.
pub const WECHAT_APP_SECRET: &str = "0123456789abcdef0123456789abcdef";
/// The shop's number at WeChat Pay.
pub const WECHAT_MERCHANT_ID: &str = "1900000000";
/// Serial number of the shop's certificate, as WeChat Pay writes it.
pub const WECHAT_MERCHANT_SERIAL: &str = "32CC677348FD04A9CD14FBAD54CE5830E8DD7A7F";
/// Name of the provider's public key at WeChat Pay.
pub const WECHAT_PUBLIC_KEY_ID: &str = "PUB_KEY_ID_0119000000002026112100000000000001";
/// Serial number of the provider's certificate.
pub const WECHAT_PLATFORM_SERIAL: &str = "0F673977F995229B8B7670B054883DEB0912283A";
/// What WeChat Pay seals its notifications with.
pub const WECHAT_API_KEY: &str = "0123456789abcdefghijABCDEFGHIJ##";

static MERCHANT: LazyLock<Option<RsaKeyPair>> = LazyLock::new(|| key_of(MERCHANT_KEY));
static PLATFORM: LazyLock<Option<RsaKeyPair>> = LazyLock::new(|| key_of(PLATFORM_KEY));

fn key_of(pem: &str) -> Option<RsaKeyPair> {
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    RsaKeyPair::from_pkcs8(&BASE64.decode(text).ok()?).ok()
}

/// The provider's signature of `message`, as base64: RSA, PKCS#1 v1.5, SHA-256.
pub(crate) fn sign(message: &[u8]) -> String {
    // our own key; without it every receiver refuses the empty signature
    let Some(key) = PLATFORM.as_ref() else { return String::new() };
    let mut signature = vec![0; key.public().modulus_len()];
    match key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature) {
        Ok(()) => BASE64.encode(signature),
        Err(_) => String::new(),
    }
}

/// Whether the shop signed `message`.
pub(crate) fn is_signed_by_the_merchant(message: &[u8], signature: &str) -> bool {
    let Some(key) = MERCHANT.as_ref() else { return false };
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.public_key().as_ref());
    BASE64.decode(signature).is_ok_and(|signature| public.verify(message, &signature).is_ok())
}
