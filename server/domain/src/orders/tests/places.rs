//! Courses with so many places and no more.

use super::baskets::course;
use super::*;
use crate::catalog;
use crate::testing::buying::refunded;
use model::orders::{Bar, Item, LineKind};

/// "Analytical Engines" has so many places.
async fn counted(school: &School, places: u32) -> Result<()> {
    school.app.db.write(async |tx| catalog::set_places(tx, &school.engines(), Some(places)).await).await
}

async fn left(school: &School) -> Result<Option<i64>> {
    places_left(&mut school.app.db.read().await?, &school.engines()).await
}

on_both!(an_order_that_waits_keeps_a_place_and_gives_it_back_when_it_is_closed, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, lin) = (&school.app, school.grace(), school.lin());
    assert_eq!(left(&school).await?, None, "as many as like");
    counted(&school, 1).await?;
    // both are at the checkout while there is a place
    let late = at_checkout(&school, &lin).await?;
    let (order, attempt) = ordered(&school, &grace).await?;
    assert_eq!(left(&school).await?, Some(0));
    assert_eq!(refused(place(app, &lin, Lang::En, &late, &key("k1")).await), Refusal::SoldOut);
    assert_eq!(show_checkout(app, &lin, &late).await?.bars, [(0, Bar::SoldOut)]);
    let anew = begin_checkout(app, &lin, &slug("analytical-engines")).await;
    assert_eq!(refused(anew), Refusal::SoldOut);
    cancel(app, &grace, &order).await?;
    all_done(app).await?;
    place(app, &lin, Lang::En, &late, &key("k2")).await?;
    // what the first pays all the same comes too late, and goes back
    told(&school, &attempt, Fact::Succeeded, PRICE).await?;
    let first = show_order(app, &grace, &order).await?;
    assert_eq!((first.state, first.refunds.len()), (OrderState::Canceled, 1));
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    books_hold(&school).await
});

on_both!(a_refund_makes_room_for_somebody_else, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, lin) = (&school.app, school.grace(), school.lin());
    counted(&school, 1).await?;
    let (order, _) = bought(&school, &grace).await?;
    assert_eq!(refused(begin_checkout(app, &lin, &slug("analytical-engines")).await), Refusal::SoldOut);
    let again = begin_checkout(app, &grace, &slug("analytical-engines")).await?;
    assert!(matches!(again, NextStep::Learn(_)), "who has it has it: {again:?}");
    refunded(&school, &order, "").await?;
    bought(&school, &lin).await?;
    assert_eq!((access(&school, &lin).await?, left(&school).await?), (OPEN, Some(0)));
    // fewer places than are taken take nothing from anybody
    counted(&school, 3).await?;
    bought(&school, &school.learner("third").await).await?;
    counted(&school, 1).await?;
    assert_eq!((access(&school, &lin).await?, left(&school).await?), (OPEN, Some(-1)));
    books_hold(&school).await
});

on_both!(seats_and_bundles_want_places_too, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    counted(&school, 2).await?;
    let seats = |quantity| [Item { quantity, ..Item::of(LineKind::SeatPack, school.engines()) }];
    let refusal = begin_checkout_of(app, &grace, &seats(3), &Choices::default(), false).await;
    assert_eq!(refused(refusal), Refusal::SoldOut);
    let next = begin_checkout_of(app, &grace, &seats(2), &Choices::default(), false).await?;
    let NextStep::Checkout(checkout) = next else { panic!("{next:?}") };
    crate::testing::buying::paid(&school, &grace, &checkout).await?;
    assert_eq!(left(&school).await?, Some(0));
    let one = begin_checkout_of(app, &school.lin(), &[course(&school.engines())], &Choices::default(), false).await;
    assert_eq!(refused(one), Refusal::SoldOut);
    books_hold(&school).await
});

on_both!(what_one_buys_of_a_course_in_several_ways_at_once_shares_its_places, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    counted(&school, 3).await?;
    let both = |quantity| [course(&school.engines()), Item { quantity, ..Item::of(LineKind::SeatPack, school.engines()) }];
    let too_many = begin_checkout_of(app, &grace, &both(3), &Choices::default(), false).await;
    assert_eq!(refused(too_many), Refusal::SoldOut);
    let next = begin_checkout_of(app, &grace, &both(2), &Choices::default(), false).await?;
    let NextStep::Checkout(checkout) = next else { panic!("{next:?}") };
    // somebody else is quicker: of what is left the course is hers, and the seats are too many
    let (order, _) = ordered(&school, &school.lin()).await?;
    assert_eq!(refused(place(app, &grace, Lang::En, &checkout, &key("k1")).await), Refusal::SoldOut);
    assert_eq!(show_checkout(app, &grace, &checkout).await?.bars, [(1, Bar::SoldOut)]);
    cancel(app, &school.lin(), &order).await?;
    place(app, &grace, Lang::En, &checkout, &key("k2")).await?;
    assert_eq!(left(&school).await?, Some(0));
    books_hold(&school).await
});

on_both!(the_last_place_is_one_place_for_twenty_at_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    counted(&school, 1).await?;
    let mut all = Vec::new();
    for number in 0..20 {
        let who = school.learner(&format!("eager-{number}")).await;
        let checkout = at_checkout(&school, &who).await?;
        all.push((who, checkout, key(&format!("k{number}"))));
    }
    let placing = all.iter().map(|(who, checkout, key)| place(app, who, Lang::En, checkout, key));
    let outcomes = futures::future::join_all(placing).await;
    let (placed, refusals): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(placed.len(), 1);
    for refusal in refusals {
        assert_eq!(refused(refusal), Refusal::SoldOut);
    }
    assert_eq!(left(&school).await?, Some(0));
    books_hold(&school).await
});
