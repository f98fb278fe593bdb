//! The database goes away and comes back.

use crate::harness::header;
use crate::process::{Running, folder, stranger};
use std::sync::Arc;
use store::testing::Cluster;
use store::{Db, Settings};
use tokio::sync::Notify;

const GRACE: [(&str, &str); 4] =
    [("form", "register"), ("name", "Grace"), ("email", "grace@example.com"), ("password", "the moon is not made of cheese")];

/// The page says so in the asker's language, says when to come again, and not a word of the machinery.
async fn says_so(program: &Running, path: &str, title: &str) {
    let answer = program.get(path).await;
    assert_eq!(answer.status(), 503, "{path}");
    assert!(header(&answer, "retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{path}");
    assert!(header(&answer, "content-type").starts_with("text/html"), "{path}");
    let html = answer.text().await.unwrap();
    assert!(html.contains(title), "{path}: {html}");
    for word in ["postgres", "sqlx", "sqlite", "socket"] {
        assert!(!html.to_lowercase().contains(word), "{path} says {word}: {html}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_server_is_away_people_are_told_so_and_nothing_needs_a_restart() {
    let mut cluster = Cluster::start().unwrap();
    let program = Running::serve(folder(), &[], &[("LECTERN_DATABASE_URL", &cluster.url)]).await;
    let grace = stranger();
    assert_eq!(program.post(&grace, "/en/register", &GRACE).await.status(), 303);
    assert_eq!(grace.get(program.url("/en/settings/profile")).send().await.unwrap().status(), 200);
    assert_eq!(program.get("/readyz").await.status(), 200);
    assert_eq!(program.get("/en/courses").await.status(), 200);

    cluster.stop().unwrap();
    assert_eq!(program.get("/readyz").await.status(), 503);
    assert_eq!(program.get("/healthz").await.status(), 200, "the process itself is well");
    says_so(&program, "/en/search?q=anything", "We are catching our breath").await;
    says_so(&program, "/zh/search?q=anything", "现在有点忙不过来").await;
    assert_eq!(grace.get(program.url("/en/settings/profile")).send().await.unwrap().status(), 503, "with a session too");
    let kay = [GRACE[0], ("name", "Kay"), ("email", "kay@example.com"), GRACE[3]];
    let refused = program.post(&stranger(), "/en/register", &kay).await;
    assert_eq!(refused.status(), 503);
    let html = refused.text().await.unwrap();
    assert!(html.contains("value=\"kay@example.com\""), "what was typed is still there: {html}");

    cluster.start_again().unwrap();
    program.until("/readyz", 200).await;
    assert_eq!(program.get("/en/search?q=anything").await.status(), 200);
    assert_eq!(grace.get(program.url("/en/settings/profile")).send().await.unwrap().status(), 200, "still signed in");
    assert_eq!(program.post(&stranger(), "/en/register", &kay).await.status(), 303);
    assert!(!program.log().contains("panicked"), "{}", program.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn while_another_program_keeps_the_file_locked_reading_goes_on_and_writing_is_told_to_wait() {
    let program = Running::serve(folder(), &[], &[]).await;
    let file = program.folder.path().join("data/lectern.db");
    let other = Db::open(&format!("sqlite://{}", file.display()), Settings::default()).await.unwrap();
    let (held, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let holding = tokio::spawn({
        let (held, release) = (held.clone(), release.clone());
        async move {
            let hold = async |_: &mut store::Tx| {
                held.notify_one();
                release.notified().await;
                Ok::<_, store::Error>(())
            };
            other.write(hold).await
        }
    });
    held.notified().await;
    assert_eq!(program.get("/en/courses").await.status(), 200);
    let refused = program.post(&stranger(), "/en/register", &GRACE).await;
    assert_eq!(refused.status(), 503);
    assert!(refused.text().await.unwrap().contains("value=\"grace@example.com\""), "what was typed is still there");
    release.notify_one();
    holding.await.unwrap().unwrap();
    assert_eq!(program.post(&stranger(), "/en/register", &GRACE).await.status(), 303);
}

/// Moves the database with what belongs to it; letters are written beside it all the while.
fn moved(from: &std::path::Path, to: &std::path::Path) {
    for name in ["lectern.db-wal", "lectern.db-shm", "lectern.db"] {
        std::fs::rename(from.join(name), to.join(name)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_moved_away_is_not_replaced_by_an_empty_school_and_is_used_again_when_it_is_back() {
    let program = Running::serve(folder(), &[], &[]).await;
    let grace = stranger();
    assert_eq!(program.post(&grace, "/en/register", &GRACE).await.status(), 303);
    let (here, elsewhere) = (program.folder.path().join("data"), program.folder.path().join("elsewhere"));
    std::fs::create_dir(&elsewhere).unwrap();
    moved(&here, &elsewhere);
    // so many at once that connections are opened; those that were open go on with the file they have
    let asked = (0..16).map(|_| grace.get(program.url("/en/settings/profile")).send());
    for answer in futures::future::join_all(asked).await {
        let status = answer.unwrap().status().as_u16();
        assert!([200, 503].contains(&status), "{status}: {}", program.log());
    }
    assert!(!here.join("lectern.db").exists());
    moved(&elsewhere, &here);
    program.until("/readyz", 200).await;
    assert_eq!(grace.get(program.url("/en/settings/profile")).send().await.unwrap().status(), 200);
}
