//! The studio around every room: where one can go, which course this is and where it stands.

use leptos::prelude::*;
use leptos_meta::Title;
use locale::{buying, earnings, promotions, shell, studio};
use model::authoring::{Draft, DraftState, Room};
use model::{Lang, routes};
use ui::{Badge, Breadcrumb, Button, ButtonLink, Crumb, Glyph, Kind, NavLink, SideNav, Size, Tone};

/// The places of the studio outside a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Courses,
    Library,
    Coupons,
    Bundles,
    Earnings,
}

/// A page of the studio that belongs to no course.
#[component]
pub fn Studio(place: Place, #[prop(into)] title: String, #[prop(into)] lede: String, children: Children) -> impl IntoView {
    let lang = wire::lang();
    let nav = vec![
        NavLink::new(studio::my_courses(lang), routes::studio_courses(lang), Glyph::Book, place == Place::Courses),
        NavLink::new(studio::media(lang), routes::studio_media(lang), Glyph::Video, place == Place::Library),
        NavLink::new(promotions::coupons(lang), routes::studio_coupons(lang), Glyph::Tag, place == Place::Coupons),
        NavLink::new(buying::bundles(lang), routes::studio_bundles(lang), Glyph::Cart, place == Place::Bundles),
        NavLink::new(earnings::earnings(lang), routes::studio_earnings(lang), Glyph::Wallet, place == Place::Earnings),
    ];
    view! {
        <Title text=format!("{title} · {} · {}", studio::studio(lang), shell::product(lang))/>
        <div class="with-side">
            <SideNav nav label=studio::studio(lang)/>
            <div class="stack gap-6">
                <header class="page-head"><p class="kicker">{studio::studio(lang)}</p><h1>{title}</h1><p class="lede">{lede}</p></header>
                {children()}
            </div>
        </div>
    }
}

/// The rooms of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Outline,
    Landing,
    Pricing,
    Settings,
    Preview,
}

impl Door {
    pub const fn path(self) -> &'static str {
        match self {
            Door::Outline => "outline",
            Door::Landing => "landing",
            Door::Pricing => "pricing",
            Door::Settings => "settings",
            Door::Preview => "preview",
        }
    }
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Door::Outline => studio::outline(lang),
            Door::Landing => studio::landing(lang),
            Door::Pricing => studio::pricing(lang),
            Door::Settings => studio::settings(lang),
            Door::Preview => studio::preview(lang),
        }
    }
}

/// A room of a course.
#[component]
pub fn Course(room: Room, door: Door, #[prop(into)] lede: String, children: Children) -> impl IntoView {
    let lang = wire::lang();
    let draft = &room.draft;
    let unmet = room.checks.iter().filter(|check| !check.met).count();
    let link =
        |to: Door, glyph| NavLink::new(to.label(lang), routes::studio_course(lang, &draft.id, to.path()), glyph, to == door);
    let nav = vec![
        link(Door::Outline, Glyph::List).counted(room.size().0),
        link(Door::Landing, Glyph::Article),
        link(Door::Pricing, Glyph::Tag),
        link(Door::Settings, Glyph::Settings).counted(u32::try_from(unmet).unwrap_or_default()),
        link(Door::Preview, Glyph::Eye),
        NavLink::new(studio::media(lang), routes::studio_media(lang), Glyph::Video, false),
    ];
    let steps = vec![Crumb::new(studio::my_courses(lang), routes::studio_courses(lang))];
    view! {
        <Title text=format!("{} · {} · {}", draft.title, door.label(lang), shell::product(lang))/>
        <div class="stack gap-2"><Breadcrumb steps label=studio::path(lang)/><Head draft=draft.clone()/></div>
        <div class="with-side">
            <SideNav nav label=studio::rooms(lang)/>
            <div class="stack gap-5">
                <header class="stack gap-1"><h2>{door.label(lang)}</h2><p class="muted">{lede}</p></header>
                {children()}
            </div>
        </div>
    }
}

/// Title, state, and what can be done with the whole course.
#[component]
pub fn Head(draft: Draft) -> impl IntoView {
    let lang = wire::lang();
    let live = draft.state.is_out().then(|| {
        view! { <ButtonLink href=routes::course(lang, &draft.slug) kind=Kind::Quiet size=Size::Small icon=Glyph::Link>{studio::view_live(lang)}</ButtonLink> }
    });
    let publish = publish_label(lang, draft.state).map(|label| {
        view! {
            <form method="post" action=routes::studio_course(lang, &draft.id, "settings") data-once="">
                <input type="hidden" name="form" value="publish"/>
                <Button size=Size::Small icon=Glyph::Send>{label}</Button>
            </form>
        }
    });
    view! {
        <header class="studio-head">
            <div class="stack gap-2">
                <h1 lang=draft.language.as_str()>{draft.title.clone()}</h1>
                <p><StateBadge state=draft.state/></p>
            </div>
            <div class="cluster gap-2">{live}{publish}</div>
        </header>
    }
}

/// What the button for publishing says; none where there is nothing to publish.
pub fn publish_label(lang: Lang, state: DraftState) -> Option<&'static str> {
    match state {
        DraftState::Draft => Some(studio::publish(lang)),
        DraftState::Changed => Some(studio::publish_changes(lang)),
        DraftState::Unlisted => Some(studio::publish_again(lang)),
        DraftState::Published => None,
    }
}

/// Where a draft stands, as a badge.
#[component]
pub fn StateBadge(state: DraftState) -> impl IntoView {
    let tone = match state {
        DraftState::Draft | DraftState::Unlisted => Tone::Plain,
        DraftState::Published => Tone::Success,
        DraftState::Changed => Tone::Warning,
    };
    view! { <Badge tone>{studio::state(wire::lang(), state)}</Badge> }
}
