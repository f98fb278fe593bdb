//! How an order stands, always as it truly is: while it is being paid and ever after.

use super::api;
use super::money_back::AskForMoney;
use super::parts::{Bought, MoneyBack, StateBadge, Sum, said};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{buying, dates, elements, membership, orders, shell};
use model::ids::OrderId;
use model::orders::{DisputeState, LineKind, OrderState, OrderView, Refunded, Standing};
use model::payments::{AttemptState, Provider};
use model::routes;
use ui::{Button, ButtonLink, Glyph, Kind, Notice, Refused, Size, Tone, When, loaded};

/// `/pay/{order}`: on the way to being paid.
#[component]
pub fn PayPage(id: OrderId) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", orders::payment(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{loaded(api::read_order(id), content)}</main>
    }
}

/// `/orders/{id}`: the receipt.
#[component]
pub fn OrderPage(id: OrderId) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", orders::order(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{loaded(api::read_order(id), content)}</main>
    }
}

fn content(order: OrderView) -> AnyView {
    let lang = wire::lang();
    view! {
        <header class="page-head">
            <h1>{title(&order)}</h1>
            <p class="meta"><span>{orders::order_number(lang, order.id.as_str())}</span></p>
        </header>
        <div class="stack gap-6">
            <Refused form=wire::form_state("pay")/>
            <Refused form=wire::form_state("cancel")/>
            {telling(&order)}
            <Bought lines=order.lines.clone()/>
            {actions(&order)}
            <Sum lines=order.lines.clone() total=order.sum.clone() label=orders::total(lang)/>
            {facts(&order)}
            <MoneyBack refunds=order.refunds.clone()/>
            <AskForMoney order=order.clone()/>
        </div>
    }
    .into_any()
}

fn title(order: &OrderView) -> &'static str {
    let lang = wire::lang();
    match order.dispute {
        DisputeState::Open => return orders::disputed_title(lang),
        DisputeState::Lost => return orders::lost_title(lang),
        DisputeState::None | DisputeState::Won => (),
    }
    match (order.state, order.refunded_state, &order.standing) {
        (OrderState::Paid, Refunded::Full, _) => orders::refunded_title(lang),
        (OrderState::Paid, Refunded::Partial, _) => orders::partly_refunded_title(lang),
        (OrderState::Paid, Refunded::None, _) if order.lines.iter().all(|line| line.item.kind == LineKind::Topup) => {
            buying::topped_up(lang)
        }
        (OrderState::Paid, Refunded::None, _) if order.lines.len() > 1 => buying::paid_several(lang),
        (OrderState::Paid, Refunded::None, _) if order.total.is_zero() => orders::free_title(lang),
        (OrderState::Paid, Refunded::None, _) if !opens(order) => locale::vouchers::paid_title(lang),
        (OrderState::Paid, Refunded::None, _) => orders::paid_title(lang),
        (OrderState::Canceled, ..) => orders::canceled_title(lang),
        (OrderState::Expired, ..) => orders::expired_title(lang),
        (_, _, Standing::Connecting) => orders::connecting(lang),
        (_, _, Standing::Closing) => orders::closing(lang),
        (_, _, Standing::PayAt { .. } | Standing::Elsewhere | Standing::Scan(_) | Standing::ScanElsewhere(_)) => {
            orders::waiting_for_you(lang)
        }
        (_, _, Standing::Sheet(_) | Standing::SheetElsewhere) => orders::waiting_for_you(lang),
        (_, _, Standing::Processing) => orders::processing(lang),
        (_, _, Standing::Unknown) => orders::unclear(lang),
        (_, _, Standing::Idle { last: Some((AttemptState::Failed, _)) }) => orders::declined(lang),
        (_, _, Standing::Idle { .. } | Standing::Over) => orders::not_paid(lang),
    }
}

/// One sentence about where it stands and what that means for the money.
fn telling(order: &OrderView) -> AnyView {
    let lang = wire::lang();
    let (tone, words) = match (order.state, order.refunded_state, &order.standing) {
        _ if order.dispute == DisputeState::Open => (Tone::Warning, orders::disputed_text(lang).to_owned()),
        _ if order.dispute == DisputeState::Lost => (Tone::Info, orders::lost_text(lang).to_owned()),
        (OrderState::Paid, Refunded::Full, _) => (Tone::Info, orders::refunded_text(lang).to_owned()),
        (OrderState::Paid, ..) => return ().into_any(),
        (OrderState::Canceled, ..) => (Tone::Info, orders::canceled_text(lang).to_owned()),
        (OrderState::Expired, ..) => (Tone::Info, orders::expired_text(lang).to_owned()),
        (_, _, Standing::Connecting) => (Tone::Info, orders::connecting_text(lang).to_owned()),
        (_, _, Standing::Closing) => (Tone::Info, orders::closing_text(lang).to_owned()),
        (_, _, Standing::PayAt { declined: Some(decline), .. }) => {
            (Tone::Danger, format!("{} {}", orders::decline(lang, *decline), orders::not_charged(lang)))
        }
        (_, _, Standing::PayAt { .. } | Standing::Scan(_) | Standing::ScanElsewhere(_)) => {
            (Tone::Info, orders::waiting_text(lang, &until(order)))
        }
        (_, _, Standing::Sheet(_)) => (Tone::Info, orders::sheet_text(lang, &until(order))),
        (_, _, Standing::SheetElsewhere) => (Tone::Info, orders::sheet_elsewhere(lang, &until(order))),
        (_, _, Standing::Processing) if said_paid() => (Tone::Info, orders::sheet_paid_text(lang).to_owned()),
        (_, _, Standing::Idle { last: None }) if wire::query().get("who") == Some("unknown") => {
            (Tone::Warning, orders::payer_unknown(lang).to_owned())
        }
        (_, _, Standing::Elsewhere) => (Tone::Warning, orders::open_elsewhere(lang, &until(order))),
        (_, _, Standing::Processing) => (Tone::Info, orders::processing_text(lang).to_owned()),
        (_, _, Standing::Unknown) => (Tone::Warning, orders::unclear_text(lang).to_owned()),
        (_, _, Standing::Idle { last: Some((AttemptState::Failed, decline)) }) => {
            let reason = decline.map(|decline| orders::decline(lang, decline)).unwrap_or_default();
            (Tone::Danger, format!("{reason} {}", orders::not_charged(lang)))
        }
        (_, _, Standing::Idle { .. } | Standing::Over) => (Tone::Info, orders::not_paid_text(lang).to_owned()),
    };
    view! { <Notice tone live=true><p>{words}</p></Notice> }.into_any()
}

/// Whether the page stands after WeChat's sheet, which said that it is paid.
fn said_paid() -> bool {
    wire::query().get("sheet") == Some("paid")
}

fn actions(order: &OrderView) -> AnyView {
    let lang = wire::lang();
    let course = whereto(order);
    match (order.state, order.refunded_state) {
        _ if matches!(order.dispute, DisputeState::Open | DisputeState::Lost) => ().into_any(),
        (OrderState::Paid, Refunded::None | Refunded::Partial) => {
            let holds = |kind: LineKind| order.lines.iter().any(|line| line.item.kind == kind);
            let (words, icon) = match () {
                () if holds(LineKind::Topup) => (buying::to_wallet(lang), Glyph::Wallet),
                () if holds(LineKind::Gift) => (locale::vouchers::to_gift(lang), Glyph::Gift),
                () if holds(LineKind::SeatPack) => (locale::vouchers::assign_title(lang), Glyph::People),
                () if holds(LineKind::Subscription) => (membership::my_membership(lang), Glyph::Play),
                () => (orders::start_learning(lang), Glyph::Play),
            };
            view! { <ButtonLink href=course size=Size::Large block=true icon>{words}</ButtonLink> }.into_any()
        }
        (OrderState::Paid, Refunded::Full) | (OrderState::Canceled | OrderState::Expired, _) => {
            view! { <ButtonLink href=course kind=Kind::Secondary>{buying::back(lang)}</ButtonLink> }.into_any()
        }
        (OrderState::AwaitingPayment, _) => waiting(order),
    }
}

/// Until when it can be paid: the time today, or the day where there are days.
fn until(order: &OrderView) -> String {
    let long = order.expires_at.since(order.placed_at).as_seconds() > 12 * 3600;
    if long { dates::date_time(wire::lang(), order.expires_at) } else { dates::time(order.expires_at) }
}

/// Where the buyer goes on: the course, my learning where there are several, the wallet it was for.
fn whereto(order: &OrderView) -> String {
    let lang = wire::lang();
    match &order.lines[..] {
        [line] if line.item.kind == LineKind::Topup => routes::wallet(lang),
        [line] if line.item.kind == LineKind::Gift => routes::gift(lang),
        [line] if line.item.kind == LineKind::SeatPack => routes::seats(lang),
        [line] if line.item.kind == LineKind::Subscription => routes::my_membership(lang),
        [line] => line.place(lang).unwrap_or_else(|| routes::my_orders(lang)),
        _ if order.state == OrderState::Paid => routes::my_learning(lang),
        _ => routes::cart(lang),
    }
}

/// Whether it opens a course to its buyer, and not to others only.
fn opens(order: &OrderView) -> bool {
    !order.lines.iter().all(|line| matches!(line.item.kind, LineKind::Gift | LineKind::SeatPack))
}

/// What a buyer can do while the order waits for its money.
fn waiting(order: &OrderView) -> AnyView {
    let lang = wire::lang();
    let here = routes::pay(lang, &order.id);
    let key = order.key.as_str().to_owned();
    let elsewhere = matches!(order.standing, Standing::ScanElsewhere(_));
    // as they had chosen, where that can still be had
    let again = order.provider.filter(|chosen| order.ways.contains(chosen)).or(order.ways.first().copied());
    match &order.standing {
        Standing::PayAt { url, .. } => view! {
            <ButtonLink href=url.clone() size=Size::Large block=true icon=Glyph::Card>
                {format!("{} · {}", orders::continue_to_pay(lang), said(order.due))}
            </ButtonLink>
            {meanwhile(order, order.provider)}
        }
        .into_any(),
        Standing::Sheet(sheet) => view! {
            <wechat-sheet class="stack gap-3" data-sheet=sheet.clone() data-paid=routes::pay_said(lang, &order.id)
                data-labels=elements::wechat_sheet(lang)>
                <button type="button" class="btn btn-primary btn-large btn-block" hidden=true>
                    {orders::sheet_button(lang, &said(order.due))}
                </button>
                <p role="status"></p>
                <p class="small muted">{orders::sheet_without(lang)}</p>
            </wechat-sheet>
            {meanwhile(order, order.provider)}
        }
        .into_any(),
        Standing::SheetElsewhere => meanwhile(order, None),
        Standing::Elsewhere => meanwhile(order, order.provider),
        Standing::Closing => meanwhile(order, None),
        Standing::Scan(code) | Standing::ScanElsewhere(code) => view! {
            <div class="stack gap-3 center">
                <svg class="qr" viewBox=format!("0 0 {0} {0}", code.side) role="img" aria-label=orders::scan_code(lang)>
                    <path d=code.path.clone() fill="currentColor"/>
                </svg>
                <p>{if elsewhere { orders::scan_elsewhere(lang) } else { orders::scan_with_wechat(lang) }}</p>
            </div>
            {meanwhile(order, order.provider.filter(|_| !elsewhere))}
        }
        .into_any(),
        Standing::Idle { .. } => view! {
            <form method="post" action=here data-once="">
                <input type="hidden" name="form" value="pay"/>
                <input type="hidden" name="idem" value=key/>
                <input type="hidden" name="provider" value=again.map_or("", Provider::as_str)/>
                <Button size=Size::Large block=true icon=Glyph::Card>
                    {format!("{} · {}", orders::try_again(lang), said(order.due))}
                </Button>
            </form>
            {cancel(order)}
            {otherwise(order, again)}
        }
        .into_any(),
        _ => view! { <ButtonLink href=here kind=Kind::Secondary>{orders::check_again(lang)}</ButtonLink> }.into_any(),
    }
}

/// What can be done beside paying as it was begun: look again, cancel, pay another way than `but`.
fn meanwhile(order: &OrderView, but: Option<Provider>) -> AnyView {
    let lang = wire::lang();
    view! {
        <div class="cluster">
            <ButtonLink href=routes::pay(lang, &order.id) kind=Kind::Secondary>{orders::check_again(lang)}</ButtonLink>
            {cancel(order)}
        </div>
        {otherwise(order, but)}
    }
    .into_any()
}

fn cancel(order: &OrderView) -> impl IntoView + use<> {
    let lang = wire::lang();
    view! {
        <form method="post" action=routes::pay(lang, &order.id)>
            <input type="hidden" name="form" value="cancel"/>
            <Button kind=Kind::Quiet>{orders::cancel_order(lang)}</Button>
        </form>
    }
}

/// Every other way to pay what waits than `but`.
fn otherwise(order: &OrderView, but: Option<Provider>) -> AnyView {
    let lang = wire::lang();
    let here = routes::pay(lang, &order.id);
    let ways: Vec<_> = order
        .ways
        .iter()
        .copied()
        .filter(|way| Some(*way) != but)
        .map(|way| {
            let (here, key, name) = (here.clone(), order.key.as_str().to_owned(), orders::provider_name(lang, way));
            view! {
                <form method="post" action=here data-once="">
                    <input type="hidden" name="form" value="pay"/>
                    <input type="hidden" name="idem" value=key/>
                    <input type="hidden" name="provider" value=way.as_str()/>
                    <Button kind=Kind::Secondary>{name}</Button>
                </form>
            }
        })
        .collect();
    if ways.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="stack gap-3">
            <h2 class="large">{orders::pay_otherwise(lang)}</h2>
            <div class="cluster">{ways}</div>
            <p class="small muted">{orders::closed_first(lang)}</p>
        </section>
    }
    .into_any()
}

/// Receipt and dates.
fn facts(order: &OrderView) -> AnyView {
    let lang = wire::lang();
    let receipt = order.receipt.clone().map(|receipt| {
        let href = routes::receipt(lang, &order.id);
        view! {
            <div>
                <dt>{orders::receipt_number(lang)}</dt>
                <dd><a class="num" href=href download="">{receipt.number}</a>" "<span class="small muted">"PDF"</span></dd>
            </div>
        }
    });
    let refunded = (!order.refunded.is_zero()).then(|| {
        view! { <div><dt>{orders::refunded(lang)}</dt><dd><ui::Amount of=order.refunded exact=true/></dd></div> }
    });
    let (state, refunded_state) = (order.state, order.refunded_state);
    let notes: Vec<_> = order
        .credit_notes
        .iter()
        .map(|note| {
            let (href, number) = (routes::credit_note(lang, &order.id, note.place), note.number.clone());
            let void = note.void.then(|| view! { " "<span class="small muted">{locale::papers::credit_void(lang)}</span> });
            view! {
                <div>
                    <dt>{locale::papers::credit_note(lang)}</dt>
                    <dd><a class="num" href=href download="">{number}</a>" "<span class="small muted">"PDF"</span>{void}</dd>
                </div>
            }
        })
        .collect();
    let stands = state == OrderState::Paid && refunded_state != Refunded::Full && order.dispute != DisputeState::Lost;
    let invoice = (stands && !order.total.is_zero()).then(|| {
        let href = format!("{}?order={}", routes::my_invoices(lang), order.id);
        view! { <ButtonLink href=href kind=Kind::Secondary icon=Glyph::Receipt>{locale::invoices::ask_title(lang)}</ButtonLink> }
    });
    view! {
        <dl class="facts">
            <div><dt>{orders::state(lang)}</dt><dd><StateBadge state refunded=refunded_state/></dd></div>
            {receipt}
            <div><dt>{orders::ordered_on(lang)}</dt><dd><When at=order.placed_at time=true/></dd></div>
            {order.paid_at.map(|at| view! { <div><dt>{orders::paid_on(lang)}</dt><dd><When at time=true/></dd></div> })}
            {refunded}
            {notes}
        </dl>
        {invoice}
    }
    .into_any()
}
