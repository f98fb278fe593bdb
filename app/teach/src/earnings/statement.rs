//! The statement: every movement, one line each, and whole years as tables.

use leptos::prelude::*;
use locale::earnings;
use model::earnings::{EarningKind, EarningLine, Earnings};
use model::{Money, routes};
use ui::{Amount, Badge, ButtonLink, Column, EmptyState, Glyph, Kind, Size, Table, Tone, When};

pub fn statement(found: &Earnings) -> AnyView {
    let lang = wire::lang();
    let head = view! { <header class="section-head"><h2>{earnings::statement(lang)}</h2><p>{earnings::hold_rule(lang, found.hold_days)}</p></header> };
    if found.lines.is_empty() {
        let empty = view! {
            <EmptyState title=earnings::statement_empty(lang) text=earnings::statement_empty_text(lang) icon=Glyph::Receipt small=true/>
        };
        return view! { <section class="section">{head}{empty}</section> }.into_any();
    }
    let columns = vec![
        Column::new(locale::orders::date(lang)),
        Column::new(earnings::what(lang)),
        Column::new(earnings::sale(lang)).numeric(),
        Column::new(earnings::fee(lang)).numeric(),
        Column::new(earnings::others(lang)).numeric(),
        Column::new(earnings::change(lang)).numeric(),
    ];
    let rows: Vec<_> = found.lines.iter().cloned().map(row).collect();
    let here = routes::studio_earnings(lang);
    let newest = wire::query().get("before").map(|_| {
        view! { <ButtonLink href=format!("{here}#statement") kind=Kind::Quiet size=Size::Small>{earnings::newest(lang)}</ButtonLink> }
    });
    let older = found.older.map(|before| {
        let href = format!("{here}?before={before}#statement");
        view! { <ButtonLink href kind=Kind::Secondary size=Size::Small icon=Glyph::ChevronRight>{earnings::older(lang)}</ButtonLink> }
    });
    view! {
        <section class="section" id="statement">
            {head}
            <Table columns label=earnings::statement(lang)>{rows}</Table>
            <div class="cluster">{newest}{older}</div>
            {years(&found.years)}
        </section>
    }
    .into_any()
}

fn row(line: EarningLine) -> AnyView {
    let lang = wire::lang();
    let tone = match line.kind {
        EarningKind::Share | EarningKind::RefundUndone => Tone::Success,
        EarningKind::Refund | EarningKind::PayoutReturned => Tone::Warning,
        EarningKind::Release => Tone::Plain,
        EarningKind::Payout => Tone::Info,
    };
    let order = line.order.map(|order| view! { <br/><span class="small faint num">{order.to_string()}</span> });
    view! {
        <tr>
            <td class="nowrap"><When at=line.at time=true/></td>
            <td><Badge tone>{earnings::kind(lang, line.kind)}</Badge>" "{line.title}{order}</td>
            <td class="num">{shown(line.sale)}</td>
            <td class="num">{shown(line.fee.map(minus))}</td>
            <td class="num">{shown(line.others.map(minus))}</td>
            <td class="num"><Amount of=line.amount exact=true/></td>
        </tr>
    }
    .into_any()
}

fn minus(amount: Money) -> Money {
    Money::new(-amount.minor(), amount.currency())
}

fn shown(amount: Option<Money>) -> Option<impl IntoView> {
    amount.filter(|amount| !amount.is_zero()).map(|of| view! { <Amount of exact=true/> })
}

fn years(years: &[i32]) -> AnyView {
    let lang = wire::lang();
    let links: Vec<_> = years
        .iter()
        .map(|year| {
            let year = *year;
            let href = format!("{}/{year}.csv", routes::studio_earnings(lang));
            view! { <ButtonLink href kind=Kind::Quiet size=Size::Small icon=Glyph::Download>{earnings::download_year(lang, year)}</ButtonLink> }
        })
        .collect();
    view! {
        <div class="stack gap-2">
            <h3>{earnings::yearly(lang)}</h3>
            <p class="muted small">{earnings::yearly_text(lang)}</p>
            <div class="cluster">{links}</div>
        </div>
    }
    .into_any()
}
