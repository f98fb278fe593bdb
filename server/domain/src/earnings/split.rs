//! Who gets what of the instructors' part. Pure.

use model::Money;
use model::ids::AccountId;

/// Divides `pool`: co-authors by their hundredths of a per cent, the owner what is left of ten thousand; to the last minor unit
/// (largest remainder). Nobody stands twice, and nobody with nothing.
pub fn divide(pool: Money, owner: &AccountId, authors: &[(AccountId, u32)]) -> Vec<(AccountId, Money)> {
    let shared: u64 = authors.iter().filter(|(who, _)| who != owner).map(|(_, bp)| u64::from(*bp)).sum();
    let mut weights = vec![(owner.clone(), 10_000u64.saturating_sub(shared))];
    weights.extend(authors.iter().filter(|(who, _)| who != owner).map(|(who, bp)| (who.clone(), u64::from(*bp))));
    let parts = pool.split(&weights);
    weights.into_iter().map(|(who, _)| who).zip(parts).filter(|(_, part)| !part.is_zero()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Currency;
    use proptest::prelude::*;

    fn id(text: &str) -> AccountId {
        text.parse().unwrap()
    }

    #[test]
    fn the_owner_has_what_the_co_authors_leave() {
        let parts = divide(Money::new(1_000, Currency::Cny), &id("ada"), &[(id("lin"), 2_500), (id("sam"), 1)]);
        let minor: Vec<i64> = parts.iter().map(|(_, part)| part.minor()).collect();
        assert_eq!(minor, [750, 250], "what comes to nothing is left out");
        let all = divide(Money::new(999, Currency::Cny), &id("ada"), &[(id("lin"), 10_000)]);
        assert_eq!(all, [(id("lin"), Money::new(999, Currency::Cny))]);
    }

    proptest! {
        #[test]
        fn inv_12_the_parts_are_the_whole_exactly(minor in 0i64..1_000_000_000, parts in prop::collection::vec(1u32..2_500, 0..4)) {
            let authors: Vec<_> = parts.iter().enumerate().map(|(n, bp)| (id(&format!("a{n}")), *bp)).collect();
            let sum: i64 = divide(Money::new(minor, Currency::Cny), &id("owner"), &authors).iter().map(|(_, part)| part.minor()).sum();
            prop_assert_eq!(sum, minor);
        }
    }
}
