//! Signing in through another house, as a browser does it; and a house that lies in every way we know of: each time the right page says
//! so, and nothing has changed.

use crate::harness::{Running, header};
use crate::hostile::{Grant, Hostile, Lie};
use domain::accounts::identity::IdentityProvider;
use model::Lang;
use model::identity::Setback;
use model::time::{minutes, seconds};
use outside::oidc::Oidc;
use reqwest::header::{ACCEPT_LANGUAGE, COOKIE, ORIGIN};
use reqwest::{Method, Response, Url};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Kind, sql};
use tokio::sync::OnceCell;

/// A school that takes people from `campus` (which names itself in its answers) and `elsewhere` (which does not).
struct Stage {
    running: Running,
    campus: Hostile,
    elsewhere: Hostile,
}

async fn stage(kind: Kind) -> Stage {
    let houses: Arc<OnceCell<(Hostile, Hostile)>> = Arc::default();
    let opened = houses.clone();
    let running = Running::with_houses(kind, async |clock| {
        let (campus, elsewhere) = (Hostile::open(clock.clone(), true).await, Hostile::open(clock.clone(), false).await);
        let house = |hostile: &Hostile, name: &str| -> Arc<dyn IdentityProvider> {
            Arc::new(Oidc::new(hostile.settings(name), clock.clone()).expect("a provider"))
        };
        let both = vec![house(&campus, "campus"), house(&elsewhere, "elsewhere")];
        let _ = opened.set((campus, elsewhere));
        both
    })
    .await;
    let (campus, elsewhere) = houses.get().cloned().expect("both are open");
    Stage { running, campus, elsewhere }
}

/// Somebody on their way: what the school sent along, and what their browser keeps.
struct OnTheWay {
    sent: BTreeMap<String, String>,
    cookie: String,
}

impl Stage {
    /// To the provider's page.
    async fn sets_out(&self, name: &str) -> OnTheWay {
        let fields = [("form", "identity"), ("provider", name), ("next", "/en/cart")];
        let answer = self.running.anybody().post("/en/login", &fields).await;
        self.on_the_way(&answer, "").await
    }

    /// A form leads to a page of ours, which leads on: its own redirects would be held to the form's policy.
    async fn on_the_way(&self, answer: &Response, session: &str) -> OnTheWay {
        let target = header(answer, "location").to_owned();
        assert!(answer.status() == 303 && target.starts_with("/auth/go/"), "{target}");
        let cookie = header(answer, "set-cookie").split(';').next().unwrap_or_default().to_owned();
        assert!(cookie.starts_with("identity="), "{cookie}");
        let elsewhere = self.running.anybody().bare(Method::GET, &target).header(COOKIE, "identity=0");
        let elsewhere = elsewhere.header(ACCEPT_LANGUAGE, "en").send().await.expect("an answer");
        assert_eq!(header(&elsewhere, "location"), "/en/login?refused=stale", "another browser is not led on");
        let cookies = if session.is_empty() { cookie.clone() } else { format!("{session}; {cookie}") };
        let page = self.running.anybody().bare(Method::GET, &target).header(COOKIE, cookies).send().await.expect("a page");
        assert_eq!(page.status(), 200);
        let policy = header(&page, "content-security-policy").to_owned();
        let forms = policy.split(';').find(|part| part.trim_start().starts_with("form-action")).unwrap_or_default().to_owned();
        let page = page.text().await.expect("a page");
        let url = page.split("0; url=").nth(1).and_then(|rest| rest.split('"').next()).expect("the provider's page");
        let url: Url = url.replace("&amp;", "&").parse().expect("the provider's address");
        assert!(page.contains("<a ") && !forms.contains(&url.origin().ascii_serialization()), "{forms}");
        OnTheWay { sent: url.query_pairs().into_owned().collect(), cookie }
    }

    /// Back, with a code of the provider for whoever was sent.
    fn answer(&self, house: &Hostile, way: &OnTheWay) -> Vec<(String, String)> {
        let part = |name: &str| way.sent.get(name).cloned().unwrap_or_default();
        let grant = Grant { nonce: part("nonce"), challenge: part("code_challenge"), redirect_uri: part("redirect_uri") };
        vec![("code".into(), house.grants(grant)), ("state".into(), part("state")), ("iss".into(), house.url().to_owned())]
    }

    async fn comes_back(&self, name: &str, cookies: &str, answer: &[(String, String)]) -> Response {
        let request = self.running.anybody().bare(Method::GET, &format!("/auth/callback/{name}")).query(answer);
        request.header(COOKIE, cookies).header(ACCEPT_LANGUAGE, "en").send().await.expect("an answer")
    }

    /// Everything that a sign-in could change.
    async fn counts(&self) -> [i64; 4] {
        let mut conn = self.running.school.app.db.read().await.expect("a connection");
        let mut counts = [0; 4];
        for (count, statement) in counts.iter_mut().zip([
            sql!("SELECT COUNT(*) AS n FROM accounts"),
            sql!("SELECT COUNT(*) AS n FROM identities"),
            sql!("SELECT COUNT(*) AS n FROM sessions"),
            sql!("SELECT COUNT(*) AS n FROM events"),
        ]) {
            *count = conn.query(statement).one(|row| row.get("n")).await.expect("a count");
        }
        counts
    }

    /// They were sent back to the gate with this reason, which the page says; without a session, and nothing has changed since `before`.
    async fn is_refused(&self, what: &str, answer: &Response, setback: Setback, before: [i64; 4]) {
        let target = header(answer, "location").to_owned();
        assert_eq!(answer.status(), 303, "{what}");
        assert!(target.starts_with("/en/login?") && target.contains(&format!("refused={setback}")), "{what}: {target}");
        let opened = answer.headers().get_all("set-cookie").iter().any(|line| line.as_bytes().starts_with(b"sid="));
        assert!(!opened, "{what}: a session");
        assert_eq!(self.counts().await, before, "{what}: something has changed");
        let page = self.running.anybody().get(&target).await.text().await.expect("a page");
        assert!(page.contains(locale::identity::setback(Lang::En, setback)), "{what}: the page says why");
    }
}

async fn there_and_back(kind: Kind) {
    let stage = stage(kind).await;
    let way = stage.sets_out("campus").await;
    let ours = "http://lectern.test/auth/callback/campus";
    for (name, value) in [
        ("from", "lectern"),
        ("response_type", "code"),
        ("client_id", "lectern"),
        ("redirect_uri", ours),
        ("scope", "openid email profile"),
        ("code_challenge_method", "S256"),
        ("ui_locales", "en"),
    ] {
        assert_eq!(way.sent.get(name).map(String::as_str), Some(value), "{name}");
    }
    let back = stage.comes_back("campus", &way.cookie, &stage.answer(&stage.campus, &way)).await;
    assert_eq!((back.status().as_u16(), header(&back, "location")), (303, "/en/settings/interests?next=/en/cart"));
    let cookies: Vec<&str> = back.headers().get_all("set-cookie").iter().filter_map(|line| line.to_str().ok()).collect();
    assert!(!cookies.iter().any(|line| line.starts_with("identity=")), "another tab may be on its way: {cookies:?}");
    let session = cookies.iter().find(|line| line.starts_with("sid=")).expect("a session");
    assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax"), "{session}");
    assert_eq!(header(&back, "cache-control"), "private, no-store");
    // a second time the account is there already; with a provider that has changed its keys meanwhile
    stage.campus.changes_keys("k2");
    stage.running.school.after(seconds(30));
    let way = stage.sets_out("campus").await;
    let back = stage.comes_back("campus", &way.cookie, &stage.answer(&stage.campus, &way)).await;
    assert_eq!(header(&back, "location"), "/en/cart");
    assert_eq!(stage.campus.asked(), ["discovery", "token", "jwks", "token", "jwks"], "what is known is not asked for again");
    // whoever agreed to older texts is asked as after a password, agrees, and goes on
    let app = &stage.running.school.app;
    let older = app.db.write(async |tx| {
        tx.query(sql!("UPDATE consents SET version = 0")).execute().await?;
        Ok::<_, domain::Error>(())
    });
    older.await.expect("the texts have changed since");
    let way = stage.sets_out("campus").await;
    let back = stage.comes_back("campus", &way.cookie, &stage.answer(&stage.campus, &way)).await;
    assert_eq!(header(&back, "location"), "/en/settings/privacy?next=/en/cart");
    let lines = back.headers().get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let session = lines.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with("sid=")).expect("a session");
    let agrees = stage.running.anybody().bare(Method::POST, "/en/settings/privacy").header(COOKIE, session);
    let agrees = agrees.header(ORIGIN, &stage.running.url).form(&[("form", "agree"), ("next", "/en/cart")]);
    let agreed = agrees.send().await.expect("an answer");
    assert_eq!((agreed.status().as_u16(), header(&agreed, "location")), (303, "/en/cart"));
    let way = stage.sets_out("campus").await;
    let back = stage.comes_back("campus", &way.cookie, &stage.answer(&stage.campus, &way)).await;
    assert_eq!(header(&back, "location"), "/en/cart", "once is enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_comes_in_through_another_house_on_sqlite() {
    there_and_back(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_comes_in_through_another_house_on_postgres() {
    there_and_back(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn oidc_no_lie_of_a_provider_lets_anybody_in() {
    let stage = stage(Kind::Sqlite).await;
    for (lie, setback) in [
        (Lie::WrongNonce, Setback::Untrue),
        (Lie::NoNonce, Setback::Untrue),
        (Lie::WrongAudience, Setback::Untrue),
        (Lie::OtherParty, Setback::Untrue),
        (Lie::ManyAudiences, Setback::Untrue),
        (Lie::WrongIssuer, Setback::Untrue),
        (Lie::NoSignature, Setback::Untrue),
        (Lie::PublicKeyAsSecret, Setback::Untrue),
        (Lie::OwnKeyInHeader, Setback::Untrue),
        (Lie::UnknownKey, Setback::Untrue),
        (Lie::BentPayload, Setback::Untrue),
        (Lie::NotUtf8, Setback::Untrue),
        (Lie::AnotherAlgorithm, Setback::Untrue),
        (Lie::Critical, Setback::Untrue),
        (Lie::Expired, Setback::Untrue),
        (Lie::FromTheFuture, Setback::Untrue),
        (Lie::OfLongAgo, Setback::Untrue),
        (Lie::Nobody, Setback::Untrue),
        (Lie::NoToken, Setback::Untrue),
        (Lie::EndlessToken, Setback::Untrue),
        (Lie::Redirect, Setback::Away),
        (Lie::CodeRefused, Setback::Untrue),
        (Lie::OtherPerson, Setback::Untrue),
        (Lie::EmailOfGrace, Setback::KnownEmail),
        (Lie::EmailUnseen, Setback::NoEmail),
    ] {
        stage.campus.lies(lie);
        let way = stage.sets_out("campus").await;
        let before = stage.counts().await;
        let back = stage.comes_back("campus", &way.cookie, &stage.answer(&stage.campus, &way)).await;
        stage.is_refused(&format!("{lie:?}"), &back, setback, before).await;
    }
    // and the truth still does
    stage.campus.lies(Lie::None);
    let way = stage.sets_out("campus").await;
    let back = stage.comes_back("campus", &way.cookie, &stage.answer(&stage.campus, &way)).await;
    assert!(header(&back, "location").starts_with("/en/settings/interests"));
}

#[tokio::test(flavor = "multi_thread")]
async fn oidc_a_provider_that_lies_about_itself_is_not_gone_to() {
    let stage = stage(Kind::Sqlite).await;
    for lie in [Lie::Broken, Lie::OtherName, Lie::KeysInside, Lie::TokensElsewhere] {
        stage.elsewhere.lies(lie);
        let fields = [("form", "identity"), ("provider", "elsewhere")];
        let answer = stage.running.anybody().post("/en/login", &fields).await;
        assert_eq!((answer.status().as_u16(), header(&answer, "set-cookie")), (409, ""), "{lie:?}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains(locale::identity::away(Lang::En)), "{lie:?}");
    }
    assert!(stage.elsewhere.asked().iter().all(|call| call == "discovery"), "nothing else of it was called");
}

#[tokio::test(flavor = "multi_thread")]
async fn oidc_an_answer_for_another_way_lets_nobody_in() {
    let stage = stage(Kind::Sqlite).await;
    let with = |answer: &[(String, String)], name: &str, value: Option<&str>| -> Vec<(String, String)> {
        let mut changed: Vec<_> = answer.iter().filter(|(key, _)| key != name).cloned().collect();
        changed.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        changed
    };
    // mix-up: the honest provider's code, in an answer that says it is another's, or does not say
    for (what, issuer) in [("another issuer", Some(stage.elsewhere.url())), ("no issuer, though it names itself", None)] {
        let way = stage.sets_out("campus").await;
        let before = stage.counts().await;
        let answer = with(&stage.answer(&stage.campus, &way), "iss", issuer);
        let back = stage.comes_back("campus", &way.cookie, &answer).await;
        stage.is_refused(what, &back, Setback::Untrue, before).await;
    }
    // the code of somebody else's way, planted into this one
    let (mine, theirs) = (stage.sets_out("campus").await, stage.sets_out("campus").await);
    let before = stage.counts().await;
    let code = stage.answer(&stage.campus, &theirs)[0].1.clone();
    let planted = with(&stage.answer(&stage.campus, &mine), "code", Some(&code));
    let back = stage.comes_back("campus", &mine.cookie, &planted).await;
    stage.is_refused("somebody else's code", &back, Setback::Untrue, before).await;
    // somebody else's whole answer, in this browser: signed in as them
    let (mine, theirs) = (stage.sets_out("campus").await, stage.sets_out("campus").await);
    for (what, name, cookie, answer) in [
        ("somebody else's answer", "campus", mine.cookie.as_str(), stage.answer(&stage.campus, &theirs)),
        ("a browser that began nothing", "campus", "lang=en", stage.answer(&stage.campus, &theirs)),
        ("at another provider's door", "elsewhere", mine.cookie.as_str(), stage.answer(&stage.campus, &mine)),
        ("no state", "campus", mine.cookie.as_str(), with(&stage.answer(&stage.campus, &mine), "state", None)),
        ("two states", "campus", mine.cookie.as_str(), {
            let answer = stage.answer(&stage.campus, &mine);
            [answer.clone(), answer].concat()
        }),
    ] {
        let before = stage.counts().await;
        let back = stage.comes_back(name, cookie, &answer).await;
        // whose way it was is not known, so neither is where they wanted to go
        stage.is_refused(what, &back, Setback::Stale, before).await;
    }
    // the same answer twice
    let way = stage.sets_out("campus").await;
    let answer = stage.answer(&stage.campus, &way);
    assert_eq!(stage.comes_back("campus", &way.cookie, &answer).await.status(), 303);
    let before = stage.counts().await;
    let back = stage.comes_back("campus", &way.cookie, &answer).await;
    stage.is_refused("the same answer twice", &back, Setback::Stale, before).await;
    // too late, and called off
    let way = stage.sets_out("campus").await;
    let answer = stage.answer(&stage.campus, &way);
    stage.running.school.after(minutes(11));
    let before = stage.counts().await;
    let back = stage.comes_back("campus", &way.cookie, &answer).await;
    stage.is_refused("too late", &back, Setback::Stale, before).await;
    let way = stage.sets_out("campus").await;
    let answer = with(&stage.answer(&stage.campus, &way), "error", Some("access_denied"));
    let back = stage.comes_back("campus", &way.cookie, &answer).await;
    stage.is_refused("called off", &back, Setback::Declined, before).await;
    assert!(!header(&back, "location").contains("access_denied"), "the provider's words are not passed on");
}

#[tokio::test(flavor = "multi_thread")]
async fn oidc_linking_is_done_from_within() {
    let stage = stage(Kind::Sqlite).await;
    let grace = stage.running.signed_in(&stage.running.school.grace()).await;
    let page = grace.get("/en/settings/security").await.text().await.expect("a page");
    assert!(page.contains("Link Campus"), "{page}");
    let way = grace.post("/en/settings/security", &[("form", "link"), ("provider", "campus")]).await;
    let session = grace.bare(Method::GET, "/").build().expect("a request");
    let session = session.headers().get(COOKIE).and_then(|line| line.to_str().ok()).expect("a session").to_owned();
    let way = stage.on_the_way(&way, &session).await;
    assert_eq!(
        (way.sent.get("prompt").map(String::as_str), way.sent.get("max_age").map(String::as_str)),
        (Some("login"), Some("0"))
    );
    let answer = stage.answer(&stage.campus, &way);
    let both = format!("{session}; {}", way.cookie);
    let back = stage.comes_back("campus", &both, &answer).await;
    assert_eq!(header(&back, "location"), "/en/settings/security?done=linked");
    let page = grace.get("/en/settings/security?done=linked").await.text().await.expect("a page");
    assert!(page.contains("kay@campus.test") && page.contains(locale::identity::done_linked(Lang::En)), "{page}");
    // and a function of ours takes nothing from another site's page either
    let foreign = grace.bare(Method::POST, "/fn/link_identity").header(ORIGIN, "https://evil.example");
    let foreign = foreign.form(&[("form[provider]", "campus")]).send().await.expect("an answer");
    assert_eq!(foreign.status(), 403);
}
