//! What is known of an order, as tables.

use leptos::prelude::*;
use locale::orders;
use model::orders::{AttemptView, OrderState, Refunded, TrailView, TransferView};
use model::payments::{AttemptState, RefundState, RefundView};
use ui::{Amount, Badge, Column, EmptyState, Table, Tone, When};

/// An order's state in a word or two.
#[component]
pub fn StateBadges(state: OrderState, refunded: Refunded, needs_review: bool) -> impl IntoView {
    let lang = wire::lang();
    let tone = match state {
        OrderState::Paid => Tone::Success,
        OrderState::AwaitingPayment => Tone::Info,
        OrderState::Canceled | OrderState::Expired => Tone::Plain,
    };
    view! {
        <span class="cluster gap-1">
            <Badge tone>{orders::order_state(lang, state)}</Badge>
            {(refunded != Refunded::None).then(|| view! { <Badge tone=Tone::Warning>{orders::refunded_state(lang, refunded)}</Badge> })}
            {needs_review.then(|| view! { <Badge tone=Tone::Danger>{orders::needs_review(lang)}</Badge> })}
        </span>
    }
}

/// A refund's state in a word.
#[component]
pub fn RefundBadge(state: RefundState) -> impl IntoView {
    let tone = match state {
        RefundState::Succeeded => Tone::Success,
        RefundState::Failed | RefundState::NeedsAttention => Tone::Danger,
        RefundState::Requested | RefundState::Unknown => Tone::Warning,
        RefundState::Canceled => Tone::Plain,
        _ => Tone::Info,
    };
    view! { <Badge tone>{orders::refund_state(wire::lang(), state)}</Badge> }
}

/// A part of the page with its heading; words where there is nothing.
fn part(title: &'static str, nothing: Option<&'static str>, inside: AnyView) -> AnyView {
    let inside = match nothing {
        Some(words) => view! { <EmptyState title=words small=true/> }.into_any(),
        None => inside,
    };
    view! {
        <section class="section"><header class="section-head"><h2>{title}</h2></header>{inside}</section>
    }
    .into_any()
}

/// Every try to pay, each with its evidence in the order it came.
pub fn attempts(all: Vec<AttemptView>) -> AnyView {
    let lang = wire::lang();
    let nothing = all.is_empty().then(|| orders::no_attempts(lang));
    let shown: Vec<_> = all.into_iter().map(attempt).collect();
    part(orders::attempts(lang), nothing, view! { <div class="stack gap-5">{shown}</div> }.into_any())
}

fn attempt(attempt: AttemptView) -> AnyView {
    let lang = wire::lang();
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(orders::source(lang)),
        Column::new(orders::fact(lang)),
        Column::new(orders::amount(lang)).numeric(),
        Column::new(orders::had_effect(lang)),
    ];
    let facts: Vec<_> = attempt
        .facts
        .into_iter()
        .map(|fact| {
            let effect = if fact.applied { orders::yes(lang) } else { orders::no(lang) };
            view! {
                <tr>
                    <td class="nowrap"><When at=fact.at time=true/></td>
                    <td>{orders::ledger_word(lang, &fact.source)}</td>
                    <td>{orders::ledger_word(lang, &fact.fact)}</td>
                    <td class="num"><Amount of=fact.amount exact=true/></td>
                    <td>{effect}</td>
                </tr>
            }
        })
        .collect();
    let tone = match attempt.state {
        AttemptState::Succeeded => Tone::Success,
        AttemptState::Failed => Tone::Danger,
        AttemptState::Unknown => Tone::Warning,
        AttemptState::Canceled => Tone::Plain,
        _ => Tone::Info,
    };
    view! {
        <div class="stack gap-3">
            <dl class="facts">
                <div><dt>{orders::state(lang)}</dt><dd><Badge tone>{orders::attempt_state(lang, attempt.state)}</Badge></dd></div>
                <div><dt>{orders::provider(lang)}</dt><dd>{orders::provider_name(lang, attempt.provider)}</dd></div>
                <div><dt>{orders::amount(lang)}</dt><dd><Amount of=attempt.amount exact=true/></dd></div>
                <div><dt>{orders::date(lang)}</dt><dd><When at=attempt.at time=true/></dd></div>
                {attempt.provider_id.map(|id| view! { <div><dt>{orders::provider_id(lang)}</dt><dd><code>{id}</code></dd></div> })}
                {attempt.decline.map(|word| view! { <div><dt>{orders::declined(lang)}</dt><dd><code>{word}</code></dd></div> })}
            </dl>
            <Table columns label=orders::evidence(lang)>{facts}</Table>
        </div>
    }
    .into_any()
}

/// Every movement of the order's money.
pub fn transfers(all: Vec<TransferView>) -> AnyView {
    let lang = wire::lang();
    let nothing = all.is_empty().then(|| orders::no_transfers(lang));
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(orders::debit(lang)),
        Column::new(orders::credit(lang)),
        Column::new(orders::amount(lang)).numeric(),
        Column::new(orders::kind(lang)),
        Column::new(orders::phase(lang)),
    ];
    let rows: Vec<_> = all
        .into_iter()
        .map(|moved| {
            view! {
                <tr>
                    <td class="nowrap"><When at=moved.at time=true/></td>
                    <td><code>{moved.debit}</code></td>
                    <td><code>{moved.credit}</code></td>
                    <td class="num"><Amount of=moved.amount exact=true/></td>
                    <td>{orders::ledger_word(lang, &moved.kind)}</td>
                    <td>{orders::ledger_word(lang, &moved.phase)}</td>
                </tr>
            }
        })
        .collect();
    part(orders::transfers(lang), nothing, view! { <Table columns label=orders::transfers(lang)>{rows}</Table> }.into_any())
}

/// What was done to the order, its attempts and its refunds, and by whom.
pub fn trail(all: Vec<TrailView>) -> AnyView {
    let lang = wire::lang();
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(orders::what(lang)),
        Column::new(orders::who(lang)),
        Column::new(orders::detail(lang)),
    ];
    let rows: Vec<_> = all
        .into_iter()
        .map(|done| {
            let who = done.actor.unwrap_or_else(|| orders::the_program(lang).to_owned());
            view! {
                <tr>
                    <td class="nowrap"><When at=done.at time=true/></td>
                    <td><code>{done.action}</code></td>
                    <td>{who}</td>
                    <td>{done.detail}</td>
                </tr>
            }
        })
        .collect();
    part(orders::trail(lang), None, view! { <Table columns label=orders::trail(lang)>{rows}</Table> }.into_any())
}

/// The order's refunds.
pub fn refunds(all: Vec<RefundView>) -> AnyView {
    let lang = wire::lang();
    if all.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(orders::cause(lang)),
        Column::new(orders::refund_reason(lang)),
        Column::new(orders::state(lang)),
        Column::new(orders::amount(lang)).numeric(),
    ];
    let rows: Vec<_> = all
        .into_iter()
        .map(|refund| {
            view! {
                <tr>
                    <td class="nowrap"><When at=refund.at time=true/></td>
                    <td>{orders::refund_cause(lang, refund.cause)}</td>
                    <td>{refund.reason}</td>
                    <td><RefundBadge state=refund.state/></td>
                    <td class="num"><Amount of=refund.amount exact=true/></td>
                </tr>
            }
        })
        .collect();
    part(orders::staff_refunds(lang), None, view! { <Table columns label=orders::staff_refunds(lang)>{rows}</Table> }.into_any())
}
