//! Every cookie we ever set is for this host alone, out of the reach of scripts, and not sent along from other sites.

use crate::access::table;
use crate::belongings::secret_of;
use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::Method;
use axum::http::header::SET_COOKIE;
use domain::accounts;
use domain::accounts::totp;
use domain::testing::PASSWORD;
use model::accounts::{SecondFactor, SecondStep};
use model::text::Hidden;
use std::collections::BTreeMap;
use store::{Db, on_both};

/// Everything that was set, by name, with the last line in which it was.
struct Jar<'p> {
    program: &'p Program,
    is_https: bool,
    lines: BTreeMap<String, String>,
}

impl Jar<'_> {
    /// Looks at what an answer sets.
    fn look(&mut self, answer: &Answer, what: &str) {
        for line in answer.headers.get_all(SET_COOKIE) {
            let line = line.to_str().expect("a line");
            let mut parts = line.split("; ");
            let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a name");
            let attributes: Vec<&str> = parts.collect();
            for attribute in ["Path=/", "HttpOnly", "SameSite=Lax"] {
                assert!(attributes.contains(&attribute), "{what}: {line}");
            }
            assert_eq!(attributes.contains(&"Secure"), self.is_https, "{what}: {line}");
            assert_eq!(name.starts_with("__Host-"), self.is_https, "{what}: {line}");
            assert!(!attributes.iter().any(|attribute| attribute.to_ascii_lowercase().starts_with("domain")), "{what}: {line}");
            let lifetime = attributes.iter().find_map(|attribute| attribute.strip_prefix("Max-Age=")?.parse::<u32>().ok());
            let lifetime = lifetime.unwrap_or_else(|| panic!("{what}: {line}"));
            assert_eq!(value.is_empty(), lifetime == 0, "{what}: forgotten and nothing else: {line}");
            assert!(lifetime <= 365 * 24 * 60 * 60, "{what}: {line}");
            assert!(answer.header("cache-control").contains("private"), "{what}: kept for one person");
            self.lines.insert(name.trim_start_matches("__Host-").to_owned(), line.to_owned());
        }
    }

    async fn get(&mut self, path: &str, headers: &[(&str, &str)]) {
        let answer = self.program.get(path, headers).await;
        self.look(&answer, path);
    }

    async fn post(&mut self, path: &str, cookie: &str, body: &str) -> Answer {
        let headers =
            [("cookie", cookie), ("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        let answer = self.program.ask(Method::POST, path, &headers, Body::from(body.to_owned())).await;
        self.look(&answer, path);
        answer
    }

    /// The pair that a browser would send back.
    fn pair(&self, name: &str) -> String {
        self.lines[name].split(';').next().unwrap_or_default().to_owned()
    }
}

/// Signing in where codes are asked for: the only way to the cookie of the second step.
async fn second_step(jar: &mut Jar<'_>) {
    let program = jar.program;
    let school = &program.school;
    let mut grace = school.visit(&school.grace());
    let (app, id) = (&school.app, &school.grace().id);
    let session = app.db.write(async |tx| accounts::open_session(app, tx, id, "a browser").await).await.expect("a session");
    grace.session = Some(session.hash());
    accounts::begin_second(&school.app, &grace).await.expect("it begins");
    let SecondFactor::Begun(setup) = accounts::second_page(&school.app, &grace).await.expect("a page").factor else {
        panic!("not begun")
    };
    let secret = secret_of(&setup.key);
    let code = |secret: &[u8]| totp::code_at(secret, school.app.now());
    let typed = SecondStep { code: Hidden::new(code(&secret)), next: String::new() };
    accounts::finish_second(&school.app, &grace, &typed).await.expect("it is on");
    let fields = format!("form=login&email=grace%40lectern.example&password={PASSWORD}");
    jar.post("/en/login", "", &fields).await;
    school.after(model::time::minutes(1));
    let (challenge, code) = (jar.pair("second"), code(&secret));
    let done = jar.post("/en/login/second", &challenge, &format!("form=second&code={code}")).await;
    assert_eq!(done.status.as_u16(), 303);
}

/// Goes everywhere, sends everything, and comes in and goes out by every door.
async fn crawl(program: &Program, is_https: bool) {
    let school = &program.school;
    let mut jar = Jar { program, is_https, lines: BTreeMap::new() };
    let (ada, via) = (program.cookie(&school.ada()).await, "?via=ABCD2345");
    for line in table() {
        let (path, second) = line.at.split_once(' ').unwrap_or((line.at.as_str(), ""));
        let path = path.replace(['{', '}', '*'], "");
        match line.what.as_str() {
            "page" => jar.get(&format!("/en{path}{via}"), &[("accept-language", "zh")]).await,
            "form" if second != "logout" => {
                jar.post(&format!("/en{}", path.trim_end_matches('/')), &ada, &format!("form={second}&theme=dark")).await;
            }
            "call" if !path.ends_with("logout") => drop(jar.post(&path, &ada, &line.body).await),
            _ => jar.get(&path, &[]).await,
        }
    }
    let course = school.engines();
    jar.post("/en/courses/analytical-engines", "", &format!("form=cart&kind=course&item={course}")).await;
    jar.post("/en/login", "", "form=identity&provider=campus").await;
    jar.post("/en/settings/appearance", "", "form=appearance&theme=dark").await;
    let fields = "form=register&name=Kay&email=kay%40lectern.example&password=the+moon+is+not+made+of+cheese";
    jar.post("/en/register", "", fields).await;
    let session = jar.pair("sid");
    jar.post("/en/logout", &session, "form=logout").await;
    assert!(jar.lines["sid"].contains("Max-Age=0"), "{:?}", jar.lines);
    second_step(&mut jar).await;
    let names: Vec<&str> = jar.lines.keys().map(String::as_str).collect();
    assert_eq!(names, ["cart", "identity", "lang", "second", "sid", "theme", "via"], "every cookie there is was met");
}

on_both!(asvs_3_3_every_cookie_is_ours_alone, async |db: Db| crawl(&Program::without_limits(db).await, false).await);

on_both!(asvs_3_3_over_https_every_cookie_is_bound_to_this_host, async |db: Db| {
    crawl(&Program::over_https(db).await, true).await;
});
