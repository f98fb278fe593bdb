//! The filter rail and the chips of what is filtered by.

use leptos::prelude::*;
use locale::storefront;
use model::Lang;
use model::browse::{Browse, Facet, FacetCounts, Filter};
use model::catalog::Topic;
use ui::{Button, Checkbox, Chip, Kind, Radio};

/// The name of a value as people read it.
pub fn value_name(lang: Lang, topics: &[Topic], facet: Facet, value: &str) -> String {
    match facet {
        Facet::Topic => {
            topics.iter().find(|topic| topic.slug.as_str() == value).map_or(value, |topic| topic.name(lang)).to_owned()
        }
        _ => storefront::facet_value(lang, facet, value),
    }
}

/// The rail: every facet with its values and counts. Stands inside the form of the page; a sheet on a phone.
#[component]
pub fn FilterRail(page: Browse) -> impl IntoView {
    let lang = wire::lang();
    let hidden = hidden_fields(&page.filter);
    let total = page.courses.total;
    let facets: Vec<_> = page.facets.iter().map(|facet| facet_box(lang, facet, &page.topics)).collect();
    view! {
        <aside class="rail" id="filters" aria-label=storefront::filters(lang)>
            <div class="rail-close">
                <h2>{storefront::filters(lang)}</h2>
                <a class="btn btn-quiet" href="#results">{storefront::close(lang)}</a>
            </div>
            {hidden}
            {facets}
            <div class="form-actions" data-filter-submit="">
                <Button kind=Kind::Secondary block=true>{storefront::show(lang, total)}</Button>
            </div>
        </aside>
    }
}

/// What the form carries along: the words searched for and the order.
fn hidden_fields(filter: &Filter) -> impl IntoView + use<> {
    let query = (!filter.query.is_empty()).then(|| filter.query.clone());
    let sort = (filter.sort != model::browse::Sort::Relevance).then(|| filter.sort.to_string());
    view! {
        {query.map(|query| view! { <input type="hidden" name="q" value=query/> })}
        {sort.map(|sort| view! { <input type="hidden" name="sort" value=sort/> })}
    }
}

fn facet_box(lang: Lang, facet: &FacetCounts, topics: &[Topic]) -> AnyView {
    let name = facet.facet.as_str();
    let single = facet.facet == Facet::Rating;
    let any = single.then(|| {
        let checked = !facet.values.iter().any(|value| value.chosen);
        view! { <Radio label=storefront::any(lang) name value="" checked instant=true/> }
    });
    let values: Vec<_> = facet
        .values
        .iter()
        .map(|value| {
            let label = value_name(lang, topics, facet.facet, &value.value);
            let count = u64::from(value.count);
            match single {
                true => {
                    view! { <Radio label name value=value.value.clone() checked=value.chosen count instant=true/> }.into_any()
                }
                false => {
                    view! { <Checkbox label name value=value.value.clone() checked=value.chosen count instant=true/> }.into_any()
                }
            }
        })
        .collect();
    view! { <fieldset><legend>{storefront::facet(lang, facet.facet)}</legend>{any}{values}</fieldset> }.into_any()
}

/// One chip for every value filtered by; following it takes the value away.
#[component]
pub fn ActiveFilters(filter: Filter, topics: Vec<Topic>, #[prop(into)] path: String) -> impl IntoView {
    let lang = wire::lang();
    let chips: Vec<_> = Facet::ALL
        .iter()
        .flat_map(|facet| filter.values(*facet).into_iter().map(move |value| (*facet, value)))
        .map(|(facet, value)| {
            let name = value_name(lang, &topics, facet, &value);
            let href = format!("{path}{}", filter.without(facet, &value).address());
            view! { <Chip href removes=storefront::remove(lang, &name)>{name}</Chip> }
        })
        .collect();
    let clear = Facet::ALL.iter().fold(filter, |filter, facet| filter.without_any(*facet)).address();
    (!chips.is_empty()).then(|| {
        let all = (chips.len() > 1).then(
            || view! { <a class="btn btn-quiet btn-small" href=format!("{path}{clear}")>{storefront::clear_all(lang)}</a> },
        );
        view! { <div class="chips">{chips}{all}</div> }
    })
}
