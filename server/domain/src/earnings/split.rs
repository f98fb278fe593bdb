//! Who gets what of the instructors' part. Pure.

use crate::Result;
use model::ids::AccountId;
use model::{Currency, Money};

/// Divides `pool`: co-authors by their hundredths of a per cent, the owner what is left of ten thousand; to the last minor unit
/// (largest remainder). Nobody stands twice, and nobody with nothing.
pub fn divide(pool: Money, owner: &AccountId, authors: &[(AccountId, u32)]) -> Vec<(AccountId, Money)> {
    let shared: u64 = authors.iter().filter(|(who, _)| who != owner).map(|(_, bp)| u64::from(*bp)).sum();
    let mut weights = vec![(owner.clone(), 10_000u64.saturating_sub(shared))];
    weights.extend(authors.iter().filter(|(who, _)| who != owner).map(|(who, bp)| (who.clone(), u64::from(*bp))));
    let parts = pool.split(&weights);
    weights.into_iter().map(|(who, _)| who).zip(parts).filter(|(_, part)| !part.is_zero()).collect()
}

/// What each has of the `number`th of `of` equal pieces that are given one by one: whoever is furthest behind what was `frozen` for
/// them comes first, so that all the pieces come to exactly that, and an odd minor unit is not the same person's every time.
pub fn divide_piece(frozen: &[(AccountId, Money)], number: i64, of: i64) -> Result<Vec<(AccountId, Money)>> {
    let mut whole = Money::zero(frozen.first().map_or(Currency::Cny, |(_, part)| part.currency()));
    for (_, part) in frozen {
        whole = whole.plus(*part)?;
    }
    let mut had: Vec<i128> = vec![0; frozen.len()];
    let mut parts = Vec::new();
    // everything before it is divided anew: it always comes to the same
    for number in 1..=number {
        let piece = whole.portion(number, of)?.minus(whole.portion(number - 1, of)?)?;
        let behind = frozen.iter().zip(&had).map(|((who, part), had)| {
            let behind = i128::from(part.minor()) * i128::from(number) - had * i128::from(of);
            (who, u64::try_from(behind.max(0)).unwrap_or(u64::MAX))
        });
        parts = piece.split(&behind.collect::<Vec<_>>());
        for (had, part) in had.iter_mut().zip(&parts) {
            *had += i128::from(part.minor());
        }
    }
    Ok(frozen.iter().map(|(who, _)| who.clone()).zip(parts).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(text: &str) -> AccountId {
        text.parse().unwrap()
    }

    #[test]
    fn an_odd_cent_of_every_seat_is_not_the_same_author_s_every_time() {
        let frozen: Vec<_> = ["ada", "lin", "sam"].map(|who| (id(who), Money::new(100, Currency::Cny))).to_vec();
        let mut had = [0; 3];
        for number in 1..=300 {
            let parts = divide_piece(&frozen, number, 300).unwrap();
            assert_eq!(parts.iter().map(|(_, part)| part.minor()).sum::<i64>(), 1);
            for (had, (_, part)) in had.iter_mut().zip(&parts) {
                *had += part.minor();
            }
            assert!(had.iter().all(|had| (had * 3 - number).abs() <= 3), "{had:?} after {number}");
        }
        assert_eq!(had, [100; 3]);
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

        #[test]
        fn inv_12_the_pieces_come_to_what_was_frozen(frozen in prop::collection::vec(1i64..5_000, 0..5), of in 1i64..40) {
            let named = |(n, part): (usize, &i64)| (id(&format!("a{n}")), Money::new(*part, Currency::Cny));
            let frozen: Vec<_> = frozen.iter().enumerate().map(named).collect();
            let mut had = vec![0; frozen.len()];
            for number in 1..=of {
                for (had, (_, part)) in had.iter_mut().zip(divide_piece(&frozen, number, of).unwrap()) {
                    prop_assert!(part.minor() >= 0);
                    *had += part.minor();
                }
            }
            let frozen: Vec<i64> = frozen.iter().map(|(_, part)| part.minor()).collect();
            prop_assert_eq!(had, frozen);
        }
    }
}
