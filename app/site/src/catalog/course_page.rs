//! The page of one course: what it promises, what it costs, everything that is in it, what learners say.

use super::api;
use super::components::course_card::{CourseGrid, RatingOf};
use super::components::outline::CourseOutline;
use super::components::purchase::{PurchaseBar, PurchaseBox};
use super::components::review_form::ReviewForm;
use super::components::reviews::CourseReviews;
use super::course_data::course_data;
use crate::head::PageHead;
use leptos::prelude::*;
use locale::{catalog, community, dates, faults, numbers, shell, storefront};
use model::catalog::Topic;
use model::entitlement::{Access, Reason};
use model::paging::page_number;
use model::storefront::{CoursePage as Page, Teacher};
use model::text::Slug;
use model::{Lang, routes};
use ui::{AvatarSize, Breadcrumb, Chip, Crumb, DataBlock, Glyph, Icon, Notice, Person, Prose, Tone, loaded};

#[component]
pub fn CoursePage(slug: Slug) -> impl IntoView {
    let stars = wire::query().get("stars").and_then(|stars| stars.parse().ok()).filter(|stars| (1..=5).contains(stars));
    let page = page_number(wire::query().get("reviews"));
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_course(slug, stars, Some(page)), content)}</main> }
}

fn content(page: Page) -> AnyView {
    let lang = wire::lang();
    let path = format!("/courses/{}", page.course.slug);
    let site = wire::public_url();
    let data = course_data(&page, &site, &format!("{site}/{lang}{path}"), shell::product(lang));
    view! {
        <PageHead title=page.course.title.clone() description=page.course.promise.clone() path/>
        <DataBlock data/>
        <div class="course">
            {head(lang, &page)}
            <aside class="course-side" aria-label=storefront::buy_short(lang)><PurchaseBox page=page.clone()/></aside>
            <div class="course-body">
                {points(lang, &page)}
                {outline(lang, &page)}
                {about(lang, &page)}
                {teacher(lang, &page.teacher)}
                {reviews(lang, &page)}
            </div>
        </div>
        {similar(lang, &page)}
        <PurchaseBar page/>
    }
    .into_any()
}

/// The tag of the course's language where it is not the page's.
fn foreign(lang: Lang, page: &Page) -> Option<&'static str> {
    let own = page.course.language.as_str();
    (own != lang.tag()).then_some(own)
}

fn head(lang: Lang, page: &Page) -> AnyView {
    let course = &page.course;
    let steps = vec![
        Crumb::new(storefront::all_courses(lang), routes::courses(lang)),
        Crumb::new(page.topic.name(lang), routes::topic(lang, &page.topic.slug)),
    ];
    let unlisted = (!page.listed).then(|| view! { <Notice tone=Tone::Warning>{storefront::unlisted(lang)}</Notice> });
    let refused = ["buy", "enrol"].into_iter().find_map(|name| wire::form_state(name).fault().cloned());
    let refused = refused.map(|fault| {
        view! { <div lang=lang.tag()><Notice tone=Tone::Danger live=true><p>{faults::sentence(lang, &fault)}</p></Notice></div> }
    });
    let person = &course.instructor;
    view! {
        <header class="bleed course-head" lang=foreign(lang, page)>
            <Breadcrumb steps label=storefront::position(lang)/>
            <h1>{course.title.clone()}</h1>
            <p class="lede">{course.promise.clone()}</p>
            <div class="meta" lang=lang.tag()>
                <RatingOf rating=course.rating/>
                {(course.learners > 0).then(|| view! { <span>{storefront::learners(lang, course.learners)}</span> })}
                <span>{catalog::kind(lang, course.kind)}</span>
                <span>{catalog::level(lang, course.level)}</span>
                <span>{catalog::content_lang(lang, course.language)}</span>
                <span>{storefront::updated(lang, &dates::date(lang, page.updated_at))}</span>
            </div>
            <Person name=person.name.to_string() note=person.headline.clone() href=routes::person(lang, &person.handle)/>
            {unlisted}
            {refused}
        </header>
    }
    .into_any()
}

fn points(lang: Lang, page: &Page) -> AnyView {
    let ticks = |points: &[String], glyph: Glyph, class: &'static str| -> Vec<AnyView> {
        points.iter().map(|point| view! { <li><Icon glyph class/><span>{point.clone()}</span></li> }.into_any()).collect()
    };
    let learn = (!page.learn.is_empty()).then(|| {
        view! {
            <section class="section">
                <header class="section-head"><h2>{storefront::you_will_learn(lang)}</h2></header>
                <ul class="ticks two" role="list" lang=foreign(lang, page)>{ticks(&page.learn, Glyph::Check, "")}</ul>
            </section>
        }
    });
    let whom = (!page.suits.is_empty() || !page.not_for.is_empty()).then(|| {
        view! {
            <section class="section">
                <header class="section-head"><h2>{storefront::for_whom(lang)}</h2></header>
                <div class="grid-2">
                    <div class="stack gap-3">
                        <h3>{storefront::suits(lang)}</h3>
                        <ul class="ticks" role="list" lang=foreign(lang, page)>{ticks(&page.suits, Glyph::Check, "")}</ul>
                    </div>
                    <div class="stack gap-3">
                        <h3>{storefront::not_for(lang)}</h3>
                        <ul class="ticks" role="list" lang=foreign(lang, page)>{ticks(&page.not_for, Glyph::Close, "no")}</ul>
                    </div>
                </div>
            </section>
        }
    });
    view! { {learn}{whom} }.into_any()
}

fn outline(lang: Lang, page: &Page) -> AnyView {
    let course = &page.course;
    let chapters = u32::try_from(page.chapters.len()).unwrap_or(u32::MAX);
    let size =
        [storefront::chapters(lang, chapters), storefront::lessons(lang, course.lessons), numbers::length(lang, course.seconds)]
            .join(" · ");
    view! {
        <section class="section" id="outline">
            <header class="section-head"><h2>{storefront::outline(lang)}</h2><span class="muted small">{size}</span></header>
            <div lang=foreign(lang, page)>
                <CourseOutline course=course.slug.clone() chapters=page.chapters.clone() open=page.access.is_open()/>
            </div>
        </section>
    }
    .into_any()
}

fn about(lang: Lang, page: &Page) -> AnyView {
    let tags: Vec<_> = page
        .tags
        .iter()
        .map(|tag| {
            let href = format!(
                "{}{}",
                routes::search(lang),
                model::browse::Filter { query: tag.clone(), ..Default::default() }.address()
            );
            let tag = tag.clone();
            view! { <Chip href>{tag}</Chip> }
        })
        .collect();
    let tags = (!tags.is_empty()).then(|| view! { <nav class="chips mt-5" aria-label=storefront::tags(lang)>{tags}</nav> });
    (!page.about.as_str().is_empty())
        .then(|| {
            view! {
                <section class="section">
                    <header class="section-head"><h2>{storefront::about_course(lang)}</h2></header>
                    <Prose html=page.about.clone() lang=foreign(lang, page)/>
                    {tags}
                </section>
            }
        })
        .into_any()
}

fn teacher(lang: Lang, teacher: &Teacher) -> AnyView {
    let person = &teacher.person;
    let bio = (!teacher.bio.is_empty()).then(|| view! { <p class="measure">{teacher.bio.clone()}</p> });
    view! {
        <section class="section">
            <header class="section-head"><h2>{storefront::about_teacher(lang)}</h2></header>
            <div class="stack gap-4">
                <Person name=person.name.to_string() note=person.headline.clone() href=routes::person(lang, &person.handle) size=AvatarSize::Large/>
                <p class="meta">
                    <RatingOf rating=teacher.rating/>
                    <span>{storefront::teacher_courses(lang, teacher.courses)}</span>
                    {(teacher.learners > 0).then(|| view! { <span>{storefront::learners(lang, teacher.learners)}</span> })}
                </p>
                {bio}
            </div>
        </section>
    }
    .into_any()
}

fn reviews(lang: Lang, page: &Page) -> AnyView {
    let writes = matches!(page.access, Access::Open(Reason::Granted(_)));
    let form =
        (writes || wire::form_state("review").fault().is_some()).then(|| view! { <ReviewForm own=page.own_review.clone()/> });
    view! {
        <section class="section" id="reviews">
            <header class="section-head"><h2>{community::reviews(lang)}</h2></header>
            <div class="stack gap-5">
                {form}
                <CourseReviews course=page.course.slug.clone() reviews=page.reviews.clone()/>
            </div>
        </section>
    }
    .into_any()
}

fn similar(lang: Lang, page: &Page) -> AnyView {
    let topics: Vec<Topic> = page.topics.clone();
    (!page.similar.is_empty())
        .then(|| {
            view! {
                <section class="section">
                    <header class="section-head"><h2>{storefront::similar(lang)}</h2></header>
                    <CourseGrid courses=page.similar.clone() topics/>
                </section>
            }
        })
        .into_any()
}
