//! The beginning of a course.

use crate::shell::{Place, Studio};
use leptos::prelude::*;
use locale::{catalog, studio};
use model::Lang;
use model::catalog::Kind;
use model::lang::ContentLang;
use ui::{Answer, Button, Field, FormActions, Mistakes, Select, wrong};

#[component]
pub fn NewPage() -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("begin");
    let spoken = if lang == Lang::Zh { ContentLang::Chinese } else { ContentLang::English };
    view! {
        <main id="main" tabindex="-1" class="page">
            <Studio place=Place::Courses title=studio::new_course(lang) lede=studio::begin_lede(lang)>
                <Mistakes form=form.clone()/>
                <form method="post" class="stack gap-5 measure" data-once="">
                    <input type="hidden" name="form" value="begin"/>
                    <Field label=studio::title(lang) name="title" value=form.value("title", "") help=studio::title_help(lang)
                        error=wrong(&form, "title") required=true maxlength=120 autofocus=form.fault().is_none()/>
                    <div class="grid-2">
                        <Select label=studio::kind(lang) name="kind" options=kinds(lang) value=form.value("kind", Kind::Course.as_str()) error=wrong(&form, "kind")/>
                        <Select label=studio::language(lang) name="language" options=languages(lang) value=form.value("language", spoken.as_str()) error=wrong(&form, "language")/>
                    </div>
                    <FormActions><Button>{studio::begin(lang)}</Button></FormActions>
                </form>
            </Studio>
        </main>
    }
}

/// The forms a course may take.
pub fn kinds(lang: Lang) -> Vec<Answer> {
    Kind::ALL.iter().map(|kind| Answer::new(kind.as_str(), catalog::kind(lang, *kind))).collect()
}

/// The languages a course may be in.
pub fn languages(lang: Lang) -> Vec<Answer> {
    ContentLang::ALL.iter().map(|spoken| Answer::new(spoken.as_str(), catalog::content_lang(lang, *spoken))).collect()
}
