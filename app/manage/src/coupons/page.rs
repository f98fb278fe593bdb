//! The school's coupons: what there is, what became of it, and a new one.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{dates, faults, promotions};
use model::promotions::{Coupons, Row, Standing};
use model::{Fault, FormState};
use ui::{
    Accordion, Amount, Badge, Button, Checkbox, ChipChoice, Choices, Column, ErrorSummary, Field, Fold, FormActions, Kind,
    Notice, Radio, Size, Table, Tone, loaded,
};

#[component]
pub fn StaffCouponsPage() -> impl IntoView {
    let lang = wire::lang();
    view! { <Office place=Place::Coupons title=promotions::coupons(lang)>{loaded(api::read_coupons(), content)}</Office> }
}

fn content(coupons: Coupons) -> AnyView {
    let lang = wire::lang();
    let done = match wire::query().get("done") {
        Some("made") => Some(promotions::was_made(lang)),
        Some("ended") => Some(promotions::was_ended(lang)),
        _ => None,
    };
    let rows: Vec<_> = coupons.rows.iter().cloned().map(row).collect();
    let columns = vec![
        Column::new(promotions::name(lang)),
        Column::new(promotions::codes(lang)),
        Column::new(promotions::takes_off(lang)),
        Column::new(promotions::uses(lang)).numeric(),
        Column::new(promotions::given(lang)).numeric(),
        Column::new(promotions::standing_head(lang)),
    ];
    let list = match rows.is_empty() {
        true => view! { <p class="muted">{promotions::none_yet(lang)}</p> }.into_any(),
        false => view! { <Table columns label=promotions::coupons(lang)>{rows}</Table> }.into_any(),
    };
    view! {
        {done.map(|words| view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })}
        {list}
        {form(&coupons)}
    }
    .into_any()
}

fn row(row: Row) -> impl IntoView {
    let lang = wire::lang();
    let tone = match row.standing {
        Standing::Running => Tone::Success,
        Standing::Planned => Tone::Info,
        Standing::UsedUp => Tone::Warning,
        Standing::Ended => Tone::Plain,
    };
    let owner = row.owner.clone().map(|owner| promotions::borne_by(lang, &owner));
    let about = [
        Some(promotions::scope(lang, row.scope).to_owned()),
        row.first_order.then(|| promotions::first_order(lang).to_owned()),
        owner,
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let ends = row.ends_at.filter(|_| row.standing != Standing::Ended).map(|at| promotions::until(lang, &dates::date(lang, at)));
    let end = (row.standing != Standing::Ended).then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="form" value="end"/>
                <input type="hidden" name="promotion" value=row.id.to_string()/>
                <Button kind=Kind::Quiet size=Size::Small>{promotions::end(lang)}</Button>
            </form>
        }
    });
    view! {
        <tr>
            <td>{row.name}<br/><span class="small faint">{about.join(" · ")}</span></td>
            <td>{promotions::named_codes(lang, &row.codes, row.codes_in_all)}</td>
            <td class="nowrap">{promotions::reduction(lang, row.reduction)}</td>
            <td class="num">{promotions::used_of(row.used, row.most)}</td>
            <td class="num"><Amount of=row.given exact=true/></td>
            <td class="nowrap"><span class="cluster gap-2"><Badge tone>{promotions::standing(lang, row.standing)}</Badge><span class="small faint">{ends}</span>{end}</span></td>
        </tr>
    }
}

fn wrong(form: &FormState, field: &str) -> Option<String> {
    form.problem(field).map(|problem| faults::problem(wire::lang(), problem))
}

fn form(coupons: &Coupons) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("coupon");
    let errors = match form.fault() {
        Some(Fault::Invalid(errors)) => {
            errors.iter().map(|error| (error.field.clone(), faults::problem(lang, &error.problem))).collect()
        }
        Some(other) => vec![(String::new(), faults::sentence(lang, other))],
        None => Vec::new(),
    };
    let courses: Vec<_> = coupons
        .courses
        .iter()
        .map(|(id, title)| {
            let checked = form.chosen("course", id.as_str(), false);
            view! { <Checkbox label=title.clone() name="course" value=id.to_string() checked=checked/> }
        })
        .collect();
    let topics: Vec<_> = coupons
        .topics
        .iter()
        .map(|topic| {
            let checked = form.chosen("topic", topic.slug.as_str(), false);
            view! { <ChipChoice label=topic.name(lang).to_owned() name="topic" value=topic.slug.to_string() checked=checked/> }
        })
        .collect();
    let kind = form.value("kind", "percent");
    let value = |name: &str, fresh: &str| form.value(name, fresh);
    let course_error = wrong(&form, "course");
    let some_courses = !form.value("course", "").is_empty();
    let (first_order, returns) = (form.chosen("first_order", "on", false), form.chosen("returns", "on", false));
    view! {
        <section class="box stack gap-5">
            <h2 class="large">{promotions::new(lang)}</h2>
            <ErrorSummary title=faults::check_the_form(lang) errors/>
            <form method="post" class="stack gap-5 measure">
                <input type="hidden" name="form" value="coupon"/>
                <Field label=promotions::name(lang) name="name" value=value("name", "") help=promotions::name_help(lang) error=wrong(&form, "name") required=true maxlength=80/>
                <Field label=promotions::codes(lang) name="codes" value=value("codes", "") help=promotions::codes_help(lang) error=wrong(&form, "codes") note=faults::optional(lang) autocomplete="off"/>
                <Field label=promotions::count(lang) name="count" value=value("count", "") inputmode="numeric" help=promotions::count_help(lang) error=wrong(&form, "count") note=faults::optional(lang)/>
                <Choices legend=promotions::takes_off(lang) name="kind" error=wrong(&form, "kind")>
                    <Radio label=promotions::percent(lang) name="kind" value="percent" checked=kind == "percent"/>
                    <Radio label=promotions::fixed(lang) name="kind" value="fixed" checked=kind == "fixed"/>
                </Choices>
                <Field label=promotions::how_much(lang) name="value" value=value("value", "") inputmode="decimal" help=promotions::value_help(lang) error=wrong(&form, "value") required=true maxlength=12/>
                <Choices legend=promotions::for_topics(lang) name="topic" help=promotions::for_everything(lang) error=wrong(&form, "topic") chips=true>{topics}</Choices>
                <Accordion>
                    <Fold title=promotions::for_courses(lang) open=some_courses>
                        <Choices legend=promotions::for_courses(lang) name="course" error=course_error>{courses}</Choices>
                    </Fold>
                </Accordion>
                <Field label=promotions::most(lang) name="most" value=value("most", "") inputmode="numeric" note=faults::optional(lang) help=promotions::most_help(lang) error=wrong(&form, "most")/>
                <Field label=promotions::per_person(lang) name="per_person" value=value("per_person", "1") inputmode="numeric" help=promotions::per_person_help(lang) error=wrong(&form, "per_person")/>
                <Field label=promotions::first_day(lang) name="starts" kind="date" value=value("starts", "") note=faults::optional(lang) error=wrong(&form, "starts")/>
                <Field label=promotions::last_day(lang) name="ends" kind="date" value=value("ends", "") note=faults::optional(lang) error=wrong(&form, "ends")/>
                <Checkbox label=promotions::first_order(lang) name="first_order" checked=first_order/>
                <Checkbox label=promotions::returns(lang) name="returns" checked=returns/>
                <FormActions><Button>{promotions::make(lang)}</Button></FormActions>
            </form>
        </section>
    }
    .into_any()
}
