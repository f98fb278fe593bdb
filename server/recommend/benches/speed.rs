//! How long fitting, ranking and observing take. `cargo bench -p recommend`.
//!
//! Made-up people follow paths through topics, so that every part of the model has something to do.

#![allow(clippy::print_stdout, reason = "its figures are its output")]

use std::time::Instant;

use recommend::{Catalogue, Feature, Interaction, Interactions, Item, Model, Profile, Seen, Settings, top};

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

fn school(people: usize, items: usize, each: usize) -> (Interactions, Catalogue) {
    let mut dice = Dice(7);
    let mut rows = Vec::with_capacity(people * each);
    for person in 0..people {
        let mut item = dice.below(items);
        for step in 0..each {
            let timestamp = (person % 365 * 86_400 + step * 3_600) as f64;
            rows.push(Interaction { user: format!("u{person}"), item: format!("i{item}"), value: 1.0, timestamp });
            item = if dice.below(10) < 7 { (item + 1 + dice.below(12)) % items } else { dice.below(items) };
        }
    }
    let mut catalogue = Catalogue::default();
    for item in 0..items {
        let features =
            vec![Feature::new("topic", &format!("t{}", item / 40)), Feature::new("instructor", &format!("p{}", item % 97))];
        catalogue.add(&format!("i{item}"), Item { features, published: None });
    }
    (Interactions::from_rows(rows), catalogue)
}

fn measure(label: &str, people: usize, items: usize, each: usize, history: usize) {
    let (interactions, catalogue) = school(people, items, each);
    let started = Instant::now();
    let mut model = Model::fit(&interactions, &catalogue, Settings::default());
    let fit = started.elapsed();
    let mut dice = Dice(11);
    let mut profile = Profile::default();
    for at in 0..history {
        profile = profile.owning(&format!("i{}", dice.below(items)), at as f64);
    }
    let mut times: Vec<f64> = (0..300)
        .map(|_| {
            let started = Instant::now();
            assert_eq!(model.rank(&profile, 20).len(), 20);
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let events = 10_000;
    let started = Instant::now();
    for at in 0..events {
        let event = Seen { item: format!("i{}", dice.below(items)), weight: 1.0, at: (history + at) as f64 };
        model.observe(&profile, &event);
    }
    let observe = started.elapsed().as_secs_f64() * 1e6 / events as f64;
    println!(
        "{label}: {} events, {items} items: fit {:.2} s, rank (history {history}) p50 {:.2} ms p99 {:.2} ms, observe {observe:.1} µs",
        interactions.len(),
        fit.as_secs_f64(),
        times[150],
        times[297],
    );
}

fn main() {
    measure("a school", 300, 40, 8, 8);
    measure("a platform", 24_000, 8_000, 7, 50);
    measure("a market", 50_000, 50_000, 20, 200);
    let (interactions, catalogue) = school(24_000, 8_000, 7);
    let users: Vec<String> = (0..24_000).map(|user| format!("u{user}")).collect();
    let started = Instant::now();
    let rows = top(&interactions, &catalogue, &users, 20);
    println!("tune, fit and {} rows: {:.1} s", rows.len(), started.elapsed().as_secs_f64());
}
