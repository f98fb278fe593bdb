//! What several pages of buying show.

use leptos::prelude::*;
use locale::{faults, numbers, orders};
use model::orders::{Line, OrderState, Refunded};
use model::payments::RefundView;
use model::{FormState, Money, routes};
use ui::{Amount, Badge, CardRow, Cover, CoverShape, Notice, Tone};

/// The course one buys.
#[component]
pub fn Bought(line: Line) -> impl IntoView {
    let lang = wire::lang();
    let cover = view! { <Cover id=line.course.to_string() shape=CoverShape::Thumb/> };
    let meta = vec![orders::by_instructor(lang, &line.instructor)];
    view! { <CardRow href=routes::course(lang, &line.slug) title=line.title.clone() cover meta level=2/> }
}

/// List price, reduction and what is paid, each in a line of its own.
#[component]
pub fn Sum(line: Line, total: Money, #[prop(into)] label: String) -> impl IntoView {
    let lang = wire::lang();
    let reduction = line.amount.minus(line.list).ok().filter(|reduction| reduction.minor() < 0);
    view! {
        <dl class="facts">
            {reduction.map(|reduction| view! {
                <div><dt>{orders::list_price(lang)}</dt><dd><Amount of=line.list exact=true/></dd></div>
                <div><dt>{orders::reduction(lang)}</dt><dd><Amount of=reduction exact=true/></dd></div>
            })}
            <div class="total"><dt>{label}</dt><dd><Amount of=total exact=true/></dd></div>
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

/// Why a form of the page was refused.
#[component]
pub fn Refused(form: FormState) -> impl IntoView {
    let lang = wire::lang();
    form.fault().map(|fault| {
        let words = faults::sentence(lang, fault);
        view! { <Notice tone=Tone::Danger live=true><p>{words}</p></Notice> }
    })
}

/// An amount in running words.
pub fn said(amount: Money) -> String {
    numbers::money(amount)
}
