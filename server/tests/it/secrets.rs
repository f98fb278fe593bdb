//! Secrets are used, and stand nowhere afterwards: neither in a log that tells everything nor in any column of the database. And
//! what opens once does not open twice.

use crate::belongings::secret_of;
use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::accounts::totp;
use domain::testing::{PASSWORD, School};
use domain::{accounts, notifications};
use model::time::minutes;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Db, on_both};
use tracing_subscriber::fmt::format::FmtSpan;

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

async fn post(program: &Program, path: &str, cookie: &str, body: &str) -> Answer {
    let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    program.ask(Method::POST, path, &headers, Body::from(body.to_owned())).await
}

async fn page(program: &Program, path: &str, cookie: &str) -> String {
    let answer = program.get(path, &[("cookie", cookie)]).await;
    assert_eq!(answer.status.as_u16(), 200, "{path}");
    String::from_utf8_lossy(&answer.body).into_owned()
}

/// The pair of a cookie that was set, as a browser sends it back.
fn set(answer: &Answer, name: &str) -> String {
    let lines = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let pair = lines.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with(&format!("{name}=")));
    pair.unwrap_or_else(|| panic!("no cookie {name}: {}", answer.status)).to_owned()
}

fn value(pair: &str) -> String {
    pair.split_once('=').expect("a pair").1.to_owned()
}

/// Everything that waits to be sent is sent; the latest letter's link of this kind.
async fn link(school: &School, kind: &str) -> String {
    while accounts::answer_request(&school.app).await.expect("the request is answered") {}
    school.catch_up(notifications::FOLLOWER).await;
    while notifications::deliver(&school.app).await.expect("a letter is sent") {}
    let mark = format!("/{kind}/");
    let letters = school.letters();
    let found = letters.iter().rev().find_map(|letter| letter.text.split_once(&mark).map(|(_, rest)| rest));
    let rest = found.unwrap_or_else(|| panic!("no link of {kind}"));
    rest.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// Grace's app for codes: its secret, the recovery codes, and her session of now.
async fn codes_of_grace(program: &Program) -> (Vec<u8>, Vec<String>, String) {
    let school = &program.school;
    let signed_in =
        post(program, "/en/login", "", &format!("form=login&email=grace%40lectern.example&password={PASSWORD}")).await;
    let session = set(&signed_in, "sid");
    let begun = post(program, "/en/settings/security/codes", &session, "form=begin").await;
    assert_eq!(begun.status.as_u16(), 303);
    let visitor = visitor(program, &session).await;
    let shown = accounts::second_page(&school.app, &visitor).await.expect("a page");
    let model::accounts::SecondFactor::Begun(setup) = shown.factor else { panic!("not begun") };
    assert!(page(program, "/en/settings/security/codes", &session).await.contains(&setup.key), "the page shows the key");
    let secret = secret_of(&setup.key);
    let code = totp::code_at(&secret, school.app.now());
    let done = post(program, "/en/settings/security/codes", &session, &format!("form=finish&code={code}")).await;
    let session = set(&done, "sid");
    let shown = page(program, "/en/settings/security/codes", &session).await;
    let codes: Vec<String> = codes_on(&shown);
    assert_eq!(codes.len(), 10, "{shown}");
    (secret, codes, session)
}

/// Recovery codes as the page writes them.
fn codes_on(page: &str) -> Vec<String> {
    let words = page.split(['<', '>']).map(str::trim);
    let is_code = |word: &&str| {
        let parts: Vec<&str> = word.split('-').collect();
        let of_signs = |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        parts.len() > 1 && parts.iter().all(of_signs)
    };
    words.filter(is_code).map(str::to_owned).collect()
}

async fn visitor(program: &Program, session: &str) -> domain::Visitor {
    let app = &program.school.app;
    let found = accounts::who_has(app, &value(session)).await.expect("a session").expect("alive");
    domain::Visitor {
        me: Some(found.me),
        session: Some(found.hash),
        proven_at: Some(found.proven_at),
        ..domain::Visitor::stranger(model::Lang::En)
    }
}

/// The secret in every way it may have been written down.
fn written(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    vec![secret.to_owned(), hex::encode(bytes), hex::encode_upper(bytes), STANDARD.encode(bytes), secret.replace(['-', ' '], "")]
}

on_both!(asvs_16_2_5_secrets_stand_neither_in_the_log_nor_in_the_database, async |db: Db| {
    let log = Log::default();
    let kept = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(lectern::telemetry::filter("trace"))
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || kept.clone())
        .finish();
    // where only one listens, a place that writes to the log and that another thread comes by first is asked about there, where
    // nobody listens, and stays silent: with two it is asked about everywhere
    let _second = tracing::dispatcher::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);
    let program = Program::open(db).await;
    let school = &program.school;
    let mut secrets: Vec<(&str, String)> = Vec::new();
    // a password, mistyped and right; sessions; the link of the welcome
    let (first, mistyped, second) = ("canary-first-sentence", "canary-mistyped-sentence", "canary-second-sentence");
    let fields = format!("form=register&name=Kay&email=kay%40lectern.example&password={first}");
    let registered = post(&program, "/en/register", "", &fields).await;
    secrets.extend([("password", first.into()), ("mistyped password", mistyped.into()), ("new password", second.into())]);
    let kay = set(&registered, "sid");
    secrets.push(("session", value(&kay)));
    let verify = link(school, "verify").await;
    let signed_in = |password: &str| format!("form=login&email=kay%40lectern.example&password={password}");
    assert_eq!(post(&program, "/en/login", "", &signed_in(mistyped)).await.status.as_u16(), 422);
    assert_eq!(post(&program, &format!("/en/verify/{verify}"), &kay, "form=follow").await.status.as_u16(), 303);
    secrets.push(("link that confirms", verify));
    // a new password by mail
    post(&program, "/en/reset", "", "form=reset&email=kay%40lectern.example").await;
    let reset = link(school, "reset").await;
    page(&program, &format!("/en/reset/{reset}"), "").await;
    let done = post(&program, &format!("/en/reset/{reset}"), "", &format!("form=set_password&new_password={second}")).await;
    assert_eq!(done.status.as_u16(), 303);
    secrets.push(("link that resets", reset));
    // codes of an app, recovery codes, the cookie between password and code
    let (secret, codes, session) = codes_of_grace(&program).await;
    secrets.push(("secret of the app", totp::base32(&secret)));
    secrets.push(("secret of the app in bytes", hex::encode(&secret)));
    secrets.push(("session after codes", value(&session)));
    let half = post(&program, "/en/login", "", &format!("form=login&email=grace%40lectern.example&password={PASSWORD}")).await;
    let challenge = set(&half, "second");
    let come = post(&program, "/en/login/second", &challenge, &format!("form=second&code={}", codes[0])).await;
    assert_eq!(come.status.as_u16(), 303);
    secrets.extend([("challenge", value(&challenge)), ("session after a recovery code", value(&set(&come, "sid")))]);
    secrets.extend(codes.into_iter().map(|code| ("recovery code", code)));
    // a key for a program, used
    let made = post(&program, "/en/settings/tokens", &session, "form=make&name=Shop&scopes=orders%3Aread").await;
    let shown = page(&program, made.header("location"), &session).await;
    let (_, rest) = shown.split_once("lectern_").expect("the key is shown");
    let key: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let bearer = format!("Bearer lectern_{key}");
    assert_eq!(program.get("/api/v1/orders", &[("authorization", &bearer)]).await.status.as_u16(), 200);
    secrets.push(("key of a program", key));
    // a bank account
    let ada = program.cookie(&school.ada()).await;
    let bank = "form=bank&holder=Ada+Lovelace&bank=ICBC&number=6222+0212+3456+7890";
    assert_eq!(post(&program, "/en/studio/earnings", &ada, bank).await.status.as_u16(), 303);
    secrets.extend([("bank account", "6222021234567890".into()), ("bank account as typed", "6222 0212 3456 7890".into())]);
    secrets.push(("session of the instructor", value(&ada)));
    assert_eq!(program.get("/en/admin/trail", &[("cookie", &ada)]).await.status.as_u16(), 403);

    let log = log.text();
    let refused = ["refused what is not open", "/en/admin/trail", school.ada().id.as_str()].map(str::to_owned);
    assert!(log.lines().any(|line| refused.iter().all(|part| line.contains(part.as_str()))), "who is refused is in the log");
    assert!(log.contains("/en/reset/…") && log.contains("/en/login/second"), "every request is in the log");
    let rows = store::testing::everything(&school.app.db).await.expect("everything");
    for (what, secret) in &secrets {
        assert!(secret.len() >= 8, "{what} is a secret: {secret}");
        for written in written(secret) {
            assert!(!log.contains(&written), "{what} stands in the log");
            for (table, rows) in &rows {
                assert!(!rows.iter().any(|row| row.contains(&written)), "{what} stands in {table}");
            }
        }
    }
});

on_both!(what_opens_once_does_not_open_twice, async |db: Db| {
    let program = Program::open(db).await;
    let school = &program.school;
    let fields = "form=register&name=Kay&email=kay%40lectern.example&password=the+moon+is+not+made+of+cheese";
    let registered = post(&program, "/en/register", "", fields).await;
    let session = set(&registered, "sid");
    // the link that confirms an address
    let verify = format!("/en/verify/{}", link(school, "verify").await);
    // in the hands of its account alone
    assert_eq!(post(&program, &verify, "", "form=follow").await.status.as_u16(), 401);
    assert_eq!(post(&program, &verify, &session, "form=follow").await.status.as_u16(), 303);
    let again = post(&program, &verify, &session, "form=follow").await;
    assert!(!again.status.is_redirection() && again.status.as_u16() < 500, "{}", again.status);
    // the link that resets, and every session it ends
    post(&program, "/en/reset", "", "form=reset&email=kay%40lectern.example").await;
    let reset = format!("/en/reset/{}", link(school, "reset").await);
    let new = "form=set_password&new_password=another+sentence+that+is+long";
    assert_eq!(post(&program, &reset, "", new).await.status.as_u16(), 303);
    let again = post(&program, &reset, "", "form=set_password&new_password=evil+sentence+that+is+long").await;
    assert!(!again.status.is_redirection() && again.status.as_u16() < 500, "{}", again.status);
    assert_eq!(program.get("/en/settings/profile", &[("cookie", &session)]).await.status.as_u16(), 303, "the session is over");
    // a session that was ended, and one that was made up
    let fields = "form=login&email=kay%40lectern.example&password=another+sentence+that+is+long";
    let session = set(&post(&program, "/en/login", "", fields).await, "sid");
    assert_eq!(program.get("/en/settings/profile", &[("cookie", &session)]).await.status.as_u16(), 200);
    post(&program, "/en/logout", &session, "form=logout").await;
    for cookie in [session.as_str(), "sid=", "sid=0", "sid=' OR 1=1 --"] {
        assert_eq!(program.get("/en/settings/profile", &[("cookie", cookie)]).await.status.as_u16(), 303, "{cookie}");
    }
    // a code of an app, a recovery code, and the cookie between
    let (secret, codes, _) = codes_of_grace(&program).await;
    school.after(minutes(2));
    let half_way = async || {
        let fields = format!("form=login&email=grace%40lectern.example&password={PASSWORD}");
        set(&post(&program, "/en/login", "", &fields).await, "second")
    };
    for code in [totp::code_at(&secret, school.app.now()), codes[0].clone()] {
        let challenge = half_way().await;
        let fields = format!("form=second&code={code}");
        assert_eq!(post(&program, "/en/login/second", &challenge, &fields).await.status.as_u16(), 303, "{code}");
        for challenge in [challenge, half_way().await] {
            let again = post(&program, "/en/login/second", &challenge, &fields).await;
            assert!(again.headers.get_all("set-cookie").iter().all(|line| !line.as_bytes().starts_with(b"sid=")), "{code}");
            assert!(again.status.as_u16() >= 400 || again.header("location").contains("/login"), "{code}: {}", again.status);
        }
    }
});
