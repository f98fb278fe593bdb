//! `lectern user`: people, as the operator adds and changes them.

use crate::config::Config;
use crate::world;
use clap::Subcommand;
use domain::accounts;
use model::accounts::Role;
use model::text::{Email, Name, Password};
use model::{Fault, Lang, Problem};
use std::io::Read;

#[derive(Subcommand)]
pub enum Command {
    /// Add a person; the password is read from standard input.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// learner, instructor, moderator, support, finance or admin.
        #[arg(long, default_value = "learner")]
        role: String,
        /// Says that the password comes on standard input; it is never an argument, where others could read it.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// Give a person exactly one role; `learner` takes all others away. Their sessions end.
    Role { email: String, role: String },
}

/// Does it, or says in one line why not.
pub async fn run(command: Command) -> Result<(), String> {
    let config = Config::load(Default::default())?;
    match command {
        Command::Add { email, name, role, password_stdin: _ } => {
            let email = Email::parse(&email).map_err(|problem| told("email", &problem))?;
            let name = Name::parse(&name).map_err(|problem| told("name", &problem))?;
            let role = role_named(&role)?;
            let password = Password::parse(&typed()?).map_err(|problem| told("password", &problem))?;
            let app = world::open(&config).await?;
            let id = accounts::add_person(&app, &email, &name, role, &password).await.map_err(refused)?;
            eprintln!("added {email} as {id}");
        }
        Command::Role { email, role } => {
            let email = Email::parse(&email).map_err(|problem| told("email", &problem))?;
            let role = role_named(&role)?;
            let app = world::open(&config).await?;
            accounts::set_role(&app, &email, role).await.map_err(refused)?;
            eprintln!("{email} is now {}", role.map_or("learner", Role::as_str));
        }
    }
    Ok(())
}

fn role_named(word: &str) -> Result<Option<Role>, String> {
    match word {
        "learner" => Ok(None),
        _ => {
            word.parse().map(Some).map_err(|_| format!("role: {word}: learner, instructor, moderator, support, finance or admin"))
        }
    }
}

/// The password as it came, without the line's end.
fn typed() -> Result<String, String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|reason| format!("password: {reason}"))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn told(field: &str, problem: &Problem) -> String {
    format!("{field}: {}", locale::faults::problem(Lang::En, problem))
}

fn refused(cause: domain::Error) -> String {
    match cause {
        domain::Error::Fault(Fault::Invalid(errors)) => {
            errors.iter().map(|error| told(&error.field, &error.problem)).collect::<Vec<_>>().join("; ")
        }
        domain::Error::Fault(Fault::NotFound) => "nobody has this address".into(),
        other => other.to_string(),
    }
}
