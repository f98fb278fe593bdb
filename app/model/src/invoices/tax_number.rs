//! 统一社会信用代码: a company's tax number, which checks itself.

use crate::Problem;
use serde::{Deserialize, Serialize};

/// A company's tax number: the unified social credit code of GB 32100-2015, 18 characters whose last one checks the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxNumber(String);

/// The characters of a code in the order of their values; I, O, Z, S and V are not among them.
const CODE: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl TaxNumber {
    /// How many characters it has.
    pub const LENGTH: u32 = 18;

    /// Reads what was typed: spaces and hyphens are left out, small letters become capitals.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        if code.is_empty() {
            return Err(Problem::Required);
        }
        let values: Option<Vec<u64>> = code.bytes().map(value).collect();
        match values {
            Some(values) if values.len() == Self::LENGTH as usize && is_checked(&values) => Ok(Self(code)),
            _ => Err(Problem::NotATaxNumber),
        }
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn value(character: u8) -> Option<u64> {
    CODE.iter().position(|known| *known == character).and_then(|place| u64::try_from(place).ok())
}

/// Σ value · 3ⁱ mod 31 over the first seventeen, and the last brings it to a multiple of 31.
fn is_checked(values: &[u64]) -> bool {
    let Some((last, body)) = values.split_last() else { return false };
    let (sum, _) = body.iter().fold((0, 1), |(sum, weight), value| ((sum + value * weight) % 31, weight * 3 % 31));
    (31 - sum) % 31 == *last
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_codes_of_the_standard_and_of_known_companies_are_tax_numbers() {
        for code in
            ["91350100M000100Y43", "91110000802100433B", "9144030071526726XG", "91350100m000100y43", " 9135 0100 M000-100Y 43 "]
        {
            assert!(TaxNumber::parse(code).is_ok(), "{code}");
        }
    }

    #[test]
    fn whatever_does_not_check_is_no_tax_number() {
        for code in
            ["91350100M000100Y44", "91350100M000100Y4", "91350100M000100Y433", "9I350100M000100Y43", "９１350100M000100Y43"]
        {
            assert_eq!(TaxNumber::parse(code), Err(Problem::NotATaxNumber), "{code}");
        }
        assert_eq!(TaxNumber::parse("  "), Err(Problem::Required));
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_noticed(place in 0usize..18, other in 0usize..31) {
            let mut code = b"91350100M000100Y43".to_vec();
            prop_assume!(code[place] != CODE[other]);
            code[place] = CODE[other];
            prop_assert!(TaxNumber::parse(&String::from_utf8(code).expect("ASCII")).is_err());
        }
    }
}
