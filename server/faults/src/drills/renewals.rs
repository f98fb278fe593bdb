//! REL-15: many memberships are due at the same moment, two servers renew them, and one of the two is killed in the middle.
//! (REL-16, the calendar over four hundred days, is a story of `domain::subscriptions`.)

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::queries;
use crate::report::Report;
use crate::shopper::together;
use crate::stage::{Plan, Stage};
use load::buyer::{Buyer, expect_redirect, hidden};
use load::told;
use std::time::{Duration, Instant};
use store::Kind;

/// Members of the full procedure; each joins and pays by the forms that a browser sends.
const MEMBERS: usize = 1_000;
/// What ten thousand may take.
const TEN_THOUSAND: Duration = Duration::from_secs(600);
const DAY: i64 = 86_400;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let members = props.scaled(MEMBERS, 40);
    let mut stage = Stage::open(props, Plan::new(Kind::Postgres, 2).movable()).await?;
    report.did(format!("{members} people become members and pay; 26 days pass, five more, and all are due"));
    let plan = queries::monthly_plan(&mut stage.read().await?).await.map_err(told)?;
    for part in 0..members.div_ceil(50) {
        let people = stage.people(&format!("member-{part}"), 50.min(members - part * 50)).await?;
        let joining = people.into_iter().map(|mut buyer| {
            let plan = plan.clone();
            async move { join(&mut buyer, &plan).await }
        });
        for joined in together(joining.collect()).await? {
            joined?;
        }
    }
    quiet(&stage, Duration::from_secs(60)).await?;
    stage.advance(26 * DAY).await?;
    until(&stage, members, Duration::from_secs(300), Count::Reminded).await?;
    stage.advance(5 * DAY + 3_600).await?;
    let begun = Instant::now();
    until(&stage, members / 2, Duration::from_secs(300), Count::Renewed).await?;
    let half = begun.elapsed();
    report.did("half of them are renewed: one of the two is killed");
    stage.kill(1).await;
    let before_wait = begun.elapsed();
    let mut renewed = count(&stage, Count::Renewed).await?;
    let mut last = Instant::now();
    while last.elapsed() < Duration::from_secs(8) {
        let now = count(&stage, Count::Renewed).await?;
        if now > renewed {
            (renewed, last) = (now, Instant::now());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let alone = renewed.saturating_sub(members / 2);
    let took = begun.elapsed().saturating_sub(last.elapsed());
    // what the dead one had taken in hand is free again after five minutes; what it had sent is asked about
    for _ in 0..3 {
        stage.advance(301).await?;
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    until(&stage, members, Duration::from_secs(300), Count::Renewed).await?;
    quiet(&stage, Duration::from_secs(120)).await?;
    #[allow(clippy::cast_precision_loss)] // thousands
    let rate = (members / 2) as f64 / half.as_secs_f64();
    report.figure(format!(
        "{members} renewals: the first half by two in {:.1} s ({rate:.0}/s, ten thousand in {:.0} s), {alone} more by one until {:.1} s, the rest after the dead one's hold had ended",
        before_wait.as_secs_f64(),
        10_000.0 / rate,
        took.as_secs_f64()
    ));
    // a few are over before two servers are well under way
    if members == MEMBERS {
        report.must(10_000.0 / rate < TEN_THOUSAND.as_secs_f64(), "ten thousand would take less than ten minutes at this rate");
    }
    let twice = queries::renewed_twice(&mut stage.read().await?).await.map_err(told)?;
    report.must(twice == 0, format!("one invoice for each period ({twice} periods have more)"));
    let renewed = count(&stage, Count::Renewed).await?;
    report.must(renewed == members, format!("everybody is renewed once ({renewed})"));
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

/// Becomes a member by the month without a trial, and pays.
async fn join(buyer: &mut Buyer, plan: &str) -> Result<(), String> {
    let address = format!("/en/membership?plan={plan}&begin=now");
    let page = buyer.get(&address).await?.text();
    let (Some(plan), Some(price), Some(key)) = (hidden(&page, "plan"), hidden(&page, "price"), hidden(&page, "idem")) else {
        return Err("the membership's page has no form".into());
    };
    let fields =
        [("form", "subscribe"), ("idem", &*key), ("plan", &*plan), ("price", &*price), ("trial", ""), ("consent", "yes")];
    let till = expect_redirect(&buyer.post(&address, &fields).await?, "subscribing")?;
    buyer.pay(&till).await.map(drop)
}

#[derive(Clone, Copy)]
enum Count {
    Reminded,
    Renewed,
}

async fn count(stage: &Stage, what: Count) -> Result<usize, String> {
    let (reminded, renewed) = queries::reminded_and_renewed(&mut stage.read().await?).await.map_err(told)?;
    let found = match what {
        Count::Reminded => reminded,
        Count::Renewed => renewed,
    };
    usize::try_from(found).map_err(told)
}

async fn until(stage: &Stage, wanted: usize, patience: Duration, what: Count) -> Result<(), String> {
    let begun = Instant::now();
    loop {
        let found = count(stage, what).await?;
        if found >= wanted {
            return Ok(());
        }
        if begun.elapsed() > patience {
            return Err(format!("only {found} of {wanted} after {} s", patience.as_secs()));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
