//! The sandbox payment provider: its own command, and beside `serve` its own process with its own database.

use crate::clock::{MovableClock, SystemClock};
use crate::config::{Config, Environment};
use domain::ports::Clock;
use model::Moment;
use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

/// What may be said on the command line.
#[derive(clap::Args)]
pub struct Options {
    /// Where to answer, instead of LECTERN_GATEWAY_LISTEN.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Print the settings by which this program speaks with the imitated Stripe, Alipay and WeChat Pay, and end.
    #[arg(long)]
    settings: bool,
    /// Stop when standard input ends: whoever started it is gone.
    #[arg(long, hide = true)]
    with_parent: bool,
}

/// `lectern gateway`.
pub async fn run(options: Options) -> Result<(), String> {
    let config = Config::load(Default::default())?;
    if config.environment == Environment::Production {
        return Err("the sandbox payment provider moves no money and does not run in production".into());
    }
    if options.settings {
        print_settings(&config);
        return Ok(());
    }
    crate::telemetry::start_log(&config.log, false);
    let address = options.listen.unwrap_or(config.gateway_listen);
    let listener = TcpListener::bind(address).await.map_err(|reason| format!("{address}: {reason}"))?;
    let database = format!("sqlite://{}", config.data_dir.join("gateway.db").display());
    let db = gateway::open_database(&database).await.map_err(|cause| cause.to_string())?;
    let clock: Arc<dyn Clock> = match config.test_clock {
        Some(start) => Arc::new(MovableClock::starting_at(start)),
        None => Arc::new(SystemClock),
    };
    let settings = gateway::Settings {
        db,
        key: config.gateway_key.reveal().to_owned(),
        webhook_secrets: config.gateway_secrets(),
        clock: Arc::new(move || clock.now().millis()),
        public_url: None,
    };
    tracing::info!(%address, "the sandbox payment provider answers at http://{address}");
    tokio::select! {
        served = gateway::serve(listener, settings) => served.map_err(|reason| reason.to_string()),
        () = crate::serve::told_to_stop() => Ok(()),
        () = parent_gone(options.with_parent) => Ok(()),
    }
}

#[allow(clippy::print_stdout)] // the settings are the command's output
fn print_settings(config: &Config) {
    use gateway::emulation as imitated;
    let url = config.gateway_url.clone().unwrap_or_else(|| format!("http://{}", config.gateway_listen));
    // keys on one line, as bare base64
    let bare = |pem: &str| pem.lines().filter(|line| !line.starts_with("-----")).collect::<String>();
    let settings = [
        ("STRIPE_URL", format!("{url}/stripe")),
        ("STRIPE_KEY", format!("sk_test_{}", config.gateway_key.reveal())),
        ("STRIPE_WEBHOOK_SECRETS", config.gateway_secrets().join(",")),
        ("ALIPAY_URL", format!("{url}/alipay/gateway.do")),
        ("ALIPAY_APP_ID", imitated::ALIPAY_APP_ID.into()),
        ("ALIPAY_SELLER_ID", imitated::ALIPAY_SELLER_ID.into()),
        ("ALIPAY_KEY", bare(imitated::MERCHANT_KEY)),
        ("ALIPAY_PUBLIC_KEY", bare(imitated::PLATFORM_PUBLIC_KEY)),
        ("WECHAT_URL", format!("{url}/wechat")),
        ("WECHAT_APP_ID", imitated::WECHAT_APP_ID.into()),
        ("WECHAT_MERCHANT_ID", imitated::WECHAT_MERCHANT_ID.into()),
        ("WECHAT_SERIAL", imitated::WECHAT_MERCHANT_SERIAL.into()),
        ("WECHAT_KEY", bare(imitated::MERCHANT_KEY)),
        ("WECHAT_API_KEY", imitated::WECHAT_API_KEY.into()),
        ("WECHAT_PUBLIC_KEY", bare(imitated::PLATFORM_PUBLIC_KEY)),
        ("WECHAT_PUBLIC_KEY_ID", imitated::WECHAT_PUBLIC_KEY_ID.into()),
        ("WECHAT_APP_SECRET", imitated::WECHAT_APP_SECRET.into()),
        ("WECHAT_OPEN_URL", format!("{url}/wechat")),
        ("WECHAT_API_URL", format!("{url}/wechat")),
    ];
    for (name, value) in settings {
        println!("LECTERN_{name}={value}");
    }
}

async fn parent_gone(with_parent: bool) {
    if !with_parent {
        return std::future::pending().await;
    }
    let (tell, gone) = tokio::sync::oneshot::channel();
    // a thread of its own, which may wait for ever without keeping the runtime from ending
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = tell.send(());
    });
    let _ = gone.await;
}

/// Starts the provider beside this program, where these settings want one; it ends with the value returned, or with us.
pub fn beside(config: &Config) -> Result<Option<Child>, String> {
    if config.gateway_address().is_none() || config.gateway_url.is_some() {
        return Ok(None);
    }
    let program = std::env::current_exe().map_err(|reason| reason.to_string())?;
    let child = Command::new(program)
        .arg("gateway")
        .arg("--with-parent")
        .args(["--listen", &config.gateway_listen.to_string()])
        .env("LECTERN_DATA_DIR", &config.data_dir)
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|reason| format!("the sandbox payment provider: {reason}"))?;
    Ok(Some(child))
}

/// Waits until the provider beside this program answers, so that its first question does not meet a closed door; a few seconds at most.
pub async fn answers(address: Option<SocketAddr>) {
    let Some(address) = address else { return };
    for _ in 0..100 {
        if TcpStream::connect(address).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Where the provider's clock is to be told that ours was moved.
#[derive(Clone)]
pub struct Follower {
    url: String,
    key: crate::config::Secret,
}

impl Follower {
    pub fn of(config: &Config) -> Option<Self> {
        Some(Self { url: config.gateway_address()?, key: config.gateway_key.clone() })
    }

    /// Sets the provider's clock; one that is away keeps its own.
    pub async fn set(&self, now: Moment) {
        if let Err(reason) = outside::sandbox::set_clock(&self.url, self.key.reveal(), &locale::dates::machine(now)).await {
            tracing::warn!(%reason, "the sandbox provider's clock was not moved");
        }
    }
}
