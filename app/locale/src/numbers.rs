//! Numbers, money and lengths of time as people write them.

use model::{Lang, Money};

/// A whole number with groups of three.
pub fn whole(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// An amount with its sign; decimals only where they say something: `¥129`, `¥0.50`, `-¥1,299`.
pub fn money(amount: Money) -> String {
    let decimal = amount.decimal();
    let (minus, decimal) = decimal.strip_prefix('-').map_or(("", decimal.as_str()), |rest| ("-", rest));
    let (units, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let units = units.parse().map(whole).unwrap_or_else(|_| units.to_owned());
    let sign = amount.currency().sign();
    if fraction.bytes().all(|b| b == b'0') { format!("{minus}{sign}{units}") } else { format!("{minus}{sign}{units}.{fraction}") }
}

/// An amount with all its decimals, for receipts and statements: `¥129.00`.
pub fn money_exact(amount: Money) -> String {
    let decimal = amount.decimal();
    let (minus, decimal) = decimal.strip_prefix('-').map_or(("", decimal.as_str()), |rest| ("-", rest));
    let (units, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let units = units.parse().map(whole).unwrap_or_else(|_| units.to_owned());
    let dot = if fraction.is_empty() { "" } else { "." };
    format!("{minus}{}{units}{dot}{fraction}", amount.currency().sign())
}

/// How large a file is: `84 KB`, `1.2 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

messages! {
    minutes(n: u32) { zh: "{n} 分钟", en: "{n} min" }
    hours(n: u32) { zh: "{n} 小时", en: one "{n} hour", many "{n} hours" }
    hours_minutes(hours: u32, minutes: u32) { zh: "{hours} 小时 {minutes} 分", en: "{hours} h {minutes} min" }
}

/// A length as a person says it; a minute at least.
pub fn length(lang: Lang, seconds: u32) -> String {
    let all = seconds.div_ceil(60).max(1);
    match (all / 60, all % 60) {
        (0, m) => minutes(lang, m),
        (h, 0) => hours(lang, h),
        (h, m) => hours_minutes(lang, h, m),
    }
}

/// A position in a recording: `7:05`, `1:02:03`.
pub fn clock(seconds: u32) -> String {
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Currency;

    #[test]
    fn a_price_shows_decimals_only_where_they_say_something() {
        assert_eq!(money(Money::new(129900, Currency::Cny)), "¥1,299");
        assert_eq!(money(Money::new(50, Currency::Cny)), "¥0.50");
        assert_eq!(money(Money::new(-1500, Currency::Jpy)), "-JP¥1,500");
        assert_eq!(money_exact(Money::new(129900, Currency::Cny)), "¥1,299.00");
    }

    #[test]
    fn a_length_is_said_in_hours_and_minutes() {
        assert_eq!(length(Lang::Zh, 59), "1 分钟");
        assert_eq!(length(Lang::En, 3600), "1 hour");
        assert_eq!(length(Lang::En, 7260), "2 h 1 min");
        assert_eq!(clock(3723), "1:02:03");
    }
}
