//! Passwords that everybody tries first.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The three thousand most frequent passwords of at least eight characters in published leaks, in small letters
/// (after the list of zxcvbn, MIT licence, with those that are frequent in China).
static LIST: &str = include_str!("common_passwords.txt");
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| LIST.lines().collect());

/// Whether a guesser would try it within the first few thousand.
pub fn is_common(password: &str) -> bool {
    let password = password.to_lowercase();
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
        assert!(!is_common("lectern-demo"));
        assert!(!is_common("四个汉字加上一些"));
    }

    #[test]
    fn nothing_on_the_list_is_too_short_to_matter() {
        assert_eq!(COMMON.len(), 3000);
        assert!(COMMON.iter().all(|word| word.len() >= 8));
    }
}
