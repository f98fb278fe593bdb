//! The payment providers' settings. One setting of a provider turns it on; then everything it needs must be there, and right.

use super::{Environment, Source};
use outside::{Certificate, Hidden, Key, PublicKey, RootSerial};
use outside::{alipay, stripe, wechat};
use std::collections::BTreeMap;
use std::str::FromStr;

/// The providers that are set up.
#[derive(Debug, Clone, Default)]
pub struct Providers {
    pub stripe: Option<stripe::Settings>,
    pub alipay: Option<alipay::Settings>,
    pub wechat: Option<wechat::Settings>,
}

impl Providers {
    /// Reads them all; `public_url` is where they send their notifications.
    pub(super) fn read(source: &mut Source, public_url: &str) -> Self {
        let notify = |provider: &str| format!("{public_url}/webhooks/{provider}");
        Self {
            stripe: Reading::of(source, "stripe", STRIPE).and_then(stripe_of),
            alipay: Reading::of(source, "alipay", ALIPAY).and_then(|reading| alipay_of(reading, notify("alipay"))),
            wechat: Reading::of(source, "wechat", WECHAT).and_then(|reading| wechat_of(reading, notify("wechat"))),
        }
    }

    /// Each with its name and where it answers.
    pub fn addresses(&self) -> Vec<(&'static str, &str)> {
        let stripe = self.stripe.iter().map(|settings| ("Stripe", settings.url.as_str()));
        let alipay = self.alipay.iter().map(|settings| ("Alipay", settings.url.as_str()));
        let wechat = self.wechat.iter().map(|settings| ("WeChat Pay", settings.url.as_str()));
        let people = self.inside_wechat().map(|inside| ("WeChat", inside.api_url.as_str()));
        stripe.chain(alipay).chain(wechat).chain(people).collect()
    }

    /// How it is learnt who pays inside WeChat.
    pub fn inside_wechat(&self) -> Option<&wechat::Inside> {
        self.wechat.as_ref()?.inside.as_ref()
    }

    /// Production speaks with real providers, and over encrypted lines.
    pub(super) fn check(&self, environment: Environment, mistakes: &mut Vec<String>) {
        // that page is the browser's to reach, and not ours
        let page = self.inside_wechat().map(|inside| ("WeChat’s page", inside.open_url.as_str()));
        for (name, url) in self.addresses().into_iter().chain(page) {
            let near = environment != Environment::Production && url.starts_with("http://");
            if !near && !url.starts_with("https://") {
                mistakes.push(format!("{name} is reached by https"));
            }
        }
        if environment != Environment::Production {
            return;
        }
        if self.inside_wechat().map(|inside| inside.secret.reveal()) == Some(gateway::emulation::WECHAT_APP_SECRET) {
            mistakes.push("LECTERN_WECHAT_APP_SECRET: this is the sandbox's secret, which everybody knows".into());
        }
        let known = gateway::emulation::PLATFORM_PUBLIC_KEY.parse::<PublicKey>().ok();
        let alipay = self.alipay.as_ref().map(|settings| match &settings.papers {
            alipay::Papers::Key(key) => key,
            alipay::Papers::Certificates { alipay, .. } => &alipay.key,
        });
        let wechat = self.wechat.as_ref().and_then(|settings| match &settings.papers {
            wechat::Papers::Key { key, .. } => Some(key),
            wechat::Papers::Certificates => None,
        });
        for (variable, key) in [("LECTERN_ALIPAY_PUBLIC_KEY", alipay), ("LECTERN_WECHAT_PUBLIC_KEY", wechat)] {
            if key.is_some() && key == known.as_ref() {
                mistakes.push(format!("{variable}: this is the sandbox's key, which everybody knows"));
            }
        }
    }
}

const STRIPE: &[&str] = &["url", "key", "webhook_secrets"];
const ALIPAY: &[&str] =
    &["url", "app_id", "seller_id", "key", "public_key", "app_certificate", "root_certificates", "certificate"];
const WECHAT: &[&str] = &[
    "url",
    "app_id",
    "merchant_id",
    "serial",
    "key",
    "api_key",
    "public_key",
    "public_key_id",
    "app_secret",
    "open_url",
    "api_url",
];

/// One provider's settings while they are read.
struct Reading<'a> {
    provider: &'static str,
    texts: BTreeMap<&'static str, String>,
    mistakes: &'a mut Vec<String>,
    before: usize,
}

impl<'a> Reading<'a> {
    /// None where the provider is not set up at all.
    fn of(source: &'a mut Source, provider: &'static str, names: &[&'static str]) -> Option<Self> {
        let texts: BTreeMap<&'static str, String> =
            names.iter().filter_map(|name| Some((*name, source.text(&format!("{provider}_{name}"))?))).collect();
        let before = source.mistakes.len();
        (!texts.is_empty()).then_some(Self { provider, texts, mistakes: &mut source.mistakes, before })
    }

    fn has(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    fn wrong(&mut self, name: &str, reason: &str) {
        self.mistakes.push(format!("LECTERN_{}_{}: {reason}", self.provider.to_uppercase(), name.to_uppercase()));
    }

    /// What must be there, in its shape.
    fn need<T: FromStr<Err = String>>(&mut self, name: &'static str) -> Option<T> {
        let Some(text) = self.texts.get(name) else {
            self.wrong(name, "is needed, now that this provider is set up");
            return None;
        };
        match text.parse() {
            Ok(read) => Some(read),
            Err(reason) => {
                self.wrong(name, &reason);
                None
            }
        }
    }

    /// A text that must look in a certain way.
    fn text(&mut self, name: &'static str, looks: &str, fits: fn(&str) -> bool) -> Option<String> {
        match self.texts.get(name) {
            Some(text) if fits(text) => Some(text.clone()),
            Some(_) => {
                self.wrong(name, looks);
                None
            }
            None => {
                self.wrong(name, "is needed, now that this provider is set up");
                None
            }
        }
    }

    fn url(&self, usual: &str) -> String {
        self.address("url", usual)
    }

    fn address(&self, name: &str, usual: &str) -> String {
        self.texts.get(name).map_or(usual, String::as_str).trim_end_matches('/').to_owned()
    }

    /// Whether everything was right.
    fn is_fine(&self) -> bool {
        self.mistakes.len() == self.before
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn stripe_of(mut reading: Reading<'_>) -> Option<stripe::Settings> {
    let key = reading.text("key", "a secret key, which begins with sk_ or rk_", |text| {
        (text.starts_with("sk_") || text.starts_with("rk_")) && text.len() >= 16
    });
    let secrets =
        reading.text("webhook_secrets", "one secret that begins with whsec_, or two with a comma between them", |text| {
            let secrets: Vec<&str> = text.split(',').map(str::trim).collect();
            secrets.len() <= 2 && secrets.iter().all(|secret| secret.starts_with("whsec_") && secret.len() >= 16)
        });
    Some(stripe::Settings {
        url: reading.url("https://api.stripe.com"),
        key: Hidden::new(key?),
        webhook_secrets: secrets?.split(',').map(|secret| Hidden::new(secret.trim())).collect(),
    })
}

fn alipay_of(mut reading: Reading<'_>, notify_url: String) -> Option<alipay::Settings> {
    let app_id = reading.text("app_id", "16 digits", |text| text.len() == 16 && digits(text));
    let seller_id = reading
        .text("seller_id", "16 digits that begin with 2088", |text| text.len() == 16 && text.starts_with("2088") && digits(text));
    let key = reading.need::<Key>("key");
    let by_certificates = ["app_certificate", "root_certificates", "certificate"].iter().any(|name| reading.has(name));
    let papers = if by_certificates {
        if reading.has("public_key") {
            reading.wrong("public_key", "either this or the certificates, not both");
        }
        let ours = reading.need::<Certificate>("app_certificate");
        let roots = reading.need::<RootSerial>("root_certificates");
        let alipay = reading.need::<Certificate>("certificate");
        ours.zip(roots).zip(alipay).map(|((ours, roots), alipay)| alipay::Papers::Certificates { ours, roots, alipay })
    } else {
        reading.need::<PublicKey>("public_key").map(alipay::Papers::Key)
    };
    if !reading.is_fine() {
        return None;
    }
    let url = reading.url("https://openapi.alipay.com/gateway.do");
    Some(alipay::Settings { url, app_id: app_id?, seller_id: seller_id?, key: key?, papers: papers?, notify_url })
}

fn wechat_of(mut reading: Reading<'_>, notify_url: String) -> Option<wechat::Settings> {
    let app_id = reading.text("app_id", "wx and 16 letters and digits", |text| {
        text.len() == 18 && text.starts_with("wx") && text.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let merchant = reading.text("merchant_id", "8 to 10 digits", |text| (8..=10).contains(&text.len()) && digits(text));
    let serial = reading.text("serial", "the certificate's serial number: 40 digits and capital letters A to F", |text| {
        text.len() == 40 && text.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b))
    });
    let key = reading.need::<Key>("key");
    let api_key = reading.need::<wechat::ApiKey>("api_key");
    let papers = match (reading.has("public_key"), reading.has("public_key_id")) {
        (false, false) => Some(wechat::Papers::Certificates),
        _ => {
            let id = reading.text("public_key_id", "the key's name, which begins with PUB_KEY_ID_", |text| {
                text.starts_with("PUB_KEY_ID_") && text.len() > 16
            });
            let key = reading.need::<PublicKey>("public_key");
            id.zip(key).map(|(id, key)| wechat::Papers::Key { id, key })
        }
    };
    let inside = wechat_inside(&mut reading);
    if !reading.is_fine() {
        return None;
    }
    Some(wechat::Settings {
        url: reading.url("https://api.mch.weixin.qq.com"),
        app_id: app_id?,
        merchant: merchant?,
        serial: serial?,
        key: key?,
        api_key: api_key?,
        papers: papers?,
        notify_url,
        inside,
    })
}

/// Paying inside the app is on with the application's secret; its addresses alone mean nothing.
fn wechat_inside(reading: &mut Reading<'_>) -> Option<wechat::Inside> {
    if !["app_secret", "open_url", "api_url"].iter().any(|name| reading.has(name)) {
        return None;
    }
    let secret = reading.text("app_secret", "the application's secret: 32 digits and letters a to f", |text| {
        text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    });
    Some(wechat::Inside {
        secret: Hidden::new(secret?),
        open_url: reading.address("open_url", "https://open.weixin.qq.com"),
        api_url: reading.address("api_url", "https://api.weixin.qq.com"),
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use gateway::emulation as sandbox;

    fn load(flags: &[(&str, &str)]) -> Result<Config, String> {
        Config::load(flags.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const STRIPE_KEY: (&str, &str) = ("stripe_key", "sk_test_0123456789");
    const STRIPE_SECRETS: (&str, &str) = ("stripe_webhook_secrets", "whsec_0123456789, whsec_9876543210");

    fn alipay() -> Vec<(&'static str, &'static str)> {
        vec![
            ("alipay_app_id", sandbox::ALIPAY_APP_ID),
            ("alipay_seller_id", sandbox::ALIPAY_SELLER_ID),
            ("alipay_key", sandbox::MERCHANT_KEY),
            ("alipay_public_key", sandbox::PLATFORM_PUBLIC_KEY),
        ]
    }

    fn wechat() -> Vec<(&'static str, &'static str)> {
        vec![
            ("wechat_app_id", sandbox::WECHAT_APP_ID),
            ("wechat_merchant_id", sandbox::WECHAT_MERCHANT_ID),
            ("wechat_serial", sandbox::WECHAT_MERCHANT_SERIAL),
            ("wechat_key", sandbox::MERCHANT_KEY),
            ("wechat_api_key", sandbox::WECHAT_API_KEY),
        ]
    }

    #[test]
    fn a_provider_that_is_not_set_up_is_not_there() {
        let config = load(&[]).unwrap();
        assert!(config.providers.addresses().is_empty());
    }

    #[test]
    fn providers_are_set_up_by_their_settings() {
        let all = [vec![STRIPE_KEY, STRIPE_SECRETS], alipay(), wechat()].concat();
        let config = load(&all).unwrap();
        let names: Vec<&str> = config.providers.addresses().iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["Stripe", "Alipay", "WeChat Pay"]);
        assert_eq!(config.providers.stripe.as_ref().unwrap().webhook_secrets.len(), 2);
        let printed = format!("{config:?}");
        for secret in ["sk_test", "whsec_0", sandbox::WECHAT_API_KEY, "PRIVATE KEY"] {
            assert!(!printed.contains(secret), "{secret}");
        }
    }

    #[test]
    fn paying_inside_wechat_is_on_with_the_application_s_secret() {
        let inside = |more: &[(&'static str, &'static str)]| load(&[wechat(), more.to_vec()].concat());
        assert!(inside(&[]).unwrap().providers.wechat.unwrap().inside.is_none());
        let config = inside(&[("wechat_app_secret", sandbox::WECHAT_APP_SECRET)]).unwrap();
        assert!(!format!("{config:?}").contains(sandbox::WECHAT_APP_SECRET));
        let names: Vec<&str> = config.providers.addresses().iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["WeChat Pay", "WeChat"]);
        let told = config.providers.wechat.unwrap().inside.unwrap();
        assert_eq!((told.open_url.as_str(), told.api_url.as_str()), ("https://open.weixin.qq.com", "https://api.weixin.qq.com"));
        let told = inside(&[("wechat_app_secret", "A-SECRET-IN-CAPITALS-IS-NONE-0123")]).unwrap_err();
        assert!(told.contains("LECTERN_WECHAT_APP_SECRET: ") && !told.contains("CAPITALS"), "{told}");
        let told = inside(&[("wechat_open_url", "https://open.weixin.qq.com/")]).unwrap_err();
        assert!(told.contains("LECTERN_WECHAT_APP_SECRET: is needed"), "{told}");
    }

    #[test]
    fn every_mistake_is_told_and_no_secret_with_it() {
        let wrong = [
            ("stripe_key", "pk_live_this-is-public"),
            ("alipay_app_id", "12"),
            ("alipay_key", "bm90IGEga2V5"),
            ("wechat_api_key", "a key that is too short"),
            ("wechat_public_key_id", "PUB_KEY_ID_01190000000020261121"),
        ];
        let told = load(&wrong).unwrap_err();
        for name in [
            "STRIPE_KEY",
            "STRIPE_WEBHOOK_SECRETS",
            "ALIPAY_APP_ID",
            "ALIPAY_SELLER_ID",
            "ALIPAY_KEY",
            "ALIPAY_PUBLIC_KEY",
            "WECHAT_APP_ID",
            "WECHAT_MERCHANT_ID",
            "WECHAT_SERIAL",
            "WECHAT_KEY",
            "WECHAT_API_KEY: exactly 32",
            "WECHAT_PUBLIC_KEY:",
        ] {
            assert!(told.contains(&format!("LECTERN_{name}")), "{name} in {told}");
        }
        for secret in ["pk_live_this", "bm90IGEga2V5", "too short"] {
            assert!(!told.contains(secret), "{told}");
        }
    }

    #[test]
    fn production_takes_no_keys_that_everybody_knows_and_no_open_lines() {
        let production = [
            ("env", "production"),
            ("public_url", "https://school.example"),
            ("secret", "a secret of production"),
            ("alipay_url", "http://127.0.0.1:3900/alipay/gateway.do"),
        ];
        let told = load(&[production.to_vec(), alipay()].concat()).unwrap_err();
        assert!(told.contains("everybody knows") && told.contains("Alipay is reached by https"), "{told}");
        let inside = vec![
            ("wechat_app_secret", sandbox::WECHAT_APP_SECRET),
            ("wechat_open_url", "http://127.0.0.1:3900/wechat"),
            ("wechat_api_url", "http://127.0.0.1:3900/wechat"),
        ];
        let told = load(&[production.to_vec(), alipay(), wechat(), inside].concat()).unwrap_err();
        for mistake in
            ["LECTERN_WECHAT_APP_SECRET: this is the sandbox", "WeChat is reached by https", "WeChat’s page is reached by"]
        {
            assert!(told.contains(mistake), "{mistake} in {told}");
        }
    }
}
