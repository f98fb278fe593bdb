//! What a lesson shows to who does not have the course.

use leptos::prelude::*;
use locale::{learning, numbers};
use model::learning::CourseHead;
use model::{Lang, routes};
use ui::{ButtonLink, EmptyState, Glyph, Icon, Kind};

fn is_free(course: &CourseHead) -> bool {
    course.offer.price.minor() == 0
}

/// To where the course is bought or taken.
fn unlock(lang: Lang, course: &CourseHead) -> AnyView {
    let label = match is_free(course) {
        true => learning::take_free(lang).to_owned(),
        false => learning::buy_whole(lang, &numbers::money(course.offer.price)),
    };
    view! { <ButtonLink href=routes::course(lang, &course.slug)>{label}</ButtonLink> }.into_any()
}

/// In place of the lesson: what unlocks it.
#[component]
pub fn Locked(course: CourseHead) -> impl IntoView {
    let viewer = wire::viewer();
    let lang = viewer.lang;
    let text = match is_free(&course) {
        true => learning::locked_text_free(lang).to_owned(),
        false => learning::locked_text_paid(lang, &numbers::money(course.offer.price)),
    };
    let sign_in = viewer.me.is_none().then(|| {
        let href = format!("{}?next={}", routes::login(lang), viewer.address.split('?').next().unwrap_or_default());
        view! { <ButtonLink href kind=Kind::Quiet>{format!("{} {}", learning::already_bought(lang), locale::shell::sign_in(lang))}</ButtonLink> }
    });
    let actions = view! { {unlock(lang, &course)}{sign_in} };
    view! { <div class="box"><EmptyState title=learning::locked_title(lang) text icon=Glyph::Lock actions/></div> }
}

/// Above a free preview: that it is one, and how to get the rest.
#[component]
pub fn PreviewBanner(course: CourseHead) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <div class="notice">
            <Icon glyph=Glyph::Info/>
            <div class="notice-body split"><p>{learning::preview_banner(lang, &course.title)}</p>{unlock(lang, &course)}</div>
        </div>
    }
}
