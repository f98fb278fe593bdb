//! Signed links: a file, what it is opened for, by whom, and until when. Nobody makes one without our key.

use crate::secrets::{is_mac_hex, mac_hex};
use model::Moment;
use model::ids::{AccountId, LessonId, MediaId};
use model::time::{Span, hours};
use std::str::FromStr;

/// How long a link is good for; the grant behind it is asked for again at every request.
pub const LIFETIME: Span = hours(6);

/// What a file is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// As part of a lesson: whoever may open the lesson.
    Lesson(LessonId),
    /// By its owner, in the library.
    Own,
}

/// Whose link it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// A free preview.
    Anyone,
    Account(AccountId),
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Purpose::Lesson(lesson) => f.write_str(lesson.as_str()),
            Purpose::Own => f.write_str("own"),
        }
    }
}

impl FromStr for Purpose {
    type Err = model::ids::NotAnId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "own" { Ok(Purpose::Own) } else { text.parse().map(Purpose::Lesson) }
    }
}

impl std::fmt::Display for Audience {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Audience::Anyone => f.write_str("anyone"),
            Audience::Account(account) => f.write_str(account.as_str()),
        }
    }
}

impl FromStr for Audience {
    type Err = model::ids::NotAnId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "anyone" { Ok(Audience::Anyone) } else { text.parse().map(Audience::Account) }
    }
}

/// What a link says; whether it says it truly is another question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub media: MediaId,
    pub purpose: Purpose,
    pub audience: Audience,
    pub expires: Moment,
}

impl Link {
    /// The query that goes behind a path of this file.
    pub fn query(&self, key: &[u8]) -> String {
        let signature = mac_hex(key, &self.signed());
        format!("for={}&who={}&exp={}&sig={signature}", self.purpose, self.audience, self.expires.seconds())
    }

    /// Whether `signature` (hex) is ours and the link has not expired. Compared in constant time.
    pub fn holds(&self, key: &[u8], signature: &str, now: Moment) -> bool {
        is_mac_hex(key, &self.signed(), signature) && now < self.expires
    }

    /// Ids hold no bar, so the parts cannot run into one another.
    fn signed(&self) -> Vec<u8> {
        format!("media|1|{}|{}|{}|{}", self.media, self.purpose, self.audience, self.expires.seconds()).into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::seconds;

    fn link() -> Link {
        Link {
            media: "m-1".parse().unwrap(),
            purpose: Purpose::Lesson("l-1".parse().unwrap()),
            audience: Audience::Account("a-1".parse().unwrap()),
            expires: Moment::from_millis(1_000_000),
        }
    }

    fn signature(link: &Link) -> String {
        link.query(b"key").rsplit_once("sig=").unwrap().1.to_owned()
    }

    #[test]
    fn a_link_of_ours_holds_until_it_expires() {
        let signed = signature(&link());
        assert!(link().holds(b"key", &signed, Moment::from_millis(999_999)));
        assert!(!link().holds(b"key", &signed, Moment::from_millis(1_000_000)));
        assert!(!link().holds(b"another key", &signed, Moment::default()));
    }

    #[test]
    fn no_part_of_a_link_can_be_changed() {
        let signed = signature(&link());
        let now = Moment::default();
        assert!(!Link { media: "m-2".parse().unwrap(), ..link() }.holds(b"key", &signed, now));
        assert!(!Link { purpose: Purpose::Own, ..link() }.holds(b"key", &signed, now));
        assert!(!Link { audience: Audience::Anyone, ..link() }.holds(b"key", &signed, now));
        assert!(!Link { expires: link().expires + seconds(1), ..link() }.holds(b"key", &signed, now));
        for at in 0..signed.len() {
            let mut flipped = signed.clone().into_bytes();
            flipped[at] = if flipped[at] == b'0' { b'1' } else { b'0' };
            assert!(!link().holds(b"key", std::str::from_utf8(&flipped).unwrap(), now));
        }
    }
}
