//! Setting type: where lines break in Chinese and in English, how wide they are, and the air between the two scripts.

use crate::face::{Faces, Strength, Written};

/// Between Chinese and Latin letters, in ems.
const AIR: f32 = 0.2;

/// Marks that never begin a line.
const NOT_FIRST: &str = "，。、；：？！）》」』】〉〕”’…—·％%,.;:?!)]}";
/// Marks that never end one.
const NOT_LAST: &str = "（《「『【〈〔“‘([{¥￥";

/// Text in one size and strength.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// In points.
    pub size: f32,
    pub strength: Strength,
}

impl Type {
    pub const fn regular(size: f32) -> Self {
        Self { size, strength: Strength::Regular }
    }
    pub const fn bold(size: f32) -> Self {
        Self { size, strength: Strength::Bold }
    }
}

/// The text without what cannot be seen: controls, marks that turn its direction, runs of white space.
pub fn readable(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// One character of a line: how it is written and how far on the next one stands, in ems.
pub fn written(faces: &Faces, text: &str, strength: Strength) -> Vec<(usize, char, Written, f32)> {
    let mut characters = text.char_indices().peekable();
    let mut all = Vec::with_capacity(text.len());
    let mut before = None;
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let beside_han = before.is_some_and(is_wide) || next.is_some_and(is_wide);
        let written = faces.write(if beside_han { c } else { narrow(c) }, strength);
        before = Some(c);
        let meets = next.is_some_and(|n| (is_han(c) && n.is_ascii_alphanumeric()) || (c.is_ascii_alphanumeric() && is_han(n)));
        all.push((at, c, written, written.width + if meets { AIR } else { 0.0 }));
    }
    all
}

/// The font's quotation marks are Chinese ones, as wide as a character; among Latin letters the narrow ones stand for them. What
/// is copied from the paper stays as it was written.
fn narrow(c: char) -> char {
    match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}

/// How wide a line is, in points.
pub fn width(faces: &Faces, text: &str, kind: Type) -> f32 {
    written(faces, text, kind.strength).iter().map(|(.., advance)| advance).sum::<f32>() * kind.size
}

/// The text in lines no wider than `room` points. A word longer than a line is broken where it must.
pub fn lines(faces: &Faces, text: &str, kind: Type, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(&readable(text)) {
        let longer = format!("{line}{piece}");
        if width(faces, longer.trim_end(), kind) <= room {
            line = longer;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        line = piece.trim_start().to_owned();
        while width(faces, line.trim_end(), kind) > room {
            let fits = longest(faces, &line, kind, room);
            let rest = line.split_off(fits);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// How many bytes of a word fit; one character at least.
fn longest(faces: &Faces, word: &str, kind: Type, room: f32) -> usize {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let first = word.chars().next().map_or(0, char::len_utf8);
    ends.take_while(|end| width(faces, &word[..*end], kind) <= room).last().unwrap_or(first).max(first)
}

/// What may not be broken: a word with the space after it, a Chinese character with the marks that cling to it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let breaks = match last {
            None => true,
            Some(_) if NOT_FIRST.contains(c) || c == ' ' => false,
            Some(before) if NOT_LAST.contains(before) => false,
            Some(' ') => true,
            Some(before) => is_wide(before) || is_wide(c),
        };
        match pieces.last_mut() {
            Some(piece) if !breaks => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        last = Some(c);
    }
    pieces
}

/// Chinese characters and the marks that are as wide as they are: lines may break beside them.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::faces;

    const KIND: Type = Type::regular(10.0);

    #[test]
    fn no_line_begins_with_a_closing_mark_and_none_ends_with_an_opening_one() {
        let faces = faces().expect("fonts");
        let text =
            "讲台是一个知识付费平台，（它）写着《分析机讲义》、“笔记”等课程；每一行都不以标点开头。Every word stays whole!";
        for room in 30..200 {
            for line in lines(faces, text, KIND, room as f32) {
                let (first, last) = (line.chars().next().expect("a line"), line.chars().last().expect("a line"));
                assert!(line.chars().count() == 1 || !NOT_FIRST.contains(first), "{room}: {line}");
                assert!(!NOT_LAST.contains(last), "{room}: {line}");
            }
        }
    }

    #[test]
    fn nothing_is_lost_between_the_lines_and_none_is_too_wide() {
        let faces = faces().expect("fonts");
        let text = "Pneumonoultramicroscopicsilicovolcanoconiosis 与分析机 1837 年的设计";
        for room in [25.0, 60.0, 120.0, 400.0] {
            let set = lines(faces, text, KIND, room);
            assert_eq!(set.concat().replace(' ', ""), text.replace(' ', ""));
            assert!(set.iter().all(|line| width(faces, line, KIND) <= room + 0.01), "{set:?}");
        }
    }

    #[test]
    fn quotation_marks_are_as_wide_as_their_company() {
        let faces = faces().expect("fonts");
        assert!(width(faces, "Ada’s", KIND) < width(faces, "Ada", KIND) + 10.0);
        assert!((width(faces, "“讲台”", KIND) - 40.0).abs() < 0.1);
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(readable(" a\u{202e}b\r\n\tc \u{200b}"), "ab c");
    }
}
