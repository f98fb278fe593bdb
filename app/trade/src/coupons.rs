//! The list of coupons and what became of them.

use leptos::prelude::*;
use locale::{dates, promotions};
use model::promotions::{Row, Standing};
use ui::{Amount, Badge, Column, Notice, OneButton, Table, Tone};

/// All coupons of a desk, above them what was just done (`?done=`); `about` says of each what the desk wants to know.
#[component]
pub fn CouponList(rows: Vec<Row>, #[prop(optional)] about: Option<fn(&Row) -> String>) -> impl IntoView {
    let lang = wire::lang();
    let done = match wire::query().get("done") {
        Some("made") => Some(promotions::was_made(lang)),
        Some("ended") => Some(promotions::was_ended(lang)),
        _ => None,
    };
    let columns = vec![
        Column::new(promotions::name(lang)),
        Column::new(promotions::codes(lang)),
        Column::new(promotions::takes_off(lang)),
        Column::new(promotions::uses(lang)).numeric(),
        Column::new(promotions::given(lang)).numeric(),
        Column::new(promotions::standing_head(lang)),
    ];
    let none = rows.is_empty();
    let rows: Vec<_> = rows.into_iter().map(|row| line(row, about)).collect();
    let list = match none {
        true => view! { <p class="muted">{promotions::none_yet(lang)}</p> }.into_any(),
        false => view! { <Table columns label=promotions::coupons(lang)>{rows}</Table> }.into_any(),
    };
    view! {
        {done.map(|words| view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })}
        {list}
    }
}

fn line(row: Row, about: Option<fn(&Row) -> String>) -> impl IntoView {
    let lang = wire::lang();
    let tone = match row.standing {
        Standing::Running => Tone::Success,
        Standing::Planned => Tone::Info,
        Standing::UsedUp => Tone::Warning,
        Standing::Ended => Tone::Plain,
    };
    let running = row.standing != Standing::Ended;
    let about = about.map(|about| view! { <br/><span class="small faint">{about(&row)}</span> });
    let ends = row.ends_at.filter(|_| running).map(|at| promotions::until(lang, &dates::date(lang, at)));
    let end = running.then(|| {
        view! { <OneButton form="end" name="promotion" value=row.id.to_string() label=promotions::end(lang)/> }
    });
    view! {
        <tr>
            <td>{row.name}{about}</td>
            <td>{promotions::named_codes(lang, &row.codes, row.codes_in_all)}</td>
            <td class="nowrap">{promotions::reduction(lang, row.reduction)}</td>
            <td class="num">{promotions::used_of(row.used, row.most)}</td>
            <td class="num"><Amount of=row.given exact=true/></td>
            <td class="nowrap"><span class="cluster gap-2"><Badge tone>{promotions::standing(lang, row.standing)}</Badge><span class="small faint">{ends}</span>{end}</span></td>
        </tr>
    }
}
