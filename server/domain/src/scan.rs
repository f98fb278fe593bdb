//! A square code to scan with a telephone.

use model::orders::ScanCode;
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the code, as its standard asks for.
const QUIET: i32 = 4;

/// The code of a text; none where it is too long for one.
pub fn drawn(text: &str) -> Option<ScanCode> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    Some(ScanCode { side: u32::try_from(code.size() + 2 * QUIET).ok()?, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_square_with_room_around_it() {
        let code = drawn("weixin://wxpay/bizpayurl?pr=abc").unwrap();
        assert_eq!(code.side, 29 + 8);
        assert!(code.path.starts_with("M4 4h1v1h-1z"));
        assert_eq!(drawn(&"x".repeat(5000)), None);
    }
}
