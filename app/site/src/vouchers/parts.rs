//! What several of these pages show.

use leptos::prelude::*;
use model::routes;
use model::text::Slug;
use model::vouchers::GivenCourse;
use ui::{CardRow, Cover, CoverShape};

/// The course that is bought for others.
#[component]
pub fn ForOthers(course: GivenCourse) -> impl IntoView {
    let cover = view! { <Cover id=course.id.to_string() shape=CoverShape::Thumb/> };
    let meta = vec![locale::vouchers::by_instructor(wire::lang(), &course.instructor)];
    view! { <CardRow href=routes::course(wire::lang(), &course.slug) title=course.title.clone() cover meta level=2/> }
}

/// The course that the page's address names.
pub fn course_of_address() -> Option<Slug> {
    wire::query().get("course").and_then(|slug| slug.parse().ok())
}
