//! What an operator types: people, demo content, the worker, the doctor, the audit.

use crate::process::{Running, answered, folder, run, run_with, stranger, tell_to_stop, told};
use std::path::Path;
use std::time::{Duration, Instant};
use store::{Db, Settings, sql};

async fn database(folder: &Path) -> Db {
    Db::open(&format!("sqlite://{}", folder.join("data/lectern.db").display()), Settings::default()).await.unwrap()
}

/// How much there is of everything.
async fn counts(db: &Db) -> Vec<i64> {
    let mut conn = db.read().await.unwrap();
    let mut counts = Vec::new();
    for sql in [
        sql!("SELECT COUNT(*) AS n FROM accounts"),
        sql!("SELECT COUNT(*) AS n FROM courses"),
        sql!("SELECT COUNT(*) AS n FROM media"),
        sql!("SELECT COUNT(*) AS n FROM events"),
    ] {
        counts.push(conn.query(sql).one(|row| row.get::<i64>("n")).await.unwrap());
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_content_is_loaded_once_and_its_books_hold() {
    let folder = folder();
    let first = run(folder.path(), &["demo"], &[]);
    assert!(first.status.success(), "{}", told(&first));
    let db = database(folder.path()).await;
    let before = counts(&db).await;
    assert!(before[0] >= 300 && before[1] >= 40, "{before:?}");

    let second = run(folder.path(), &["demo"], &[]);
    assert!(second.status.success(), "{}", told(&second));
    assert!(told(&second).contains("here already"));
    assert_eq!(counts(&db).await, before);

    let audit = run(folder.path(), &["audit", "--json"], &[]);
    assert_eq!(audit.status.code(), Some(0), "{}", answered(&audit));
    let rows: serde_json::Value = serde_json::from_slice(&audit.stdout).unwrap();
    let rows = rows.as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(row["holds"], true, "{row}");
        assert!(row["id"].is_string() && row["offending"].is_array(), "{row}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_added_by_hand_signs_in_and_their_role_opens_what_it_should() {
    let program = Running::serve(folder(), &[], &[]).await;
    let folder = program.folder.path();
    let add = ["user", "add", "--email", "kay@example.com", "--name", "Kay", "--password-stdin"];
    let short = run_with(folder, &add, "short\n");
    assert_eq!(short.status.code(), Some(1));
    assert!(told(&short).starts_with("lectern: password: "), "{}", told(&short));
    let added = run_with(folder, &add, "the moon is not made of cheese\n");
    assert_eq!(added.status.code(), Some(0), "{}", told(&added));
    let again = run_with(folder, &add, "the moon is not made of cheese\n");
    assert_eq!(again.status.code(), Some(1));
    assert!(told(&again).starts_with("lectern: email: "), "{}", told(&again));

    let fields = [("form", "login"), ("email", "kay@example.com"), ("password", "the moon is not made of cheese")];
    let kay = stranger();
    assert_eq!(program.post(&kay, "/en/login", &fields).await.status(), 303);
    assert_eq!(kay.get(program.url("/en/admin/orders")).send().await.unwrap().status(), 403);

    let unknown = run(folder, &["user", "role", "nobody@example.com", "admin"], &[]);
    assert_eq!((unknown.status.code(), told(&unknown).trim()), (Some(1), "lectern: nobody has this address"));
    let odd = run(folder, &["user", "role", "kay@example.com", "emperor"], &[]);
    assert_eq!(odd.status.code(), Some(1));
    let role = run(folder, &["user", "role", "kay@example.com", "admin"], &[]);
    assert_eq!(role.status.code(), Some(0), "{}", told(&role));
    assert_eq!(kay.get(program.url("/en/admin/orders")).send().await.unwrap().status(), 303, "the old session ended");
    let kay = stranger();
    assert_eq!(program.post(&kay, "/en/login", &fields).await.status(), 303);
    assert_eq!(kay.get(program.url("/en/admin/orders")).send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_finds_people_keeps_them_out_and_lets_them_in_again() {
    let program = Running::serve(folder(), &[], &[]).await;
    let folder = program.folder.path();
    for (email, name, role) in [("kay@example.com", "Kay", "admin"), ("lee@example.com", "Lee", "learner")] {
        let add = ["user", "add", "--email", email, "--name", name, "--role", role, "--password-stdin"];
        let added = run_with(folder, &add, "the moon is not made of cheese\n");
        assert_eq!(added.status.code(), Some(0), "{}", told(&added));
    }
    let fields = [("form", "login"), ("email", "lee@example.com"), ("password", "the moon is not made of cheese")];
    let lee = stranger();
    assert_eq!(program.post(&lee, "/en/login", &fields).await.status(), 303);
    let suspended = run(folder, &["user", "suspend", "lee@example.com", "--reason", "a card that is not theirs"], &[]);
    assert_eq!(suspended.status.code(), Some(0), "{}", told(&suspended));
    assert_eq!(lee.get(program.url("/en/me/orders")).send().await.unwrap().status(), 303, "they are out");
    assert_eq!(program.post(&stranger(), "/en/login", &fields).await.status(), 422);
    let listed = run(folder, &["user", "list", "--state", "suspended"], &[]);
    assert!(answered(&listed).starts_with("lee@example.com\tLee\tlearner\tsuspended\t"), "{}", answered(&listed));
    assert_eq!(answered(&listed).lines().count(), 1);
    assert_eq!(run(folder, &["user", "list", "--role", "emperor"], &[]).status.code(), Some(1));
    let restored = run(folder, &["user", "restore", "lee@example.com"], &[]);
    assert_eq!(restored.status.code(), Some(0), "{}", told(&restored));
    assert_eq!(program.post(&stranger(), "/en/login", &fields).await.status(), 303);
    let codes = run(folder, &["user", "second-off", "lee@example.com"], &[]);
    assert_eq!((codes.status.code(), told(&codes).trim()), (Some(1), "lectern: codes are not asked for at this account"));
    for last in [["user", "role", "kay@example.com", "learner"].as_slice(), &["user", "suspend", "kay@example.com"]] {
        let refused = run(folder, last, &[]);
        assert_eq!(
            (refused.status.code(), told(&refused).trim()),
            (Some(1), "lectern: at least one administrator has to be left")
        );
    }
}

#[test]
fn gd_2_who_has_come_back_with_a_backup_is_forgotten_again_by_one_command() {
    let folder = folder();
    let folder = folder.path();
    for (email, name) in [("kay@example.com", "Kay"), ("lee@example.com", "Lee")] {
        let add = ["user", "add", "--email", email, "--name", name, "--password-stdin"];
        let added = run_with(folder, &add, "the moon is not made of cheese\n");
        assert_eq!(added.status.code(), Some(0), "{}", told(&added));
    }
    let listed = run(folder, &["user", "list", "--find", "kay@example.com"], &[]);
    let id = answered(&listed).trim().rsplit('\t').next().unwrap_or_default().to_owned();
    let line = format!("{{\"account\":\"{id}\",\"at\":1772413200000,\"keeps_reviews\":false}}\n");

    std::fs::write(folder.join("mistaken.txt"), format!("{line}kay\n")).unwrap();
    let mistaken = run(folder, &["privacy", "reapply", "mistaken.txt"], &[]);
    assert_eq!(mistaken.status.code(), Some(1));
    assert!(told(&mistaken).starts_with("lectern: mistaken.txt: line 2: "), "{}", told(&mistaken));
    assert_eq!(run(folder, &["doctor"], &[]).status.code(), Some(0));

    // the note that the worker made beside the files before the database was put back
    std::fs::create_dir_all(folder.join("data/media/erasures")).unwrap();
    std::fs::write(folder.join("data/media/erasures").join(&id), line.trim()).unwrap();
    let ill = run(folder, &["doctor"], &[]);
    assert_eq!(ill.status.code(), Some(1));
    assert!(answered(&ill).contains("lectern privacy reapply"), "{}", answered(&ill));
    let again = run(folder, &["privacy", "reapply"], &[]);
    assert_eq!(again.status.code(), Some(0), "{}", told(&again));
    assert!(told(&again).contains("1 forgotten again, 0 were gone already"), "{}", told(&again));
    let people = answered(&run(folder, &["user", "list"], &[]));
    assert!(!people.contains("kay@example.com") && people.contains("lee@example.com"), "{people}");
    assert_eq!(run(folder, &["doctor"], &[]).status.code(), Some(0));

    let kept = run(folder, &["privacy", "list"], &[]);
    assert_eq!(answered(&kept), line);
    std::fs::write(folder.join("kept.txt"), answered(&kept)).unwrap();
    let twice = run(folder, &["privacy", "reapply", "kept.txt"], &[]);
    assert!(told(&twice).contains("0 forgotten again, 1 were gone already"), "{}", told(&twice));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_served_here_and_letters_written_by_a_worker_elsewhere() {
    let program = Running::serve(folder(), &["--no-work"], &[]).await;
    let fields =
        [("form", "register"), ("name", "Kay"), ("email", "kay@example.com"), ("password", "the moon is not made of cheese")];
    assert_eq!(program.post(&stranger(), "/en/register", &fields).await.status(), 303);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let letters = program.folder.path().join("data/mail");
    let arrived = || std::fs::read_dir(&letters).map(Iterator::count).unwrap_or_default();
    assert_eq!(arrived(), 0, "nobody works here");

    let mut worker = Running::work(&program);
    let begun = Instant::now();
    while arrived() == 0 {
        assert!(begun.elapsed() < Duration::from_secs(30), "no letter came");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tell_to_stop(&worker);
    assert!(worker.wait().unwrap().success());
    assert_eq!(arrived(), 1, "one welcome");
}

#[test]
fn the_doctor_finds_a_schema_that_is_missing_and_says_how_to_mend_it() {
    let folder = folder();
    let ill = run(folder.path(), &["doctor"], &[]);
    assert_eq!(ill.status.code(), Some(1));
    assert!(answered(&ill).contains("lectern migrate"), "{}", answered(&ill));
    assert!(run(folder.path(), &["migrate"], &[]).status.success());
    let well = run(folder.path(), &["doctor"], &[]);
    assert_eq!(well.status.code(), Some(0), "{}", answered(&well));
    for part in ["configuration", "database", "storage", "mail", "payments"] {
        assert!(answered(&well).contains(part), "{part}: {}", answered(&well));
    }
    assert!(!answered(&well).contains("broken"), "{}", answered(&well));
}

#[test]
fn the_doctor_tells_which_servers_are_away_and_no_password() {
    let settings = [
        ("LECTERN_DATABASE_URL", "postgres://lectern:s3cret@127.0.0.1:9/lectern"),
        ("LECTERN_SMTP_URL", "smtp://lectern:s3cret-too@127.0.0.1:9"),
        ("LECTERN_GATEWAY_URL", "http://127.0.0.1:9"),
    ];
    let output = run(folder().path(), &["doctor"], &settings);
    assert_eq!((output.status.code(), told(&output).trim()), (Some(1), "lectern: 3 parts are broken"));
    let report = answered(&output);
    assert!(report.contains("postgres://lectern:***@127.0.0.1:9/lectern"), "{report}");
    assert!(!report.contains("s3cret"), "{report}");
    assert_eq!(report.matches("to mend: ").count(), 3, "{report}");
}
