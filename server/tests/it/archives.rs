//! Everything about somebody, as they fetch it from the running program: one ZIP file for them alone, for seven days.

use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::Method;
use domain::media::{self, NewMedia};
use domain::testing::School;
use domain::testing::buying::bought;
use domain::{Error, Member, Result, community, notifications, privacy};
use model::community::WriteReview;
use model::media::MediaKind;
use model::privacy::Archive;
use model::time::{days, hours};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use store::{Db, on_both};

/// Buys "Analytical Engines" and writes this about it.
async fn buys_and_reviews(school: &School, who: &Member, body: &str) -> Result<()> {
    bought(school, who).await?;
    let slug = "analytical-engines".parse().map_err(Error::bug)?;
    community::write_review(&school.app, who, &slug, WriteReview { stars: "5".into(), body: body.into() }).await
}

/// A sheet in somebody's library.
async fn has_a_file(school: &School, who: &Member, name: &str, text: &str) -> Result<()> {
    let app = &school.app;
    let new = NewMedia {
        id: app.new_id(),
        owner: who.id.clone(),
        kind: MediaKind::Pdf,
        name: format!("{name}.pdf"),
        content_type: "application/pdf".into(),
        bytes: text.len() as u64,
        seconds: 0,
        width: 0,
        height: 0,
        file_key: format!("library/{name}"),
        poster_key: None,
        digest: String::new(),
    };
    app.ports.files.write(&new.file_key, 0, text.as_bytes().to_vec()).await.map_err(Error::bug)?;
    app.db.write(async |tx| media::add(tx, &new, app.now()).await).await?;
    Ok(())
}

async fn fetched(program: &Program, path: &str, cookie: &str) -> Answer {
    program.get(path, &[("cookie", cookie)]).await
}

/// What is in a ZIP file, by name.
fn unpacked(bytes: &[u8]) -> Result<BTreeMap<String, String>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).map_err(Error::bug)?;
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).map_err(Error::bug)?;
        let mut text = Vec::new();
        entry.read_to_end(&mut text).map_err(Error::bug)?;
        let name = entry.name().map_err(Error::bug)?.into_owned();
        files.insert(name, String::from_utf8_lossy(&text).into_owned());
    }
    Ok(files)
}

on_both!(gd_1_the_archive_is_fetched_by_its_owner_alone_and_for_seven_days, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let school = &program.school;
    let (app, grace, lin) = (&school.app, school.grace(), school.lin());
    buys_and_reviews(school, &grace, "canary of Grace: worth reading twice").await?;
    buys_and_reviews(school, &lin, "canary of Lin: read once").await?;
    has_a_file(school, &grace, "sheet-of-grace", "%PDF- canary of Grace").await?;
    has_a_file(school, &lin, "sheet-of-lin", "%PDF- canary of Lin").await?;
    let (hers, another) = (program.cookie(&grace).await, program.cookie(&lin).await);
    let lesson = format!("/en/learn/analytical-engines/{}/progress", school.engines_lessons()[0]);
    let report = r#"{"position_seconds":12.5,"ranges":[[0,12.5]],"duration_seconds":300,"event":"e-1"}"#;
    assert_eq!(program.post_json(&lesson, &[("cookie", hers.as_str())], report).await.status.as_u16(), 200);
    school.catch_up(notifications::FOLLOWER).await;

    let form =
        [("cookie", hers.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    let asked = program.ask(Method::POST, "/en/settings/data", &form, Body::from("form=archive")).await;
    assert_eq!(asked.status.as_u16(), 303);
    while privacy::make_archive(app).await? {}
    let Archive::Ready { id, bytes, .. } = privacy::data(app, &grace).await? else { panic!("it is not ready") };
    let path = format!("/en/settings/data/{id}");
    let page = fetched(&program, "/en/settings/data", &hers).await;
    assert!(String::from_utf8_lossy(&page.body).contains(&path), "the page leads to it");

    let answer = fetched(&program, &path, &hers).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("content-length"), bytes.to_string());
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"lectern.zip\"");
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("content-security-policy").starts_with("sandbox"));
    let files = unpacked(&answer.body)?;
    for (name, holds) in [
        ("index.html", "Grace Hopper"),
        ("data/profile.json", "grace@lectern.example"),
        ("data/orders.json", "\"paid\""),
        ("data/order_lines.json", "Analytical Engines"),
        ("data/lesson_progress.json", "The mill and the store"),
        ("data/reviews.json", "canary of Grace"),
        ("data/sessions.json", "a browser"),
        ("data/consents.json", "\"terms\""),
        ("data/deeds.json", "account.archive_asked"),
    ] {
        assert!(files.get(name).is_some_and(|text| text.contains(holds)), "{name}: {:?}", files.get(name));
    }
    let own: Vec<_> = files.iter().filter(|(name, _)| name.starts_with("files/")).collect();
    assert!(
        matches!(own.as_slice(), [(name, text)] if name.contains("sheet-of-grace") && text.contains("canary of Grace")),
        "{own:?}"
    );
    for (name, text) in &files {
        for other in ["canary of Lin", "sheet-of-lin", "lin@lectern.example", "林经理", lin.id.as_str(), "ada@lectern.example"]
        {
            assert!(!text.contains(other) && !name.contains(other), "{name} tells of {other}");
        }
    }

    assert_eq!(fetched(&program, &path, &another).await.status.as_u16(), 404);
    assert_eq!(fetched(&program, "/en/settings/data/nothing", &hers).await.status.as_u16(), 404);
    assert_ne!(program.get(&path, &[]).await.status.as_u16(), 200, "who is not signed in");
    school.after(days(7));
    school.after(hours(1));
    assert_eq!(fetched(&program, &path, &hers).await.status.as_u16(), 404, "its time is over");
    Ok(())
});
