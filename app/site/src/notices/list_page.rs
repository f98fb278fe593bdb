//! What one was told, the latest first.

use super::api;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, privacy as says, shell};
use model::paging::{Page, page_number};
use model::privacy::Notice;
use model::routes;
use trade::Pages;
use ui::{Badge, Button, ButtonLink, EmptyState, FormActions, Glyph, Kind, Size, Tone, loaded};

#[component]
pub fn NoticesPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", says::notices_title(lang), shell::product(lang))/>
        <main id="main" class="page page-narrow">
            <header class="page-head"><h1>{says::notices_title(lang)}</h1></header>
            {loaded(api::read_notices(page_number(wire::query().get("page"))), content)}
        </main>
    }
}

fn content(found: Page<Notice>) -> AnyView {
    let lang = wire::lang();
    let (page, pages, notices) = (found.number, found.pages(), found.items);
    if notices.is_empty() {
        let actions =
            view! { <ButtonLink href=routes::channels(lang) kind=Kind::Secondary>{says::channels_title(lang)}</ButtonLink> };
        return view! {
            <EmptyState title=says::notices_none(lang) text=says::notices_none_text(lang) icon=Glyph::Bell actions/>
        }
        .into_any();
    }
    let read = notices.iter().any(|notice| notice.fresh).then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="form" value="read"/>
                <FormActions><Button kind=Kind::Secondary size=Size::Small>{says::all_read(lang)}</Button></FormActions>
            </form>
        }
    });
    let rows: Vec<_> = notices.into_iter().map(|notice| view! { <Row notice/> }).collect();
    view! {
        <div class="stack gap-4">
            {read}
            <ul class="list" role="list">{rows}</ul>
            <Pages page pages base=routes::notices(lang)/>
            <p class="small"><a href=routes::channels(lang)>{says::channels_title(lang)}</a></p>
        </div>
    }
    .into_any()
}

#[component]
fn Row(notice: Notice) -> impl IntoView {
    let lang = wire::lang();
    let fresh = notice.fresh.then(|| view! { <Badge tone=Tone::Info>{says::fresh(lang)}</Badge> });
    view! {
        <li class="split">
            <div class="stack gap-1">
                <a href=format!("/{lang}{}", notice.page)>{notice.title}</a>
                <span class="small faint">{dates::date_time(lang, notice.at)}</span>
            </div>
            {fresh}
        </li>
    }
}
