//! Consents, each by itself, and what suggestions may use.

use super::api;
use crate::accounts::{Mistakes, Place, Settings};
use leptos::prelude::*;
use locale::{dates, privacy as says};
use model::privacy::{Consent, FeedUse, PrivacyPage as Page, Purpose};
use model::{Lang, routes};
use ui::{Badge, Button, Checkbox, Choices, FormActions, Kind, Notice, Size, Tone, loaded};

#[component]
pub fn PrivacyPage() -> impl IntoView {
    let lang = wire::lang();
    view! { <Settings place=Place::Privacy title=says::title(lang)>{loaded(api::read_privacy(), content)}</Settings> }
}

fn content(page: Page) -> AnyView {
    let lang = wire::lang();
    let ask = page.asks_again.then(|| view! { <AskAgain/> });
    let rows = [
        (Purpose::Personal, says::personal_text(lang), page.feed.personal),
        (Purpose::Letters, says::letters_text(lang), page.letters),
    ];
    let rows: Vec<_> = rows.into_iter().map(|(purpose, text, on)| view! { <ConsentRow purpose text on/> }).collect();
    let form = wire::form_state("consent");
    let uses = page.feed.personal.then(|| view! { <FeedUseForm uses=page.feed/> });
    view! {
        <p class="muted">{says::lede(lang)}</p>
        {ask}
        <section class="stack gap-4">
            <h2>{says::consents_title(lang)}</h2>
            <Mistakes form/>
            <ul class="list" role="list">{rows}</ul>
        </section>
        {uses}
        <section class="stack gap-4">
            <h2>{says::forget_title(lang)}</h2>
            <p class="muted">{says::forget_text(lang)}</p>
            <form method="post">
                <input type="hidden" name="form" value="forget"/>
                <FormActions><Button kind=Kind::Secondary>{says::forget(lang)}</Button></FormActions>
            </form>
        </section>
        <History answers=page.history/>
    }
    .into_any()
}

/// The texts are others than those that were agreed to.
#[component]
fn AskAgain() -> impl IntoView {
    let lang = wire::lang();
    let next = wire::query().get("next").unwrap_or_default().to_owned();
    view! {
        <Notice tone=Tone::Warning title=says::ask_again_title(lang)>
            <p>{says::ask_again(lang)}</p>
            <p class="cluster">
                <a href=routes::legal(lang, "terms")>{says::terms(lang)}</a>
                <a href=routes::legal(lang, "privacy")>{says::privacy(lang)}</a>
            </p>
            <form method="post">
                <input type="hidden" name="form" value="agree"/>
                <input type="hidden" name="next" value=next/>
                <FormActions><Button>{says::agree(lang)}</Button></FormActions>
            </form>
        </Notice>
    }
}

#[component]
fn ConsentRow(purpose: Purpose, text: &'static str, on: bool) -> impl IntoView {
    let lang = wire::lang();
    let (state, tone) = if on { (says::is_on(lang), Tone::Success) } else { (says::is_off(lang), Tone::Plain) };
    let (label, answer) = if on { (says::turn_off(lang), "no") } else { (says::turn_on(lang), "yes") };
    view! {
        <li class="split" data-purpose=purpose.as_str()>
            <div class="stack gap-1">
                <span class="cluster"><strong>{says::purpose(lang, purpose)}</strong><Badge tone>{state}</Badge></span>
                <span class="small muted">{text}</span>
            </div>
            <form method="post">
                <input type="hidden" name="form" value="consent"/>
                <input type="hidden" name="purpose" value=purpose.as_str()/>
                <input type="hidden" name="answer" value=answer/>
                <Button kind=Kind::Secondary size=Size::Small>{label}</Button>
            </form>
        </li>
    }
}

#[component]
fn FeedUseForm(uses: FeedUse) -> impl IntoView {
    let lang = wire::lang();
    let boxes = [
        ("studied", says::use_studied(lang), uses.studied),
        ("looked", says::use_looked(lang), uses.looked),
        ("interests", says::use_interests(lang), uses.interests),
    ];
    let boxes: Vec<_> =
        boxes.into_iter().map(|(value, label, checked)| view! { <Checkbox label name="used" value checked/> }).collect();
    view! {
        <section class="stack gap-4">
            <form method="post" class="stack gap-5">
                <input type="hidden" name="form" value="feed"/>
                <Choices legend=says::use_title(lang) name="used">{boxes}</Choices>
                <FormActions><Button kind=Kind::Secondary>{says::save(lang)}</Button></FormActions>
            </form>
        </section>
    }
}

#[component]
fn History(answers: Vec<Consent>) -> impl IntoView {
    let lang = wire::lang();
    let list = match answers.is_empty() {
        true => view! { <p class="muted">{says::history_none(lang)}</p> }.into_any(),
        false => {
            let rows: Vec<_> = answers.iter().map(|answer| view! { <li>{line(lang, answer)}</li> }).collect();
            view! { <ul class="list small" role="list">{rows}</ul> }.into_any()
        }
    };
    view! { <section class="stack gap-4"><h2>{says::history_title(lang)}</h2>{list}</section> }
}

fn line(lang: Lang, answer: &Consent) -> String {
    let said = if answer.given { says::given(lang) } else { says::taken_back(lang) };
    let parts = [
        dates::date_time(lang, answer.at),
        says::purpose(lang, answer.purpose).to_owned(),
        says::version(lang, answer.version),
        said.to_owned(),
    ];
    parts.join(" · ")
}
