//! Who judges: `lectern audit` on the database, and our books against the provider's.

use crate::provider::{self, Truth};
use crate::queries::{self, Paid};
use crate::report::Report;
use crate::stage::Stage;
use load::told;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Waits until nothing is under way any more; answers how long that took.
pub async fn quiet(stage: &Stage, patience: Duration) -> Result<Duration, String> {
    let begun = Instant::now();
    loop {
        let ours = queries::under_way(&mut stage.read().await?).await.map_err(told)?;
        if ours == (0, 0, 0) && all_known(stage).await? {
            return Ok(begun.elapsed());
        }
        if begun.elapsed() > patience {
            let (attempts, notices, refunds) = ours;
            return Err(format!(
                "after {} s there are still {attempts} attempts, {notices} notifications and {refunds} refunds under way, or money we do not know of",
                patience.as_secs()
            ));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Whether we know of all money that the provider moved.
async fn all_known(stage: &Stage) -> Result<bool, String> {
    let theirs = provider::truth(stage.till()).await?;
    let ours = books(stage).await?;
    Ok(differences(&ours, &theirs).is_empty())
}

async fn books(stage: &Stage) -> Result<Vec<Paid>, String> {
    queries::paid(&mut stage.read().await?).await.map_err(told)
}

/// INV-19, payment by payment.
fn differences(ours: &[Paid], theirs: &Truth) -> Vec<String> {
    let mut found = Vec::new();
    let known: BTreeMap<&str, &Paid> = ours.iter().map(|paid| (paid.attempt.as_str(), paid)).collect();
    for (attempt, moved) in &theirs.payments {
        let (captured, refunded) = known.get(attempt.as_str()).map_or((0, 0), |paid| (paid.captured, paid.refunded));
        if (captured, refunded) != (moved.captured, moved.refunded) {
            found.push(format!("attempt {attempt}: we have {captured} taken and {refunded} sent back, the provider {moved:?}"));
        }
    }
    let strange = ours.iter().filter(|paid| !theirs.payments.contains_key(&paid.attempt));
    found.extend(strange.map(|paid| format!("attempt {}: the provider knows of no money", paid.attempt)));
    found
}

/// Every invariant of `lectern audit`, the provider's truth, and that nobody paid twice for one thing.
pub async fn judge(stage: &Stage, report: &mut Report) -> Result<(), String> {
    let broken = audit(stage).await?;
    report.must(broken.is_empty(), format!("every invariant of `lectern audit` holds{}", listed(&broken)));
    let (ours, theirs) = (books(stage).await?, provider::truth(stage.till()).await?);
    let different = differences(&ours, &theirs);
    report.must(
        different.is_empty(),
        format!("our {} payments are the provider's {}{}", ours.len(), theirs.payments.len(), listed(&different)),
    );
    let owed = queries::owed_by_provider(&mut stage.read().await?).await.map_err(told)?;
    report.must(owed == theirs.net, format!("the provider owes us {} by its books and {owed} by ours", theirs.net));
    let twice = kept_twice(&ours);
    report.must(twice.is_empty(), format!("no order kept the money of two payments{}", listed(&twice)));
    let unopened: Vec<String> = ours
        .iter()
        .filter(|paid| paid.order_state != "paid" && paid.refunded < paid.captured)
        .map(|paid| format!("order {} is {} and has {}", paid.order, paid.order_state, paid.captured - paid.refunded))
        .collect();
    report.must(unopened.is_empty(), format!("whoever paid has the order paid, or the money back{}", listed(&unopened)));
    let panicked = stage.logs().matches("panicked").count();
    report.must(panicked == 0, "nothing panicked");
    Ok(())
}

fn kept_twice(ours: &[Paid]) -> Vec<String> {
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    for paid in ours.iter().filter(|paid| paid.refunded < paid.captured) {
        *kept.entry(&paid.order).or_default() += 1;
    }
    kept.into_iter().filter(|(_, times)| *times > 1).map(|(order, times)| format!("order {order}: {times} payments")).collect()
}

fn listed(wrong: &[String]) -> String {
    if wrong.is_empty() { String::new() } else { format!(": {}", wrong.join(", ")) }
}

/// The invariants that `lectern audit` finds broken.
pub async fn audit(stage: &Stage) -> Result<Vec<String>, String> {
    let done = stage.school.command(&[], &["audit", "--json"]).output().await.map_err(told)?;
    let rows: Value = serde_json::from_slice(&done.stdout)
        .map_err(|cause| format!("the audit said nothing readable ({cause}): {}", String::from_utf8_lossy(&done.stderr)))?;
    let rows = rows.as_array().ok_or("the audit is no list")?;
    if rows.is_empty() {
        return Err("the audit asked nothing".into());
    }
    let broken = rows.iter().filter(|row| row["holds"] != Value::Bool(true));
    Ok(broken.map(|row| format!("{} {}", row["id"].as_str().unwrap_or("?"), row["offending"])).collect())
}
