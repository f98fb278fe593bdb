//! Refunds: those that wait for a second person first.

use super::api;
use super::tables::RefundBadge;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{earnings, orders};
use model::ids::RefundId;
use model::orders::{REASON_MAX, StaffRefund};
use model::paging::{Page, page_number};
use model::payments::RefundState;
use model::refunds::{Proposed, Remedy};
use model::routes;
use trade::Pages;
use ui::{Amount, Answer, Button, Column, EmptyState, Field, Glyph, Kind, OneButton, Refused, Select, Size, Table, When, loaded};

#[component]
pub fn StaffRefundsPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Office place=Place::Refunds title=orders::staff_refunds(lang)>
            <Refused form=wire::form_state("approve")/>
            <Refused form=wire::form_state("reject")/>
            <Refused form=wire::form_state("propose_remedy")/>
            <Refused form=wire::form_state("confirm_remedy")/>
            {loaded(api::read_staff_refunds(page_number(wire::query().get("page"))), content)}
        </Office>
    }
}

fn content(found: Page<StaffRefund>) -> AnyView {
    let lang = wire::lang();
    let (page, pages, all) = (found.number, found.pages(), found.items);
    if all.is_empty() {
        return view! { <EmptyState title=orders::no_refunds(lang) text=orders::no_refunds_text(lang) icon=Glyph::Undo/> }
            .into_any();
    }
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(orders::course(lang)),
        Column::new(orders::cause(lang)),
        Column::new(orders::asked_by(lang)),
        Column::new(orders::state(lang)),
        Column::new(orders::amount(lang)).numeric(),
    ];
    let rows: Vec<_> = all.into_iter().map(row).collect();
    view! {
        <Table columns label=orders::staff_refunds(lang)>{rows}</Table>
        <Pages page pages base=routes::admin_refunds(lang)/>
    }
    .into_any()
}

fn row(listed: StaffRefund) -> impl IntoView {
    let lang = wire::lang();
    let StaffRefund { refund, order, title, email, asked_by, proposed, yours_to_decide } = listed;
    let stuck = (refund.state == RefundState::NeedsAttention).then(|| remedies(&refund.id, proposed));
    let decide = |form: &'static str, label: &'static str, kind: Kind| {
        view! { <OneButton form name="refund" value=refund.id.to_string() label kind/> }
    };
    let decision = yours_to_decide.then(|| {
        view! {
            <span class="cluster gap-1">
                {decide("approve", orders::approve(lang), Kind::Secondary)}
                {decide("reject", orders::reject(lang), Kind::Quiet)}
            </span>
        }
    });
    view! {
        <tr>
            <td class="nowrap"><When at=refund.at time=true/></td>
            <td><a href=routes::admin_order(lang, &order)>{title}</a><br/><span class="small faint">{email}</span></td>
            <td>{orders::refund_cause(lang, refund.cause)}<br/><span class="small faint">{refund.reason.clone()}</span></td>
            <td>{asked_by.unwrap_or_else(|| orders::the_program(lang).to_owned())}</td>
            <td><div class="stack gap-2"><RefundBadge state=refund.state/>{decision}{stuck}</div></td>
            <td class="num"><Amount of=refund.amount exact=true/></td>
        </tr>
    }
}

/// What can be done with a refund that the provider leads nowhere.
fn remedies(id: &RefundId, proposed: Option<Proposed>) -> AnyView {
    let lang = wire::lang();
    if let Some(proposed) = proposed {
        let words = earnings::remedy_proposed(lang, &proposed.by, earnings::remedy_word(lang, proposed.remedy));
        let confirm = match proposed.yours_to_confirm {
            true => view! {
                <form method="post">
                    <input type="hidden" name="form" value="confirm_remedy"/>
                    <input type="hidden" name="refund" value=id.to_string()/>
                    <input type="hidden" name="remedy" value=proposed.remedy.as_str()/>
                    <input type="hidden" name="note" value=proposed.note.clone()/>
                    <Button kind=Kind::Secondary size=Size::Small>{earnings::remedy_confirm(lang)}</Button>
                </form>
            }
            .into_any(),
            false => view! { <span class="small faint">{earnings::remedy_wait(lang)}</span> }.into_any(),
        };
        return view! { <span class="small">{words}" · "{proposed.note}</span>{confirm} }.into_any();
    }
    let options = Remedy::ALL.iter().map(|remedy| Answer::new(remedy.as_str(), earnings::remedy_word(lang, *remedy))).collect();
    let note_id = format!("f-note-{id}");
    let remedy_id = format!("f-remedy-{id}");
    view! {
        <details>
            <summary class="small">{earnings::remedy(lang)}</summary>
            <form method="post" class="stack gap-2 mt-4">
                <input type="hidden" name="form" value="propose_remedy"/>
                <input type="hidden" name="refund" value=id.to_string()/>
                <Select label=earnings::remedy(lang) name="remedy" id=remedy_id options/>
                <Field label=earnings::remedy_note(lang) name="note" id=note_id required=true maxlength=REASON_MAX autocomplete="off"/>
                <Button kind=Kind::Secondary size=Size::Small>{earnings::remedy_propose(lang)}</Button>
            </form>
        </details>
    }
    .into_any()
}
