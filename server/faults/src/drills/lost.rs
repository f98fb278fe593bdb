//! REL-08: the provider does what it is asked and the answer is lost, or is a 500: for payments and for refunds.

use crate::drills::refunds::ask_back;
use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::provider;
use crate::report::Report;
use crate::shopper::{Ending, Seen, buy, together};
use crate::stage::{Plan, Stage};
use serde_json::json;
use std::time::{Duration, Instant};
use store::Kind;

const BUYERS: usize = 20;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let buyers = props.scaled(BUYERS, 6);
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let mut stage = Stage::open(props, Plan::new(kind, 1).movable()).await?;
        for (name, knob) in [("lost", "lose_answers"), ("500", "fail_after")] {
            report.did(format!("{kind:?}: {buyers} people pay and every answer to a call with an effect is {name}"));
            provider::faults(stage.till(), &json!({ knob: 1_000_000 })).await?;
            let begun = Instant::now();
            let (orders, seen) = buy_all(&stage, name, buyers).await?;
            report.figure(format!(
                "{kind:?}, {name}: {} of {buyers} opened in {:.0} s",
                orders.len(),
                begun.elapsed().as_secs_f64()
            ));
            report.must(
                orders.len() == buyers,
                format!("everybody was led to the till by a question and has what was paid ({seen:?})"),
            );
            report.did("every one of these orders is refunded in full, the answers lost too");
            let mut sam = stage.sam(0).await?;
            for order in &orders {
                let status = ask_back(&mut sam, order, "", &format!("back-{order}")).await?;
                report_refusal(report, order, status);
            }
            // a refund without an answer is asked about again after ten seconds
            stage.advance(15).await?;
            tokio::time::sleep(Duration::from_secs(3)).await;
            stage.no_faults().await?;
            stage.advance(90).await?;
            quiet(&stage, Duration::from_secs(90)).await?;
        }
        let truth = provider::truth(stage.till()).await?;
        report.must(truth.net == 0, format!("everything went back once: the provider owes us {}", truth.net));
        judge(&stage, report).await?;
        stage.close().await;
    }
    Ok(())
}

fn report_refusal(report: &mut Report, order: &str, status: u16) {
    if status != 303 {
        report.must(false, format!("the refund of {order} was taken ({status})"));
    }
}

async fn buy_all(stage: &Stage, name: &str, number: usize) -> Result<(Vec<String>, Seen), String> {
    let course = stage.courses[0].clone();
    let buying = stage.people(name, number).await?.into_iter().map(|mut buyer| {
        let course = course.clone();
        async move {
            let mut seen = Seen::default();
            let end = buy(&mut buyer, &course, Duration::from_secs(60), &mut seen).await;
            (end, seen)
        }
    });
    let (mut orders, mut seen) = (Vec::new(), Seen::default());
    for (end, more) in together(buying.collect()).await? {
        seen.add(more);
        if let Ending::Opened(order) = end {
            orders.push(order);
        }
    }
    Ok((orders, seen))
}
