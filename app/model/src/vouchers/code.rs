//! How a code is written and read.

use crate::Problem;

/// A code as a person types it: 26 characters of Crockford's alphabet for 128 bits; hyphens and spaces are left out, O, I and L
/// are read as the digits they look like.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Code {
    /// From its bits.
    pub fn of(bits: [u8; 16]) -> Self {
        let mut number = u128::from_be_bytes(bits);
        let mut digits = [b'0'; 26];
        for digit in digits.iter_mut().rev() {
            // below 32
            *digit = ALPHABET[(number & 31) as usize];
            number >>= 5;
        }
        Self(digits.iter().map(|digit| char::from(*digit)).collect())
    }

    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        if typed.is_empty() {
            return Err(Problem::Required);
        }
        let known = typed.bytes().all(|digit| ALPHABET.contains(&digit));
        if typed.len() == 26 && known { Ok(Self(typed)) } else { Err(Problem::NotACode) }
    }

    /// Without hyphens: what is hashed and what stands in a link.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// In groups, as it is read aloud: `01ABC-DEFGH-…`.
    pub fn grouped(&self) -> String {
        let digits: Vec<char> = self.0.chars().collect();
        digits.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_survives_being_read_aloud_and_typed(bits in any::<[u8; 16]>()) {
            let code = Code::of(bits);
            prop_assert_eq!(Code::parse(&code.grouped().to_lowercase()), Ok(code.clone()));
            prop_assert_eq!(Code::parse(&code.plain().replace('0', "o").replace('1', "l")), Ok(code));
        }

        #[test]
        fn two_codes_differ_where_their_bits_do(a in any::<[u8; 16]>(), b in any::<[u8; 16]>()) {
            prop_assert_eq!(a == b, Code::of(a) == Code::of(b));
        }
    }

    #[test]
    fn what_is_no_code_is_told() {
        assert_eq!(Code::parse(" - "), Err(Problem::Required));
        for wrong in ["ABC", "U0000-00000-00000-00000-00000-0", "讲台"] {
            assert_eq!(Code::parse(wrong), Err(Problem::NotACode), "{wrong}");
        }
    }
}
