//! REL-17: a kept notification that nobody can read, an event that no follower can handle, a letter that no server takes: each
//! ends where a person looks, and nobody else waits for it.

use crate::oracle::{audit, quiet};
use crate::post::Post;
use crate::props::Props;
use crate::queries;
use crate::report::Report;
use crate::shopper::bought;
use crate::stage::{Plan, Stage};
use load::told;
use std::time::{Duration, Instant};
use store::Kind;

const POISON: &str = "poison-notice";
const BUYERS: usize = 10;
/// Each is welcomed and has a receipt.
const LETTERS: i64 = 20;
/// The most that a purchase may take beside the poison.
const BOUND: Duration = Duration::from_secs(20);

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        on(props, report, kind).await?;
    }
    Ok(())
}

async fn on(props: &mut Props, report: &mut Report, kind: Kind) -> Result<(), String> {
    let post = Post::open().await?;
    post.refuse("poisoned");
    let mut stage = Stage::open(props, Plan::new(kind, 1).movable().with("LECTERN_SMTP_URL", post.url())).await?;
    report.did(format!("{kind:?}: an unreadable notification, an event about an order that is not there, an address the mail server always turns away"));
    let mut people = stage.people("healthy", BUYERS).await?;
    stage.people("poisoned", 1).await?;
    queries::add_poison(&stage.db, POISON).await.map_err(told)?;
    queries::add_poison_event(&stage.db, "poison-event", "healthy-0@drill.example").await.map_err(told)?;
    let mut slowest = Duration::ZERO;
    for buyer in &mut people {
        let begun = Instant::now();
        bought(buyer, &stage.courses[0]).await?;
        slowest = slowest.max(begun.elapsed());
    }
    report.must(slowest < BOUND, format!("{BUYERS} purchases beside it, the slowest in {:.1} s", slowest.as_secs_f64()));
    for seconds in [10, 61, 601, 3_601, 7_200, 14_400, 40_000, 100_000] {
        stage.advance(seconds).await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    let mut conn = stage.read().await?;
    let notices = queries::notices(&mut conn).await.map_err(told)?;
    let dead = notices.iter().find(|(state, _)| state == "dead").map_or(0, |(_, number)| *number);
    report.must(dead == 1, format!("the notification ended where a person looks ({notices:?})"));
    let poisoned = queries::letters_to(&mut conn, "poisoned").await.map_err(told)?;
    report.must(poisoned == [("dead".to_owned(), 1)], format!("the letter was given up after its tries ({poisoned:?})"));
    let healthy = queries::letters_to(&mut conn, "healthy").await.map_err(told)?;
    drop(conn);
    report.must(healthy == [("sent".to_owned(), LETTERS)], format!("every other letter was sent ({healthy:?})"));
    let passed = stage.logs().matches("poison-event").count();
    report.figure(format!("{kind:?}: slowest purchase {:.1} s; the event was told of {passed} times", slowest.as_secs_f64()));
    let broken: Vec<String> =
        audit(&stage).await?.into_iter().filter(|row| !(row.starts_with("INV-18") && row.contains(POISON))).collect();
    report.must(broken.is_empty(), format!("the audit names the poisoned notification and nothing else {broken:?}"));
    quiet(&stage, Duration::from_secs(30)).await?;
    stage.close().await;
    Ok(())
}
