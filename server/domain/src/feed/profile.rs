//! A person as the ranking sees them, read at the moment of the question.

use super::queries::{self, Fact, Trace};
use crate::{Result, accounts};
use model::ids::AccountId;
use model::privacy::FeedUse;
use model::{Lang, Moment};
use recommend::{Profile, Seen};
use std::collections::BTreeSet;
use store::Conn;

/// What is known of somebody.
pub struct Known {
    pub profile: Profile,
    /// Courses they have or studied; others in the history were only looked at.
    pub studied: BTreeSet<String>,
    /// Slugs of the topics they chose.
    pub interests: Vec<String>,
    /// The suggestions are made for this person.
    pub personal: bool,
}

/// How much each trace says, from -1 to 1.
const OWNED: f32 = 1.0;
const TRIED: f32 = 0.3;
const LOOKED: f32 = 0.1;
const DISMISSED: f32 = -0.5;

/// Everything the database knows of them now.
pub async fn know(conn: &mut Conn, account: &AccountId, lang: Lang, now: Moment) -> Result<Known> {
    let uses = accounts::feed_use(conn, account).await?;
    let traces = queries::traces(conn, account, now).await?;
    Ok(known(traces, lang, uses))
}

fn known(traces: Vec<Trace>, lang: Lang, uses: FeedUse) -> Known {
    let owned: BTreeSet<String> =
        traces.iter().filter(|trace| trace.fact == Fact::Owned).map(|trace| trace.subject.clone()).collect();
    let mut profile = Profile { language: Some(lang.tag().to_owned()), ..Profile::default() };
    let mut studied = owned.clone();
    let mut interests = Vec::new();
    for Trace { fact, subject, at } in traces {
        let at = at.seconds() as f64;
        let mut seen = |weight| profile.history.push(Seen { item: subject.clone(), weight, at });
        let may = uses.personal
            && match fact {
                Fact::Owned | Fact::Studied => uses.studied,
                Fact::Viewed => uses.looked,
                Fact::Interest => uses.interests,
                Fact::Dismissed | Fact::Teaches => true,
            };
        match fact {
            // never a reason; what one owns, hid or teaches is left out all the same
            _ if !may => (),
            Fact::Owned => seen(OWNED),
            Fact::Studied if owned.contains(&subject) => seen(OWNED),
            Fact::Studied => {
                seen(TRIED);
                studied.insert(subject.clone());
            }
            Fact::Viewed => seen(LOOKED),
            Fact::Dismissed => seen(DISMISSED),
            Fact::Teaches => (),
            Fact::Interest => interests.push(subject.clone()),
        }
        if matches!(fact, Fact::Owned | Fact::Dismissed | Fact::Teaches) {
            profile.excluded.push(subject);
        }
    }
    profile.interests.clone_from(&interests);
    Known { profile, studied, interests, personal: uses.personal }
}

impl Known {
    /// Nothing is known but what they chose.
    pub fn is_fresh(&self) -> bool {
        self.profile.history.is_empty()
    }
}
