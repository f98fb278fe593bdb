//! How busy the whole machine is: whoever measures shares it with what is measured.

use std::time::Duration;

/// The processors' time since the machine started, of all cores together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    worked: Duration,
    idle: Duration,
}

impl Busy {
    /// As it is now (Linux).
    pub fn now() -> Option<Self> {
        Self::read(&std::fs::read_to_string("/proc/stat").ok()?)
    }

    /// `cpu  user nice system idle iowait irq softirq steal …`, in hundredths of a second.
    fn read(stat: &str) -> Option<Self> {
        let line = stat.lines().next()?.strip_prefix("cpu ")?;
        let ticks: Vec<u64> = line.split_whitespace().take(8).map(str::parse::<u64>).collect::<Result<_, _>>().ok()?;
        let [user, nice, system, idle, waiting, hard, soft, stolen] = ticks.try_into().ok()?;
        let time = |ticks: u64| Duration::from_millis(ticks * 10);
        Some(Self { worked: time(user + nice + system + hard + soft + stolen), idle: time(idle + waiting) })
    }

    /// How long the processors worked since then, and which part of all their time that is.
    pub fn since(self, before: Self) -> (Duration, f64) {
        let worked = self.worked.saturating_sub(before.worked);
        let all = worked + self.idle.saturating_sub(before.idle);
        (worked, if all.is_zero() { 0.0 } else { worked.as_secs_f64() / all.as_secs_f64() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_idle_nor_waiting_for_a_disk_is_work() {
        let before = Busy::read("cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 2 3\n").expect("a line of all cores");
        let after = Busy::read("cpu  150 10 90 850 50 0 0 0 0 0\n").expect("a line of all cores");
        assert_eq!(after.since(before), (Duration::from_secs(1), 1.0 / 1.5));
        assert_eq!(after.since(after), (Duration::ZERO, 0.0));
        assert_eq!(Busy::read("cpu0 1 2 3"), None);
    }
}
