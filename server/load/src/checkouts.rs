//! Free courses taken per second, each a whole checkout (order, grant, event in one transaction), beside the rate at which the
//! same database on the same disk commits a single row.

use crate::client::{Connection, get, post};
use crate::program::Program;
use crate::{PASSWORD, queries};
use std::path::Path;
use std::time::{Duration, Instant};
use store::Db;

/// Commits per second of one row each, one after the other, with the durability that money asks for.
pub async fn commit_rate(folder: &Path, length: Duration) -> Result<f64, String> {
    let db = Db::open(&format!("sqlite://{}", folder.join("marks.db").display()), store::Settings::default()).await.map_err(told)?;
    db.migrate(&queries::MIGRATIONS).await.map_err(told)?;
    let begun = Instant::now();
    let mut number = 0;
    while begun.elapsed() < length {
        queries::add(&db, number).await.map_err(told)?;
        number += 1;
    }
    let took = begun.elapsed().as_secs_f64();
    db.close().await;
    #[allow(clippy::cast_precision_loss)] // thousands
    Ok(number as f64 / took)
}

/// What one person must send to take a course: the page of the course with its button, then the checkout's.
pub struct Taken {
    pub per_second: f64,
    pub count: usize,
}

/// Each of `people` new members takes the course at `path`, eight at a time.
pub async fn take(program: &Program, path: &str, people: usize) -> Result<Taken, String> {
    let cookies = register(program, people).await?;
    let lanes: Vec<Vec<String>> = (0..8).map(|lane| cookies.iter().skip(lane).step_by(8).cloned().collect()).collect();
    let begun = Instant::now();
    let running: Vec<_> = lanes
        .into_iter()
        .map(|lane| {
            let (address, origin, path) = (program.address, program.origin.clone(), path.to_owned());
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await.map_err(told)?;
                let mut taken = 0;
                for cookie in lane {
                    taken += usize::from(check_out(&mut connection, &origin, &path, &cookie).await?);
                }
                Ok::<_, String>(taken)
            })
        })
        .collect();
    let mut count = 0;
    for lane in running {
        count += lane.await.map_err(told)??;
    }
    #[allow(clippy::cast_precision_loss)] // hundreds
    let per_second = count as f64 / begun.elapsed().as_secs_f64();
    Ok(Taken { per_second, count })
}

async fn register(program: &Program, people: usize) -> Result<Vec<String>, String> {
    let mut connection = Connection::open(program.address).await.map_err(told)?;
    let mut cookies = Vec::with_capacity(people);
    for number in 0..people {
        let email = format!("bench-{number}@lectern.example");
        let fields = [("form", "register"), ("name", "Bench"), ("email", email.as_str()), ("password", PASSWORD_OF_NEW)];
        let answer = connection.send(&post("/en/register", &program.origin, "", &fields)).await.map_err(told)?;
        if answer.status != 303 {
            return Err(format!("registering answered {}", answer.status));
        }
        cookies.push(answer.cookies());
    }
    Ok(cookies)
}

const PASSWORD_OF_NEW: &str = "a sentence long enough to keep";

/// Presses the page's buy button and follows to the checkout, if there is one.
async fn check_out(connection: &mut Connection, origin: &str, path: &str, cookies: &str) -> Result<bool, String> {
    let mut answer = connection.send(&post(path, origin, cookies, &[("form", "enrol")])).await.map_err(told)?;
    for _ in 0..3 {
        let Some(next) = answer.header("location").map(str::to_owned).filter(|_| answer.status == 303) else { return Ok(false) };
        if !next.contains("/checkout/") {
            return Ok(true);
        }
        answer = connection.send(&post(&next, origin, cookies, &[("form", "pay")])).await.map_err(told)?;
    }
    Ok(false)
}

/// A member's cookies.
pub async fn sign_in(program: &Program, email: &str) -> Result<String, String> {
    let mut connection = Connection::open(program.address).await.map_err(told)?;
    connection.send(&get("/en/login", "", false)).await.map_err(told)?;
    let fields = [("form", "login"), ("email", email), ("password", PASSWORD)];
    let answer = connection.send(&post("/en/login", &program.origin, "", &fields)).await.map_err(told)?;
    if answer.status == 303 { Ok(answer.cookies()) } else { Err(format!("signing in answered {}", answer.status)) }
}

fn told(cause: impl std::fmt::Display) -> String {
    cause.to_string()
}
