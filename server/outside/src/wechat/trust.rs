//! Whose signatures are WeChat Pay's: a public key that we were given, or certificates that we fetch.

use crate::keys::{Certificate, PublicKey};
use model::Moment;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How we know WeChat Pay.
#[derive(Clone, Debug)]
pub enum Papers {
    /// By its public key, which it names `PUB_KEY_ID_…`.
    Key { id: String, key: PublicKey },
    /// By the certificates that it publishes.
    Certificates,
}

/// Seconds between two questions for certificates: a stranger's serial number must not make us ask each time.
const PAUSE: i64 = 60;

/// The keys that are known now.
pub struct Trust {
    papers: Papers,
    learned: Mutex<Learned>,
}

#[derive(Default)]
struct Learned {
    keys: BTreeMap<String, PublicKey>,
    asked_at: Option<i64>,
}

impl Trust {
    pub fn new(papers: Papers) -> Self {
        Self { papers, learned: Mutex::default() }
    }

    /// The name of the key that answers are to be signed with, where we know one.
    pub fn named(&self) -> Option<&str> {
        match &self.papers {
            Papers::Key { id, .. } => Some(id),
            Papers::Certificates => None,
        }
    }

    /// The key of that name or serial number.
    pub fn key(&self, serial: &str) -> Option<PublicKey> {
        match &self.papers {
            Papers::Key { id, key } => Some(key.clone()).filter(|_| id == serial),
            Papers::Certificates => self.learned().keys.get(serial).cloned(),
        }
    }

    /// Whether certificates may be asked for now; counts as asked.
    pub fn may_ask(&self, now: Moment) -> bool {
        let mut learned = self.learned();
        let rested = learned.asked_at.is_none_or(|asked| now.seconds().abs_diff(asked) >= PAUSE.unsigned_abs());
        if matches!(self.papers, Papers::Certificates) && rested {
            learned.asked_at = Some(now.seconds());
            return true;
        }
        false
    }

    /// From now on these are known, and no others.
    pub fn learn(&self, certificates: Vec<Certificate>) {
        self.learned().keys = certificates.into_iter().map(|certificate| (certificate.serial, certificate.key)).collect();
    }

    fn learned(&self) -> std::sync::MutexGuard<'_, Learned> {
        self.learned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_serial_numbers_make_us_ask_once_a_minute() {
        let trust = Trust::new(Papers::Certificates);
        let at = |seconds: i64| Moment::from_millis(seconds * 1000);
        assert!(trust.may_ask(at(1000)) && !trust.may_ask(at(1030)) && trust.may_ask(at(1060)));
        let key = gateway::emulation::PLATFORM_PUBLIC_KEY.parse().unwrap();
        assert!(!Trust::new(Papers::Key { id: "PUB_KEY_ID_1".into(), key }).may_ask(at(0)));
    }
}
