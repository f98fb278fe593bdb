//! What is kept but must not lie open in the database: sealed with a key made of the server's secret, one per purpose. While the
//! secret is being changed the one before opens too, and what it sealed is sealed anew (`App::settings`, `reseal` of each area).

use crate::{App, Error, Result};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// Seals `open` for `purpose`; it can be opened only where `belongs_to` is the same (so that a row copied elsewhere is refused).
pub fn seal(app: &App, purpose: &str, belongs_to: &str, open: &[u8]) -> Result<Vec<u8>> {
    let mut nonce = [0u8; NONCE_LEN];
    app.ports.chance.fill(&mut nonce);
    let mut sealed = open.to_vec();
    key(&app.settings.media_key, purpose)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(belongs_to.as_bytes()), &mut sealed)
        .map_err(|_| Error::bug("nothing could be sealed"))?;
    Ok([&nonce[..], &sealed].concat())
}

/// Opens what was sealed for the same purpose and place with a secret we have.
pub fn open(app: &App, purpose: &str, belongs_to: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    let cannot = || {
        Error::bug("what was sealed cannot be opened: was the server's secret changed? LECTERN_OLD_SECRET takes the one before")
    };
    Ok(open_with(app.settings.keys(), purpose, belongs_to, sealed).ok_or_else(cannot)?.0)
}

/// What was sealed, and the how-manieth of `secrets` had sealed it; none where it was another, or where a byte was changed.
pub fn open_with<'a>(
    secrets: impl Iterator<Item = &'a [u8]>,
    purpose: &str,
    belongs_to: &str,
    sealed: &[u8],
) -> Option<(Vec<u8>, usize)> {
    let (nonce, rest) = sealed.split_at_checked(NONCE_LEN)?;
    secrets.enumerate().find_map(|(which, secret)| {
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut rest = rest.to_vec();
        let open = key(secret, purpose).ok()?.open_in_place(nonce, Aad::from(belongs_to.as_bytes()), &mut rest).ok()?;
        Some((open.to_vec(), which))
    })
}

/// The same, sealed with the key of now, where it was sealed with the one before; none where there is nothing to do, or it cannot be
/// opened.
pub fn resealed(app: &App, purpose: &str, belongs_to: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
    match open_with(app.settings.keys(), purpose, belongs_to, sealed) {
        Some((open, 1..)) => Ok(Some(seal(app, purpose, belongs_to, &open)?)),
        _ => Ok(None),
    }
}

/// How much is sealed by which secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// By the secret of now.
    pub present: u64,
    /// By the one before.
    pub former: u64,
    /// By neither: nobody can read it.
    pub lost: u64,
}

impl Census {
    /// Counts one thing more.
    pub fn count<'a>(&mut self, secrets: impl Iterator<Item = &'a [u8]>, purpose: &str, belongs_to: &str, sealed: &[u8]) {
        // emptied, when its person went
        if sealed.is_empty() {
            return;
        }
        match open_with(secrets, purpose, belongs_to, sealed) {
            Some((_, 0)) => self.present += 1,
            Some(_) => self.former += 1,
            None => self.lost += 1,
        }
    }
}

/// Names the key that seals now, and tells nothing of it: kept beside what is sealed, so that it is known later which key opens it.
pub fn key_id(app: &App) -> String {
    let mut id = crate::secrets::hash_of(&[b"lectern vault key id\n", app.settings.media_key.as_slice()].concat());
    id.truncate(8);
    id
}

fn key(secret: &[u8], purpose: &str) -> Result<LessSafeKey> {
    let bug = || Error::bug("no key could be made of the server's secret");
    let bytes = crate::secrets::mac(secret, format!("lectern vault 1\n{purpose}").as_bytes());
    UnboundKey::new(&CHACHA20_POLY1305, &bytes).map(LessSafeKey::new).map_err(|_| bug())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::School;

    store::on_both!(what_was_sealed_opens_only_for_the_same_purpose_and_place, async |db: store::Db| -> Result<()> {
        let school = School::open(db).await;
        let app = &school.app;
        let sealed = seal(app, "bank", "ada", b"6222021234567890")?;
        assert_ne!(sealed, seal(app, "bank", "ada", b"6222021234567890")?, "never the same twice");
        assert!(!sealed.windows(4).any(|part| part == b"6222"));
        assert_eq!(open(app, "bank", "ada", &sealed)?, b"6222021234567890");
        assert!(open(app, "bank", "grace", &sealed).is_err() && open(app, "identity", "ada", &sealed).is_err());
        let mut broken = sealed;
        for at in 0..broken.len() {
            broken[at] ^= 1;
            assert!(open(app, "bank", "ada", &broken).is_err(), "byte {at}");
            broken[at] ^= 1;
        }
        assert!(open(app, "bank", "ada", b"short").is_err());
        assert_eq!(key_id(app).len(), 8);
        Ok(())
    });

    store::on_both!(what_a_former_secret_sealed_opens_while_it_is_kept, async |db: store::Db| -> Result<()> {
        let mut school = School::open(db).await;
        let sealed = seal(&school.app, "bank", "ada", b"6222021234567890")?;
        assert_eq!(resealed(&school.app, "bank", "ada", &sealed)?, None, "nothing to do");
        school.change_secret(b"quite another secret", true);
        assert_eq!(open(&school.app, "bank", "ada", &sealed)?, b"6222021234567890");
        let anew = resealed(&school.app, "bank", "ada", &sealed)?.expect("it is sealed anew");
        school.change_secret(b"quite another secret", false);
        assert_eq!(open(&school.app, "bank", "ada", &anew)?, b"6222021234567890");
        assert!(open(&school.app, "bank", "ada", &sealed).is_err(), "the one before is gone");
        Ok(())
    });
}
