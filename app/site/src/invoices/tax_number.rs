//! A tax number is checked where it is typed, by the same rule as on the server.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::Element;
use model::invoices::TaxNumber;

/// Characters of a whole number.
const LENGTH: usize = 18;

/// Around the field, in something that says what is wrong with it in `data-wrong`: shows that below, as soon as the number is
/// complete and cannot be one. Not when the field is left: the button that is being pressed would move away under the pointer.
#[island]
pub fn CheckedTaxNumber(children: Children) -> impl IntoView {
    let wrong = RwSignal::new(None::<String>);
    let check = move |event: Event| {
        let typed = event_target_value(&event);
        let complete = typed.trim().chars().count() >= LENGTH;
        let told = || event_target::<Element>(&event).closest("[data-wrong]").ok()??.get_attribute("data-wrong");
        wrong.set(if complete && TaxNumber::parse(&typed).is_err() { told() } else { None });
    };
    view! {
        <div class="stack gap-1" on:input=check>
            {children()}
            <p class="small bad" role="status" hidden=move || wrong.with(Option::is_none)>{move || wrong.get()}</p>
        </div>
    }
}
