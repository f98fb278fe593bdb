//! One drill's world: a school on a database of its own, the payment provider as a process, and one or two programs that serve it.

use crate::props::Props;
use crate::provider;
use futures::future::join_all;
use jiff::Timestamp;
use load::buyer::{Buyer, sign_in};
use load::client::{Line, call};
use load::program::{Program, School, Start};
use load::{shelf, told};
use serde_json::json;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use store::{Db, Kind};

/// When the movable clock starts (Unix seconds): 1 March 2027, 08:00 UTC.
const BEGINNING: i64 = 1_803_888_000;
/// How many people register at once: each costs a slow hash on purpose.
const AT_ONCE: usize = 8;

/// Time on the stage, where it can be moved.
#[derive(Clone, Copy)]
struct Time {
    begun: Instant,
    /// Seconds beyond those that passed by themselves.
    ahead: i64,
}

impl Time {
    fn now(self) -> i64 {
        BEGINNING + i64::try_from(self.begun.elapsed().as_secs()).unwrap_or_default() + self.ahead
    }
}

pub struct Stage {
    pub school: School,
    /// Our own look into the database.
    pub db: Db,
    till: Option<Program>,
    till_address: SocketAddr,
    servers: Vec<Option<Program>>,
    starts: Vec<Start>,
    time: Option<Time>,
    pub courses: Vec<String>,
}

/// What a stage is made of.
pub struct Plan {
    pub kind: Kind,
    pub servers: usize,
    /// Whether time can be moved.
    pub movable: bool,
    /// Settings of every server beyond the usual.
    pub settings: Vec<(String, String)>,
}

impl Plan {
    pub fn new(kind: Kind, servers: usize) -> Self {
        Self { kind, servers, movable: false, settings: Vec::new() }
    }
    /// With a clock that can be moved.
    pub fn movable(mut self) -> Self {
        self.movable = true;
        self
    }
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.settings.push((name.to_owned(), value.to_string()));
        self
    }
}

impl Stage {
    /// Makes the world and starts everything in it.
    pub async fn open(props: &mut Props, plan: Plan) -> Result<Self, String> {
        let school = props.school(plan.kind).await?;
        let db =
            Db::open(&school.database, store::Settings { connections: 4, ..store::Settings::default() }).await.map_err(told)?;
        let till_address = load::program::free_address()?;
        let mut stage = Self {
            school,
            db,
            till: None,
            till_address,
            servers: Vec::new(),
            starts: Vec::new(),
            time: plan.movable.then(|| Time { begun: Instant::now(), ahead: 0 }),
            courses: Vec::new(),
        };
        stage.start_till().await?;
        for number in 0..plan.servers {
            let mut start =
                Start { address: Some(load::program::free_address()?), settings: plan.settings.clone(), ..Start::default() };
            start = start.with("LECTERN_GATEWAY_URL", format!("http://{till_address}"));
            stage.starts.push(start);
            stage.servers.push(None);
            stage.start(number).await?;
        }
        stage.courses = shelf::priced(stage.server(0)?).await?;
        Ok(stage)
    }

    /// A connection to look into the database.
    pub async fn read(&self) -> Result<store::Conn, String> {
        self.db.read().await.map_err(told)
    }

    /// A running server.
    pub fn server(&self, number: usize) -> Result<&Program, String> {
        self.servers.get(number).and_then(Option::as_ref).ok_or_else(|| format!("server {number} does not run"))
    }

    /// Every running server.
    pub fn all(&self) -> Vec<&Program> {
        self.servers.iter().flatten().collect()
    }

    /// How a server is started, to be changed before the next start.
    pub fn start_of(&mut self, number: usize) -> &mut Start {
        &mut self.starts[number]
    }

    /// Starts a server at its address.
    pub async fn start(&mut self, number: usize) -> Result<(), String> {
        let start = self.timed(self.starts[number].clone());
        self.servers[number] = Some(Program::serve_as(&self.school, &start).await?);
        Ok(())
    }

    /// SIGKILL.
    pub async fn kill(&mut self, number: usize) {
        if let Some(server) = self.servers[number].take() {
            server.kill().await;
        }
    }

    /// Whether a server has ended without being asked to.
    pub fn has_ended(&mut self, number: usize) -> bool {
        self.servers[number].as_mut().is_none_or(Program::has_ended)
    }

    pub async fn start_till(&mut self) -> Result<(), String> {
        let start = self.timed(Start { address: Some(self.till_address), ..Start::default() });
        self.till = Some(Program::provider(&self.school, &start).await?);
        Ok(())
    }

    pub async fn kill_till(&mut self) {
        if let Some(till) = self.till.take() {
            till.kill().await;
        }
    }

    /// Where the provider answers.
    pub fn till(&self) -> SocketAddr {
        self.till_address
    }

    fn timed(&self, start: Start) -> Start {
        let Some(time) = self.time else { return start };
        // what a drill has set for one server alone stands
        if start.settings.iter().any(|(name, _)| name == "LECTERN_TEST_CLOCK") {
            return start;
        }
        start.with("LECTERN_TEST_CLOCK", rfc3339(time.now()))
    }

    /// The moment that the clocks show, in Unix seconds.
    pub fn now(&self) -> i64 {
        self.time.map_or(0, Time::now)
    }

    /// Puts every clock forward (or back), the provider's too.
    pub async fn advance(&mut self, seconds: i64) -> Result<(), String> {
        if let Some(time) = &mut self.time {
            time.ahead += seconds;
        }
        let now = rfc3339(self.now());
        let addresses: Vec<SocketAddr> = self.all().iter().map(|server| server.address).collect();
        for address in addresses {
            move_clock(address, &now).await?;
        }
        Ok(())
    }

    /// New people, each at one of the servers in turn.
    pub async fn people(&self, name: &str, number: usize) -> Result<Vec<Buyer>, String> {
        let servers = self.all();
        let mut people = Vec::with_capacity(number);
        let numbers: Vec<usize> = (0..number).collect();
        for part in numbers.chunks(AT_ONCE) {
            let joining = part.iter().map(|number| {
                let server = servers[number % servers.len()];
                let email = format!("{name}-{number}@drill.example");
                async move { Buyer::new(server, &email).await }
            });
            for joined in join_all(joining).await {
                people.push(joined?);
            }
        }
        Ok(people)
    }

    /// Sam, who is staff, at a server.
    pub async fn sam(&self, number: usize) -> Result<Buyer, String> {
        let server = self.server(number)?;
        Ok(Buyer::with(server, sign_in(server, "sam@lectern.example").await?))
    }

    /// What the servers and the provider said in their logs.
    pub fn logs(&self) -> String {
        let Ok(files) = std::fs::read_dir(self.school.folder.path()) else { return String::new() };
        let logs = files.flatten().filter(|file| file.path().extension().is_some_and(|kind| kind == "log"));
        logs.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect::<Vec<_>>().join("\n")
    }

    /// Everything goes right at the provider from now on.
    pub async fn no_faults(&self) -> Result<(), String> {
        provider::faults(self.till_address, &json!({})).await
    }

    /// Ends all that runs.
    pub async fn close(mut self) {
        for server in self.servers.drain(..).flatten() {
            server.kill().await;
        }
        self.kill_till().await;
        self.db.close().await;
    }
}

/// Sets one program's clock, and through it the provider's.
pub async fn move_clock(address: SocketAddr, now: &str) -> Result<(), String> {
    let body = json!({ "set": now }).to_string();
    let request = call("POST", "/test/clock", address, &[("content-type", "application/json")], &body);
    let answer = Line::to(address, Duration::from_secs(30)).ask(&request).await.map_err(told)?;
    if answer.status == 200 { Ok(()) } else { Err(format!("the clock answered {}: {}", answer.status, answer.text())) }
}

/// As settings and clocks want it.
pub fn rfc3339(seconds: i64) -> String {
    Timestamp::from_second(seconds).map(|at| at.to_string()).unwrap_or_default()
}
