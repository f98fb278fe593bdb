//! Stories of gifts, codes and seats. After each, every invariant of the books is asked.

mod disputes;

use super::*;
use crate::put_off::Lane;
use crate::testing::School;
use crate::testing::buying::{books_hold, bought, paid, refunded};
use crate::{Error, Member, Result, Staff, entitlement, orders};
use model::entitlement::{Access, Reason, Source};
use model::ids::{OrderId, SeatPoolId};
use model::orders::NextStep;
use model::time::{days, hours};
use model::vouchers::{
    AssignForm, BatchForm, ClaimForm, Claimed, Code, GiftForm, Holds, Refusal, SeatState, SeatsForm, VoucherState,
};
use model::{Currency, Fault, Lang, Money};
use store::on_both;

const ENGINES: &str = "analytical-engines";

fn refusal<T: std::fmt::Debug>(outcome: Result<T>) -> Refusal {
    match outcome {
        Err(Error::Fault(Fault::Conflict(model::Refusal::Vouchers(refusal)))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn typed(code: &str) -> ClaimForm {
    ClaimForm { code: code.into() }
}

async fn access(school: &School, who: &Member) -> Result<Access> {
    let mut conn = school.app.db.read().await?;
    entitlement::may_open(&mut conn, Some(&who.id), &school.engines(), school.app.now()).await
}

/// Grace buys "Analytical Engines" for somebody: the order and the code.
async fn gave(school: &School) -> Result<(OrderId, String)> {
    gave_by(school, "g").await
}

/// The same by a form of this name.
async fn gave_by(school: &School, idem: &str) -> Result<(OrderId, String)> {
    let grace = school.grace();
    let form = GiftForm {
        course: ENGINES.into(),
        recipient: "Lin".into(),
        sender: "Grace".into(),
        message: "For the long evenings".into(),
        idem: idem.into(),
    };
    let NextStep::Checkout(checkout) = orders::begin_gift(&school.app, &grace, form.clone()).await? else {
        panic!("no checkout")
    };
    assert_eq!(
        orders::begin_gift(&school.app, &grace, form).await?,
        NextStep::Checkout(checkout.clone()),
        "the same form, the same gift"
    );
    let order = paid(school, &grace, &checkout).await?;
    let desk = gift_desk(&school.app, &grace, Lang::En, None, 1).await?;
    Ok((order, desk.given.items[0].code.clone().expect("a code")))
}

async fn balance(school: &School, account: crate::ledger::Account) -> Result<i64> {
    let mut conn = school.app.db.read().await?;
    Ok(crate::ledger::balance(&mut conn, &account, Currency::Cny).await?.minor())
}

on_both!(a_gift_opens_the_course_to_whoever_claims_it_and_is_earned_then, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (_, code) = gave(&school).await?;
    let ada = crate::ledger::Account::InstructorPending(school.ada().id);
    assert_eq!(balance(&school, ada.clone()).await?, 0, "not before it is claimed");
    assert_eq!(access(&school, &school.grace()).await?, Access::Preview, "it is not the giver’s");
    let found = look(&school.app, None, &Code::parse(&code).expect("a code")).await?.expect("a gift");
    assert_eq!(found.card.map(|card| card.message), Some("For the long evenings".into()));
    assert!(matches!(found.holds, Holds::Course { .. }) && found.refusal.is_none());
    let lin = school.lin();
    let given = claim(&school.app, &lin, typed(&code.to_lowercase())).await?;
    assert_eq!(given, Claimed::Course(ENGINES.parse().expect("a slug")));
    assert_eq!(claim(&school.app, &lin, typed(&code)).await?, given, "twice is once");
    assert_eq!(access(&school, &lin).await?, Access::Open(Reason::Granted(Source::Gift)));
    assert_eq!(balance(&school, ada).await?, 13_930);
    assert_eq!(balance(&school, crate::ledger::Account::Revenue).await?, 19_900 - 13_930);
    let other = school.learner("late").await;
    assert_eq!(refusal(claim(&school.app, &other, typed(&code)).await), Refusal::Claimed);
    books_hold(&school).await
});

on_both!(one_gift_claimed_by_fifty_at_once_is_claimed_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (_, code) = gave(&school).await?;
    let mut people = Vec::new();
    for n in 0..50 {
        people.push(school.learner(&format!("eager{n}")).await);
    }
    let outcomes = futures::future::join_all(people.iter().map(|who| claim(&school.app, who, typed(&code)))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let mut open = 0;
    for who in &people {
        open += usize::from(access(&school, who).await? != Access::Preview);
    }
    assert_eq!(open, 1);
    books_hold(&school).await
});

on_both!(who_has_the_course_leaves_the_gift_to_others, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (_, code) = gave(&school).await?;
    bought(&school, &school.lin()).await?;
    assert_eq!(refusal(claim(&school.app, &school.lin(), typed(&code)).await), Refusal::Owned);
    assert_eq!(refusal(claim(&school.app, &school.ada(), typed(&code)).await), Refusal::OwnCourse);
    let other = school.learner("other").await;
    assert!(claim(&school.app, &other, typed(&code)).await.is_ok());
    books_hold(&school).await
});

on_both!(a_gift_expires_after_a_year_and_its_money_stays, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (_, code) = gave(&school).await?;
    school.after(days(366));
    assert_eq!(refusal(claim(&school.app, &school.lin(), typed(&code)).await), Refusal::Expired, "even before anybody tidied up");
    while work(&school.app).await? {}
    let given = gift_desk(&school.app, &school.grace(), Lang::En, None, 1).await?.given.items;
    assert_eq!(given[0].state, VoucherState::Expired);
    assert_eq!(balance(&school, crate::ledger::Account::Breakage).await?, 19_900);
    books_hold(&school).await
});

on_both!(a_code_that_cannot_be_ended_keeps_no_other_from_ending, async |db| -> Result<()> {
    let school = School::open(db).await;
    gave(&school).await?;
    school.after(days(1));
    gave_by(&school, "h").await?;
    school.after(days(366));
    school.spoil(Lane::Codes).await;
    while work(&school.app).await? {}
    assert_eq!(balance(&school, crate::ledger::Account::Breakage).await?, 19_900, "of the other one");
    school.after(hours(1));
    assert!(work(&school.app).await?, "it is tried again");
    assert!(!work(&school.app).await?);
    Ok(())
});

on_both!(a_refund_takes_the_code_back_first_and_a_claimed_gift_is_not_refunded, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, code) = gave(&school).await?;
    refunded(&school, &order, "").await?;
    assert_eq!(refusal(claim(&school.app, &school.lin(), typed(&code)).await), Refusal::Revoked);
    assert_eq!(orders::show_order(&school.app, &school.grace(), &order).await?.refunded.minor(), 19_900);
    books_hold(&school).await
});

on_both!(a_claimed_gift_is_not_refunded, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, code) = gave(&school).await?;
    claim(&school.app, &school.lin(), typed(&code)).await?;
    assert_eq!(refusal(refunded(&school, &order, "").await), Refusal::NotRefundable);
    books_hold(&school).await
});

on_both!(wrong_codes_are_told_and_soon_not_heard_any_more, async |db| -> Result<()> {
    let school = School::open(db).await;
    let lin = school.lin();
    assert!(matches!(claim(&school.app, &lin, typed("abc")).await, Err(Error::Fault(Fault::Invalid(_)))));
    let wrong = Code::of([7; 16]);
    for _ in 0..10 {
        assert_eq!(refusal(claim(&school.app, &lin, typed(wrong.plain())).await), Refusal::Unknown);
    }
    assert!(matches!(claim(&school.app, &lin, typed(wrong.plain())).await, Err(Error::Fault(Fault::TooOften { .. }))));
    books_hold(&school).await
});

fn batch(kind: &str, count: &str) -> BatchForm {
    BatchForm {
        name: "Spring".into(),
        kind: kind.into(),
        course: ENGINES.into(),
        amount: "50".into(),
        count: count.into(),
        days: "30".into(),
        idem: format!("{kind}-{count}"),
    }
}

/// The codes of an exported table.
fn codes_of(text: &str) -> Vec<String> {
    text.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::to_owned).collect()
}

on_both!(a_batch_gives_each_code_once_and_its_table_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let sam = school.sam_at_work();
    let id = make(&school.app, &sam, batch("course", "3")).await?;
    assert_eq!(make(&school.app, &sam, batch("course", "3")).await?, id, "the same form, the same batch");
    let codes = codes_of(&export(&school.app, &sam, Lang::En, &id).await?);
    assert_eq!(codes.len(), 3);
    assert_eq!(refusal(export(&school.app, &sam, Lang::En, &id).await), Refusal::AlreadyExported);
    claim(&school.app, &school.grace(), typed(&codes[0])).await?;
    assert_eq!(access(&school, &school.grace()).await?, Access::Open(Reason::Granted(Source::Gift)));
    revoke_rest(&school.app, &sam, &id).await?;
    assert_eq!(refusal(claim(&school.app, &school.lin(), typed(&codes[1])).await), Refusal::Revoked);
    let row = &codes_desk(&school).await?[0];
    assert_eq!((row.count, row.claimed, row.revoked, row.is_exported), (3, 1, 2, true));
    books_hold(&school).await
});

async fn codes_desk(school: &School) -> Result<Vec<model::vouchers::BatchRow>> {
    Ok(super::codes(&school.app, &school.sam_at_work(), 1).await?.batches.items)
}

on_both!(a_balance_goes_to_the_gift_wallet_of_one, async |db| -> Result<()> {
    let school = School::open(db).await;
    let sam = school.sam_at_work();
    let id = make(&school.app, &sam, batch("balance", "1")).await?;
    let codes = codes_of(&export(&school.app, &sam, Lang::Zh, &id).await?);
    let fifty = Money::new(5_000, Currency::Cny);
    let (grace, lin) = (school.grace(), school.lin());
    let (one, other) = futures::join!(claim(&school.app, &grace, typed(&codes[0])), claim(&school.app, &lin, typed(&codes[0])));
    let given: Vec<_> = [one, other].into_iter().filter_map(Result::ok).collect();
    assert_eq!(given, [Claimed::Balance(fifty)]);
    let wallets = [grace.id, lin.id].map(crate::ledger::Account::WalletGift);
    let mut sum = 0;
    for wallet in wallets {
        sum += balance(&school, wallet).await?;
    }
    assert_eq!(sum, 5_000);
    books_hold(&school).await
});

/// Lin has bought so many seats of "Analytical Engines".
async fn pack(school: &School, seats: &str) -> Result<(OrderId, SeatPoolId)> {
    let lin = school.lin();
    let form = SeatsForm { course: ENGINES.into(), seats: seats.into() };
    let NextStep::Checkout(checkout) = orders::begin_seats(&school.app, &lin, form).await? else { panic!("no checkout") };
    let order = paid(school, &lin, &checkout).await?;
    let pool = seat_desk(&school.app, &lin, None, 1).await?.pools.items[0].id.clone();
    Ok((order, pool))
}

fn to(who: &str) -> AssignForm {
    AssignForm { email: format!("{who}@lectern.example") }
}

/// The code in a seat's invitation.
async fn invited(school: &School, pool: &SeatPoolId, who: &str) -> Result<String> {
    let view = show_pool(&school.app, &school.lin(), Lang::En, pool).await?;
    let address = format!("{who}@lectern.example");
    let seat = view.seats.iter().find(|seat| seat.email.as_str() == address && seat.state == SeatState::Invited).expect("a seat");
    Ok(seat.link.clone().expect("a link").split("code=").nth(1).expect("a code").to_owned())
}

on_both!(a_seat_is_given_taken_up_and_taken_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (lin, grace) = (school.lin(), school.grace());
    let (_, pool) = pack(&school, "2").await?;
    let seat = assign(&school.app, &lin, &pool, to("grace")).await?;
    assert_eq!(refusal(assign(&school.app, &lin, &pool, to("grace")).await), Refusal::HasSeat);
    let code = invited(&school, &pool, "grace").await?;
    let other = school.learner("other").await;
    assert_eq!(refusal(claim(&school.app, &other, typed(&code)).await), Refusal::OtherAddress);
    claim(&school.app, &grace, typed(&code)).await?;
    assert_eq!(access(&school, &grace).await?, Access::Open(Reason::Granted(Source::Seat)));
    unassign(&school.app, &lin, &pool, &seat).await?;
    unassign(&school.app, &lin, &pool, &seat).await?;
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    assign(&school.app, &lin, &pool, to("second")).await?;
    assert_eq!(refusal(assign(&school.app, &lin, &pool, to("third")).await), Refusal::NoSeat, "the seat cools down");
    school.after(hours(25));
    assign(&school.app, &lin, &pool, to("third")).await?;
    assert_eq!(refusal(claim(&school.app, &grace, typed(&code)).await), Refusal::Revoked);
    books_hold(&school).await
});

on_both!(the_last_seat_is_given_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let lin = school.lin();
    let (_, pool) = pack(&school, "3").await?;
    let gives = (0..12).map(|n| assign(&school.app, &lin, &pool, to(&format!("p{n}"))));
    let outcomes = futures::future::join_all(gives).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    let row = show_pool(&school.app, &lin, Lang::En, &pool).await?.row;
    assert_eq!((row.assigned, row.purchased), (3, 3));
    assert_eq!(balance(&school, crate::ledger::Account::InstructorPending(school.ada().id)).await?, 3 * 13_930);
    books_hold(&school).await
});

on_both!(a_seat_given_again_earns_nothing_more_and_a_pack_in_use_is_not_refunded, async |db| -> Result<()> {
    let school = School::open(db).await;
    let lin = school.lin();
    let (order, pool) = pack(&school, "2").await?;
    for n in 0..4 {
        let seat = assign(&school.app, &lin, &pool, to(&format!("p{n}"))).await?;
        unassign(&school.app, &lin, &pool, &seat).await?;
    }
    assert_eq!(balance(&school, crate::ledger::Account::InstructorPending(school.ada().id)).await?, 13_930);
    assert_eq!(refusal(refunded(&school, &order, "").await), Refusal::NotRefundable);
    books_hold(&school).await
});

on_both!(an_untouched_pack_is_refunded_and_gives_no_seats_any_more, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, pool) = pack(&school, "2").await?;
    refunded(&school, &order, "").await?;
    assert_eq!(refusal(assign(&school.app, &school.lin(), &pool, to("grace")).await), Refusal::NoSeat);
    assert!(matches!(assign(&school.app, &school.grace(), &pool, to("grace")).await, Err(Error::Fault(Fault::NotFound))));
    books_hold(&school).await
});

on_both!(nobody_gives_more_than_a_sum_alone, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (sam, second) = (school.sam_at_work(), Staff { id: school.ada().id });
    let id = make(&school.app, &sam, batch("balance", "21")).await?;
    let row = &codes_desk(&school).await?[0];
    assert!(row.waits && row.is_own, "{row:?}");
    assert_eq!(refusal(export(&school.app, &sam, Lang::En, &id).await), Refusal::Waits);
    assert_eq!(refusal(approve(&school.app, &sam, &id).await), Refusal::OwnBatch);
    // whoever can make the code of an id without us has nothing yet
    let waiting = queries::of_batch(&mut school.app.db.read().await?, &id).await?;
    let early = code::kept(&school.app, code::Purpose::Voucher, waiting[0].0.as_str(), &waiting[0].1).expect("a code");
    assert!(claim(&school.app, &school.grace(), typed(early.plain())).await.is_err());
    approve(&school.app, &second, &id).await?;
    approve(&school.app, &second, &id).await?;
    let codes = codes_of(&export(&school.app, &sam, Lang::En, &id).await?);
    assert_eq!(codes.len(), 21);
    claim(&school.app, &school.grace(), typed(&codes[0])).await?;
    books_hold(&school).await
});

on_both!(a_sum_in_parts_is_the_same_sum, async |db| -> Result<()> {
    let school = School::open(db).await;
    let sam = school.sam_at_work();
    make(&school.app, &sam, batch("balance", "15")).await?;
    make(&school.app, &sam, batch("balance", "6")).await?;
    let waits: Vec<bool> = codes_desk(&school).await?.iter().map(|row| row.waits).collect();
    assert_eq!(waits.iter().filter(|waits| **waits).count(), 1, "{waits:?}");
    make(&school.app, &sam, batch("course", "500")).await?;
    assert_eq!(codes_desk(&school).await?.iter().filter(|row| row.waits).count(), 1, "a course is no money");
    school.after(days(2));
    let later = make(&school.app, &sam, BatchForm { idem: "later".into(), ..batch("balance", "6") }).await?;
    assert!(codes_desk(&school).await?.iter().any(|row| row.id == later && !row.waits));
    Ok(())
});

on_both!(a_waiting_batch_can_be_revoked_and_gives_nothing, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (sam, second) = (school.sam_at_work(), Staff { id: school.ada().id });
    let id = make(&school.app, &sam, batch("balance", "21")).await?;
    revoke_rest(&school.app, &sam, &id).await?;
    approve(&school.app, &second, &id).await?;
    let codes = codes_of(&export(&school.app, &sam, Lang::En, &id).await?);
    assert_eq!(refusal(claim(&school.app, &school.grace(), typed(&codes[0])).await), Refusal::Revoked);
    Ok(())
});

on_both!(a_gift_s_code_outlives_a_changed_secret_while_the_one_before_is_kept, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let (_, code) = gave(&school).await?;
    school.change_secret(b"quite another secret", true);
    let shown = gift_desk(&school.app, &school.grace(), Lang::En, None, 1).await?.given.items[0].code.clone();
    assert_eq!(shown.as_deref(), Some(code.as_str()), "the giver still reads it");
    school.change_secret(b"quite another secret", false);
    let shown = gift_desk(&school.app, &school.grace(), Lang::En, None, 1).await?.given.items[0].code.clone();
    assert_eq!(shown, None, "a wrong one is worse than none");
    claim(&school.app, &school.lin(), typed(&code)).await?;
    Ok(())
});
