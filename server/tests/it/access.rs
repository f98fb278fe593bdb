//! The table of who may do what (`access.txt`), read.

/// The table; its head says how to read it.
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/access.txt");

/// One line about everybody in a role.
#[derive(Debug)]
pub struct Line {
    /// `page`, `form`, `call`, `route`
    pub what: String,
    /// A path, with a form's name or a route's method.
    pub at: String,
    pub who: String,
    /// Arguments of a call, so that it is refused for the asker and not for them.
    pub body: String,
}

/// One line about a thing that is somebody's.
#[derive(Debug)]
pub struct Theirs {
    /// `page`, `form`, `call`, `route`
    pub what: String,
    /// With the names of things in its gaps, as in the body.
    pub path: String,
    /// A form's name or a route's method.
    pub second: String,
    pub body: String,
    /// Roles that may see everybody's.
    pub but: String,
}

/// A deed that asks first who it is, unless that was shown just now.
#[derive(Debug)]
pub struct Proven {
    /// As [`Line::at`], with what it is behind its first word: `form /admin/payouts step`.
    pub what: String,
    /// Arguments without which it would not get as far as to ask.
    pub body: String,
}

/// The first words of lines that are about something else than who may.
const OTHERS: [&str; 2] = ["theirs", "proven"];

/// The words of every line of this kind; empty: those that say who may.
fn words(kind: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(TABLE).expect("the table");
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let words = lines.map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    words.filter(|words| words[0] == kind || (kind.is_empty() && !OTHERS.contains(&words[0].as_str()))).collect()
}

/// Everything that answers, and who may.
pub fn table() -> Vec<Line> {
    let lines = words("").into_iter().map(|line| {
        let mut words = line.iter().cloned();
        let mut word = || words.next().unwrap_or_default();
        let what = word();
        let mut at = word();
        if what != "page" {
            at = format!("{at} {}", word());
        }
        let (who, body) = (word(), word());
        assert!(!who.is_empty(), "who may do this? {line:?}");
        Line { what, at, who, body }
    });
    lines.collect()
}

/// What is somebody's, and how others try to come by it.
pub fn theirs() -> Vec<Theirs> {
    let lines = words("theirs").into_iter().map(|line| {
        let word = |n: usize| line.get(n).filter(|word| *word != "-").cloned().unwrap_or_default();
        let but = if word(5) == "but" { word(6) } else { String::new() };
        Theirs { what: word(1), path: word(2), second: word(3), body: word(4), but }
    });
    lines.collect()
}

/// What asks first who it is.
pub fn proven() -> Vec<Proven> {
    let lines = words("proven").into_iter().map(|line| {
        let word = |n: usize| line.get(n).cloned().unwrap_or_default();
        Proven { what: format!("{} {} {}", word(1), word(2), word(3)), body: word(4) }
    });
    lines.collect()
}
