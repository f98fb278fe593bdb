//! Memberships that fall due in the same moment, renewed by two workers: the one beside the web site and one alone. Each renewal
//! is an invoice, a charge at the provider over the network, its evidence, a period and a receipt.

use crate::queries;
use crate::table::Table;
use load::program::{Program, School, Start, free_address};
use load::told;
use std::process::Stdio;
use std::time::{Duration, Instant};
use store::Db;

/// The two start this long before the moment comes.
const LEAD: i64 = 15_000;
/// How often to look.
const LOOK: Duration = Duration::from_millis(500);
/// The longest it may take.
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// `school` has its demo content and nobody runs it.
pub async fn table(title: &'static str, school: &School, count: usize) -> Result<Table, String> {
    let all = i64::try_from(count).map_err(told)?;
    let db = Db::open(&school.database, store::Settings::default()).await.map_err(told)?;
    let books = format!("sqlite://{}", school.data().join("gateway.db").display());
    let provider = Db::open(&books, store::Settings::default()).await.map_err(told)?;
    queries::agree(&provider, all).await.map_err(told)?;
    provider.close().await;
    let ends = (queries::now(&db).await.map_err(told)? + LEAD) / 1_000 * 1_000;
    queries::subscribe(&db, all, ends).await.map_err(told)?;

    let till = free_address()?;
    let program = Program::serve_as(school, &Start::default().with("LECTERN_GATEWAY_LISTEN", till)).await?;
    // it ends with this value
    let mut other = school.command(&[], &["work"]);
    other.env("LECTERN_GATEWAY_URL", format!("http://{till}")).env("LECTERN_PUBLIC_URL", &program.origin);
    let mut other = other.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(told)?;
    while queries::now(&db).await.map_err(told)? < ends {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let begun = Instant::now();
    let mut done = 0;
    let mut half = None;
    while done < all && begun.elapsed() < PATIENCE {
        tokio::time::sleep(LOOK).await;
        done = queries::renewed(&db).await.map_err(told)?;
        if done * 2 >= all {
            half.get_or_insert(begun.elapsed());
        }
    }
    let took = begun.elapsed();
    other.kill().await.map_err(told)?;
    program.stop().await;
    db.close().await;

    let mut table = Table::new(title, &["due at once", "renewed", "half after", "all after", "per second"]);
    #[allow(clippy::cast_precision_loss)] // thousands
    let rate = done as f64 / took.as_secs_f64();
    table.row(&[
        &all.to_string(),
        &done.to_string(),
        &half.map_or("-".into(), |half| format!("{:.0} s", half.as_secs_f64())),
        &format!("{:.0} s", took.as_secs_f64()),
        &format!("{rate:.1}"),
    ]);
    Ok(table)
}
