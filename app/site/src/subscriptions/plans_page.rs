//! What the membership is and costs. A plan is chosen by a link, so that what one agrees to always names its price and its day.

use super::api;
use super::parts::{Refused, consent, exact, plan_card, ways_to_pay};
use crate::head::PageHead;
use leptos::prelude::*;
use locale::{membership, numbers};
use model::Moment;
use model::subscriptions::{IncludedCourse, MembershipPage as Page, Plan};
use model::time::days;
use model::{Lang, routes};
use ui::{Button, ButtonLink, Card, Cover, EmptyState, Glyph, Icon, Kind, Notice, Size, Tone, loaded};

#[component]
pub fn MembershipPage() -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_membership(), content)}</main> }
}

fn content(page: Option<Page>) -> AnyView {
    let lang = wire::lang();
    let head = view! { <PageHead title=membership::membership(lang) description=membership::headline(lang) path="/membership"/> };
    let Some(page) = page else {
        let actions = view! { <ButtonLink href=routes::courses(lang)>{membership::see_all_courses(lang)}</ButtonLink> };
        return view! { {head}<EmptyState title=membership::no_plans(lang) text=membership::no_plans_text(lang) icon=Glyph::Learning actions/> }
            .into_any();
    };
    let hours = page.seconds / 3600;
    view! {
        {head}
        <header class="page-head">
            <p class="kicker">{membership::membership(lang)}</p>
            <h1>{membership::headline(lang)}</h1>
            <p class="lede">{membership::lede(lang, page.courses, hours.max(1))}</p>
        </header>
        <div class="with-aside aside-first">
            <div>
                {benefits(lang, &page)}
                {included(lang, &page.shown)}
                <section class="section">
                    <header class="section-head"><h2>{membership::how_it_renews(lang)}</h2></header>
                    <p class="measure">{membership::renewing(lang, &page.ways)}</p>
                    <p class="measure muted mt-4">{membership::honest_price(lang)}</p>
                </section>
            </div>
            <aside aria-label=membership::choose_a_plan(lang)>{desk(lang, &page)}</aside>
        </div>
    }
    .into_any()
}

fn benefits(lang: Lang, page: &Page) -> AnyView {
    let all = [
        (Glyph::Book, membership::get_courses(lang, page.courses)),
        (Glyph::Check, membership::get_progress(lang).to_owned()),
        (Glyph::People, membership::get_share(lang).to_owned()),
        (Glyph::Undo, membership::get_leave(lang).to_owned()),
    ];
    let lines: Vec<_> = all.into_iter().map(|(glyph, words)| view! { <li><Icon glyph/><span>{words}</span></li> }).collect();
    view! {
        <section class="section">
            <header class="section-head"><h2>{membership::what_you_get(lang)}</h2></header>
            <ul class="ticks" role="list">{lines}</ul>
        </section>
    }
    .into_any()
}

fn included(lang: Lang, shown: &[IncludedCourse]) -> AnyView {
    let cards: Vec<_> = shown
        .iter()
        .map(|course| {
            let cover = view! { <Cover id=course.id.to_string()/> };
            let tag = (course.language.as_str() != lang.tag()).then(|| course.language.as_str());
            let meta = vec![course.instructor.clone(), numbers::length(lang, course.seconds)];
            let worth = membership::worth(lang, &numbers::money(course.price));
            let foot = view! { <span class="small muted">{worth}</span> };
            view! {
                <li><Card href=routes::course(lang, &course.slug) title=course.title.clone() lang=tag cover meta foot/></li>
            }
        })
        .collect();
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{membership::included(lang)}</h2>
                <a href=routes::courses(lang)>{membership::see_all_courses(lang)}</a>
                <p>{membership::included_text(lang)}</p>
            </header>
            <ul class="grid-cards" role="list">{cards}</ul>
        </section>
    }
    .into_any()
}

/// The plans, and below them what one agrees to.
fn desk(lang: Lang, page: &Page) -> AnyView {
    let query = wire::query();
    let chosen = page
        .plans
        .iter()
        .find(|plan| query.get("plan") == Some(plan.id.as_str()))
        .or_else(|| page.plans.iter().find(|plan| plan.id == page.chosen));
    let Some(plan) = chosen else { return ().into_any() };
    let trial = page.trial_open && plan.trial_days > 0 && query.get("begin") != Some("now");
    let here = |plan: &Plan, trial: bool| {
        let begin = if trial { "" } else { "&begin=now" };
        format!("{}?plan={}{begin}#begin", routes::membership(lang), plan.id)
    };
    let cards: Vec<_> = page.plans.iter().map(|one| plan_card(lang, one, here(one, trial), one.id == plan.id)).collect();
    let act = match page.subscribed {
        Some(_) => view! {
            <Notice tone=Tone::Success><p>{membership::you_are_a_member(lang)}</p></Notice>
            <ButtonLink href=routes::my_membership(lang) block=true>{membership::manage(lang)}</ButtonLink>
        }
        .into_any(),
        None => begin(lang, page, plan, trial, &here(plan, trial), &here(plan, !trial)),
    };
    view! {
        <div class="box stack gap-5 sticky" id="begin">
            <h2 class="large">{membership::choose_a_plan(lang)}</h2>
            <div class="stack gap-3">{cards}</div>
            {act}
        </div>
    }
    .into_any()
}

fn begin(lang: Lang, page: &Page, plan: &Plan, trial: bool, here: &str, other: &str) -> AnyView {
    let form = wire::form_state("subscribe");
    if wire::viewer().me.is_none() {
        let sign_in = routes::with_next(&routes::login(lang), here.split('#').next().unwrap_or(here));
        return view! { <ButtonLink href=sign_in block=true size=Size::Large>{membership::sign_in_first(lang)}</ButtonLink> }
            .into_any();
    }
    let first: Moment = if trial { page.today + days(i64::from(plan.trial_days)) } else { page.today };
    let words = match trial {
        true => membership::start_trial(lang, plan.trial_days),
        false => format!("{} · {}", membership::subscribe(lang), exact(plan.price)),
    };
    let switch = (page.trial_open && plan.trial_days > 0).then(|| {
        let label = match trial {
            true => membership::no_trial(lang).to_owned(),
            false => membership::start_trial(lang, plan.trial_days),
        };
        view! { <ButtonLink href=other.to_owned() kind=Kind::Quiet block=true>{label}</ButtonLink> }
    });
    let action = here.split('#').next().unwrap_or(here).to_owned();
    view! {
        <Refused form=form.clone()/>
        <form method="post" action=action class="stack gap-4">
            <input type="hidden" name="form" value="subscribe"/>
            <input type="hidden" name="idem" value=page.key.as_str().to_owned()/>
            <input type="hidden" name="plan" value=plan.id.to_string()/>
            <input type="hidden" name="trial" value=if trial { "yes" } else { "" }/>
            <input type="hidden" name="price" value=plan.price.minor().to_string()/>
            <input type="hidden" name="zone" data-zone=""/>
            <input type="hidden" name="trial_days" value=plan.trial_days.to_string()/>
            {(!trial).then(|| ways_to_pay(lang, &page.ways))}
            {consent(&form, membership::consent(lang, plan.price, plan.months, first))}
            <Button size=Size::Large block=true>{words}</Button>
        </form>
        {switch}
        <p class="small muted">{membership::get_leave(lang)}</p>
    }
    .into_any()
}
