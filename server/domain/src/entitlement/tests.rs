//! Stories of rights.

use super::*;
use crate::testing::School;
use crate::{Member, Result};
use model::entitlement::{Access, Reason, Source};
use model::time::days;
use store::on_both;

async fn give(school: &School, who: &Member, source: Source, source_id: &str, for_days: Option<i64>) -> Result<bool> {
    let expires_at = for_days.map(|n| school.app.now() + days(n));
    let right = Grant { account: &who.id, course: &school.engines(), source, source_id, expires_at };
    school.app.db.write(async |tx| grant(&school.app, tx, right.clone()).await).await
}

async fn sees(school: &School, who: Option<&Member>) -> Result<Access> {
    may_open(&mut school.app.db.read().await?, who.map(|who| &who.id), &school.engines(), school.app.now()).await
}

on_both!(a_right_opens_a_course_until_it_ends, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    assert_eq!((sees(&school, None).await?, sees(&school, Some(&grace)).await?), (Access::Preview, Access::Preview));
    assert_eq!(sees(&school, Some(&school.ada())).await?, Access::Open(Reason::Teaches));
    assert!(give(&school, &grace, Source::Seat, "seat-1", Some(30)).await?);
    assert!(!give(&school, &grace, Source::Seat, "seat-2", None).await?, "one of a kind");
    assert_eq!(sees(&school, Some(&grace)).await?, Access::Open(Reason::Granted(Source::Seat)));
    assert!(give(&school, &grace, Source::OrderLine, "line-1", None).await?);
    assert_eq!(sees(&school, Some(&grace)).await?, Access::Open(Reason::Granted(Source::OrderLine)));
    school.after(days(31));
    assert_eq!(
        school.app.db.write(async |tx| revoke(&school.app, tx, Source::OrderLine, "line-1").await).await?,
        [school.engines()]
    );
    assert_eq!(sees(&school, Some(&grace)).await?, Access::Preview);
    assert!(owned_courses(&mut school.app.db.read().await?, &grace.id, school.app.now()).await?.is_empty());
    Ok(())
});

on_both!(what_is_suspended_comes_back_and_what_is_revoked_does_not, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    give(&school, &grace, Source::Gift, "g", None).await?;
    app.db.write(async |tx| suspend(app, tx, Source::Gift, "g").await).await?;
    assert_eq!(sees(&school, Some(&grace)).await?, Access::Preview);
    app.db.write(async |tx| restore(app, tx, Source::Gift, "g").await).await?;
    assert!(sees(&school, Some(&grace)).await?.is_open());
    app.db.write(async |tx| revoke(app, tx, Source::Gift, "g").await).await?;
    assert_eq!(app.db.write(async |tx| restore(app, tx, Source::Gift, "g").await).await?, 0);
    assert_eq!(sees(&school, Some(&grace)).await?, Access::Preview);
    Ok(())
});
