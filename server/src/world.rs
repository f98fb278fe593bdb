//! Puts the application's world together from the settings.

use crate::clock::SystemClock;
use crate::config::Config;
use domain::App;
use domain::accounts::identity::IdentityProvider;
use domain::accounts::password::{Hashing, STANDARD};
use domain::app::{Ports, Settings};
use domain::payments::Gateway;
use domain::ports::{Clock, Mail, Scanner, SystemChance};
use outside::alipay::Alipay;
use outside::clamd::Clamd;
use outside::disk::Disk;
use outside::letterbox::Letterbox;
use outside::oidc::Oidc;
use outside::sandbox::Sandbox;
use outside::smtp::Smtp;
use outside::stripe::Stripe;
use outside::wechat::Wechat;
use std::sync::Arc;
use store::{Db, Migrations};

/// The world as the settings want it; the database is brought to this version's schema.
pub async fn open(config: &Config) -> Result<App, String> {
    open_at(config, Arc::new(SystemClock)).await
}

/// The same under a clock of the caller's.
pub async fn open_at(config: &Config, clock: Arc<dyn Clock>) -> Result<App, String> {
    let db = open_database(config).await?;
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    Ok(App {
        db,
        ports: Arc::new(Ports {
            clock: clock.clone(),
            chance: Arc::new(SystemChance),
            mail: mail(config)?,
            files: Arc::new(Disk::new(config.storage.0.clone())),
            scanner: config.clamd.as_ref().map(|address| Arc::new(Clamd::new(address)) as Arc<dyn Scanner>),
            gateways: gateways(config, &clock)?,
            identities: identities(config, &clock)?,
            issuer: Arc::new(domain::invoices::ByHand),
        }),
        settings: Arc::new(Settings {
            public_url: config.public_url.clone(),
            limits: config.limits,
            media_key: config.secret.reveal().as_bytes().to_vec(),
            former_key: config.old_secret.as_ref().map(|secret| secret.reveal().as_bytes().to_vec()),
            instructor_share_bp: 7_000,
            refund_limit: config.refund_limit.clone(),
            affiliate_bp: config.affiliate_bp,
            seller: config.seller.clone(),
            refund_auto_limit: config.refund_auto_limit.clone(),
        }),
        hashing: Hashing::new(STANDARD, cores).map_err(|cause| cause.to_string())?,
        turns: Default::default(),
        feed: Arc::default(),
    })
}

/// The payment providers of these settings, in the order in which they are offered.
fn gateways(config: &Config, clock: &Arc<dyn Clock>) -> Result<Vec<Arc<dyn Gateway>>, String> {
    let mut gateways: Vec<Arc<dyn Gateway>> = Vec::new();
    if let Some(url) = config.gateway_address() {
        gateways.push(Arc::new(Sandbox::new(outside::sandbox::Settings {
            url,
            key: config.gateway_key.reveal().to_owned(),
            webhook_secrets: config.gateway_secrets(),
            // by the address we listen on: the public one may not be reachable from here
            notify_url: format!("http://{}/webhooks/sandbox", reachable(config.listen)),
        })?));
    }
    if let Some(settings) = &config.providers.wechat {
        gateways.push(Arc::new(Wechat::new(settings.clone(), clock.clone())?));
    }
    if let Some(settings) = &config.providers.alipay {
        gateways.push(Arc::new(Alipay::new(settings.clone(), clock.clone())?));
    }
    if let Some(settings) = &config.providers.stripe {
        gateways.push(Arc::new(Stripe::new(settings.clone(), clock.clone())?));
    }
    Ok(gateways)
}

/// The providers of identities of these settings, in the order of their names.
fn identities(config: &Config, clock: &Arc<dyn Clock>) -> Result<Vec<Arc<dyn IdentityProvider>>, String> {
    let opened = config.identities.iter().map(|settings| {
        let provider = Oidc::new(settings.clone(), clock.clone()).map_err(|cause| format!("LECTERN_OIDC: {cause}"))?;
        Ok(Arc::new(provider) as Arc<dyn IdentityProvider>)
    });
    opened.collect()
}

/// An address that can be called: every address is none.
fn reachable(listen: std::net::SocketAddr) -> std::net::SocketAddr {
    match listen.ip() {
        ip if ip.is_unspecified() => std::net::SocketAddr::new(std::net::Ipv4Addr::LOCALHOST.into(), listen.port()),
        _ => listen,
    }
}

/// A mail server where one is configured, else a folder of letters.
fn mail(config: &Config) -> Result<Arc<dyn Mail>, String> {
    Ok(match &config.smtp_url {
        Some(url) => Arc::new(Smtp::new(url.reveal(), &config.mail_from).map_err(|cause| format!("LECTERN_SMTP_URL: {cause}"))?),
        None => Arc::new(Letterbox::new(config.data_dir.join("mail"), &config.mail_from)),
    })
}

async fn open_database(config: &Config) -> Result<Db, String> {
    let db = Db::open(&config.database_url, store::Settings::default()).await.map_err(|cause| cause.to_string())?;
    db.migrate(&Migrations::of_the_school()).await.map_err(|cause| cause.to_string())?;
    domain::events::take_over(&db).await.map_err(|cause| cause.to_string())?;
    Ok(db)
}

/// `lectern demo`.
pub async fn demo_only() -> Result<(), String> {
    let config = Config::load(Default::default())?;
    let app = open(&config).await?;
    match load_demo(&app, &config).await? {
        Some(loaded) => eprintln!("loaded {} courses and {} people", loaded.courses, loaded.people),
        None => eprintln!("the demo content is here already"),
    }
    Ok(())
}

/// Loads the demo content; production has no place for people whose password everybody knows.
pub async fn load_demo(app: &App, config: &Config) -> Result<Option<crate::demo::Loaded>, String> {
    if config.environment == crate::config::Environment::Production {
        return Err("the demo content has well-known passwords and is not loaded in production".into());
    }
    crate::demo::load(app).await
}

/// `lectern migrate`.
pub async fn migrate_only() -> Result<(), String> {
    let config = Config::load(Default::default())?;
    open_database(&config).await.map(|_| ())
}
