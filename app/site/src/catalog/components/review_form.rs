//! Writing a review, for who has the course.

use leptos::prelude::*;
use locale::{community, faults};
use model::Fault;
use model::community::Review;
use ui::{Button, ErrorSummary, FormActions, Kind, StarInput, TextArea, wrong};

/// The form, with the person's own review in it if there is one.
#[component]
pub fn ReviewForm(own: Option<Review>) -> impl IntoView {
    let lang = wire::lang();
    let state = wire::form_state("review");
    let title = if own.is_some() { community::change_yours(lang) } else { community::write_one(lang) };
    let (stars, body) = own.map_or((String::new(), String::new()), |review| (review.stars.to_string(), review.body));
    let value = state.value("stars", &stars).parse().unwrap_or_default();
    let refused = state.fault().filter(|fault| !matches!(fault, Fault::Invalid(_)));
    let errors = refused.map(|fault| vec![(String::new(), faults::sentence(lang, fault))]).unwrap_or_default();
    let labels = [1, 2, 3, 4, 5].map(|stars| community::stars(lang, stars));
    let open = state.fault().is_some();
    view! {
        <details class="fold" open=open id="review">
            <summary>{title}</summary>
            <form class="stack gap-5" method="post">
                <input type="hidden" name="form" value="review"/>
                <ErrorSummary title=faults::check_the_form(lang) errors/>
                <StarInput legend=community::your_stars(lang) name="stars" value labels error=wrong(&state, "stars")/>
                <TextArea label=community::your_words(lang) name="body" value=state.value("body", &body) help=community::your_words_help(lang)
                    error=wrong(&state, "body") maxlength=4000u32 required=true/>
                <FormActions><Button kind=Kind::Secondary>{community::publish(lang)}</Button></FormActions>
            </form>
        </details>
    }
}
