//! Every setting, once, with its meaning. Built-in defaults < `lectern.toml` < environment < flags; all mistakes are told together.

mod identities;
mod providers;

use axum::http::HeaderName;
use domain::orders::RefundLimit;
use model::Moment;
pub use providers::Providers;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

/// Where this runs; production refuses what is only good for trying things out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    Development,
    Test,
    Production,
}

impl FromStr for Environment {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "development" => Ok(Environment::Development),
            "test" => Ok(Environment::Test),
            "production" => Ok(Environment::Production),
            _ => Err("development, test or production".into()),
        }
    }
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
impl FromStr for Secret {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() >= 16 { Ok(Secret(text.to_owned())) } else { Err("at least 16 characters".into()) }
    }
}

/// A setting that may hold a password and is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Private(String);

impl Private {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Where the library's files are: `file:FOLDER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storage(pub PathBuf);

impl FromStr for Storage {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.strip_prefix("file:").map(|path| path.strip_prefix("//").unwrap_or(path)) {
            Some(path) if !path.is_empty() => Ok(Self(path.into())),
            _ if text.starts_with("s3:") => Err("this version keeps files in a folder only: file:FOLDER".into()),
            _ => Err("file:FOLDER".into()),
        }
    }
}

/// The secret that development starts with; production refuses it.
const DEVELOPMENT_SECRET: &str = "lectern-development-secret";

/// About a thousand yuan, and half of it; in other currencies every refund is looked at until an operator says otherwise.
const REFUND_LIMIT: &str = "CNY:100000,HKD:100000,SGD:19000,USD:14000,EUR:13000,GBP:11000,JPY:20000,KRW:190000";
const REFUND_AUTO_LIMIT: &str = "CNY:50000,HKD:50000,SGD:9500,USD:7000,EUR:6500,GBP:5500,JPY:10000,KRW:95000";

/// How development talks to its sandbox payment provider; production has none.
const DEVELOPMENT_GATEWAY_KEY: &str = "lectern-development-gateway-key";
const DEVELOPMENT_GATEWAY_SECRET: &str = "whsec_lectern-development";

/// Everything an operator may set.
#[derive(Debug, Clone)]
pub struct Config {
    /// `LECTERN_ENV`
    pub environment: Environment,
    /// `LECTERN_LISTEN`: where the web site answers.
    pub listen: SocketAddr,
    /// `LECTERN_PUBLIC_URL`: how people reach it, without a slash at the end.
    pub public_url: String,
    /// `LECTERN_DATABASE_URL`
    pub database_url: String,
    /// `LECTERN_DATA_DIR`: files, mail and the embedded databases.
    pub data_dir: PathBuf,
    /// `LECTERN_STORAGE_URL`: where the library's files are.
    pub storage: Storage,
    /// `LECTERN_LOG`: a filter of `tracing-subscriber`.
    pub log: String,
    /// `LECTERN_SECRET`: key of signed links.
    pub secret: Secret,
    /// `LECTERN_OLD_SECRET`: the one before, while it is being changed.
    pub old_secret: Option<Secret>,
    /// `LECTERN_LIMITS`: `off` lifts the rate limits; never in production.
    pub limits: bool,
    /// `LECTERN_TEST_CLOCK`: where the movable clock starts (RFC 3339); only under `test`.
    pub test_clock: Option<Moment>,
    /// `LECTERN_METRICS_TOKEN`: opens `/metrics` to other than private addresses.
    pub metrics_token: Option<Secret>,
    /// `LECTERN_GATEWAY`: `off` goes without the sandbox payment provider; `on` is for everywhere but production.
    pub gateway: Option<bool>,
    /// `LECTERN_GATEWAY_URL`: a sandbox provider that runs elsewhere; without it `serve` starts one beside itself.
    pub gateway_url: Option<String>,
    /// `LECTERN_GATEWAY_LISTEN`: where the one beside us answers.
    pub gateway_listen: SocketAddr,
    /// `LECTERN_GATEWAY_KEY`: the bearer key of its interface.
    pub gateway_key: Secret,
    /// `LECTERN_GATEWAY_SECRET`: what its notifications are signed with.
    pub gateway_secret: Secret,
    /// `LECTERN_GATEWAY_OLD_SECRET`: what they were signed with before, while it is being changed.
    pub gateway_old_secret: Option<Secret>,
    /// `LECTERN_STRIPE_…`, `LECTERN_ALIPAY_…`, `LECTERN_WECHAT_…`: see docs/payments.md.
    pub providers: Providers,
    /// `LECTERN_OIDC_<NAME>_…`: other houses whose people may come in; see docs/identity.md.
    pub identities: Vec<outside::oidc::Settings>,
    /// `LECTERN_REFUND_LIMIT`: refunds of an order above this in all need a second person; by currency, `CNY:100000,JPY:20000`.
    pub refund_limit: RefundLimit,
    /// `LECTERN_AFFILIATE_BP`: the share for recommending, in hundredths of a per cent; at most 3000.
    pub affiliate_bp: u32,
    /// `LECTERN_SELLER_NAME`, `…_TAX_NUMBER`, `…_ADDRESS`, `…_PHONE`, `…_EMAIL`: who sells, as receipts and invoices name them.
    pub seller: model::invoices::Seller,
    /// `LECTERN_REFUND_AUTO_LIMIT`: what a buyer asks for within the course's promise is granted at once up to this.
    pub refund_auto_limit: RefundLimit,
    /// `LECTERN_TRUSTED_PROXIES`: addresses of our own proxies, whose `X-Forwarded-For` counts, with commas between them.
    pub trusted_proxies: Addresses,
    /// `LECTERN_CLAMD`: `host:port` of ClamAV's daemon, which looks into what is uploaded; none: nobody does.
    pub clamd: Option<String>,
    /// `LECTERN_CONNECTIONS`: how many connections one address may have open at once; our own proxies may have any number.
    pub connections: usize,
    /// `LECTERN_COUNTRY_HEADER`: in which header those proxies say from which country a request comes, in two letters.
    pub country_header: Option<HeaderName>,
    /// `LECTERN_SMTP_URL`: `smtp://user:password@host:port` or `smtps://…`; none: letters are written into the data folder.
    pub smtp_url: Option<Private>,
    /// `LECTERN_MAIL_FROM`: whose letters they are.
    pub mail_from: String,
}

/// Where settings come from before the environment is asked, by their names without `LECTERN_`, in small letters.
type Given = BTreeMap<String, String>;

impl Config {
    /// Reads the settings, or tells every mistake in them.
    pub fn load(flags: Given) -> Result<Self, String> {
        let mut mistakes = Vec::new();
        let file = read_file().unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            Given::new()
        });
        let mut source = Source { flags, file, mistakes, asked: BTreeSet::new() };
        let data_dir: PathBuf = source.read("data_dir", "data");
        let database = format!("sqlite://{}", data_dir.join("lectern.db").display());
        let listen: SocketAddr = source.read("listen", "127.0.0.1:3000");
        let public_url: String = source.read("public_url", &format!("http://localhost:{}", listen.port()));
        let config = Config {
            environment: source.read("env", "development"),
            listen,
            providers: Providers::read(&mut source, &public_url),
            identities: identities::read(&mut source),
            public_url,
            database_url: source.read("database_url", &database),
            storage: source.read("storage_url", &format!("file:{}", data_dir.join("media").display())),
            log: source.read::<Filter>("log", "info,sqlx=warn").0,
            secret: source.read("secret", DEVELOPMENT_SECRET),
            old_secret: source.optional("old_secret", str::parse),
            limits: source.read::<Switch>("limits", "on").0,
            test_clock: source.optional("test_clock", crate::clock::parse),
            metrics_token: source.optional("metrics_token", str::parse),
            gateway: source.optional("gateway", |text| text.parse::<Switch>().map(|switch| switch.0)),
            gateway_url: source.optional("gateway_url", |text| Ok::<_, String>(text.trim_end_matches('/').to_owned())),
            gateway_listen: source.read("gateway_listen", "127.0.0.1:3900"),
            gateway_key: source.read("gateway_key", DEVELOPMENT_GATEWAY_KEY),
            gateway_secret: source.read("gateway_secret", DEVELOPMENT_GATEWAY_SECRET),
            gateway_old_secret: source.optional("gateway_old_secret", str::parse),
            refund_limit: source.read("refund_limit", REFUND_LIMIT),
            affiliate_bp: source.read("affiliate_bp", "1000"),
            seller: model::invoices::Seller {
                name: source.read("seller_name", ""),
                tax_number: source.read::<OwnTaxNumber>("seller_tax_number", "").0,
                address: source.read("seller_address", ""),
                phone: source.read("seller_phone", ""),
                email: source.read("seller_email", ""),
            },
            refund_auto_limit: source.read("refund_auto_limit", REFUND_AUTO_LIMIT),
            trusted_proxies: source.read("trusted_proxies", ""),
            clamd: source.optional("clamd", |text| outside::clamd::check(text).map(|()| text.to_owned())),
            connections: source.read("connections", "600"),
            country_header: source.optional("country_header", |text| {
                text.parse::<HeaderName>().map_err(|_| "the name of a header, such as CF-IPCountry".to_owned())
            }),
            smtp_url: source.optional("smtp_url", |text| outside::smtp::check(text).map(|()| Private(text.to_owned()))),
            mail_from: source.read::<Sender>("mail_from", "Lectern <no-reply@lectern.example>").0,
            data_dir,
        };
        let mut mistakes = source.told();
        config.check(&mut mistakes);
        if mistakes.is_empty() { Ok(config) } else { Err(format!("these settings cannot be used:\n  {}", mistakes.join("\n  "))) }
    }

    /// The sandbox payment provider's address, where there is one.
    pub fn gateway_address(&self) -> Option<String> {
        let beside = || format!("http://{}", self.gateway_listen);
        (self.gateway != Some(false) && self.environment != Environment::Production)
            .then(|| self.gateway_url.clone().unwrap_or_else(beside))
    }

    /// What the sandbox provider signs notifications with: one secret, or two while it is being changed.
    pub fn gateway_secrets(&self) -> Vec<String> {
        std::iter::once(&self.gateway_secret).chain(&self.gateway_old_secret).map(|secret| secret.reveal().to_owned()).collect()
    }

    /// The secrets that something of ours may be sealed with; the one of now stands first.
    pub fn secrets(&self) -> Vec<&[u8]> {
        std::iter::once(&self.secret).chain(&self.old_secret).map(|secret| secret.reveal().as_bytes()).collect()
    }

    fn check(&self, mistakes: &mut Vec<String>) {
        self.providers.check(self.environment, mistakes);
        identities::check(&self.identities, self.environment, mistakes);
        let url = &self.public_url;
        if !(url.starts_with("http://") || url.starts_with("https://")) || url.ends_with('/') {
            mistakes.push(format!("LECTERN_PUBLIC_URL: {url}: http(s)://host without a slash at the end"));
        }
        if !(self.database_url.starts_with("sqlite://") || self.database_url.starts_with("postgres://")) {
            mistakes.push("LECTERN_DATABASE_URL: begins with sqlite:// or postgres://".into());
        }
        if self.test_clock.is_some() && self.environment != Environment::Test {
            mistakes.push("LECTERN_TEST_CLOCK: only under LECTERN_ENV=test".into());
        }
        if self.gateway_url.as_ref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
            mistakes.push("LECTERN_GATEWAY_URL: begins with http:// or https://".into());
        }
        if self.gateway_url.as_ref().is_some_and(|url| url.starts_with("http://") && !outside::outgoing::is_near(url)) {
            mistakes.push(
                "LECTERN_GATEWAY_URL: without encryption only this machine is reached: https://, or http://127.0.0.1".into(),
            );
        }
        if self.old_secret.as_ref() == Some(&self.secret) {
            mistakes.push("LECTERN_OLD_SECRET: the same as LECTERN_SECRET; it takes the one before".into());
        }
        if self.country_header.is_some() && self.trusted_proxies.0.is_empty() {
            mistakes
                .push("LECTERN_COUNTRY_HEADER: only a proxy of LECTERN_TRUSTED_PROXIES is believed, and there is none".into());
        }
        if self.connections == 0 {
            mistakes.push("LECTERN_CONNECTIONS: at least 1".into());
        }
        if self.affiliate_bp > 3_000 {
            mistakes.push("LECTERN_AFFILIATE_BP: at most 3000".into());
        }
        if self.environment == Environment::Production {
            if self.gateway == Some(true) {
                mistakes.push("LECTERN_GATEWAY: production has no sandbox provider".into());
            }
            if self.gateway_url.is_some() {
                mistakes.push("LECTERN_GATEWAY_URL: production takes no payments that move no money".into());
            }
            if self.secret.reveal() == DEVELOPMENT_SECRET {
                mistakes.push("LECTERN_SECRET: production needs a secret of its own".into());
            }
            if !self.limits {
                mistakes.push("LECTERN_LIMITS: limits stay on in production".into());
            }
            if !url.starts_with("https://") {
                mistakes.push("LECTERN_PUBLIC_URL: production is reached by https".into());
            }
        }
    }
}

/// Addresses with commas between them.
#[derive(Debug, Clone, Default)]
pub struct Addresses(pub Vec<IpAddr>);

impl FromStr for Addresses {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let read = parts.map(|part| part.parse::<IpAddr>().map_err(|_| format!("{part}: not an address such as 10.0.0.1")));
        read.collect::<Result<_, _>>().map(Addresses)
    }
}

/// A tax number, or none. One of GB 32100 is checked; a number of another country is taken as it is.
struct OwnTaxNumber(String);

impl FromStr for OwnTaxNumber {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        match text.len() {
            18 => match model::invoices::TaxNumber::parse(text) {
                Ok(number) => Ok(Self(number.as_str().to_owned())),
                Err(_) => Err("its last character does not fit the other seventeen (GB 32100)".into()),
            },
            _ => Ok(Self(text.to_owned())),
        }
    }
}

/// A filter of the log.
struct Filter(String);

impl FromStr for Filter {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match tracing_subscriber::EnvFilter::try_new(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(reason) => Err(format!("{text}: {reason}; such as info,sqlx=warn")),
        }
    }
}

/// Whose letters they are.
struct Sender(String);

impl FromStr for Sender {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        outside::letterbox::check_sender(text).map(|()| Self(text.to_owned()))
    }
}

/// `on` or `off`.
struct Switch(bool);

impl FromStr for Switch {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "on" | "true" | "1" => Ok(Switch(true)),
            "off" | "false" | "0" => Ok(Switch(false)),
            _ => Err("on or off".into()),
        }
    }
}

struct Source {
    flags: Given,
    file: Given,
    mistakes: Vec<String>,
    /// The names that were looked for: what else the file holds is a slip of the pen.
    asked: BTreeSet<String>,
}

impl Source {
    /// The setting from the strongest source that has it.
    fn read<T: FromStr>(&mut self, name: &str, default: &str) -> T
    where
        T::Err: fmt::Display,
    {
        let text = self.text(name).unwrap_or_else(|| default.to_owned());
        text.parse().unwrap_or_else(|reason| {
            self.mistakes.push(format!("LECTERN_{}: {reason}", name.to_uppercase()));
            #[allow(clippy::expect_used)] // the defaults are ours
            default.parse().ok().expect("a default can be read")
        })
    }

    /// A setting that may be absent.
    fn optional<T>(&mut self, name: &str, parse: fn(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text(name)?;
        parse(&text).map_err(|reason| self.mistakes.push(format!("LECTERN_{}: {reason}", name.to_uppercase()))).ok()
    }

    /// What stands between `before` and `after` in the names of settings, wherever they are set: `oidc_`, `_issuer` → `campus`.
    fn between(&self, before: &str, after: &str) -> BTreeSet<String> {
        let part = |name: &str| Some(name.strip_prefix(before)?.strip_suffix(after)?.to_owned()).filter(|part| !part.is_empty());
        let ours = |variable: &str| {
            let name = variable.strip_prefix("LECTERN_")?.to_lowercase();
            part(name.strip_suffix("_file").unwrap_or(&name))
        };
        let given = self.flags.keys().chain(self.file.keys()).filter_map(|name| part(name));
        given.chain(variables().iter().filter_map(|variable| ours(variable))).collect()
    }

    /// Every mistake, once all settings were read.
    fn told(self) -> Vec<String> {
        let unknown =
            self.file.keys().filter(|name| !self.asked.contains(*name)).map(|name| format!("{name}: there is no such setting"));
        self.mistakes.into_iter().chain(unknown.collect::<Vec<_>>()).collect()
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.asked.insert(name.to_owned());
        if let Some(flag) = self.flags.get(name) {
            return Some(flag.clone());
        }
        let variable = format!("LECTERN_{}", name.to_uppercase());
        if let Some(path) = environment(&format!("{variable}_FILE")) {
            match std::fs::read_to_string(&path) {
                Ok(text) => return Some(text.trim_end().to_owned()),
                Err(reason) => self.mistakes.push(format!("{variable}_FILE: {path}: {reason}")),
            }
        }
        environment(&variable).or_else(|| self.file.get(name).cloned())
    }
}

#[allow(clippy::disallowed_methods)] // the one place that reads the environment
fn environment(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|value| !value.is_empty())
}

/// The names of all variables that are set.
fn variables() -> Vec<String> {
    let set = std::env::vars_os().filter(|(_, value)| !value.is_empty());
    set.filter_map(|(name, _)| name.into_string().ok()).collect()
}

/// `lectern.toml` of the working folder, or the file `LECTERN_CONFIG` names; keys are the settings' names in small letters.
fn read_file() -> Result<Given, String> {
    let (path, wanted) = match environment("LECTERN_CONFIG") {
        Some(path) => (PathBuf::from(path), true),
        None => (PathBuf::from("lectern.toml"), false),
    };
    if !wanted && !path.exists() {
        return Ok(Given::new());
    }
    let text = std::fs::read_to_string(&path).map_err(|reason| format!("{}: {reason}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|reason| format!("{}: {reason}", path.display()))?;
    Ok(table.into_iter().map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))).collect())
}
