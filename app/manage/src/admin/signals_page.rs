//! Signals of attacks on one screen.

use super::api;
use super::done::Done;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{dates, watch};
use model::admin::{MarkState, Signal, SignalKind, SignalSubject, Signals};
use model::time::hours;
use model::{Moment, routes};
use ui::{Badge, Button, Column, Columns, EmptyState, Glyph, Kind, Refused, Size, Table, Tone, When, loaded};

#[component]
pub fn SignalsPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Office place=Place::Signals title=watch::signals_title(lang)>
            <Done/>
            <p class="muted measure">{watch::signals_lede(lang)}</p>
            <Refused form=wire::form_state("mark")/>
            {loaded(api::read_signals(), content)}
        </Office>
    }
}

fn content(found: Signals) -> AnyView {
    let lang = wire::lang();
    let how = if found.knows_countries { watch::signals_countries(lang) } else { watch::signals_networks(lang) };
    let failures = failures(found.at, &found.failures);
    let list = match found.signals.is_empty() {
        true => view! { <EmptyState title=watch::signals_none(lang) text=watch::signals_none_text(lang) icon=Glyph::Shield/> }
            .into_any(),
        false => table(found.signals),
    };
    view! {
        {list}
        <section class="section">
            <header class="section-head"><h2>{watch::signals_failures(lang)}</h2></header>
            {failures}
        </section>
        <p class="small faint measure">{how}</p>
    }
    .into_any()
}

/// Six columns of four hours each: as many as fit a telephone.
fn failures(now: Moment, hourly: &[u32]) -> AnyView {
    let lang = wire::lang();
    let columns: Vec<_> = hourly
        .chunks(4)
        .zip(1i64..)
        .map(|(chunk, number)| {
            let count: u32 = chunk.iter().sum();
            let begins = dates::time(now + hours(number * 4 - 24) - hours(3));
            let hour = begins.split(':').next().unwrap_or_default().to_owned();
            let said = watch::signals_failures_of(lang, count, &format!("{hour}:00"));
            (hour, f64::from(count), said)
        })
        .collect();
    view! { <Columns columns label=watch::signals_failures(lang)/> }.into_any()
}

fn table(signals: Vec<Signal>) -> AnyView {
    let lang = wire::lang();
    let columns = vec![
        Column::new(watch::kind(lang)),
        Column::new(watch::about(lang)),
        Column::new(watch::count(lang)).numeric(),
        Column::new(watch::since(lang)),
        Column::new(watch::last(lang)),
        Column::new(watch::mark(lang)),
    ];
    let rows: Vec<_> = signals.into_iter().map(row).collect();
    view! { <Table columns label=watch::signals_title(lang)>{rows}</Table> }.into_any()
}

fn row(signal: Signal) -> impl IntoView {
    let lang = wire::lang();
    let about = match &signal.subject {
        SignalSubject::Person { account, name, email } => view! {
            <a href=routes::admin_person(lang, account)>{name.to_string()}</a><br/><span class="small faint">{email.clone()}</span>
        }
        .into_any(),
        SignalSubject::Network(network) => view! { <code>{network.clone()}</code> }.into_any(),
    };
    let more = more(&signal);
    let marked = signal.mark.as_ref().map(|mark| watch::seen_by(lang, &mark.by, &dates::date_time(lang, mark.at)));
    let marked = marked.map(|words| view! { <Badge>{words}</Badge> });
    view! {
        <tr>
            <td><Badge tone=tone(&signal)>{watch::signal_kind(lang, signal.kind)}</Badge><br/><span class="small faint">{watch::threshold(lang, signal.kind.threshold())}</span></td>
            <td>{about}<br/><span class="small faint">{more}</span></td>
            <td class="num">{signal.count.to_string()}</td>
            <td class="nowrap"><When at=signal.since time=true/></td>
            <td class="nowrap"><When at=signal.last time=true/></td>
            <td><div class="stack gap-1">{marked}{mark(&signal)}</div></td>
        </tr>
    }
}

fn tone(signal: &Signal) -> Tone {
    match signal.mark {
        Some(_) => Tone::Plain,
        None => Tone::Warning,
    }
}

/// What else is known of it.
fn more(signal: &Signal) -> String {
    let lang = wire::lang();
    let number = || signal.places.first().and_then(|text| text.parse::<u32>().ok()).unwrap_or_default();
    match signal.kind {
        SignalKind::FailedAtAccount => watch::networks(lang, number()),
        SignalKind::FailedFromNetwork => watch::accounts(lang, number()),
        SignalKind::NewPlace => signal.places.join(" · "),
        SignalKind::CouponGuessing | SignalKind::CodeGuessing | SignalKind::CardTesting => String::new(),
    }
}

/// "Seen", unless it is, and "close".
fn mark(signal: &Signal) -> AnyView {
    let lang = wire::lang();
    let seen = signal.mark.is_none();
    view! {
        <form method="post" action=routes::admin_signals(lang) class="cluster gap-1">
            <input type="hidden" name="form" value="mark"/>
            <input type="hidden" name="kind" value=signal.kind.as_str()/>
            <input type="hidden" name="subject" value=signal.subject.key().to_owned()/>
            {seen.then(|| view! { <Button kind=Kind::Secondary size=Size::Small name="state" value=MarkState::Seen.as_str()>{watch::mark_seen(lang)}</Button> })}
            <Button kind=Kind::Quiet size=Size::Small name="state" value=MarkState::Closed.as_str()>{watch::mark_closed(lang)}</Button>
        </form>
    }
    .into_any()
}
