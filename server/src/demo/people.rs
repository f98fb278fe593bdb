//! The demo's people: the cast with its passwords, the instructors, and the learners made up from lists of names.

use super::content::People;
use super::past::{Past, dice};
use domain::accounts::{self, NewAccount};
use domain::{App, Result};
use model::Lang;
use model::accounts::Role;
use model::ids::AccountId;
use model::lang::ContentLang;
use model::text::{Email, Handle, Name, Password};
use model::time::days;
use rand::Rng;
use store::Tx;

/// How many learners there are beside the cast.
const LEARNERS: usize = 300;

/// Somebody, and when they came.
pub struct Someone {
    pub account: NewAccount,
    pub roles: Vec<Role>,
    pub joined_days_ago: i64,
}

/// Everybody; the instructors first, then the rest of the cast, then the learners.
pub struct Cast {
    people: Vec<Someone>,
    instructors: usize,
    ada: AccountId,
}

impl Cast {
    pub fn len(&self) -> usize {
        self.people.len()
    }
    pub fn ada(&self) -> &AccountId {
        &self.ada
    }
    /// The instructor with this handle.
    pub fn instructor(&self, handle: &str) -> Option<&AccountId> {
        self.people
            .iter()
            .take(self.instructors)
            .map(|someone| &someone.account)
            .find(|a| a.handle.as_str() == handle)
            .map(|a| &a.id)
    }
    /// Whoever of the cast runs the school.
    pub fn admin(&self) -> Option<&Someone> {
        self.people.iter().find(|someone| someone.roles.contains(&Role::Admin))
    }
    /// Grace, and everyone made up.
    pub fn learners(&self) -> impl Iterator<Item = &Someone> {
        self.people.iter().skip(self.instructors).filter(|someone| someone.roles.is_empty())
    }
}

/// Whether the demo was loaded before.
pub async fn are_there(app: &App) -> Result<bool> {
    let mut conn = app.db.read().await?;
    accounts::is_known(&mut conn, &address("ada")?).await
}

fn address(handle: &str) -> Result<Email> {
    Email::parse(&format!("{handle}@lectern.example")).map_err(|problem| domain::Error::bug(format!("{handle}: {problem:?}")))
}

/// Makes everybody up; nothing is written yet.
pub async fn prepare(app: &App, written: &People) -> Result<Cast> {
    let mut salt = [0u8; 16];
    app.ports.chance.fill(&mut salt);
    let hash = app.hashing.hash(&Password::typed(super::PASSWORD), salt).await?;
    let mut people = Vec::new();
    for person in &written.instructors {
        let lang = if person.language == ContentLang::Chinese { Lang::Zh } else { Lang::En };
        let mut account = somebody(app, &person.handle, &person.name, lang)?;
        account.email =
            Email::parse(&person.email).map_err(|problem| domain::Error::bug(format!("{}: {problem:?}", person.email)))?;
        account.headline = person.headline.clone();
        account.bio = person.bio.clone();
        account.password_hash = Some(hash.clone());
        people.push(Someone { account, roles: vec![Role::Instructor], joined_days_ago: 540 });
    }
    let instructors = people.len();
    let ada = people.iter().find(|someone| someone.account.handle.as_str() == "ada").map(|someone| someone.account.id.clone());
    let ada = ada.ok_or_else(|| domain::Error::bug("nobody is called ada"))?;
    let rest: [(&str, &str, &[Role], i64); 3] = [
        ("grace", "Grace", &[], 120),
        ("lin", "林悦", &[], 90),
        ("sam", "Sam", &[Role::Admin, Role::Support, Role::Finance], 540),
    ];
    for (handle, name, roles, joined_days_ago) in rest {
        let lang = if handle == "lin" { Lang::Zh } else { Lang::En };
        let mut account = somebody(app, handle, name, lang)?;
        account.password_hash = Some(hash.clone());
        people.push(Someone { account, roles: roles.to_vec(), joined_days_ago });
    }
    people.extend(learners(app, written)?);
    Ok(Cast { people, instructors, ada })
}

/// Learners without a password, half of them Chinese, who came over the last 400 days.
fn learners(app: &App, written: &People) -> Result<Vec<Someone>> {
    let mut dice = dice();
    (0..LEARNERS)
        .map(|number| {
            let lang = if number % 2 == 0 { Lang::Zh } else { Lang::En };
            let names = if lang == Lang::Zh { &written.names.zh } else { &written.names.en };
            let name = names.get(number / 2 % names.len().max(1)).map_or("Learner", String::as_str);
            let account = somebody(app, &format!("learner-{}", number + 1), name, lang)?;
            Ok(Someone { account, roles: Vec::new(), joined_days_ago: dice.random_range(5..400) })
        })
        .collect()
}

fn somebody(app: &App, handle: &str, name: &str, lang: Lang) -> Result<NewAccount> {
    let wrong = |problem| domain::Error::bug(format!("{handle}: {problem:?}"));
    Ok(NewAccount {
        id: app.new_id(),
        email: address(handle)?,
        handle: Handle::parse(handle).map_err(wrong)?,
        name: Name::parse(name).map_err(wrong)?,
        headline: String::new(),
        bio: String::new(),
        lang,
        password_hash: None,
        verified: true,
    })
}

/// Writes everybody down, each on the day they came.
pub async fn enter(past: &Past, tx: &mut Tx, cast: &Cast) -> Result<()> {
    for someone in &cast.people {
        past.go_back(days(someone.joined_days_ago));
        accounts::enter(&past.app, tx, &someone.account).await?;
        accounts::agree(&past.app, tx, &someone.account.id, someone.account.lang).await?;
        for role in &someone.roles {
            accounts::add_role(&past.app, tx, &someone.account.id, *role).await?;
        }
    }
    Ok(())
}
