//! As much of CBOR (RFC 8949) as authenticators write: whole numbers, bytes, texts, lists and maps of a length told beforehand.

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cbor {
    Int(i64),
    Bytes(Vec<u8>),
    Text(String),
    List(Vec<Cbor>),
    Map(Vec<(Cbor, Cbor)>),
    /// True, false, null.
    Simple(u8),
}

/// Nothing of ours lies deeper.
const DEEPEST: u8 = 6;

impl Cbor {
    /// The first value of these bytes, and what follows it.
    pub fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        read(bytes, 0)
    }

    /// What a map has under this number, if it has it once.
    pub fn at(&self, key: i64) -> Option<&Cbor> {
        self.find(|known| *known == Cbor::Int(key))
    }

    /// What a map has under this text, if it has it once.
    pub fn named(&self, key: &str) -> Option<&Cbor> {
        self.find(|known| matches!(known, Cbor::Text(text) if text == key))
    }

    pub fn int(&self) -> Option<i64> {
        match self {
            Cbor::Int(value) => Some(*value),
            _ => None,
        }
    }

    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Cbor::Bytes(value) => Some(value),
            _ => None,
        }
    }

    fn find(&self, is: impl Fn(&Cbor) -> bool) -> Option<&Cbor> {
        let Cbor::Map(pairs) = self else { return None };
        let mut found = pairs.iter().filter(|(key, _)| is(key));
        let (_, value) = found.next()?;
        found.next().is_none().then_some(value)
    }
}

fn read(bytes: &[u8], depth: u8) -> Option<(Cbor, &[u8])> {
    if depth > DEEPEST {
        return None;
    }
    let (first, rest) = bytes.split_first()?;
    let (major, short) = (first >> 5, first & 0x1f);
    if major == 7 {
        return matches!(short, 20..=22).then_some((Cbor::Simple(short), rest));
    }
    let (number, rest) = number(short, rest)?;
    match major {
        0 => Some((Cbor::Int(i64::try_from(number).ok()?), rest)),
        1 => Some((Cbor::Int(-1 - i64::try_from(number).ok()?), rest)),
        2 | 3 => {
            let (value, rest) = rest.split_at_checked(usize::try_from(number).ok()?)?;
            let value = match major {
                2 => Cbor::Bytes(value.to_vec()),
                _ => Cbor::Text(String::from_utf8(value.to_vec()).ok()?),
            };
            Some((value, rest))
        }
        4 => {
            let (items, rest) = several(number, rest, depth)?;
            Some((Cbor::List(items), rest))
        }
        5 => {
            let (items, rest) = several(number.checked_mul(2)?, rest, depth)?;
            let mut items = items.into_iter();
            let mut pairs = Vec::new();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                pairs.push((key, value));
            }
            Some((Cbor::Map(pairs), rest))
        }
        _ => None,
    }
}

/// The number in a head; lengths that are not told beforehand are not taken.
fn number(short: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let length = match short {
        0..=23 => return Some((short.into(), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (bytes, rest) = rest.split_at_checked(length)?;
    Some((bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)), rest))
}

fn several(count: u64, mut rest: &[u8], depth: u8) -> Option<(Vec<Cbor>, &[u8])> {
    let mut items = Vec::new();
    for _ in 0..count {
        // each item takes a byte at least: a count that lies ends here
        let (item, after) = read(rest, depth + 1)?;
        items.push(item);
        rest = after;
    }
    Some((items, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_authenticators_write_is_read() {
        let bytes = hex::decode("a401020326200121581a6162636465666768696a6b6c6d6e6f707172737475767778797aff").unwrap();
        let (map, rest) = Cbor::read(&bytes).unwrap();
        assert_eq!((map.at(1).and_then(Cbor::int), map.at(3).and_then(Cbor::int)), (Some(2), Some(-7)));
        assert_eq!(map.at(-2).and_then(Cbor::bytes), Some(b"abcdefghijklmnopqrstuvwxyz".as_slice()));
        assert_eq!((map.at(7), rest), (None, [0xff].as_slice()));
        let (twice, _) = Cbor::read(&hex::decode("a201020103").unwrap()).unwrap();
        assert_eq!(twice.at(1), None, "what stands there twice has no one meaning");
    }

    #[test]
    fn nothing_broken_is_read_and_nothing_panics() {
        for broken in [
            "",
            "a1",
            "a101",
            "5f41ff",
            "9fff",
            "bfff",
            "1b",
            "3bffffffffffffffff",
            "5affffffff00",
            "9affffffff",
            "c000",
            "fb3ff8000000000000",
            "ff",
        ] {
            assert_eq!(Cbor::read(&hex::decode(broken).unwrap()), None, "{broken}");
        }
        assert_eq!(Cbor::read(&[0x81; 4096]), None, "a deep one");
        for seed in 0..20_000u32 {
            let noise: Vec<u8> = (0..24).map(|at| (seed.wrapping_mul(2_654_435_761).rotate_left(at) >> 3) as u8).collect();
            let _ = Cbor::read(&noise);
        }
    }
}
