//! Notifications of providers: what came, what became of it, and trying again what led nowhere.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{books, orders};
use model::books::{Inbox, NoticeRow, NoticeState};
use model::paging::page_number;
use model::routes;
use trade::Pages;
use ui::{Badge, Column, EmptyState, Glyph, OneButton, Refused, Tab, Table, Tabs, Tone, When, loaded};

#[component]
pub fn WebhooksPage() -> impl IntoView {
    let lang = wire::lang();
    let state = wire::query().get("state").and_then(|word| word.parse().ok());
    view! {
        <Office place=Place::Webhooks title=books::webhooks(lang)>
            <Refused form=wire::form_state("replay")/>
            {loaded(api::read_webhooks(state, page_number(wire::query().get("page"))), content)}
        </Office>
    }
}

fn content(found: Inbox) -> AnyView {
    let lang = wire::lang();
    let here = routes::admin_webhooks(lang);
    let all: u64 = found.counts.iter().map(|(_, count)| count).sum();
    let mut tabs = vec![Tab::new(books::all_notices(lang), here.clone(), found.state.is_none()).counted(all)];
    tabs.extend(found.counts.iter().map(|(state, count)| {
        Tab::new(books::notice_state(lang, *state), format!("{here}?state={state}"), found.state == Some(*state)).counted(*count)
    }));
    let (page, pages) = (found.notices.number, found.notices.pages());
    let base = match found.state {
        Some(state) => format!("{here}?state={state}"),
        None => here,
    };
    let list = match found.notices.items.is_empty() {
        true => view! { <EmptyState title=books::no_notices(lang) icon=Glyph::Bell/> }.into_any(),
        false => table(found.notices.items),
    };
    view! {
        <p class="muted measure">{books::webhooks_text(lang)}</p>
        <Tabs tabs label=books::webhooks(lang)/>
        {list}
        <Pages page pages base/>
    }
    .into_any()
}

fn table(notices: Vec<NoticeRow>) -> AnyView {
    let lang = wire::lang();
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(orders::provider(lang)),
        Column::new(books::event(lang)),
        Column::new(orders::state(lang)),
        Column::new(books::tries(lang)).numeric(),
        Column::new(books::problem(lang)),
        Column::new(locale::earnings::act(lang)),
    ];
    let rows: Vec<_> = notices.into_iter().map(row).collect();
    view! { <Table columns label=books::webhooks(lang)>{rows}</Table> }.into_any()
}

fn row(notice: NoticeRow) -> impl IntoView {
    let lang = wire::lang();
    let tone = match notice.state {
        NoticeState::Dead => Tone::Danger,
        NoticeState::Failed => Tone::Warning,
        NoticeState::Processed => Tone::Success,
        NoticeState::Received => Tone::Info,
        NoticeState::Ignored => Tone::Plain,
    };
    let again = notice.state.may_replay().then(|| {
        view! {
            <OneButton form="replay" name="notice" value=notice.id.clone() label=books::replay(lang) icon=Glyph::Undo
                action=routes::admin_webhooks(lang)/>
        }
    });
    view! {
        <tr>
            <td class="nowrap"><When at=notice.received_at time=true/></td>
            <td>{orders::provider_name(lang, notice.provider)}</td>
            <td><code>{notice.event_id}</code></td>
            <td><Badge tone>{books::notice_state(lang, notice.state)}</Badge></td>
            <td class="num">{notice.tries.to_string()}</td>
            <td class="small">{notice.problem}</td>
            <td class="table-actions">{again}</td>
        </tr>
    }
}
