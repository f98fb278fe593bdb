//! Headers of requests. Their readers stand in the program beside its pages; they are pure, and taken from there as they are.

#[allow(dead_code)]
#[path = "../../src/http/uploads/checksum.rs"]
mod checksum;
#[allow(dead_code)]
#[path = "../../../app/wire/src/cookie_header.rs"]
mod cookie_header;
#[allow(dead_code)]
#[path = "../../src/http/uploads/metadata.rs"]
mod metadata;
#[allow(dead_code)]
#[path = "../../src/http/range.rs"]
mod range_header;

use crate::first_line;
use checksum::Checksum;
use model::Lang;
use range_header::Wanted;

/// A part lies within the file.
pub fn range(bytes: &[u8]) {
    let (size, rest) = bytes.split_at_checked(8).unwrap_or((&[0; 8][..], bytes));
    let size = u64::from_be_bytes(size.try_into().unwrap_or_default());
    let (header, rest) = first_line(rest);
    if let Wanted::Part { first, last } = range_header::wanted(Some(header), size) {
        assert!(first <= last && last < size, "{first}-{last} of {size}");
    }
    let tag = String::from_utf8_lossy(rest);
    range_header::is_known(Some(&tag), "\"a\"");
    range_header::is_expected(Some(&tag), "\"a\"");
    range_header::may_continue(Some(&tag), "\"a\"");
}

/// A value ends where the next cookie begins.
pub fn cookies(bytes: &[u8]) {
    let Ok(header) = std::str::from_utf8(bytes) else { return };
    for name in ["sid", "__Host-sid", "lang", ""] {
        if let Some(value) = cookie_header::value(header, name) {
            assert!(!value.contains(';'));
        }
    }
}

/// Metadata, and the checksum of a piece.
pub fn tus(bytes: &[u8]) {
    let (line, body) = first_line(bytes);
    metadata::field(line, "filename");
    metadata::field(line, "purpose");
    if let Some(mut checksum) = Checksum::named(line) {
        checksum.update(body);
        checksum.matches();
    }
}

pub fn languages(bytes: &[u8]) {
    if let Ok(header) = std::str::from_utf8(bytes) {
        Lang::from_accept_language(header);
    }
}
