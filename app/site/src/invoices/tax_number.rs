//! A tax number is checked where it is typed, by the same rule as on the server.

use leptos::ev::Event;
use leptos::prelude::*;
use model::invoices::TaxNumber;

/// Characters of a whole number.
const LENGTH: usize = 18;

/// Around the field: says below it, as soon as it is complete, that the number cannot be one. Not when the field is left: the
/// button that is being pressed would move away under the pointer.
#[island]
pub fn CheckedTaxNumber(wrong: String, children: Children) -> impl IntoView {
    let bad = RwSignal::new(false);
    let check = move |event: Event| {
        let typed = event_target_value(&event);
        bad.set(typed.trim().chars().count() >= LENGTH && TaxNumber::parse(&typed).is_err());
    };
    view! {
        <div class="stack gap-1" on:input=check>
            {children()}
            <p class="small bad" role="status" hidden=move || !bad.get()>{move || bad.get().then(|| wrong.clone())}</p>
        </div>
    }
}
