//! Small charts drawn on the server.

use leptos::prelude::*;

/// A line without axes beside a figure; `label` states what it shows.
#[component]
pub fn Sparkline(values: Vec<f64>, #[prop(into)] label: String) -> impl IntoView {
    let points = points(&values);
    let area = points.as_ref().map(|line| format!("{line}L100 30L0 30Z"));
    view! {
        <svg class="spark" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label=label>
            {area.map(|d| view! { <path class="area" d=d></path> })}
            {points.map(|d| view! { <path class="line" d=d></path> })}
        </svg>
    }
}

/// The path through the values, scaled to 100 × 30; none where there are fewer than two.
fn points(values: &[f64]) -> Option<String> {
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
    let last = values.len().checked_sub(1).filter(|last| *last > 0)?;
    let range = if high > low { high - low } else { 1.0 };
    let step = 100.0 / last as f64;
    let mut path = String::new();
    for (at, value) in values.iter().enumerate() {
        let x = at as f64 * step;
        let y = 28.0 - (value - low) / range * 26.0;
        path.push_str(&format!("{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" }));
    }
    Some(path)
}

/// Holds several [`BarRow`]s.
#[component]
pub fn BarRows(children: Children) -> impl IntoView {
    view! { <div class="bar-rows">{children()}</div> }
}

/// A name, a bar and the figure.
#[component]
pub fn BarRow(
    #[prop(into)] label: String,
    value: f64,
    max: f64,
    /// The figure as it is written.
    #[prop(into)]
    shown: String,
) -> impl IntoView {
    view! {
        <div class="bar-row">
            <span class="clip">{label.clone()}</span>
            <progress class="progress" max=max.to_string() value=value.to_string() aria-label=label></progress>
            <span class="num">{shown}</span>
        </div>
    }
}

/// Columns over time, such as months: short label, value, and what it says in words. Values below nought are told, not drawn.
#[component]
pub fn Columns(columns: Vec<(String, f64, String)>, #[prop(into)] label: String) -> impl IntoView {
    let max = columns.iter().fold(0.0f64, |max, (_, value, _)| max.max(*value));
    let bars: Vec<_> = columns
        .into_iter()
        .map(|(short, value, said)| {
            let height = if max > 0.0 { (value.max(0.0) / max * 100.0).round() } else { 0.0 };
            let (y, height) = (format!("{}", 100.0 - height), format!("{height}"));
            view! {
                <li>
                    <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true"><rect class="b1" x="0" width="10" y=y height=height></rect></svg>
                    <span aria-hidden="true" class="num">{short}</span>
                    <span class="visually-hidden">{said.clone()}</span>
                    <span class="columns-said num" aria-hidden="true">{said}</span>
                </li>
            }
        })
        .collect();
    view! { <ol class="columns" role="list" aria-label=label>{bars}</ol> }
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn a_line_needs_two_points_and_stays_in_its_box() {
        assert_eq!(points(&[1.0]), None);
        assert_eq!(points(&[0.0, 10.0]).as_deref(), Some("M0.0 28.0L100.0 2.0"));
        assert_eq!(points(&[5.0, 5.0]).as_deref(), Some("M0.0 28.0L100.0 28.0"));
    }
}
