//! What the pages at the gate have in common: the painted side, and the mistakes above a form.

use leptos::prelude::*;
use locale::accounts;
use ui::Landscape;

pub use ui::{Mistakes, wrong};

/// A form beside the mountains.
#[component]
pub fn Gate(children: Children) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <main id="main" class="page">
            <div class="gate">
                <div class="gate-art">
                    <p class="kicker">{locale::shell::tagline(lang)}</p>
                    <p class="lede serif">{accounts::gate_promise(lang)}</p>
                    <Landscape/>
                </div>
                <div class="gate-form">{children()}</div>
            </div>
        </main>
    }
}
