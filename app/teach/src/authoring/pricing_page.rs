//! What the course costs.

use super::api;
use crate::earnings::Terms;
use crate::shell::{Course, Door};
use leptos::prelude::*;
use locale::{faults, membership, numbers, studio};
use model::Money;
use model::authoring::Room;
use model::ids::CourseId;
use ui::{Button, Field, FormActions, Kind, Mistakes, Notice, Switch, Tone, loaded, wrong};

#[component]
pub fn PricingPage(course: CourseId) -> impl IntoView {
    view! { <main id="main" tabindex="-1" class="page">{loaded(api::read_room(course), content)}</main> }
}

/// An amount as one types it: without decimals where they say nothing.
fn typed(amount: Option<Money>) -> String {
    let text = amount.map(Money::decimal).unwrap_or_default();
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}

fn content(room: Room) -> AnyView {
    let lang = wire::lang();
    let course = room.draft.id.clone();
    let form = wire::form_state("price");
    let (price, compare) = (typed(room.draft.price), typed(room.draft.compare));
    let in_membership = room.in_membership;
    let places = room.places.map(|places| places.to_string()).unwrap_or_default();
    let counted = wire::form_state("places");
    let share = room.share.map(|share| view! { <p class="muted">{studio::your_share(lang, &numbers::money(share))}</p> });
    let saved = (wire::query().get("done") == Some("saved"))
        .then(|| view! { <Notice tone=Tone::Success live=true><p>{studio::saved(lang)}</p></Notice> });
    view! {
        <Course room door=Door::Pricing lede=studio::pricing_lede(lang)>
            {saved}
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5 measure">
                <input type="hidden" name="form" value="price"/>
                <Field label=studio::price(lang) name="price" value=form.value("price", &price) unit="¥" inputmode="decimal"
                    help=studio::price_help(lang) error=wrong(&form, "price") required=true maxlength=12/>
                <Field label=studio::compare(lang) name="compare" value=form.value("compare", &compare) unit="¥" inputmode="decimal"
                    note=faults::optional(lang) help=studio::compare_help(lang) error=wrong(&form, "compare") maxlength=12/>
                {share}
                <FormActions><Button>{studio::save(lang)}</Button></FormActions>
            </form>
            <section class="section">
                <header class="section-head"><h2>{studio::places_title(lang)}</h2></header>
                <Mistakes form=counted.clone()/>
                <form method="post" class="stack gap-5 measure">
                    <input type="hidden" name="form" value="places"/>
                    <Field label=studio::places(lang) name="places" value=counted.value("places", &places) inputmode="numeric"
                        note=faults::optional(lang) help=studio::places_help(lang) error=wrong(&counted, "places") maxlength=6/>
                    <FormActions><Button kind=Kind::Secondary>{studio::save(lang)}</Button></FormActions>
                </form>
            </section>
            <Terms course/>
            <section class="section">
                <header class="section-head"><h2>{membership::membership(lang)}</h2></header>
                <form method="post" class="stack gap-5 measure">
                    <input type="hidden" name="form" value="membership"/>
                    <Switch label=membership::course_is_in(lang) name="included" checked=in_membership note=membership::course_is_in_note(lang)/>
                    <FormActions><Button kind=Kind::Secondary>{studio::save(lang)}</Button></FormActions>
                </form>
            </section>
        </Course>
    }
    .into_any()
}
