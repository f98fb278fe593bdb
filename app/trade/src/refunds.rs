//! The lines of an order that money can go back for: its buyer asks for some, finance gives some back.

use leptos::prelude::*;
use locale::numbers;
use model::FormState;
use model::refunds::RefundableLine;
use ui::Checkbox;

/// A box for each line, with what is left of it; those that were ticked stay ticked.
pub fn line_boxes(form: &FormState, lines: &[RefundableLine]) -> Vec<AnyView> {
    lines
        .iter()
        .map(|line| {
            let value = line.id.to_string();
            let checked = form.chosen("line", &value, false);
            let note = numbers::money_exact(line.left);
            view! { <Checkbox label=line.title.clone() name="line" value checked note/> }.into_any()
        })
        .collect()
}
