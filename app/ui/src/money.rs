//! Amounts, prices and moments.

use crate::Text;
use leptos::prelude::*;
use locale::{dates, numbers};
use model::{Lang, Moment, Money, Viewer};

/// The language of the page, from the viewer in the context.
pub(crate) fn page_language() -> Lang {
    use_context::<Viewer>().map_or(Lang::Zh, |viewer| viewer.lang)
}

/// An amount in running text or a table: never broken between sign and figure. `exact` writes all decimals (receipts).
#[component]
pub fn Amount(of: Money, #[prop(optional)] exact: bool) -> impl IntoView {
    let text = if exact { numbers::money_exact(of) } else { numbers::money(of) };
    view! { <span class="money">{text}</span> }
}

/// A moment as a person reads it, with its machine form. `time` adds the time of day.
#[component]
pub fn When(
    at: Moment,
    #[prop(optional)] time: bool,
    /// The page's language unless given.
    #[prop(optional_no_strip, into)]
    lang: Option<Lang>,
) -> impl IntoView {
    let lang = lang.unwrap_or_else(page_language);
    let text = if time { dates::date_time(lang, at) } else { dates::date(lang, at) };
    view! { <time datetime=dates::machine(at)>{text}</time> }
}

/// What something costs; the texts come from `locale::numbers::money`.
#[component]
pub fn Price(
    #[prop(into)] now: String,
    /// The price it had before, struck through; `was_label` is read aloud before it.
    #[prop(optional, into)]
    was: Text,
    #[prop(optional, into)] was_label: Text,
    /// The amount is nought: `now` says "Free".
    #[prop(optional)]
    free: bool,
    #[prop(optional)] large: bool,
) -> impl IntoView {
    let class = if large { "price price-large" } else { "price" };
    let now_class = if free { "price-free" } else { "price-now" };
    view! {
        <span class=class>
            <span class=now_class>{now}</span>
            {was.get().map(|was| view! {
                <s class="price-was">{was_label.get().map(|label| view! { <span class="visually-hidden">{label}" "</span> })}{was}</s>
            })}
        </span>
    }
}
