use proptest::prelude::*;
use recommend::{Catalogue, Interaction, Interactions, Refusal, Settings, evaluate, parse_users, top, tune, write_rows};

use crate::school;

const HEADER: &str = "user,item,value,timestamp\n";

fn parse(rows: &str) -> Interactions {
    Interactions::parse(&format!("{HEADER}{rows}")).unwrap()
}

/// The last step of everybody is the test.
fn split(clock: impl Fn(usize, usize) -> f64) -> (Interactions, Interactions) {
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for (place, row) in school::rows(clock).into_iter().enumerate() {
        if place % 5 == 4 { test.push(row) } else { train.push(row) }
    }
    (Interactions::from_rows(train), Interactions::from_rows(test))
}

#[test]
fn the_next_step_of_an_orderly_school_is_found() {
    let (train, test) = split(|user, step| (user * 1000 + step * 10) as f64);
    let report = evaluate(&train, &test, &Catalogue::default(), 10).unwrap();
    assert_eq!(report.users, 120);
    assert!(report.ndcg > 0.95, "{report:?}");
    assert_eq!((report.recall, report.hit), (1.0, 1.0));
    assert!(report.model.ordered && report.model.settings.weights.transition > 0.0);
    assert!((0.0..=1.0).contains(&report.coverage) && report.novelty > 0.0);
    assert!(report.p50_ms <= report.p99_ms);
}

#[test]
fn equal_times_mean_that_nothing_of_time_is_used() {
    let (train, test) = split(|_, _| 1_700_000_000.0);
    let settings = tune(&train, &Catalogue::default(), Settings::default());
    assert_eq!((settings.fade, settings.half_life, settings.weights.transition), (None, None, 0.0));
    let report = evaluate(&train, &test, &Catalogue::default(), 10).unwrap();
    assert!(!report.model.ordered);
    assert!(report.hit > 0.9, "{report:?}");
}

#[test]
fn figures_agree_with_a_calculation_by_hand() {
    // Too little to tune: everything but popularity is silent for a stranger. Popular: x (3), y (2), z (1).
    let train = parse("a,x,1,0\nb,x,1,0\nc,x,1,0\na,y,1,0\nb,y,1,0\na,z,1,0\n");
    let test = parse("new,y,1,0\nnew,never seen,1,0\na,x,1,0\n");
    let report = evaluate(&train, &test, &Catalogue::default(), 2).unwrap();
    assert_eq!(report.users, 1, "a has x already");
    let gain = 1.0 / 3f64.log2();
    assert!((report.ndcg - gain / (1.0 + gain)).abs() < 1e-12);
    assert_eq!((report.recall, report.recall20, report.hit), (0.5, 0.5, 1.0));
    assert!((report.coverage - 2.0 / 3.0).abs() < 1e-12);
    assert!((report.novelty - (0.0 + (1.5f64).log2()) / 2.0).abs() < 1e-12);
}

#[test]
fn the_report_has_the_promised_keys_in_the_promised_order() {
    let (train, test) = split(|user, step| (user + step) as f64);
    let report = evaluate(&train, &test, &school::catalogue(), 10).unwrap();
    let text = serde_json::to_string(&report).unwrap();
    let keys = ["users", "ndcg", "recall", "recall20", "hit", "coverage", "novelty", "fit_seconds", "p50_ms", "p99_ms", "model"];
    let places: Vec<usize> = keys.iter().map(|key| text.find(&format!("\"{key}\":")).unwrap()).collect();
    assert!(places.is_sorted());
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value.as_object().unwrap().len(), keys.len());
    assert!(value["model"].is_object());
}

#[test]
fn a_test_file_with_nothing_new_is_refused() {
    let train = parse("a,x,1,0\n");
    for test in ["", "a,x,1,0\n", "a,y,0,0\n"] {
        assert_eq!(evaluate(&train, &parse(test), &Catalogue::default(), 10).unwrap_err(), Refusal::NothingToEvaluate);
    }
}

#[test]
fn everybody_gets_a_list_of_what_they_do_not_have_and_a_stranger_what_is_popular() {
    let train = parse("a,x,1,0\nb,x,1,0\nc,x,1,0\na,y,1,0\nb,y,1,0\nc,z,1,0\n");
    let users = parse_users("user\nstranger\nc\n").unwrap();
    let rows = top(&train, &Catalogue::default(), &users, 2);
    let short: Vec<(&str, &str, usize)> = rows.iter().map(|row| (row.user.as_str(), row.item.as_str(), row.rank)).collect();
    assert_eq!(short, [("stranger", "x", 1), ("stranger", "y", 2), ("c", "y", 1)]);
    let mut out = Vec::new();
    write_rows(&rows, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.starts_with("user,item,rank,score\nstranger,x,1,"), "{text}");
    assert_eq!(text.lines().count(), 4);
}

#[test]
fn one_person_alone_breaks_nothing() {
    let train = parse("a,x,1,1\na,y,1,2\na,z,1,3\n");
    assert!(top(&train, &Catalogue::default(), &["a".into()], 5).is_empty());
    assert_eq!(top(&train, &Catalogue::default(), &["b".into()], 5).len(), 3);
    assert!(top(&parse(""), &Catalogue::default(), &["a".into()], 5).is_empty());
}

#[test]
fn an_item_that_only_the_catalogue_knows_can_be_recommended_and_evaluated() {
    let (train, test) = split(|user, step| (user * 1000 + step * 10) as f64);
    let catalogue = Catalogue::parse("item,relation,tag\nt1-new,topic,t1\nt1-03,topic,t1\nt1-04,topic,t1\n").unwrap();
    let rows = top(&train, &catalogue, &["u001".into()], 100);
    assert!(rows.iter().any(|row| row.item == "t1-new"));
    assert_eq!(evaluate(&train, &test, &catalogue, 10).unwrap().model.items, 41);
}

proptest! {
    #[test]
    fn no_text_whatever_brings_the_reader_down(text in "\\PC*", rows in "[a-c\",\n\r0-9.eN-]{0,80}") {
        let _ = Interactions::parse(&text);
        let _ = Interactions::parse(&format!("{HEADER}{rows}"));
        let _ = Catalogue::parse(&format!("item,relation,tag\n{rows}"));
        let _ = parse_users(&format!("user\n{rows}"));
    }

    #[test]
    fn any_data_can_be_tuned_and_ranked(rows in prop::collection::vec((0u8..6, 0u8..8, 0u8..3, 0u8..4), 0..60)) {
        let row = |(user, item, value, at): (u8, u8, u8, u8)| Interaction {
            user: user.to_string(),
            item: item.to_string(),
            value: f64::from(value),
            timestamp: f64::from(at),
        };
        let train = Interactions::from_rows(rows.into_iter().map(row));
        let users: Vec<String> = (0..8).map(|user: u8| user.to_string()).collect();
        let rows = top(&train, &Catalogue::default(), &users, 4);
        prop_assert!(rows.iter().all(|row| row.score.is_finite()));
        prop_assert!(rows.windows(2).all(|pair| pair[0].user != pair[1].user || pair[0].score >= pair[1].score));
    }
}
