//! Stories of earning and being paid. After each, every invariant of the books is asked.

use super::*;
use crate::catalog::{self, Edition};
use crate::ledger::{self, Account};
use crate::payments::{self, PayoutFact};
use crate::put_off::Lane;
use crate::testing::buying::{books_hold, bought, refunded};
use crate::testing::{Mood, School, edition};
use crate::{App, Error, Member, Result, Staff, authoring, earnings, settlement};
use model::catalog::LessonKind;
use model::earnings::{AskPayout, EarningKind, EditBank, MovePayout, PayoutMove, PayoutState, Refusal};
use model::ids::{OrderId, PayoutId};
use model::payments::Provider;
use model::time::{days, hours, minutes, seconds};
use model::{Currency, Money};
use store::on_both;

const PRICE: Money = Money::new(19_900, Currency::Cny);
const SHARE: i64 = 13_930;

async fn all_done(app: &App) -> Result<()> {
    while settlement::work(app).await? || earnings::work(app).await? || work(app).await? {}
    Ok(())
}

/// Waiting, payable, on its way, paid.
async fn has(school: &School, who: &Member) -> Result<(i64, i64, i64, i64)> {
    let balance = earnings::balance(&mut school.app.db.read().await?, &who.id, Currency::Cny).await?;
    Ok((balance.pending.minor(), balance.payable.minor(), balance.on_way.minor(), balance.paid.minor()))
}

fn bank(number: &str) -> EditBank {
    EditBank { holder: "Ada Lovelace".into(), bank: "ICBC".into(), number: number.into() }
}

fn ask() -> AskPayout {
    AskPayout { currency: Currency::Cny }
}

/// Grace has bought Ada's course, and Ada can ask for her share.
async fn payable(school: &School) -> Result<OrderId> {
    let order = bought(school, &school.grace()).await?;
    set_bank(&school.app, &school.ada(), bank("6222021234567890")).await?;
    school.after(days(14));
    all_done(&school.app).await?;
    Ok(order)
}

async fn step(school: &School, staff: &Staff, payout: &PayoutId, step: PayoutMove) -> Result<()> {
    let form = MovePayout { payout: payout.clone(), step: step.to_string(), note: "ICBC 20260302-7".into() };
    step_on(&school.app, staff, form).await
}

async fn state(school: &School, who: &Member) -> Result<PayoutState> {
    Ok(ask::earnings(&school.app, who, None, 1).await?.payouts.items[0].state)
}

fn refused<T: std::fmt::Debug>(outcome: Result<T>) -> Refusal {
    match outcome {
        Err(Error::Fault(model::Fault::Conflict(model::Refusal::Earnings(refusal)))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

on_both!(a_share_waits_fourteen_days_and_then_can_be_asked_for, async |db| -> Result<()> {
    let school = School::open(db).await;
    bought(&school, &school.grace()).await?;
    assert_eq!(has(&school, &school.ada()).await?, (SHARE, 0, 0, 0));
    school.after(days(13));
    all_done(&school.app).await?;
    assert_eq!(has(&school, &school.ada()).await?, (SHARE, 0, 0, 0));
    school.after(days(1));
    all_done(&school.app).await?;
    assert_eq!(has(&school, &school.ada()).await?, (0, SHARE, 0, 0));
    let page = ask::earnings(&school.app, &school.ada(), None, 1).await?;
    let kinds: Vec<EarningKind> = page.lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [EarningKind::Release, EarningKind::Share]);
    let sale = &page.lines[1];
    assert_eq!((sale.sale, sale.fee.map(Money::minor), sale.amount.minor()), (Some(PRICE), Some(5_970), SHARE));
    assert_eq!(page.months.iter().map(|month| month.earned.minor()).sum::<i64>(), SHARE);
    books_hold(&school).await
});

on_both!(a_share_that_cannot_be_released_holds_up_no_other, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    bought(&school, &school.grace()).await?;
    bought(&school, &school.learner("other").await).await?;
    school.after(days(14));
    school.spoil(Lane::Shares).await;
    while earnings::work(app).await? {}
    let payable = Account::InstructorPayable(school.ada().id);
    assert_eq!(ledger::balance(&mut app.db.read().await?, &payable, Currency::Cny).await?.minor(), SHARE, "of the other order");
    school.after(hours(1));
    assert!(earnings::work(app).await?, "it is tried again");
    assert!(!earnings::work(app).await?);
    Ok(())
});

on_both!(co_authors_share_to_the_last_fen_as_it_was_agreed_when_it_was_bought, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let lin = school.lin();
    let engines = school.engines();
    let email = "lin@lectern.example".parse().expect("an address");
    let author = authoring::open(app, &ada, &engines).await?;
    assert_eq!(refused(authoring::share_with(app, &author, &email, 3_333).await), Refusal::NotAnInstructor);
    crate::accounts::set_role(app, &email, Some(model::accounts::Role::Instructor)).await?;
    authoring::share_with(app, &author, &email, 3_333).await?;
    assert_eq!(
        refused(authoring::share_with(app, &author, &"sam@lectern.example".parse().expect("an address"), 6_667).await),
        Refusal::NotAnInstructor
    );
    let order = bought(&school, &school.grace()).await?;
    authoring::share_with(app, &author, &email, 0).await?;
    assert_eq!(has(&school, &lin).await?.0, 4_643, "33.33 % of 139.30");
    assert_eq!(has(&school, &ada).await?.0, SHARE - 4_643);
    refunded(&school, &order, "50").await?;
    books_hold(&school).await?;
    refunded(&school, &order, "").await?;
    assert_eq!((has(&school, &lin).await?.0, has(&school, &ada).await?.0), (0, 0));
    books_hold(&school).await
});

on_both!(a_refund_takes_from_what_waits_first_and_then_from_what_is_payable, async |db| -> Result<()> {
    let school = School::open(db).await;
    let order = bought(&school, &school.grace()).await?;
    refunded(&school, &order, "99").await?;
    let (waiting, ..) = has(&school, &school.ada()).await?;
    assert_eq!(waiting, SHARE - 6_930);
    books_hold(&school).await?;
    school.after(days(14));
    all_done(&school.app).await?;
    assert_eq!(has(&school, &school.ada()).await?, (0, waiting, 0, 0));
    refunded(&school, &order, "").await?;
    assert_eq!(has(&school, &school.ada()).await?, (0, 0, 0, 0));
    books_hold(&school).await
});

on_both!(a_payout_takes_two_people_and_is_booked_when_it_arrives, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, sam) = (&school.app, school.ada(), school.sam_at_work());
    let second = Staff { id: school.lin().id };
    bought(&school, &school.grace()).await?;
    assert_eq!(refused(request(app, &ada, &ask()).await), Refusal::NoBank);
    set_bank(app, &ada, bank("6222 0212 3456 7890")).await?;
    assert!(matches!(refused(request(app, &ada, &ask()).await), Refusal::TooLittle { .. }), "it still waits");
    school.after(days(14));
    all_done(app).await?;
    let payout = request(app, &ada, &ask()).await?;
    assert_eq!(refused(request(app, &ada, &ask()).await), Refusal::OneIsOpen);
    assert_eq!(refused(step(&school, &Staff { id: ada.id.clone() }, &payout, PayoutMove::Approve).await), Refusal::SecondPerson);
    assert_eq!(refused(step(&school, &sam, &payout, PayoutMove::Paid).await), Refusal::Transition);
    assert!(list(app, &sam, 1).await?.items[0].bank.is_none(), "nobody sees the number before it is to be sent");
    step(&school, &sam, &payout, PayoutMove::Approve).await?;
    assert_eq!(refused(step(&school, &sam, &payout, PayoutMove::Sent).await), Refusal::SecondPerson);
    let seen = list(app, &second, 1).await?.items.remove(0);
    assert_eq!(seen.bank.map(|bank| bank.number).as_deref(), Some("6222021234567890"));
    assert_eq!(has(&school, &ada).await?, (0, SHARE, 0, 0));
    step(&school, &second, &payout, PayoutMove::Sent).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, SHARE, 0), PayoutState::InTransit));
    books_hold(&school).await?;
    step(&school, &sam, &payout, PayoutMove::Paid).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, 0, SHARE), PayoutState::Paid));
    books_hold(&school).await?;
    step(&school, &sam, &payout, PayoutMove::Returned).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, SHARE, 0, 0), PayoutState::Returned));
    let csv = yearly_csv(app, &ada, 2026).await?;
    assert_eq!(csv.lines().count(), 5, "{csv}");
    assert!(csv.contains("payout_returned,,,,,,139.30,CNY"), "{csv}");
    books_hold(&school).await
});

on_both!(a_course_s_title_is_no_formula_in_the_statement, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let lessons = [("One", LessonKind::Text)];
    let anew = edition(app, &ada.id, "analytical-engines", "＝SUM(A1)", "programming", PRICE.minor(), &lessons);
    let anew = Edition { id: school.engines(), ..anew };
    app.db.write(async |tx| catalog::publish_edition(app, tx, &anew).await).await?;
    bought(&school, &school.grace()).await?;
    let csv = yearly_csv(app, &ada, 2026).await?;
    assert!(csv.contains(",\"'＝SUM(A1)\","), "{csv}");
    Ok(())
});

on_both!(a_payout_that_failed_or_was_withdrawn_leaves_everything_payable, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, sam) = (&school.app, school.ada(), school.sam_at_work());
    let second = Staff { id: school.lin().id };
    payable(&school).await?;
    let first = request(app, &ada, &ask()).await?;
    assert!(matches!(withdraw(app, &school.grace(), &first).await, Err(Error::Fault(model::Fault::NotFound))));
    withdraw(app, &ada, &first).await?;
    let next = request(app, &ada, &ask()).await?;
    step(&school, &sam, &next, PayoutMove::Approve).await?;
    step(&school, &second, &next, PayoutMove::Lost).await?;
    assert_eq!(has(&school, &ada).await?, (0, 0, SHARE, 0));
    books_hold(&school).await?;
    step(&school, &second, &next, PayoutMove::Failed).await?;
    assert_eq!(has(&school, &ada).await?, (0, SHARE, 0, 0));
    assert_eq!(refused(step(&school, &second, &next, PayoutMove::Paid).await), Refusal::Transition);
    books_hold(&school).await
});

on_both!(a_refund_after_the_payout_is_owed_and_blocks_the_next_one, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, sam) = (&school.app, school.ada(), school.sam_at_work());
    let second = Staff { id: school.lin().id };
    let order = payable(&school).await?;
    let payout = request(app, &ada, &ask()).await?;
    step(&school, &sam, &payout, PayoutMove::Approve).await?;
    refunded(&school, &order, "10").await?;
    assert!(matches!(refused(step(&school, &second, &payout, PayoutMove::Sent).await), Refusal::BalanceChanged { .. }));
    step(&school, &second, &payout, PayoutMove::Reject).await?;
    let payout = request(app, &ada, &ask()).await?;
    step(&school, &sam, &payout, PayoutMove::Approve).await?;
    step(&school, &second, &payout, PayoutMove::Sent).await?;
    step(&school, &sam, &payout, PayoutMove::Paid).await?;
    refunded(&school, &order, "").await?;
    let (_, payable, ..) = has(&school, &ada).await?;
    assert_eq!(payable, 700 - SHARE);
    assert!(matches!(refused(request(app, &ada, &ask()).await), Refusal::TooLittle { .. }));
    books_hold(&school).await
});

on_both!(a_changed_bank_account_is_not_paid_for_three_days, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    payable(&school).await?;
    set_bank(app, &ada, bank("6222029999999999")).await?;
    assert!(matches!(refused(request(app, &ada, &ask()).await), Refusal::BankHeld { .. }));
    school.after(days(3));
    request(app, &ada, &ask()).await?;
    let page = ask::earnings(app, &ada, None, 1).await?;
    assert_eq!(page.bank.map(|bank| bank.masked).as_deref(), Some("ICBC ···· 9999"));
    school.catch_up(crate::notifications::FOLLOWER).await;
    while crate::notifications::deliver(app).await? {}
    assert_eq!(
        school.letters().iter().filter(|letter| letter.to == "ada@lectern.example" && letter.subject.contains("bank")).count(),
        2
    );
    books_hold(&school).await
});

on_both!(payouts_are_read_by_pages_and_the_open_one_is_known_on_each, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    payable(&school).await?;
    for _ in 0..21 {
        let payout = request(app, &ada, &ask()).await?;
        withdraw(app, &ada, &payout).await?;
        school.after(minutes(1));
    }
    let last = request(app, &ada, &ask()).await?;
    let (first, second) = (ask::earnings(app, &ada, None, 1).await?, ask::earnings(app, &ada, None, 2).await?);
    assert_eq!((first.payouts.items.len(), second.payouts.items.len(), first.payouts.pages()), (20, 2, 2));
    assert_eq!(first.payouts.items[0].id, last);
    assert!(first.asked && second.asked);
    withdraw(app, &ada, &last).await?;
    assert!(!ask::earnings(app, &ada, None, 2).await?.asked);
    books_hold(&school).await
});

on_both!(two_requests_at_once_are_one_payout, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    payable(&school).await?;
    let asked = ask();
    let all = futures::future::join_all((0..6).map(|_| request(app, &ada, &asked))).await;
    assert_eq!(all.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    books_hold(&school).await
});

/// Ada has asked for her share, and Sam has approved it.
async fn approved(school: &School) -> Result<PayoutId> {
    payable(school).await?;
    let payout = request(&school.app, &school.ada(), &ask()).await?;
    step(school, &school.sam_at_work(), &payout, PayoutMove::Approve).await?;
    Ok(payout)
}

/// The provider tells how the payout stands.
async fn told_by_till(school: &School, payout: &PayoutId, fact: PayoutFact, minor: i64) -> Result<()> {
    let body = school.till.tell_payout(payout.as_str(), fact, Money::new(minor, Currency::Cny));
    payments::keep(&school.app, Provider::Sandbox, &["good"], body.as_bytes()).await?;
    all_done(&school.app).await
}

on_both!(sm_8_a_payout_through_a_provider_follows_what_it_tells_however_often, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let second = Staff { id: school.lin().id };
    let payout = approved(&school).await?;
    assert_eq!(refused(step(&school, &school.sam_at_work(), &payout, PayoutMove::Send).await), Refusal::SecondPerson);
    school.till.is(Mood::Slow);
    step(&school, &second, &payout, PayoutMove::Send).await?;
    books_hold(&school).await?;
    all_done(app).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, SHARE, 0), PayoutState::InTransit));
    assert_eq!(refused(step(&school, &second, &payout, PayoutMove::Failed).await), Refusal::SecondPerson, "it is being asked");
    books_hold(&school).await?;
    for _ in 0..2 {
        told_by_till(&school, &payout, PayoutFact::Paid, SHARE).await?;
        assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, 0, SHARE), PayoutState::Paid));
    }
    books_hold(&school).await?;
    for fact in [PayoutFact::Returned, PayoutFact::Paid, PayoutFact::Returned] {
        told_by_till(&school, &payout, fact, SHARE).await?;
    }
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, SHARE, 0, 0), PayoutState::Returned));
    books_hold(&school).await
});

on_both!(a_payout_whose_answer_was_lost_is_asked_about_and_paid_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let payout = approved(&school).await?;
    school.till.is(Mood::Silent);
    step(&school, &Staff { id: school.lin().id }, &payout, PayoutMove::Send).await?;
    all_done(app).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, SHARE, 0), PayoutState::Unknown));
    books_hold(&school).await?;
    school.till.is(Mood::Fine);
    school.after(seconds(11));
    all_done(app).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, 0, SHARE), PayoutState::Paid));
    books_hold(&school).await
});

on_both!(a_payout_the_provider_refuses_is_payable_again_and_one_it_never_answers_waits_for_a_person, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let second = Staff { id: school.lin().id };
    let first = approved(&school).await?;
    school.till.is(Mood::Refusing);
    step(&school, &second, &first, PayoutMove::Send).await?;
    all_done(app).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, SHARE, 0, 0), PayoutState::Failed));
    books_hold(&school).await?;
    school.after(hours(1));
    let next = request(app, &ada, &ask()).await?;
    step(&school, &school.sam_at_work(), &next, PayoutMove::Approve).await?;
    school.till.is(Mood::Deaf);
    step(&school, &second, &next, PayoutMove::Send).await?;
    for _ in 0..12 {
        all_done(app).await?;
        school.after(days(1));
    }
    assert_eq!(state(&school, &ada).await?, PayoutState::Unknown);
    books_hold(&school).await?;
    step(&school, &second, &next, PayoutMove::Failed).await?;
    assert_eq!(has(&school, &ada).await?, (0, SHARE, 0, 0));
    books_hold(&school).await
});

on_both!(a_payout_that_may_have_been_made_is_not_over_because_its_repetition_is_refused, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let payout = approved(&school).await?;
    school.till.is(Mood::Silent);
    step(&school, &Staff { id: school.lin().id }, &payout, PayoutMove::Send).await?;
    all_done(app).await?;
    // a key of ours that is not taken today
    school.till.is(Mood::Refusing);
    school.after(minutes(2));
    all_done(app).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, SHARE, 0), PayoutState::Unknown));
    assert_eq!(refused(request(app, &ada, &ask()).await), Refusal::TooLittle { least: Money::new(LEAST, Currency::Cny) });
    books_hold(&school).await?;
    told_by_till(&school, &payout, PayoutFact::Paid, SHARE).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, 0, SHARE), PayoutState::Paid));
    books_hold(&school).await
});

on_both!(a_payout_made_by_hand_hears_no_provider, async |db| -> Result<()> {
    let school = School::open(db).await;
    let ada = school.ada();
    let payout = approved(&school).await?;
    step(&school, &Staff { id: school.lin().id }, &payout, PayoutMove::Sent).await?;
    told_by_till(&school, &payout, PayoutFact::Returned, SHARE).await?;
    assert_eq!((has(&school, &ada).await?, state(&school, &ada).await?), ((0, 0, SHARE, 0), PayoutState::InTransit));
    books_hold(&school).await
});

on_both!(a_payout_to_a_bank_account_that_was_replaced_is_not_sent, async |db| -> Result<()> {
    let school = School::open(db).await;
    let second = Staff { id: school.lin().id };
    let payout = approved(&school).await?;
    set_bank(&school.app, &school.ada(), bank("6222029999999999")).await?;
    for how in [PayoutMove::Sent, PayoutMove::Send] {
        assert_eq!(refused(step(&school, &second, &payout, how).await), Refusal::BankReplaced);
    }
    step(&school, &second, &payout, PayoutMove::Reject).await?;
    assert_eq!(has(&school, &school.ada()).await?, (0, SHARE, 0, 0));
    books_hold(&school).await
});
