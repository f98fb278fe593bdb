//! Stories of people.

mod address;
mod recovery;
mod registering;
mod second;
mod seeing;
mod standing;

use crate::accounts::{Arrival, SignedIn};
use crate::events::Happening;
use crate::testing::{PASSWORD, School};
use crate::{App, Error, Visitor, accounts, limits, notifications};
use model::accounts::{ChangePassword, ChooseInterests, EditProfile, EndSession, LoggedKind, Refusal, Role, SignIn, SignUp};
use model::text::{Email, Hidden};
use model::time::{days, hours, minutes};
use model::{Fault, Lang, Problem};
use store::{Db, on_both};

const SENTENCE: &str = "the moon is not made of cheese";

fn sign_up(name: &str, email: &str, password: &str) -> SignUp {
    SignUp { name: name.into(), email: email.into(), password: Hidden::new(password), next: String::new() }
}

fn sign_in(email: &str, password: &str) -> SignIn {
    SignIn { email: email.into(), password: Hidden::new(password), next: String::new() }
}

fn stranger(network: &str) -> Visitor {
    Visitor { network: network.into(), ..Visitor::stranger(Lang::En) }
}

/// The request of somebody whose browser holds this secret.
async fn holding(school: &School, secret: &str) -> Result<Visitor, Error> {
    let session = accounts::who_has(&school.app, secret).await?.expect("a live session");
    Ok(Visitor { me: Some(session.me), session: Some(session.hash), proven_at: Some(session.proven_at), ..stranger("browser") })
}

/// Signs in, where nothing more than the password is asked for.
async fn enter(app: &App, visitor: &Visitor, form: &SignIn) -> Result<SignedIn, Error> {
    Ok(accounts::sign_in(app, visitor, form).await?.inside().expect("nothing more is asked for"))
}

/// Registers, or signs in by the other door.
async fn join(app: &App, visitor: &Visitor, form: &SignUp) -> Result<SignedIn, Error> {
    Ok(accounts::sign_up(app, visitor, form).await?.inside().expect("they are let in"))
}

/// Lets the worker write and send every letter that is due.
async fn post(school: &School) -> Result<(), Error> {
    while accounts::answer_request(&school.app).await? {}
    school.catch_up(notifications::FOLLOWER).await;
    while notifications::deliver(&school.app).await? {}
    Ok(())
}

/// The secret in the latest letter's link to `page`.
fn secret_in_letter(school: &School, page: &str) -> String {
    let letters = school.letters();
    let text = &letters.last().expect("a letter").text;
    let (_, rest) = text.split_once(&format!("http://lectern.test/en/{page}/")).unwrap_or_else(|| panic!("no link: {text}"));
    rest.chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn refused(outcome: Result<impl std::fmt::Debug, Error>) -> Refusal {
    match outcome {
        Err(Error::Fault(Fault::Conflict(model::Refusal::Accounts(refusal)))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn problem(outcome: Result<impl std::fmt::Debug, Error>, field: &str) -> Problem {
    match outcome {
        Err(Error::Fault(Fault::Invalid(errors))) => {
            errors.into_iter().find(|error| error.field == field).map(|error| error.problem).expect("a mistake at the field")
        }
        other => panic!("not refused at {field}: {other:?}"),
    }
}

on_both!(signing_in_opens_a_new_session_and_ends_the_one_that_came_along, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let form = sign_in(" Grace@Lectern.Example", PASSWORD);
    let first = enter(&school.app, &stranger("a"), &form).await?;
    let visitor = holding(&school, first.session.reveal()).await?;
    let second = enter(&school.app, &visitor, &form).await?;
    assert_ne!(first.session.reveal(), second.session.reveal());
    assert!(accounts::who_has(&school.app, first.session.reveal()).await?.is_none());
    assert!(accounts::who_has(&school.app, second.session.reveal()).await?.is_some());
    Ok(())
});

on_both!(sec_l1_every_way_to_fail_is_the_same_and_verifies_exactly_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let nobody_s_password = school.learner("without-password").await;
    school.suspend(&school.lin()).await;
    let ways = [
        ("grace@lectern.example", "wrong"),
        ("nobody@lectern.example", PASSWORD),
        ("without-password@lectern.example", PASSWORD),
        ("lin@lectern.example", PASSWORD),
        ("not an address", PASSWORD),
    ];
    for (way, (email, password)) in ways.iter().enumerate() {
        let before = school.app.hashing.worked();
        let outcome = enter(&school.app, &stranger(&format!("network {way}")), &sign_in(email, password)).await;
        assert_eq!(problem(outcome, "password"), Problem::WrongCredentials, "{email}");
        assert_eq!(school.app.hashing.worked() - before, 1, "{email}");
    }
    let before = school.app.hashing.worked();
    enter(&school.app, &stranger("the owner"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    assert_eq!(school.app.hashing.worked() - before, 1);
    drop(nobody_s_password);
    Ok(())
});

on_both!(sec_l3_five_failures_a_minute_from_one_network_are_enough, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let attempt = |email: String, password: &'static str| {
        let school = &school;
        async move { enter(&school.app, &stranger("one network"), &sign_in(&email, password)).await }
    };
    for nth in 0..5 {
        assert_eq!(problem(attempt(format!("x{nth}@example.com"), "wrong").await, "password"), Problem::WrongCredentials);
    }
    let right = attempt("grace@lectern.example".into(), PASSWORD).await;
    assert!(matches!(right, Err(Error::Fault(Fault::TooOften { .. }))), "{right:?}");
    school.after(minutes(2));
    attempt("grace@lectern.example".into(), PASSWORD).await?;
    Ok(())
});

on_both!(sec_l3_a_class_that_signs_in_together_is_not_held_up, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    for _ in 0..12 {
        enter(&school.app, &stranger("school network"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    }
    Ok(())
});

on_both!(
    sec_l3_a_class_that_signs_in_at_the_same_moment_is_let_in_and_so_is_who_comes_after,
    async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        let class: Vec<String> = (0..36).map(|nth| format!("pupil{nth}@example.com")).collect();
        for (nth, email) in class.iter().enumerate() {
            join(&school.app, &stranger(&format!("home {nth}")), &sign_up("Pupil", email, SENTENCE)).await?;
        }
        let here = stranger("school network");
        let forms: Vec<_> = class.iter().map(|email| sign_in(email, SENTENCE)).collect();
        let arrived = futures::future::join_all(forms.iter().map(|form| enter(&school.app, &here, form))).await;
        assert_eq!(arrived.iter().filter(|outcome| outcome.is_ok()).count(), 36);
        enter(&school.app, &here, &sign_in("grace@lectern.example", PASSWORD)).await?;
        Ok(())
    }
);

on_both!(sec_l3_guesses_at_the_same_moment_hardly_pass_the_limit, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let here = stranger("one network");
    let forms: Vec<_> = (0..40).map(|nth| sign_in(&format!("x{nth}@example.com"), "wrong")).collect();
    let tried = futures::future::join_all(forms.iter().map(|form| enter(&school.app, &here, form))).await;
    let checked = tried.iter().filter(|outcome| matches!(outcome, Err(Error::Fault(Fault::Invalid(_))))).count();
    assert!((5..=8).contains(&checked), "{checked} guesses were looked at");
    // the hour holds no more than the minute did: the others were refused and are not counted
    school.after(minutes(2));
    enter(&school.app, &here, &sign_in("grace@lectern.example", PASSWORD)).await?;
    Ok(())
});

on_both!(sec_l3_an_address_that_is_attacked_answers_later_but_lets_its_owner_in, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    for nth in 0..12 {
        let (from, began) = (stranger(&format!("network {nth}")), std::time::Instant::now());
        let outcome = enter(&school.app, &from, &sign_in("grace@lectern.example", "wrong")).await;
        assert_eq!(problem(outcome, "password"), Problem::WrongCredentials);
        let least = [250, 500].get(nth - nth.min(10)).filter(|_| nth >= 10).copied().unwrap_or_default();
        assert!(began.elapsed().as_millis() >= least, "try {nth} took {:?}", began.elapsed());
    }
    enter(&school.app, &stranger("home"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    Ok(())
});

on_both!(sec_l3_who_is_sent_away_because_too_many_came_has_not_tried, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let mut busy = school.app.clone();
    busy.hashing = busy.hashing.overrun(std::time::Duration::from_millis(1));
    for nth in 0..12 {
        let from = stranger(&format!("network {}", nth % 2));
        let outcome = accounts::sign_in(&busy, &from, &sign_in("grace@lectern.example", "wrong")).await;
        assert!(matches!(outcome, Err(Error::Fault(Fault::Later { .. }))));
    }
    let none_counts = limits::Limit { at_most: 0, ..limits::SIGN_IN_ADDRESS };
    let counted = limits::excess(&school.app, none_counts, "grace@lectern.example").await?;
    assert_eq!(counted, 1, "this look alone");
    Ok(())
});

on_both!(signing_out_ends_the_session_and_again_changes_nothing, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let arrived = enter(&school.app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let visitor = holding(&school, arrived.session.reveal()).await?;
    accounts::sign_out(&school.app, &visitor).await?;
    accounts::sign_out(&school.app, &visitor).await?;
    accounts::sign_out(&school.app, &stranger("a")).await?;
    assert!(accounts::who_has(&school.app, arrived.session.reveal()).await?.is_none());
    Ok(())
});

on_both!(a_session_lives_until_it_has_been_idle_too_long, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let secret = app.db.write(async |tx| accounts::open_session(app, tx, &grace.id, "a browser").await).await?;
    let found = accounts::who_has(app, secret.reveal()).await?.expect("Grace is signed in");
    assert_eq!(found.me, grace.me);
    school.after(days(13));
    assert!(accounts::who_has(app, secret.reveal()).await?.is_some());
    school.after(days(15));
    assert!(accounts::who_has(app, secret.reveal()).await?.is_none());
    Ok(())
});

on_both!(
    those_who_can_harm_others_are_signed_out_after_two_hours_of_rest_and_twelve_in_all,
    async |db: Db| -> Result<(), Error> {
        let school = School::open(db).await;
        let app = &school.app;
        for trusted in [school.sam(), school.ada()] {
            let open = async || app.db.write(async |tx| accounts::open_session(app, tx, &trusted.id, "a browser").await).await;
            let resting = open().await?;
            school.after(minutes(119));
            assert!(accounts::who_has(app, resting.reveal()).await?.is_some());
            school.after(minutes(121));
            assert!(accounts::who_has(app, resting.reveal()).await?.is_none());
            let at_work = open().await?;
            for _ in 0..11 {
                school.after(hours(1));
                assert!(accounts::who_has(app, at_work.reveal()).await?.is_some());
            }
            school.after(minutes(61));
            assert!(accounts::who_has(app, at_work.reveal()).await?.is_none());
        }
        Ok(())
    }
);

on_both!(interests_are_three_known_topics_or_more_and_replace_those_before, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let choose = |topics: &[&str]| ChooseInterests { topic: topics.iter().map(|t| (*t).into()).collect(), next: String::new() };
    let few = accounts::choose_interests(app, &grace, &choose(&["data", "music"])).await;
    assert_eq!(problem(few, "topic"), Problem::TooFew { min: 3 });
    accounts::choose_interests(app, &grace, &choose(&["data", "music", "programming"])).await?;
    let unknown = accounts::choose_interests(app, &grace, &choose(&["data", "music", "astrology"])).await;
    assert_eq!(problem(unknown, "topic"), Problem::NotAChoice);
    accounts::choose_interests(app, &grace, &choose(&["data", "music", "humanities"])).await?;
    accounts::choose_interests(app, &grace, &choose(&["data", "music", "humanities"])).await?;
    let kept = accounts::interests(&mut app.db.read().await?, &grace.id).await?;
    assert_eq!(kept.iter().map(|slug| slug.as_str()).collect::<Vec<_>>(), ["data", "humanities", "music"]);
    Ok(())
});

on_both!(interests_sent_twice_at_the_same_moment_are_kept_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let form = ChooseInterests { topic: ["data", "music", "humanities"].map(Into::into).into(), next: String::new() };
    for _ in 0..5 {
        let clicks = (0..4).map(|_| accounts::choose_interests(app, &grace, &form));
        futures::future::try_join_all(clicks).await?;
    }
    assert_eq!(accounts::interests(&mut app.db.read().await?, &grace.id).await?.len(), 3);
    Ok(())
});

on_both!(a_profile_is_changed_and_the_trail_knows_it, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let form = EditProfile {
        name: "Grace M. Hopper".into(),
        headline: "Debugs".into(),
        bio: "One line\r\nand another".into(),
        lang: "zh".into(),
    };
    accounts::edit_profile(app, &grace, &form).await?;
    let kept = accounts::profile(app, &grace).await?;
    assert_eq!((kept.name.as_str(), kept.bio.as_str(), kept.lang), ("Grace M. Hopper", "One line\nand another", Lang::Zh));
    let wrong = EditProfile { lang: "fr".into(), headline: "x".repeat(121), ..form };
    assert_eq!(problem(accounts::edit_profile(app, &grace, &wrong).await, "headline"), Problem::TooLong { max: 120 });
    Ok(())
});

on_both!(a_new_password_ends_every_other_session, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let mut sessions = Vec::new();
    for _ in 0..2 {
        sessions.push(enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?.session);
    }
    let visitor = holding(&school, sessions[0].reveal()).await?;
    let form =
        |current: &str, new: &str| ChangePassword { current_password: Hidden::new(current), new_password: Hidden::new(new) };
    let wrong = accounts::change_password(app, &visitor, &form("not this", SENTENCE)).await;
    assert_eq!(problem(wrong, "current_password"), Problem::WrongPassword);
    let own = accounts::change_password(app, &visitor, &form(PASSWORD, "hopper1906")).await;
    assert_eq!(problem(own, "new_password"), Problem::TooPersonal);
    let fresh = accounts::change_password(app, &visitor, &form(PASSWORD, SENTENCE)).await?;
    for old in &sessions {
        assert!(accounts::who_has(app, old.reveal()).await?.is_none());
    }
    assert!(accounts::who_has(app, fresh.reveal()).await?.is_some());
    assert!(enter(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await.is_err());
    enter(app, &stranger("b"), &sign_in("grace@lectern.example", SENTENCE)).await?;
    Ok(())
});

on_both!(who_was_signed_out_a_moment_ago_comes_back_by_no_deed_of_theirs, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let arrived = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let visitor = holding(&school, arrived.session.reveal()).await?;
    accounts::begin_second(app, &visitor).await?;
    // their request was read; then somebody ends every session
    app.db.write(async |tx| accounts::queries::end_sessions(tx, &grace.id).await).await?;
    let form = ChangePassword { current_password: Hidden::new(PASSWORD), new_password: Hidden::new(SENTENCE) };
    for outcome in [accounts::change_password(app, &visitor, &form).await, accounts::end_second(app, &visitor).await] {
        assert!(matches!(outcome, Err(Error::Fault(Fault::SignIn))), "{outcome:?}");
    }
    enter(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    Ok(())
});

on_both!(one_s_own_sessions_can_be_ended_and_nobody_else_s, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let mine = enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let elsewhere = enter(app, &stranger("b"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let ada_s = enter(app, &stranger("c"), &sign_in("ada@lectern.example", PASSWORD)).await?;
    let visitor = holding(&school, mine.session.reveal()).await?;
    let ada = holding(&school, ada_s.session.reveal()).await?;
    let page = accounts::security(app, &visitor).await?;
    assert_eq!(page.sessions.len(), 2);
    let other = page.sessions.iter().find(|session| !session.this).expect("another session");
    let end = EndSession { session: other.id.clone() };
    accounts::revoke_session(app, &ada, &end).await?;
    assert!(accounts::who_has(app, elsewhere.session.reveal()).await?.is_some());
    accounts::revoke_session(app, &visitor, &end).await?;
    accounts::revoke_session(app, &visitor, &end).await?;
    assert!(accounts::who_has(app, elsewhere.session.reveal()).await?.is_none());
    accounts::revoke_other_sessions(app, &visitor).await?;
    assert!(accounts::who_has(app, mine.session.reveal()).await?.is_some());
    assert!(accounts::who_has(app, ada_s.session.reveal()).await?.is_some());
    Ok(())
});

on_both!(the_operator_adds_people_and_a_new_role_ends_old_sessions, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let email = Email::parse("kay@example.com").expect("an address");
    let name = "Kay".parse().expect("a name");
    let password = model::text::Password::parse(SENTENCE).expect("a password");
    accounts::add_person(app, &email, &name, Some(Role::Instructor), &password).await?;
    let again = accounts::add_person(app, &email, &name, None, &password).await;
    assert_eq!(problem(again, "email"), Problem::Taken);
    let arrived = enter(app, &stranger("a"), &sign_in("kay@example.com", SENTENCE)).await?;
    assert!(holding(&school, arrived.session.reveal()).await?.member()?.me.teaches());
    accounts::set_role(app, &email, Some(Role::Support)).await?;
    assert!(accounts::who_has(app, arrived.session.reveal()).await?.is_none());
    let arrived = enter(app, &stranger("a"), &sign_in("kay@example.com", SENTENCE)).await?;
    let me = holding(&school, arrived.session.reveal()).await?.member()?.me;
    assert_eq!(me.roles, [Role::Support]);
    let nobody = accounts::set_role(app, &Email::parse("x@example.com").expect("an address"), None).await;
    assert!(matches!(nobody, Err(Error::Fault(Fault::NotFound))));
    Ok(())
});

on_both!(the_log_tells_its_owner_what_happened_and_nobody_else, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    let from = Visitor { network: "203.0.113.9".into(), user_agent: "Firefox/1 Linux".into(), ..stranger("") };
    assert!(enter(app, &from, &sign_in("grace@lectern.example", "wrong")).await.is_err());
    school.after(minutes(1));
    let arrived = enter(app, &from, &sign_in("grace@lectern.example", PASSWORD)).await?;
    let log = accounts::security(app, &holding(&school, arrived.session.reveal()).await?).await?.log;
    assert_eq!(log.iter().map(|line| line.kind).collect::<Vec<_>>(), [LoggedKind::SignedIn, LoggedKind::SignInFailed]);
    assert_eq!((log[0].network.as_str(), log[0].user_agent.as_str()), ("203.0.113.*", "Firefox/1 Linux"));
    let ada = enter(app, &stranger("b"), &sign_in("ada@lectern.example", PASSWORD)).await?;
    assert_eq!(accounts::security(app, &holding(&school, ada.session.reveal()).await?).await?.log.len(), 1);
    school.after(days(366));
    accounts::tidy_log(app).await?;
    let ada = enter(app, &stranger("b"), &sign_in("ada@lectern.example", PASSWORD)).await?;
    let log = accounts::security(app, &holding(&school, ada.session.reveal()).await?).await?.log;
    assert_eq!(log.len(), 1, "what is a year old is forgotten");
    Ok(())
});

on_both!(a_hash_made_as_we_did_formerly_is_made_anew_at_the_next_sign_in, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let stored = async || accounts::queries::password_of(&mut app.db.read().await?, &grace.id).await;
    let today = stored().await?.expect("a password");
    let formerly = format!("2{}", today.replace(",keyid=Mg", ""));
    assert_ne!(formerly, format!("2{today}"), "today's version stands in the string");
    let (was, formerly) = (today.as_str(), formerly.as_str());
    app.db.write(async |tx| accounts::queries::set_password(tx, &grace.id, Some(was), formerly).await).await?;
    assert!(enter(app, &stranger("a"), &sign_in("grace@lectern.example", "wrong")).await.is_err());
    assert_eq!(stored().await?.as_deref(), Some(formerly), "who does not know the password changes nothing");
    enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    assert!(app.hashing.is_current(&stored().await?.expect("a password")));
    enter(app, &stranger("a"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    Ok(())
});
