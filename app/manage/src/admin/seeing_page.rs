//! As whom one looks just now, and the way back. Staff are themselves on this page.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::people;
use model::admin::Seeing;
use model::routes;
use ui::{Button, ButtonLink, EmptyState, FormActions, Glyph, Kind, Refused, When, loaded};

#[component]
pub fn SeeingPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Office place=Place::People title=people::seeing_title(lang)>
            <Refused form=wire::form_state("end")/>
            {loaded(api::read_seeing(), content)}
        </Office>
    }
}

fn content(seeing: Option<Seeing>) -> AnyView {
    let lang = wire::lang();
    let Some(seeing) = seeing else {
        return view! { <EmptyState title=people::seeing_none(lang) text=people::seeing_none_text(lang) icon=Glyph::Eye/> }
            .into_any();
    };
    view! {
        <dl class="facts">
            <div><dt>{people::seeing_who(lang)}</dt><dd><a href=routes::admin_person(lang, &seeing.account)>{seeing.name.to_string()}</a></dd></div>
            <div><dt>{people::reason(lang)}</dt><dd>{seeing.reason}</dd></div>
            <div><dt>{people::seeing_since(lang)}</dt><dd><When at=seeing.since time=true/></dd></div>
            <div><dt>{people::seeing_until(lang)}</dt><dd><When at=seeing.until time=true/></dd></div>
        </dl>
        <form method="post">
            <input type="hidden" name="form" value="end"/>
            <FormActions>
                <Button>{people::seeing_end(lang)}</Button>
                <ButtonLink href=routes::home(lang) kind=Kind::Quiet>{people::seeing_home(lang)}</ButtonLink>
            </FormActions>
        </form>
    }
    .into_any()
}
