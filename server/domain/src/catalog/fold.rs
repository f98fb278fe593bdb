//! Texts made comparable for the simple search: one width, small letters, single spaces.

use unicode_normalization::UnicodeNormalization;

/// `text` in the form that `search_text` and `search_title` are stored in and that queries are compared in.
///
/// Full-width letters, digits and marks become plain ones and accents are part of their letters (NFKC), letters become small,
/// whatever separates words becomes one space.
pub fn fold(text: &str) -> String {
    let small: String = text.nfkc().flat_map(char::to_lowercase).collect();
    small.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of a query, folded; each must be found. Marks between and around words are none; where there is nothing else, they
/// are looked for as they are. What comes after the eighth is left out.
pub fn words(query: &str) -> Vec<String> {
    let folded = fold(query);
    let bare: Vec<String> = folded.split(separates).map(|word| word.trim_matches(surrounds)).map(str::to_owned).collect();
    let found: Vec<String> = bare.into_iter().filter(|word| !word.is_empty()).take(8).collect();
    match found.is_empty() {
        true => folded.split(' ').filter(|word| !word.is_empty()).take(8).map(str::to_owned).collect(),
        false => found,
    }
}

/// Marks that stand between words, in Latin and Chinese texts.
fn separates(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ';' | ':' | '!' | '?' | '"' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '|')
        || matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{2010}'..='\u{2027}' | '·')
}

/// Marks around a word that are not part of it, as the signs of "C++" and "C#" are.
fn surrounds(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '+' | '#')
}

/// `%word%` for LIKE with `\` as its escape.
pub fn contains(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_spaces_make_no_difference() {
        assert_eq!(fold("  ＲＵＳＴ　入门\tAda "), "rust 入门 ada");
        assert_eq!(words("概率  直觉"), ["概率", "直觉"]);
        assert!(words(" \u{3000} ").is_empty());
    }

    #[test]
    fn marks_between_and_around_words_are_no_words() {
        assert_eq!(words("概率，直觉"), ["概率", "直觉"]);
        assert_eq!(words("「概率」与《直觉》"), ["概率", "与", "直觉"]);
        assert_eq!(words("\"probability\" Rust, async."), ["probability", "rust", "async"]);
        assert_eq!(words("C++ c# node.js"), ["c++", "c#", "node.js"]);
        assert_eq!(words("cafe\u{301}"), ["caf\u{e9}"]);
        assert_eq!(words("100%"), ["100"]);
        assert_eq!(words("%"), ["%"]);
    }

    #[test]
    fn what_a_person_types_is_never_a_pattern() {
        assert_eq!(contains("100%_\\"), "%100\\%\\_\\\\%");
    }
}
