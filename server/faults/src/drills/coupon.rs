//! REL-03: a coupon with one use left, by two codes, taken by two hundred at once at two servers.

use crate::oracle::{judge, quiet};
use crate::props::Props;
use crate::queries;
use crate::report::Report;
use crate::shopper::together;
use crate::stage::{Plan, Stage};
use load::buyer::expect_redirect;
use load::told;
use std::time::Duration;
use store::Kind;

const BUYERS: usize = 200;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let buyers = props.scaled(BUYERS, 20);
    let stage = Stage::open(props, Plan::new(Kind::Postgres, 2)).await?;
    report.did(format!("two servers; one promotion with one use and two codes; {buyers} people press pay at the same moment"));
    let mut sam = stage.sam(0).await?;
    let form = [
        ("form", "coupon"),
        ("name", "The last one"),
        ("codes", "LASTA LASTB"),
        ("kind", "percent"),
        ("value", "20"),
        ("most", "1"),
    ];
    expect_redirect(&sam.post("/en/admin/coupons", &form).await?, "making the coupon")?;
    let before = queries::orders(&mut stage.read().await?).await.map_err(told)?.len();
    let mut ready = Vec::new();
    for (number, mut buyer) in stage.people("saver", buyers).await?.into_iter().enumerate() {
        let checkout = buyer.check_out(&stage.courses[0]).await?;
        let code = if number % 2 == 0 { "LASTA" } else { "LASTB" };
        let chosen = buyer.post(&checkout, &[("form", "coupon"), ("coupon", code)]).await?;
        let checkout = buyer.local(&expect_redirect(&chosen, "choosing the coupon")?);
        let key = buyer.key(&checkout).await?;
        ready.push((buyer, checkout, key));
    }
    let pressing = ready
        .into_iter()
        .map(|(mut buyer, checkout, key)| async move { buyer.place(&checkout, &key).await.map(|answer| answer.status) });
    let outcomes = together(pressing.collect()).await?;
    let (mut placed, mut refused, mut other) = (0, 0, Vec::new());
    for outcome in outcomes {
        match outcome? {
            303 => placed += 1,
            409 | 422 => refused += 1,
            status => other.push(status),
        }
    }
    report.figure(format!("{placed} of {buyers} placed with the discount, {refused} refused"));
    report.must(placed == 1, "exactly one order has the discount");
    report.must(other.is_empty(), format!("everybody else was told so ({other:?})"));
    let orders = queries::orders(&mut stage.read().await?).await.map_err(told)?.len() - before;
    report.must(orders == 1, format!("nobody was silently charged in full ({orders} orders)"));
    quiet(&stage, Duration::from_secs(30)).await?;
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}
