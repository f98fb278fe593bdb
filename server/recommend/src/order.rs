//! Whether the timestamps of a data set say anything.

use crate::interactions::Interactions;

/// Below this part of people with more than one time, the times are noise.
const ENOUGH: f64 = 0.2;

/// True where enough people's rows come at different times.
pub(crate) fn is_known(interactions: &Interactions) -> bool {
    let several = interactions.people.iter().filter(|events| events.len() > 1);
    let (people, ordered) = several.fold((0u32, 0u32), |(people, ordered), events| {
        let differs = events.windows(2).any(|pair| pair[0].at < pair[1].at);
        (people + 1, ordered + u32::from(differs))
    });
    people > 0 && f64::from(ordered) >= ENOUGH * f64::from(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether ten people of whom `ordered` have two times are an order.
    fn known(ordered: usize) -> bool {
        let rows: String =
            (0..10).map(|user| format!("{user},a,1,5\n{user},b,1,{}\n", 5 + usize::from(user < ordered))).collect();
        is_known(&Interactions::parse(&format!("user,item,value,timestamp\n{rows}")).unwrap())
    }

    #[test]
    fn different_times_are_an_order_even_if_some_people_have_none() {
        assert!(known(10));
        assert!(known(3));
    }

    #[test]
    fn equal_times_are_none_and_a_few_strays_do_not_change_that() {
        assert!(!known(0));
        assert!(!known(1));
        assert!(!is_known(&Interactions::default()));
    }
}
