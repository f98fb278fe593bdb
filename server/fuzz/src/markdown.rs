//! What authors and reviewers write.

use domain::prose;

/// Nothing that runs survives: no tag, no attribute and no address of the kinds that do.
pub fn render(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let html = prose::render(text);
    let written = html.as_str();
    for tag in tags(written) {
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        let name = name.to_ascii_lowercase();
        assert!(
            !["script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "button", "base", "link", "meta"]
                .contains(&name.as_str()),
            "<{tag}> in {written}"
        );
        for (attribute, value) in attributes(tag) {
            assert!(!attribute.starts_with("on") && attribute != "style" && attribute != "srcdoc", "<{tag}> in {written}");
            if matches!(attribute.as_str(), "href" | "src" | "cite") {
                let plain: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
                let plain = plain.to_ascii_lowercase();
                for scheme in ["javascript:", "data:", "vbscript:"] {
                    assert!(!plain.starts_with(scheme), "<{tag}> in {written}");
                }
            }
        }
    }
    prose::plain(&html);
}

/// What stands between `<` and `>`. The sanitiser writes every `<` of a text as an entity, values between `"`, and every `"` of a
/// value as an entity.
fn tags(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let inside = &rest[at + 1..];
        let mut quoted = false;
        let end = inside.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        });
        let end = end.map_or(inside.len(), |(end, _)| end);
        if !inside.starts_with('/') {
            found.push(&inside[..end]);
        }
        rest = &inside[end..];
    }
    found
}

/// Names in small letters, and values as they are written.
fn attributes(tag: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let Some((value, more)) = after.split_once('"') else { break };
        found.push((name.to_ascii_lowercase(), value));
        rest = more;
    }
    found
}
