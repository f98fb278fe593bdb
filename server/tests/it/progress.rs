//! What a player reports is kept for who may open the lesson.

use crate::program::Program;
use domain::Error;
use store::{Db, on_both};

const REPORT: &str = r#"{"position_seconds":12.5,"ranges":[[0,12.5]],"duration_seconds":300,"event":"e-1"}"#;

on_both!(a_report_is_kept_and_what_cannot_be_one_is_refused, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let lessons = program.school.engines_lessons();
    let open = format!("/en/learn/analytical-engines/{}/progress", lessons[0]);
    let locked = format!("/zh/learn/analytical-engines/{}/progress", lessons[1]);
    let cookie = program.cookie(&program.school.grace()).await;
    let hers = [("cookie", cookie.as_str())];
    assert_eq!(program.post_json(&open, &[], REPORT).await.status.as_u16(), 401);
    let kept = program.post_json(&open, &hers, REPORT).await;
    assert_eq!((kept.status.as_u16(), kept.body.as_ref()), (200, br#"{"completed":false}"#.as_slice()));
    assert_eq!(program.post_json(&open, &hers, REPORT).await.status.as_u16(), 200, "sent again");
    assert_eq!(program.post_json(&locked, &hers, REPORT).await.status.as_u16(), 403);
    let nowhere = open.replace("analytical-engines", "no-such-course");
    assert_eq!(program.post_json(&nowhere, &hers, REPORT).await.status.as_u16(), 404);
    let backwards = REPORT.replace("[[0,12.5]]", "[[9,2]]");
    assert_eq!(program.post_json(&open, &hers, &backwards).await.status.as_u16(), 422);
    assert!(program.post_json(&open, &hers, "{").await.status.is_client_error());
    let page = program.get(&open.replace("/progress", ""), &hers).await;
    let html = String::from_utf8_lossy(&page.body).into_owned();
    assert!(html.contains("data-progress-url") || html.contains("Not here yet"), "the lesson's page");
    Ok(())
});

on_both!(another_site_cannot_report, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let path = format!("/en/learn/analytical-engines/{}/progress", program.school.engines_lessons()[0]);
    let cookie = program.cookie(&program.school.grace()).await;
    let foreign = [("cookie", cookie.as_str()), ("sec-fetch-site", "cross-site"), ("content-type", "application/json")];
    let answer = program.ask(axum::http::Method::POST, &path, &foreign, REPORT.to_owned().into()).await;
    assert_eq!(answer.status.as_u16(), 403);
    let plain = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "text/plain")];
    let answer = program.ask(axum::http::Method::POST, &path, &plain, REPORT.to_owned().into()).await;
    assert_eq!(answer.status.as_u16(), 415);
    Ok(())
});
