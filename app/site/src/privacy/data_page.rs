//! Everything about oneself in one file.

use super::api;
use crate::accounts::{Mistakes, Place, Settings};
use leptos::prelude::*;
use locale::{dates, numbers, privacy as says};
use model::privacy::Archive;
use model::routes;
use ui::{Button, ButtonLink, EmptyState, FormActions, Glyph, Kind, Notice, Tone, loaded};

#[component]
pub fn DataPage() -> impl IntoView {
    let lang = wire::lang();
    view! { <Settings place=Place::Data title=says::data_title(lang)>{loaded(api::read_data(), content)}</Settings> }
}

fn content(archive: Archive) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("archive");
    let label = if archive == Archive::Nothing { says::data_ask(lang) } else { says::data_again(lang) };
    let kind = if matches!(archive, Archive::Ready { .. }) { Kind::Secondary } else { Kind::Primary };
    let ask = (!matches!(archive, Archive::Making { .. })).then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="form" value="archive"/>
                <FormActions><Button kind>{label}</Button></FormActions>
            </form>
        }
    });
    view! {
        <p class="muted">{says::data_lede(lang)}</p>
        <Mistakes form/>
        <State archive/>
        {ask}
        <section class="stack gap-4">
            <h2>{says::data_leave(lang)}</h2>
            <p class="muted">{says::data_leave_text(lang)}</p>
            <FormActions><ButtonLink href=routes::leave(lang) kind=Kind::Quiet>{says::data_leave(lang)}</ButtonLink></FormActions>
        </section>
    }
    .into_any()
}

#[component]
fn State(archive: Archive) -> impl IntoView {
    let lang = wire::lang();
    match archive {
        Archive::Nothing => {
            view! { <EmptyState title=says::data_none(lang) text=says::data_none_text(lang) icon=Glyph::Download small=true/> }.into_any()
        }
        Archive::Making { asked } => view! {
            <Notice title=says::data_making(lang) live=true>
                <p>{says::data_making_text(lang, &dates::date_time(lang, asked))}</p>
            </Notice>
        }
        .into_any(),
        Archive::Ready { id, bytes, until, .. } => view! {
            <Notice tone=Tone::Success title=says::data_ready(lang)>
                <p>{says::data_ready_text(lang, &numbers::size(bytes), &dates::date_time(lang, until))}</p>
                <p><a class="btn btn-primary" href=routes::archive(lang, &id) download="lectern.zip">{says::data_download(lang)}</a></p>
            </Notice>
        }
        .into_any(),
        Archive::Over { made } => view! {
            <Notice title=says::data_over(lang)><p>{says::data_over_text(lang, &dates::date(lang, made))}</p></Notice>
        }
        .into_any(),
        Archive::Failed => view! {
            <Notice tone=Tone::Danger title=says::data_failed(lang)><p>{says::data_failed_text(lang)}</p></Notice>
        }
        .into_any(),
    }
}
