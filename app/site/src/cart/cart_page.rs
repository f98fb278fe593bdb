//! The cart: what is in it, what it comes to line by line, and the way to the checkout.

use super::api;
use crate::orders::parts::said as numbers_of;
use crate::orders::parts::{Sum, title};
use crate::orders::reductions::{CouponForm, WalletForm};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{buying, orders, shell};
use model::cart::{Cart, CartLine};
use model::orders::{Bar, LineKind};
use model::routes;
use ui::{Badge, Button, ButtonLink, CardRow, Cover, CoverShape, EmptyState, Glyph, Kind, Price, Refused, Size, Tone, loaded};

#[component]
pub fn CartPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", buying::cart(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page">{loaded(api::read_cart(), content)}</main>
    }
}

fn content(cart: Cart) -> AnyView {
    let lang = wire::lang();
    if cart.lines.is_empty() {
        let actions = view! { <ButtonLink href=routes::courses(lang)>{orders::browse_courses(lang)}</ButtonLink> };
        return view! {
            <header class="page-head"><h1>{buying::cart(lang)}</h1></header>
            <EmptyState title=buying::cart_empty(lang) text=buying::cart_empty_text(lang) icon=Glyph::Cart actions/>
        }
        .into_any();
    }
    let rows: Vec<_> = cart.lines.iter().cloned().map(|line| view! { <li>{row(line)}</li> }).collect();
    view! {
        <header class="page-head"><h1>{buying::cart(lang)}</h1></header>
        <Refused form=wire::form_state("checkout")/>
        <Refused form=wire::form_state("wallet")/>
        <div class="with-aside">
            <ul class="list" role="list">{rows}</ul>
            <aside class="stack gap-5 sticky" aria-label=orders::summary(lang)>{to_checkout(&cart)}</aside>
        </div>
    }
    .into_any()
}

/// One thing in the cart: its price, what changed about it, and the way out.
fn row(line: CartLine) -> AnyView {
    let lang = wire::lang();
    let CartLine { line, bar, was } = line;
    let mut meta = Vec::new();
    if line.item.kind != LineKind::Course {
        meta.push(orders::line_kind(lang, line.item.kind).to_owned());
    }
    meta.push(orders::by_instructor(lang, &line.seller));
    let inside = (line.item.kind == LineKind::Bundle)
        .then(|| line.courses.iter().map(|course| course.title.clone()).collect::<Vec<_>>().join(buying::between(lang)));
    let told = match (&bar, was) {
        (Some(bar), _) => {
            let words = buying::bar(lang, bar);
            Some(view! { <Badge tone=Tone::Warning>{words}</Badge> }.into_any())
        }
        (None, Some(was)) => {
            let words = buying::was_when_added(lang, &numbers_of(was));
            Some(view! { <Badge tone=Tone::Info>{words}</Badge> }.into_any())
        }
        (None, None) => None,
    };
    let listed = (line.list != line.amount).then(|| numbers_of(line.list));
    let free = line.amount.is_zero();
    let now = if free { buying::free(lang).to_owned() } else { numbers_of(line.amount) };
    let foot = view! { <span class="cluster gap-2"><Price now was=listed was_label=orders::list_price(lang) free/>{told}</span> };
    let order = match &bar {
        Some(Bar::Ordered(order)) => Some(routes::pay(lang, order)),
        _ => None,
    };
    let remove = buying::remove_named(lang, &title(&line));
    let actions = view! {
        {order.map(|href| view! { <ButtonLink href kind=Kind::Quiet size=Size::Small>{orders::see_order(lang)}</ButtonLink> })}
        <form method="post" action=routes::cart(lang)>
            <input type="hidden" name="form" value="remove"/>
            <input type="hidden" name="kind" value=line.item.kind.as_str()/>
            <input type="hidden" name="item" value=line.item.id.clone()/>
            <button type="submit" class="btn btn-quiet btn-small" aria-label=remove><span>{buying::remove(lang)}</span></button>
        </form>
    };
    let id = line.courses.first().map_or(line.item.id.clone(), |course| course.id.to_string());
    let cover = view! { <Cover id shape=CoverShape::Thumb/> };
    let href = line.place(lang).unwrap_or_else(|| routes::cart(lang));
    view! { <CardRow href title=title(&line) cover meta summary=inside foot actions level=2/> }.into_any()
}

fn to_checkout(cart: &Cart) -> AnyView {
    let lang = wire::lang();
    let counted = cart.lines.iter().filter(|line| line.bar.is_none()).map(|line| line.line.clone()).collect::<Vec<_>>();
    if counted.is_empty() {
        return view! { <p class="muted">{orders::nothing_to_buy(lang)}</p> }.into_any();
    }
    let act = match cart.signed_in {
        true => view! {
            <CouponForm chosen=cart.coupon.clone() coupon=cart.total.coupon/>
            <WalletForm balance=cart.balance use_wallet=cart.use_wallet/>
            <form method="post" action=routes::cart(lang)>
                <input type="hidden" name="form" value="checkout"/>
                <Button size=Size::Large block=true>{buying::to_checkout(lang)}</Button>
            </form>
        }
        .into_any(),
        false => view! {
            <ButtonLink href=routes::with_next(&routes::login(lang), &routes::cart(lang)) size=Size::Large block=true>
                {buying::sign_in_to_buy(lang)}
            </ButtonLink>
            <p class="small muted">{buying::cart_is_kept(lang)}</p>
        }
        .into_any(),
    };
    view! {
        <h2 class="large">{orders::summary(lang)}</h2>
        <Sum lines=counted total=cart.total.clone() label=orders::to_pay(lang)/>
        {act}
    }
    .into_any()
}
