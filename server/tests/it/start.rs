//! Starting: what is refused, and how it is told.

use crate::process::{answered, folder, run, told};

#[test]
fn every_wrong_setting_is_told_at_once_and_nothing_is_begun() {
    let folder = folder();
    let wrong = [
        ("LECTERN_ENV", "holidays"),
        ("LECTERN_LISTEN", "somewhere"),
        ("LECTERN_PUBLIC_URL", "lectern.example/"),
        ("LECTERN_DATABASE_URL", "mysql://db"),
        ("LECTERN_LIMITS", "perhaps"),
        ("LECTERN_SECRET", "short"),
        ("LECTERN_TRUSTED_PROXIES", "10.0.0.1, the-proxy"),
        ("LECTERN_REFUND_LIMIT", "much"),
        ("LECTERN_GATEWAY_URL", "ftp://bank"),
        ("LECTERN_STORAGE_URL", "s3://bucket"),
        ("LECTERN_LOG", "lectern=loud"),
        ("LECTERN_SMTP_URL", "mail:25"),
        ("LECTERN_MAIL_FROM", "nobody"),
        ("LECTERN_METRICS_TOKEN_FILE", "/no/such/file"),
    ];
    let output = run(folder.path(), &["serve"], &wrong);
    assert_eq!(output.status.code(), Some(1));
    let said = told(&output);
    for (name, _) in wrong {
        assert!(said.contains(name), "{name} is missing in: {said}");
    }
    assert!(!said.contains("short"), "a secret is not printed: {said}");
    assert!(!folder.path().join("data").exists());
}

#[test]
fn production_refuses_what_is_only_good_for_trying_out() {
    let folder = folder();
    let settings = [
        ("LECTERN_ENV", "production"),
        ("LECTERN_LIMITS", "off"),
        ("LECTERN_TEST_CLOCK", "2026-01-05T09:00:00Z"),
        ("LECTERN_GATEWAY_URL", "http://127.0.0.1:3900"),
        ("LECTERN_GATEWAY", "on"),
    ];
    let output = run(folder.path(), &["serve"], &settings);
    assert_eq!(output.status.code(), Some(1));
    let said = told(&output);
    for name in [
        "LECTERN_SECRET",
        "LECTERN_LIMITS",
        "LECTERN_PUBLIC_URL",
        "LECTERN_TEST_CLOCK",
        "LECTERN_GATEWAY_URL",
        "LECTERN_GATEWAY:",
    ] {
        assert!(said.contains(name), "{name} is missing in: {said}");
    }
    let gateway = run(folder.path(), &["gateway"], &PRODUCTION);
    assert_eq!(gateway.status.code(), Some(1));
    assert!(told(&gateway).contains("does not run in production"), "{}", told(&gateway));
}

/// What production needs, and no more.
const PRODUCTION: [(&str, &str); 3] = [
    ("LECTERN_ENV", "production"),
    ("LECTERN_SECRET", "a secret that is long enough"),
    ("LECTERN_PUBLIC_URL", "https://lectern.example"),
];

#[test]
fn production_does_not_load_people_whose_password_everybody_knows() {
    let output = run(folder().path(), &["demo"], &PRODUCTION);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("not loaded in production"), "{}", told(&output));
}

#[test]
fn a_setting_may_stand_in_a_file_and_the_environment_is_stronger() {
    let folder = folder();
    std::fs::write(folder.path().join("lectern.toml"), "limits = \"perhaps\"\nlog = \"warn\"\nlisen = \"127.0.0.1:80\"\n")
        .unwrap();
    let said = told(&run(folder.path(), &["migrate"], &[]));
    assert!(said.contains("LECTERN_LIMITS") && said.contains("lisen: there is no such setting"), "{said}");
    std::fs::write(folder.path().join("lectern.toml"), "limits = \"perhaps\"\nlog = \"warn\"\n").unwrap();
    let output = run(folder.path(), &["migrate"], &[("LECTERN_LIMITS", "off")]);
    assert!(output.status.success(), "{}", told(&output));
    assert!(folder.path().join("data/lectern.db").exists());
}

#[test]
fn a_database_that_is_not_there_is_told_in_one_line() {
    let output = run(folder().path(), &["serve"], &[("LECTERN_DATABASE_URL", "postgres://lectern:s3cret@127.0.0.1:9/lectern")]);
    assert_eq!(output.status.code(), Some(1));
    let said = told(&output);
    let line = said.lines().last().unwrap_or_default();
    assert!(line.starts_with("lectern: ") && line.contains("database"), "{said}");
    assert!(!said.contains("s3cret") && !said.contains("panicked"), "{said}");
}

#[test]
fn what_cannot_be_understood_is_a_mistake_of_usage_and_help_explains() {
    let folder = folder();
    for mistaken in [&["dance"][..], &[], &["serve", "--lisen", "x"], &["recommend", "top", "t.csv"], &["user", "role", "x"]] {
        assert_eq!(run(folder.path(), mistaken, &[]).status.code(), Some(2), "{mistaken:?}");
    }
    let help = run(folder.path(), &["--help"], &[]);
    assert_eq!(help.status.code(), Some(0));
    for command in ["serve", "work", "user", "privacy", "demo", "migrate", "audit", "gateway", "recommend", "doctor"] {
        assert!(answered(&help).contains(command), "{command}");
        assert_eq!(run(folder.path(), &[command, "--help"], &[]).status.code(), Some(0), "{command}");
    }
}
