//! A tax number is checked where it is typed, by the same rule as on the server.

use leptos::ev::Event;
use leptos::prelude::*;
use model::invoices::TaxNumber;

/// Around the field: says below it, once it is left, that the number cannot be one.
#[island]
pub fn CheckedTaxNumber(wrong: String, children: Children) -> impl IntoView {
    let bad = RwSignal::new(false);
    let check = move |event: Event| {
        let typed = event_target_value(&event);
        bad.set(!typed.trim().is_empty() && TaxNumber::parse(&typed).is_err());
    };
    view! {
        <div class="stack gap-1" on:change=check>
            {children()}
            <p class="small bad" role="status" hidden=move || !bad.get()>{move || bad.get().then(|| wrong.clone())}</p>
        </div>
    }
}
