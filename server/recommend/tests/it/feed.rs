use proptest::prelude::*;
use recommend::{Diversity, Feature, Item, Model, Profile, Ranked, Reason, Settings, Weights};

use crate::school::{self, course, instructor, topic_of};

fn model() -> Model {
    Model::fit(&school::interactions(), &school::catalogue(), Settings::default())
}

fn names(feed: &[Ranked]) -> Vec<&str> {
    feed.iter().map(|ranked| ranked.item.as_str()).collect()
}

#[test]
fn a_learner_is_led_on_to_what_others_took_next_and_told_so() {
    let feed = model().rank(&Profile::default().owning(&course(1, 2), 1.0).owning(&course(1, 3), 2.0), 5);
    assert_eq!(feed[0].item, course(1, 4));
    assert_eq!(feed[0].reason(), &Reason::LearnersAlsoWentOn { item: course(1, 3) });
    assert!(feed[0].why[0].share > 0.3);
}

#[test]
fn a_newcomer_sees_the_chosen_interests_first_and_is_told_which() {
    let feed = model().rank(&Profile::default().interested_in("t2").interested_in("t3"), 6);
    for ranked in &feed[..4] {
        let topic = topic_of(&ranked.item).to_owned();
        assert!(["t2", "t3"].contains(&topic.as_str()), "{ranked:?}");
        assert_eq!(ranked.reason(), &Reason::MatchesInterest { topic });
    }
    assert!(feed.iter().any(|ranked| topic_of(&ranked.item) == "t2") && feed.iter().any(|ranked| topic_of(&ranked.item) == "t3"));
}

#[test]
fn a_stranger_sees_what_is_popular() {
    let mut settings = Settings { half_life: None, ..Settings::default() };
    settings.diversity = Diversity { relevance: 1.0, run: 0 };
    let mut rows = school::rows(|_, _| 0.0);
    rows.extend((0..30).map(|user| recommend::Interaction {
        user: format!("x{user}"),
        item: course(3, 9),
        value: 1.0,
        timestamp: 0.0,
    }));
    let model = Model::fit(&recommend::Interactions::from_rows(rows), &school::catalogue(), settings);
    let feed = model.rank(&Profile::default(), 3);
    assert_eq!(feed[0].item, course(3, 9));
    assert!(feed.iter().all(|ranked| ranked.reason() == &Reason::Popular));
}

#[test]
fn a_feed_of_a_wide_school_never_has_three_of_a_kind_in_a_row() {
    let feed = model().rank(&Profile::default().owning(&course(0, 1), 1.0).owning(&course(0, 2), 2.0).interested_in("t0"), 12);
    let number = |item: &str| item[3..].parse::<usize>().unwrap();
    let topic = |item: &str| item[1..2].parse::<usize>().unwrap();
    for three in names(&feed).windows(3) {
        assert!(!three.iter().all(|item| topic_of(item) == topic_of(three[0])), "{three:?}");
        let by = |item: &str| instructor(topic(item), number(item));
        assert!(!three.iter().all(|item| by(item) == by(three[0])), "{three:?}");
    }
}

#[test]
fn what_was_only_looked_at_may_still_be_offered() {
    let feed = model().rank(&Profile::default().having_seen(&course(1, 3), 0.1, 1.0), 40);
    assert!(names(&feed).contains(&course(1, 3).as_str()));
}

#[test]
fn what_is_like_a_dismissed_item_comes_later() {
    let plain = Profile::default().owning(&course(0, 1), 1.0).owning(&course(1, 1), 1.0);
    let place = |profile: &Profile| {
        let feed = model().rank(profile, 40);
        feed.iter().position(|ranked| ranked.item == course(1, 4)).unwrap()
    };
    let dismissing = plain.clone().dismissing(&course(1, 3), 2.0);
    assert!(place(&dismissing) > place(&plain));
    assert!(!names(&model().rank(&dismissing, 40)).contains(&course(1, 3).as_str()));
}

#[test]
fn items_in_a_language_the_person_does_not_read_come_later() {
    let english = Profile { language: Some("en".into()), ..Profile::default().interested_in("t1") };
    let feed = model().rank(&english, 5);
    assert!(feed.iter().all(|ranked| ranked.item[3..].parse::<usize>().unwrap() % 2 == 0), "{:?}", names(&feed));
    let chosen = english.owning(&course(1, 3), 1.0);
    assert!(names(&model().rank(&chosen, 5)).contains(&course(1, 4).as_str()));
    assert!(model().rank(&chosen, 5).iter().any(|ranked| ranked.item[3..].parse::<usize>().unwrap() % 2 == 1));
}

#[test]
fn a_new_course_reaches_those_who_took_courses_like_it() {
    let mut catalogue = school::catalogue();
    for topic in [1, 2] {
        let features = vec![Feature::new("topic", &format!("t{topic}"))];
        catalogue.add(&format!("t{topic}-new"), Item { features, published: Some(200_000.0) });
    }
    let model = Model::fit(&school::interactions(), &catalogue, Settings::default());
    let feed = model.rank(&Profile::default().owning(&course(1, 2), 1.0).owning(&course(1, 3), 2.0), 42);
    let place = |item: &str| feed.iter().position(|ranked| ranked.item == item).unwrap();
    assert!(place("t1-new") < place("t2-new"));
    assert!(place("t1-new") < 10);
    assert_ne!(feed[place("t1-new")].reason(), &Reason::Popular);
}

#[test]
fn only_listed_items_are_offered_when_asked_so() {
    let mut catalogue = recommend::Catalogue::default();
    catalogue.add(&course(0, 0), Item::default());
    let model = Model::fit(&school::interactions(), &catalogue, Settings { listed_only: true, ..Settings::default() });
    assert_eq!(names(&model.rank(&Profile::default().owning(&course(0, 9), 1.0), 10)), [course(0, 0)]);
}

#[test]
fn the_same_instructor_is_a_reason_where_nothing_else_connects_two_courses() {
    let weights = Weights { similar: 0.0, transition: 0.0, ..Weights::default() };
    let model = Model::fit(&school::interactions(), &school::catalogue(), Settings { weights, ..Settings::default() });
    let feed = model.rank(&Profile::default().owning(&course(0, 0), 1.0), 40);
    let other = feed.iter().find(|ranked| ranked.item == course(1, 2)).unwrap();
    assert!(other.why.iter().any(|why| why.reason == Reason::SameInstructor { instructor: "p0".into() }), "{other:?}");
}

#[test]
fn similar_courses_are_of_the_same_kind_and_never_the_course_itself() {
    let feed = model().similar_to(&course(2, 5), 3);
    assert!(!names(&feed).contains(&course(2, 5).as_str()));
    assert_eq!(topic_of(&feed[0].item), "t2");
    assert_eq!(model().similar_to("no such course", 3).len(), 3);
}

#[test]
fn a_school_without_courses_has_an_empty_feed() {
    let model = Model::fit(&recommend::Interactions::default(), &recommend::Catalogue::default(), Settings::default());
    assert!(model.rank(&Profile::default().interested_in("t1").owning("x", 1.0), 10).is_empty());
}

#[test]
fn any_length_may_be_asked_for() {
    assert!(model().rank(&Profile::default(), 0).is_empty());
    assert_eq!(model().rank(&Profile::default(), usize::MAX).len(), 40);
}

#[test]
fn an_item_scores_less_without_the_history_item_that_is_given_as_its_reason() {
    let raw = Settings { diversity: Diversity { relevance: 1.0, run: 0 }, ..Settings::default() };
    let model = Model::fit(&school::interactions(), &school::catalogue(), raw);
    let mut tried = 0;
    for (topic, other) in [(0, 1), (1, 3), (2, 0), (3, 2)] {
        let profile = Profile::default().owning(&course(topic, 2), 1.0).owning(&course(other, 6), 1.0);
        let feed = model.rank(&profile, 10);
        for (place, ranked) in feed.iter().enumerate() {
            let (Reason::LearnersAlsoWentOn { item } | Reason::BecauseYouStudied { item }) = ranked.reason() else { continue };
            let mut without = profile.clone();
            without.history.retain(|seen| &seen.item != item);
            let after = model.rank(&without, 40).iter().position(|other| other.item == ranked.item).unwrap();
            assert!(after > place, "{ranked:?} went from {place} to {after}");
            tried += 1;
        }
    }
    assert!(tried > 10);
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let course = (0..school::TOPICS, 0..school::COURSES).prop_map(|(topic, number)| course(topic, number));
    let act = (course, 0u8..3, 0u8..6);
    (prop::collection::vec(act, 0..12), prop::collection::vec(0usize..6, 0..3)).prop_map(|(acts, interests)| {
        let with = acts.into_iter().fold(Profile::default(), |profile, (course, act, at)| match act {
            0 => profile.owning(&course, f64::from(at)),
            1 => profile.dismissing(&course, f64::from(at)),
            _ => profile.having_seen(&course, 0.4, f64::from(at)),
        });
        interests.into_iter().fold(with, |profile, topic| profile.interested_in(&format!("t{topic}")))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(5)))]

    #[test]
    fn nothing_excluded_is_ever_offered_and_nothing_comes_twice(profile in any_profile(), count in 0usize..50) {
        let feed = model().rank(&profile, count);
        let mut seen = names(&feed);
        prop_assert!(seen.iter().all(|item| !profile.excluded.iter().any(|excluded| excluded == item)));
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), feed.len());
        let mut excluded = profile.excluded.clone();
        excluded.sort_unstable();
        excluded.dedup();
        prop_assert_eq!(feed.len(), count.min(40 - excluded.len()));
    }

    #[test]
    fn the_same_question_has_the_same_answer(profile in any_profile()) {
        prop_assert_eq!(model().rank(&profile, 20), model().rank(&profile, 20));
    }

    #[test]
    fn every_item_has_reasons_whose_shares_are_parts_of_the_whole(profile in any_profile()) {
        for ranked in model().rank(&profile, 20) {
            prop_assert!(!ranked.why.is_empty() && ranked.why.len() <= 3);
            prop_assert!(ranked.why.iter().all(|why| why.share > 0.0));
            prop_assert!(ranked.why.windows(2).all(|pair| pair[0].share >= pair[1].share));
            prop_assert!(ranked.why.iter().map(|why| why.share).sum::<f64>() <= 1.0 + 1e-5);
        }
    }
}
