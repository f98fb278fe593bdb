//! One pack: giving its seats and taking them back.

use super::api;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, elements, shell, vouchers};
use model::ids::SeatPoolId;
use model::routes;
use model::vouchers::{PoolView, SeatRow, SeatState};
use ui::{Badge, Button, ButtonLink, EmptyState, Field, FormActions, Glyph, Kind, LinkField, Refused, Size, Tone, loaded, wrong};

/// `/seats/{id}`
#[component]
pub fn PoolPage(id: SeatPoolId) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", vouchers::seats(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{loaded(api::read_seat_pool(id), content)}</main>
    }
}

fn content(view: PoolView) -> AnyView {
    let lang = wire::lang();
    let PoolView { row, seats } = view;
    let how = if row.is_live { vouchers::assigned(lang, row.assigned, row.purchased) } else { vouchers::ended(lang).to_owned() };
    let list: Vec<_> = seats.into_iter().map(seat).collect();
    let list = match list.is_empty() {
        true => view! { <EmptyState title=vouchers::nobody_yet(lang) icon=Glyph::People small=true/> }.into_any(),
        false => view! { <ul class="list" role="list">{list}</ul> }.into_any(),
    };
    view! {
        <header class="page-head">
            <h1>{row.title}</h1>
            <p class="meta"><span>{how}</span></p>
        </header>
        {row.is_live.then(assign)}
        <section class="section">
            <header class="section-head"><h2>{vouchers::seat_list(lang)}</h2></header>
            <Refused form=wire::form_state("unassign")/>
            {list}
        </section>
        <p class="mt-6"><ButtonLink href=routes::seats(lang) kind=Kind::Secondary>{vouchers::seats(lang)}</ButtonLink></p>
    }
    .into_any()
}

fn assign() -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("assign");
    view! {
        <section class="section">
            <header class="section-head"><h2>{vouchers::assign_title(lang)}</h2></header>
            <form method="post" class="stack gap-4">
                <input type="hidden" name="form" value="assign"/>
                <Refused form=form.clone()/>
                <Field label=vouchers::assign_email(lang) name="email" kind="email" value=form.value("email", "") required=true
                    help=vouchers::assign_help(lang) error=wrong(&form, "email") autocomplete="off"/>
                <FormActions><Button icon=Glyph::Plus>{vouchers::assign(lang)}</Button></FormActions>
            </form>
        </section>
    }
}

fn seat(seat: SeatRow) -> impl IntoView {
    let lang = wire::lang();
    let tone = match seat.state {
        SeatState::Invited => Tone::Info,
        SeatState::Claimed => Tone::Success,
        SeatState::Freed => Tone::Plain,
    };
    let (field, id) = (format!("link-{}", seat.id), seat.id.to_string());
    let link = seat.link.map(|link| {
        view! {
            <LinkField label=vouchers::invite_link(lang) id=field value=link copy=shell::copy_link(lang)
                labels=elements::copy_button(lang)/>
        }
    });
    let back = (seat.state != SeatState::Freed).then(|| {
        view! {
            <form method="post">
                <input type="hidden" name="form" value="unassign"/>
                <input type="hidden" name="seat" value=id/>
                <Button kind=Kind::Quiet size=Size::Small>{vouchers::unassign(lang)}</Button>
            </form>
        }
    });
    let who = seat.name.map(|name| view! { <span class="small muted">{name}</span> });
    let free =
        seat.free_at.map(|at| view! { <p class="small muted">{vouchers::free_again(lang, &dates::date_time(lang, at))}</p> });
    view! {
        <li class="stack gap-3">
            <div class="split">
                <span class="stack gap-1"><span class="strong">{seat.email.to_string()}</span>{who}</span>
                <span class="cluster gap-2"><Badge tone>{vouchers::seat_state(lang, seat.state)}</Badge>{back}</span>
            </div>
            {free}
            {link}
        </li>
    }
}
