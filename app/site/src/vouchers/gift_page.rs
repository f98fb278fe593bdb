//! Giving a course: the card, and what one has given so far.

use super::api;
use super::parts::{ForOthers, course_of_address};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, elements, numbers, shell, vouchers};
use model::paging::page_number;
use model::routes;
use model::vouchers::{GiftDesk, GivenCourse, GivenGift, MESSAGE_MAX, NAME_MAX, VoucherState};
use trade::Pages;
use ui::{Badge, Button, ButtonLink, EmptyState, Field, Glyph, LinkField, Refused, Size, TextArea, Tone, loaded, wrong};

/// `/gift`
#[component]
pub fn GiftPage() -> impl IntoView {
    let lang = wire::lang();
    let page = page_number(wire::query().get("page"));
    view! {
        <Title text=format!("{} · {}", vouchers::give(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{loaded(api::read_gift_desk(course_of_address(), page), content)}</main>
    }
}

fn content(desk: GiftDesk) -> AnyView {
    let lang = wire::lang();
    let title = match &desk.course {
        Some(course) => vouchers::give_title(lang, &course.title),
        None => vouchers::give(lang).to_owned(),
    };
    let body = match &desk.course {
        Some(course) => card(&desk, course),
        None => {
            let actions = view! { <ButtonLink href=routes::courses(lang)>{vouchers::browse(lang)}</ButtonLink> };
            let (title, text) = (vouchers::choose_course(lang), vouchers::choose_course_text(lang));
            view! { <EmptyState title text icon=Glyph::Gift actions/> }.into_any()
        }
    };
    let (page, pages) = (desk.given.number, desk.given.pages());
    let given: Vec<_> = desk.given.items.iter().map(shown).collect();
    view! {
        <header class="page-head">
            <h1>{title}</h1>
            <p class="lede">{vouchers::give_lede(lang)}</p>
        </header>
        {body}
        {(!given.is_empty()).then(|| view! {
            <section class="section">
                <header class="section-head"><h2>{vouchers::my_gifts(lang)}</h2></header>
                <ul class="list" role="list">{given}</ul>
                <Pages page pages base=routes::gift(lang)/>
            </section>
        })}
    }
    .into_any()
}

fn card(desk: &GiftDesk, course: &GivenCourse) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("gift");
    let go_on = vouchers::continue_to_pay(lang, &numbers::money(course.price));
    view! {
        <form method="post" class="stack gap-5">
            <input type="hidden" name="form" value="gift"/>
            <input type="hidden" name="idem" value=form.value("idem", desk.key.as_str())/>
            <input type="hidden" name="course" value=course.slug.to_string()/>
            <Refused form=form.clone()/>
            <ForOthers course=course.clone()/>
            <div class="grid-2">
                <Field label=vouchers::recipient(lang) name="recipient" value=form.value("recipient", "") note=vouchers::optional(lang)
                    maxlength=NAME_MAX help=vouchers::recipient_help(lang) error=wrong(&form, "recipient") autocomplete="off"/>
                <Field label=vouchers::sender(lang) name="sender" value=form.value("sender", &desk.sender) required=true
                    maxlength=NAME_MAX error=wrong(&form, "sender") autocomplete="name"/>
            </div>
            <TextArea label=vouchers::message(lang) name="message" value=form.value("message", "") note=vouchers::optional(lang)
                maxlength=MESSAGE_MAX help=vouchers::message_help(lang) error=wrong(&form, "message")/>
            <Button size=Size::Large block=true icon=Glyph::Gift>
                {go_on}
            </Button>
        </form>
    }
    .into_any()
}

fn shown(gift: &GivenGift) -> impl IntoView + use<> {
    let lang = wire::lang();
    let tone = match gift.state {
        VoucherState::Issued => Tone::Info,
        VoucherState::Claimed => Tone::Success,
        VoucherState::Unpaid | VoucherState::Expired | VoucherState::Revoked => Tone::Plain,
    };
    let state = vouchers::state(lang, gift.state);
    let id = format!("link-{}", gift.id);
    let link = gift.link.clone().map(|link| {
        view! {
            <LinkField label=vouchers::gift_link(lang) id value=link help=vouchers::gift_link_help(lang) copy=shell::copy_link(lang)
                labels=elements::copy_button(lang)/>
        }
    });
    let to = (!gift.card.recipient.is_empty()).then(|| vouchers::gift_for(lang, &gift.card.recipient));
    let until = gift.expires_at.filter(|_| gift.state == VoucherState::Issued);
    let until = until.map(|at| vouchers::valid_until(lang, &dates::date(lang, at)));
    let meta: Vec<_> = to.into_iter().chain(until).map(|text| view! { <span>{text}</span> }).collect();
    view! {
        <li class="stack gap-3">
            <div class="split">
                <span class="strong">{gift.title.clone()}</span>
                <Badge tone>{state}</Badge>
            </div>
            <p class="meta">{meta}</p>
            {link}
        </li>
    }
}
