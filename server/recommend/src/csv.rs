//! Reading and writing CSV: quoted fields, either line ending, a byte-order mark, columns found by name.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;

use crate::refusal::Refusal;

/// A file whose header has been understood: its rows hand out the wanted columns in the wanted order.
pub(crate) struct Table<'a, const COLUMNS: usize> {
    records: Records<'a>,
    width: usize,
    places: [usize; COLUMNS],
}

/// One row: its line and its fields, in the order the columns were asked for.
pub(crate) type Fields<'a, const COLUMNS: usize> = (usize, [Cow<'a, str>; COLUMNS]);

impl<'a, const COLUMNS: usize> Table<'a, COLUMNS> {
    pub fn open(text: &'a str, columns: [&'static str; COLUMNS], header: &'static str) -> Result<Self, Refusal> {
        let mut records = Records::new(text);
        let (_, names) = records.next().ok_or(Refusal::Empty { header })??;
        let mut places = [0; COLUMNS];
        for (place, column) in places.iter_mut().zip(columns) {
            *place = names.iter().position(|name| name.trim() == column).ok_or(Refusal::MissingColumn { column, header })?;
        }
        Ok(Self { records, width: names.len(), places })
    }

    fn pick(&self, line: usize, mut fields: Vec<Cow<'a, str>>) -> Result<Fields<'a, COLUMNS>, Refusal> {
        if fields.len() != self.width {
            return Err(Refusal::FieldCount { line, found: fields.len(), expected: self.width });
        }
        Ok((line, self.places.map(|place| std::mem::take(&mut fields[place]))))
    }
}

impl<'a, const COLUMNS: usize> Iterator for Table<'a, COLUMNS> {
    type Item = Result<Fields<'a, COLUMNS>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.records.next()?;
        Some(record.and_then(|(line, fields)| self.pick(line, fields)))
    }
}

/// An id or tag: trimmed, never empty.
pub(crate) fn text(line: usize, column: &'static str, field: &str) -> Result<String, Refusal> {
    match field.trim() {
        "" => Err(Refusal::EmptyField { line, column }),
        text => Ok(text.to_owned()),
    }
}

pub(crate) fn number(line: usize, column: &'static str, field: &str) -> Result<f64, Refusal> {
    match field.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(Refusal::NotANumber { line, column, text: field.trim().to_owned() }),
    }
}

/// The people of a USERS.csv (header `user`), each once, in the order of the file.
pub fn parse_users(text: &str) -> Result<Vec<String>, Refusal> {
    let mut seen = HashSet::new();
    let mut users = Vec::new();
    for row in Table::open(text, ["user"], "user")? {
        let (line, [user]) = row?;
        let user = self::text(line, "user", &user)?;
        if seen.insert(user.clone()) {
            users.push(user);
        }
    }
    Ok(users)
}

/// Writes one field, quoted only where it must be.
pub(crate) fn write_field(out: &mut impl io::Write, field: &str) -> io::Result<()> {
    if field.contains([',', '"', '\n', '\r']) {
        write!(out, "\"{}\"", field.replace('"', "\"\""))
    } else {
        out.write_all(field.as_bytes())
    }
}

struct Records<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Records<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 }
    }

    fn skip_blank_lines(&mut self) {
        loop {
            let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            if self.rest.is_empty() || !line.trim().is_empty() {
                return;
            }
            self.rest = rest;
            self.line += 1;
        }
    }

    fn plain_field(&mut self) -> (Cow<'a, str>, Ending) {
        let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
        let (field, rest) = self.rest.split_at(end);
        self.rest = rest;
        let ending = self.ending();
        let field = if ending == Ending::Field { field } else { field.strip_suffix('\r').unwrap_or(field) };
        (Cow::Borrowed(field), ending)
    }

    fn quoted_field(&mut self) -> Result<(Cow<'a, str>, Ending), Refusal> {
        let opened = self.line;
        let mut field = String::new();
        self.rest = &self.rest[1..];
        loop {
            let quote = self.rest.find('"').ok_or(Refusal::UnclosedQuote { line: opened })?;
            let (part, rest) = self.rest.split_at(quote);
            self.line += part.matches('\n').count();
            field.push_str(part);
            self.rest = &rest[1..];
            match self.rest.strip_prefix('"') {
                Some(rest) => {
                    field.push('"');
                    self.rest = rest;
                }
                None => break,
            }
        }
        let (tail, ending) = self.plain_field();
        field.push_str(&tail);
        Ok((Cow::Owned(field), ending))
    }

    fn ending(&mut self) -> Ending {
        if let Some(rest) = self.rest.strip_prefix(',') {
            self.rest = rest;
            return Ending::Field;
        }
        self.rest = self.rest.strip_prefix('\n').unwrap_or(self.rest);
        self.line += 1;
        Ending::Record
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<(usize, Vec<Cow<'a, str>>), Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_blank_lines();
        if self.rest.is_empty() {
            return None;
        }
        let line = self.line;
        let mut fields = Vec::with_capacity(4);
        loop {
            let field = if self.rest.starts_with('"') { self.quoted_field() } else { Ok(self.plain_field()) };
            let (field, ending) = match field {
                Ok(field) => field,
                Err(refusal) => {
                    self.rest = "";
                    return Some(Err(refusal));
                }
            };
            fields.push(field);
            if ending == Ending::Record {
                return Some(Ok((line, fields)));
            }
        }
    }
}

#[derive(PartialEq)]
enum Ending {
    Field,
    Record,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, [String; 2])> {
        Table::open(text, ["a", "b"], "a,b")
            .unwrap()
            .map(|row| row.map(|(line, fields)| (line, fields.map(Cow::into_owned))).unwrap())
            .collect()
    }

    fn row(line: usize, a: &str, b: &str) -> (usize, [String; 2]) {
        (line, [a.into(), b.into()])
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_others_are_passed_over() {
        assert_eq!(rows("b,x,a\n1,2,3\n"), [row(2, "3", "1")]);
    }

    #[test]
    fn quotes_keep_commas_quotes_and_line_breaks_and_lines_stay_counted() {
        assert_eq!(rows("a,b\n\"x,\"\"y\"\"\nz\",1\r\n\r\n2,3"), [row(2, "x,\"y\"\nz", "1"), row(5, "2", "3")]);
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_endings_do_no_harm() {
        assert_eq!(rows("\u{feff}a,b\r\n1,2\r\n"), [row(2, "1", "2")]);
    }

    #[test]
    fn a_trailing_comma_is_an_empty_last_field() {
        assert_eq!(rows("a,b\n1,"), [row(2, "1", "")].map(|(line, fields)| (line, fields)));
    }

    #[test]
    fn every_mistake_is_named_with_its_line() {
        let refusal = |text: &str| {
            Table::open(text, ["a", "b"], "a,b").and_then(|mut table| table.try_for_each(|row| row.map(drop))).unwrap_err()
        };
        assert_eq!(refusal(""), Refusal::Empty { header: "a,b" });
        assert_eq!(refusal("a;b\n"), Refusal::MissingColumn { column: "a", header: "a,b" });
        assert_eq!(refusal("a,b\n1,2\n3\n"), Refusal::FieldCount { line: 3, found: 1, expected: 2 });
        assert_eq!(refusal("a,b\n1,\"2\n"), Refusal::UnclosedQuote { line: 2 });
    }

    #[test]
    fn a_person_named_twice_is_asked_for_once() {
        assert_eq!(parse_users("user\nbo\nann\nbo\n").unwrap(), ["bo", "ann"]);
        assert_eq!(parse_users("user\n\" \"\n").unwrap_err(), Refusal::EmptyField { line: 2, column: "user" });
    }

    #[test]
    fn what_is_written_is_read_back_the_same() {
        let mut out = Vec::new();
        write_field(&mut out, "say \"hi\", then\nleave").unwrap();
        let text = format!("a,b\n{},x\n", String::from_utf8(out).unwrap());
        assert_eq!(rows(&text)[0].1[0], "say \"hi\", then\nleave");
    }
}
