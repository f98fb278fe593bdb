//! What the course's page says, and its cover.

use super::api;
use super::said::Said;
use crate::shell::{Course, Door};
use leptos::prelude::*;
use locale::{catalog, elements, faults, studio};
use model::authoring::{Draft, Room};
use model::catalog::Level;
use model::ids::CourseId;
use model::{Fault, FormState, Lang, Refusal, routes};
use ui::{
    Answer, Button, Cover, CoverShape, Field, FormActions, Glyph, Icon, Kind, Mistakes, Notice, Select, Size, TextArea, Tone,
    loaded, wrong,
};

#[component]
pub fn LandingPage(course: CourseId) -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_room(course), content)}</main> }
}

/// The fields of the form with what stands in the draft.
pub(super) fn fields(draft: &Draft) -> [(&'static str, String); 9] {
    [
        ("title", draft.title.clone()),
        ("promise", draft.promise.clone()),
        ("about", draft.about.clone()),
        ("topic", draft.topic.clone()),
        ("level", draft.level.as_str().to_owned()),
        ("tags", draft.tags.clone()),
        ("learn", draft.learn.clone()),
        ("suits", draft.suits.clone()),
        ("not_for", draft.not_for.clone()),
    ]
}

fn content(room: Room) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("landing");
    let saved = (wire::query().get("done") == Some("saved"))
        .then(|| view! { <Notice tone=Tone::Success live=true><p>{studio::saved(lang)}</p></Notice> });
    view! {
        <Course room=room.clone() door=Door::Landing lede=studio::landing_lede(lang)>
            {saved}
            <Mistakes form=form.clone()/>
            {theirs(lang, &form, &fields(&room.draft))}
            {landing(lang, &form, &room)}
            {cover(lang, &room.draft)}
        </Course>
    }
    .into_any()
}

/// After a conflict without script: the other text, to copy from; the person's own stands in the form.
pub(super) fn theirs(lang: Lang, form: &FormState, fields: &[(&'static str, String)]) -> Option<AnyView> {
    if !matches!(form.fault(), Some(Fault::Conflict(Refusal::ChangedMeanwhile))) {
        return None;
    }
    let other: Vec<_> = fields
        .iter()
        .filter(|(name, value)| form.value(name, "").replace("\r\n", "\n").trim() != value)
        .map(|(name, value)| view! { <dt>{*name}</dt><dd><pre class="scroll-x">{value.clone()}</pre></dd> })
        .collect();
    Some(
        view! {
            <Notice tone=Tone::Warning title=studio::theirs_title(lang)>
                <p>{studio::theirs_text(lang)}</p>
                <dl class="stack gap-2">{other}</dl>
            </Notice>
        }
        .into_any(),
    )
}

fn landing(lang: Lang, form: &FormState, room: &Room) -> AnyView {
    let draft = &room.draft;
    let here = routes::studio_course(lang, &draft.id, "landing");
    let mut topics = vec![Answer::new("", studio::topic_none(lang))];
    topics.extend(room.topics.iter().map(|topic| Answer::new(topic.slug.as_str(), topic.name(lang))));
    let levels = Level::ALL.iter().map(|level| Answer::new(level.as_str(), catalog::level(lang, *level))).collect();
    let value = |name: &str, fresh: &str| form.value(name, fresh);
    let optional = faults::optional(lang);
    view! {
        <autosave-form data-save-url=here data-key=format!("landing-{}", draft.id) data-labels=elements::autosave_form(lang)>
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="landing"/>
                <input type="hidden" name="version" value=draft.version.to_string()/>
                <Field label=studio::title(lang) name="title" value=value("title", &draft.title) error=wrong(form, "title") required=true maxlength=120/>
                <Said field="title"/>
                <Field label=studio::promise(lang) name="promise" value=value("promise", &draft.promise) help=studio::promise_help(lang)
                    error=wrong(form, "promise") maxlength=200/>
                <Said field="promise"/>
                <div class="grid-2">
                    <Select label=studio::topic(lang) name="topic" options=topics value=value("topic", &draft.topic) error=wrong(form, "topic")/>
                    <Select label=studio::level(lang) name="level" options=levels value=value("level", draft.level.as_str()) error=wrong(form, "level")/>
                </div>
                <TextArea label=studio::about(lang) name="about" rows=8 value=value("about", &draft.about) help=studio::about_help(lang)
                    error=wrong(form, "about") maxlength=20_000/>
                <Said field="about"/>
                <TextArea label=studio::learn(lang) name="learn" rows=5 value=value("learn", &draft.learn) help=studio::learn_help(lang) note=optional error=wrong(form, "learn")/>
                <Said field="learn"/>
                <div class="grid-2">
                    <TextArea label=studio::suits(lang) name="suits" rows=4 value=value("suits", &draft.suits) help=studio::learn_help(lang) note=optional error=wrong(form, "suits")/>
                    <TextArea label=studio::not_for(lang) name="not_for" rows=4 value=value("not_for", &draft.not_for) help=studio::learn_help(lang) note=optional error=wrong(form, "not_for")/>
                </div>
                <TextArea label=studio::tags(lang) name="tags" rows=3 value=value("tags", &draft.tags) help=studio::tags_help(lang) note=optional error=wrong(form, "tags")/>
                <Said field="tags"/>
                <FormActions><Button>{studio::save(lang)}</Button><output class="save-state" data-autosave-status=""></output></FormActions>
            </form>
        </autosave-form>
    }
    .into_any()
}

fn cover(lang: Lang, draft: &Draft) -> AnyView {
    let form = wire::form_state("cover");
    let remove = draft.cover.is_some().then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="form" value="uncover"/>
                <Button kind=Kind::Quiet size=Size::Small icon=Glyph::Trash>{studio::remove_cover(lang)}</Button>
            </form>
        }
    });
    view! {
        <section class="section stack gap-4">
            <h3>{studio::cover(lang)}</h3>
            <Mistakes form=form.clone()/>
            <div class="grid-2">
                <div class="stack gap-3"><Cover id=draft.id.to_string() picture=draft.cover_url() shape=CoverShape::Wide/>{remove}</div>
                <media-uploader data-endpoint="/uploads" data-purpose="image" data-max-bytes="20971520" data-submit="auto" data-labels=elements::media_uploader(lang)>
                    <form method="post" enctype="multipart/form-data" class="stack gap-3">
                        <input type="hidden" name="form" value="cover"/>
                        <input type="hidden" name="purpose" value="image"/>
                        <input type="hidden" name="media_id"/>
                        <div class="drop">
                            <Icon glyph=Glyph::Image/>
                            <Field label=studio::choose_image(lang) name="file" kind="file" accept="image/jpeg,image/png,image/webp" help=studio::cover_help(lang) error=wrong(&form, "file")/>
                        </div>
                        <div><Button kind=Kind::Secondary icon=Glyph::Upload>{studio::upload_cover(lang)}</Button></div>
                    </form>
                </media-uploader>
            </div>
        </section>
    }
    .into_any()
}
