//! Passwords that everybody tries first.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// So many bytes of each hash are kept.
const WIDTH: usize = 5;
/// Some 55,000 passwords of published leaks, none of them to be read: the first bytes of the SHA-256 of each, sorted. A password
/// that is not among them is taken for one with a chance of 5 in 100 million. Made by `server/domain/breached/make.py`.
static BREACHED: &[u8] = include_bytes!("breached.bin");

/// So many signs at the end of a common password do not make it another one.
const TAIL: usize = 4;

/// Whether a guesser would try it among the first: it stands in lists of leaked passwords, with a year or a mark behind it perhaps,
/// or is one sign again and again.
pub fn is_common(password: &str) -> bool {
    let password = password.nfkc().collect::<String>().to_lowercase();
    let mut base = Some(password.as_str());
    for _ in 0..=TAIL {
        if base.is_some_and(is_listed) {
            return true;
        }
        base = base.and_then(|base| base.strip_suffix(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation()));
    }
    let mut characters = password.chars();
    let first = characters.next();
    characters.all(|c| Some(c) == first)
}

fn is_listed(folded: &str) -> bool {
    let hash = Sha256::digest(folded.as_bytes());
    let (entries, _) = BREACHED.as_chunks::<WIDTH>();
    hash.first_chunk::<WIDTH>().is_some_and(|wanted| entries.binary_search(wanted).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of the lists that the hashes were made of.
    const FREQUENT: &str = include_str!("../../breached/frequent.txt");

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
    fn what_stands_in_a_leak_is_common_and_a_short_word_of_one_with_a_year_behind_it_too() {
        for leaked in ["jordan23", "blink182", "trustno1", "Zaq12wsx", "liverpool"] {
            assert!(is_common(leaked), "{leaked}");
        }
        for dressed in ["dragon2026", "Michael!", "monkey.1", "blink182!!", "Trustno1-26"] {
            assert!(is_common(dressed), "{dressed}");
        }
        for own in ["augusta never finished the engine", "dragon20261122", "vQ7)tarn-okul"] {
            assert!(!is_common(own), "{own}");
        }
    }

    #[test]
    fn every_frequent_password_is_among_the_hashes() {
        assert_eq!(FREQUENT.lines().count(), 3_000);
        assert!(FREQUENT.lines().all(|word| word.len() >= 8 && is_listed(word)));
    }

    #[test]
    fn the_hashes_stand_in_order_and_once() {
        let (entries, rest) = BREACHED.as_chunks::<WIDTH>();
        assert!(entries.len() > 50_000 && rest.is_empty());
        assert!(entries.is_sorted_by(|one, next| one < next));
    }
}
