//! The frame around every page: header, navigation, the page's content, footer, and on phones the bar at the thumb.

use leptos::prelude::*;
use locale::{buying, dates, membership, people, shell};
use model::{Lang, Viewer, routes};
use ui::{
    AvatarMenu, Button, ButtonLink, Footer, FooterColumn, Glyph, Header, IconLink, Kind, LanguageSwitch, MenuLink, NavLink, Size,
    SkipLink, TabBar, ThemeSwitch,
};

#[component]
pub fn Frame(viewer: Viewer, children: Children) -> impl IntoView {
    let lang = viewer.lang;
    let query = wire::query().get("q").map(str::to_owned);
    let on_search = viewer.path() == "/search" || viewer.path() == "/courses";
    view! {
        <SkipLink label=shell::skip_to_content(lang)/>
        {seeing(&viewer)}
        <Header
            home=routes::home(lang)
            name=shell::product(lang)
            nav=places(&viewer)
            nav_label=shell::main_navigation(lang)
            search=routes::search(lang)
            search_label=shell::search(lang)
            search_hint=shell::search_hint(lang)
            suggest=lang
            query=query.filter(|_| on_search)
            tools=tools(&viewer)
        />
        {children()}
        <Footer
            name=shell::product(lang)
            promise=shell::tagline(lang)
            columns=footer_columns(lang)
            fine_print=shell::fine_print(lang)
            switches=switches(&viewer)
        />
        <TabBar nav=thumb_places(&viewer) label=shell::main_navigation(lang)/>
    }
}

/// Above every page, while staff look as somebody else: as whom, until when, and the way back.
fn seeing(viewer: &Viewer) -> Option<AnyView> {
    let (lang, by, me) = (viewer.lang, viewer.seen_by.as_ref()?, viewer.me.as_ref()?);
    let words = people::seeing(lang, by.name.as_str(), me.name.as_str(), &dates::time(by.until));
    let strip = view! {
        <aside class="strip" aria-label=people::seeing_label(lang)>
            <p role="status">{words}</p>
            <form method="post" action=routes::admin_see_as(lang)>
                <input type="hidden" name="form" value="end"/>
                <Button kind=Kind::Secondary size=Size::Small>{people::seeing_end(lang)}</Button>
            </form>
        </aside>
    };
    Some(strip.into_any())
}

/// Where one can go from every page.
fn places(viewer: &Viewer) -> Vec<NavLink> {
    let (lang, path) = (viewer.lang, viewer.path());
    let mut places = vec![
        NavLink::new(shell::discover(lang), routes::courses(lang), Glyph::Compass, is_discovery(path)),
        NavLink::new(shell::for_you(lang), routes::feed(lang), Glyph::Sparkles, path == "/feed"),
        NavLink::new(shell::learning(lang), routes::my_learning(lang), Glyph::Learning, path.starts_with("/me/learning")),
    ];
    let me = viewer.me.as_ref();
    if me.is_some_and(|me| me.teaches()) {
        places.push(NavLink::new(shell::studio(lang), routes::studio_courses(lang), Glyph::Edit, path.starts_with("/studio")));
    }
    if me.is_some_and(|me| me.is_staff()) {
        places.push(NavLink::new(shell::staff(lang), routes::admin_orders(lang), Glyph::Shield, path.starts_with("/admin")));
    }
    places
}

fn thumb_places(viewer: &Viewer) -> Vec<NavLink> {
    let (lang, path) = (viewer.lang, viewer.path());
    let own = match viewer.me {
        Some(_) => NavLink::new(shell::account(lang), routes::settings(lang), Glyph::Person, path.starts_with("/settings")),
        None => NavLink::new(shell::sign_in(lang), routes::login(lang), Glyph::Person, path == "/login" || path == "/register"),
    };
    vec![
        NavLink::new(shell::discover(lang), routes::courses(lang), Glyph::Compass, is_discovery(path)),
        NavLink::new(shell::for_you(lang), routes::feed(lang), Glyph::Sparkles, path == "/feed"),
        NavLink::new(shell::learning_short(lang), routes::my_learning(lang), Glyph::Learning, path.starts_with("/me/learning")),
        own,
    ]
}

fn is_discovery(path: &str) -> bool {
    path.starts_with("/courses") || path.starts_with("/topics") || path == "/search"
}

/// Sign-in for a visitor; the person's own menu for a member.
fn tools(viewer: &Viewer) -> AnyView {
    let lang = viewer.lang;
    let Some(me) = viewer.me.clone() else {
        return view! {
            <IconLink glyph=Glyph::Cart label=buying::cart(lang) href=routes::cart(lang)/>
            // on a phone it stands in the bar at the thumb
            <span class="wide-only"><ButtonLink href=routes::login(lang) kind=Kind::Secondary>{shell::sign_in(lang)}</ButtonLink></span>
        }
        .into_any();
    };
    let studio = me
        .teaches()
        .then(|| view! { <MenuLink href=routes::studio_courses(lang) icon=Some(Glyph::Edit)>{shell::studio(lang)}</MenuLink> });
    let staff = me
        .is_staff()
        .then(|| view! { <MenuLink href=routes::admin_orders(lang) icon=Some(Glyph::Shield)>{shell::staff(lang)}</MenuLink> });
    view! {
        <IconLink glyph=Glyph::Cart label=buying::cart(lang) href=routes::cart(lang)/>
        <AvatarMenu label=shell::account_menu(lang) name=me.name.to_string()>
            <ul role="list">
                <MenuLink href=routes::my_learning(lang) icon=Some(Glyph::Book)>{shell::learning(lang)}</MenuLink>
                <MenuLink href=routes::notices(lang) icon=Some(Glyph::Bell)>{locale::privacy::notices_title(lang)}</MenuLink>
                <MenuLink href=routes::my_orders(lang) icon=Some(Glyph::Receipt)>{shell::orders(lang)}</MenuLink>
                <MenuLink href=routes::wallet(lang) icon=Some(Glyph::Wallet)>{buying::wallet(lang)}</MenuLink>
                <MenuLink href=routes::my_membership(lang) icon=Some(Glyph::Star)>{membership::my_membership(lang)}</MenuLink>
                {studio}
                {staff}
                <MenuLink href=routes::settings(lang) icon=Some(Glyph::Settings)>{shell::settings(lang)}</MenuLink>
            </ul>
            <form method="post" action=routes::logout(lang) data-sign-out="">
                <button class="btn btn-quiet btn-block" type="submit">{shell::sign_out(lang)}</button>
            </form>
        </AvatarMenu>
    }
    .into_any()
}

/// Language and theme. A theme change posts to the appearance form and comes back here.
fn switches(viewer: &Viewer) -> AnyView {
    let (lang, here) = (viewer.lang, viewer.address.clone());
    let other = viewer.in_other_language();
    let (zh, en) = if lang == Lang::Zh { (here.clone(), other) } else { (other, here.clone()) };
    view! {
        <LanguageSwitch lang zh en label=shell::language(lang)/>
        <ThemeSwitch
            now=viewer.theme
            action=routes::appearance(lang)
            back=here
            label=shell::theme(lang)
            labels=[shell::theme_auto(lang).into(), shell::theme_light(lang).into(), shell::theme_dark(lang).into()]
        />
    }
    .into_any()
}

fn footer_columns(lang: Lang) -> Vec<FooterColumn> {
    let column = |title: &str, links: Vec<(&str, String)>| FooterColumn {
        title: title.into(),
        links: links.into_iter().map(|(label, href)| (label.to_owned(), href)).collect(),
    };
    vec![
        column(
            shell::foot_learn(lang),
            vec![
                (shell::discover(lang), routes::courses(lang)),
                (membership::membership(lang), routes::membership(lang)),
                (shell::for_you(lang), routes::feed(lang)),
                (shell::learning(lang), routes::my_learning(lang)),
            ],
        ),
        column(
            shell::foot_help(lang),
            vec![
                (shell::help(lang), routes::help(lang, "buying")),
                (shell::refunds(lang), routes::help(lang, "refunds")),
                (shell::teach_with_us(lang), routes::help(lang, "teaching")),
            ],
        ),
        column(
            shell::foot_house(lang),
            vec![(shell::terms(lang), routes::legal(lang, "terms")), (shell::privacy(lang), routes::legal(lang, "privacy"))],
        ),
    ]
}
