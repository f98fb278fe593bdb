//! Somebody's feed.

use super::fitted::{self, Fitted};
use super::profile::{self, Known};
use super::queries;
use crate::{App, Member, Result, catalog, learning};
use model::Lang;
use model::catalog::CourseCard;
use model::feed::{Feed, FeedItem, Reason, Why};
use model::ids::CourseId;
use recommend::Ranked;
use std::collections::BTreeMap;

/// A feed has an end.
const ITEMS: usize = 20;

/// What the member might learn next, in the reader's language first. `put_away`: the course they have just dismissed.
pub async fn feed(app: &App, member: &Member, lang: Lang, put_away: Option<CourseId>) -> Result<Feed> {
    let fitted = fitted::current(app).await?;
    let going_on = learning::continue_learning(app, member).await?;
    let mut conn = app.db.read().await?;
    let known = profile::know(&mut conn, &member.id, lang, app.now()).await?;
    let ranked = fitted.model.rank(&known.profile, ITEMS);
    let ids: Vec<&str> = ranked.iter().flat_map(named).chain(put_away.iter().map(CourseId::as_str)).collect();
    let cards: BTreeMap<String, CourseCard> =
        catalog::cards(&mut conn, &ids).await?.into_iter().map(|card| (card.id.to_string(), card)).collect();
    let unlisted = queries::unlisted(&mut conn, &ids).await?;
    drop(conn);
    let items = ranked.iter().filter(|ranked| !unlisted.contains(&ranked.item));
    let put_away = put_away.filter(|course| known.profile.excluded.iter().any(|excluded| excluded == course.as_str()));
    Ok(Feed {
        going_on,
        items: items.filter_map(|ranked| item(ranked, &known, &cards, &fitted, lang)).collect(),
        personal: known.personal,
        fresh: known.is_fresh(),
        interests: known.interests.iter().map(|slug| fitted.topic(slug, lang)).collect(),
        put_away: put_away.and_then(|course| cards.get(course.as_str()).cloned()),
    })
}

/// The courses that an item and its reasons name.
fn named(ranked: &Ranked) -> Vec<&str> {
    let whys = ranked.why.iter().filter_map(|why| match &why.reason {
        recommend::Reason::BecauseYouStudied { item } | recommend::Reason::LearnersAlsoWentOn { item } => Some(item.as_str()),
        _ => None,
    });
    std::iter::once(ranked.item.as_str()).chain(whys).collect()
}

fn item(ranked: &Ranked, known: &Known, cards: &BTreeMap<String, CourseCard>, fitted: &Fitted, lang: Lang) -> Option<FeedItem> {
    let card = cards.get(&ranked.item)?.clone();
    let reasons: Vec<Reason> = ranked
        .why
        .iter()
        .filter_map(|why| {
            let percent = (why.share * 100.0).round().clamp(0.0, 100.0) as u8;
            Some(Reason { why: said(&why.reason, &card, known, cards, fitted, lang)?, percent })
        })
        .collect();
    let reasons = if reasons.is_empty() { vec![Reason { why: Why::New, percent: 100 }] } else { reasons };
    Some(FeedItem { card, reasons })
}

/// A reason with its names; nothing where a course it names is gone.
fn said(
    reason: &recommend::Reason,
    card: &CourseCard,
    known: &Known,
    cards: &BTreeMap<String, CourseCard>,
    fitted: &Fitted,
    lang: Lang,
) -> Option<Why> {
    use recommend::Reason as R;
    let title = |item: &str| cards.get(item).map(|card| card.title.clone());
    Some(match reason {
        R::BecauseYouStudied { item } if known.studied.contains(item) => Why::Studied { title: title(item)? },
        R::BecauseYouStudied { item } => Why::LookedAt { title: title(item)? },
        R::LearnersAlsoWentOn { item } => Why::WentOn { title: title(item)? },
        R::MatchesInterest { topic } => Why::Interest { topic: fitted.topic(topic, lang) },
        R::SameInstructor { .. } => Why::SameTeacher { name: card.instructor.name.to_string() },
        R::PopularInTopic { topic } => Why::PopularInTopic { topic: fitted.topic(topic, lang) },
        R::Popular => Why::Popular,
        R::New => Why::New,
    })
}
