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

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
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
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("lectern: {reason}");
            ExitCode::FAILURE
        }
    }
}
