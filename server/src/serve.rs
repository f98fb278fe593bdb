//! `lectern serve`.

use crate::clock::MovableClock;
use crate::config::Config;
use crate::{connections, http, telemetry, worker, world};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// What may be said on the command line.
#[derive(clap::Args)]
pub struct Options {
    /// Where to answer, instead of LECTERN_LISTEN.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Load the demo content first, if it is not there yet.
    #[arg(long)]
    demo: bool,
    /// Serve pages only; `lectern work` does the background work elsewhere.
    #[arg(long)]
    no_work: bool,
}

/// Serves until told to stop, then lets running requests finish.
pub async fn run(options: Options) -> Result<(), String> {
    let flags: BTreeMap<String, String> = options.listen.into_iter().map(|address| ("listen".to_owned(), address)).collect();
    let config = Config::load(flags)?;
    telemetry::start_log(&config.log, config.environment == crate::config::Environment::Production);
    telemetry::start_metrics();
    if config.environment == crate::config::Environment::Production && config.trusted_proxies.0.is_empty() {
        tracing::warn!(
            "LECTERN_TRUSTED_PROXIES names nobody: whoever comes through a proxy counts as one network with all others"
        );
    }
    let test_clock = config.test_clock.map(|start| Arc::new(MovableClock::starting_at(start)));
    let app = match &test_clock {
        Some(clock) => world::open_at(&config, clock.clone()).await?,
        None => world::open(&config).await?,
    };
    if options.demo && world::load_demo(&app, &config).await?.is_some() {
        tracing::info!("the demo content is loaded");
    }
    let listener = TcpListener::bind(config.listen).await.map_err(|reason| format!("{}: {reason}", config.listen))?;
    tracing::info!(address = %config.listen, "Lectern answers at {}", config.public_url);
    if options.demo {
        eprintln!(
            "\n  Lectern 讲台   {}\n\n  Ada teaches      ada@lectern.example\n  Grace learns     grace@lectern.example\n  Lin manages      lin@lectern.example\n  Sam is staff     sam@lectern.example\n  their password   {}\n",
            config.public_url,
            crate::demo::PASSWORD
        );
    }
    let provider = crate::gateway::beside(&config)?;
    let (tell, stop) = watch::channel(false);
    let answering = crate::gateway::answers(provider.is_some().then_some(config.gateway_listen));
    let work = worker::run(app.clone(), stop.clone());
    let working = (!options.no_work).then(|| {
        tokio::spawn(async move {
            answering.await;
            work.await;
        })
    });
    let fitting = tokio::spawn(domain::feed::keep_fitted(app.clone(), ended(stop)));
    let crowd = connections::Crowd::of_at_most(config.connections, &config.trusted_proxies.0);
    let router = http::router(app, &config, test_clock);
    let serving = connections::serve(listener, router, told_to_stop(), connections::HEAD, crowd);
    tokio::select! {
        () = serving => (),
        () = out_of_patience() => tracing::warn!("some requests did not end and are cut off"),
    }
    let _ = tell.send(true);
    let _ = fitting.await;
    if let Some(working) = working {
        let _ = working.await;
    }
    drop(provider);
    Ok(())
}

async fn ended(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|told| *told).await;
}

/// How long running requests may go on after we were told to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// Ends some time after we were told to stop, or when we are told again.
async fn out_of_patience() {
    told_to_stop().await;
    tokio::select! { () = tokio::time::sleep(PATIENCE) => (), () = told_to_stop() => () }
}

/// Ends when the operator or the system wants us to stop.
pub async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let mut terminated = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(_) => return interrupted.await.unwrap_or_default(),
    };
    tokio::select! { _ = interrupted => (), _ = terminated.recv() => () }
}
