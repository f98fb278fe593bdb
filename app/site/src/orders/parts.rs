//! What several pages of buying show.

use leptos::prelude::*;
use locale::{buying, numbers, orders};
use model::Money;
use model::orders::{Line, LineKind, OrderState, Refunded, Total};
use model::payments::RefundView;
use ui::{Amount, Badge, CardRow, Cover, CoverShape, Tone};

/// Everything that is bought, each in a row of its own.
#[component]
pub fn Bought(lines: Vec<Line>) -> impl IntoView {
    let rows: Vec<_> = lines.into_iter().map(|line| view! { <li>{bought(line)}</li> }).collect();
    view! { <ul class="list" role="list">{rows}</ul> }
}

/// One thing that is bought, with what it opens.
pub fn bought(line: Line) -> AnyView {
    let lang = wire::lang();
    let title = title(&line);
    let mut meta = Vec::new();
    let seats = line.each().map(|each| orders::seats_at(lang, line.item.quantity, &said(each)));
    match seats.clone() {
        Some(seats) => meta.push(seats),
        None if line.item.kind == LineKind::Course => {}
        None => meta.push(orders::line_kind(lang, line.item.kind).to_owned()),
    }
    if !line.seller.is_empty() {
        meta.push(orders::by_instructor(lang, &line.seller));
    }
    meta.push(said(line.amount));
    let inside = (line.item.kind == LineKind::Bundle).then(|| {
        let titles: Vec<_> = line.courses.iter().map(|course| course.title.clone()).collect();
        titles.join(buying::between(lang))
    });
    match line.place(lang) {
        Some(href) => {
            let id = line.courses.first().map_or(line.item.id.clone(), |course| course.id.to_string());
            let cover = view! { <Cover id shape=CoverShape::Thumb/> };
            view! { <CardRow href title cover meta summary=inside level=2/> }.into_any()
        }
        None => {
            let seats = seats.map(|seats| view! { <span class="small muted">{seats}</span> });
            view! {
                <div class="split">
                    <span class="stack gap-1"><span class="strong">{title}</span>{seats}</span>
                    <Amount of=line.amount exact=true/>
                </div>
            }
            .into_any()
        }
    }
}

/// What a line is called.
pub fn title(line: &Line) -> String {
    match line.title.as_str() {
        "" => orders::line_kind(wire::lang(), line.item.kind).to_owned(),
        title => title.to_owned(),
    }
}

/// What the total is made of: each line where there are several, reductions, the coupon, the wallet's parts.
#[component]
pub fn Sum(lines: Vec<Line>, total: Total, #[prop(into)] label: String) -> impl IntoView {
    let lang = wire::lang();
    let row = |label: String, amount: Money| view! { <div><dt>{label}</dt><dd><Amount of=amount exact=true/></dd></div> };
    let each: Vec<_> = match &lines[..] {
        [] | [_] => Vec::new(),
        several => several.iter().map(|line| row(title(line), line.list)).collect(),
    };
    let minus = |amount: Money| Money::zero(amount.currency()).minus(amount).unwrap_or(amount);
    let less = |label: String, amount: Money| (amount.minor() > 0).then(|| row(label, minus(amount)));
    // several lines are added up first; one alone has nothing to add
    let before = if lines.len() > 1 { orders::subtotal(lang) } else { orders::list_price(lang) };
    let reduced = total.reduction().minor() > 0 || total.coupon.minor() > 0;
    view! {
        <dl class="facts">
            {each}
            {reduced.then(|| row(before.to_owned(), total.list))}
            {less(orders::reduction(lang).to_owned(), total.reduction())}
            {less(buying::coupon(lang).to_owned(), total.coupon)}
            {less(buying::from_gift_balance(lang).to_owned(), total.gift)}
            {less(buying::from_wallet(lang).to_owned(), total.cash)}
            <div class="total"><dt>{label}</dt><dd><Amount of=total.due exact=true/></dd></div>
        </dl>
    }
}

/// An order's state in a word.
#[component]
pub fn StateBadge(state: OrderState, refunded: Refunded) -> impl IntoView {
    let lang = wire::lang();
    let (tone, words) = match (state, refunded) {
        (OrderState::Paid, Refunded::None) => (Tone::Success, orders::order_state(lang, state)),
        (OrderState::Paid, _) => (Tone::Warning, orders::refunded_state(lang, refunded)),
        (OrderState::AwaitingPayment, _) => (Tone::Info, orders::order_state(lang, state)),
        (OrderState::Canceled | OrderState::Expired, _) => (Tone::Plain, orders::order_state(lang, state)),
    };
    view! { <Badge tone>{words}</Badge> }
}

/// Money on its way back, and why.
#[component]
pub fn MoneyBack(refunds: Vec<RefundView>) -> impl IntoView {
    let lang = wire::lang();
    let lines: Vec<_> = refunds
        .into_iter()
        .map(|refund| {
            view! {
                <li class="split">
                    <span>{orders::refund_told(lang, refund.cause, refund.amount)}</span>
                    <Badge>{orders::refund_state(lang, refund.state)}</Badge>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="section">
                <header class="section-head"><h2>{orders::money_back(lang)}</h2></header>
                <ul class="list" role="list">{lines}</ul>
            </section>
        }
    })
}

/// An amount in running words.
pub fn said(amount: Money) -> String {
    numbers::money(amount)
}
