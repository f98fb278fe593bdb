//! Stories of one's own data.

mod going;
mod schema;

use super::{ask_archive, data, download, make_archive, tidy_archives};
use crate::testing::School;
use crate::{Error, Result, feed, notifications};
use model::Fault;
use model::Lang;
use model::feed::Why;
use model::privacy::{AnswerConsent, Archive, ChooseFeedUse, Purpose, Refusal};
use model::time::{days, hours};
use std::io::{Cursor, Read};
use store::{Db, on_both};

/// Lets the worker make what was asked for, and write its letters.
async fn work(school: &School) -> Result<()> {
    while make_archive(&school.app).await? {}
    school.catch_up(notifications::FOLLOWER).await;
    while notifications::deliver(&school.app).await? {}
    Ok(())
}

fn is_refused(outcome: &Result<()>, why: Refusal) -> bool {
    matches!(outcome, Err(Error::Fault(Fault::Conflict(model::Refusal::Privacy(found)))) if *found == why)
}

/// The archive's files by name.
async fn opened(school: &School, who: &crate::Member) -> Result<Vec<(String, String)>> {
    let Archive::Ready { id, bytes, .. } = data(&school.app, who).await? else { return Err(Error::bug("no archive")) };
    let file = download(&school.app, &school.visit(who), &id.parse().map_err(Error::bug)?).await?;
    assert_eq!(file.bytes, bytes);
    let whole = usize::try_from(bytes).map_err(Error::bug)?;
    let read = school.app.ports.files.read(&file.key, 0, whole).await.map_err(Error::bug)?;
    assert_eq!(read.len(), whole, "all of it was stored");
    let mut zip = zip::ZipArchive::new(Cursor::new(read)).map_err(Error::bug)?;
    let mut files = Vec::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).map_err(Error::bug)?;
        let mut text = Vec::new();
        entry.read_to_end(&mut text).map_err(Error::bug)?;
        let name = entry.name().map_err(Error::bug)?.into_owned();
        files.push((name, String::from_utf8_lossy(&text).into_owned()));
    }
    Ok(files)
}

on_both!(gd_1_everything_about_a_person_is_in_one_file_and_nothing_about_others, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    ask_archive(app, &school.visit(&grace)).await?;
    assert!(matches!(data(app, &grace).await?, Archive::Making { .. }));
    work(&school).await?;
    let files = opened(&school, &grace).await?;
    let named = |name: &str| files.iter().find(|(found, _)| found == name).map(|(_, text)| text.clone()).unwrap_or_default();
    let profile: serde_json::Value = serde_json::from_str(&named("data/profile.json")).map_err(Error::bug)?;
    assert_eq!(profile[0]["email"], "grace@lectern.example");
    assert!(named("data/consents.json").contains("\"terms\""), "{}", named("data/consents.json"));
    assert!(named("index.html").contains("Grace Hopper"));
    for (name, text) in &files {
        for other in ["lin@lectern.example", "ada@lectern.example", "林经理"] {
            assert!(!text.contains(other), "{name} tells of {other}");
        }
        assert!(!text.contains("$argon2"), "{name} holds a secret");
    }
    assert!(school.letters().iter().any(|letter| letter.text.contains("/en/settings/data")));
    Ok(())
});

on_both!(gd_1_files_of_one_s_own_are_in_it_as_they_are, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let new = crate::media::NewMedia {
        id: app.new_id(),
        owner: ada.id.clone(),
        kind: model::media::MediaKind::Pdf,
        name: "../a sheet.pdf".into(),
        content_type: "application/pdf".into(),
        bytes: 5,
        seconds: 0,
        width: 0,
        height: 0,
        file_key: "library/sheet".into(),
        poster_key: None,
        digest: String::new(),
    };
    app.ports.files.write("library/sheet", 0, b"%PDF-".to_vec()).await.map_err(Error::bug)?;
    app.db.write(async |tx| crate::media::add(tx, &new, app.now()).await).await?;
    ask_archive(app, &school.visit(&ada)).await?;
    work(&school).await?;
    let files = opened(&school, &ada).await?;
    let sheet = files.iter().find(|(name, _)| name.starts_with("files/")).expect("the file is there");
    assert_eq!(sheet.1, "%PDF-");
    assert!(!sheet.0.contains("..") && sheet.0.matches('/').count() == 1, "{}", sheet.0);
    Ok(())
});

on_both!(gd_1_an_archive_is_for_one_person_and_for_seven_days_and_one_a_day, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    assert_eq!(data(app, &grace).await?, Archive::Nothing);
    let stale = crate::Visitor { proven_at: None, ..school.visit(&grace) };
    assert!(matches!(ask_archive(app, &stale).await, Err(Error::Fault(Fault::Confirm))), "who asks shows who they are");
    ask_archive(app, &school.visit(&grace)).await?;
    assert!(is_refused(&ask_archive(app, &school.visit(&grace)).await, Refusal::ArchiveToday));
    work(&school).await?;
    assert!(is_refused(&ask_archive(app, &school.visit(&grace)).await, Refusal::ArchiveToday));
    let Archive::Ready { id, .. } = data(app, &grace).await? else { panic!("it is not ready") };
    let id = id.parse().map_err(Error::bug)?;
    let others = download(app, &school.visit(&school.lin()), &id).await;
    assert!(matches!(others, Err(Error::Fault(Fault::NotFound))));
    school.after(days(7));
    school.after(hours(1));
    assert!(matches!(download(app, &school.visit(&grace), &id).await, Err(Error::Fault(Fault::NotFound))));
    assert!(matches!(data(app, &grace).await?, Archive::Over { .. }));
    tidy_archives(app).await?;
    assert!(app.ports.files.size(&format!("archives/{id}")).await.is_err(), "its file is gone");
    ask_archive(app, &school.visit(&grace)).await?;
    Ok(())
});

on_both!(gd_3_suggestions_are_the_same_for_all_once_that_is_wished_and_say_so, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    feed::viewed(app, &grace, &school.notes()).await?;
    let before = feed::feed(app, &grace, Lang::En, None).await?;
    assert!(before.personal && !before.fresh);
    let answer = |answer: &str| AnswerConsent { purpose: "personal".into(), answer: answer.into() };
    crate::accounts::answer(app, &grace, Lang::En, &answer("no")).await?;
    let after = feed::feed(app, &grace, Lang::En, None).await?;
    assert!(!after.personal && after.fresh);
    let of_all = |why: &Why| matches!(why, Why::Popular | Why::PopularInTopic { .. } | Why::New);
    assert!(after.items.iter().flat_map(|item| &item.reasons).all(|reason| of_all(&reason.why)));
    let looks = school.announced(crate::events::Happening::CourseViewed).await.len();
    feed::viewed(app, &grace, &school.engines()).await?;
    assert_eq!(school.announced(crate::events::Happening::CourseViewed).await.len(), looks, "nothing is noted any more");
    crate::accounts::answer(app, &grace, Lang::En, &answer("yes")).await?;
    assert!(feed::feed(app, &grace, Lang::En, None).await?.personal);
    let page = crate::accounts::privacy(app, &grace).await?;
    let answers: Vec<_> = page.history.iter().filter(|answer| answer.purpose == Purpose::Personal).map(|a| a.given).collect();
    assert_eq!(answers, [true, false], "what was said stays said");
    Ok(())
});

on_both!(what_suggestions_may_use_is_chosen_and_their_history_is_cleared, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    feed::viewed(app, &grace, &school.notes()).await?;
    feed::dismiss(app, &grace, &school.engines()).await?;
    feed::forget(app, &grace).await?;
    let cleared = feed::feed(app, &grace, Lang::En, None).await?;
    assert!(cleared.fresh && cleared.personal);
    assert_eq!(cleared.items.len(), 2, "what was hidden is shown again");
    feed::viewed(app, &grace, &school.notes()).await?;
    let only = ChooseFeedUse { used: vec!["studied".into(), "interests".into()] };
    crate::accounts::choose_feed_use(app, &grace, &only).await?;
    assert!(feed::feed(app, &grace, Lang::En, None).await?.fresh, "looks are not used");
    Ok(())
});

on_both!(gd_3_who_never_agreed_to_the_texts_is_asked, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    assert!(!crate::accounts::asks_again(app, &grace.id).await?);
    let somebody = school.learner("somebody").await;
    assert!(crate::accounts::asks_again(app, &somebody.id).await?);
    crate::accounts::agree_again(app, &somebody, Lang::En).await?;
    assert!(!crate::accounts::asks_again(app, &somebody.id).await?);
    Ok(())
});
