//! The queue of payouts.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{earnings, numbers, orders};
use model::earnings::{Bank, PayoutMove, PayoutState, StaffPayout};
use model::orders::REASON_MAX;
use model::paging::{Page, page_number};
use model::routes;
use trade::Pages;
use ui::{
    Amount, Answer, Badge, Button, Column, EmptyState, Field, Glyph, Kind, Notice, Refused, Select, Size, Table, Tone, When,
    loaded,
};

#[component]
pub fn StaffPayoutsPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Office place=Place::Payouts title=earnings::staff_payouts(lang)>
            <Refused form=wire::form_state("step")/>
            {loaded(api::read_staff_payouts(page_number(wire::query().get("page"))), content)}
        </Office>
    }
}

fn content(found: Page<StaffPayout>) -> AnyView {
    let lang = wire::lang();
    let (page, pages, all) = (found.number, found.pages(), found.items);
    if all.is_empty() {
        return view! {
            <EmptyState title=earnings::staff_payouts_none(lang) text=earnings::staff_payouts_none_text(lang) icon=Glyph::Wallet/>
        }
        .into_any();
    }
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(earnings::payee(lang)),
        Column::new(earnings::payout_to(lang)),
        Column::new(orders::state(lang)),
        Column::new(earnings::hands(lang)),
        Column::new(orders::amount(lang)).numeric(),
        Column::new(earnings::act(lang)),
    ];
    let rows: Vec<_> = all.into_iter().map(row).collect();
    view! {
        <Notice tone=Tone::Info><p>{earnings::two_people(lang)}</p></Notice>
        <Table columns label=earnings::staff_payouts(lang)>{rows}</Table>
        <Pages page pages base=routes::admin_payouts(lang)/>
    }
    .into_any()
}

fn row(listed: StaffPayout) -> AnyView {
    let lang = wire::lang();
    let StaffPayout { payout, name, email, approved_by, sent_by, moves, bank, payable } = listed;
    let hands = [approved_by.map(|name| earnings::approved_by(lang, &name)), sent_by.map(|name| earnings::sent_by(lang, &name))];
    let hands: Vec<_> = hands.into_iter().flatten().map(|words| view! { <li>{words}</li> }).collect();
    let told: Vec<_> = [payout.reference.clone(), payout.problem.clone()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| view! { <br/><span class="small faint">{text}</span> })
        .collect();
    let open = payout.state.is_open();
    let act = match (moves.is_empty(), open) {
        (false, _) => act(payout.id.as_str(), &moves),
        (true, true) => view! { <span class="small faint">{earnings::other_person(lang)}</span> }.into_any(),
        (true, false) => ().into_any(),
    };
    view! {
        <tr>
            <td class="nowrap"><When at=payout.at time=true/></td>
            <td>{name}<br/><span class="small faint">{email}</span></td>
            <td>{payout.bank.clone()}{bank.map(whole)}</td>
            <td><Badge tone=tone(payout.state)>{earnings::state(lang, payout.state)}</Badge>{told}</td>
            <td><ul class="small" role="list">{hands}</ul></td>
            <td class="num"><Amount of=payout.amount exact=true/><br/><span class="small faint">{earnings::payable_now(lang, &numbers::money_exact(payable))}</span></td>
            <td>{act}</td>
        </tr>
    }
    .into_any()
}

/// Where to send it, in full: only who is to send it gets this far.
fn whole(bank: Bank) -> impl IntoView {
    view! {
        <dl class="facts small">
            <div><dt>{earnings::bank_holder(wire::lang())}</dt><dd>{bank.holder}</dd></div>
            <div><dt>{earnings::bank_name(wire::lang())}</dt><dd>{bank.bank}</dd></div>
            <div><dt>{earnings::bank_number(wire::lang())}</dt><dd><code>{bank.number}</code></dd></div>
        </dl>
    }
}

/// One form with every move that is possible; the note is asked for where one is wanted.
fn act(id: &str, moves: &[PayoutMove]) -> AnyView {
    let lang = wire::lang();
    let options = moves.iter().map(|step| Answer::new(step.as_str(), earnings::payout_move(lang, *step))).collect();
    let wants = moves.iter().any(|step| step.wants_note());
    let note = wants.then(|| {
        view! { <Field label=earnings::note(lang) name="note" id=format!("f-note-{id}") maxlength=REASON_MAX autocomplete="off"/> }
    });
    view! {
        <form method="post" class="stack gap-2">
            <input type="hidden" name="form" value="step"/>
            <input type="hidden" name="payout" value=id.to_owned()/>
            <Select label=earnings::act(lang) name="step" id=format!("f-step-{id}") options label_hidden=true/>
            {note}
            <Button kind=Kind::Secondary size=Size::Small>{earnings::move_do(lang)}</Button>
        </form>
    }
    .into_any()
}

/// How a payout's state looks.
fn tone(state: PayoutState) -> Tone {
    match state {
        PayoutState::Paid => Tone::Success,
        PayoutState::Failed | PayoutState::Returned => Tone::Danger,
        PayoutState::Draft | PayoutState::Unknown => Tone::Warning,
        PayoutState::Canceled => Tone::Plain,
        _ => Tone::Info,
    }
}
