//! Asking for one's money back: what the promise covers is said before one asks, line by line.

use leptos::prelude::*;
use locale::{dates, earnings, numbers};
use model::FormState;
use model::orders::OrderView;
use model::refunds::{RefundOffer, RefundableLine};
use trade::line_boxes;
use ui::{Button, Choices, FormActions, Kind, Notice, OneButton, RadioCard, Refused, TextArea, Tone, wrong};

/// The part of the order's page where one asks, and takes it back.
#[component]
pub fn AskForMoney(order: OrderView) -> impl IntoView {
    let lang = wire::lang();
    let RefundOffer { lines, waiting } = order.offer.clone();
    if lines.is_empty() && waiting.is_empty() {
        return ().into_any();
    }
    let waiting: Vec<_> = waiting
        .into_iter()
        .map(|refund| {
            view! {
                <Notice tone=Tone::Info>
                    <p>{earnings::ask_waiting(lang)}</p>
                    <OneButton form="withdraw_refund" name="refund" value=refund.to_string() label=earnings::ask_withdraw(lang)/>
                </Notice>
            }
        })
        .collect();
    let form = (!lines.is_empty()).then(|| form(&order, &lines));
    view! {
        <section class="section" id="refund">
            <header class="section-head"><h2>{earnings::ask_title(lang)}</h2></header>
            <div class="stack gap-4">
                <Refused form=wire::form_state("withdraw_refund")/>
                {waiting}
                {form}
            </div>
        </section>
    }
    .into_any()
}

fn form(order: &OrderView, lines: &[RefundableLine]) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("ask_refund");
    let within = lines.iter().all(|line| line.verdict.is_within());
    let standing: Vec<_> = lines.iter().map(standing).collect();
    let choice = (lines.len() > 1).then(|| choice(&form, lines));
    let (tone, words) = match within {
        true => (Tone::Success, earnings::ask_within(lang)),
        false => (Tone::Warning, earnings::ask_outside(lang)),
    };
    let wallet = !order.due.is_zero();
    let open = form.fault().is_some();
    view! {
        <ul class="list" role="list">{standing}</ul>
        <details class="box quiet fold" open=open>
            <summary class="strong">{earnings::ask_title(lang)}</summary>
            <div class="stack gap-4 mt-4">
                <Refused form=form.clone()/>
                <Notice tone><p>{words}</p></Notice>
                <p class="muted">{earnings::ask_lead(lang)}</p>
                <form method="post" class="stack gap-5" data-once="">
                    <input type="hidden" name="form" value="ask_refund"/>
                    <input type="hidden" name="idem" value=form.value("idem", order.key.as_str())/>
                    {choice}
                    <TextArea label=earnings::ask_reason(lang) name="reason" value=form.value("reason", "") rows=3 required=true
                        maxlength=model::orders::REASON_MAX help=earnings::ask_reason_help(lang) error=wrong(&form, "reason")/>
                    {wallet.then(|| destination(&form))}
                    <FormActions><Button kind=Kind::Danger>{earnings::ask_send(lang)}</Button></FormActions>
                </form>
                <p class="small faint">{earnings::ask_complain(lang)}</p>
            </div>
        </details>
    }
    .into_any()
}

/// Where a line stands against its promise.
fn standing(line: &RefundableLine) -> AnyView {
    let lang = wire::lang();
    let verdict = &line.verdict;
    let against: Vec<_> = verdict.outside.iter().map(|why| view! { <li>{earnings::outside(lang, *why)}</li> }).collect();
    let facts = format!(
        "{} · {} · {}",
        earnings::ask_amount(lang, &numbers::money_exact(line.left)),
        earnings::ask_studied(lang, verdict.studied),
        earnings::ask_until(lang, &dates::date_time(lang, verdict.until)),
    );
    let against = (!against.is_empty()).then(|| view! { <ul class="small bad">{against}</ul> });
    view! {
        <li class="stack gap-1">
            <span>{line.title.clone()}</span>
            <span class="small muted">{facts}</span>
            <span class="small faint">{earnings::policy(lang, verdict.policy)}</span>
            {against}
        </li>
    }
    .into_any()
}

fn choice(form: &FormState, lines: &[RefundableLine]) -> AnyView {
    let lang = wire::lang();
    let boxes = line_boxes(form, lines);
    view! { <Choices legend=earnings::ask_which(lang) name="line" error=wrong(form, "line")>{boxes}</Choices> }.into_any()
}

fn destination(form: &FormState) -> AnyView {
    let lang = wire::lang();
    let original = form.chosen("destination", "original", true);
    let wallet = form.chosen("destination", "wallet", false);
    view! {
        <fieldset class="stack gap-2">
            <legend class="legend">{earnings::ask_where(lang)}</legend>
            <RadioCard label=earnings::to_original(lang) name="destination" value="original" checked=original/>
            <RadioCard label=earnings::to_wallet(lang) name="destination" value="wallet" checked=wallet note=earnings::to_wallet_note(lang)/>
        </fieldset>
    }
    .into_any()
}
