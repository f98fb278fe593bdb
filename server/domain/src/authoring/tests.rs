//! Stories of the studio.

use super::*;
use crate::events::Happening;
use crate::testing::School;
use crate::uploads;
use crate::{Error, Member, Result, catalog};
use model::Fault;
use model::authoring::{DraftState, EditAddress, EditLanding, EditLesson, EditPrice, Need, NewCourse, Order, Refusal, Room};
use model::catalog::LessonKind;
use model::ids::{CourseId, LessonId, MediaId};
use model::media::SendCaptions;
use std::collections::BTreeMap;
use store::on_both;

fn is_refused<T>(outcome: &Result<T>, refusal: &model::Refusal) -> bool {
    matches!(outcome, Err(Error::Fault(Fault::Conflict(reason))) if reason == refusal)
}

fn is_not_found<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(Error::Fault(Fault::NotFound)))
}

fn is_wrong_at<T>(outcome: &Result<T>, field: &str) -> bool {
    matches!(outcome, Err(Error::Fault(Fault::Invalid(errors))) if errors.iter().any(|error| error.field == field))
}

fn new_course() -> NewCourse {
    NewCourse { title: "Sums by hand".into(), kind: "course".into(), language: "en".into() }
}

async fn begun(school: &School) -> Result<Author> {
    begin(&school.app, &school.ada(), new_course(), "Chapter one").await
}

fn landing(room: &Room) -> EditLanding {
    EditLanding {
        version: room.draft.version.to_string(),
        title: "Sums by hand".into(),
        promise: "Add without fear".into(),
        about: "# Why\n\nBecause.".into(),
        topic: "data".into(),
        level: "beginner".into(),
        tags: "numbers, paper".into(),
        learn: "Carry\nBorrow".into(),
        ..EditLanding::default()
    }
}

fn text(version: i64, body: &str) -> EditLesson {
    EditLesson { version: version.to_string(), title: "Carrying".into(), body: body.into(), ..EditLesson::default() }
}

/// A course that can be published, with its one lesson.
async fn ready(school: &School) -> Result<(Author, LessonId)> {
    let author = begun(school).await?;
    let app = &school.app;
    let start = room(app, &author).await?;
    save_landing(app, &author, landing(&start)).await?;
    save_price(app, &author, EditPrice { price: "99".into(), compare: "129".into() }).await?;
    let lesson = add_lesson(app, &author, &start.chapters[0].id, "Carrying", "text").await?;
    save_lesson(app, &author, &lesson, text(1, "Carry the **one**.")).await?;
    Ok((author, lesson))
}

async fn live(school: &School, course: &CourseId) -> Result<catalog::Edition> {
    let mut conn = school.app.db.read().await?;
    Ok(catalog::whole(&mut conn, course).await?.expect("an edition"))
}

async fn picture(school: &School, owner: &Member) -> Result<MediaId> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(16, 9, image::Rgb([40, 80, 120]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .map_err(Error::bug)?;
    upload(school, owner, "cover.png", uploads::Purpose::Image, &bytes.into_inner()).await
}

async fn upload(school: &School, owner: &Member, name: &str, purpose: uploads::Purpose, bytes: &[u8]) -> Result<MediaId> {
    let app = &school.app;
    let new = uploads::NewUpload {
        name: name.into(),
        content_type: String::new(),
        purpose,
        bytes: bytes.len() as u64,
        metadata: String::new(),
    };
    let begun = uploads::begin(app, owner, &new).await?;
    let busy = uploads::Busy::default();
    let mut receiving = uploads::receive(app, &busy, owner, &begun.id, 0).await?;
    receiving.write(app, bytes).await?;
    receiving.count(app).await?;
    let complete = receiving.upload.clone();
    drop(receiving);
    Ok(uploads::finish(app, &busy, owner, &complete).await?.media)
}

on_both!(a_course_goes_from_a_title_into_the_catalog, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let before = room(&school.app, &author).await?;
    assert!(before.is_ready());
    publish(&school.app, &author).await?;
    publish(&school.app, &author).await?;
    assert_eq!(
        school.announced(Happening::CoursePublished).await.last().map(|event| event.subject.clone()),
        Some(author.course().to_string())
    );
    let edition = live(&school, author.course()).await?;
    assert_eq!((edition.price.minor(), edition.compare.map(|compare| compare.minor())), (9_900, Some(12_900)));
    assert_eq!(edition.tags, ["numbers", "paper"]);
    assert_eq!(edition.learn, ["Carry", "Borrow"]);
    assert!(edition.about.as_str().contains("<h2>Why</h2>"));
    let shown = &edition.chapters[0].lessons[0];
    assert_eq!((shown.id.clone(), shown.kind), (lesson, LessonKind::Text));
    assert!(shown.body.as_str().contains("<strong>one</strong>"));
    assert_eq!(room(&school.app, &author).await?.draft.state, DraftState::Published);
    Ok(())
});

on_both!(a_course_published_twice_at_the_same_moment_is_published_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, _) = ready(&school).await?;
    futures::future::try_join_all((0..4).map(|_| publish(&school.app, &author))).await?;
    let id = author.course().to_string();
    assert_eq!(school.announced(Happening::CoursePublished).await.iter().filter(|event| event.subject == id).count(), 1);
    assert_eq!(live(&school, author.course()).await?.chapters[0].lessons.len(), 1);
    Ok(())
});

on_both!(a_lesson_saved_while_its_course_is_published_is_in_the_edition_or_waits_for_the_next, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let app = &school.app;
    publish(app, &author).await?;
    for round in 2..10 {
        save_lesson(app, &author, &lesson, text(round * 2 - 2, "Something new.")).await?;
        let body = format!("Carry the {round}.");
        let (published, saved) =
            futures::future::join(publish(app, &author), save_lesson(app, &author, &lesson, text(round * 2 - 1, &body))).await;
        published?;
        saved?;
        let shown = live(&school, author.course()).await?.chapters[0].lessons[0].body.as_str().contains(&body);
        let state = room(app, &author).await?.draft.state;
        assert_eq!(state, if shown { DraftState::Published } else { DraftState::Changed }, "round {round}");
    }
    Ok(())
});

on_both!(learners_see_an_edit_only_after_it_is_published_and_keep_their_lesson, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let app = &school.app;
    publish(app, &author).await?;
    save_lesson(app, &author, &lesson, text(2, "Carry the two.")).await?;
    save_price(app, &author, EditPrice { price: "0".into(), compare: String::new() }).await?;
    assert_eq!(room(app, &author).await?.draft.state, DraftState::Changed);
    assert!(live(&school, author.course()).await?.chapters[0].lessons[0].body.as_str().contains("one"));
    publish(app, &author).await?;
    let edition = live(&school, author.course()).await?;
    assert_eq!(edition.chapters[0].lessons[0].id, lesson);
    assert!(edition.chapters[0].lessons[0].body.as_str().contains("two"));
    assert!(edition.price.is_zero());
    assert_eq!(school.announced(Happening::CourseChanged).await.len(), 1);
    Ok(())
});

on_both!(a_draft_with_something_missing_is_not_published_and_every_gap_is_named, async |db| -> Result<()> {
    let school = School::open(db).await;
    let author = begun(&school).await?;
    let refused = publish(&school.app, &author).await;
    for need in [Need::Promise, Need::Topic, Need::Lesson, Need::Price] {
        assert!(is_wrong_at(&refused, need.as_str()), "{need}");
    }
    let (author, _) = ready(&school).await?;
    let chapter = room(&school.app, &author).await?.chapters[0].id.clone();
    let empty = add_lesson(&school.app, &author, &chapter, "A film", "video").await?;
    assert!(is_wrong_at(&publish(&school.app, &author).await, "content"));
    let checks = room(&school.app, &author).await?.checks;
    assert_eq!(checks.iter().find(|check| !check.met).and_then(|check| check.lesson.clone()), Some(empty));
    let mut conn = school.app.db.read().await?;
    assert!(catalog::whole(&mut conn, author.course()).await?.is_none());
    Ok(())
});

on_both!(unlisting_takes_a_course_out_and_publishing_brings_it_back, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, _) = ready(&school).await?;
    unpublish(&school.app, &author).await?;
    assert_eq!(room(&school.app, &author).await?.draft.state, DraftState::Draft);
    publish(&school.app, &author).await?;
    unpublish(&school.app, &author).await?;
    unpublish(&school.app, &author).await?;
    assert_eq!(school.announced(Happening::CourseUnlisted).await.len(), 1);
    assert_eq!(room(&school.app, &author).await?.draft.state, DraftState::Unlisted);
    publish(&school.app, &author).await?;
    let slug = room(&school.app, &author).await?.draft.slug;
    let mut conn = school.app.db.read().await?;
    assert!(catalog::course(&mut conn, &slug).await?.expect("the course").listed);
    Ok(())
});

on_both!(two_tabs_with_the_same_lesson_lose_neither_text, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let app = &school.app;
    let saved = save_lesson(app, &author, &lesson, text(2, "Written in the first tab.")).await?;
    assert_eq!(saved.version, 3);
    let late = save_lesson(app, &author, &lesson, text(2, "Written in the second tab.")).await;
    assert!(is_refused(&late, &model::Refusal::ChangedMeanwhile));
    let kept = lesson_room(app, &author, &lesson).await?.lesson;
    assert_eq!((kept.body.as_str(), kept.version), ("Written in the first tab.", 3));
    save_lesson(app, &author, &lesson, text(3, "Both, merged.")).await?;
    assert_eq!(lesson_room(app, &author, &lesson).await?.lesson.body, "Both, merged.");
    Ok(())
});

on_both!(a_lesson_saved_with_mistakes_stays_as_it_was, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let app = &school.app;
    assert!(is_wrong_at(&save_lesson(app, &author, &lesson, EditLesson { title: " ".into(), ..text(2, "x") }).await, "title"));
    assert!(is_wrong_at(&save_lesson(app, &author, &lesson, text(2, "a\u{0}b")).await, "body"));
    assert!(is_wrong_at(
        &save_lesson(app, &author, &lesson, EditLesson { version: "x".into(), ..text(2, "x") }).await,
        "version"
    ));
    assert!(is_not_found(&save_lesson(app, &author, &"nobody".parse().expect("an id"), text(2, "x")).await));
    assert_eq!(lesson_room(app, &author, &lesson).await?.lesson.version, 2);
    Ok(())
});

on_both!(landing_fields_saved_twice_from_one_version_are_refused_the_second_time, async |db| -> Result<()> {
    let school = School::open(db).await;
    let author = begun(&school).await?;
    let start = room(&school.app, &author).await?;
    save_landing(&school.app, &author, landing(&start)).await?;
    assert!(is_refused(&save_landing(&school.app, &author, landing(&start)).await, &model::Refusal::ChangedMeanwhile));
    let next = room(&school.app, &author).await?;
    let unknown = EditLanding { topic: "no-such-topic".into(), ..landing(&next) };
    assert!(is_wrong_at(&save_landing(&school.app, &author, unknown).await, "topic"));
    Ok(())
});

on_both!(nobody_works_on_somebody_else_s_course, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    for stranger in [school.grace(), school.sam(), school.lin()] {
        assert!(matches!(open(&school.app, &stranger, author.course()).await, Err(Error::Fault(Fault::Forbidden))));
        assert!(matches!(begin(&school.app, &stranger, new_course(), "One").await, Err(Error::Fault(Fault::Forbidden))));
        assert!(matches!(courses(&school.app, &stranger).await, Err(Error::Fault(Fault::Forbidden))));
    }
    assert!(is_not_found(&open(&school.app, &school.ada(), &"no-such-course".parse().expect("an id")).await));
    let other = begun(&school).await?;
    assert!(is_not_found(&save_lesson(&school.app, &other, &lesson, text(2, "x")).await), "a lesson of another course");
    assert!(is_not_found(&remove(&school.app, &other, &Item::Lesson(lesson)).await));
    Ok(())
});

on_both!(the_whole_outline_is_put_in_order_at_once_or_not_at_all, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, first) = ready(&school).await?;
    let app = &school.app;
    let one = room(app, &author).await?.chapters[0].id.clone();
    let two = add_chapter(app, &author, "Chapter two").await?;
    let second = add_lesson(app, &author, &one, "Borrowing", "text").await?;
    let order = Order(vec![(two.clone(), vec![second.clone()]), (one.clone(), vec![first.clone()])]);
    put_in_order(app, &author, &order).await?;
    put_in_order(app, &author, &order).await?;
    let ids = |room: &Room| {
        room.chapters
            .iter()
            .map(|c| (c.id.clone(), c.lessons.iter().map(|l| l.id.clone()).collect()))
            .collect::<Vec<(_, Vec<_>)>>()
    };
    assert_eq!(ids(&room(app, &author).await?), order.0);
    let stale = Order(vec![(one.clone(), vec![first.clone()])]);
    assert!(is_refused(&put_in_order(app, &author, &stale).await, &model::Refusal::ChangedMeanwhile));
    assert_eq!(ids(&room(app, &author).await?), order.0);
    shift(app, &author, &Item::Lesson(second.clone()), false).await?;
    assert_eq!(ids(&room(app, &author).await?), [(two, vec![]), (one, vec![second, first])]);
    Ok(())
});

on_both!(a_chapter_goes_only_when_it_is_empty, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let app = &school.app;
    let chapter = room(app, &author).await?.chapters[0].id.clone();
    rename(app, &author, &Item::Chapter(chapter.clone()), "Numbers").await?;
    assert!(is_wrong_at(&rename(app, &author, &Item::Chapter(chapter.clone()), "  ").await, "title"));
    let full = remove(app, &author, &Item::Chapter(chapter.clone())).await;
    assert!(is_refused(&full, &model::Refusal::Authoring(Refusal::ChapterHasLessons)));
    remove(app, &author, &Item::Lesson(lesson.clone())).await?;
    assert!(is_not_found(&remove(app, &author, &Item::Lesson(lesson)).await));
    remove(app, &author, &Item::Chapter(chapter)).await?;
    assert!(room(app, &author).await?.chapters.is_empty());
    Ok(())
});

on_both!(an_address_belongs_to_one_course, async |db| -> Result<()> {
    let school = School::open(db).await;
    let author = begun(&school).await?;
    let address = |slug: &str| EditAddress { slug: slug.into(), kind: "course".into(), language: "en".into() };
    assert!(is_wrong_at(&save_address(&school.app, &author, address("notes")).await, "slug"));
    save_address(&school.app, &author, address("sums")).await?;
    let other = begun(&school).await?;
    assert!(is_wrong_at(&save_address(&school.app, &other, address("sums")).await, "slug"));
    Ok(())
});

on_both!(a_course_of_the_catalog_gets_its_draft_when_its_instructor_comes, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let cards = courses(app, &school.ada()).await?;
    assert_eq!(cards.len(), 2);
    assert_eq!(courses(app, &school.ada()).await?.len(), 2);
    let author = open(app, &school.ada(), &school.notes()).await?;
    let notes = room(app, &author).await?;
    assert_eq!(notes.draft.state, DraftState::Published);
    assert_eq!(notes.chapters[0].lessons[0].id, school.notes_lessons()[0]);
    let lesson = lesson_room(app, &author, &school.notes_lessons()[0]).await?.lesson;
    assert_eq!(lesson.body, "<p>Read this slowly.</p>");
    save_lesson(app, &author, &lesson.id, text(lesson.version, "Read this *twice*.")).await?;
    publish(app, &author).await?;
    let edition = live(&school, &school.notes()).await?;
    assert!(edition.chapters[0].lessons[0].body.as_str().contains("<em>twice</em>"));
    assert_eq!(edition.chapters[0].lessons.len(), 2);
    Ok(())
});

on_both!(seeding_keeps_the_markdown_and_never_overwrites, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let edition = live(&school, &school.notes()).await?;
    let bodies = BTreeMap::from([(school.notes_lessons()[0].clone(), "# A note".to_owned())]);
    let wanted = Seed { edition: &edition, about: "About *notes*", bodies: &bodies };
    app.db.write(async |tx| seed(app, tx, wanted).await).await?;
    let author = open(app, &school.ada(), &school.notes()).await?;
    let lesson = lesson_room(app, &author, &school.notes_lessons()[0]).await?.lesson;
    assert_eq!(lesson.body, "# A note");
    save_lesson(app, &author, &lesson.id, text(1, "Mine")).await?;
    app.db.write(async |tx| seed(app, tx, wanted).await).await?;
    assert_eq!(lesson_room(app, &author, &lesson.id).await?.lesson.body, "Mine");
    assert_eq!(room(app, &author).await?.draft.about, "About *notes*");
    Ok(())
});

on_both!(a_file_gives_a_lesson_its_kind_and_its_length, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let app = &school.app;
    let pdf = upload(&school, &school.ada(), "sheet.pdf", uploads::Purpose::Lesson, b"%PDF-1.7\n%%EOF").await?;
    attach(app, &author, &lesson, &pdf).await?;
    let room = lesson_room(app, &author, &lesson).await?;
    assert_eq!(room.lesson.kind, LessonKind::Pdf);
    assert_eq!(room.file.map(|(item, _)| item.name), Some("sheet.pdf".into()));
    let in_use = remove_file(app, &school.ada(), &pdf).await;
    assert!(is_refused(&in_use, &model::Refusal::Authoring(Refusal::FileInUse)));
    detach(app, &author, &lesson).await?;
    remove_file(app, &school.ada(), &pdf).await?;
    assert!(is_not_found(&remove_file(app, &school.ada(), &pdf).await));
    assert!(is_not_found(&attach(app, &author, &lesson, &pdf).await));
    assert_eq!(lesson_room(app, &author, &lesson).await?.lesson.kind, LessonKind::Text);
    Ok(())
});

on_both!(a_cover_is_a_picture_of_one_s_own_and_shows_on_the_card, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, _) = ready(&school).await?;
    let app = &school.app;
    let cover = picture(&school, &school.ada()).await?;
    let pdf = upload(&school, &school.ada(), "sheet.pdf", uploads::Purpose::Lesson, b"%PDF-1.7\n%%EOF").await?;
    assert!(is_wrong_at(&set_cover(app, &author, Some(&pdf)).await, "file"));
    set_cover(app, &author, Some(&cover)).await?;
    publish(app, &author).await?;
    let slug = room(app, &author).await?.draft.slug;
    let mut conn = app.db.read().await?;
    let card = catalog::course(&mut conn, &slug).await?.expect("the course").card;
    assert_eq!(card.cover, Some(format!("/media/{cover}/file")));
    drop(conn);
    assert!(is_refused(&remove_file(app, &school.ada(), &cover).await, &model::Refusal::Authoring(Refusal::FileInUse)));
    Ok(())
});

on_both!(captions_are_kept_per_language_and_only_as_webvtt, async |db| -> Result<()> {
    let school = School::open(db).await;
    let app = &school.app;
    let ada = school.ada();
    let sound = upload(&school, &ada, "a.mp3", uploads::Purpose::Lesson, b"ID3\x04\0\0\0\0\0\0sound").await?;
    let sent = |lang: &str, captions: &str, captions_file: &str| SendCaptions {
        lang: lang.into(),
        captions: captions.into(),
        captions_file: captions_file.into(),
    };
    let vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello";
    add_captions(app, &ada, &sound, &sent("en", vtt, "")).await?;
    add_captions(app, &ada, &sound, &sent("en", "what stood in the field", vtt)).await?;
    add_captions(app, &ada, &sound, &sent("zh", vtt, "")).await?;
    assert!(is_wrong_at(&add_captions(app, &ada, &sound, &sent("fr", vtt, "")).await, "lang"));
    assert!(is_wrong_at(&add_captions(app, &ada, &sound, &sent("en", "Hello", "")).await, "captions"));
    assert!(is_wrong_at(&add_captions(app, &ada, &sound, &sent("en", vtt, "Hello")).await, "captions_file"));
    let others = add_captions(app, &school.grace(), &sound, &sent("en", vtt, "")).await;
    assert!(matches!(others, Err(Error::Fault(Fault::Forbidden))));
    remove_captions(app, &ada, &sound, "zh").await?;
    assert_eq!(library(app, &ada, 1).await?.items[0].captions, [model::Lang::En]);
    Ok(())
});

on_both!(only_the_author_sees_the_preview, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let shown = preview(&school.app, &author, Some(&lesson)).await?;
    assert!(shown.lesson.is_some_and(|lesson| lesson.body.as_str().contains("<strong>one</strong>")));
    assert!(is_not_found(&preview(&school.app, &author, Some(&"other".parse().expect("an id"))).await));
    assert!(is_wrong_at(
        &save_price(&school.app, &author, EditPrice { price: "0.5".into(), compare: String::new() }).await,
        "price"
    ));
    Ok(())
});

/// A FLAC recording of so many samples, 44,100 a second; 0: it does not say.
fn recording(samples: u64) -> Vec<u8> {
    let mut bytes = b"fLaC\0\0\0\x22\0\0\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend(((44_100u64 << 44) | (1 << 41) | (15 << 36) | samples).to_be_bytes());
    bytes.resize(80, 0);
    bytes
}

on_both!(a_recording_is_published_with_its_length_and_not_without_one, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, _) = ready(&school).await?;
    let app = &school.app;
    let chapter = room(app, &author).await?.chapters[0].id.clone();
    let talk = add_lesson(app, &author, &chapter, "A talk", "audio").await?;
    let endless = upload(&school, &school.ada(), "talk.flac", uploads::Purpose::Lesson, &recording(0)).await?;
    attach(app, &author, &talk, &endless).await?;
    assert!(is_wrong_at(&publish(app, &author).await, "length"));
    let whole = upload(&school, &school.ada(), "talk.flac", uploads::Purpose::Lesson, &recording(441_000)).await?;
    attach(app, &author, &talk, &whole).await?;
    publish(app, &author).await?;
    assert_eq!(live(&school, author.course()).await?.chapters[0].lessons[1].seconds, 10);
    Ok(())
});

on_both!(a_picture_in_what_a_course_says_of_itself_is_not_thrown_away, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, _) = ready(&school).await?;
    let (app, ada) = (&school.app, school.ada());
    let shown = picture(&school, &ada).await?;
    let said = format!("![A page](/media/{shown}/file)");
    let about = |room: &Room, about: &str| EditLanding { about: about.into(), ..landing(room) };
    save_landing(app, &author, about(&room(app, &author).await?, &said)).await?;
    let in_use = model::Refusal::Authoring(model::authoring::Refusal::FileInUse);
    assert!(is_refused(&remove_file(app, &ada, &shown).await, &in_use));
    publish(app, &author).await?;
    save_landing(app, &author, about(&room(app, &author).await?, "Nothing to see.")).await?;
    assert!(is_refused(&remove_file(app, &ada, &shown).await, &in_use));
    Ok(())
});

on_both!(a_file_older_than_five_hundred_others_is_still_in_its_lesson_and_in_the_library, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (author, lesson) = ready(&school).await?;
    let (app, ada) = (&school.app, school.ada());
    let sheet = upload(&school, &ada, "sheet.pdf", uploads::Purpose::Lesson, b"%PDF-1.7\n%%EOF").await?;
    attach(app, &author, &lesson, &sheet).await?;
    school.after(model::time::minutes(1));
    let copy = |id: MediaId| crate::media::NewMedia {
        owner: ada.id.clone(),
        kind: model::media::MediaKind::Pdf,
        name: "copy.pdf".into(),
        content_type: "application/pdf".into(),
        bytes: 10,
        seconds: 0,
        width: 0,
        height: 0,
        file_key: format!("library/{id}"),
        poster_key: None,
        digest: String::new(),
        id,
    };
    app.db
        .write(async |tx| {
            for _ in 0..500 {
                crate::media::add(tx, &copy(app.new_id()), app.now()).await?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    let file = lesson_room(app, &author, &lesson).await?.file;
    assert_eq!(file.map(|(item, _)| item.id), Some(sheet.clone()));
    let last = library(app, &ada, 99).await?;
    assert_eq!((last.number, last.total), (11, 501));
    assert_eq!(last.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>(), [sheet]);
    Ok(())
});
