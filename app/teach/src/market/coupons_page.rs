//! An instructor's own coupons: for their courses alone, and from their share.

use super::api;
use crate::refused::{Mistakes, wrong};
use crate::shell::{Place, Studio};
use leptos::prelude::*;
use locale::{dates, faults, numbers, promotions};
use model::promotions::{Coupons, Row, Standing};
use ui::{Amount, Badge, Button, Checkbox, Choices, Column, Field, FormActions, Kind, Notice, Radio, Size, Table, Tone, loaded};

#[component]
pub fn CouponsPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <main id="main" tabindex="-1" class="page">
            <Studio place=Place::Coupons title=promotions::coupons(lang) lede=promotions::studio_lede(lang)>
                {loaded(api::read_my_coupons(), content)}
            </Studio>
        </main>
    }
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
            <td>{row.name}</td>
            <td>{promotions::named_codes(lang, &row.codes, row.codes_in_all)}</td>
            <td class="nowrap">{promotions::reduction(lang, row.reduction)}</td>
            <td class="num">{promotions::used_of(row.used, row.most)}</td>
            <td class="num"><Amount of=row.given exact=true/></td>
            <td class="nowrap"><span class="cluster gap-2"><Badge tone>{promotions::standing(lang, row.standing)}</Badge><span class="small faint">{ends}</span>{end}</span></td>
        </tr>
    }
}

fn form(coupons: &Coupons) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("coupon");
    let courses: Vec<_> = coupons
        .courses
        .iter()
        .map(|(id, title)| {
            let checked = form.chosen("course", id.as_str(), false);
            view! { <Checkbox label=title.clone() name="course" value=id.to_string() checked=checked/> }
        })
        .collect();
    let kind = form.value("kind", "percent");
    let value = |name: &str| form.value(name, "");
    view! {
        <section class="box stack gap-5">
            <h2 class="large">{promotions::new(lang)}</h2>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5 measure">
                <input type="hidden" name="form" value="coupon"/>
                <Field label=promotions::name(lang) name="name" value=value("name") help=promotions::name_help(lang) error=wrong(&form, "name") required=true maxlength=80/>
                <Field label=promotions::codes(lang) name="codes" value=value("codes") help=promotions::codes_help(lang) error=wrong(&form, "codes") note=faults::optional(lang) autocomplete="off"/>
                <Choices legend=promotions::takes_off(lang) name="kind" error=wrong(&form, "kind")>
                    <Radio label=promotions::percent(lang) name="kind" value="percent" checked=kind == "percent"/>
                    <Radio label=promotions::fixed(lang) name="kind" value="fixed" checked=kind == "fixed"/>
                </Choices>
                <Field label=promotions::how_much(lang) name="value" value=value("value") inputmode="decimal" help=promotions::value_help(lang) error=wrong(&form, "value") required=true maxlength=12/>
                <Choices legend=promotions::for_courses(lang) name="course" help=promotions::for_all_mine(lang) error=wrong(&form, "course")>{courses}</Choices>
                <Field label=promotions::most(lang) name="most" value=value("most") inputmode="numeric" note=faults::optional(lang) help=promotions::most_help(lang) error=wrong(&form, "most")/>
                <Field label=promotions::last_day(lang) name="ends" kind="date" value=value("ends") note=faults::optional(lang) error=wrong(&form, "ends")/>
                <input type="hidden" name="per_person" value="1"/>
                <p class="small muted">{promotions::from_your_share(lang, &numbers::whole(30))}</p>
                <FormActions><Button>{promotions::make(lang)}</Button></FormActions>
            </form>
        </section>
    }
    .into_any()
}
