//! Deleting the account: what goes, what stays, what has to be settled first; and undoing it.

use super::api;
use crate::accounts::{Mistakes, Place, Settings, wrong};
use leptos::prelude::*;
use locale::{dates, privacy as says};
use model::Moment;
use model::privacy::{Leaving, Obstacle};
use ui::{Button, Checkbox, Choices, FormActions, Kind, Notice, Radio, Tone, loaded};

#[component]
pub fn LeavePage() -> impl IntoView {
    let lang = wire::lang();
    view! { <Settings place=Place::Data title=says::leave_title(lang)>{loaded(api::read_leaving(), content)}</Settings> }
}

fn content(page: Leaving) -> AnyView {
    let lang = wire::lang();
    let way = match page.due {
        Some(due) => view! { <Undo due/> }.into_any(),
        None => view! { <LeaveForm page/> }.into_any(),
    };
    view! {
        <p class="muted">{says::leave_lede(lang)}</p>
        <section class="stack gap-3"><h2>{says::leave_goes_title(lang)}</h2><p>{says::leave_goes(lang)}</p></section>
        <section class="stack gap-3">
            <h2>{says::leave_stays_title(lang)}</h2>
            <p>{says::leave_stays(lang)}</p>
            <p class="muted">{says::leave_sold(lang)}</p>
        </section>
        {way}
    }
    .into_any()
}

#[component]
fn Undo(due: Moment) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Notice tone=Tone::Warning title=says::leaving_title(lang, &dates::date_time(lang, due))>
            <p>{says::leaving_text(lang)}</p>
            <form method="post">
                <input type="hidden" name="form" value="stay"/>
                <FormActions><Button>{says::leaving_undo(lang)}</Button></FormActions>
            </form>
        </Notice>
    }
}

#[component]
fn LeaveForm(page: Leaving) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("leave");
    // the wallet can be given up in the form itself
    let first: Vec<_> = page.obstacles.iter().map(|stands| view! { <li>{says::obstacle(lang, *stands)}</li> }).collect();
    let stands = page.obstacles.iter().any(|obstacle| *obstacle != Obstacle::Wallet);
    let settle = (!first.is_empty()).then(|| {
        view! { <Notice tone=Tone::Warning title=says::leave_first(lang)><ul>{first}</ul></Notice> }
    });
    let reviews = (page.reviews > 0).then(|| {
        let [keep, remove] = [("keep", false), ("remove", true)].map(|(value, fresh)| form.chosen("reviews", value, fresh));
        view! {
            <Choices legend=says::leave_reviews(lang, page.reviews) name="reviews" error=wrong(&form, "reviews")>
                <Radio label=says::leave_reviews_keep(lang) name="reviews" value="keep" checked=keep/>
                <Radio label=says::leave_reviews_remove(lang) name="reviews" value="remove" checked=remove/>
            </Choices>
        }
    });
    let waive = page.obstacles.contains(&Obstacle::Wallet).then(|| {
        let checked = form.chosen("waive", "on", false);
        view! { <Checkbox label=says::waived(lang, page.wallet) name="waive" checked note=says::leave_waive_note(lang)/> }
    });
    let ask = (!stands).then(|| {
        let understood = form.chosen("understood", "on", false);
        view! {
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="leave"/>
                {reviews}
                {waive}
                <Checkbox label=says::leave_understood(lang) name="understood" checked=understood required=true
                    error=wrong(&form, "understood")/>
                <FormActions><Button kind=Kind::Danger>{says::leave_do(lang)}</Button></FormActions>
            </form>
        }
    });
    view! { <Mistakes form=form.clone()/>{settle}{ask} }
}
