//! A small made-up school: four topics of ten courses, taught by five people; most learners walk up one topic.

use recommend::{Catalogue, Feature, Interaction, Interactions, Item};

pub const TOPICS: usize = 4;
pub const COURSES: usize = 10;

pub fn course(topic: usize, number: usize) -> String {
    format!("t{topic}-{number:02}")
}

pub fn topic_of(course: &str) -> &str {
    &course[..2]
}

pub fn instructor(topic: usize, number: usize) -> String {
    format!("p{}", (topic * 3 + number) % 5)
}

pub fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (topic, number) in (0..TOPICS).flat_map(|topic| (0..COURSES).map(move |number| (topic, number))) {
        let features = vec![
            Feature::new("topic", &format!("t{topic}")),
            Feature::new("instructor", &instructor(topic, number)),
            Feature::new("language", if number % 2 == 0 { "en" } else { "zh" }),
        ];
        catalogue.add(&course(topic, number), Item { features, published: None });
    }
    catalogue
}

/// 120 learners; each takes five courses of one topic in a row, starting anywhere. `clock` gives the time of a step.
pub fn rows(clock: impl Fn(usize, usize) -> f64) -> Vec<Interaction> {
    let clock = &clock;
    let steps = (0..120).flat_map(|user| (0..5).map(move |step| (user, step)));
    steps
        .map(|(user, step)| Interaction {
            user: format!("u{user:03}"),
            item: course(user % TOPICS, (user / TOPICS * 7 + step) % COURSES),
            value: 1.0,
            timestamp: clock(user, step),
        })
        .collect()
}

pub fn interactions() -> Interactions {
    Interactions::from_rows(rows(|user, step| (user * 1000 + step * 10) as f64))
}
