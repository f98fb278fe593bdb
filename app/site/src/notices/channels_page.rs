//! By which ways one hears of things.

use super::api;
use crate::accounts::{Place, Settings};
use leptos::prelude::*;
use locale::privacy as says;
use model::privacy::{Channels, NoticeKind};
use model::routes;
use ui::{Button, Checkbox, Choices, FormActions, loaded};

#[component]
pub fn ChannelsPage() -> impl IntoView {
    let lang = wire::lang();
    view! { <Settings place=Place::Channels title=says::channels_title(lang)>{loaded(api::read_channels(), content)}</Settings> }
}

fn content(channels: Vec<Channels>) -> AnyView {
    let lang = wire::lang();
    let lines: Vec<_> = channels.into_iter().map(|line| view! { <Line line/> }).collect();
    view! {
        <p class="muted">{says::channels_lede(lang)}</p>
        <form method="post" class="stack gap-5">
            <input type="hidden" name="form" value="channels"/>
            {lines}
            <FormActions><Button>{says::save(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}

#[component]
fn Line(line: Channels) -> impl IntoView {
    let lang = wire::lang();
    let word = line.kind.as_str();
    // letters about new courses are a consent of their own
    let mail = match line.kind {
        NoticeKind::News => view! { <p class="small"><a href=routes::privacy(lang)>{says::letters(lang)}</a></p> }.into_any(),
        _ => view! { <Checkbox label=says::by_mail(lang) name="mail" value=word checked=line.mail/> }.into_any(),
    };
    view! {
        <Choices legend=says::kind(lang, line.kind) name=format!("kind-{word}")>
            <Checkbox label=says::inside(lang) name="inside" value=word checked=line.inside/>
            {mail}
        </Choices>
    }
}
