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

/// The words of every line whose first one is a `theirs`, or is none.
fn words(theirs: bool) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(TABLE).expect("the table");
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let words = lines.map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    words.filter(|words| (words[0] == "theirs") == theirs).collect()
}

/// Everything that answers, and who may.
pub fn table() -> Vec<Line> {
    let lines = words(false).into_iter().map(|line| {
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
    let lines = words(true).into_iter().map(|line| {
        let word = |n: usize| line.get(n).filter(|word| *word != "-").cloned().unwrap_or_default();
        let but = if word(5) == "but" { word(6) } else { String::new() };
        Theirs { what: word(1), path: word(2), second: word(3), body: word(4), but }
    });
    lines.collect()
}
