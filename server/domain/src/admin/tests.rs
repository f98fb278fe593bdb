//! Stories of finding people, of the trail, and of signals.

use super::*;
use crate::payments::{self, Fact};
use crate::testing::buying::all_done;
use crate::testing::{PASSWORD, School};
use crate::{Error, Member, Result, Visitor, accounts, orders};
use model::accounts::{Role, SignIn};
use model::admin::{MarkSignal, PeopleFilter, Signal, SignalKind, SignalSubject, TrailFilter};
use model::orders::{Key, NextStep, PayRequest};
use model::payments::{Payer, Provider};
use model::text::Hidden;
use model::time::{days, hours, minutes, seconds};
use model::{Currency, Lang, Money};
use store::{Db, on_both};

on_both!(people_are_found_by_name_address_id_role_and_state, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    school.suspend(&school.lin()).await;
    let find = async |q: &str, role: &str, state: &str| -> Result<Vec<String>> {
        let filter = PeopleFilter { q: q.into(), role: role.into(), state: state.into(), after: String::new() };
        let found = list_people(app, Some(&sam), filter).await?.people;
        let mut names: Vec<_> = found.into_iter().map(|person| person.name.to_string()).collect();
        names.sort();
        Ok(names)
    };
    assert_eq!(find("HOPPER", "", "").await?, ["Grace Hopper"]);
    assert_eq!(find("ada@lectern", "", "").await?, ["Ada Lovelace"]);
    assert_eq!(find(school.ada().id.as_str(), "", "").await?, ["Ada Lovelace"]);
    assert_eq!(find("", "instructor", "").await?, ["Ada Lovelace"]);
    assert_eq!(find("", "learner", "active").await?, ["Grace Hopper"]);
    assert_eq!(find("", "", "suspended").await?, ["林经理"]);
    assert_eq!(find("", "emperor", "nowhere").await?.len(), 4, "what is no word does not narrow");
    assert!(find("%", "", "").await?.is_empty());
    Ok(())
});

on_both!(a_long_list_of_people_is_read_page_by_page_and_nobody_is_seen_twice, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let (app, sam) = (&school.app, school.sam_at_work());
    for number in 0..45 {
        school.learner(&format!("reader{number}")).await;
        if number % 7 == 0 {
            school.after(seconds(1));
        }
    }
    let first = list_people(app, Some(&sam), PeopleFilter::default()).await?;
    assert_eq!(first.people.len(), 40);
    // somebody who joins meanwhile moves nobody to another page
    school.after(seconds(1));
    school.learner("late").await;
    let after = first.next.clone().expect("more");
    let second = list_people(app, Some(&sam), PeopleFilter { after, ..Default::default() }).await?;
    assert_eq!((second.people.len(), second.next.clone()), (9, None));
    let all: std::collections::BTreeSet<_> = first.people.iter().chain(&second.people).map(|person| &person.id).collect();
    assert_eq!(all.len(), 49);
    Ok(())
});

on_both!(a_person_s_page_has_what_staff_need_and_says_what_they_may_do, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let page = person(app, &sam, &grace.id).await?;
    assert_eq!((page.email.as_str(), page.has_password, page.second_factor), ("grace@lectern.example", true, false));
    assert!(page.may_ask && page.may_suspend && page.may_see_as && page.may_end_sessions);
    let own = person(app, &sam, &sam.id).await?;
    assert!(!own.may_ask && !own.may_suspend && !own.may_see_as);
    let nobody = person(app, &sam, &"nobody".parse().map_err(Error::bug)?).await;
    assert!(matches!(nobody, Err(Error::Fault(model::Fault::NotFound))));
    Ok(())
});

on_both!(the_trail_is_narrowed_by_who_what_to_whom_and_when, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    let hand = accounts::Hand::Staff(&sam);
    accounts::suspend(app, hand, &grace.id, "a first look").await?;
    school.after(days(2));
    accounts::restore(app, hand, &grace.id, "=1+1").await?;
    let email = model::text::Email::parse("lin@lectern.example").map_err(|_| Error::bug("an address"))?;
    accounts::set_role(app, &email, Some(Role::Moderator)).await?;
    let read = async |filter: TrailFilter| -> Result<Vec<String>> {
        Ok(read_trail(app, &sam, filter).await?.entries.into_iter().map(|entry| entry.action).collect())
    };
    let all = TrailFilter::default;
    assert_eq!(read(TrailFilter { who: "SAM@".into(), ..all() }).await?, ["account.restored", "account.suspended"]);
    assert_eq!(read(TrailFilter { who: "-".into(), what: "account.role".into(), ..all() }).await?, ["account.role_set"]);
    assert_eq!(read(TrailFilter { what: "account.sus".into(), ..all() }).await?, ["account.suspended"]);
    assert!(read(TrailFilter { what: "suspended".into(), ..all() }).await?.is_empty(), "it begins like that");
    let of_grace = TrailFilter { subject: "Grace@lectern.example".into(), ..all() };
    assert_eq!(read(of_grace).await?, ["account.restored", "account.suspended"]);
    let first_day = TrailFilter { from: "2026-03-02".into(), to: "2026-03-02".into(), what: "account.".into(), ..all() };
    assert_eq!(read(first_day).await?, ["account.suspended"]);
    let wrong = read_trail(app, &sam, TrailFilter { from: "someday".into(), ..all() }).await;
    assert!(wrong.is_err());

    let table = export_trail(app, &sam, Lang::En, &TrailFilter { subject: grace.id.to_string(), ..all() }).await?;
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[1].contains("account.restored") && lines[1].ends_with("\"'=1+1\""), "no cell is a formula: {}", lines[1]);
    assert_eq!(read(TrailFilter { what: "trail.".into(), ..all() }).await?, ["trail.exported"]);
    Ok(())
});

on_both!(what_was_done_to_one_thing_is_found_without_reading_the_whole_trail, async |db: Db| -> Result<()> {
    let steps = store::testing::steps(&db, "audit_trail/queries.rs", "t.subject_id IN").await?;
    assert_eq!(steps.is_empty(), db.kind() == store::Kind::Postgres);
    assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:?}");
    Ok(())
});

on_both!(a_long_trail_is_read_page_by_page, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, sam) = (&school.app, school.grace(), school.sam_at_work());
    for _ in 0..60 {
        accounts::end_sessions_of(app, &sam, &grace.id, &Default::default()).await?;
    }
    let filter = TrailFilter { subject: grace.id.to_string(), ..Default::default() };
    let first = read_trail(app, &sam, filter.clone()).await?;
    let after = first.next.clone().expect("more");
    let second = read_trail(app, &sam, TrailFilter { after, ..filter.clone() }).await?;
    assert_eq!((first.entries.len(), second.entries.len(), second.next.clone()), (50, 10, None));
    let all: std::collections::BTreeSet<_> = first.entries.iter().chain(&second.entries).map(|entry| &entry.id).collect();
    assert_eq!(all.len(), 60);
    assert_eq!(export_trail(app, &sam, Lang::Zh, &filter).await?.lines().count(), 61);
    Ok(())
});

async fn try_to_enter(school: &School, network: &str, country: &str, password: &str) -> Result<()> {
    let visitor = Visitor { network: network.into(), country: country.into(), ..Visitor::stranger(Lang::En) };
    let form = SignIn { email: "grace@lectern.example".into(), password: Hidden::new(password), next: String::new() };
    accounts::sign_in(&school.app, &visitor, &form).await.map(drop)
}

async fn of_kind(school: &School, kind: SignalKind) -> Result<Vec<Signal>> {
    let all = signals(&school.app, &school.sam_at_work()).await?.signals;
    Ok(all.into_iter().filter(|signal| signal.kind == kind).collect())
}

async fn mark(school: &School, signal: &Signal, state: &str) -> Result<()> {
    let form = MarkSignal { kind: signal.kind.to_string(), subject: signal.subject.key().into(), state: state.into() };
    mark_signal(&school.app, &school.sam_at_work(), &form).await
}

on_both!(failures_become_a_signal_that_is_seen_closed_and_counted_anew, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    for number in 0..4 {
        assert!(try_to_enter(&school, &format!("203.0.{number}.9"), "", "wrong").await.is_err());
    }
    assert!(of_kind(&school, SignalKind::FailedAtAccount).await?.is_empty(), "four are an accident");
    assert!(try_to_enter(&school, "203.0.9.9", "", "wrong").await.is_err());
    let found = of_kind(&school, SignalKind::FailedAtAccount).await?;
    assert_eq!((found.len(), found[0].count, found[0].places.clone()), (1, 5, vec!["5".to_owned()]));
    assert!(matches!(&found[0].subject, SignalSubject::Person { account, .. } if *account == school.grace().id));
    assert_eq!(signals(&school.app, &school.sam_at_work()).await?.failures.last(), Some(&5));
    mark(&school, &found[0], "seen").await?;
    let seen = of_kind(&school, SignalKind::FailedAtAccount).await?;
    assert_eq!(seen[0].mark.as_ref().map(|mark| mark.by.as_str()), Some("Sam"));
    mark(&school, &seen[0], "closed").await?;
    school.after(seconds(1));
    assert!(of_kind(&school, SignalKind::FailedAtAccount).await?.is_empty());
    for number in 0..5 {
        assert!(try_to_enter(&school, &format!("198.51.{number}.9"), "", "wrong").await.is_err());
    }
    let anew = of_kind(&school, SignalKind::FailedAtAccount).await?;
    assert_eq!((anew[0].count, anew[0].mark.clone()), (5, None));
    school.after(days(1));
    school.after(minutes(1));
    assert!(of_kind(&school, SignalKind::FailedAtAccount).await?.is_empty(), "yesterday is over");
    Ok(())
});

on_both!(failures_from_one_network_are_one_signal_whatever_the_address, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    for number in 0..10 {
        assert!(try_to_enter(&school, &format!("203.0.113.{number}"), "", "wrong").await.is_err());
    }
    let found = of_kind(&school, SignalKind::FailedFromNetwork).await?;
    assert_eq!((found.len(), found[0].count), (1, 10));
    assert_eq!(found[0].subject, SignalSubject::Network("203.0.113.*".into()));
    Ok(())
});

on_both!(a_new_country_is_a_signal_and_without_countries_a_new_network_after_failures, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    try_to_enter(&school, "203.0.113.1", "CN", PASSWORD).await?;
    school.after(hours(1));
    try_to_enter(&school, "198.51.100.1", "CN", PASSWORD).await?;
    assert!(of_kind(&school, SignalKind::NewPlace).await?.is_empty(), "another network of the same country");
    school.after(hours(1));
    try_to_enter(&school, "192.0.2.1", "NZ", PASSWORD).await?;
    let found = of_kind(&school, SignalKind::NewPlace).await?;
    assert_eq!((found.len(), found[0].places.clone()), (1, vec!["NZ".to_owned()]));
    assert!(signals(&school.app, &school.sam_at_work()).await?.knows_countries);
    mark(&school, &found[0], "closed").await?;
    school.after(hours(1));
    try_to_enter(&school, "10.1.2.3", "", PASSWORD).await?;
    assert!(of_kind(&school, SignalKind::NewPlace).await?.is_empty(), "people move about");
    for number in 0..3 {
        assert!(try_to_enter(&school, &format!("10.9.{number}.1"), "", "wrong").await.is_err());
    }
    school.after(minutes(5));
    try_to_enter(&school, "10.77.1.1", "", PASSWORD).await?;
    let found = of_kind(&school, SignalKind::NewPlace).await?;
    assert_eq!((found.len(), found[0].places.clone()), (1, vec!["10.77.1.*".to_owned()]));
    Ok(())
});

/// A checkout of a course of its own.
async fn checkout(school: &School, buyer: &Member, slug: &str) -> Result<model::ids::CheckoutId> {
    school.another_course(slug, 9_900).await;
    match orders::begin_checkout(&school.app, buyer, &slug.parse().map_err(Error::bug)?).await? {
        NextStep::Checkout(id) => Ok(id),
        other => Err(Error::bug(format!("not at the checkout but at {other:?}"))),
    }
}

on_both!(who_types_one_coupon_after_another_is_seen, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let checkout = checkout(&school, &grace, "guessed").await?;
    for number in 0..5 {
        assert!(of_kind(&school, SignalKind::CouponGuessing).await?.is_empty());
        let typed = orders::choose_coupon(&school.app, &grace, &checkout, &format!("SPRING{number}")).await;
        assert!(typed.is_err());
    }
    let found = of_kind(&school, SignalKind::CouponGuessing).await?;
    assert_eq!((found.len(), found[0].count), (1, 5));
    assert!(of_kind(&school, SignalKind::CodeGuessing).await?.is_empty());
    Ok(())
});

on_both!(who_types_one_code_after_another_is_seen, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    for _ in 0..5 {
        crate::guesses::note(&school.app, crate::guesses::Guess::Redeem, &grace.id).await?;
    }
    assert_eq!(of_kind(&school, SignalKind::CodeGuessing).await?.len(), 1);
    school.after(days(31));
    crate::guesses::tidy(&school.app).await
});

on_both!(whose_payments_are_declined_again_and_again_is_seen, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    for number in 0..5 {
        assert!(of_kind(&school, SignalKind::CardTesting).await?.is_empty());
        let id = checkout(&school, &grace, &format!("tried-{number}")).await?;
        let request = PayRequest { provider: None, key: Key::parse(id.as_str())?, shown: None, payer: Payer::default() };
        let NextStep::PayAt(page) = orders::place(app, &grace, Lang::En, &id, &request).await? else { panic!("nothing to pay") };
        let attempt = page.rsplit('/').next().unwrap_or_default();
        let told = school.till.tell(attempt, Fact::Failed, Money::new(9_900, Currency::Cny));
        payments::keep(app, Provider::Sandbox, &["good"], told.as_bytes()).await?;
        all_done(&school).await?;
    }
    let found = of_kind(&school, SignalKind::CardTesting).await?;
    assert_eq!((found.len(), found[0].count), (1, 5));
    Ok(())
});

on_both!(sec_l3_who_had_ten_payments_declined_waits_an_hour, async |db: Db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let pays = async |name: &str| -> Result<NextStep> {
        let id = checkout(&school, &grace, name).await?;
        let request = PayRequest { provider: None, key: Key::parse(id.as_str())?, shown: None, payer: Payer::default() };
        orders::place(app, &grace, Lang::En, &id, &request).await
    };
    for number in 0..10 {
        let NextStep::PayAt(page) = pays(&format!("tried-{number}")).await? else { panic!("nothing to pay") };
        let attempt = page.rsplit('/').next().unwrap_or_default();
        let told = school.till.tell(attempt, Fact::Failed, Money::new(9_900, Currency::Cny));
        payments::keep(app, Provider::Sandbox, &["good"], told.as_bytes()).await?;
        all_done(&school).await?;
    }
    let refused = pays("once-more").await;
    assert!(matches!(refused, Err(crate::Error::Fault(model::Fault::TooOften { .. }))), "{refused:?}");
    let order = orders::my_orders(app, &grace).await?.into_iter().next().expect("an order").id;
    let again = PayRequest { provider: None, key: Key::parse("again")?, shown: None, payer: Payer::default() };
    let refused = orders::pay_again(app, &grace, &order, &again).await;
    assert!(matches!(refused, Err(crate::Error::Fault(model::Fault::TooOften { .. }))), "{refused:?}");
    school.after(hours(1));
    assert!(matches!(pays("an-hour-later").await?, NextStep::PayAt(_)));
    Ok(())
});
