//! Notifications of payment providers. Nobody who does not have the key gets one taken; and nothing that the provider itself may send
//! breaks the reading of it.

use crate::first_line;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::payments::Gateway;
use domain::ports::Clock;
use futures::FutureExt;
use model::Moment;
use outside::alipay::{self, Alipay};
use outside::sandbox::{self, Sandbox};
use outside::stripe::{self, Stripe};
use outside::wechat::{self, Wechat};
use outside::{Hidden, Key, PublicKey};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde_json::json;
use std::sync::{Arc, LazyLock};

const NOW: Moment = Moment::from_millis(1_790_000_000_000);
const API_KEY: &str = "0123456789abcdef0123456789abcdef";
const NONCE: &str = "twelve bytes";

struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        NOW
    }
}

fn parsed<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| std::process::abort())
}

fn opened<T>(gateway: Result<T, String>) -> T {
    gateway.unwrap_or_else(|_| std::process::abort())
}

fn key() -> Key {
    parsed(include_str!("../../gateway/keys/merchant.key"))
}

fn theirs() -> PublicKey {
    parsed(include_str!("../../gateway/keys/platform.pub"))
}

static STRIPE: LazyLock<Stripe> = LazyLock::new(|| {
    let settings = stripe::Settings {
        url: "https://api.stripe.com".into(),
        key: Hidden::new("sk_test_of_nobody"),
        webhook_secrets: vec![Hidden::new("whsec_nobody_knows")],
    };
    opened(Stripe::new(settings, Arc::new(Still)))
});

static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| {
    opened(Sandbox::new(sandbox::Settings {
        url: "http://127.0.0.1:1".into(),
        key: "nobody".into(),
        webhook_secrets: vec!["whsec_nobody_knows".into()],
        notify_url: "http://127.0.0.1:1/".into(),
    }))
});

static ALIPAY: LazyLock<Alipay> = LazyLock::new(|| {
    let settings = alipay::Settings {
        url: "https://openapi.alipay.com/gateway.do".into(),
        app_id: "2021".into(),
        seller_id: "2088".into(),
        key: key(),
        papers: alipay::Papers::Key(theirs()),
        notify_url: "https://lectern.example/webhooks/alipay".into(),
    };
    opened(Alipay::new(settings, Arc::new(Still)))
});

static WECHAT: LazyLock<Wechat> = LazyLock::new(|| {
    let settings = wechat::Settings {
        url: "https://api.mch.weixin.qq.com".into(),
        app_id: "wx1".into(),
        merchant: "19".into(),
        serial: "AB".into(),
        key: key(),
        api_key: parsed(API_KEY),
        papers: wechat::Papers::Key { id: "PUB_KEY_ID_1".into(), key: theirs() },
        notify_url: "https://lectern.example/webhooks/wechat".into(),
        inside: None,
    };
    opened(Wechat::new(settings, Arc::new(Still)))
});

/// Whether the notification is taken for the provider's; it never is, and finding that out asks nobody.
fn is_believed(gateway: &dyn Gateway, signatures: &[&str], body: &[u8]) -> bool {
    gateway.verify(signatures, body, NOW).now_or_never().is_some_and(|verified| verified.is_ok())
}

/// The first line is the header, the rest the body.
pub fn sealed_by_hmac(bytes: &[u8]) {
    let (header, body) = first_line(bytes);
    for gateway in [&*STRIPE as &dyn Gateway, &*SANDBOX] {
        assert!(!is_believed(gateway, &[header], body), "nobody signed this");
        let _ = gateway.read(body);
        let _ = gateway.read(bytes);
    }
}

pub fn alipay(bytes: &[u8]) {
    assert!(!is_believed(&*ALIPAY, &[], bytes), "nobody signed this");
    let _ = ALIPAY.read(bytes);
}

/// Four lines of headers and a body; and the bytes sealed, as the provider would, for what is inside.
pub fn wechat(bytes: &[u8]) {
    let (time, rest) = first_line(bytes);
    let (nonce, rest) = first_line(rest);
    let (serial, rest) = first_line(rest);
    let (signature, body) = first_line(rest);
    assert!(!is_believed(&*WECHAT, &[time, nonce, serial, signature], body), "nobody signed this");
    assert!(!is_believed(&*WECHAT, &[time, nonce, "PUB_KEY_ID_1", signature], body), "nobody signed this");
    let _ = WECHAT.read(body);
    for kind in ["TRANSACTION.SUCCESS", "REFUND.SUCCESS", "OTHER"] {
        let _ = WECHAT.read(sealed(kind, bytes).to_string().as_bytes());
    }
}

fn sealed(kind: &str, plain: &[u8]) -> serde_json::Value {
    let mut inside = plain.to_vec();
    let key = UnboundKey::new(&AES_256_GCM, API_KEY.as_bytes()).map(LessSafeKey::new);
    let nonce = Nonce::try_assume_unique_for_key(NONCE.as_bytes());
    if let (Ok(key), Ok(nonce)) = (key, nonce) {
        let _ = key.seal_in_place_append_tag(nonce, Aad::from(b""), &mut inside);
    }
    let resource = json!({ "algorithm": "AEAD_AES_256_GCM", "nonce": NONCE, "ciphertext": BASE64.encode(inside) });
    json!({ "id": "e", "event_type": kind, "resource": resource })
}
