//! `lectern recommend` over files: the formats that outside programs read.

use crate::process::{answered, folder, run, told};
use std::fmt::Write;
use std::path::Path;

/// Two circles of ten people, each with six items of their own in the order of time; the last one of everybody is held back.
fn write_files(folder: &Path) {
    let header = "user,item,value,timestamp\n";
    let (mut train, mut test, mut items) = (header.to_owned(), header.to_owned(), "item,relation,tag\n".to_owned());
    for circle in ["a", "b"] {
        for item in 0..6 {
            writeln!(items, "{circle}{item},topic,{circle}").unwrap();
        }
        for person in 0..10 {
            for step in 0..6 {
                let file = if step == 5 { &mut test } else { &mut train };
                let item = (person + step) % 6;
                writeln!(file, "{circle}-{person},{circle}{item},1,{}", 1_700_000_000 + step * 3600).unwrap();
            }
        }
    }
    let users = "user\na-0\n\"b-1\"\nstranger\n";
    for (name, text) in [("train.csv", train.as_str()), ("test.csv", &test), ("items.csv", &items), ("users.csv", users)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn evaluate_prints_one_json_object_with_every_figure() {
    let folder = folder();
    write_files(folder.path());
    let output = run(folder.path(), &["recommend", "evaluate", "train.csv", "test.csv", "--items", "items.csv", "--k", "5"], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(figures["users"], 20);
    for name in ["ndcg", "recall", "recall20", "hit", "coverage"] {
        let value = figures[name].as_f64().unwrap_or_else(|| panic!("{name} in {figures}"));
        assert!((0.0..=1.0).contains(&value), "{name}: {value}");
    }
    for name in ["novelty", "fit_seconds", "p50_ms", "p99_ms"] {
        assert!(figures[name].as_f64().is_some_and(|value| value >= 0.0), "{name} in {figures}");
    }
    assert!(figures["model"].is_object());
    assert_eq!(figures["hit"], 1.0, "each is missing just one item of their circle: {figures}");
}

#[test]
fn top_prints_ranked_rows_of_what_a_person_does_not_have_and_a_stranger_gets_rows_too() {
    let folder = folder();
    write_files(folder.path());
    let arguments = ["recommend", "top", "train.csv", "--users", "users.csv", "--items", "items.csv", "-n", "3"];
    let output = run(folder.path(), &arguments, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let text = answered(&output);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("user,item,rank,score"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    for user in ["a-0", "b-1", "stranger"] {
        let own: Vec<_> = rows.iter().filter(|row| row[0] == user).collect();
        assert_eq!(own.iter().map(|row| row[2]).collect::<Vec<_>>(), ["1", "2", "3"], "{text}");
        assert!(own.iter().all(|row| row[3].parse::<f64>().is_ok()), "{text}");
    }
    assert_eq!(rows[0][..2], ["a-0", "a5"], "{text}");
    assert_eq!(answered(&run(folder.path(), &arguments, &[])), text, "the same files give the same answer");
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_its_name_and_line() {
    let folder = folder();
    write_files(folder.path());
    std::fs::write(folder.path().join("broken.csv"), "user,item,value,timestamp\na,x,much,1\n").unwrap();
    for (arguments, words) in [
        (["recommend", "evaluate", "broken.csv", "test.csv"], "broken.csv: line 2"),
        (["recommend", "evaluate", "nowhere.csv", "test.csv"], "nowhere.csv"),
    ] {
        let output = run(folder.path(), &arguments, &[]);
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).starts_with("lectern: ") && told(&output).contains(words), "{}", told(&output));
        assert_eq!(answered(&output), "");
    }
}
