//! Passwords that everybody tries first.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The three thousand most frequent passwords of at least eight characters in published leaks, in small letters
/// (after the list of zxcvbn, MIT licence, with those that are frequent in China).
static LIST: &str = include_str!("common_passwords.txt");
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| LIST.lines().collect());

/// So many signs at the end of a common password do not make it another one.
const TAIL: usize = 4;

/// Whether a guesser would try it within the first few thousand, or as one of them with a year or a mark behind it.
pub fn is_common(password: &str) -> bool {
    let password = password.nfkc().collect::<String>().to_lowercase();
    let base = password.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    if password.len() - base.len() <= TAIL && COMMON.contains(base) {
        return true;
    }
    let mut characters = password.chars();
    let first = characters.next();
    COMMON.contains(password.as_str()) || characters.all(|c| Some(c) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_common_in_any_letters() {
        for common in ["password", "Password", "12345678", "5201314520", "woaini1314", "zzzzzzzzzzzz"] {
            assert!(is_common(common), "{common}");
        }
        for dressed in ["password2026", "ｐａｓｓｗｏｒｄ", "PassWord!!", "iloveyou1314"] {
            assert!(is_common(dressed), "{dressed}");
        }
        assert!(!is_common("lectern-demo"));
        assert!(!is_common("四个汉字加上一些"));
    }

    #[test]
    fn nothing_on_the_list_is_too_short_to_matter() {
        assert_eq!(COMMON.len(), 3000);
        assert!(COMMON.iter().all(|word| word.len() >= 8));
    }
}
