//! Where everything stands on the sheets. Points, from the upper left corner; text stands on its baseline.

use crate::face::Faces;
use crate::setting::{Type, lines, readable, width};
use crate::{Fact, Paper, Party, Row, Sum, Weight};

/// A4.
pub const SHEET: (f32, f32) = (595.28, 841.89);
const LEFT: f32 = 60.0;
const RIGHT: f32 = SHEET.0 - LEFT;
const TOP: f32 = 56.0;
/// Nothing but the foot stands below this.
const BOTTOM: f32 = SHEET.1 - 84.0;
/// What a sheet holds below a table's head, in points.
const TABLE_ROOM: f32 = BOTTOM - TOP - 23.0;
/// The width of a column of amounts.
const AMOUNT: f32 = 84.0;

/// The pigments of print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Black,
    Grey,
    Line,
    Azurite,
    Cinnabar,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Text {
        x: f32,
        y: f32,
        kind: Type,
        ink: Ink,
        text: String,
    },
    /// A level line.
    Rule {
        x: f32,
        to: f32,
        y: f32,
        thick: f32,
        ink: Ink,
    },
    /// The outline of a box.
    Frame {
        x: f32,
        y: f32,
        wide: f32,
        high: f32,
        thick: f32,
        ink: Ink,
    },
}

/// What stands on each sheet.
pub fn sheets(paper: &Paper, faces: &Faces) -> Vec<Vec<Mark>> {
    let mut pen = Pen { faces, sheets: vec![Vec::new()], y: TOP };
    pen.head(paper);
    pen.facts(&paper.facts);
    pen.parties(&paper.parties);
    pen.table(&paper.columns, &paper.rows);
    pen.sums(&paper.sums);
    pen.notes(&paper.notes);
    pen.feet(&paper.foot);
    pen.sheets
}

struct Pen<'f> {
    faces: &'f Faces,
    sheets: Vec<Vec<Mark>>,
    /// Where the next thing stands.
    y: f32,
}

impl Pen<'_> {
    fn mark(&mut self, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push(mark);
        }
    }

    fn text(&mut self, x: f32, y: f32, kind: Type, ink: Ink, text: &str) {
        let text = readable(text);
        if !text.is_empty() {
            self.mark(Mark::Text { x, y, kind, ink, text });
        }
    }

    /// Text that ends at `x`.
    fn text_to(&mut self, x: f32, y: f32, kind: Type, ink: Ink, text: &str) {
        let wide = width(self.faces, &readable(text), kind);
        self.text(x - wide, y, kind, ink, text);
    }

    fn rule(&mut self, x: f32, to: f32, y: f32, thick: f32, ink: Ink) {
        self.mark(Mark::Rule { x, to, y, thick, ink });
    }

    /// Turns to a new sheet where `high` points do not fit any more; whether it did.
    fn needs(&mut self, high: f32) -> bool {
        let turn = self.y + high > BOTTOM;
        if turn {
            self.sheets.push(Vec::new());
            self.y = TOP;
        }
        turn
    }

    /// The house, the double rule, the heading with its number, and the seal.
    fn head(&mut self, paper: &Paper) {
        self.text(LEFT, self.y + 10.0, Type::bold(11.0), Ink::Azurite, &paper.house);
        self.y += 22.0;
        self.rule(LEFT, RIGHT, self.y, 1.8, Ink::Black);
        self.rule(LEFT, RIGHT, self.y + 3.2, 0.5, Ink::Black);
        self.y += 46.0;
        self.text(LEFT, self.y, Type::bold(26.0), Ink::Black, &paper.heading);
        self.text_to(RIGHT, self.y - 17.0, Type::regular(8.5), Ink::Grey, &paper.number.label);
        self.text_to(RIGHT, self.y, Type::bold(14.0), Ink::Black, &paper.number.value);
        self.seal(&paper.seal, LEFT + width(self.faces, &readable(&paper.heading), Type::bold(26.0)) + 16.0, self.y - 21.0);
        self.y += 30.0;
    }

    fn seal(&mut self, word: &str, x: f32, y: f32) {
        if word.is_empty() {
            return;
        }
        let kind = Type::bold(11.0);
        let wide = width(self.faces, &readable(word), kind) + 14.0;
        self.mark(Mark::Frame { x, y, wide, high: 22.0, thick: 1.4, ink: Ink::Cinnabar });
        self.text(x + 7.0, y + 15.0, kind, Ink::Cinnabar, word);
    }

    /// Labels over their values, three beside one another.
    fn facts(&mut self, facts: &[Fact]) {
        let column = (RIGHT - LEFT) / 3.0;
        for three in facts.chunks(3) {
            let mut deepest = self.y;
            for (place, fact) in (0_u8..).zip(three) {
                let x = LEFT + column * f32::from(place);
                self.text(x, self.y, Type::regular(8.5), Ink::Grey, &fact.label);
                let mut y = self.y + 15.0;
                for line in lines(self.faces, &fact.value, Type::regular(10.0), column - 12.0) {
                    self.text(x, y, Type::regular(10.0), Ink::Black, &line);
                    y += 14.0;
                }
                deepest = deepest.max(y);
            }
            self.y = deepest + 10.0;
        }
        self.y += 4.0;
    }

    fn parties(&mut self, parties: &[Party]) {
        let column = (RIGHT - LEFT) / 2.0;
        self.rule(LEFT, RIGHT, self.y, 0.5, Ink::Line);
        let from = self.y + 20.0;
        let mut deepest = from;
        for (place, party) in (0_u8..).zip(parties) {
            let x = LEFT + column * f32::from(place);
            let mut y = from;
            self.text(x, y, Type::regular(8.5), Ink::Grey, &party.role);
            y += 16.0;
            for line in lines(self.faces, &party.name, Type::bold(11.0), column - 18.0) {
                self.text(x, y, Type::bold(11.0), Ink::Black, &line);
                y += 15.0;
            }
            for told in &party.lines {
                for line in lines(self.faces, told, Type::regular(9.0), column - 18.0) {
                    self.text(x, y, Type::regular(9.0), Ink::Grey, &line);
                    y += 13.0;
                }
            }
            deepest = deepest.max(y);
        }
        self.y = deepest + 18.0;
    }

    fn table(&mut self, columns: &(String, Vec<String>), rows: &[Row]) {
        self.table_head(columns);
        let room = self.name_room(columns.1.len());
        for row in rows {
            let name = lines(self.faces, &row.name, Type::regular(10.5), room);
            let note = if row.note.is_empty() { Vec::new() } else { lines(self.faces, &row.note, Type::regular(8.5), room) };
            let high = count(&name) * 15.0 + count(&note) * 12.0 + 16.0;
            // a row stays together where a sheet holds it
            if self.needs(if high <= TABLE_ROOM { high } else { 33.0 }) {
                self.table_head(columns);
            }
            self.y += 18.0;
            for (place, amount) in (0_u8..).zip(row.amounts.iter().rev()) {
                self.text_to(RIGHT - AMOUNT * f32::from(place), self.y, Type::regular(10.5), Ink::Black, amount);
            }
            for line in &name {
                self.row_goes_on(columns);
                self.text(LEFT, self.y, Type::regular(10.5), Ink::Black, line);
                self.y += 15.0;
            }
            for line in &note {
                self.row_goes_on(columns);
                self.text(LEFT, self.y - 1.0, Type::regular(8.5), Ink::Grey, line);
                self.y += 12.0;
            }
            self.y -= 2.0;
            self.rule(LEFT, RIGHT, self.y, 0.5, Ink::Line);
        }
    }

    /// One more line of a row that no sheet holds stands on the next one.
    fn row_goes_on(&mut self, columns: &(String, Vec<String>)) {
        if self.needs(3.0) {
            self.table_head(columns);
            self.y += 18.0;
        }
    }

    /// What is left for names beside so many columns of amounts.
    fn name_room(&self, amounts: usize) -> f32 {
        let amounts = f32::from(u8::try_from(amounts).unwrap_or(u8::MAX));
        (RIGHT - LEFT - AMOUNT * amounts - 12.0).max(80.0)
    }

    fn table_head(&mut self, (name, amounts): &(String, Vec<String>)) {
        self.needs(60.0);
        self.rule(LEFT, RIGHT, self.y, 1.0, Ink::Black);
        let y = self.y + 15.0;
        self.text(LEFT, y, Type::regular(8.5), Ink::Grey, name);
        for (place, amount) in (0_u8..).zip(amounts.iter().rev()) {
            self.text_to(RIGHT - AMOUNT * f32::from(place), y, Type::regular(8.5), Ink::Grey, amount);
        }
        self.y += 23.0;
        self.rule(LEFT, RIGHT, self.y, 0.5, Ink::Line);
    }

    /// The sum stands together on one sheet.
    fn sums(&mut self, sums: &[Sum]) {
        self.needs(f32::from(u8::try_from(sums.len()).unwrap_or(u8::MAX)) * 20.0 + 30.0);
        let from = RIGHT - 250.0;
        self.y += 8.0;
        for sum in sums {
            let total = sum.weight == Weight::Total;
            if total {
                self.rule(from, RIGHT, self.y + 6.0, 1.0, Ink::Black);
                self.y += 26.0;
            } else {
                self.y += 17.0;
            }
            let (label, amount) =
                if total { (Type::bold(10.5), Type::bold(15.0)) } else { (Type::regular(9.5), Type::regular(10.0)) };
            self.text(from, self.y, label, if total { Ink::Black } else { Ink::Grey }, &sum.label);
            self.text_to(RIGHT, self.y, amount, Ink::Black, &sum.amount);
            if total {
                self.y += 8.0;
            }
        }
        self.y += 26.0;
    }

    fn notes(&mut self, notes: &[String]) {
        for note in notes {
            let set = lines(self.faces, note, Type::regular(8.5), RIGHT - LEFT);
            self.needs(count(&set) * 13.0 + 6.0);
            for line in &set {
                self.needs(16.0);
                self.y += 13.0;
                self.text(LEFT, self.y, Type::regular(8.5), Ink::Grey, line);
            }
            self.y += 6.0;
        }
    }

    /// The same line at the foot of every sheet, with the sheet's number where there are several.
    fn feet(&mut self, foot: &str) {
        let all = self.sheets.len();
        for number in 1..=all {
            let y = SHEET.1 - 46.0;
            let mut marks = vec![
                Mark::Rule { x: LEFT, to: RIGHT, y: y - 14.0, thick: 0.5, ink: Ink::Line },
                Mark::Text { x: LEFT, y, kind: Type::regular(8.0), ink: Ink::Grey, text: readable(foot) },
            ];
            if all > 1 {
                let text = format!("{number} / {all}");
                let x = RIGHT - width(self.faces, &text, Type::regular(8.0));
                marks.push(Mark::Text { x, y, kind: Type::regular(8.0), ink: Ink::Grey, text });
            }
            if let Some(sheet) = self.sheets.get_mut(number - 1) {
                sheet.extend(marks);
            }
        }
    }
}

fn count(lines: &[String]) -> f32 {
    f32::from(u16::try_from(lines.len()).unwrap_or(u16::MAX))
}
