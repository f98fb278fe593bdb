//! Passwords: argon2id, off the async threads, and only so many at once.
//!
//! What is stored is a PHC string; its `keyid` is a version of ours. Version 2 hashes the password in Unicode's NFKC, so that two
//! keyboards that write the same letter differently open the same door; version 1, without a keyid, hashed the bytes as they came. The
//! version stands where argon2's own format has room for it, so that a server that does not know it reads the hash all the same: a
//! password that two keyboards write alike is right there too. For a while the version stood in front of the string.

use crate::{Error, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, KeyId, Params, ParamsBuilder, Version};
use model::Fault;
use model::text::Password;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// The version of what is hashed today, as bytes of the keyid.
const VERSION: &[u8] = b"2";
/// Stood before the PHC string of version 2.
const IN_FRONT: &str = "2";

/// Memory in KiB, passes, lanes (OWASP's floor is 19456/2/1).
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// What a production server spends on one hash.
pub const STANDARD: Cost = Cost { memory_kib: 19_456, passes: 2, lanes: 1 };
/// The least argon2 allows, for tests that sign in a hundred people.
pub const CHEAP: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };

/// The longest that anybody waits until their password is looked at. With as many before them as may wait, a server of today is
/// done sooner; a slow or a busy one says so instead of keeping browsers waiting.
const LONGEST_WAIT: Duration = Duration::from_secs(3);
/// When whoever was sent away is to come again, in seconds.
const COME_AGAIN: u32 = 2;

/// Hashes and verifies with a bound on how many run at once, on how many wait, and on how long; who comes later is told to come
/// again.
#[derive(Clone)]
pub struct Hashing {
    cost: Cost,
    running: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
    /// How long anybody waits.
    patience: Duration,
    /// Verified against for people we don't know, so that they take as long as those we do (SEC-L1).
    dummy: Arc<str>,
    /// How many passwords were hashed or verified so far.
    worked: Arc<AtomicUsize>,
}

impl Hashing {
    /// At most `at_once` hashes run together.
    pub fn new(cost: Cost, at_once: usize) -> Result<Self> {
        let dummy = hash_now(cost, "nobody has this password", b"lectern-dummy-salt")?;
        Ok(Self {
            cost,
            running: Arc::new(Semaphore::new(at_once.max(1))),
            waiting: Arc::new(AtomicUsize::new(0)),
            most_waiting: at_once.max(1) * 64,
            patience: LONGEST_WAIT,
            dummy: dummy.into(),
            worked: Arc::new(AtomicUsize::new(0)),
        })
    }

    /// The same where nobody's turn ever comes, and after how long they are told so.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn overrun(self, patience: Duration) -> Self {
        Self { running: Arc::new(Semaphore::new(0)), patience, ..self }
    }

    /// Refuses with `Later` where nobody more may wait just now. Asked before anything is looked up or written, so that sending
    /// people away costs next to nothing.
    pub fn room(&self) -> Result<()> {
        if self.waiting.load(Ordering::SeqCst) >= self.most_waiting { Err(later()) } else { Ok(()) }
    }

    /// The PHC string of a new password; `salt` is 16 random bytes.
    pub async fn hash(&self, password: &Password, salt: [u8; 16]) -> Result<String> {
        let (cost, password) = (self.cost, password.clone());
        self.run(move || hash_now(cost, password.reveal(), &salt)).await
    }

    /// Whether the password is the one behind `stored`; without a stored one the same work is done and the answer is no.
    pub async fn verify(&self, password: &Password, stored: Option<String>) -> Result<bool> {
        let known = stored.is_some();
        let (cost, password) = (self.cost, password.clone());
        let against = stored.unwrap_or_else(|| self.dummy.to_string());
        let matches = self.run(move || verify_now(cost, password.reveal(), &against)).await?;
        Ok(known && matches)
    }

    /// Whether a stored hash was made as we make them now: our version, and argon2's parameters.
    pub fn is_current(&self, stored: &str) -> bool {
        let Ok(parsed) = PasswordHash::new(stored) else { return false };
        let Cost { memory_kib, passes, lanes } = self.cost;
        Params::try_from(&parsed)
            .is_ok_and(|made| (made.m_cost(), made.t_cost(), made.p_cost(), made.keyid()) == (memory_kib, passes, lanes, VERSION))
    }

    /// How many passwords were hashed or verified so far: what an onlooker could measure.
    pub fn worked(&self) -> usize {
        self.worked.load(Ordering::SeqCst)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _place = Place::take(&self.waiting, self.most_waiting)?;
        let turn = tokio::time::timeout(self.patience, self.running.clone().acquire_owned()).await;
        let permit = turn.map_err(|_| later())?.map_err(Error::bug)?;
        self.worked.fetch_add(1, Ordering::SeqCst);
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(Error::bug)?
    }
}

/// A place in the queue, given back when dropped.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Result<Self> {
        if waiting.fetch_add(1, Ordering::SeqCst) >= most {
            waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(later());
        }
        Ok(Place(waiting))
    }
}

fn later() -> Error {
    Fault::Later { seconds: COME_AGAIN }.into()
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn argon(cost: Cost) -> Result<Argon2<'static>> {
    let mut params = ParamsBuilder::new();
    params.m_cost(cost.memory_kib).t_cost(cost.passes).p_cost(cost.lanes).keyid(KeyId::new(VERSION).map_err(Error::bug)?);
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params.build().map_err(Error::bug)?))
}

fn hash_now(cost: Cost, password: &str, salt: &[u8]) -> Result<String> {
    let salt = SaltString::encode_b64(salt).map_err(Error::bug)?;
    let normal: String = password.nfkc().collect();
    Ok(argon(cost)?.hash_password(normal.as_bytes(), &salt).map_err(Error::bug)?.to_string())
}

/// The parameters in the stored string count, so that older hashes stay good.
fn verify_now(cost: Cost, password: &str, stored: &str) -> Result<bool> {
    let (phc, in_front) = stored.strip_prefix(IN_FRONT).map_or((stored, false), |phc| (phc, true));
    let stored = PasswordHash::new(phc).map_err(Error::bug)?;
    let second = in_front || Params::try_from(&stored).map_err(Error::bug)?.keyid() == VERSION;
    let typed: String = if second { password.nfkc().collect() } else { password.to_owned() };
    Ok(argon(cost)?.verify_password(typed.as_bytes(), &stored).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn asvs_11_4_2_what_production_spends_is_owasp_s_floor_or_more() {
        let hashing = Hashing::new(STANDARD, 1).unwrap();
        let stored = hashing.hash(&Password::typed("lectern-demo"), [7; 16]).await.unwrap();
        let cost = stored.strip_prefix("$argon2id$v=19$").unwrap().split(['=', ',', '$']).collect::<Vec<_>>();
        let number = |nth: usize| cost[nth].parse::<u32>().unwrap();
        assert_eq!((cost[0], cost[2], cost[4]), ("m", "t", "p"), "{stored}");
        assert!(number(1) >= 19_456 && number(3) >= 2 && number(5) >= 1, "{stored}");
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let hashing = Hashing::new(CHEAP, 2).unwrap();
        let stored = hashing.hash(&Password::typed("lectern-demo"), [7; 16]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1,keyid="), "{stored}");
        assert!(hashing.verify(&Password::typed("lectern-demo"), Some(stored.clone())).await.unwrap());
        assert!(!hashing.verify(&Password::typed("lectern-demo "), Some(stored)).await.unwrap());
    }

    #[tokio::test]
    async fn letters_written_differently_by_two_keyboards_are_one_password() {
        let hashing = Hashing::new(CHEAP, 2).unwrap();
        let stored = hashing.hash(&Password::typed("café ﬁne ｐａｓｓ"), [7; 16]).await.unwrap();
        assert!(hashing.verify(&Password::typed("cafe\u{301} fine pass"), Some(stored)).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_of_yesterday_is_still_good_and_is_not_current() {
        let hashing = Hashing::new(CHEAP, 2).unwrap();
        let today = hashing.hash(&Password::typed("lectern-demo"), [7; 16]).await.unwrap();
        let yesterday = today.replace(",keyid=Mg", "");
        let between = format!("{IN_FRONT}{yesterday}");
        assert!(hashing.is_current(&today) && !hashing.is_current(&yesterday) && !hashing.is_current(&between));
        for former in [yesterday, between] {
            assert!(hashing.verify(&Password::typed("lectern-demo"), Some(former)).await.unwrap());
        }
        let dearer = Hashing::new(Cost { passes: 2, ..CHEAP }, 2).unwrap();
        assert!(!dearer.is_current(&today));
        assert!(dearer.verify(&Password::typed("lectern-demo"), Some(today)).await.unwrap());
    }

    #[tokio::test]
    async fn a_server_that_knows_no_versions_reads_what_is_hashed_today() {
        let hashing = Hashing::new(CHEAP, 2).unwrap();
        let today = hashing.hash(&Password::typed("lectern-demo"), [7; 16]).await.unwrap();
        let parsed = PasswordHash::new(&today).unwrap();
        assert!(Argon2::default().verify_password(b"lectern-demo", &parsed).is_ok());
        assert!(Argon2::default().verify_password(b"lectern-dem0", &parsed).is_err());
    }

    #[tokio::test]
    async fn passwords_as_long_as_may_be_that_differ_in_the_last_are_two() {
        let hashing = Hashing::new(CHEAP, 2).unwrap();
        let long = |end: &str| Password::typed(&format!("{}{end}", "x".repeat(127)));
        let stored = hashing.hash(&long("a"), [7; 16]).await.unwrap();
        assert!(!hashing.verify(&long("b"), Some(stored)).await.unwrap());
    }

    #[tokio::test]
    async fn who_comes_when_as_many_wait_as_may_is_sent_away_at_once() {
        let hashing = Hashing { most_waiting: 2, ..Hashing::new(CHEAP, 1).unwrap().overrun(Duration::from_secs(60)) };
        let typed = Password::typed("lectern-demo");
        let mut waiting = [Box::pin(hashing.verify(&typed, None)), Box::pin(hashing.verify(&typed, None))];
        assert!(hashing.room().is_ok());
        assert!(waiting.iter_mut().all(|one| one.now_or_never().is_none()));
        assert!(is_later(hashing.room()));
        assert!(is_later(hashing.verify(&typed, None).await.map(drop)));
        drop(waiting);
        assert!(hashing.room().is_ok(), "who gave up leaves their place to others");
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_the_longest_wait_and_their_place_is_free_again() {
        let hashing = Hashing::new(CHEAP, 1).unwrap().overrun(Duration::from_millis(5));
        assert!(is_later(hashing.verify(&Password::typed("lectern-demo"), None).await.map(drop)));
        assert_eq!((hashing.waiting.load(Ordering::SeqCst), hashing.worked()), (0, 0));
    }

    fn is_later(outcome: Result<()>) -> bool {
        matches!(outcome, Err(Error::Fault(Fault::Later { seconds: COME_AGAIN })))
    }

    #[tokio::test]
    async fn sec_l1_nobody_s_password_is_checked_too_and_never_right() {
        let hashing = Hashing::new(CHEAP, 2).unwrap();
        assert!(!hashing.verify(&Password::typed("nobody has this password"), None).await.unwrap());
    }
}
