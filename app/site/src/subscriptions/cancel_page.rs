//! The one question before a membership is cancelled; the second of two clicks.

use super::api;
use super::parts::Refused;
use crate::accounts::{Place, Settings};
use leptos::prelude::*;
use locale::{dates, membership};
use model::routes;
use model::subscriptions::{MyMembership, SubscriptionState};
use ui::{Button, ButtonLink, EmptyState, Glyph, Kind, loaded};

#[component]
pub fn CancelPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Settings place=Place::Membership title=membership::cancel(lang)>{loaded(api::read_my_membership(), content)}</Settings>
    }
}

fn content(mine: MyMembership) -> AnyView {
    let lang = wire::lang();
    let back = routes::my_membership(lang);
    let Some(one) = mine.subscription.filter(|one| !one.state.is_over() && !one.cancels) else {
        let actions = view! { <ButtonLink href=back>{membership::my_membership(lang)}</ButtonLink> };
        return view! { <EmptyState title=membership::nothing_to_cancel(lang) icon=Glyph::Success actions/> }.into_any();
    };
    let words = match one.cancels_until {
        Some(until) if one.state == SubscriptionState::PastDue => membership::cancel_due_text(lang, &dates::date(lang, until)),
        Some(until) => membership::cancel_text(lang, &dates::date(lang, until)),
        None => membership::cancel_now_text(lang).to_owned(),
    };
    view! {
        <Refused form=wire::form_state("cancel")/>
        <div class="box stack gap-5">
            <h2>{membership::cancel_question(lang)}</h2>
            <p>{words}</p>
            <div class="cluster">
                <form method="post" action=routes::cancel_membership(lang)>
                    <input type="hidden" name="form" value="cancel"/>
                    <Button kind=Kind::Danger>{membership::cancel_yes(lang)}</Button>
                </form>
                <ButtonLink href=back kind=Kind::Secondary>{membership::keep(lang)}</ButtonLink>
            </div>
        </div>
    }
    .into_any()
}
