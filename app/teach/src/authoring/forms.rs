//! The forms of these pages, as they work without script. The first of a page is taken where a form does not say its name:
//! the outline's list posts nothing but its order.

use super::api;
use crate::TEACHERS;
use model::ids::MediaId;
use model::{Fault, Problem};
use std::str::FromStr;
use wire::{Error, Filled, Form};

macro_rules! form {
    ($page:literal, $name:literal, $filled:ident => $act:expr) => {
        Form { page: $page, name: $name, who: TEACHERS, act: |$filled: Filled| Box::pin(async move { $act.await }) }
    };
}

/// Page, form, verb.
pub const FORMS: &[Form] = &[
    form!("/studio/courses/new", "begin", filled => api::begin_course(filled.read()?)),
    form!("/studio/courses/{id}/outline", "order", filled => api::order_outline(filled.param("id")?, filled.fields)),
    form!("/studio/courses/{id}/outline", "add_chapter", filled => api::add_chapter(filled.param("id")?, text(&filled, "title"))),
    form!("/studio/courses/{id}/outline", "add_lesson", filled => {
        let chapter = field(&filled, "chapter").ok_or(Error(Fault::NotFound))?;
        api::add_lesson(filled.param("id")?, chapter, text(&filled, "title"), text(&filled, "kind"))
    }),
    form!("/studio/courses/{id}/outline", "rename", filled => {
        api::rename_item(filled.param("id")?, field(&filled, "chapter"), field(&filled, "lesson"), text(&filled, "title"))
    }),
    form!("/studio/courses/{id}/outline", "remove", filled => {
        api::remove_item(filled.param("id")?, field(&filled, "chapter"), field(&filled, "lesson"))
    }),
    form!("/studio/courses/{id}/outline", "move", filled => {
        let up = text(&filled, "move") == "up";
        api::move_item(filled.param("id")?, field(&filled, "chapter"), field(&filled, "lesson"), up)
    }),
    form!("/studio/courses/{id}/landing", "landing", filled => api::keep_landing(filled.param("id")?, filled.read()?)),
    form!("/studio/courses/{id}/landing", "cover", filled => api::keep_cover(filled.param("id")?, Some(chosen(&filled)?))),
    form!("/studio/courses/{id}/landing", "uncover", filled => api::keep_cover(filled.param("id")?, None)),
    form!("/studio/courses/{id}/pricing", "places", filled => api::keep_places(filled.param("id")?, filled.read()?)),
    form!("/studio/courses/{id}/pricing", "membership", filled => api::keep_membership(filled.param("id")?, filled.read()?)),
    form!("/studio/courses/{id}/pricing", "price", filled => api::keep_price(filled.param("id")?, filled.read()?)),
    form!("/studio/courses/{id}/settings", "address", filled => api::keep_address(filled.param("id")?, filled.read()?)),
    form!("/studio/courses/{id}/settings", "publish", filled => api::publish_course(filled.param("id")?)),
    form!("/studio/courses/{id}/settings", "unpublish", filled => api::unpublish_course(filled.param("id")?)),
    form!("/studio/courses/{id}/lessons/{lesson}", "lesson", filled => {
        api::keep_lesson(filled.param("id")?, filled.param("lesson")?, filled.read()?)
    }),
    form!("/studio/courses/{id}/lessons/{lesson}", "attach", filled => {
        api::set_lesson_file(filled.param("id")?, filled.param("lesson")?, Some(chosen(&filled)?))
    }),
    form!("/studio/courses/{id}/lessons/{lesson}", "detach", filled => {
        api::set_lesson_file(filled.param("id")?, filled.param("lesson")?, None)
    }),
];

fn text(filled: &Filled, name: &str) -> String {
    filled.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// A field that is an identifier; one that cannot be one is as good as none.
fn field<T: FromStr>(filled: &Filled, name: &str) -> Option<T> {
    text(filled, name).parse().ok()
}

/// The file that was uploaded or chosen.
pub(crate) fn chosen(filled: &Filled) -> Result<MediaId, Error> {
    field(filled, "media_id").ok_or_else(|| Error(Fault::field("file", Problem::Required)))
}
