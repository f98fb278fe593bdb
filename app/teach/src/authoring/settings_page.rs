//! Address, form, and whether the course is in the catalog.

use super::api;
use super::checklist::Checklist;
use super::new_page::{kinds, languages};
use crate::shell::{Course, Door, publish_label};
use leptos::prelude::*;
use locale::studio;
use model::Lang;
use model::authoring::Room;
use model::ids::CourseId;
use ui::{Button, Field, FormActions, Glyph, Kind, Mistakes, Notice, Select, Tone, loaded, wrong};

#[component]
pub fn SettingsPage(course: CourseId) -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_room(course), content)}</main> }
}

fn content(room: Room) -> AnyView {
    let lang = wire::lang();
    view! {
        <Course room=room.clone() door=Door::Settings lede=studio::settings_lede(lang)>
            {done(lang)}
            {publishing(lang, &room)}
            {address(lang, &room)}
            {unlisting(lang, &room)}
        </Course>
    }
    .into_any()
}

fn done(lang: Lang) -> Option<impl IntoView> {
    let words = match wire::query().get("done")? {
        "published" => studio::published_notice(lang),
        "unpublished" => studio::unpublished_notice(lang),
        _ => studio::saved(lang),
    };
    Some(view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })
}

/// What is missing, and the button once nothing is.
fn publishing(lang: Lang, room: &Room) -> AnyView {
    let refused = wire::form_state("publish").fault().is_some();
    let said = match (refused && !room.is_ready(), room.is_ready(), publish_label(lang, room.draft.state)) {
        (true, _, _) => view! { <Notice tone=Tone::Danger live=true><p>{studio::not_ready(lang)}</p></Notice> }.into_any(),
        (_, true, None) => view! { <p class="muted">{studio::up_to_date(lang)}</p> }.into_any(),
        (_, true, Some(_)) => view! { <p class="muted">{studio::checklist_ready(lang)}</p> }.into_any(),
        _ => ().into_any(),
    };
    let button = publish_label(lang, room.draft.state).map(|label| {
        view! {
            <form method="post" data-once="">
                <input type="hidden" name="form" value="publish"/>
                <Button icon=Glyph::Send>{label}</Button>
            </form>
        }
    });
    view! {
        <section class="box stack gap-4" aria-labelledby="checklist">
            <h3 id="checklist">{studio::checklist(lang)}</h3>
            {said}
            <Checklist room=room.clone()/>
            {button}
        </section>
    }
    .into_any()
}

fn address(lang: Lang, room: &Room) -> AnyView {
    let form = wire::form_state("address");
    let draft = &room.draft;
    view! {
        <Mistakes form=form.clone()/>
        <form method="post" class="stack gap-5 measure">
            <input type="hidden" name="form" value="address"/>
            <Field label=studio::address(lang) name="slug" value=form.value("slug", draft.slug.as_str())
                help=studio::address_help(lang) error=wrong(&form, "slug") required=true maxlength=80 autocomplete="off"/>
            <div class="grid-2">
                <Select label=studio::kind(lang) name="kind" options=kinds(lang) value=form.value("kind", draft.kind.as_str()) error=wrong(&form, "kind")/>
                <Select label=studio::language(lang) name="language" options=languages(lang) value=form.value("language", draft.language.as_str()) error=wrong(&form, "language")/>
            </div>
            <FormActions><Button kind=Kind::Secondary>{studio::save(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}

fn unlisting(lang: Lang, room: &Room) -> Option<AnyView> {
    room.draft.state.is_out().then(|| {
        view! {
            <section class="section stack gap-3">
                <h3>{studio::unpublish(lang)}</h3>
                <p class="muted">{studio::unpublish_text(lang)}</p>
                <form method="post">
                    <input type="hidden" name="form" value="unpublish"/>
                    <Button kind=Kind::Danger size=ui::Size::Small>{studio::unpublish(lang)}</Button>
                </form>
            </section>
        }
        .into_any()
    })
}
