//! Choosing interests: right after registration, and whenever one likes.

use super::api;
use super::gate::{Mistakes, wrong};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{accounts, shell};
use model::accounts::Interests;
use model::routes;
use ui::{Button, ButtonLink, ChipChoice, Choices, FormActions, Kind, Size, loaded};

#[component]
pub fn InterestsPage() -> impl IntoView {
    let lang = wire::lang();
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
