//! `load`: measures Lectern against a bare handler and a bare database, in one run on one machine. `make bench` calls it;
//! docs/benchmarks.md explains what every figure means.

mod bare;
mod busy;
mod commits;
mod orders;
mod pages;
mod queries;
mod renewals;
mod round;
mod signing_in;
mod table;
mod weight;

use clap::{Parser, Subcommand};
use load::buyer;
use load::program::{Program, School};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use table::Table;

/// How many ask at once.
pub const CONNECTIONS: [usize; 3] = [1, 16, 64];

#[derive(Parser)]
#[command(name = "load", about = "Measures Lectern against a bare handler and a bare database")]
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
        /// An empty Postgres database for the orders; without one they are measured on SQLite alone.
        #[arg(long)]
        postgres: Option<String>,
        /// Seconds of every round.
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// Orders of every round.
        #[arg(long, default_value_t = 300)]
        orders: usize,
        /// Memberships that fall due in one second; nought: none.
        #[arg(long, default_value_t = 10_000)]
        renewals: usize,
        /// Measure the orders and nothing before them.
        #[arg(long)]
        only_orders: bool,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Bare { address } => bare::serve(address).await,
        Command::Measure { lectern, postgres, seconds, orders, renewals, only_orders } => {
            measure(lectern, postgres, Duration::from_secs(seconds), orders, renewals, only_orders).await
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("load: {reason}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(
    lectern: PathBuf,
    postgres: Option<String>,
    length: Duration,
    orders: usize,
    renewals: usize,
    only_orders: bool,
) -> Result<(), String> {
    let lectern = lectern.canonicalize().map_err(|cause| format!("{}: {cause}", lectern.display()))?;
    let school = School::on_sqlite(lectern.clone())?;
    // the first start loads the demo content; the second is the one that counts
    let first = Program::serve(&school, &["--demo"]).await?;
    let loading = first.cold_start;
    first.stop().await;
    let program = Program::serve(&school, &[]).await?;
    let mut house = Table::new("Start and memory", &["what", "figure"]);
    house.row(&["first start, demo content loaded", &format!("{:.1} s", loading.as_secs_f64())]);
    house.row(&["cold start to the first 200", &format!("{} ms", program.cold_start.as_millis())]);
    tokio::time::sleep(Duration::from_secs(2)).await;
    house.row(&["memory, idle", &megabytes(program.memory())]);

    if !only_orders {
        let grace = buyer::sign_in(&program, "grace@lectern.example").await?;
        pages::per_second(&program, &grace, length).await?.print();
        pages::offered(&program, &grace, length).await?.print();
        for table in signing_in::tables(&program, &school, &grace, length).await? {
            table.print();
        }
        house.row(&["memory, after the load above", &megabytes(program.memory())]);
        weight::table(&program, &grace).await.print();
    }
    orders::table("Orders, SQLite (synchronous=FULL)", &program, &school, orders, length).await?.print();
    house.row(&["memory, after the orders", &megabytes(program.memory())]);
    program.stop().await;
    house.print();
    if renewals > 0 {
        renewals::table("Renewals, SQLite (synchronous=FULL)", &school, renewals).await?.print();
    }

    if let Some(url) = postgres {
        let school = School::on(lectern, url)?;
        let program = Program::serve(&school, &["--demo"]).await?;
        orders::table("Orders, PostgreSQL", &program, &school, orders, length).await?.print();
        program.stop().await;
        if renewals > 0 {
            renewals::table("Renewals, PostgreSQL", &school, renewals).await?.print();
        }
    }
    Ok(())
}

fn megabytes(figure: Option<f64>) -> String {
    figure.map_or("unknown".into(), |figure| format!("{figure:.0} MB"))
}
