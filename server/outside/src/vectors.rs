//! The providers' published vectors, and every byte of them changed.

use crate::keys::{Certificate, Key, PublicKey, RootSerial};
use crate::{alipay, signature, wechat};
use serde_json::Value;

const PUBLISHED: &str = include_str!("../tests/vectors/payments.json");

/// The entry of that name, with its source beside it in the file.
fn vector(id: &str) -> Value {
    let all: Vec<Value> = serde_json::from_str(PUBLISHED).unwrap();
    all.into_iter().find(|entry| entry["id"] == id).unwrap()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap()
}

/// Every text that differs from `good` in one bit of one byte and is still a text.
fn changed(good: &str) -> impl Iterator<Item = String> + '_ {
    (0..good.len()).flat_map(move |place| {
        (0..8).filter_map(move |bit| {
            let mut bytes = good.as_bytes().to_vec();
            bytes[place] ^= 1 << bit;
            String::from_utf8(bytes).ok()
        })
    })
}

#[test]
fn stripe_s_hmac_is_ours() {
    let vector = vector("stripe-hmac");
    for case in vector["cases"].as_array().unwrap() {
        let (body, seal) = (case[0].as_str().unwrap(), case[1].as_str().unwrap());
        assert_eq!(signature::sealed(text(&vector, "secret"), body.as_bytes()), seal);
    }
}

#[test]
fn prv_w3_a_sealed_resource_opens_and_no_changed_one_does() {
    let vector = vector("wxpay-aead-1");
    let key = text(&vector, "api_v3_key").parse().unwrap();
    let open = |nonce: &str, associated: &str, ciphertext: &str| {
        let sealed = serde_json::json!({ "algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "associated_data": associated,
                                         "ciphertext": ciphertext });
        serde_json::from_value::<wechat::seal::Sealed>(sealed).unwrap().open(&key)
    };
    let (nonce, associated, ciphertext) = (text(&vector, "nonce"), text(&vector, "aad"), text(&vector, "ciphertext"));
    assert_eq!(open(nonce, associated, ciphertext).unwrap(), text(&vector, "plaintext").as_bytes());
    assert!(changed(nonce).all(|nonce| open(&nonce, associated, ciphertext).is_err()));
    assert!(changed(associated).all(|associated| open(nonce, &associated, ciphertext).is_err()));
    assert!(changed(ciphertext).all(|ciphertext| open(nonce, associated, &ciphertext).is_err()));
}

#[test]
fn prv_w3_a_key_of_another_length_and_another_algorithm_are_refused() {
    for length in [0, 16, 31, 33, 64] {
        assert!("k".repeat(length).parse::<wechat::ApiKey>().is_err(), "{length}");
    }
    let key = "k".repeat(32).parse().unwrap();
    let other = r#"{"algorithm":"AEAD_AES_128_GCM","nonce":"123456789012","ciphertext":"ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI="}"#;
    assert_eq!(serde_json::from_str::<wechat::seal::Sealed>(other).unwrap().open(&key), Err("sealed in another way"));
}

#[test]
fn wechat_pay_s_certificates_open_under_their_serial_numbers() {
    let vector = vector("wxpay-platform-cert-download");
    let key = text(&vector, "api_v3_key").parse().unwrap();
    let list: wechat::wire::Certificates = serde_json::from_value(vector["response"].clone()).unwrap();
    assert_eq!(list.open(&key).unwrap()[0].serial, text(&vector, "expect_serial"));
    let mut another = vector["response"].clone();
    another["data"][0]["serial_no"] = "5DEA10EF55877E3CF6C33255C2E7DEFFF7E427ED".into();
    assert!(serde_json::from_value::<wechat::wire::Certificates>(another).unwrap().open(&key).is_err());
}

#[test]
fn prv_w1_a_signature_is_made_and_verified_and_no_changed_one_is() {
    let vector = vector("wxpay-sign-2");
    let key: Key = text(&vector, "private_key_pem").parse().unwrap();
    let certificate: Certificate = text(&vector, "cert_pem").parse().unwrap();
    assert_eq!(certificate.serial, text(&vector, "serial"));
    let (message, good) = (text(&vector, "message"), text(&vector, "signature"));
    assert_eq!(key.sign(message.as_bytes()).unwrap(), good);
    assert!(certificate.key.verifies(message.as_bytes(), good));
    assert!(changed(message).all(|message| !certificate.key.verifies(message.as_bytes(), good)));
    assert!(changed(good).all(|signature| !certificate.key.verifies(message.as_bytes(), &signature)));
    let wrong: PublicKey = text(&vector, "wrong_public_key_pem").parse().unwrap();
    assert!(!wrong.verifies(message.as_bytes(), good));
}

#[test]
fn prv_w1_requests_are_signed_as_documented() {
    for case in vector("wxpay-auth-header")["cases"].as_array().unwrap() {
        let seconds = case["timestamp"].as_i64().unwrap();
        let message =
            wechat::proof::of_request(text(case, "method"), text(case, "url"), seconds, text(case, "nonce"), text(case, "body"));
        assert_eq!(message, text(case, "message"));
    }
    let vector = vector("wxpay-doc-request-sign");
    let (url, nonce, body) = (text(&vector, "url"), text(&vector, "nonce"), text(&vector, "body"));
    let seconds = vector["timestamp"].as_i64().unwrap();
    let message = wechat::proof::of_request(text(&vector, "method"), url, seconds, nonce, body);
    let key: Key = text(&vector, "private_key_pem").parse().unwrap();
    let signature = key.sign(message.as_bytes()).unwrap();
    assert_eq!(signature, text(&vector, "signature"));
    let header = wechat::proof::header("1900007291", "SERIAL", nonce, seconds, &signature);
    assert_eq!(
        header,
        format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"1900007291\",nonce_str=\"{nonce}\",timestamp=\"1554208460\",serial_no=\"SERIAL\",signature=\"{signature}\""
        )
    );
}

#[test]
fn prv_w6_the_sheet_is_signed_as_documented() {
    let vector = vector("wxpay-doc-paysign");
    let key: Key = text(&vector, "private_key_pem").parse().unwrap();
    let (app, seconds, nonce) = (text(&vector, "appid"), text(&vector, "timestamp"), text(&vector, "nonce"));
    let message = wechat::proof::of_sheet(app, seconds, nonce, text(&vector, "prepay_id"));
    assert_eq!(key.sign(message.as_bytes()).unwrap(), text(&vector, "jsapi_paysign"));
}

/// The vector's fields, where what is no text is the text of its JSON.
fn notified() -> (Vec<(String, String)>, PublicKey) {
    let vector = vector("alipay-trade-notify-success");
    let written = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let fields = vector["params"].as_object().unwrap().iter().map(|(name, value)| (name.clone(), written(value)));
    (fields.collect(), text(&vector, "alipay_public_key_b64").parse().unwrap())
}

#[test]
fn prv_a2_a_trade_notification_is_verified_without_sign_and_sign_type() {
    let (fields, key) = notified();
    assert_eq!(alipay::proof::verify(&fields, &key), Ok(()));
    let body = alipay::form::encode(&fields);
    let check = |app: &str, seller: &str| alipay::proof::check_notification(body.as_bytes(), &key, app, seller);
    assert_eq!(check("2019073166072302", "2088531891668739"), Ok(()));
    assert_eq!(check("2019073166072303", "2088531891668739"), Err("for another application"));
    assert_eq!(check("2019073166072302", "2088531891668738"), Err("for another seller"));
}

#[test]
fn prv_a2_no_changed_byte_of_any_field_is_accepted() {
    let (fields, key) = notified();
    for place in 0..fields.len() {
        for value in changed(&fields[place].1) {
            let mut other = fields.clone();
            other[place].1 = value;
            assert!(alipay::proof::verify(&other, &key).is_err(), "{}={}", other[place].0, other[place].1);
        }
        let mut without = fields.clone();
        without.remove(place);
        assert!(alipay::proof::verify(&without, &key).is_err(), "without {}", fields[place].0);
    }
    let mut more = fields;
    more.push(("trade_status2".into(), "TRADE_SUCCESS".into()));
    assert!(alipay::proof::verify(&more, &key).is_err());
}

#[test]
fn prv_a2_a_form_with_two_meanings_is_refused() {
    let (fields, key) = notified();
    let body = alipay::form::encode(&fields);
    for more in ["&trade_status=TRADE_SUCCESS", "&", "&x", "&=x", "&a=%ff"] {
        let body = format!("{body}{more}");
        let checked = alipay::proof::check_notification(body.as_bytes(), &key, "2019073166072302", "2088531891668739");
        assert!(checked.is_err(), "{more}");
    }
}

#[test]
fn prv_a1_certificates_have_alipay_s_names() {
    let vector = vector("alipay-cert-sn");
    for (pem, mark) in [("app_cert_pem", "app_cert_sn"), ("alipay_cert_pem", "alipay_cert_sn")] {
        assert_eq!(text(&vector, pem).parse::<Certificate>().unwrap().mark, text(&vector, mark));
    }
    assert_eq!(text(&vector, "root_certs_pem").parse::<RootSerial>().unwrap().0, text(&vector, "root_cert_sn"));
}

#[test]
fn prv_a1_a_request_is_signed_with_its_sign_type_and_without_what_is_empty() {
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let message =
        alipay::proof::of_request(&pairs(&[("sign_type", "RSA2"), ("b", "中 文"), ("a", ""), ("app_id", "1"), ("sign", "x")]));
    assert_eq!(message, "app_id=1&b=中 文&sign_type=RSA2");
}
