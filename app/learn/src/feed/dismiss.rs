//! An item that is put away at once and can be taken back. Without script its form posts to the page.

use super::api;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::web_sys::HtmlFormElement;
use model::ids::CourseId;

/// What the form says of its item. It stands in the form's attributes and not in the island's properties: those would bring a
/// reader of JSON into the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    course: CourseId,
    hidden: String,
    undo: String,
    not_kept: String,
}

impl Item {
    /// None from a form that is not one of the feed's.
    fn of(event: &SubmitEvent) -> Option<Self> {
        let form: HtmlFormElement = event_target(event);
        let course = form.get_attribute("data-course")?.parse().ok()?;
        let word = |name: &str| form.get_attribute(name).unwrap_or_default();
        Some(Self { course, hidden: word("data-hidden"), undo: word("data-undo"), not_kept: word("data-not-kept") })
    }
}

/// Around one item, whose form it takes over: hides the item the moment it is sent, and shows it again when that is undone or
/// was not kept. The form has the attributes `data-course`, `data-hidden`, `data-undo` and `data-not-kept`.
#[island]
pub fn Dismissable(children: Children) -> impl IntoView {
    let item = RwSignal::new(None::<Item>);
    let gone = RwSignal::new(false);
    let keep = Action::new(move |interested: &bool| {
        let (item, interested) = (item.get_untracked(), *interested);
        async move {
            let Some(item) = item else { return true };
            let kept = api::set_interest(item.course, interested).await.is_ok();
            if !kept {
                gone.set(interested);
            }
            kept
        }
    });
    let dismiss = move |event: SubmitEvent| {
        let Some(found) = Item::of(&event) else { return };
        event.prevent_default();
        item.set(Some(found));
        gone.set(true);
        keep.dispatch(false);
    };
    let restore = move |event: SubmitEvent| {
        event.prevent_default();
        gone.set(false);
        keep.dispatch(true);
    };
    let failed = move || keep.value().get() == Some(false);
    let say = move |word: fn(&Item) -> &String| item.with(|item| item.as_ref().map(|item| word(item).clone()));
    view! {
        <div class="stack gap-3" hidden=move || gone.get() on:submit=dismiss>
            {children()}
        </div>
        <p class="small bad" role="alert" hidden=move || !failed()>{move || failed().then(|| say(|item| &item.not_kept))}</p>
        <div class="split" hidden=move || !gone.get()>
            <p class="muted" role="status">{move || gone.get().then(|| say(|item| &item.hidden))}</p>
            <form method="post" on:submit=restore>
                <button class="btn btn-quiet btn-small" type="submit">{move || say(|item| &item.undo)}</button>
            </form>
        </div>
    }
}
