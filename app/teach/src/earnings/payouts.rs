//! Being paid: asking for it, how far it has come, and where it goes.

use leptos::prelude::*;
use locale::{dates, earnings, numbers};
use model::earnings::{Earnings, PayoutState, PayoutView};
use model::routes;
use trade::Pages;
use ui::{Amount, Badge, Button, Column, Field, FormActions, Glyph, Kind, Mistakes, Notice, OneButton, Table, Tone, When, wrong};

pub fn payouts(found: &Earnings) -> AnyView {
    let lang = wire::lang();
    let open = found.asked;
    let (page, pages) = (found.payouts.number, found.payouts.pages());
    let held = found.bank.as_ref().is_some_and(|bank| bank.held);
    let ask: Vec<_> = found
        .balances
        .iter()
        .filter(|balance| balance.payable.minor() >= found.least.minor() && !open && !held && found.bank.is_some())
        .map(|balance| {
            let payable = balance.payable;
            view! {
                <form method="post" data-once="">
                    <input type="hidden" name="form" value="payout"/>
                    <input type="hidden" name="currency" value=payable.currency().as_str()/>
                    <Button icon=Glyph::Send>{earnings::payout_ask(lang, &numbers::money_exact(payable))}</Button>
                </form>
            }
        })
        .collect();
    let why = match &found.bank {
        None => Some(earnings::bank_none(lang).to_owned()),
        Some(bank) if bank.held => Some(earnings::bank_held(lang, &dates::date_time(lang, bank.usable_at))),
        Some(_) if ask.is_empty() && !open => Some(earnings::payout_least(lang, &numbers::money(found.least))),
        Some(_) => None,
    };
    let why = why.map(|words| view! { <p class="muted">{words}" "<a href="#bank">{earnings::bank(lang)}</a></p> });
    view! {
        <section class="section" id="payouts">
            <header class="section-head"><h2>{earnings::payouts(lang)}</h2></header>
            <div class="stack gap-4">
                {ask}{why}{list(&found.payouts.items)}
                <Pages page pages base=routes::studio_earnings(lang)/>
            </div>
        </section>
    }
    .into_any()
}

fn list(payouts: &[PayoutView]) -> AnyView {
    let lang = wire::lang();
    if payouts.is_empty() {
        return view! { <p class="small faint">{earnings::payouts_none(lang)}</p> }.into_any();
    }
    let columns = vec![
        Column::new(earnings::payout_date(lang)),
        Column::new(earnings::payout_to(lang)),
        Column::new(earnings::payout_state(lang)),
        Column::new(earnings::payout_reference(lang)),
        Column::new(earnings::payout_amount(lang)).numeric(),
    ];
    let rows: Vec<_> = payouts.iter().cloned().map(row).collect();
    view! { <Table columns label=earnings::payouts(lang)>{rows}</Table> }.into_any()
}

fn row(payout: PayoutView) -> impl IntoView {
    let lang = wire::lang();
    let withdraw = matches!(payout.state, PayoutState::Draft | PayoutState::Approved).then(|| {
        view! { <OneButton form="withdraw" name="payout" value=payout.id.to_string() label=earnings::payout_withdraw(lang)/> }
    });
    let problem = (!payout.problem.is_empty()).then(|| view! { <br/><span class="small faint">{payout.problem.clone()}</span> });
    let tone = tone(payout.state);
    view! {
        <tr>
            <td class="nowrap"><When at=payout.at time=true/></td>
            <td class="nowrap">{payout.bank}</td>
            <td><Badge tone>{earnings::state(lang, payout.state)}</Badge>{problem}{withdraw}</td>
            <td>{payout.reference}</td>
            <td class="num"><Amount of=payout.amount exact=true/></td>
        </tr>
    }
}

/// How a payout's state looks.
fn tone(state: PayoutState) -> Tone {
    match state {
        PayoutState::Paid => Tone::Success,
        PayoutState::Failed | PayoutState::Returned => Tone::Danger,
        PayoutState::Unknown => Tone::Warning,
        PayoutState::Canceled => Tone::Plain,
        _ => Tone::Info,
    }
}

/// Where it goes, and changing that.
pub fn bank(found: &Earnings) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("bank");
    let open = form.fault().is_some() || found.bank.is_none();
    let title = if found.bank.is_some() { earnings::bank_change(lang) } else { earnings::bank_set(lang) };
    let shown = found.bank.clone().map(|bank| {
        let held = bank.held.then(|| {
            let words = earnings::bank_held(lang, &dates::date_time(lang, bank.usable_at));
            view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }
        });
        view! { <p class="large num">{bank.masked}</p>{held} }
    });
    view! {
        <section class="section" id="bank">
            <header class="section-head"><h2>{earnings::bank(lang)}</h2><p>{earnings::bank_text(lang)}</p></header>
            <div class="stack gap-4">
                {shown}
                <details class="box quiet" open=open>
                    <summary class="strong">{title}</summary>
                    <Mistakes form=form.clone()/>
                    <form method="post" class="stack gap-5 measure mt-4" data-once="">
                        <input type="hidden" name="form" value="bank"/>
                        <Field label=earnings::bank_holder(lang) name="holder" value=form.value("holder", "") error=wrong(&form, "holder")
                            required=true maxlength=60 autocomplete="name"/>
                        <Field label=earnings::bank_name(lang) name="bank" value=form.value("bank", "") error=wrong(&form, "bank")
                            required=true maxlength=60 autocomplete="off"/>
                        <Field label=earnings::bank_number(lang) name="number" value=form.value("number", "") error=wrong(&form, "number")
                            required=true maxlength=42 inputmode="text" autocomplete="off"/>
                        <FormActions><Button kind=Kind::Secondary>{earnings::bank_save(lang)}</Button></FormActions>
                    </form>
                </details>
            </div>
        </section>
    }
    .into_any()
}
