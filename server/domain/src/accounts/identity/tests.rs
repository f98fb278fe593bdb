//! Stories of people whom another house vouches for.

use super::{Answer, Arrival, Came, Claims, Doubt, begin, begin_link, finish, identities, tidy_attempts, unlink, way};
use crate::accounts::{self, SignedIn};
use crate::events::{Happening, Occasion};
use crate::testing::{PASSWORD, School};
use crate::{Error, Member, Visitor};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::accounts::{SignIn, SignUp};
use model::identity::{Link, Setback, Through, Unlink};
use model::text::Hidden;
use model::time::minutes;
use model::{Fault, Lang, Refusal};
use sha2::{Digest, Sha256};
use store::{Db, on_both};

fn stranger(network: &str) -> Visitor {
    Visitor { network: network.into(), ..Visitor::stranger(Lang::En) }
}

fn campus(next: &str) -> Through {
    Through { provider: "campus".into(), next: next.into() }
}

fn to_link() -> Link {
    Link { provider: "campus".into() }
}

/// The same person, who has not shown for a while who they are.
fn unproven(here: &Visitor) -> Visitor {
    Visitor { proven_at: None, ..here.clone() }
}

/// There and back, in one browser.
async fn through(school: &School, visitor: &Visitor) -> Result<Arrival, Error> {
    let begun = begin(&school.app, visitor, "", &campus("/en/cart")).await?;
    finish(&school.app, visitor, Some(begun.browser.reveal()), "campus", &answered(school)).await
}

/// What stands in the address of whoever was sent there last.
fn answered(school: &School) -> Answer {
    let state = school.campus.last_asked().expect("somebody was sent there").state;
    Answer { state, code: "a code".into(), ..Answer::default() }
}

fn came_in(arrival: Arrival) -> SignedIn {
    match arrival.outcome {
        Ok(Came::In(signed_in)) => signed_in,
        other => panic!("not let in: {other:?}"),
    }
}

fn setback(arrival: &Arrival) -> Setback {
    match &arrival.outcome {
        Err(setback) => *setback,
        other => panic!("not held back: {other:?}"),
    }
}

/// The member in a session of their own.
async fn at_home(school: &School, member: &Member) -> Result<Visitor, Error> {
    let app = &school.app;
    let secret = app.db.write(async |tx| accounts::open_session(app, tx, &member.id, "home").await).await?;
    let session = accounts::who_has(app, secret.reveal()).await?.expect("a live session");
    Ok(Visitor { me: Some(session.me), session: Some(session.hash), proven_at: Some(session.proven_at), ..stranger("home") })
}

/// Grace has linked the campus, where she is `g-1`.
async fn grace_links(school: &School) -> Result<Visitor, Error> {
    school.campus.vouches_for("g-1", "grace@campus.test", true);
    let here = at_home(school, &school.grace()).await?;
    let begun = begin_link(&school.app, &here, "", &to_link()).await?;
    let arrival = finish(&school.app, &here, Some(begun.browser.reveal()), "campus", &answered(school)).await?;
    assert!(matches!(arrival.outcome, Ok(Came::Linked)) && arrival.linking, "{arrival:?}");
    Ok(here)
}

on_both!(who_is_vouched_for_gets_an_account_and_finds_it_again_by_issuer_and_subject, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.campus.vouches_for("k-1", "kay@campus.test", true);
    let arrival = through(&school, &stranger("a")).await?;
    assert_eq!((arrival.next.as_str(), arrival.linking), ("/en/cart", false));
    let first = came_in(arrival);
    assert!(first.is_new);
    let me = accounts::who_has(&school.app, first.session.reveal()).await?.expect("a session").me;
    assert_eq!(me.id, first.account);
    assert_eq!(school.announced(Happening::MemberJoined).await.len(), 1);
    // the address has changed hands there: it is who the provider says, not what they are called
    school.campus.vouches_for("k-1", "kay.new@campus.test", false);
    let again = came_in(through(&school, &stranger("b")).await?);
    assert_eq!((again.account, again.is_new), (first.account.clone(), false));
    school.campus.vouches_for("k-2", "kay2@campus.test", true);
    assert_ne!(came_in(through(&school, &stranger("c")).await?).account, first.account);
    Ok(())
});

on_both!(an_address_alone_links_nothing_however_well_it_is_vouched_for, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.campus.vouches_for("eve", "grace@lectern.example", true);
    assert_eq!(setback(&through(&school, &stranger("a")).await?), Setback::KnownEmail);
    school.campus.vouches_for("eve", "Grace@Lectern.Example", true);
    assert_eq!(setback(&through(&school, &stranger("a")).await?), Setback::KnownEmail);
    assert!(identities(&school.app, &school.grace()).await?.linked.is_empty());
    assert!(school.announced(Happening::MemberJoined).await.is_empty());
    Ok(())
});

on_both!(a_new_account_needs_an_address_that_the_provider_has_seen, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    for (email, verified) in [("kay@campus.test", false), ("", true)] {
        school.campus.vouches_for("k-1", email, verified);
        assert_eq!(setback(&through(&school, &stranger("a")).await?), Setback::NoEmail);
    }
    assert!(school.announced(Happening::MemberJoined).await.is_empty());
    Ok(())
});

on_both!(a_try_is_good_once_in_its_browser_for_its_provider_and_for_ten_minutes, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, here) = (&school.app, stranger("a"));
    school.campus.vouches_for("k-1", "kay@campus.test", true);
    let begun = begin(app, &here, "", &campus("")).await?;
    let (browser, answer) = (begun.browser.reveal().to_owned(), answered(&school));
    let other = begin(app, &stranger("b"), "", &campus("")).await?;
    for (who, browser, provider) in [
        ("nobody's browser", None, "campus"),
        ("another browser, which began something too", Some(other.browser.reveal()), "campus"),
        ("another provider", Some(browser.as_str()), "elsewhere"),
    ] {
        let held = finish(app, &here, browser, provider, &answer).await?;
        assert_eq!(setback(&held), Setback::Stale, "{who}");
    }
    let unknown = Answer { state: "0".repeat(64), ..answer.clone() };
    assert_eq!(setback(&finish(app, &here, Some(&browser), "campus", &unknown).await?), Setback::Stale);
    assert!(school.campus.redeemed().is_empty(), "no code was given to anybody");
    came_in(finish(app, &here, Some(&browser), "campus", &answer).await?);
    assert_eq!(setback(&finish(app, &here, Some(&browser), "campus", &answer).await?), Setback::Stale, "once");
    let late = begin(app, &here, "", &campus("")).await?;
    let answer = answered(&school);
    school.after(minutes(10));
    assert_eq!(setback(&finish(app, &here, Some(late.browser.reveal()), "campus", &answer).await?), Setback::Stale);
    tidy_attempts(app).await
});

on_both!(the_same_answer_twice_at_once_lets_in_once, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.campus.vouches_for("k-1", "kay@campus.test", true);
    let here = stranger("a");
    let begun = begin(&school.app, &here, "", &campus("")).await?;
    let answer = answered(&school);
    let tries = (0..4).map(|_| finish(&school.app, &here, Some(begun.browser.reveal()), "campus", &answer));
    let arrived = futures::future::try_join_all(tries).await?;
    assert_eq!(arrived.iter().filter(|arrival| arrival.outcome.is_ok()).count(), 1);
    assert_eq!(school.campus.redeemed().len(), 1);
    Ok(())
});

on_both!(what_goes_along_fits_what_comes_back_and_is_never_the_same, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.campus.vouches_for("k-1", "kay@campus.test", true);
    let mut seen = std::collections::BTreeSet::new();
    for nth in 0..3 {
        through(&school, &stranger("a")).await?;
        let (asked, redeemed) = (school.campus.last_asked().expect("asked"), school.campus.redeemed()[nth].clone());
        assert_eq!(asked.challenge, URL_SAFE_NO_PAD.encode(Sha256::digest(&redeemed.verifier)));
        assert_eq!(asked.nonce, redeemed.nonce);
        assert_eq!(asked.redirect_uri, "http://lectern.test/auth/callback/campus");
        assert_eq!(asked.redirect_uri, redeemed.redirect_uri);
        assert!((43..=128).contains(&redeemed.verifier.len()) && redeemed.verifier != redeemed.nonce);
        for part in [asked.state, asked.nonce, asked.challenge] {
            assert!(seen.insert(part), "never twice");
        }
    }
    Ok(())
});

on_both!(whatever_the_provider_may_not_say_lets_nobody_in, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let here = stranger("a");
    for (words, expected) in [
        (Err(Doubt::Untrue("the signature does not fit")), Setback::Untrue),
        (Err(Doubt::Away("status 503".into())), Setback::Away),
    ] {
        school.campus.says(words);
        assert_eq!(setback(&through(&school, &here).await?), expected);
    }
    let begun = begin(&school.app, &here, "", &campus("")).await?;
    let declined = Answer { error: Some("access_denied".into()), ..answered(&school) };
    let arrival = finish(&school.app, &here, Some(begun.browser.reveal()), "campus", &declined).await?;
    assert_eq!(setback(&arrival), Setback::Declined);
    let nowhere = begin(&school.app, &here, "", &Through { provider: "nowhere".into(), next: String::new() }).await;
    assert!(matches!(nowhere, Err(Error::Fault(Fault::NotFound))), "{nowhere:?}");
    assert!(school.announced(Happening::MemberJoined).await.is_empty());
    Ok(())
});

on_both!(linking_asks_is_it_you_and_then_both_ways_lead_in, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let here = at_home(&school, &school.grace()).await?;
    let asked = begin_link(&school.app, &unproven(&here), "", &to_link()).await;
    assert!(matches!(asked, Err(Error::Fault(Fault::Confirm))), "{asked:?}");
    assert!(begin_link(&school.app, &stranger("a"), "", &to_link()).await.is_err(), "signed in as nobody");
    grace_links(&school).await?;
    let page = identities(&school.app, &school.grace()).await?;
    assert_eq!(
        (page.linked.len(), page.linked[0].label.as_str(), page.linked[0].email.as_str()),
        (1, "Campus", "grace@campus.test")
    );
    let arrived = came_in(through(&school, &stranger("elsewhere")).await?);
    assert_eq!((arrived.account, arrived.is_new), (school.grace().id, false));
    let letters = school.announced(Happening::MailDue).await;
    assert_eq!(letters.iter().map(|event| event.subject.as_str()).collect::<Vec<_>>(), [Occasion::WayInAdded.as_str()]);
    Ok(())
});

on_both!(what_was_begun_in_one_session_is_not_linked_in_another, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.campus.vouches_for("eve", "eve@campus.test", true);
    let here = at_home(&school, &school.grace()).await?;
    let sam = at_home(&school, &school.sam()).await?;
    let again = at_home(&school, &school.grace()).await?;
    for somebody_else in [&sam, &again, &stranger("a")] {
        let begun = begin_link(&school.app, &here, "", &to_link()).await?;
        let arrival = finish(&school.app, somebody_else, Some(begun.browser.reveal()), "campus", &answered(&school)).await?;
        assert_eq!(setback(&arrival), Setback::SignedOut);
    }
    for member in [school.grace(), school.sam()] {
        assert!(identities(&school.app, &member).await?.linked.is_empty());
    }
    Ok(())
});

on_both!(what_is_linked_to_one_is_not_linked_to_another, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let here = grace_links(&school).await?;
    // once more is fine
    let begun = begin_link(&school.app, &here, "", &to_link()).await?;
    assert!(finish(&school.app, &here, Some(begun.browser.reveal()), "campus", &answered(&school)).await?.outcome.is_ok());
    let sam = at_home(&school, &school.sam()).await?;
    let begun = begin_link(&school.app, &sam, "", &to_link()).await?;
    let arrival = finish(&school.app, &sam, Some(begun.browser.reveal()), "campus", &answered(&school)).await?;
    assert_eq!(setback(&arrival), Setback::Others);
    assert_eq!(identities(&school.app, &school.grace()).await?.linked.len(), 1);
    Ok(())
});

on_both!(the_last_way_in_is_not_taken_off, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.campus.says(Ok(asked_just_now(&school, "k-1", "kay@campus.test")));
    let kay = arrived(&school, came_in(through(&school, &stranger("a")).await?)).await?;
    let off = Unlink { identity: only_identity(&school, &kay.member()?).await? };
    let outcome = unlink(&school.app, &kay, &off).await;
    assert!(is_refused(&outcome, Setback::LastWayIn), "{outcome:?}");
    school.after(minutes(6));
    let outcome = unlink(&school.app, &kay, &off).await;
    assert!(matches!(outcome, Err(Error::Fault(Fault::Confirm))), "{outcome:?}");
    assert_eq!(identities(&school.app, &kay.member()?).await?.linked.len(), 1);
    Ok(())
});

on_both!(who_was_waved_through_by_a_provider_has_proven_nothing, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.campus.vouches_for("k-1", "kay@campus.test", true);
    for is_new in [true, false] {
        let signed_in = came_in(through(&school, &stranger("a")).await?);
        assert_eq!(signed_in.is_new, is_new);
        let kay = arrived(&school, signed_in).await?;
        assert!(matches!(accounts::require_proof(&school.app, &kay), Err(Error::Fault(Fault::Confirm))));
        // so they go once more, and this time are asked there
        begin(&school.app, &kay, "", &campus("")).await?;
        assert!(school.campus.last_asked().expect("asked").anew);
    }
    school.campus.says(Ok(asked_just_now(&school, "k-1", "kay@campus.test")));
    let kay = arrived(&school, came_in(through(&school, &stranger("a")).await?)).await?;
    assert!(!school.campus.last_asked().expect("asked").anew);
    accounts::require_proof(&school.app, &kay)
});

on_both!(an_address_that_nobody_confirmed_gets_no_way_in_that_outlives_a_reset, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let form = SignUp {
        name: "Eve".into(),
        email: "victim@example.com".into(),
        password: Hidden::new("the moon is not made of cheese"),
        next: String::new(),
    };
    let signed_up = accounts::sign_up(&school.app, &stranger("a"), &form).await?.inside().expect("inside");
    let eve = arrived(&school, signed_up).await?;
    let outcome = begin_link(&school.app, &eve, "", &to_link()).await;
    let unproven = model::accounts::Refusal::AddressUnproven;
    assert!(matches!(&outcome, Err(Error::Fault(Fault::Conflict(Refusal::Accounts(why)))) if *why == unproven), "{outcome:?}");
    Ok(())
});

on_both!(a_provider_is_taken_off_by_its_owner, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let here = grace_links(&school).await?;
    let identity = only_identity(&school, &school.grace()).await?;
    let sam = at_home(&school, &school.sam()).await?;
    let off = Unlink { identity };
    assert!(matches!(unlink(&school.app, &sam, &off).await, Err(Error::Fault(Fault::NotFound))), "it is not Sam's");
    assert!(matches!(unlink(&school.app, &unproven(&here), &off).await, Err(Error::Fault(Fault::Confirm))));
    unlink(&school.app, &here, &off).await?;
    assert!(identities(&school.app, &school.grace()).await?.linked.is_empty());
    school.campus.vouches_for("g-1", "", true);
    assert_eq!(setback(&through(&school, &stranger("b")).await?), Setback::NoEmail, "it leads to nobody now");
    let sign_in = SignIn { email: "grace@lectern.example".into(), password: Hidden::new(PASSWORD), next: String::new() };
    accounts::sign_in(&school.app, &stranger("c"), &sign_in).await?;
    Ok(())
});

on_both!(who_may_not_come_in_does_not_come_in_this_way_either, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    grace_links(&school).await?;
    school.suspend(&school.grace()).await;
    assert_eq!(setback(&through(&school, &stranger("a")).await?), Setback::Closed);
    Ok(())
});

on_both!(issuers_do_not_speak_for_one_another, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    grace_links(&school).await?;
    school.campus.says(Ok(Claims {
        issuer: "https://campus.test.evil".into(),
        subject: "g-1".into(),
        email: None,
        email_verified: false,
        name: None,
        authenticated: None,
    }));
    assert_eq!(setback(&through(&school, &stranger("a")).await?), Setback::NoEmail);
    Ok(())
});

/// The browser of somebody who has just been let in.
async fn arrived(school: &School, signed_in: SignedIn) -> Result<Visitor, Error> {
    let session = accounts::who_has(&school.app, signed_in.session.reveal()).await?.expect("a live session");
    Ok(Visitor { me: Some(session.me), session: Some(session.hash), proven_at: Some(session.proven_at), ..stranger("a") })
}

/// Somebody whom the provider has just asked who they are.
fn asked_just_now(school: &School, subject: &str, email: &str) -> Claims {
    Claims {
        issuer: "https://campus.test".into(),
        subject: subject.into(),
        email: email.parse().ok(),
        email_verified: true,
        name: None,
        authenticated: Some(school.app.now()),
    }
}

async fn only_identity(school: &School, member: &Member) -> Result<String, Error> {
    let page = identities(&school.app, member).await?;
    assert_eq!(page.linked.len(), 1);
    Ok(page.linked[0].id.to_string())
}

fn is_refused(outcome: &Result<(), Error>, setback: Setback) -> bool {
    matches!(outcome, Err(Error::Fault(Fault::Conflict(Refusal::Identity(found)))) if *found == setback)
}

on_both!(two_tabs_of_one_browser_are_both_let_in, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, here) = (&school.app, stranger("a"));
    school.campus.vouches_for("k-1", "kay@campus.test", true);
    let one = begin(app, &here, "", &campus("/en/cart")).await?;
    let first = answered(&school);
    let other = begin(app, &here, one.browser.reveal(), &campus("/en/feed")).await?;
    assert_eq!(one.browser.reveal(), other.browser.reveal());
    let browser = Some(one.browser.reveal());
    came_in(finish(app, &here, browser, "campus", &answered(&school)).await?);
    came_in(finish(app, &here, browser, "campus", &first).await?);
    let odd = begin(app, &here, "what somebody planted", &campus("")).await?;
    assert_eq!(odd.browser.reveal().len(), 64, "what is no secret of ours is not taken");
    Ok(())
});

on_both!(the_way_to_a_provider_is_told_to_the_browser_that_set_out_and_to_no_other, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, here) = (&school.app, stranger("a"));
    let begun = begin(app, &here, "", &campus("")).await?;
    let (browser, state) = (begun.browser.reveal(), begun.state.reveal());
    let there = way(app, &here, Some(browser), state).await?.expect("a way");
    assert_eq!((there.label.as_str(), there.url), ("Campus", format!("https://campus.test/who?state={state}")));
    let other = begin(app, &stranger("b"), "", &campus("")).await?;
    for stranger_s in [None, Some(other.browser.reveal())] {
        assert!(way(app, &here, stranger_s, state).await?.is_none());
    }
    school.after(minutes(11));
    assert!(way(app, &here, Some(browser), state).await?.is_none(), "too late");
    Ok(())
});

on_both!(a_provider_that_is_not_set_up_any_more_is_no_way_in, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let app = &school.app;
    school.campus.says(Ok(asked_just_now(&school, "k-1", "kay@campus.test")));
    let kay = arrived(&school, came_in(through(&school, &stranger("a")).await?)).await?;
    let me = kay.member()?;
    let off = Unlink { identity: only_identity(&school, &me).await? };
    let gone = asked_just_now(&school, "k-9", "kay@gone.test");
    app.db.write(async |tx| accounts::identity::queries::add(app, tx, &me.id, "gone", &gone).await).await?;
    let outcome = unlink(app, &kay, &off).await;
    assert!(is_refused(&outcome, Setback::LastWayIn), "{outcome:?}");
    Ok(())
});

on_both!(a_provider_was_used_when_somebody_is_in_and_not_before, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let here = grace_links(&school).await?;
    let linked_at = school.app.now();
    accounts::begin_second(app, &here).await?;
    let factor = accounts::queries::second::factor(&mut app.db.read().await?, &grace.id).await?.expect("begun");
    let secret = crate::vault::open(app, "second factor", grace.id.as_str(), &factor.sealed)?;
    let code = |at: model::Moment| model::accounts::SecondStep {
        code: Hidden::new(accounts::totp::code_at(&secret, at)),
        next: String::new(),
    };
    accounts::finish_second(app, &here, &code(app.now())).await?;
    school.after(minutes(1));
    let Ok(Came::Second(challenge)) = through(&school, &stranger("b")).await?.outcome else { panic!("no code was asked for") };
    let used = async || Ok::<_, Error>(identities(app, &grace).await?.linked[0].used);
    assert_eq!(used().await?, linked_at, "half way is not in");
    accounts::second_step(app, &stranger("b"), challenge.reveal(), &code(app.now())).await?;
    assert_eq!(used().await?, app.now());
    Ok(())
});

on_both!(who_comes_for_the_first_time_finds_it_in_their_log, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    school.campus.says(Ok(asked_just_now(&school, "k-1", "kay@campus.test")));
    let kay = arrived(&school, came_in(through(&school, &stranger("a")).await?)).await?;
    let log = accounts::security(&school.app, &kay).await?.log;
    assert_eq!(log.iter().map(|line| line.kind).collect::<Vec<_>>(), [model::accounts::LoggedKind::SignedIn]);
    Ok(())
});
