//! A `Cookie` header (RFC 6265 §5.4), read. Pure.

/// The first value of this name.
pub fn value<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_and_the_first_counts() {
        assert_eq!(value("a=1; sid=2; sid=3", "sid"), Some("2"));
        assert_eq!(value("xsid=1;sid=a=b", "sid"), Some("a=b"));
        for other in ["", "sid", "Sid=1", "sidx=1", "a=sid=1"] {
            assert_eq!(value(other, "sid"), None, "{other}");
        }
    }
}
