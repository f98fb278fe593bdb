//! What people type about themselves, and what it becomes once it can be trusted.

use crate::fault::{Fault, FieldErrors, Problem};
use crate::lang::Lang;
use crate::text::{Email, Hidden, Name, Password, Slug, line, passage};
use serde::{Deserialize, Serialize};

/// The least number of interests that makes a feed worth looking at.
pub const LEAST_INTERESTS: usize = 3;

/// The form of registration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub password: Hidden,
    /// Where the person wanted to go.
    #[serde(default)]
    pub next: String,
}

/// A registration that can be tried.
#[derive(Debug, Clone)]
pub struct Registration {
    pub name: Name,
    pub email: Email,
    pub password: Password,
}

impl SignUp {
    pub fn parse(&self) -> Result<Registration, Fault> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", Name::parse(&self.name));
        let email = errors.take("email", Email::parse(&self.email));
        let password = errors.take("password", Password::parse(self.password.reveal()));
        if let Some(password) = &password
            && is_personal(password, &[name.as_ref().map(Name::as_str), email.as_ref().map(Email::as_str)])
        {
            errors.add("password", Problem::TooPersonal);
        }
        errors.finish(name.zip(email).zip(password).map(|((name, email), password)| Registration { name, email, password }))
    }
}

/// The form of signing in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub password: Hidden,
    #[serde(default)]
    pub next: String,
}

impl SignIn {
    /// Only what is missing is told; whether the rest is right is for the verb to say.
    pub fn parse(&self) -> Result<(), Fault> {
        let mut errors = FieldErrors::default();
        for (field, text) in [("email", self.email.as_str()), ("password", self.password.reveal())] {
            if text.trim().is_empty() {
                errors.add(field, Problem::Required);
            }
        }
        errors.finish(Some(()))
    }
}

/// What somebody wants to hear about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseInterests {
    #[serde(default)]
    pub topic: Vec<String>,
    #[serde(default)]
    pub next: String,
}

impl ChooseInterests {
    /// At least three different topics.
    pub fn parse(&self) -> Result<Vec<Slug>, Fault> {
        let mut errors = FieldErrors::default();
        let mut topics: Vec<Slug> = self.topic.iter().filter_map(|topic| Slug::parse(topic).ok()).collect();
        topics.sort();
        topics.dedup();
        if topics.len() < LEAST_INTERESTS {
            errors.add("topic", Problem::TooFew { min: 3 });
        }
        errors.finish(Some(topics))
    }
}

/// How others see a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditProfile {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub headline: String,
    #[serde(default)]
    pub bio: String,
    /// The language letters are written in.
    #[serde(default)]
    pub lang: String,
}

/// A profile that can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProfile {
    pub name: Name,
    pub headline: String,
    pub bio: String,
    pub lang: Lang,
}

impl EditProfile {
    pub fn parse(&self) -> Result<NewProfile, Fault> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", Name::parse(&self.name));
        let headline = errors.take("headline", line(&self.headline, 0, 120));
        let bio = errors.take("bio", passage(&self.bio, 0, 1000));
        let lang = errors.take("lang", self.lang.parse().map_err(|_| Problem::NotAChoice));
        let whole = name.zip(headline).zip(bio).zip(lang);
        errors.finish(whole.map(|(((name, headline), bio), lang)| NewProfile { name, headline, bio, lang }))
    }
}

/// A new password, with the old one to show who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    #[serde(default)]
    pub current_password: Hidden,
    #[serde(default)]
    pub new_password: Hidden,
}

impl ChangePassword {
    /// The new password; `own` are the person's name and address, which it must not hold.
    pub fn parse(&self, own: [&str; 2]) -> Result<Password, Fault> {
        let mut errors = FieldErrors::default();
        if self.current_password.reveal().is_empty() {
            errors.add("current_password", Problem::Required);
        }
        let new = errors.take("new_password", Password::parse(self.new_password.reveal()));
        if let Some(password) = &new
            && is_personal(password, &own.map(Some))
        {
            errors.add("new_password", Problem::TooPersonal);
        }
        errors.finish(new)
    }
}

/// Whether a password is little more than what everybody knows of its owner.
pub(super) fn is_personal(password: &Password, own: &[Option<&str>]) -> bool {
    let password = password.reveal().to_lowercase();
    own.iter()
        .flatten()
        .flat_map(|text| text.split(['@', ' ', '.']))
        .chain(["lectern", "讲台"])
        .filter(|word| word.chars().count() >= 4)
        .any(|word| {
            let word = word.to_lowercase();
            // a passphrase may mention a name; a password may not be a name and a year
            password.contains(&word) && password.chars().count() <= word.chars().count() + 4
        })
}

/// Ends one of one's own sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndSession {
    #[serde(default)]
    pub session: String,
}

/// Colours of the interface; kept in a cookie, so that it needs no account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    #[serde(default)]
    pub theme: String,
    /// The page to come back to.
    #[serde(default)]
    pub back: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_up(name: &str, email: &str, password: &str) -> SignUp {
        SignUp { name: name.into(), email: email.into(), password: Hidden::new(password), next: String::new() }
    }

    #[test]
    fn every_mistake_of_a_registration_is_told_at_once() {
        let Err(Fault::Invalid(errors)) = sign_up("", "ada", "short").parse() else { panic!("it was taken") };
        assert_eq!(errors.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(), ["name", "email", "password"]);
    }

    #[test]
    fn a_password_that_is_one_s_own_name_is_refused_and_a_sentence_about_it_is_not() {
        let own = |password| sign_up("Augusta King", "augusta@lectern.example", password).parse();
        assert_eq!(own("augusta1852").unwrap_err(), Fault::field("password", Problem::TooPersonal));
        assert_eq!(own("Lectern2026").unwrap_err(), Fault::field("password", Problem::TooPersonal));
        assert!(own("augusta never finished the engine").is_ok());
    }

    #[test]
    fn three_different_topics_are_the_least() {
        let choose = |topics: &[&str]| {
            let topic = topics.iter().map(|t| (*t).to_owned()).collect();
            ChooseInterests { topic, next: String::new() }.parse()
        };
        assert_eq!(choose(&["data", "data", "music"]), Err(Fault::field("topic", Problem::TooFew { min: 3 })));
        assert_eq!(choose(&["data", "art", "music"]).unwrap().len(), 3);
    }
}
