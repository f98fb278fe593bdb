//! Whether the timestamps of a data set say anything.

use crate::interactions::Interactions;

/// Below this part of people with more than one time, the times are noise.
const ENOUGH: f64 = 0.2;
/// Above this part of steps that go to a higher id, the times only number the rows of a sorted file.
const SORTED: f64 = 0.995;

/// True where people's rows come at different times, and not simply in the order of the ids.
pub(crate) fn is_known(interactions: &Interactions) -> bool {
    let (mut people, mut ordered, mut steps, mut upward) = (0u32, 0u32, 0u32, 0u32);
    for events in interactions.people.iter().filter(|events| events.len() > 1) {
        people += 1;
        let later = events.windows(2).filter(|pair| pair[0].at < pair[1].at);
        let before = steps;
        for pair in later {
            steps += 1;
            upward += u32::from(pair[0].item < pair[1].item);
        }
        ordered += u32::from(steps > before);
    }
    let numbered = steps > 20 && f64::from(upward) > SORTED * f64::from(steps);
    people > 0 && f64::from(ordered) >= ENOUGH * f64::from(people) && !numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(row: impl Fn(usize, usize) -> (usize, usize)) -> bool {
        let rows: String = (0..30)
            .flat_map(|user| (0..4).map(move |place| (user, place)))
            .map(|(user, place)| {
                let (item, at) = row(user, place);
                format!("{user},{item},1,{at}\n")
            })
            .collect();
        is_known(&Interactions::parse(&format!("user,item,value,timestamp\n{rows}")).unwrap())
    }

    #[test]
    fn different_times_are_an_order() {
        assert!(known(|user, place| ((user * 7 + place * 5) % 23, place)));
    }

    #[test]
    fn equal_times_are_none() {
        assert!(!known(|user, place| ((user * 7 + place * 5) % 23, 0)));
        assert!(!is_known(&Interactions::default()));
    }

    #[test]
    fn numbered_rows_of_a_sorted_file_are_none() {
        assert!(!known(|user, place| (user % 5 + place * 5, user * 4 + place)));
    }
}
