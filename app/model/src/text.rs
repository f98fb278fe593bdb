//! Texts with rules: parsed once, trusted after.

use crate::fault::Problem;

/// The text without surrounding white space, if it is readable and its length in characters is within bounds.
pub fn line(text: &str, min: u32, max: u32) -> Result<String, Problem> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(Problem::Unreadable);
    }
    bounded(text, min, max)
}

/// Like [`line`], where line breaks and tabs are welcome; `\r\n` becomes `\n`.
pub fn passage(text: &str, min: u32, max: u32) -> Result<String, Problem> {
    let text = text.replace("\r\n", "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Problem::Unreadable);
    }
    bounded(text.trim(), min, max)
}

fn bounded(text: &str, min: u32, max: u32) -> Result<String, Problem> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length == 0 && min > 0 {
        Err(Problem::Required)
    } else if length < min {
        Err(Problem::TooShort { min })
    } else if length > max {
        Err(Problem::TooLong { max })
    } else {
        Ok(text.to_owned())
    }
}

macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident($parse:expr)),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Reads what a person typed.
            pub fn parse(text: &str) -> Result<Self, Problem> {
                let parse: fn(&str) -> Result<String, Problem> = $parse;
                parse(text).map(Self)
            }
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
        impl std::str::FromStr for $name {
            type Err = NotReadable;
            fn from_str(text: &str) -> Result<Self, NotReadable> { Self::parse(text).map_err(|_| NotReadable(stringify!($name))) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+ };
}

/// A stored text that does not follow its rules; carries the type's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReadable(pub &'static str);

impl std::fmt::Display for NotReadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not a {}", self.0)
    }
}
impl std::error::Error for NotReadable {}

texts! {
    /// An e-mail address in small letters; deliverable form, not every form of RFC 5322. At most 254 characters.
    Email(email),
    /// A person's name as they want to be called. 1 to 60 characters.
    Name(|text| line(text, 1, 60)),
    /// The name in a person's public address: 2 to 32 small letters, digits, hyphens.
    Handle(|text| slug(text, 2, 32)),
    /// The name in a page's address: 1 to 80 small letters, digits, hyphens.
    Slug(|text| slug(text, 1, 80)),
    /// A title. 1 to 120 characters.
    Title(|text| line(text, 1, 120)),
}

fn email(text: &str) -> Result<String, Problem> {
    let text = line(text, 1, 254)?.to_lowercase();
    let (local, host) = text.rsplit_once('@').ok_or(Problem::NotAnEmail)?;
    let local_ok = (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let host_ok = host.contains('.') && host.split('.').all(label_ok);
    if local_ok && host_ok { Ok(text) } else { Err(Problem::NotAnEmail) }
}

fn slug(text: &str, min: u32, max: u32) -> Result<String, Problem> {
    let text = line(text, min, max)?;
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if plain && !text.starts_with('-') && !text.ends_with('-') { Ok(text) } else { Err(Problem::NotASlug) }
}

/// A secret on its way from a form; never printed.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// A password as typed. Never printed, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// 8 to 128 characters, any of Unicode, nothing trimmed and nothing cut (ASVS 6.2).
    pub fn parse(text: &str) -> Result<Self, Problem> {
        match text.chars().count() {
            0 => Err(Problem::Required),
            n if n < 8 => Err(Problem::TooShort { min: 8 }),
            n if n > 128 => Err(Problem::TooLong { max: 128 }),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// Whatever was typed at sign-in: it is compared, not judged. Longer than any password we take is cut off before hashing.
    pub fn typed(text: &str) -> Self {
        Self(text.chars().take(129).collect())
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_small_letters() {
        assert_eq!(Email::parse(" Ada@Lectern.Example ").map(|e| e.to_string()), Ok("ada@lectern.example".into()));
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for wrong in
            ["ada", "@x.y", "a@b", "a b@x.y", "a@x..y", "a@-x.y", ".a@x.y", "a..b@x.y", "a@x.y\r\nBcc: b@x.y", "a@x.y,b@x.y"]
        {
            assert!(Email::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Email::parse(""), Err(Problem::Required));
    }

    #[test]
    fn a_password_is_long_enough_and_is_not_cut() {
        assert_eq!(Password::parse("1234567").unwrap_err(), Problem::TooShort { min: 8 });
        assert_eq!(Password::parse(&"长".repeat(129)).unwrap_err(), Problem::TooLong { max: 128 });
        let long = format!("{} end", "x".repeat(120));
        assert_eq!(Password::parse(&long).unwrap().reveal(), long);
        assert!(!format!("{:?}", Password::typed("secret")).contains("secret"));
    }

    #[test]
    fn a_name_may_be_in_any_script_and_holds_no_control_characters() {
        assert!(Name::parse("阿达 · Лавлейс").is_ok());
        assert_eq!(Name::parse("a\u{0}b"), Err(Problem::Unreadable));
        assert_eq!(Name::parse("   "), Err(Problem::Required));
    }
}
