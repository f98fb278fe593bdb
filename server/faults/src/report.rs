//! What a drill did, what was found, and whether that is as it must be.

use std::time::Duration;

/// One drill's record; printed as it grows.
pub struct Report {
    pub id: &'static str,
    /// Figures worth keeping, in the order found.
    figures: Vec<String>,
    pub problems: Vec<String>,
    /// Whether it is printed as it grows.
    aloud: bool,
}

impl Report {
    pub fn new(id: &'static str, about: &str) -> Self {
        say(&format!("\n=== {id}  {about}"));
        Self { id, figures: Vec::new(), problems: Vec::new(), aloud: true }
    }

    /// One that only collects what is wrong.
    pub fn silent(id: &'static str) -> Self {
        Self { id, figures: Vec::new(), problems: Vec::new(), aloud: false }
    }

    fn say(&self, line: &str) {
        if self.aloud {
            say(line);
        }
    }

    /// A step of the procedure.
    pub fn did(&self, what: impl AsRef<str>) {
        self.say(&format!("    {}", what.as_ref()));
    }

    /// A figure for the table.
    pub fn figure(&mut self, what: impl Into<String>) {
        let what = what.into();
        self.say(&format!("  = {what}"));
        self.figures.push(what);
    }

    /// Something that must be so.
    pub fn must(&mut self, holds: bool, what: impl Into<String>) {
        // one line of a table
        let what = what.into().replace(['\n', '|'], " ");
        self.say(&format!("  {} {what}", if holds { "✓" } else { "✗ WRONG:" }));
        if !holds {
            self.problems.push(what);
        }
    }

    /// What could not be done at all.
    pub fn broke(&mut self, cause: String) {
        self.must(false, format!("the drill could go on: {cause}"));
    }

    /// One line of the table.
    pub fn line(&self, took: Duration) -> String {
        let verdict = if self.problems.is_empty() { "holds".to_owned() } else { format!("WRONG: {}", self.problems.join("; ")) };
        format!("| {} | {verdict} | {} | {:.0} s |", self.id, self.figures.join("; "), took.as_secs_f64())
    }
}

#[allow(clippy::print_stdout)] // the record is what the program is run for
pub fn say(line: &str) {
    println!("{line}");
}
