//! `lectern`: the whole product as one program.

use clap::{Parser, Subcommand};
use lectern::{audit, doctor, gateway, people, privacy, recommendations, serve, worker, world};
use std::process::ExitCode;

/// The system's allocator keeps what the hashing of passwords used, for every thread that ever hashed one.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Lectern 讲台: courses that people write, buy and learn.
#[derive(Parser)]
#[command(name = "lectern", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the web site, the background work and (outside production) the sandbox payment provider.
    Serve(serve::Options),
    /// Do the background work only: letters, and whatever follows from what happened.
    Work,
    /// Add people, find them, give them roles, keep them out.
    #[command(subcommand)]
    User(people::Command),
    /// Who was forgotten, and forgetting them again after a restore.
    #[command(subcommand)]
    Privacy(privacy::Command),
    /// Load the demo content; once is enough, and again changes nothing.
    Demo,
    /// Bring the database to this version's schema.
    Migrate,
    /// Ask every invariant of the books; fails when one is broken.
    Audit(audit::Options),
    /// Run the sandbox payment provider alone.
    Gateway(gateway::Options),
    /// Evaluate the recommender on files, or let it make lists.
    #[command(subcommand)]
    Recommend(recommendations::Request),
    /// Print the OpenAPI document of the REST interface.
    Openapi,
    /// Examine configuration, database, storage, mail and payments, and say how to mend what is broken.
    Doctor,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match runtime() {
        Ok(runtime) => runtime.block_on(run(arguments.command)),
        Err(reason) => Err(format!("no threads to work with: {reason}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("lectern: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Whoever writes to the database holds up all others who write until its next answer has been read. So answers come before whatever
/// else is ready to run: SQLite's, which are given from threads of their own, at every step, and those of sockets (PostgreSQL) after a
/// few; left alone, they would wait behind pages that take a millisecond each.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().global_queue_interval(1).event_interval(13).enable_all().build()
}

async fn run(command: Command) -> Result<(), String> {
    match command {
        Command::Serve(options) => serve::run(options).await,
        Command::Work => worker::run_alone().await,
        Command::User(command) => people::run(command).await,
        Command::Privacy(command) => privacy::run(command).await,
        Command::Demo => world::demo_only().await,
        Command::Migrate => world::migrate_only().await,
        Command::Audit(options) => audit::run(options).await,
        Command::Gateway(options) => gateway::run(options).await,
        Command::Recommend(request) => recommendations::run(request),
        Command::Openapi => lectern::http::rest::print(),
        Command::Doctor => doctor::run().await,
    }
}
