//! Texts made comparable for the simple search: one width, small letters, single spaces.

/// `text` in the form that `search_text` and `search_title` are stored in and that queries are compared in.
///
/// Full-width letters, digits and marks become plain ones (what NFKC does to them), letters become small, whatever separates
/// words becomes one space.
pub fn fold(text: &str) -> String {
    let narrow = text.chars().map(|c| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    });
    let small: String = narrow.flat_map(char::to_lowercase).collect();
    small.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of a query, folded; each must be found. What comes after the eighth is left out.
pub fn words(query: &str) -> Vec<String> {
    fold(query).split(' ').filter(|word| !word.is_empty()).take(8).map(str::to_owned).collect()
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
    fn what_a_person_types_is_never_a_pattern() {
        assert_eq!(contains("100%_\\"), "%100\\%\\_\\\\%");
    }
}
