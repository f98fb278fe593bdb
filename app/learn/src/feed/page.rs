//! The feed: ranked courses, each with why it is there, and an end.

use super::api;
use super::dismiss::Dismissable;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{catalog, community, feed, learning, numbers, storefront};
use model::catalog::CourseCard;
use model::feed::{Feed, FeedItem, Reason};
use model::learning::Owned;
use model::{Lang, routes};
use ui::{ButtonLink, CardRow, Cover, CoverShape, EmptyState, Glyph, Icon, Kind, Notice, Price, Progress, Rating, Size, loaded};

#[component]
pub fn FeedPage() -> impl IntoView {
    let lang = wire::lang();
    let put_away = wire::query().get("put_away").and_then(|id| id.parse().ok());
    view! {
        <Title text=format!("{} · {}", feed::title(lang), locale::shell::product(lang))/>
        <main id="main" tabindex="-1" class="page">{loaded(api::read_feed(put_away), content)}</main>
    }
}

fn content(shown: Feed) -> AnyView {
    let lang = wire::lang();
    let lede = match (shown.personal, shown.fresh) {
        (false, _) => feed::same_for_all(lang),
        (true, true) => feed::fresh_lede(lang),
        (true, false) => feed::lede(lang),
    };
    let chosen = match shown.personal {
        true => interests(lang, &shown.interests),
        false => view! { <p class="small"><a href=routes::privacy(lang)>{feed::turn_on(lang)}</a></p> }.into_any(),
    };
    let put_away = shown.put_away.as_ref().map(|card| undo(lang, card));
    let going_on = shown.going_on.as_ref().map(|owned| going_on(lang, owned));
    view! {
        <header class="page-head">
            <h1>{feed::title(lang)}</h1>
            <p class="lede">{lede}</p>
            {chosen}
        </header>
        <div class="stack gap-4">{put_away}{going_on}</div>
        <section class="section">
            <header class="section-head"><h2>{feed::suggestions(lang)}</h2></header>
            {list(lang, shown.items)}
        </section>
    }
    .into_any()
}

/// What was chosen, and the way to choose otherwise.
fn interests(lang: Lang, names: &[String]) -> AnyView {
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    let (said, label) = match names.is_empty() {
        true => (feed::no_interests(lang).to_owned(), feed::choose_interests(lang)),
        false => (feed::interests(lang, &names.join(separator)), feed::change_interests(lang)),
    };
    view! { <p class="small muted cluster gap-2"><span>{said}</span><a href=routes::interests(lang)>{label}</a></p> }.into_any()
}

/// After a dismissal without script: what was done, and back.
fn undo(lang: Lang, card: &CourseCard) -> AnyView {
    let (course, said) = (card.id.to_string(), feed::put_away(lang, &card.title));
    view! {
        <Notice live=true>
            <form method="post" action=routes::feed(lang) class="split">
                <input type="hidden" name="form" value="restore"/>
                <input type="hidden" name="course" value=course.clone()/>
                <p>{said}</p>
                <button class="btn btn-secondary btn-small" type="submit">{feed::undo(lang)}</button>
            </form>
        </Notice>
    }
    .into_any()
}

fn going_on(lang: Lang, owned: &Owned) -> AnyView {
    let href = match &owned.next {
        Some(next) => routes::lesson(lang, &owned.card.slug, &next.id),
        None => routes::course(lang, &owned.card.slug),
    };
    let percent = owned.percent();
    let said = learning::percent_done(lang, percent);
    let cover = view! { <Cover id=owned.card.id.to_string() picture=owned.card.cover.clone() shape=CoverShape::Thumb/> };
    let foot = view! { <div class="full"><Progress percent label=said.clone() caption=said/></div> };
    let actions = view! { <ButtonLink href=href.clone() size=Size::Small icon=Glyph::Play>{learning::go_on(lang)}</ButtonLink> };
    let next = owned.next.as_ref().map(|next| learning::next_is(lang, &next.title));
    view! {
        <div class="continue">
            <CardRow href title=owned.card.title.clone() kicker=feed::going_on(lang) summary=next cover foot actions lang=owned.card.language.as_str() level=2/>
        </div>
    }
    .into_any()
}

fn list(lang: Lang, items: Vec<FeedItem>) -> AnyView {
    if items.is_empty() {
        let actions =
            view! { <ButtonLink href=routes::interests(lang) kind=Kind::Secondary>{feed::change_interests(lang)}</ButtonLink> };
        return view! { <EmptyState title=feed::empty_title(lang) text=feed::empty_text(lang) icon=Glyph::Sparkles actions/> }
            .into_any();
    }
    let items: Vec<_> = items.into_iter().map(|item| view! { <li class="feed-item">{shown(lang, item)}</li> }).collect();
    view! {
        <ol class="feed" role="list">{items}</ol>
        <div class="feed-end"><p>{feed::end(lang)}</p><p class="small">{feed::end_text(lang)}</p></div>
    }
    .into_any()
}

fn shown(lang: Lang, item: FeedItem) -> AnyView {
    let FeedItem { card, reasons } = item;
    let first = reasons.first().map(|reason| feed::reason(lang, &reason.why));
    let course = card.id.to_string();
    view! {
        <Dismissable>
            <div class="feed-head">
                <p class="feed-reason"><Icon glyph=Glyph::Sparkles/><span>{first}</span></p>
                <form method="post" data-course=course.clone() data-hidden=feed::hidden(lang) data-undo=feed::undo(lang)
                    data-not-kept=feed::not_kept(lang)>
                    <input type="hidden" name="form" value="dismiss"/>
                    <input type="hidden" name="course" value=course.clone()/>
                    <button class="btn btn-quiet btn-small" type="submit">{feed::not_interested(lang)}</button>
                </form>
            </div>
            {row(lang, card)}
            {why(lang, &reasons)}
        </Dismissable>
    }
    .into_any()
}

fn row(lang: Lang, card: CourseCard) -> AnyView {
    let cover = view! { <Cover id=card.id.to_string() picture=card.cover.clone() shape=CoverShape::Thumb/> };
    let meta =
        vec![card.instructor.name.to_string(), catalog::level(lang, card.level).to_owned(), numbers::length(lang, card.seconds)];
    let free = card.offer.price.is_zero();
    let now = if free { catalog::free(lang).to_owned() } else { numbers::money(card.offer.price) };
    let rating = card.rating.tenths().map(|tenths| {
        let (score, count) = (storefront::score(tenths), numbers::whole(card.rating.reviews.into()));
        let label = community::rating_aloud(lang, &score, &count);
        view! { <Rating score count label/> }
    });
    let foot = view! { {rating}<Price now free/> };
    let href = routes::course(lang, &card.slug);
    view! { <CardRow href title=card.title summary=card.promise cover meta foot lang=card.language.as_str()/> }.into_any()
}

/// All reasons with their parts of the score.
fn why(lang: Lang, reasons: &[Reason]) -> AnyView {
    let lines: Vec<_> = reasons
        .iter()
        .map(|reason| {
            view! { <div><dt>{feed::reason(lang, &reason.why)}</dt><dd class="num">{feed::share(lang, reason.percent)}</dd></div> }
        })
        .collect();
    view! { <details class="small muted"><summary>{feed::why(lang)}</summary><dl class="facts">{lines}</dl></details> }.into_any()
}
