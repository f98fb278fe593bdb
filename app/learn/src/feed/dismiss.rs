//! An item that can be put away at once and taken back. Without script the same form posts to the page.

use super::api;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::ids::CourseId;
use serde::{Deserialize, Serialize};

/// What the island says, in the reader's language.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Words {
    pub not_interested: String,
    pub hidden: String,
    pub undo: String,
    pub not_kept: String,
}

/// Around one item: hides it the moment it is dismissed, and shows it again when that is undone or was not kept.
#[island]
pub fn Dismissable(course: CourseId, words: Words, children: Children) -> impl IntoView {
    let gone = RwSignal::new(false);
    let field = course.to_string();
    let keep = Action::new(move |interested: &bool| {
        let (course, interested) = (course.clone(), *interested);
        async move {
            let kept = api::set_interest(course, interested).await;
            if kept.is_err() {
                gone.set(interested);
            }
            kept
        }
    });
    let send = move |interested: bool| {
        move |event: SubmitEvent| {
            event.prevent_default();
            gone.set(!interested);
            keep.dispatch(interested);
        }
    };
    let failed = move || keep.value().get().is_some_and(|kept| kept.is_err());
    let Words { not_interested, hidden, undo, not_kept } = words;
    view! {
        <div class="stack gap-3" hidden=move || gone.get()>
            {children()}
            <div class="cluster gap-3">
                <form method="post" on:submit=send(false)>
                    <input type="hidden" name="form" value="dismiss"/>
                    <input type="hidden" name="course" value=field/>
                    <button class="btn btn-quiet btn-small" type="submit">{not_interested}</button>
                </form>
                <span class="small bad" role="alert">{move || failed().then(|| not_kept.clone())}</span>
            </div>
        </div>
        <div class="split" hidden=move || !gone.get()>
            <p class="muted" role="status">{move || gone.get().then(|| hidden.clone())}</p>
            <form method="post" on:submit=send(true)>
                <button class="btn btn-quiet btn-small" type="submit">{undo}</button>
            </form>
        </div>
    }
}
