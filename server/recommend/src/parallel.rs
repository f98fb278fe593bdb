//! Work spread over the cores, with results in a fixed order so that figures do not depend on how many there are.

use std::num::NonZero;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Small enough to share the work evenly, large enough that taking a chunk costs nothing.
const CHUNK: usize = 64;

/// Calls `work` on consecutive ranges that cover `0..count` and returns what they gave, in the order of the ranges.
pub(crate) fn chunks<T: Send>(count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let ranges = count.div_ceil(CHUNK);
    let range = |number: usize| number * CHUNK..((number + 1) * CHUNK).min(count);
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(ranges);
    if threads <= 1 {
        return (0..ranges).map(|number| work(range(number))).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(ranges));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= ranges {
                        return;
                    }
                    let result = work(range(number));
                    done.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push((number, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_order_and_cover_everything() {
        let seen: Vec<usize> = super::chunks(1000, |range| range.collect::<Vec<_>>()).concat();
        assert_eq!(seen, (0..1000).collect::<Vec<_>>());
        assert!(super::chunks(0, |range| range).is_empty());
    }
}
