//! How many people can sign in, beside the bare hash of their passwords; and what becomes of pages, and of those who cannot be let
//! in, when more come than passwords can be looked at.
//!
//! Everybody comes from a network of their own (an address of this machine's 127.0.0.0/8), as people do: a network's tries are
//! looked at four at a time.

use crate::table::Table;
use crate::{pages, queries, round};
use argon2::{Argon2, PasswordHash, PasswordVerifier};
use load::buyer::{self, Buyer};
use load::client::{Answer, Connection, get, post};
use load::program::{Program, School};
use load::told;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use store::Db;
use tokio::time::{Instant, sleep_until};

/// How many people there are.
const PEOPLE: usize = 32;
/// How many sign in at the same time, each again as soon as they are in.
const AT_ONCE: usize = 16;
/// How many sign-ins a second are offered, more than this machine can take.
const OFFERED: u32 = 200;
/// How many pages of each kind a second are read meanwhile.
const READ: u32 = 25;

/// Sign-ins beside bare hashes, then pages and sign-ins while more of these are offered than can be taken. `grace` are the cookies of
/// somebody who reads.
pub async fn tables(program: &Program, school: &School, grace: &str, length: Duration) -> Result<[Table; 3], String> {
    let people = join(program).await?;
    let bare = bare(school, length).await?;
    let came = as_they_can(program, &people, length).await?;
    let (read, offered) = crowd(program, &people, grace, length).await?;
    Ok([beside(bare, &came), read, offered])
}

/// Registers the people; answers the requests by which they sign in.
async fn join(program: &Program) -> Result<Arc<[Vec<u8>]>, String> {
    let mut people = Vec::new();
    for nth in 0..PEOPLE {
        let email = email(nth);
        Buyer::new(program, &email).await?;
        let fields = [("form", "login"), ("email", email.as_str()), ("password", buyer::OWN_PASSWORD)];
        people.push(post("/en/login", &program.origin, "", &fields));
    }
    Ok(people.into())
}

fn email(nth: usize) -> String {
    format!("entrant-{nth}@bench.example")
}

/// How many times a second all cores together compare a password with the hash of one of the people, and nothing else.
async fn bare(school: &School, length: Duration) -> Result<f64, String> {
    let db = Db::open(&school.database, store::Settings::default()).await.map_err(told)?;
    let stored = queries::password_hash(&db, &email(0)).await.map_err(told)?;
    db.close().await;
    // a version of the program's own stands in front
    let phc = stored.find('$').map(|at| stored[at..].to_owned()).ok_or("the stored hash is no PHC string")?;
    let begun = std::time::Instant::now();
    let workers = (0..cores()).map(|_| {
        let phc = phc.clone();
        tokio::task::spawn_blocking(move || {
            let mut compared = 0u32;
            while begun.elapsed() < length {
                let hash = PasswordHash::new(&phc).map_err(told)?;
                let right = Argon2::default().verify_password(buyer::OWN_PASSWORD.as_bytes(), &hash);
                right.map_err(|_| "the hash is not of this password".to_owned())?;
                compared += 1;
            }
            Ok::<_, String>(compared)
        })
    });
    let mut all = 0;
    for worker in workers.collect::<Vec<_>>() {
        all += worker.await.map_err(told)??;
    }
    Ok(f64::from(all) / begun.elapsed().as_secs_f64())
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What became of those who came.
#[derive(Default)]
struct Came {
    /// How long it took those who are in.
    entered: Vec<Duration>,
    /// How long it took those who were sent away with 503 and a time to come again.
    sent_away: Vec<Duration>,
    otherwise: usize,
    took: Duration,
}

impl Came {
    fn count(&mut self, outcome: &Result<Answer, String>, took: Duration) {
        match outcome {
            Ok(answer) if answer.status == 303 && !answer.cookies().is_empty() => self.entered.push(took),
            Ok(answer) if answer.status == 503 && answer.header("retry-after").is_some() => self.sent_away.push(took),
            _ => self.otherwise += 1,
        }
    }

    fn add(&mut self, other: Came) {
        self.entered.extend(other.entered);
        self.sent_away.extend(other.sent_away);
        self.otherwise += other.otherwise;
    }

    fn finish(mut self, took: Duration) -> Self {
        self.entered.sort_unstable();
        self.sent_away.sort_unstable();
        self.took = took;
        self
    }

    #[allow(clippy::cast_precision_loss)] // counts of a few seconds
    fn per_second(&self, count: usize) -> f64 {
        count as f64 / self.took.as_secs_f64()
    }
}

/// The address somebody comes from.
fn network(nth: usize) -> Ipv4Addr {
    let at = u32::try_from(nth % 60_000).unwrap_or_default();
    Ipv4Addr::from(u32::from(Ipv4Addr::new(127, 1, 0, 1)) + at)
}

async fn come(address: SocketAddr, from: Ipv4Addr, request: &[u8]) -> Result<Answer, String> {
    Connection::open_from(from, address).await.map_err(told)?.send(request).await.map_err(told)
}

/// Each signs in again as soon as they are in.
async fn as_they_can(program: &Program, people: &Arc<[Vec<u8>]>, length: Duration) -> Result<Came, String> {
    let address = program.address;
    let begun = Instant::now();
    let entrants = (0..AT_ONCE).map(|nth| {
        let people = people.clone();
        tokio::spawn(async move {
            let mut came = Came::default();
            while begun.elapsed() < length {
                let asked = Instant::now();
                let outcome = come(address, network(nth), &people[nth % PEOPLE]).await;
                came.count(&outcome, asked.elapsed());
            }
            came
        })
    });
    gather(entrants.collect(), begun).await
}

/// One after the other at even distances, whether or not those before them are in; how long it took counts from when they were due.
async fn offered(address: SocketAddr, people: Arc<[Vec<u8>]>, length: Duration) -> Result<Came, String> {
    let begun = Instant::now();
    let apart = Duration::from_secs(1) / OFFERED;
    let total = u32::try_from(length.as_secs()).unwrap_or(1).max(1) * OFFERED;
    let entrants = (0..total).map(|turn| {
        let people = people.clone();
        tokio::spawn(async move {
            let due = begun + apart * turn;
            sleep_until(due).await;
            let nth = usize::try_from(turn).unwrap_or_default();
            let outcome = come(address, network(nth), &people[nth % PEOPLE]).await;
            let mut came = Came::default();
            came.count(&outcome, due.elapsed());
            came
        })
    });
    gather(entrants.collect(), begun).await
}

async fn gather(entrants: Vec<tokio::task::JoinHandle<Came>>, begun: Instant) -> Result<Came, String> {
    let mut all = Came::default();
    for entrant in entrants {
        all.add(entrant.await.map_err(told)?);
    }
    Ok(all.finish(begun.elapsed()))
}

/// Pages and sign-ins at the same time.
async fn crowd(program: &Program, people: &Arc<[Vec<u8>]>, grace: &str, length: Duration) -> Result<(Table, Table), String> {
    let entering = tokio::spawn(offered(program.address, people.clone(), length));
    let reading: Vec<_> = pages::pages(grace)
        .into_iter()
        .map(|(name, path, cookies)| {
            let request: Arc<[u8]> = get(path, cookies, false).into();
            (name, tokio::spawn(round::offered(program.address, request, READ, AT_ONCE, length)))
        })
        .collect();
    let title = "Pages while 200 sign-ins per second are offered (25 of each per second)";
    let mut read = Table::new(title, &["page", "answered/s", "p50 ms", "p99 ms", "other than 200"]);
    for (name, figures) in reading {
        let figures = figures.await.map_err(told)??;
        let (p50, p99) = (pages::millis(figures.p50), pages::millis(figures.p99));
        read.row(&[name, &format!("{:.0}", figures.rate), &p50, &p99, &figures.failures.to_string()]);
    }
    let came = entering.await.map_err(told)??;
    let mut table = Table::new("200 sign-ins per second offered", &["what became of them", "per second", "p50 ms", "p99 ms"]);
    for (what, times) in [("let in", &came.entered), ("503 with Retry-After", &came.sent_away)] {
        let (p50, p99) = (round::at(times, 50), round::at(times, 99));
        table.row(&[what, &format!("{:.1}", came.per_second(times.len())), &pages::millis(p50), &pages::millis(p99)]);
    }
    table.row(&["anything else", &format!("{:.1}", came.per_second(came.otherwise)), "-", "-"]);
    Ok((read, table))
}

fn beside(bare: f64, came: &Came) -> Table {
    let columns = ["sign-ins/s", "per core", "p50 ms", "p99 ms", "bare hashes/s", "per core", "ratio", "not let in"];
    let mut table = Table::new("Sign-ins beside the bare argon2id hash", &columns);
    let rate = came.per_second(came.entered.len());
    #[allow(clippy::cast_precision_loss)] // a machine's cores
    let cores = cores() as f64;
    table.row(&[
        &format!("{rate:.1}"),
        &format!("{:.1}", rate / cores),
        &pages::millis(round::at(&came.entered, 50)),
        &pages::millis(round::at(&came.entered, 99)),
        &format!("{bare:.1}"),
        &format!("{:.1}", bare / cores),
        &format!("{:.0} %", 100.0 * rate / bare),
        &(came.sent_away.len() + came.otherwise).to_string(),
    ]);
    table
}
