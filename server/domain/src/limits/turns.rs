//! Turns: how many tries of one network are looked at together. Who comes later waits; nothing is refused for being many.

use crate::secrets::hash;
use crate::{Error, Result};
use model::Fault;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many tries of one network this process looks at together. Failures are counted when they are known, so this is also by how
/// many a network may pass its limit at the same moment.
const TOGETHER: usize = 4;
/// How many may wait; beyond them people are told to come again.
const MOST_WAITING: usize = 400;
/// The longest that anybody waits.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// When whoever was sent away is to come again, in seconds.
const COME_AGAIN: u32 = 5;

/// The lines in which tries wait, one for each network that is trying just now.
#[derive(Clone, Default)]
pub struct Turns(Arc<Mutex<HashMap<String, Line>>>);

struct Line {
    free: Arc<Semaphore>,
    /// Waiting or having their turn.
    people: usize,
}

/// One's turn; over when dropped.
pub struct Turn {
    _place: Place,
    _permit: OwnedSemaphorePermit,
}

impl Turns {
    /// Waits until it is the turn of a try of `who`. Refused with `Later` where too many wait, or their turn does not come.
    pub async fn take(&self, who: &str) -> Result<Turn> {
        self.take_within(who, LONGEST_WAIT).await
    }

    async fn take_within(&self, who: &str, patience: Duration) -> Result<Turn> {
        let key = hash(who);
        let free = {
            let mut lines = self.lines();
            let line = lines.entry(key.clone()).or_insert_with(|| Line { free: Arc::new(Semaphore::new(TOGETHER)), people: 0 });
            if line.people >= MOST_WAITING {
                return Err(later());
            }
            line.people += 1;
            line.free.clone()
        };
        let place = Place { turns: self.clone(), key };
        let turn = tokio::time::timeout(patience, free.acquire_owned()).await;
        let permit = turn.map_err(|_| later())?.map_err(Error::bug)?;
        Ok(Turn { _place: place, _permit: permit })
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<String, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn later() -> Error {
    Fault::Later { seconds: COME_AGAIN }.into()
}

/// A place in a line, waiting or not; the line goes with the last of them.
struct Place {
    turns: Turns,
    key: String,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut lines = self.turns.lines();
        let Some(line) = lines.get_mut(&self.key) else { return };
        line.people -= 1;
        if line.people == 0 {
            lines.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn four_have_their_turn_the_fifth_waits_and_another_network_does_not() {
        let turns = Turns::default();
        let mut four = Vec::new();
        for _ in 0..TOGETHER {
            four.push(turns.take("a school").await.expect("a turn"));
        }
        let mut fifth = Box::pin(turns.take("a school"));
        assert!((&mut fifth).now_or_never().is_none());
        assert!(turns.take("a home").now_or_never().expect("at once").is_ok());
        four.pop();
        assert!(fifth.await.is_ok());
    }

    #[tokio::test]
    async fn nothing_is_kept_of_who_has_gone_even_while_waiting() {
        let turns = Turns::default();
        {
            let mut all = Vec::new();
            for _ in 0..TOGETHER {
                all.push(turns.take("a school").await.expect("a turn"));
            }
            let mut gave_up = Box::pin(turns.take("a school"));
            assert!((&mut gave_up).now_or_never().is_none());
        }
        assert!(turns.lines().is_empty());
    }

    #[tokio::test]
    async fn whose_turn_does_not_come_is_told_to_come_again_and_leaves_the_line() {
        let turns = Turns::default();
        let mut all = Vec::new();
        for _ in 0..TOGETHER {
            all.push(turns.take("a school").await.expect("a turn"));
        }
        let late = turns.take_within("a school", Duration::from_millis(5)).await;
        assert!(matches!(late, Err(Error::Fault(Fault::Later { seconds: COME_AGAIN }))));
        all.clear();
        assert!(turns.lines().is_empty());
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_takes_nobody_more() {
        let turns = Turns::default();
        let mut all: Vec<_> = (0..MOST_WAITING).map(|_| Box::pin(turns.take("a school"))).collect();
        let mut held = Vec::new();
        for one in &mut all {
            held.push(one.now_or_never());
        }
        assert!(matches!(turns.take("a school").await, Err(Error::Fault(Fault::Later { .. }))));
    }
}
