//! More than a year of time, in three zones; two workers at once.

use super::*;
use store::sql;

/// The first days of the periods of somebody, in their zone.
async fn starts(club: &Club, who: &Member, zone: &str) -> Result<Vec<String>> {
    let zone = jiff::tz::TimeZone::get(zone).expect("a zone");
    let mut conn = club.school.app.db.read().await?;
    let all = conn
        .query(sql!(
            "SELECT p.starts_at FROM subscription_periods p JOIN subscriptions s ON s.id = p.subscription_id
              WHERE s.account_id = $1 ORDER BY p.number"
        ))
        .bind(who.id.as_str())
        .all(|row| row.get::<i64>("starts_at"))
        .await?;
    let said = |millis| {
        let at = jiff::Timestamp::from_millisecond(millis).expect("a moment").to_zoned(zone.clone());
        at.strftime("%m-%d %H:%M").to_string()
    };
    Ok(all.into_iter().map(said).collect())
}

on_both!(rel_16_over_four_hundred_days_every_period_begins_when_the_calendar_says, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    // zone, day of joining in January 2027 (nine in the morning there), plan in months, the beginnings of the periods
    type Row = (&'static str, i64, u32, &'static [&'static str]);
    let table: [Row; 7] = [
        (
            "Asia/Shanghai",
            28,
            1,
            &[
                "01-28", "02-28", "03-28", "04-28", "05-28", "06-28", "07-28", "08-28", "09-28", "10-28", "11-28", "12-28",
                "01-28", "02-28",
            ],
        ),
        (
            "America/New_York",
            29,
            1,
            &[
                "01-29", "02-28", "03-29", "04-29", "05-29", "06-29", "07-29", "08-29", "09-29", "10-29", "11-29", "12-29",
                "01-29", "02-29",
            ],
        ),
        (
            "Australia/Lord_Howe",
            31,
            1,
            &[
                "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31",
                "01-31", "02-29",
            ],
        ),
        ("America/New_York", 31, 3, &["01-31", "04-30", "07-31", "10-31", "01-31"]),
        ("Australia/Lord_Howe", 30, 3, &["01-30", "04-30", "07-30", "10-30", "01-30"]),
        ("Asia/Shanghai", 31, 12, &["01-31", "01-31"]),
        ("America/New_York", 30, 12, &["01-30", "01-30"]),
    ];
    let mut joining: Vec<(Moment, usize)> =
        table.iter().enumerate().map(|(row, (zone, day, ..))| (at(&format!("2027-01-{day}T09:00:00[{zone}]")), row)).collect();
    joining.sort();
    let mut members = std::collections::BTreeMap::new();
    for (moment, row) in joining {
        club.live(moment.since(club.school.app.now()), days(400)).await?;
        let (zone, _, months, _) = table[row];
        let who = club.school.learner(&format!("traveller-{row}")).await;
        let plan = [(1, &club.month), (3, &club.quarter), (12, &club.year)].into_iter().find(|(n, _)| *n == months);
        club.join_in(&who, plan.expect("a plan").1, zone).await?;
        members.insert(row, who);
    }
    club.live(days(400), days(1)).await?;
    for (row, who) in &members {
        let (zone, _, months, expected) = table[*row];
        let expected: Vec<String> = expected.iter().map(|day| format!("{day} 09:00")).collect();
        assert_eq!(starts(&club, who, zone).await?, expected, "{zone}, every {months} months");
    }
    club.books_hold().await
});

on_both!(rel_15_two_workers_at_once_renew_everybody_once, async |db: Db| -> Result<(), Error> {
    const MANY: usize = 24;
    let club = Club::open(db).await?;
    let app = &club.school.app;
    let mut members = Vec::new();
    for n in 0..MANY {
        let who = club.school.learner(&format!("member-{n}")).await;
        club.join(&who, &club.month).await?;
        members.push(who);
    }
    club.days(30).await?;
    club.school.after(days(2));
    let worker = async || -> Result<usize> {
        let mut dealt = 0;
        loop {
            let now = round(app, 5).await?;
            dealt += now;
            if now == 0 {
                return Ok(dealt);
            }
        }
    };
    let (one, other) = futures::future::join(worker(), worker()).await;
    assert_eq!(one? + other?, MANY, "everybody was dealt with by one of them");
    club.work().await?;
    assert_eq!(club.school.till.counts().0, 2 * MANY);
    for who in &members {
        let mine = club.mine(who).await?;
        assert_eq!((mine.state, mine.invoices.len()), (SubscriptionState::Active, 2));
    }
    club.books_hold().await
});

on_both!(sm_0_what_cannot_happen_changes_nothing_and_is_written_down, async |db: Db| -> Result<(), Error> {
    let club = Club::open(db).await?;
    let (app, grace) = (&club.school.app, club.school.grace());
    club.join(&grace, &club.month).await?;
    let before = club.mine(&grace).await?;
    for _ in 0..2 {
        assert_eq!(refused(resume(app, &grace, &Payer::default()).await), Refusal::Transition);
    }
    let after = club.mine(&grace).await?;
    assert_eq!((after.state, after.period_ends, after.invoices.len()), (before.state, before.period_ends, before.invoices.len()));
    let trail = crate::audit_trail::of(&mut app.db.read().await?, &[before.id.to_string()]).await?;
    assert_eq!(trail.iter().filter(|deed| deed.action == "subscription.refused").count(), 2);
    club.books_hold().await
});
