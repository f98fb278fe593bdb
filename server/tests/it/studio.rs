//! The studio over HTTP: a course made with plain forms, and what a script that saves in the background is answered.

use crate::program::{Answer, Program};
use axum::http::Method;
use domain::Error;
use store::{Db, on_both};

/// Ada at her desk.
struct Desk<'p> {
    program: &'p Program,
    cookie: String,
}

impl<'p> Desk<'p> {
    async fn of(program: &'p Program) -> Self {
        Self { cookie: program.cookie(&program.school.ada()).await, program }
    }
    async fn get(&self, path: &str) -> String {
        let answer = self.program.get(path, &[("cookie", &self.cookie)]).await;
        String::from_utf8_lossy(&answer.body).into_owned()
    }
    async fn post(&self, path: &str, accept: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("accept", accept),
        ];
        self.program.ask(Method::POST, path, &headers, body.join("&").into()).await
    }
    async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(path, "text/html", fields).await
    }
    /// What autosave hears.
    async fn save(&self, path: &str, version: &str, body: &str) -> (u16, serde_json::Value) {
        let fields = [("form", "lesson"), ("version", version), ("title", "What a note is for"), ("body", body)];
        let answer = self.post(path, "application/json", &fields).await;
        (answer.status.as_u16(), serde_json::from_slice(&answer.body).expect("JSON"))
    }
}

on_both!(autosave_answers_a_script_and_two_tabs_lose_nothing, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Desk::of(&program).await;
    let lesson = format!("/en/studio/courses/{}/lessons/{}", program.school.notes(), program.school.notes_lessons()[0]);
    let (status, said) = ada.save(&lesson, "1", "In the first tab.").await;
    assert_eq!((status, said["version"].as_str()), (200, Some("2")));
    assert!(said["saved_at"].as_str().is_some_and(|at| at.ends_with('Z')));
    let (status, said) = ada.save(&lesson, "1", "In the second tab.").await;
    assert_eq!((status, said["version"].as_str()), (409, Some("2")));
    assert_eq!(said["fields"]["body"], "In the first tab.");
    let (status, said) = ada.save(&lesson, "x", "Words").await;
    assert_eq!(status, 422);
    assert!(said["errors"]["version"].is_string());
    let plain = [("form", "lesson"), ("version", "1"), ("title", "What a note is for"), ("body", "In the third.")];
    let plain = ada.send(&lesson, &plain).await;
    assert_eq!(plain.status.as_u16(), 409);
    let page = String::from_utf8_lossy(&plain.body).into_owned();
    assert!(page.contains("In the third.") && page.contains("In the first tab."), "both texts are on the page");
    assert!(page.contains("name=\"version\" value=\"2\""), "sent again, it is kept");
    Ok(())
});

on_both!(a_conflict_names_every_field_of_the_lesson_so_that_no_change_is_taken_for_saved, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Desk::of(&program).await;
    let lesson = format!("/en/studio/courses/{}/lessons/{}", program.school.notes(), program.school.notes_lessons()[0]);
    let (status, _) = ada.save(&lesson, "1", "The same in both tabs.").await;
    assert_eq!(status, 200);
    // only the box was ticked in the second tab
    let ticked = [
        ("form", "lesson"),
        ("version", "1"),
        ("title", "What a note is for"),
        ("body", "The same in both tabs."),
        ("preview", "on"),
    ];
    let answer = ada.post(&lesson, "application/json", &ticked).await;
    let said: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(answer.status.as_u16(), 409);
    assert_eq!(said["fields"]["preview"], "");
    assert_eq!(said["fields"]["minutes"], "");
    Ok(())
});

on_both!(the_longest_lesson_that_may_be_written_can_be_saved, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Desk::of(&program).await;
    let lesson = format!("/en/studio/courses/{}/lessons/{}", program.school.notes(), program.school.notes_lessons()[0]);
    // 讲, as a form writes it
    let longest = "%E8%AE%B2".repeat(200_000);
    let (status, said) = ada.save(&lesson, "1", &longest).await;
    assert_eq!((status, said["version"].as_str()), (200, Some("2")));
    let (status, said) = ada.save(&lesson, "2", &format!("{longest}x")).await;
    assert_eq!(status, 422, "{said}");
    let answer = ada.post(&lesson, "application/json", &[("body", &"x".repeat(4 * 1024 * 1024))]).await;
    assert_eq!(answer.status.as_u16(), 413);
    Ok(())
});

on_both!(the_outline_is_ordered_by_a_script_and_refused_when_it_is_stale, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Desk::of(&program).await;
    let outline = format!("/zh/studio/courses/{}/outline", program.school.notes());
    let page = ada.get(&outline).await;
    let ids: Vec<&str> = page.split("data-sort-item=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let order = [("chapter", ids[0]), ("lesson", ids[2]), ("lesson", ids[1])];
    assert_eq!(ada.post(&outline, "application/json", &order).await.status.as_u16(), 200);
    let page = ada.get(&outline).await;
    assert!(page.find(ids[2]) < page.find(ids[1]));
    assert_eq!(ada.post(&outline, "application/json", &order[..2]).await.status.as_u16(), 409);
    let up = [("form", "move"), ("lesson", ids[1]), ("move", "up")];
    assert_eq!(ada.send(&outline, &up).await.status.as_u16(), 303);
    let page = ada.get(&outline).await;
    assert!(page.find(ids[1]) < page.find(ids[2]));
    Ok(())
});

on_both!(ada_makes_a_course_with_plain_forms_and_it_is_in_the_catalog, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Desk::of(&program).await;
    let begun = ada.send("/en/studio/courses/new", &[("title", "Sums by hand"), ("kind", "course"), ("language", "en")]).await;
    let outline = begun.header("location").to_owned();
    let course = outline.strip_suffix("/outline").expect("the outline").to_owned();
    let early = ada.send(&format!("{course}/settings"), &[("form", "publish")]).await;
    assert_eq!(early.status.as_u16(), 422);
    let page = ada.get(&outline).await;
    let chapter = page.split("data-sort-item=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a chapter");
    let lesson = [("form", "add_lesson"), ("chapter", chapter), ("title", "Carrying"), ("kind", "text")];
    let added = ada.send(&outline, &lesson).await;
    let lesson = added.header("location").to_owned();
    let words = [("form", "lesson"), ("version", "1"), ("title", "Carrying"), ("body", "Carry the *one*.")];
    assert_eq!(ada.send(&lesson, &words).await.status.as_u16(), 303);
    let landing = [
        ("form", "landing"),
        ("version", "1"),
        ("title", "Sums by hand"),
        ("promise", "Add without fear"),
        ("topic", "data"),
        ("level", "beginner"),
    ];
    assert_eq!(ada.send(&format!("{course}/landing"), &landing).await.status.as_u16(), 303);
    assert_eq!(ada.send(&format!("{course}/pricing"), &[("form", "price"), ("price", "0.5")]).await.status.as_u16(), 422);
    assert_eq!(ada.send(&format!("{course}/pricing"), &[("form", "price"), ("price", "99")]).await.status.as_u16(), 303);
    let published = ada.send(&format!("{course}/settings"), &[("form", "publish")]).await;
    assert!(published.header("location").ends_with("done=published"));
    let catalog = program.get("/en/courses", &[]).await;
    assert!(String::from_utf8_lossy(&catalog.body).contains("Sums by hand"));
    for room in ["outline", "landing", "pricing", "settings", "preview"] {
        assert!(ada.get(&format!("{course}/{room}")).await.contains("Sums by hand"), "{room}");
    }
    Ok(())
});
