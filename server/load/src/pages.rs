//! How fast pages are answered, each beside the bare handler with as many bytes.

use crate::table::Table;
use crate::{CONNECTIONS, round};
use load::client::{Connection, get};
use load::program::Program;
use load::told;
use std::sync::Arc;
use std::time::Duration;

/// Every page at every number of connections; `grace` are the cookies of a signed-in person.
pub async fn per_second(program: &Program, grace: &str, length: Duration) -> Result<Table, String> {
    let columns = ["page", "connections", "bytes", "pages/s", "p50 ms", "p99 ms", "bare/s", "ratio"];
    let mut table = Table::new("Pages per second", &columns);
    let bare = crate::bare::start().await?;
    for (name, path, cookies) in pages(grace) {
        let request: Arc<[u8]> = get(path, cookies, false).into();
        let bytes = length_of(program, path, &request).await?;
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

pub fn pages(grace: &str) -> [(&'static str, &'static str, &str); 4] {
    [
        ("home", "/en", ""),
        ("catalog", "/en/courses", ""),
        ("course", "/en/courses/analytical-engines", ""),
        ("feed, signed in", "/en/feed", grace),
    ]
}

async fn length_of(program: &Program, path: &str, request: &[u8]) -> Result<usize, String> {
    let answer = Connection::open(program.address).await.map_err(told)?.send(request).await.map_err(told)?;
    if answer.status == 200 { Ok(answer.body.len()) } else { Err(format!("{path} answered {}", answer.status)) }
}

/// The signed-in feed at 200 requests per second, whether or not the earlier ones are answered.
pub async fn offered(program: &Program, cookies: &str, length: Duration) -> Result<Table, String> {
    let mut table =
        Table::new("The feed at 200 requests per second offered", &["answered/s", "p50 ms", "p99 ms", "other than 200"]);
    let figures = round::offered(program.address, get("/en/feed", cookies, false).into(), 200, 32, length).await?;
    table.row(&[&format!("{:.0}", figures.rate), &millis(figures.p50), &millis(figures.p99), &figures.failures.to_string()]);
    Ok(table)
}

pub fn millis(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}
