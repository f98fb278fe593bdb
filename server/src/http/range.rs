//! Which bytes of a file a request wants: `Range` and the conditional headers (RFC 9110 §13, §14). Pure.

/// What to send of a file of some size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Whole,
    /// From `first` to `last`, both included.
    Part {
        first: u64,
        last: u64,
    },
    /// The range begins behind the end of the file.
    Unsatisfiable,
}

/// Reads a `Range` header. What is not one plain range of bytes is ignored, and then the whole file is wanted.
pub fn wanted(range: Option<&str>, size: u64) -> Wanted {
    let Some(spec) = range.and_then(|text| text.trim().strip_prefix("bytes=")) else { return Wanted::Whole };
    let Some((first, last)) = spec.trim().split_once('-') else { return Wanted::Whole };
    match (number(first), number(last)) {
        (Some(Some(first)), Some(last)) => from_to(first, last, size),
        (Some(None), Some(Some(length))) => suffix(length, size),
        _ => Wanted::Whole,
    }
}

/// Nothing, a number, or (outer none) something else. A number too large to count with lies behind every end.
fn number(text: &str) -> Option<Option<u64>> {
    if text.is_empty() {
        return Some(None);
    }
    text.bytes().all(|b| b.is_ascii_digit()).then(|| Some(text.parse().unwrap_or(u64::MAX)))
}

fn from_to(first: u64, last: Option<u64>, size: u64) -> Wanted {
    match last {
        Some(last) if last < first => Wanted::Whole,
        _ if first >= size => Wanted::Unsatisfiable,
        last => Wanted::Part { first, last: last.unwrap_or(u64::MAX).min(size - 1) },
    }
}

fn suffix(length: u64, size: u64) -> Wanted {
    if length == 0 || size == 0 {
        return Wanted::Unsatisfiable;
    }
    Wanted::Part { first: size.saturating_sub(length), last: size - 1 }
}

/// Whether `If-None-Match` names this version: then there is nothing to send. Weak tags count (§13.1.2).
pub fn is_known(if_none_match: Option<&str>, etag: &str) -> bool {
    if_none_match
        .is_some_and(|known| known.trim() == "*" || known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag))
}

/// Whether `If-Match` allows this version: it is absent, or names it exactly (§13.1.1).
pub fn is_expected(if_match: Option<&str>, etag: &str) -> bool {
    if_match.is_none_or(|wanted| wanted.trim() == "*" || wanted.split(',').any(|tag| tag.trim() == etag))
}

/// Whether a range may be sent: without `If-Range`, or when it names exactly this version (§13.1.5).
pub fn may_continue(if_range: Option<&str>, etag: &str) -> bool {
    if_range.is_none_or(|known| known.trim() == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(first: u64, last: u64) -> Wanted {
        Wanted::Part { first, last }
    }

    #[test]
    fn one_range_is_a_part_of_the_file() {
        for (range, expected) in [
            ("bytes=0-0", part(0, 0)),
            ("bytes=0-99", part(0, 99)),
            ("bytes=10-", part(10, 99)),
            ("bytes=90-1000", part(90, 99)),
            ("bytes=-1", part(99, 99)),
            ("bytes=-500", part(0, 99)),
            ("bytes=5-99999999999999999999999", part(5, 99)),
        ] {
            assert_eq!(wanted(Some(range), 100), expected, "{range}");
        }
    }

    #[test]
    fn a_range_behind_the_end_cannot_be_sent() {
        for range in ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(wanted(Some(range), 100), Wanted::Unsatisfiable, "{range}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Unsatisfiable);
        assert_eq!(wanted(Some("bytes=-5"), 0), Wanted::Unsatisfiable);
    }

    #[test]
    fn what_is_not_one_range_of_bytes_is_the_whole_file() {
        for range in ["", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=+1-2", "items=0-1", "bytes=0-1,5-6", "bytes 0-1"]
        {
            assert_eq!(wanted(Some(range), 100), Wanted::Whole, "{range}");
        }
        assert_eq!(wanted(None, 100), Wanted::Whole);
    }

    #[test]
    fn a_version_is_recognised_by_its_tag() {
        let etag = "\"abc\"";
        for known in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            assert!(is_known(Some(known), etag), "{known}");
        }
        assert!(!is_known(Some("\"x\""), etag));
        assert!(!is_known(None, etag));
        assert!(may_continue(None, etag) && may_continue(Some("\"abc\""), etag));
        assert!(!may_continue(Some("W/\"abc\""), etag), "a weak tag may not continue a download");
        assert!(!may_continue(Some("Sat, 21 Nov 2026 10:00:00 GMT"), etag));
    }
}
