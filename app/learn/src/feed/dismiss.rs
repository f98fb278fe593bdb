//! An item that is put away at once and can be taken back. Without script its form posts to the page.

use super::api;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::ids::CourseId;
use serde::{Deserialize, Serialize};

/// What the island says, in the reader's language.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Words {
    pub hidden: String,
    pub undo: String,
    pub not_kept: String,
}

/// Around one item, whose form it takes over: hides the item the moment it is sent, and shows it again when that is undone or
/// was not kept.
#[island]
pub fn Dismissable(course: CourseId, words: Words, children: Children) -> impl IntoView {
    let gone = RwSignal::new(false);
    let keep = Action::new(move |interested: &bool| {
        let (course, interested) = (course.clone(), *interested);
        async move {
            let kept = api::set_interest(course, interested).await;
            if kept.is_err() {
                gone.set(interested);
            }
            kept.is_ok()
        }
    });
    let send = move |interested: bool| {
        move |event: SubmitEvent| {
            event.prevent_default();
            gone.set(!interested);
            keep.dispatch(interested);
        }
    };
    let failed = move || keep.value().get() == Some(false);
    let Words { hidden, undo, not_kept } = words;
    view! {
        <div class="stack gap-3" hidden=move || gone.get() on:submit=send(false)>
            {children()}
        </div>
        <p class="small bad" role="alert" hidden=move || !failed()>{move || failed().then(|| not_kept.clone())}</p>
        <div class="split" hidden=move || !gone.get()>
            <p class="muted" role="status">{move || gone.get().then(|| hidden.clone())}</p>
            <form method="post" on:submit=send(true)>
                <button class="btn btn-quiet btn-small" type="submit">{undo}</button>
            </form>
        </div>
    }
}
