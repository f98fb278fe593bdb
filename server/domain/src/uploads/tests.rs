//! Stories of uploads.

use super::*;
use crate::app::Ports;
use crate::ports::{Files, Outage, Scanner, Verdict};
use crate::testing::School;
use crate::{App, Error, Member, Result, audit_trail, media};
use futures::future::BoxFuture;
use model::media::MediaKind;
use model::time::{days, minutes};
use model::{Fault, Problem, Refusal};
use std::sync::{Arc, Mutex};
use store::on_both;

fn new(bytes: u64) -> NewUpload {
    NewUpload {
        name: "第一课.pdf".into(),
        content_type: "application/pdf".into(),
        purpose: Purpose::Lesson,
        bytes,
        metadata: String::new(),
    }
}

fn is_wrong<T>(outcome: &Result<T>, problem: &Problem) -> bool {
    matches!(outcome, Err(Error::Fault(Fault::Invalid(errors))) if errors.iter().any(|error| error.field == "file" && error.problem == *problem))
}

const PDF: &[u8] = b"%PDF-1.7\nsomething to read\n%%EOF";

on_both!(an_interrupted_upload_goes_on_where_it_stopped, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let upload = begin(app, &ada, &new(PDF.len() as u64)).await?;
    {
        let mut first = receive(app, &busy, &ada, &upload.id, 0).await?;
        first.write(app, &PDF[..10]).await?;
        first.count(app).await?;
        // written, and the connection broke before it was counted
        first.write(app, b"garbage").await?;
        let second = receive(app, &busy, &ada, &upload.id, 10).await;
        assert!(matches!(second, Err(Error::Fault(Fault::Conflict(Refusal::InProgress)))));
    }
    assert_eq!(status(app, &ada, &upload.id).await?.received, 10);
    let wrong_place = receive(app, &busy, &ada, &upload.id, 17).await;
    assert!(matches!(wrong_place, Err(Error::Fault(Fault::Conflict(Refusal::ChangedMeanwhile)))));
    let mut rest = receive(app, &busy, &ada, &upload.id, 10).await?;
    rest.write(app, &PDF[10..]).await?;
    rest.count(app).await?;
    let complete = rest.upload.clone();
    assert!(matches!(finish(app, &busy, &ada, &complete).await, Err(Error::Fault(Fault::Conflict(Refusal::InProgress)))));
    drop(rest);
    let done = finish(app, &busy, &ada, &complete).await?;
    let again = finish(app, &busy, &ada, &status(app, &ada, &upload.id).await?).await?;
    assert_eq!(done, again);
    assert_eq!(done.url, None);
    let mut conn = app.db.read().await?;
    let file = media::find(&mut conn, &done.media).await?.expect("the file");
    assert_eq!((file.kind, file.name.as_str(), file.content_type.as_str()), (MediaKind::Pdf, "第一课.pdf", "application/pdf"));
    assert_eq!(app.ports.files.read(&file.file_key, 0, 1_000).await.map_err(Error::bug)?, PDF);
    Ok(())
});

on_both!(bytes_decide_and_what_is_not_taken_is_thrown_away, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let script = b"<html><script>alert(1)</script></html>";
    let upload = begin(app, &ada, &new(script.len() as u64)).await?;
    let mut receiving = receive(app, &busy, &ada, &upload.id, 0).await?;
    receiving.write(app, script).await?;
    receiving.count(app).await?;
    let complete = receiving.upload.clone();
    drop(receiving);
    assert!(is_wrong(&finish(app, &busy, &ada, &complete).await, &Problem::WrongKindOfFile));
    assert!(matches!(status(app, &ada, &upload.id).await, Err(Error::Fault(Fault::NotFound))));
    assert!(app.ports.files.size(&upload.key()).await.is_err());
    let mut conn = app.db.read().await?;
    assert!(media::library(&mut conn, &ada.id, 0, 10).await?.is_empty());
    Ok(())
});

on_both!(an_upload_keeps_to_its_limits, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let hundred = 100 * 1024 * 1024;
    assert!(is_wrong(&begin(app, &ada, &new(hundred + 1)).await, &Problem::TooLarge { max_bytes: hundred }));
    assert!(is_wrong(&begin(app, &ada, &new(0)).await, &Problem::Required));
    let svg = NewUpload { content_type: "image/svg+xml".into(), ..new(100) };
    assert!(is_wrong(&begin(app, &ada, &svg).await, &Problem::WrongKindOfFile));
    assert!(matches!(begin(app, &school.grace(), &new(10)).await, Err(Error::Fault(Fault::Forbidden))));
    let upload = begin(app, &ada, &new(4)).await?;
    let mut receiving = receive(app, &busy, &ada, &upload.id, 0).await?;
    assert!(is_wrong(&receiving.write(app, b"%PDF-").await, &Problem::TooLarge { max_bytes: 4 }));
    for _ in 1..20 {
        begin(app, &ada, &new(4)).await?;
    }
    assert!(matches!(begin(app, &ada, &new(4)).await, Err(Error::Fault(Fault::Conflict(Refusal::Authoring(_))))));
    Ok(())
});

on_both!(twenty_closed_tabs_keep_nobody_from_uploading_and_what_is_still_coming_stays, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let mut left = Vec::new();
    for _ in 0..20 {
        left.push(begin(app, &ada, &new(20)).await?);
    }
    school.after(minutes(20));
    let mut coming = receive(app, &busy, &ada, &left[0].id, 0).await?;
    coming.write(app, b"%PDF-").await?;
    coming.count(app).await?;
    begin(app, &ada, &new(20)).await?;
    assert_eq!(status(app, &ada, &left[0].id).await?.received, 5);
    assert!(matches!(status(app, &ada, &left[1].id).await, Err(Error::Fault(Fault::NotFound))));
    assert!(status(app, &ada, &left[2].id).await.is_ok());
    Ok(())
});

/// A complete upload of these bytes that nobody has finished.
async fn complete(app: &App, owner: &Member, busy: &Busy, bytes: &[u8]) -> Result<Upload> {
    let upload = begin(app, owner, &new(bytes.len() as u64)).await?;
    let mut receiving = receive(app, busy, owner, &upload.id, 0).await?;
    receiving.write(app, bytes).await?;
    receiving.count(app).await?;
    Ok(receiving.upload.clone())
}

on_both!(finishing_that_stopped_after_the_bytes_were_moved_goes_on, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let upload = complete(app, &ada, &busy, PDF).await?;
    // as far as a process came before it was killed
    app.ports.files.rename(&upload.key(), &upload.library_key()).await.map_err(Error::bug)?;
    let done = finish(app, &busy, &ada, &upload).await?;
    let mut conn = app.db.read().await?;
    let file = media::find(&mut conn, &done.media).await?.expect("the file");
    assert_eq!(app.ports.files.read(&file.file_key, 0, 1_000).await.map_err(Error::bug)?, PDF);
    Ok(())
});

on_both!(finishing_twice_at_the_same_moment_makes_one_file_of_the_library, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let upload = complete(app, &ada, &busy, PDF).await?;
    let all = futures::future::join_all((0..4).map(|_| finish(app, &busy, &ada, &upload))).await;
    assert!(all.iter().any(Result::is_ok));
    for outcome in &all {
        assert!(matches!(outcome, Ok(_) | Err(Error::Fault(Fault::Conflict(Refusal::InProgress)))), "{outcome:?}");
    }
    let mut conn = app.db.read().await?;
    assert_eq!(media::library(&mut conn, &ada.id, 0, 10).await?.len(), 1);
    Ok(())
});

on_both!(what_was_never_finished_leaves_no_bytes_behind, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let upload = complete(app, &ada, &busy, PDF).await?;
    app.ports.files.rename(&upload.key(), &upload.library_key()).await.map_err(Error::bug)?;
    school.after(days(3));
    assert_eq!(sweep(app).await?, 1);
    assert!(app.ports.files.size(&upload.library_key()).await.is_err());
    Ok(())
});

on_both!(an_upload_belongs_to_who_began_it_and_ends_by_itself, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let upload = begin(app, &ada, &new(10)).await?;
    for stranger in [school.grace(), school.sam()] {
        assert!(matches!(status(app, &stranger, &upload.id).await, Err(Error::Fault(Fault::NotFound))));
        assert!(receive(app, &busy, &stranger, &upload.id, 0).await.is_err());
        assert!(cancel(app, &busy, &stranger, &upload.id).await.is_err());
    }
    let mut receiving = receive(app, &busy, &ada, &upload.id, 0).await?;
    receiving.write(app, b"%PDF-").await?;
    receiving.count(app).await?;
    drop(receiving);
    assert_eq!(sweep(app).await?, 0);
    school.after(days(3));
    assert!(matches!(status(app, &ada, &upload.id).await, Err(Error::Fault(Fault::NotFound))));
    assert_eq!(sweep(app).await?, 1);
    assert!(app.ports.files.size(&upload.key()).await.is_err());
    let given_up = begin(app, &ada, &new(10)).await?;
    cancel(app, &busy, &ada, &given_up.id).await?;
    assert!(matches!(cancel(app, &busy, &ada, &given_up.id).await, Err(Error::Fault(Fault::NotFound))));
    Ok(())
});

on_both!(an_upload_that_gets_a_little_further_every_day_does_not_end, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let upload = begin(app, &ada, &new(PDF.len() as u64)).await?;
    for (day, byte) in PDF.chunks(1).take(5).enumerate() {
        let mut receiving = receive(app, &busy, &ada, &upload.id, day as u64).await?;
        receiving.write(app, byte).await?;
        receiving.count(app).await?;
        drop(receiving);
        school.after(days(1));
    }
    assert_eq!(status(app, &ada, &upload.id).await?.received, 5);
    assert_eq!(sweep(app).await?, 0);
    school.after(days(2));
    assert_eq!(sweep(app).await?, 1);
    Ok(())
});

on_both!(what_is_being_written_is_neither_given_up_nor_in_the_way, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let upload = begin(app, &ada, &new(20)).await?;
    let mut coming = receive(app, &busy, &ada, &upload.id, 0).await?;
    let in_the_way = cancel(app, &busy, &ada, &upload.id).await;
    assert!(matches!(in_the_way, Err(Error::Fault(Fault::Conflict(Refusal::InProgress)))));
    for _ in 1..20 {
        begin(app, &ada, &new(20)).await?;
    }
    // a body with a checksum counts only at its end
    for byte in PDF.chunks(1).take(4) {
        school.after(minutes(10));
        coming.write(app, byte).await?;
    }
    begin(app, &ada, &new(20)).await?;
    coming.count(app).await?;
    drop(coming);
    assert_eq!(status(app, &ada, &upload.id).await?.received, 4);
    cancel(app, &busy, &ada, &upload.id).await?;
    assert!(app.ports.files.size(&upload.key()).await.is_err());
    Ok(())
});

on_both!(pictures_are_drawn_a_few_at_a_time, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada, busy) = (&school.app, school.ada(), Busy::default());
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(16, 9).write_to(&mut bytes, image::ImageFormat::Png).map_err(Error::bug)?;
    let upload = complete(app, &ada, &busy, &bytes.into_inner()).await?;
    let turns = picture::TURNS.acquire_many(2).await.map_err(Error::bug)?;
    let mut finishing = std::pin::pin!(finish(app, &busy, &ada, &upload));
    assert!(tokio::time::timeout(std::time::Duration::from_millis(300), &mut finishing).await.is_err());
    drop(turns);
    assert!(finishing.await?.url.is_some());
    Ok(())
});

on_both!(sec_u5_one_person_keeps_no_more_than_their_library_holds, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let quota = 50 * 1024 * 1024 * 1024;
    let film = media::NewMedia {
        id: app.new_id(),
        owner: ada.id.clone(),
        kind: MediaKind::Video,
        name: "film.mp4".into(),
        content_type: "video/mp4".into(),
        bytes: quota - 10,
        seconds: 60,
        width: 640,
        height: 360,
        file_key: "library/film".into(),
        poster_key: None,
        digest: String::new(),
    };
    app.db.write(async |tx| media::add(tx, &film, app.now()).await).await?;
    let full = Refusal::Authoring(model::authoring::Refusal::NoRoom);
    let refused = begin(app, &ada, &new(11)).await;
    assert!(matches!(&refused, Err(Error::Fault(Fault::Conflict(why))) if *why == full), "{refused:?}");
    begin(app, &ada, &new(10)).await?;
    // what is on its way counts as well
    assert!(begin(app, &ada, &new(1)).await.is_err());
    Ok(())
});

/// Somebody who looks into files and says this of each; none: they are away.
struct Guard(Mutex<Option<Verdict>>);

impl Guard {
    fn says(&self, verdict: Option<Verdict>) {
        *self.0.lock().expect("what they say") = verdict;
    }
}

impl Scanner for Guard {
    fn look_at<'a>(&'a self, _files: &'a dyn Files, _key: &'a str) -> BoxFuture<'a, Result<Verdict, Outage>> {
        let said = self.0.lock().expect("what they say").clone();
        Box::pin(async move { said.ok_or_else(|| Outage("away".into())) })
    }
}

fn guarded(app: &App, guard: &Arc<Guard>) -> App {
    let ports = Ports { scanner: Some(guard.clone()), ..(*app.ports).clone() };
    App { ports: Arc::new(ports), ..app.clone() }
}

fn is_being_checked<T>(outcome: &Result<T>) -> bool {
    let waits = Refusal::Authoring(model::authoring::Refusal::BeingChecked);
    matches!(outcome, Err(Error::Fault(Fault::Conflict(refusal))) if *refusal == waits)
}

on_both!(sec_u5_what_is_uploaded_waits_while_nobody_can_look_into_it, async |db| -> Result<()> {
    let school = School::open(db).await;
    let guard = Arc::new(Guard(Mutex::new(None)));
    let (app, ada, busy) = (&guarded(&school.app, &guard), school.ada(), Busy::default());
    let upload = complete(app, &ada, &busy, PDF).await?;
    assert!(is_being_checked(&finish(app, &busy, &ada, &upload).await));
    assert!(status(app, &ada, &upload.id).await?.is_complete(), "it need not be sent again");
    guard.says(Some(Verdict::Clean));
    assert!(finish(app, &busy, &ada, &upload).await.is_ok());

    guard.says(None);
    let left = complete(app, &ada, &busy, PDF).await?;
    assert!(is_being_checked(&finish(app, &busy, &ada, &left).await));
    school.after(minutes(7));
    assert!(finish_waiting(app).await?);
    assert_eq!(status(app, &ada, &left.id).await?.media, None, "still nobody is there");
    assert!(!finish_waiting(app).await?, "and it is not asked again at once");
    guard.says(Some(Verdict::Clean));
    school.after(minutes(7));
    assert!(finish_waiting(app).await?);
    assert!(status(app, &ada, &left.id).await?.media.is_some(), "its owner did not have to come back");
    assert!(!finish_waiting(app).await?);

    let lost = complete(app, &ada, &busy, PDF).await?;
    app.ports.files.remove(&lost.key()).await.map_err(Error::bug)?;
    school.after(minutes(7));
    assert!(finish_waiting(app).await?, "that was one");
    assert!(status(app, &ada, &lost.id).await.is_err(), "of which nothing is left to look into");
    assert!(!finish_waiting(app).await?);
    Ok(())
});

on_both!(sec_u5_what_is_infected_is_thrown_away_and_written_down, async |db| -> Result<()> {
    let school = School::open(db).await;
    let guard = Arc::new(Guard(Mutex::new(Some(Verdict::Infected("Eicar-Test-Signature".into())))));
    let (app, ada, busy) = (&guarded(&school.app, &guard), school.ada(), Busy::default());
    let upload = complete(app, &ada, &busy, PDF).await?;
    assert!(is_wrong(&finish(app, &busy, &ada, &upload).await, &Problem::Infected));
    assert!(matches!(status(app, &ada, &upload.id).await, Err(Error::Fault(Fault::NotFound))));
    assert!(app.ports.files.size(&upload.key()).await.is_err());
    let mut conn = app.db.read().await?;
    assert!(media::library(&mut conn, &ada.id, 0, 10).await?.is_empty());
    let done = audit_trail::of(&mut conn, &[upload.id.to_string()]).await?;
    assert_eq!((done.len(), done[0].action.as_str(), done[0].detail.as_str()), (1, "upload.infected", "Eicar-Test-Signature"));
    drop(conn);
    guard.says(Some(Verdict::TooLong));
    let long = complete(app, &ada, &busy, PDF).await?;
    assert!(is_wrong(&finish(app, &busy, &ada, &long).await, &Problem::NotScannable));
    Ok(())
});
