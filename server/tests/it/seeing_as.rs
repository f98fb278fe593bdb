//! While staff see the pages as somebody else: everything that is listed is shown under a banner, everything else is refused, and
//! nothing that is sent does anything.

use crate::access::{Line, table};
use crate::authorisation::{changes, everything_but, filled};
use crate::harness::{Browser, Running};
use app::routes::{PAGES, SEEN_AS};
use domain::{Member, Visitor, accounts};
use model::Lang;
use model::admin::SeeAs;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use store::Kind;

/// What the banner says, in both languages.
const BANNER: [&str; 2] = ["Read only, until", "只能看"];

/// Sam's browser, looking as `whom`.
async fn looking<'r>(running: &'r Running, whom: &Member) -> Browser<'r> {
    let app = &running.school.app;
    let sam = running.school.sam();
    let (browser, secret) = running.signed_in_with(&sam).await;
    let session = accounts::who_has(app, &secret).await.expect("a session").expect("it lives");
    let visitor = Visitor {
        me: Some(session.me),
        session: Some(session.hash),
        proven_at: Some(session.proven_at),
        ..Visitor::stranger(Lang::En)
    };
    let why = SeeAs { reason: "a test of everything".into() };
    accounts::see_as(app, &running.school.sam_at_work(), &visitor, &whom.id, &why).await.expect("the look begins");
    browser
}

/// Sends what a line of the table names, as its page or its program would.
async fn send(running: &Running, browser: &Browser<'_>, line: &Line) -> u16 {
    let (path, second) = line.at.split_once(' ').unwrap_or((line.at.as_str(), ""));
    let path = filled(running, path);
    let page = if path == "/" { "/en".to_owned() } else { format!("/en{path}") };
    let answer = match line.what.as_str() {
        "form" => browser.post(&page, &[("form", second)]).await,
        "call" => {
            let request = browser.bare(Method::POST, &path).header(ORIGIN, &running.url);
            let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            request.body(line.body.clone()).send().await.expect("an answer")
        }
        _ => {
            let method = Method::from_bytes(second.as_bytes()).expect("a method");
            let request = browser.bare(method, &path).header(ORIGIN, &running.url).header("tus-resumable", "1.0.0");
            request.header("upload-length", "1").header("upload-offset", "0").send().await.expect("an answer")
        }
    };
    answer.status().as_u16()
}

/// Outside the sessions: nobody in particular asks there.
fn is_nobody_s(at: &str) -> bool {
    ["/webhooks/", "/test/clock", "/reports/"].iter().any(|path| at.starts_with(path))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_every_function_and_every_call_is_refused_while_seeing_as() {
    let running = Running::start(Kind::Sqlite).await;
    // she may do most of what there is to be sent
    let browser = looking(&running, &running.school.ada()).await;
    let before = everything_but(&running.school, &[]).await;
    let mut broken = Vec::new();
    let mut tried = 0;
    for line in table() {
        let writes = match line.what.as_str() {
            "form" | "call" => true,
            "route" => !line.at.ends_with(" GET") && !is_nobody_s(&line.at),
            _ => false,
        };
        if !writes || line.at == "/admin/see-as end" {
            continue;
        }
        tried += 1;
        let status = send(&running, &browser, &line).await;
        let known = line.what != "route" || !line.at.starts_with("/fn/{*name}");
        if known && status != 403 {
            broken.push(format!("{line:?}: {status}"));
        }
    }
    broken.extend(changes(&before, &everything_but(&running.school, &[]).await));
    assert!(tried > 150, "the table was read: {tried}");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_is_listed_or_refused_and_has_its_banner() {
    let running = Running::start(Kind::Sqlite).await;
    for whom in [running.school.ada(), running.school.grace()] {
        let browser = looking(&running, &whom).await;
        let before = everything_but(&running.school, &[]).await;
        for line in table().into_iter().filter(|line| line.what == "page") {
            let path = filled(&running, &line.at);
            for (lang, banner) in [("en", BANNER[0]), ("zh", BANNER[1])] {
                let page = if path == "/" { format!("/{lang}") } else { format!("/{lang}{path}") };
                let answer = browser.get(&page).await;
                let status = answer.status().as_u16();
                let text = answer.text().await.expect("a page");
                let listed = SEEN_AS.contains(&if line.at == "/" { "" } else { line.at.as_str() });
                match listed {
                    _ if line.at == "/admin/see-as" => assert_eq!(status, 200, "{page}"),
                    true => {
                        assert!(status < 500, "{page}: {status}");
                        assert!(text.contains(banner) || (300..400).contains(&status), "{page} has no banner: {status}");
                    }
                    false => assert_eq!(status, 403, "{page}"),
                }
            }
        }
        assert_eq!(changes(&before, &everything_but(&running.school, &[]).await), Vec::<String>::new());
        for kept in [
            "/api/v1/orders",
            "/en/orders/0/receipt.pdf",
            "/en/admin/trail.csv",
            "/auth/callback/campus",
            "/auth/payer/wechat/0",
            "/uploads/0",
        ] {
            assert_eq!(browser.get(kept).await.status().as_u16(), 403, "{kept}");
        }
    }
}

#[test]
fn every_address_that_may_be_seen_is_a_page() {
    for path in SEEN_AS {
        assert!(PAGES.iter().any(|page| page.path == *path), "{path}");
    }
    for secret in ["/settings/security", "/settings/security/codes", "/settings/tokens", "/studio/earnings", "/redeem", "/gift"] {
        assert!(!SEEN_AS.contains(&secret), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_is_open_and_staff_are_themselves_again() {
    let running = Running::start(Kind::Sqlite).await;
    let grace = running.school.grace();
    let browser = looking(&running, &grace).await;
    let home = browser.get("/en/me/orders").await;
    assert!(home.text().await.expect("a page").contains("Grace Hopper"));
    assert_eq!(browser.get("/en/admin/orders").await.status().as_u16(), 403);
    let ended = browser.post("/en/admin/see-as", &[("form", "end")]).await;
    assert_eq!(ended.status().as_u16(), 303);
    let office = browser.get("/en/admin/orders").await;
    assert_eq!(office.status().as_u16(), 200);
    assert!(!office.text().await.expect("a page").contains(BANNER[0]));
}
