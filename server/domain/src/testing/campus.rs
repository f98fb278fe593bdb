//! A provider of identities for stories: it vouches for whom it is told to.

use crate::accounts::identity::{Ask, Claims, Doubt, IdentityProvider, Redeem};
use futures::future::BoxFuture;
use model::text::Email;
use std::sync::{Mutex, PoisonError};

/// "Campus", under the name `campus`.
#[derive(Default)]
pub struct Campus {
    asked: Mutex<Vec<Ask>>,
    vouches: Mutex<Option<Result<Claims, Doubt>>>,
    redeemed: Mutex<Vec<Redeem>>,
}

impl Campus {
    /// From now on it vouches for this subject with this address.
    #[allow(clippy::missing_panics_doc, clippy::expect_used)] // a story that cannot be set up has failed
    pub fn vouches_for(&self, subject: &str, email: &str, verified: bool) {
        self.says(Ok(Claims {
            issuer: "https://campus.test".into(),
            subject: subject.into(),
            email: (!email.is_empty()).then(|| Email::parse(email).expect("an address")),
            email_verified: verified,
            name: None,
            authenticated: None,
        }));
    }

    pub fn says(&self, words: Result<Claims, Doubt>) {
        *held(&self.vouches) = Some(words);
    }

    /// What went along with the last person sent there.
    pub fn last_asked(&self) -> Option<Ask> {
        held(&self.asked).last().cloned()
    }

    /// What came back with everybody.
    pub fn redeemed(&self) -> Vec<Redeem> {
        held(&self.redeemed).clone()
    }
}

fn held<T>(kept: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

impl IdentityProvider for Campus {
    fn name(&self) -> &str {
        "campus"
    }
    fn label(&self) -> &str {
        "Campus"
    }
    fn page<'a>(&'a self, ask: &'a Ask) -> BoxFuture<'a, Result<String, Doubt>> {
        held(&self.asked).push(ask.clone());
        Box::pin(async move { Ok(format!("https://campus.test/who?state={}", ask.state)) })
    }
    fn redeem<'a>(&'a self, answer: &'a Redeem) -> BoxFuture<'a, Result<Claims, Doubt>> {
        held(&self.redeemed).push(answer.clone());
        let words = held(&self.vouches).clone();
        Box::pin(async move { words.unwrap_or(Err(Doubt::Away("nobody is there".into()))) })
    }
}
