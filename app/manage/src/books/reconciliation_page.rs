//! Ours against the provider's, day by day.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{books, dates, orders};
use model::books::{Difference, MovementKind, Outcome, Reconciliation};
use model::paging::{Page, page_number};
use model::{Money, routes};
use trade::Pages;
use ui::{Amount, Badge, Button, Column, EmptyState, Field, Glyph, Kind, Notice, Refused, Table, Tone, When, loaded, wrong};

#[component]
pub fn ReconciliationPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Office place=Place::Reconciliation title=books::reconciliation(lang)>
            <p class="muted measure">{books::reconciliation_text(lang)}</p>
            {compare()}
            {loaded(api::read_reconciliation(page_number(wire::query().get("page"))), content)}
        </Office>
    }
}

fn compare() -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("compare");
    let error = wrong(&form, "day");
    view! {
        <Refused form=form.clone()/>
        <form method="post" class="cluster gap-3" data-once="">
            <input type="hidden" name="form" value="compare"/>
            <Field label=books::day(lang) name="day" kind="date" value=form.value("day", "") required=true error/>
            <Button kind=Kind::Secondary icon=Glyph::Audit>{books::compare(lang)}</Button>
        </form>
    }
    .into_any()
}

fn content(found: Page<Reconciliation>) -> AnyView {
    let lang = wire::lang();
    let (page, pages, all) = (found.number, found.pages(), found.items);
    if all.is_empty() {
        return view! { <EmptyState title=books::not_compared(lang) text=books::not_compared_text(lang) icon=Glyph::Audit/> }
            .into_any();
    }
    let latest = all.first().filter(|_| page == 1).map(|run| verdict(run.outcome, run.differences.len()));
    let columns = vec![
        Column::new(books::day(lang)),
        Column::new(orders::provider(lang)),
        Column::new(orders::state(lang)),
        Column::new(books::theirs(lang)).numeric(),
        Column::new(books::ours(lang)).numeric(),
        Column::new(books::asked(lang)),
    ];
    let differing: Vec<_> = all.iter().filter(|run| !run.differences.is_empty()).cloned().map(differences).collect();
    let rows: Vec<_> = all.into_iter().map(row).collect();
    view! {
        {latest}
        <Table columns label=books::reconciliation(lang)>{rows}</Table>
        <Pages page pages base=routes::admin_reconciliation(lang)/>
        {differing}
    }
    .into_any()
}

fn verdict(outcome: Outcome, differences: usize) -> AnyView {
    let lang = wire::lang();
    let (tone, words) = match outcome {
        Outcome::Same => (Tone::Success, books::all_same(lang).to_owned()),
        Outcome::Different => (Tone::Danger, books::some_differ(lang, u32::try_from(differences).unwrap_or(u32::MAX))),
        Outcome::NoAnswer => (Tone::Warning, books::no_answer_text(lang).to_owned()),
    };
    view! { <Notice tone><p>{words}</p></Notice> }.into_any()
}

fn row(run: Reconciliation) -> impl IntoView {
    let lang = wire::lang();
    let tone = match run.outcome {
        Outcome::Same => Tone::Success,
        Outcome::Different => Tone::Danger,
        Outcome::NoAnswer => Tone::Warning,
    };
    view! {
        <tr>
            <td class="nowrap">{dates::date(lang, run.day)}</td>
            <td>{orders::provider_name(lang, run.provider)}</td>
            <td><Badge tone>{books::outcome(lang, run.outcome)}</Badge></td>
            <td class="num">{run.theirs.to_string()}</td>
            <td class="num">{run.ours.to_string()}</td>
            <td class="nowrap"><When at=run.at time=true/><br/><span class="small faint">{run.asked_by.unwrap_or_else(|| orders::the_program(lang).to_owned())}</span></td>
        </tr>
    }
}

/// Where one day differs, payment by payment.
fn differences(run: Reconciliation) -> AnyView {
    let lang = wire::lang();
    let title = format!("{} · {}", dates::date(lang, run.day), orders::provider_name(lang, run.provider));
    let columns = vec![
        Column::new(orders::order(lang)),
        Column::new(orders::kind(lang)),
        Column::new(books::theirs(lang)).numeric(),
        Column::new(books::ours(lang)).numeric(),
    ];
    let rows: Vec<_> = run.differences.into_iter().map(difference).collect();
    view! {
        <section class="section">
            <header class="section-head"><h2>{title.clone()}</h2></header>
            <Table columns label=title>{rows}</Table>
        </section>
    }
    .into_any()
}

fn difference(found: Difference) -> impl IntoView {
    let lang = wire::lang();
    let kind = match found.kind {
        MovementKind::Capture => books::captured(lang),
        MovementKind::Refund => books::sent_back(lang),
        MovementKind::RefundReturned => books::came_back(lang),
        MovementKind::Dispute => books::withheld(lang),
        MovementKind::DisputeWon => books::given_back(lang),
    };
    let named = match found.order {
        Some(order) => view! { <a href=routes::admin_order(lang, &order)><code>{found.reference}</code></a> }.into_any(),
        None => view! { <code>{found.reference}</code> }.into_any(),
    };
    view! {
        <tr>
            <td>{named}</td>
            <td>{kind}</td>
            <td class="num"><Amount of=Money::new(found.theirs, found.currency) exact=true/></td>
            <td class="num"><Amount of=Money::new(found.ours, found.currency) exact=true/></td>
        </tr>
    }
}
