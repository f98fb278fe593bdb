//! Forms at the doors of an account: a forgotten password, links from letters, the second step, "is it you?".

use super::forms::is_personal;
use crate::fault::{Fault, FieldErrors, Problem};
use crate::text::{Email, Hidden, Password};
use serde::{Deserialize, Serialize};

/// "I forgot my password."
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskReset {
    #[serde(default)]
    pub email: String,
}

impl AskReset {
    pub fn parse(&self) -> Result<Email, Fault> {
        Email::parse(&self.email).map_err(|problem| Fault::field("email", problem))
    }
}

/// A new password by a link from a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    #[serde(default)]
    pub new_password: Hidden,
}

impl NewPassword {
    /// `own` are the person's name and address, which it must not hold.
    pub fn parse(&self, own: [&str; 2]) -> Result<Password, Fault> {
        let new = Password::parse(self.new_password.reveal()).map_err(|problem| Fault::field("new_password", problem))?;
        match is_personal(&new, &own.map(Some)) {
            true => Err(Fault::field("new_password", Problem::TooPersonal)),
            false => Ok(new),
        }
    }
}

/// Another address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeEmail {
    #[serde(default)]
    pub new_email: String,
}

impl ChangeEmail {
    pub fn parse(&self, now: &Email) -> Result<Email, Fault> {
        let new = Email::parse(&self.new_email).map_err(|problem| Fault::field("new_email", problem))?;
        if new == *now { Err(Fault::field("new_email", Problem::SameAddress)) } else { Ok(new) }
    }
}

/// The second step of signing in, and the first code that shows an app works.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondStep {
    #[serde(default)]
    pub code: Hidden,
    #[serde(default)]
    pub next: String,
}

impl SecondStep {
    /// The code without what people put between its parts, in capitals.
    pub fn parse(&self) -> Result<String, Fault> {
        let code: String = self.code.reveal().chars().filter(|c| !c.is_whitespace() && *c != '-').take(64).collect();
        if code.is_empty() { Err(Fault::field("code", Problem::Required)) } else { Ok(code.to_uppercase()) }
    }
}

/// "It is me": the password, and the code where one is asked for at sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmIt {
    #[serde(default)]
    pub password: Hidden,
    #[serde(default)]
    pub code: Hidden,
    #[serde(default)]
    pub next: String,
}

impl ConfirmIt {
    /// What is missing is told; whether the rest is right is for the verb to say. The code in capitals, empty where none is asked for.
    pub fn parse(&self, with_password: bool, with_code: bool) -> Result<String, Fault> {
        let mut errors = FieldErrors::default();
        if with_password && self.password.reveal().is_empty() {
            errors.add("password", Problem::Required);
        }
        let step = SecondStep { code: self.code.clone(), next: String::new() };
        let code = step.parse().unwrap_or_default();
        if with_code && code.is_empty() {
            errors.add("code", Problem::Required);
        }
        errors.finish(Some(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_written() {
        let read = |code: &str| SecondStep { code: Hidden::new(code), next: String::new() }.parse();
        assert_eq!(read(" 123 456 "), Ok("123456".into()));
        assert_eq!(read("abcd-efgh-2345-6723"), Ok("ABCDEFGH23456723".into()));
        assert_eq!(read(" - "), Err(Fault::field("code", Problem::Required)));
    }

    #[test]
    fn an_address_that_is_one_s_own_already_is_told() {
        let now = Email::parse("ada@lectern.example").unwrap();
        let change = |email: &str| ChangeEmail { new_email: email.into() }.parse(&now);
        assert_eq!(change(" ADA@lectern.example"), Err(Fault::field("new_email", Problem::SameAddress)));
        assert_eq!(change("ada"), Err(Fault::field("new_email", Problem::NotAnEmail)));
        assert_eq!(change("augusta@lectern.example").unwrap().as_str(), "augusta@lectern.example");
    }
}
