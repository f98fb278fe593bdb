//! `lectern user`: people, as the operator adds, finds and changes them.

use crate::config::Config;
use crate::world;
use clap::Subcommand;
use domain::accounts::{self, Hand};
use domain::{App, admin};
use model::accounts::{Refusal, Role};
use model::admin::{PeopleFilter, Standing, Suspension};
use model::ids::AccountId;
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
    /// Give a person exactly one role; `learner` takes all others away. Their sessions end. The last administrator stays one.
    Role { email: String, role: String },
    /// List people, the latest first: address, name, roles, state.
    List {
        /// Part of a name or an address, or a whole id.
        #[arg(long, default_value = "")]
        find: String,
        /// learner, instructor, moderator, support, finance or admin.
        #[arg(long, default_value = "")]
        role: String,
        /// active, suspended or unconfirmed.
        #[arg(long, default_value = "")]
        state: String,
    },
    /// Keep a person out: sessions and keys for programs end, what they bought stays theirs. They are told why.
    Suspend {
        email: String,
        /// Stands in the letter to them.
        #[arg(long, default_value = BY_HAND)]
        reason: String,
    },
    /// Let a person in again.
    Restore {
        email: String,
        #[arg(long, default_value = BY_HAND)]
        reason: String,
    },
    /// For who has lost telephone and recovery codes, and has shown otherwise who they are: codes are no longer asked for. Their
    /// sessions end, and they get a letter.
    SecondOff {
        email: String,
        #[arg(long, default_value = BY_HAND)]
        reason: String,
    },
}

/// The reason where none is given.
const BY_HAND: &str = "by the operator";

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
        Command::List { find, role, state } => list(&config, &find, &role, &state).await?,
        Command::Suspend { email, reason } => {
            let (app, whom, reason) = person(&config, &email, &reason).await?;
            accounts::suspend(&app, Hand::Operator, &whom, &reason).await.map_err(refused)?;
            eprintln!("{email} is suspended");
        }
        Command::Restore { email, reason } => {
            let (app, whom, reason) = person(&config, &email, &reason).await?;
            accounts::restore(&app, Hand::Operator, &whom, &reason).await.map_err(refused)?;
            eprintln!("{email} may come in again");
        }
        Command::SecondOff { email, reason } => {
            let (app, whom, reason) = person(&config, &email, &reason).await?;
            accounts::take_second_off(&app, &whom, &reason).await.map_err(refused)?;
            eprintln!("{email} is no longer asked for codes");
        }
    }
    Ok(())
}

/// Whose address it is, and the reason as it is kept.
async fn person(config: &Config, email: &str, reason: &str) -> Result<(App, AccountId, String), String> {
    let email = Email::parse(email).map_err(|problem| told("email", &problem))?;
    let reason = Suspension { reason: reason.to_owned() }.parse().map_err(|fault| refused(fault.into()))?;
    let app = world::open(config).await?;
    let whom = accounts::person_at(&app, &email).await.map_err(refused)?;
    Ok((app, whom, reason))
}

/// Every person that fits, a line each, on standard output.
#[allow(clippy::print_stdout)] // the list is what the command is for
async fn list(config: &Config, find: &str, role: &str, state: &str) -> Result<(), String> {
    if !(role.is_empty() || role == "learner") {
        role_named(role)?;
    }
    if !state.is_empty() && state.parse::<Standing>().is_err() {
        return Err(format!("state: {state}: active, suspended or unconfirmed"));
    }
    let app = world::open(config).await?;
    let mut filter = PeopleFilter { q: find.into(), role: role.into(), state: state.into(), after: String::new() };
    loop {
        let page = admin::list_people(&app, None, filter.clone()).await.map_err(refused)?;
        for person in page.people {
            let roles: Vec<_> = person.roles.iter().map(|role| role.as_str()).collect();
            let roles = if roles.is_empty() { "learner".to_owned() } else { roles.join(",") };
            let state = if person.suspended { "suspended" } else { "active" };
            println!("{}\t{}\t{roles}\t{state}\t{}", person.email, person.name, person.id);
        }
        match page.next {
            Some(next) => filter.after = next,
            None => return Ok(()),
        }
    }
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
        domain::Error::Fault(Fault::Conflict(model::Refusal::Accounts(refusal))) => match refusal {
            Refusal::SuspendedNow => "they are suspended already".into(),
            Refusal::NothingToChange => "they are not suspended".into(),
            refusal => locale::accounts::refusal(Lang::En, &refusal).to_lowercase(),
        },
        other => other.to_string(),
    }
}
