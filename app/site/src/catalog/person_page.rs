//! Somebody who teaches: who they are and what they offer.

use super::api;
use super::components::course_card::{CourseGrid, RatingOf};
use crate::head::PageHead;
use leptos::prelude::*;
use locale::storefront;
use model::storefront::PersonPage as Page;
use model::text::Handle;
use ui::{Avatar, AvatarSize, loaded};

#[component]
pub fn PersonPage(handle: Handle) -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_person(handle), content)}</main> }
}

fn content(page: Page) -> AnyView {
    let lang = wire::lang();
    let teacher = &page.teacher;
    let (name, headline) = (teacher.person.name.to_string(), teacher.person.headline.clone());
    let bio = (!teacher.bio.is_empty()).then(|| view! { <p class="measure">{teacher.bio.clone()}</p> });
    view! {
        <PageHead title=name.clone() description=headline.clone() path=format!("/u/{}", teacher.person.handle)/>
        <header class="page-head">
            <div class="pair gap-5 at-top">
                <Avatar name=name.clone() size=AvatarSize::Huge/>
                <div class="stack gap-3">
                    <h1>{name.clone()}</h1>
                    <p class="lede">{headline}</p>
                    <p class="meta">
                        <RatingOf rating=teacher.rating/>
                        <span>{storefront::teacher_courses(lang, teacher.courses)}</span>
                        <span>{storefront::learners(lang, teacher.learners)}</span>
                    </p>
                    {bio}
                </div>
            </div>
        </header>
        <section class="section">
            <header class="section-head ruled"><h2>{storefront::courses_by(lang, &name)}</h2></header>
            <CourseGrid courses=page.courses topics=page.topics/>
        </section>
    }
    .into_any()
}
