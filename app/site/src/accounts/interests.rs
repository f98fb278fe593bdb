//! Choosing interests: right after registration, and whenever one likes.

use super::api;
use super::gate::{Gate, Mistakes, wrong};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::accounts::Interests;
use model::routes;
use ui::{Button, ButtonLink, ChipChoice, Choices, FormActions, Kind, Size, loaded};

/// Open to everybody: whoever registers with an address that somebody has comes here signed in as nobody, and hears that we have
/// written to them.
#[component]
pub fn InterestsPage() -> impl IntoView {
    let lang = wire::lang();
    if wire::viewer().me.is_none() {
        return view! { <LookIntoMailbox/> }.into_any();
    }
    view! {
        <Title text=format!("{} · {}", accounts::interests_title(lang), shell::product(lang))/>
        <main id="main" class="page page-narrow">
            <header class="page-head ruled">
                <p class="kicker">{accounts::interests_kicker(lang)}</p>
                <h1>{accounts::interests_title(lang)}</h1>
                <p class="lede">{accounts::interests_lede(lang)}</p>
            </header>
            {loaded(api::read_interests(), content)}
        </main>
    }
    .into_any()
}

#[component]
fn LookIntoMailbox() -> impl IntoView {
    let viewer = wire::viewer();
    let lang = viewer.lang;
    let sign_in = routes::with_next(&routes::login(lang), &viewer.address);
    view! {
        <Title text=format!("{} · {}", accounts::just_registered_title(lang), shell::product(lang))/>
        <Gate>
            <header class="page-head">
                <h1>{accounts::just_registered_title(lang)}</h1>
                <p>{accounts::just_registered(lang)}</p>
                <p class="muted">{accounts::have_account_sign_in(lang)}</p>
            </header>
            <FormActions>
                <ButtonLink href=sign_in>{shell::sign_in(lang)}</ButtonLink>
                <ButtonLink href=routes::reset(lang) kind=Kind::Quiet>{accounts::forgot_it(lang)}</ButtonLink>
            </FormActions>
        </Gate>
    }
}

fn content(page: Interests) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("interests");
    let next = form.value("next", wire::query().get("next").unwrap_or_default());
    let skip = routes::safe_next(&next).map_or_else(|| routes::feed(lang), str::to_owned);
    let error = wrong(&form, "topic");
    let chips: Vec<_> = page
        .topics
        .iter()
        .map(|topic| {
            let chosen = page.chosen.contains(&topic.slug);
            let checked = form.chosen("topic", topic.slug.as_str(), chosen);
            view! { <ChipChoice label=topic.name(lang) name="topic" value=topic.slug.as_str() checked large=true/> }
        })
        .collect();
    view! {
        <Mistakes form=form.clone()/>
        <form method="post" class="stack gap-6">
            <input type="hidden" name="form" value="interests"/>
            <input type="hidden" name="next" value=next/>
            <Choices legend=accounts::interests_legend(lang) name="topic" help=accounts::interests_help(lang) error chips=true>
                {chips}
            </Choices>
            <FormActions>
                <Button size=Size::Large>{accounts::show_my_feed(lang)}</Button>
                <ButtonLink href=skip kind=Kind::Quiet size=Size::Large>{accounts::skip(lang)}</ButtonLink>
            </FormActions>
        </form>
    }
    .into_any()
}
