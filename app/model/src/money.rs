//! Money: integer minor units with their currency, and the only arithmetic allowed on it.

crate::words! {
    /// ISO 4217 currencies a price may be in.
    pub enum Currency {
        Cny = "CNY",
        Usd = "USD",
        Eur = "EUR",
        Gbp = "GBP",
        Hkd = "HKD",
        Sgd = "SGD",
        Jpy = "JPY",
        Krw = "KRW",
        Vnd = "VND",
        Clp = "CLP",
        Xof = "XOF",
        Bhd = "BHD",
        Kwd = "KWD",
        Jod = "JOD",
        Omr = "OMR",
        Tnd = "TND",
    }
}

impl Currency {
    /// How many decimals the minor unit has (ISO 4217).
    pub const fn exponent(self) -> u32 {
        match self {
            Currency::Jpy | Currency::Krw | Currency::Vnd | Currency::Clp | Currency::Xof => 0,
            Currency::Bhd | Currency::Kwd | Currency::Jod | Currency::Omr | Currency::Tnd => 3,
            _ => 2,
        }
    }

    /// The sign in front of an amount.
    pub const fn sign(self) -> &'static str {
        match self {
            Currency::Cny => "¥",
            Currency::Usd => "US$",
            Currency::Eur => "€",
            Currency::Gbp => "£",
            Currency::Hkd => "HK$",
            Currency::Sgd => "S$",
            Currency::Jpy => "JP¥",
            Currency::Krw => "₩",
            _ => self.as_str(),
        }
    }
}

/// An amount of one currency in its minor unit (fen, cents). May be negative in statements; prices are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why two amounts could not be combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// The result does not fit.
    Overflow,
    /// Two currencies met.
    Currencies,
}

impl std::fmt::Display for MoneyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            MoneyError::Overflow => "the amount does not fit",
            MoneyError::Currencies => "amounts of two currencies cannot be combined",
        })
    }
}
impl std::error::Error for MoneyError {}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }
    pub const fn minor(self) -> i64 {
        self.minor
    }
    pub const fn currency(self) -> Currency {
        self.currency
    }
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }
    /// The sum, in the one currency of both.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        self.combine(other, i64::checked_add)
    }
    /// The difference, in the one currency of both.
    pub fn minus(self, other: Money) -> Result<Money, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    fn combine(self, other: Money, operation: fn(i64, i64) -> Option<i64>) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currencies);
        }
        let minor = operation(self.minor, other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Money::new(minor, self.currency))
    }

    /// `numerator / denominator` of this amount, rounded half away from zero (INV-M3).
    pub fn portion(self, numerator: i64, denominator: i64) -> Result<Money, MoneyError> {
        if denominator <= 0 {
            return Err(MoneyError::Overflow);
        }
        let product = i128::from(self.minor) * i128::from(numerator);
        let rounded = round_half_away(product, i128::from(denominator));
        let minor = i64::try_from(rounded).map_err(|_| MoneyError::Overflow)?;
        Ok(Money::new(minor, self.currency))
    }

    /// Splits this amount by `weights` so that the parts sum to it exactly: largest remainder, ties by the smaller key
    /// (INV-M3). The parts come back in the order given. No positive weight gives everything to the smallest key.
    pub fn split<K: Ord>(self, weights: &[(K, u64)]) -> Vec<Money> {
        let sum: i128 = weights.iter().map(|(_, w)| i128::from(*w)).sum();
        let sign = i128::from(self.minor.signum());
        let amount = i128::from(self.minor).abs();
        let mut by_key: Vec<usize> = (0..weights.len()).collect();
        by_key.sort_by(|a, b| weights[*a].0.cmp(&weights[*b].0));
        let mut parts = vec![0i128; weights.len()];
        let mut remainders = vec![0i128; weights.len()];
        for (index, (_, weight)) in weights.iter().enumerate() {
            if sum > 0 {
                parts[index] = amount * i128::from(*weight) / sum;
                remainders[index] = amount * i128::from(*weight) % sum;
            }
        }
        let mut left = amount - parts.iter().sum::<i128>();
        if sum == 0
            && let Some(first) = by_key.first()
        {
            parts[*first] = left;
            left = 0;
        }
        by_key.sort_by(|a, b| remainders[*b].cmp(&remainders[*a]));
        for index in by_key {
            if left == 0 {
                break;
            }
            parts[index] += 1;
            left -= 1;
        }
        // every part is at most the whole, which fits
        parts.into_iter().map(|part| Money::new((sign * part) as i64, self.currency)).collect()
    }

    /// The amount with its exponent's decimals and a dot, without sign or grouping: `129.00`, `1500`.
    pub fn decimal(self) -> String {
        let exponent = self.currency.exponent() as usize;
        let digits = self.minor.unsigned_abs().to_string();
        let minus = if self.minor < 0 { "-" } else { "" };
        if exponent == 0 {
            return format!("{minus}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = exponent + 1);
        let (whole, fraction) = padded.split_at(padded.len() - exponent);
        format!("{minus}{whole}.{fraction}")
    }

    /// Reads an amount as a person types it: digits, at most one dot, at most the currency's decimals. Commas stand between
    /// thousands and nowhere else: `9,50` is not read as 950.
    pub fn parse(text: &str, currency: Currency) -> Option<Money> {
        let text = text.trim().trim_start_matches(['¥', '￥', '$']);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let whole = without_commas(whole)?;
        let exponent = currency.exponent() as usize;
        let digits_only = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || fraction.len() > exponent || !digits_only(&whole) || !digits_only(fraction) {
            return None;
        }
        let minor: i64 = format!("{whole}{fraction:0<exponent$}").parse().ok()?;
        Some(Money::new(minor, currency))
    }
}

/// `1,299,000` without its commas; none where they stand elsewhere.
fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let first_fits = rest.is_empty() || (1..=3).contains(&first.len()) && !first.starts_with('0');
    (first_fits && rest.iter().all(|group| group.len() == 3)).then(|| format!("{first}{}", rest.concat()))
}

fn round_half_away(numerator: i128, denominator: i128) -> i128 {
    let quotient = numerator / denominator;
    let remainder = numerator % denominator;
    if remainder.abs() * 2 >= denominator { quotient + numerator.signum() } else { quotient }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const YUAN: Currency = Currency::Cny;

    #[test]
    fn an_amount_is_written_with_the_decimals_of_its_currency() {
        assert_eq!(Money::new(12900, YUAN).decimal(), "129.00");
        assert_eq!(Money::new(5, YUAN).decimal(), "0.05");
        assert_eq!(Money::new(1500, Currency::Jpy).decimal(), "1500");
        assert_eq!(Money::new(-1234, Currency::Bhd).decimal(), "-1.234");
    }

    #[test]
    fn every_currency_has_the_decimals_and_the_sign_that_are_usual() {
        use Currency::{Bhd, Clp, Cny, Eur, Gbp, Hkd, Jod, Jpy, Krw, Kwd, Omr, Sgd, Tnd, Usd, Vnd, Xof};
        let decimals =
            [(0, vec![Jpy, Krw, Vnd, Clp, Xof]), (2, vec![Cny, Usd, Eur, Gbp, Hkd, Sgd]), (3, vec![Bhd, Kwd, Jod, Omr, Tnd])];
        assert_eq!(decimals.iter().map(|(_, all)| all.len()).sum::<usize>(), Currency::ALL.len());
        for (exponent, currencies) in decimals {
            assert!(currencies.iter().all(|currency| currency.exponent() == exponent), "{exponent}");
        }
        let signs = [Cny, Usd, Eur, Gbp, Hkd, Sgd, Jpy, Krw, Omr].map(Currency::sign);
        assert_eq!(signs, ["¥", "US$", "€", "£", "HK$", "S$", "JP¥", "₩", "OMR"]);
    }

    #[test]
    fn nothing_is_nought_and_nought_has_no_sign() {
        assert!(Money::zero(YUAN).is_zero() && !Money::new(1, YUAN).is_zero() && !Money::new(-1, YUAN).is_zero());
        assert_eq!(Money::zero(YUAN).decimal(), "0.00");
        assert_eq!(Money::zero(Currency::Jpy).decimal(), "0");
    }

    #[test]
    fn what_a_person_types_is_read_or_refused() {
        assert_eq!(Money::parse("129", YUAN), Some(Money::new(12900, YUAN)));
        assert_eq!(Money::parse(" ¥1,299.5 ", YUAN), Some(Money::new(129950, YUAN)));
        assert_eq!(Money::parse("1,299,000", YUAN), Some(Money::new(129_900_000, YUAN)));
        assert_eq!(Money::parse("1,500", Currency::Jpy), Some(Money::new(1_500, Currency::Jpy)));
        for wrong in ["9,50", "0,500", ",500", "1,2345", "1234,567", "1,,000", "1,000,", "9.5,0", "¥9,50"] {
            assert_eq!(Money::parse(wrong, YUAN), None, "{wrong}");
        }
        for wrong in ["", ".5", "1.x", "x.1", "-1", "1.234", "1.2.3", "abc", "1e3", "99999999999999999999"] {
            assert_eq!(Money::parse(wrong, YUAN), None, "{wrong}");
        }
    }

    #[test]
    fn a_half_is_rounded_away_from_zero() {
        assert_eq!(Money::new(5, YUAN).portion(1, 2), Ok(Money::new(3, YUAN)));
        assert_eq!(Money::new(-5, YUAN).portion(1, 2), Ok(Money::new(-3, YUAN)));
        assert_eq!(Money::new(100, YUAN).portion(1, 3), Ok(Money::new(33, YUAN)));
        assert_eq!(Money::new(100, YUAN).portion(2, 3), Ok(Money::new(67, YUAN)));
        assert_eq!(Money::new(100, YUAN).portion(1, 1), Ok(Money::new(100, YUAN)));
    }

    #[test]
    fn a_portion_of_no_parts_or_beyond_all_numbers_is_refused() {
        for (numerator, denominator) in [(1, 0), (1, -2), (3, 1)] {
            assert_eq!(Money::new(i64::MAX, YUAN).portion(numerator, denominator), Err(MoneyError::Overflow));
        }
    }

    fn split(minor: i64, weights: &[(&str, u64)]) -> Vec<i64> {
        Money::new(minor, YUAN).split(weights).into_iter().map(Money::minor).collect()
    }

    #[test]
    fn inv_m3_what_is_left_goes_to_the_largest_remainders_and_then_to_the_smaller_keys() {
        assert_eq!(split(100, &[("a", 1), ("b", 1), ("c", 1)]), [34, 33, 33]);
        assert_eq!(split(100, &[("c", 1), ("b", 1), ("a", 1)]), [33, 33, 34]);
        assert_eq!(split(101, &[("c", 1), ("b", 1), ("a", 1)]), [33, 34, 34]);
        // 3.33… and 6.66…
        assert_eq!(split(10, &[("a", 1), ("b", 2)]), [3, 7]);
        // 4.5, 4.1 and 1.4: not the largest part, and not the smallest key
        assert_eq!(split(10, &[("a", 45), ("b", 41), ("c", 14)]), [5, 4, 1]);
        assert_eq!(split(10, &[("c", 45), ("b", 41), ("a", 14)]), [5, 4, 1]);
        // the largest remainder, not the largest weight
        assert_eq!(split(10, &[("a", 42), ("b", 38), ("c", 20)]), [4, 4, 2]);
        assert_eq!(split(-10, &[("a", 1), ("b", 2)]), [-3, -7]);
        assert_eq!(split(7, &[("a", 0), ("b", 3)]), [0, 7]);
    }

    #[test]
    fn inv_m3_without_any_weight_everything_goes_to_the_smallest_key() {
        assert_eq!(split(7, &[("b", 0), ("a", 0)]), [0, 7]);
        assert_eq!(split(0, &[("b", 0), ("a", 0)]), [0, 0]);
        assert_eq!(split(7, &[]), Vec::<i64>::new());
    }

    #[test]
    fn two_currencies_never_mix() {
        assert_eq!(Money::new(1, YUAN).plus(Money::new(1, Currency::Usd)), Err(MoneyError::Currencies));
        assert_eq!(Money::new(i64::MAX, YUAN).plus(Money::new(1, YUAN)), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn inv_m3_the_parts_of_a_split_sum_to_the_whole(amount in -1_000_000_000i64..1_000_000_000, weights in prop::collection::vec(0u64..10_000, 1..8)) {
            let keyed: Vec<(usize, u64)> = weights.iter().copied().enumerate().collect();
            let whole = Money::new(amount, YUAN);
            let parts = whole.split(&keyed);
            prop_assert_eq!(parts.iter().map(|p| p.minor()).sum::<i64>(), amount);
            let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
            if sum > 0 {
                for (part, weight) in parts.iter().zip(&weights) {
                    let exact = i128::from(amount) * i128::from(*weight);
                    prop_assert!((i128::from(part.minor()) * sum - exact).abs() < sum);
                }
            }
        }

        #[test]
        fn inv_m3_the_order_of_recipients_changes_nobody_s_share(amount in 0i64..1_000_000, weights in prop::collection::vec(0u64..100, 2..6)) {
            let keyed: Vec<(usize, u64)> = weights.iter().copied().enumerate().collect();
            let mut reversed = keyed.clone();
            reversed.reverse();
            let straight = Money::new(amount, YUAN).split(&keyed);
            let mut turned = Money::new(amount, YUAN).split(&reversed);
            turned.reverse();
            prop_assert_eq!(straight, turned);
        }

        #[test]
        fn inv_m2_every_amount_survives_being_written_and_read(minor in 0i64..1_000_000_000) {
            for currency in Currency::ALL {
                let money = Money::new(minor, *currency);
                prop_assert_eq!(Money::parse(&money.decimal(), *currency), Some(money));
            }
        }
    }
}
