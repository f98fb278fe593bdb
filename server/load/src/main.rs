//! `load`: measures Lectern against a bare handler, in one run on one machine. `make bench` calls it; docs/benchmarks.md explains.

mod bare;
mod checkouts;
mod client;
mod program;
mod queries;
mod round;
mod table;
mod weight;

use clap::{Parser, Subcommand};
use client::{Connection, get};
use program::Program;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use table::Table;

/// The password of the demo's people.
const PASSWORD: &str = "lectern-demo";
const CONNECTIONS: [usize; 3] = [1, 16, 64];

#[derive(Parser)]
#[command(name = "load", about = "Measures Lectern against a bare handler")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Be the bare handler.
    Bare { address: SocketAddr },
    /// Measure an executable of Lectern.
    Measure {
        lectern: PathBuf,
        /// Length of every round.
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// Orders of the checkout measurement.
        #[arg(long, default_value_t = 200)]
        orders: usize,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Bare { address } => bare::serve(address).await,
        Command::Measure { lectern, seconds, orders } => measure(&lectern, Duration::from_secs(seconds), orders).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("load: {reason}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(lectern: &std::path::Path, length: Duration, orders: usize) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|cause| cause.to_string())?;
    let lectern = lectern.canonicalize().map_err(|cause| format!("{}: {cause}", lectern.display()))?;
    // the first start loads the demo content; the second is the one that counts
    let first = Program::serve(&lectern, &folder, &["--demo"]).await?;
    let loading = first.cold_start;
    first.stop().await;
    let program = Program::serve(&lectern, &folder, &[]).await?;
    let mut house = Table::new("Start and memory", &["what", "figure"]);
    house.row(&["first start, demo content loaded", &format!("{:.1} s", loading.as_secs_f64())]);
    house.row(&["cold start to the first 200", &format!("{} ms", program.cold_start.as_millis())]);
    tokio::time::sleep(Duration::from_secs(2)).await;
    house.row(&["memory, idle", &megabytes(program.memory())]);

    let grace = checkouts::sign_in(&program, "grace@lectern.example").await.unwrap_or_default();
    let pages = [("home", "/en", ""), ("catalog", "/en/courses", ""), ("course", "/en/courses/analytical-engines", ""), ("feed, signed in", "/en/feed", grace.as_str())];
    pages_per_second(&program, &pages, length).await?.print();
    offered(&program, &grace, length).await.print();
    house.row(&["memory, after the load above", &megabytes(program.memory())]);
    orders_per_second(&program, &folder, orders, length).await.print();
    weights(&program, &pages, &grace).await.print();
    house.print();
    program.stop().await;
    Ok(())
}

fn megabytes(figure: Option<f64>) -> String {
    figure.map_or("unknown".into(), |figure| format!("{figure:.0} MB"))
}

/// Every page at every number of connections, beside the bare handler with as many bytes.
async fn pages_per_second(program: &Program, pages: &[(&str, &str, &str)], length: Duration) -> Result<Table, String> {
    let mut table = Table::new("Pages per second", &["page", "connections", "bytes", "pages/s", "p50 ms", "p99 ms", "bare/s", "ratio"]);
    let bare = Program::bare().await?;
    for (name, path, cookies) in pages {
        let request: Arc<[u8]> = get(path, cookies, false).into();
        let mut connection = Connection::open(program.address).await.map_err(|cause| cause.to_string())?;
        let answer = connection.send(&request).await.map_err(|cause| cause.to_string())?;
        if answer.status != 200 {
            table.row(&[name, "-", "-", &format!("answered {}", answer.status), "-", "-", "-", "-"]);
            continue;
        }
        let bytes = answer.body.len();
        let compared: Arc<[u8]> = get(&format!("/bytes/{bytes}"), "", false).into();
        for connections in CONNECTIONS {
            let ours = round::closed(program.address, request.clone(), connections, length).await?;
            let theirs = round::closed(bare.address, compared.clone(), connections, length).await?;
            let failures = if ours.failures > 0 { format!(" ({} failed)", ours.failures) } else { String::new() };
            table.row(&[
                name,
                &connections.to_string(),
                &bytes.to_string(),
                &format!("{:.0}{failures}", ours.rate),
                &millis(ours.p50),
                &millis(ours.p99),
                &format!("{:.0}", theirs.rate),
                &format!("{:.0} %", 100.0 * ours.rate / theirs.rate),
            ]);
        }
    }
    bare.stop().await;
    Ok(table)
}

fn millis(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}

/// The signed-in feed at 200 requests per second, whether or not the earlier ones are answered.
async fn offered(program: &Program, cookies: &str, length: Duration) -> Table {
    let mut table = Table::new("The feed at 200 requests per second offered", &["answered/s", "p50 ms", "p99 ms", "other than 200"]);
    match round::offered(program.address, get("/en/feed", cookies, false).into(), 200, 32, length).await {
        Ok(figures) => table.row(&[&format!("{:.0}", figures.rate), &millis(figures.p50), &millis(figures.p99), &figures.failures.to_string()]),
        Err(reason) => table.row(&[&reason, "-", "-", "-"]),
    }
    table
}

async fn orders_per_second(program: &Program, folder: &tempfile::TempDir, orders: usize, length: Duration) -> Table {
    let mut table = Table::new("Checkouts", &["what", "per second"]);
    match checkouts::commit_rate(folder.path(), length).await {
        Ok(rate) => table.row(&["INSERT and COMMIT of one row, SQLite, synchronous=FULL", &format!("{rate:.0}")]),
        Err(reason) => table.row(&["INSERT and COMMIT", &reason]),
    }
    match checkouts::take(program, "/en/courses/notes", orders).await {
        Ok(taken) => table.row(&[&format!("checkouts of a free course ({} of {orders} done)", taken.count), &format!("{:.0}", taken.per_second)]),
        Err(reason) => table.row(&["checkouts", &reason]),
    }
    table
}

async fn weights(program: &Program, pages: &[(&str, &str, &str)], grace: &str) -> Table {
    let mut table = Table::new("Bytes per page, brotli (budget)", &["page", "HTML", "CSS", "JS", "WASM after load"]);
    let mut weighed: Vec<(&str, &str, &str, [usize; 4])> = pages.iter().map(|(name, path, cookies)| (*name, *path, *cookies, [20, 14, 12, 90])).collect();
    weighed.push(("help", "/en/help/buying", "", [12, 14, 4, 0]));
    weighed.push(("my learning", "/en/me/learning", grace, [45, 16, 14, 90]));
    for (name, path, cookies, budget) in weighed {
        match weight::of(program.address, path, cookies).await {
            Ok(weight) => {
                let [html, css, js, wasm] = [weight.html, weight.css, weight.js, weight.wasm];
                let cell = |bytes: usize, budget: usize| {
                    let over = if bytes > budget * 1024 { " OVER" } else { "" };
                    format!("{}.{} ({budget}){over} KB", bytes / 1024, bytes % 1024 * 10 / 1024)
                };
                table.row(&[name, &cell(html, budget[0]), &cell(css, budget[1]), &cell(js, budget[2]), &cell(wasm, budget[3])]);
            }
            Err(reason) => table.row(&[name, &reason, "-", "-", "-"]),
        }
    }
    table
}
