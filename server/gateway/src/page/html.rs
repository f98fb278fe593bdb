//! Text put into HTML.

/// The template with each `{name}` replaced by its value, escaped; the template itself is ours and stays as it is.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            text.push_str(&escape(value));
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Safe between tags and inside double-quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_text_and_never_markup() {
        assert_eq!(
            fill("<b>{name}</b>{unknown}!", &[("name", "<script>\"{name}\"")]),
            "<b>&lt;script&gt;&quot;{name}&quot;</b>!"
        );
    }
}
