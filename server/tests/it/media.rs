//! Files are sent in ranges, to whom they are open, and to nobody else.

use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::Method;
use domain::entitlement::{self, Grant};
use domain::media::{self, NewMedia};
use domain::testing::edition;
use domain::{Error, Member, Visitor, catalog, learning};
use model::Lang;
use model::catalog::LessonKind;
use model::entitlement::Source;
use model::ids::{CourseId, LessonId, MediaId};
use model::learning::Content;
use model::media::{MediaKind, Playable};
use model::text::Slug;
use model::time::minutes;
use store::{Db, on_both};

/// Bytes that tell where they stand.
fn bytes() -> Vec<u8> {
    (0..700_001u32).map(|n| (n % 251) as u8).collect()
}

/// A course whose free first lesson and locked second one show the same film.
struct Film {
    course: CourseId,
    slug: Slug,
    lessons: Vec<LessonId>,
    media: MediaId,
}

async fn film(program: &Program) -> Result<Film, Error> {
    let (app, ada) = (&program.school.app, program.school.ada());
    let (media, path) = (app.new_id::<MediaId>(), program.school.folder.path().join("film"));
    std::fs::write(&path, bytes()).expect("a file");
    app.ports.files.keep("film", path).await.expect("it is kept");
    let new = NewMedia {
        id: media.clone(),
        owner: ada.id.clone(),
        kind: MediaKind::Video,
        name: "A film \"with\" a name.mp4".into(),
        content_type: "video/mp4".into(),
        bytes: 700_001,
        seconds: 300,
        width: 640,
        height: 360,
        file_key: "film".into(),
        poster_key: None,
        digest: "d1".into(),
    };
    let lessons = [("Open", LessonKind::Video), ("Locked", LessonKind::Video)];
    let mut course = edition(app, &ada.id, "films", "Films", "music", 9_900, &lessons);
    for lesson in &mut course.chapters[0].lessons {
        lesson.media = Some(media.clone());
    }
    app.db
        .write(async |tx| {
            media::add(tx, &new, app.now()).await?;
            media::set_captions(tx, &media, Lang::En, "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n").await?;
            catalog::publish_edition(app, tx, &course).await
        })
        .await?;
    let lessons = course.chapters[0].lessons.iter().map(|lesson| lesson.id.clone()).collect();
    Ok(Film { course: course.id, slug: course.slug, lessons, media })
}

/// The film as the lesson's page plays it to somebody.
async fn played(program: &Program, film: &Film, who: &Visitor, lesson: usize) -> Result<Playable, Error> {
    let page = learning::lesson_page(&program.school.app, who, &film.slug, &film.lessons[lesson]).await?;
    match page.content {
        Content::Recording(recording) => Ok(recording),
        other => panic!("not played: {other:?}"),
    }
}

async fn give(program: &Program, film: &Film, who: &Member) -> Result<(), Error> {
    let app = &program.school.app;
    let right = Grant { account: &who.id, course: &film.course, source: Source::Staff, source_id: "g-1", expires_at: None };
    app.db.write(async |tx| entitlement::grant(app, tx, right.clone()).await).await?;
    Ok(())
}

fn stranger() -> Visitor {
    Visitor::stranger(Lang::En)
}

on_both!(a_file_is_sent_whole_with_everything_said_about_it, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let film = film(&program).await?;
    let src = played(&program, &film, &stranger(), 0).await?.src;
    let whole = program.get(&src, &[]).await;
    assert_eq!((whole.status.as_u16(), whole.body.as_ref()), (200, bytes().as_slice()));
    for (name, value) in [
        ("content-length", "700001"),
        ("content-type", "video/mp4"),
        ("accept-ranges", "bytes"),
        ("etag", "\"d1\""),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, max-age=0, must-revalidate"),
        ("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(whole.header(name), value, "{name}");
    }
    assert!(whole.header("content-disposition").starts_with("attachment; filename=\"A film _with_ a name.mp4\""));
    let head = program.ask(Method::HEAD, &src, &[], Body::empty()).await;
    assert_eq!((head.status.as_u16(), head.header("content-length"), head.body.len()), (200, "700001", 0));
    let again = program.get(&src, &[("if-none-match", "\"d1\"")]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let refused = program.ask(Method::POST, &src, &[("sec-fetch-site", "same-origin")], Body::empty()).await;
    assert_eq!(refused.status.as_u16(), 405);
    Ok(())
});

on_both!(a_range_is_exactly_the_bytes_that_were_asked_for, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let film = film(&program).await?;
    let src = played(&program, &film, &stranger(), 0).await?.src;
    let all = bytes();
    for (range, first, last) in [
        ("bytes=0-0", 0, 0),
        ("bytes=1000-299999", 1000, 299_999),
        ("bytes=262143-262144", 262_143, 262_144),
        ("bytes=600000-", 600_000, 700_000),
        ("bytes=-5", 699_996, 700_000),
        ("bytes=699999-900000", 699_999, 700_000),
    ] {
        let part = program.get(&src, &[("range", range)]).await;
        assert_eq!((part.status.as_u16(), part.body.as_ref()), (206, &all[first..=last]), "{range}");
        assert_eq!(part.header("content-range"), format!("bytes {first}-{last}/700001"));
        assert_eq!(part.header("content-length"), (last - first + 1).to_string());
    }
    let behind = program.get(&src, &[("range", "bytes=700001-")]).await;
    assert_eq!((behind.status.as_u16(), behind.header("content-range"), behind.body.len()), (416, "bytes */700001", 0));
    for (range, condition) in [("bytes=0-1,5-6", None), ("bytes=0-9", Some("\"another\"")), ("bytes=0-9", Some("W/\"d1\""))] {
        let mut headers = vec![("range", range)];
        headers.extend(condition.map(|tag| ("if-range", tag)));
        assert_eq!(program.get(&src, &headers).await.status.as_u16(), 200, "{range} {condition:?}");
    }
    let same = program.get(&src, &[("range", "bytes=0-9"), ("if-range", "\"d1\"")]).await;
    assert_eq!(same.status.as_u16(), 206);
    Ok(())
});

on_both!(a_link_is_good_for_its_owner_while_the_right_stands, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let film = film(&program).await?;
    let school = &program.school;
    let (grace, lin) = (school.grace(), school.lin());
    let (hers, his) = (program.cookie(&grace).await, program.cookie(&lin).await);
    give(&program, &film, &grace).await?;
    let recording = played(&program, &film, &school.visit(&grace), 1).await?;
    let src = recording.src.as_str();
    let status = async |path: &str, cookie: &str| -> u16 {
        let headers = [("cookie", cookie)];
        program.get(path, if cookie.is_empty() { &[] } else { &headers }).await.status.as_u16()
    };
    assert_eq!(status(src, &hers).await, 200);
    assert_eq!(status(src, &his).await, 403, "somebody else's link");
    assert_eq!(status(src, "").await, 403, "a link that got out");
    let captions: Answer = program.get(&recording.captions[0].1, &[("cookie", &hers)]).await;
    assert_eq!((captions.status.as_u16(), captions.header("content-type")), (200, "text/vtt; charset=utf-8"));
    assert_eq!(status(&recording.captions[0].1, &his).await, 403);
    let bare = format!("/media/{}/file", film.media);
    assert_eq!(status(&bare, &hers).await, 403, "no link at all");
    let forged = src.replace(film.lessons[1].as_str(), film.lessons[0].as_str());
    assert_eq!(status(&forged, &hers).await, 403, "a link for something else");
    let longer = src.replace("&exp=1", "&exp=2");
    assert_eq!(status(&longer, &hers).await, 403, "a longer life");
    assert_eq!(status(&format!("{bare}?for=x&who=y&exp=99999999999999999999&sig=zz"), &hers).await, 403);
    assert_eq!(status(&format!("{bare}/more"), &hers).await, 404);
    assert_eq!(status("/media/nothing/file", &hers).await, 404);
    let elsewhere = program.get(src, &[("cookie", &hers), ("sec-fetch-site", "cross-site")]).await;
    assert_eq!(elsewhere.status.as_u16(), 403, "a page of another site");
    let app = &school.app;
    app.db.write(async |tx| entitlement::revoke(app, tx, Source::Staff, "g-1").await).await?;
    assert_eq!(status(src, &hers).await, 403, "given back a moment ago");
    Ok(())
});

on_both!(a_link_lives_six_hours, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let film = film(&program).await?;
    let src = played(&program, &film, &stranger(), 0).await?.src;
    program.school.after(minutes(359));
    assert_eq!(program.get(&src, &[]).await.status.as_u16(), 200);
    program.school.after(minutes(1));
    assert_eq!(program.get(&src, &[]).await.status.as_u16(), 403);
    let anew = program.get(&format!("/en/learn/films/{}/source", film.lessons[0]), &[]).await;
    let said: serde_json::Value = serde_json::from_slice(&anew.body).expect("JSON");
    let src = said["src"].as_str().expect("an address");
    assert_eq!(program.get(src, &[]).await.status.as_u16(), 200, "signed anew");
    let captions = said["captions"].as_object().and_then(|all| all.values().next()?.as_str()).expect("an address");
    assert_eq!(program.get(captions, &[]).await.status.as_u16(), 200, "and with its captions");
    let locked = program.get(&format!("/en/learn/films/{}/source", film.lessons[1]), &[]).await;
    assert_eq!(locked.status.as_u16(), 403);
    Ok(())
});
