//! Amounts as a payer reads them.

/// `¥199.00`, `US$12.50`, `JPY 1,200`.
pub(crate) fn show(amount: i64, currency: &str) -> String {
    let decimals = decimals(currency);
    let unit = 10_i64.pow(decimals);
    let whole = group(amount / unit);
    let figure = match decimals {
        0 => whole,
        _ => format!("{whole}.{:0width$}", amount % unit, width = decimals as usize),
    };
    match currency {
        "CNY" => format!("¥{figure}"),
        "USD" => format!("US${figure}"),
        "EUR" => format!("€{figure}"),
        "GBP" => format!("£{figure}"),
        other => format!("{other} {figure}"),
    }
}

/// Digits after the point, as ISO 4217 has them.
fn decimals(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "UGX" | "XAF" | "XOF" | "XPF" | "PYG" | "RWF" => 0,
        "BHD" | "KWD" | "JOD" | "OMR" | "TND" | "IQD" | "LYD" => 3,
        _ => 2,
    }
}

fn group(whole: i64) -> String {
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        assert_eq!(show(19_900, "CNY"), "¥199.00");
        assert_eq!(show(123_456_705, "USD"), "US$1,234,567.05");
        assert_eq!(show(1200, "JPY"), "JPY 1,200");
        assert_eq!(show(1_234, "KWD"), "KWD 1.234");
        assert_eq!(show(5, "CNY"), "¥0.05");
    }
}
