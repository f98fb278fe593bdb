//! REL-10 and REL-11: refunds at two servers at once: each payment in full twice, and more than was paid in parts.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::report::Report;
use crate::shopper::{bought, together};
use crate::stage::{Plan, Stage};
use crate::{provider, queries};
use load::buyer::Buyer;
use load::told;
use std::time::Duration;
use store::Kind;

const PAYMENTS: usize = 500;
const WORKERS: usize = 20;
const OVERDRAWN: usize = 10;

/// Staff asks for so much of an order back (empty: all that is left); answers the status.
pub async fn ask_back(sam: &mut Buyer, order: &str, amount: &str, key: &str) -> Result<u16, String> {
    let fields = [("form", "refund"), ("amount", amount), ("reason", "A drill"), ("idem", key)];
    Ok(sam.post_proven(&format!("/en/admin/orders/{order}/refund"), &fields).await?.status)
}

/// Two servers where no refund needs a second person.
async fn open(props: &mut Props) -> Result<Stage, String> {
    Stage::open(props, Plan::new(Kind::Postgres, 2).with("LECTERN_REFUND_LIMIT", 1_000_000_000)).await
}

pub async fn twice(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let payments = props.scaled(PAYMENTS, 40);
    let stage = open(props).await?;
    let each = payments.div_ceil(WORKERS).min(stage.courses.len());
    report
        .did(format!("{WORKERS} workers make {each} payments each; each is refunded in full at both servers at the same moment"));
    let sams = [stage.sam(0).await?, stage.sam(1).await?];
    let working = stage.people("payer", WORKERS).await?.into_iter().map(|mut buyer| {
        let courses: Vec<String> = stage.courses.iter().take(each).cloned().collect();
        let servers = stage.all();
        let (mut here, mut there) = (sams[0].beside(servers[0]), sams[1].beside(servers[1]));
        async move {
            let mut answers = Vec::new();
            for course in courses {
                let order = bought(&mut buyer, &course).await?;
                let (one, other) = (format!("a-{order}"), format!("b-{order}"));
                let both = tokio::join!(ask_back(&mut here, &order, "", &one), ask_back(&mut there, &order, "", &other));
                answers.extend([both.0?, both.1?]);
            }
            Ok::<_, String>(answers)
        }
    });
    let (mut taken, mut refused, mut other) = (0, 0, Vec::new());
    for answers in together(working.collect()).await? {
        for status in answers? {
            match status {
                303 => taken += 1,
                409 | 422 => refused += 1,
                status => other.push(status),
            }
        }
    }
    let made = each * WORKERS;
    report.figure(format!("{made} payments: {taken} refunds taken, {refused} refused"));
    report.must(taken == made && refused == made && other.is_empty(), format!("one of each two was taken ({other:?})"));
    quiet(&stage, Duration::from_secs(180)).await?;
    let owed = queries::owed_by_provider(&mut stage.read().await?).await.map_err(told)?;
    let net = provider::truth(stage.till()).await?.net;
    report.must(owed == 0 && net == 0, format!("the account at the provider stands at nought ({owed} by us, {net} by it)"));
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

pub async fn too_much(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let stage = open(props).await?;
    let orders = props.scaled(OVERDRAWN, 3);
    report.did(format!("{orders} orders; of each, at once: twice 60 % and ten times 15 %; and what is no amount"));
    let mut people = stage.people("over", orders).await?;
    let sams = [stage.sam(0).await?, stage.sam(1).await?];
    let mut most = 0;
    for (number, buyer) in people.iter_mut().enumerate() {
        let order = bought(buyer, &stage.courses[number % stage.courses.len()]).await?;
        let paid = queries::paid(&mut stage.read().await?).await.map_err(told)?;
        let captured = paid.iter().find(|paid| paid.order == order).map(|paid| paid.captured).ok_or("no payment")?;
        let part = |share: i64| {
            let minor = captured * share / 100;
            format!("{}.{:02}", minor / 100, minor % 100)
        };
        let amounts: Vec<String> = std::iter::repeat_n(part(60), 2).chain(std::iter::repeat_n(part(15), 10)).collect();
        let servers = stage.all();
        let asking = amounts.into_iter().enumerate().map(|(at, amount)| {
            let mut sam = sams[at % 2].beside(servers[at % 2]);
            let (order, key) = (order.clone(), format!("{order}-{at}"));
            async move { ask_back(&mut sam, &order, &amount, &key).await }
        });
        let answers = together(asking.collect()).await?;
        let strange: Vec<_> = answers.iter().filter(|answer| !matches!(answer, Ok(303 | 409 | 422))).collect();
        report.must(strange.is_empty(), format!("order {number}: every answer is a yes or a no ({strange:?})"));
        let mut sam = sams[0].beside(servers[0]);
        for (at, amount) in ["-1", "0", "9223372036854775807", "1e9", "0.001", "NaN"].into_iter().enumerate() {
            let status = ask_back(&mut sam, &order, amount, &format!("{order}-x{at}")).await?;
            report_unless(report, status == 422, format!("{amount} is no amount to send back ({status})"));
        }
        quiet(&stage, Duration::from_secs(60)).await?;
        let paid = queries::paid(&mut stage.read().await?).await.map_err(told)?;
        let refunded = paid.iter().find(|paid| paid.order == order).map_or(0, |paid| paid.refunded);
        report_unless(report, refunded <= captured, format!("{refunded} of {captured} went back"));
        most = most.max(refunded * 100 / captured);
    }
    report.figure(format!("at most {most} % of a payment went back"));
    report.must(most <= 100, "nothing more than was paid went back");
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

/// Only what is wrong is told, where there is much of it.
fn report_unless(report: &mut Report, holds: bool, what: String) {
    if !holds {
        report.must(false, what);
    }
}
