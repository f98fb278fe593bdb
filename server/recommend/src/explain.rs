//! Why an item is where it is: every score is a sum, so its terms are the reasons.

use crate::blend::{Part, Parts, Weights};
use crate::model::{Model, View};
use crate::profile::Past;
use crate::reason::{Evidence, Reason};

impl Model {
    /// Everything that speaks for an item. Exact, because a score is a sum.
    pub(crate) fn evidence(&self, view: &View, parts: &Parts, item: u32) -> Vec<Evidence> {
        let mut evidence: Vec<Evidence> = view.past.iter().filter_map(|past| self.testimony(parts, past, item)).collect();
        let weights = &self.settings.weights;
        let value = |part: &Option<Part>| part.as_ref().map_or(0.0, |part| part.values[item as usize]);
        for interest in view.interests.iter().filter(|interest| self.matches(item, interest)) {
            let reason = Reason::MatchesInterest { topic: interest.topic.clone() };
            evidence.push(Evidence { reason, weight: weights.interest * value(&parts.interest) });
        }
        let popular = weights.popular.max(Weights::LEAST_POPULAR) * value(&parts.popular);
        evidence.push(Evidence { reason: self.popular_where(view, item), weight: popular });
        evidence.push(Evidence { reason: Reason::New, weight: weights.fresh * value(&parts.fresh) });
        evidence
    }

    /// What one item of the past says for an item.
    fn testimony(&self, parts: &Parts, past: &Past, item: u32) -> Option<Evidence> {
        let voice = self.voice(past);
        if voice == 0.0 && !self.transitions.speaks(past) {
            return None;
        }
        let weights = &self.settings.weights;
        let bridges = self.bridges(item);
        let via_bridges = |share: &dyn Fn(u32) -> f32| match bridges {
            [] => share(item),
            _ => {
                let trust = self.trust(item);
                trust * share(item) + (1.0 - trust) * bridges.iter().map(|cell| cell.weight * share(cell.item)).sum::<f32>()
            }
        };
        let part = |part: &Option<Part>, weight: f32, raw: &dyn Fn() -> f32| {
            part.as_ref().map_or(0.0, |part| weight * raw() / part.scale)
        };
        let similar = part(&parts.similar, weights.similar, &|| via_bridges(&|to| voice * self.similar.get(past.item, to)));
        let went_on = part(&parts.transition, weights.transition, &|| via_bridges(&|to| self.transitions.share(past, to)));
        let content = part(&parts.content, weights.content, &|| voice * self.content.rows().get(past.item, item));
        let weight = similar + went_on + content;
        (weight > 0.0).then(|| {
            let studied = self.name(past.item).to_owned();
            let reason = if went_on > similar.max(content) {
                Reason::LearnersAlsoWentOn { item: studied }
            } else if let (true, Some(instructor)) = (content > similar, self.shared_instructor(past.item, item)) {
                Reason::SameInstructor { instructor }
            } else {
                Reason::BecauseYouStudied { item: studied }
            };
            Evidence { reason, weight }
        })
    }

    /// Only where that is all the two have in common; a shared topic says more.
    fn shared_instructor(&self, a: u32, b: u32) -> Option<String> {
        let (a, b) = (self.content.facets(a), self.content.facets(b));
        let same_topic = a.topics.iter().any(|topic| b.topics.contains(topic));
        let shared = a.instructors.iter().find(|instructor| b.instructors.contains(instructor));
        shared.filter(|_| !same_topic).map(|instructor| self.content.tag(*instructor).to_owned())
    }

    fn popular_where(&self, view: &View, item: u32) -> Reason {
        let known = |topic: &&u32| view.past.iter().any(|past| past.weight > 0.0 && self.content.has(past.item, **topic));
        match self.content.facets(item).topics.iter().find(known) {
            Some(topic) => Reason::PopularInTopic { topic: self.content.tag(*topic).to_owned() },
            None => Reason::Popular,
        }
    }
}
