//! Tables for spreadsheet programs, in the one form that all of them read: RFC 4180 with a byte order mark.

/// A table being written.
pub struct Sheet(String);

impl Sheet {
    /// With its headings.
    pub fn new<T: AsRef<str>>(headings: &[T]) -> Self {
        let mut sheet = Sheet("\u{feff}".into());
        sheet.row(headings.iter().map(|heading| heading.as_ref().to_owned()));
        sheet
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().map(|text| cell(&text)).collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// A cell in quotes where it needs them, also for programs that part cells at semicolons or tabs. What a spreadsheet would take for a formula gets an apostrophe in front, which makes it
/// plain text there; amounts below nought stay numbers.
fn cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let number =
        text.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    let text = if risky && !number { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', ';', '\t', '"', '\n', '\r']) || text.starts_with('\'') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for evil in ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"https://evil\")", "＝1"] {
            assert!(cell(evil).starts_with("\"'"), "{evil}");
        }
        for parted in ["a;=1+1", "a\t=1+1", "a,=1+1"] {
            assert_eq!(cell(parted), format!("\"{parted}\""), "one cell, whatever parts them");
        }
        assert_eq!(cell("-12.50"), "-12.50");
        assert_eq!(cell("讲台（上海）"), "讲台（上海）");
    }

    #[test]
    fn a_table_begins_with_its_mark_and_quotes_what_needs_it() {
        let mut sheet = Sheet::new(&["a", "b"]);
        sheet.row(["x,\"y\"".into(), "z".into()]);
        assert_eq!(sheet.finish(), "\u{feff}a,b\r\n\"x,\"\"y\"\"\",z\r\n");
    }
}
