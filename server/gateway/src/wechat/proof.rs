//! Signing answers and notifications, sealing resources, and checking who calls.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};

use crate::emulation::{self, WECHAT_API_KEY, WECHAT_MERCHANT_ID, WECHAT_MERCHANT_SERIAL};

/// How far a caller's clock may be away, in seconds.
const TOLERANCE: u64 = 300;

/// 32 letters and digits.
pub(super) fn nonce() -> String {
    uuid::Uuid::new_v4().simple().to_string().to_uppercase()
}

/// Over `time\nnonce\nbody\n`.
pub(super) fn sign(seconds: i64, nonce: &str, body: &[u8]) -> String {
    let message = [format!("{seconds}\n{nonce}\n").as_bytes(), body, b"\n"].concat();
    emulation::sign(&message)
}

/// AEAD_AES_256_GCM under the key of version 3: the nonce of twelve characters, and the ciphertext with its tag as base64.
pub(super) fn encrypt(plain: &[u8], associated: &[u8]) -> Option<(String, String)> {
    let mut random = [0; 6];
    SystemRandom::new().fill(&mut random).ok()?;
    let nonce = hex::encode(random);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, WECHAT_API_KEY.as_bytes()).ok()?);
    let unique = Nonce::try_assume_unique_for_key(nonce.as_bytes()).ok()?;
    let mut sealed = plain.to_vec();
    key.seal_in_place_append_tag(unique, Aad::from(associated), &mut sealed).ok()?;
    Some((nonce, BASE64.encode(sealed)))
}

/// Whether the shop signed this very request: `WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",…`.
pub(super) fn is_the_merchants(headers: &HeaderMap, method: &str, path: &str, body: &[u8], now: i64) -> bool {
    let header = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(list) = header.strip_prefix("WECHATPAY2-SHA256-RSA2048 ") else { return false };
    let item = |name: &str| -> Option<&str> {
        list.split(',').find_map(|item| item.trim().strip_prefix(name)?.strip_prefix("=\"")?.strip_suffix('"'))
    };
    let (Some(merchant), Some(serial), Some(nonce), Some(time), Some(signature)) =
        (item("mchid"), item("serial_no"), item("nonce_str"), item("timestamp"), item("signature"))
    else {
        return false;
    };
    let fresh = time.parse::<i64>().is_ok_and(|time| now.abs_diff(time) <= TOLERANCE);
    let known = merchant == WECHAT_MERCHANT_ID && serial == WECHAT_MERCHANT_SERIAL;
    let message = [format!("{method}\n{path}\n{time}\n{nonce}\n").as_bytes(), body, b"\n"].concat();
    fresh && known && emulation::is_signed_by_the_merchant(&message, signature)
}
