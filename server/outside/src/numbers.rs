//! Our ids as numbers that providers take: letters, digits and underscores, at most 32 of them where it is a UUID.

/// `0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee` → the same without hyphens; other ids with underscores for hyphens.
pub fn number_of(id: &str) -> String {
    if is_uuid(id) { id.replace('-', "") } else { id.replace('-', "_") }
}

/// The id again.
pub fn id_of(number: &str) -> String {
    if number.len() == 32 && number.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        let parts = [&number[..8], &number[8..12], &number[12..16], &number[16..20], &number[20..]];
        return parts.join("-");
    }
    number.replace('_', "-")
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(place, b)| match place {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_digit() || (b'a'..=b'f').contains(&b),
        })
}

/// When a UUIDv7 was made, in Unix seconds.
pub fn made_at(id: &str) -> Option<i64> {
    let hex = is_uuid(id).then(|| id.replace('-', ""))?;
    Some(i64::from_str_radix(&hex[..12], 16).ok()? / 1000)
}

/// At most `bytes` bytes of `text`, cut between letters; a blank where nothing is left, for providers want something to show.
pub fn at_most(text: &str, bytes: usize) -> String {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = text[..end].trim();
    if cut.is_empty() { "Lectern".into() } else { cut.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_leads_back_to_its_id() {
        let uuid = "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee";
        assert_eq!(number_of(uuid).len(), 32);
        for id in [uuid, "a-1", "attempt-of-a-test"] {
            assert_eq!(id_of(&number_of(id)), id);
        }
        assert_eq!(made_at(uuid), Some(0x0190_aaaa_bbbb / 1000));
        assert_eq!(made_at("a-1"), None);
    }

    #[test]
    fn a_text_is_cut_between_letters() {
        assert_eq!(at_most("讲台讲台", 7), "讲台");
        assert_eq!(at_most("abc", 7), "abc");
        assert_eq!(at_most("讲", 1), "Lectern");
    }
}
