//! `lectern doctor`: asks every part Lectern stands on whether it works, and says how to mend what does not.

use crate::config::{Config, Environment};
use domain::vault::Census;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::{Db, Migrations};

/// What is wrong, and what an operator can do about it.
#[derive(Clone)]
struct Complaint {
    what: String,
    mend: String,
}

impl Complaint {
    fn new(what: impl std::fmt::Display, mend: impl Into<String>) -> Self {
        Self { what: what.to_string(), mend: mend.into() }
    }
}

type Finding = Result<String, Complaint>;

/// Examines everything and prints one line per part; fails when a part is broken.
pub async fn run() -> Result<(), String> {
    let config = match Config::load(Default::default()) {
        Ok(config) => config,
        Err(mistakes) => {
            tell(
                "configuration",
                &Err(Complaint::new(
                    &mistakes,
                    "correct them in lectern.toml or in the environment; docs/operating.md lists every setting",
                )),
            );
            return Err("the configuration cannot be used; nothing else was looked at".into());
        }
    };
    let findings = [
        ("configuration", Ok(settings(&config))),
        ("database", database(&config).await),
        ("secrets", sealed(&config).await),
        ("storage", storage(&config.storage.0)),
        ("privacy", forgotten(&config).await),
        ("audit trail", trail(&config).await),
        ("mail", mail(&config).await),
        ("payments", payments(&config).await),
    ];
    let mut findings = findings.to_vec();
    if let Some(address) = &config.clamd {
        findings.push(("scanner", scanner(address).await));
    }
    for (name, url) in config.providers.addresses() {
        findings.push(("payments", provider(name, url).await));
    }
    if config.providers.wechat.is_some() {
        findings.push(("payments", Ok(inside_wechat(config.providers.inside_wechat().is_some()).to_owned())));
    }
    for settings in &config.identities {
        findings.push(("sign-in", identity(settings).await));
    }
    for (part, finding) in &findings {
        tell(part, finding);
    }
    match findings.iter().filter(|(_, finding)| finding.is_err()).count() {
        0 => Ok(()),
        1 => Err("one part is broken".into()),
        broken => Err(format!("{broken} parts are broken")),
    }
}

#[allow(clippy::print_stdout)] // the report is the command's output
fn tell(part: &str, finding: &Finding) {
    match finding {
        Ok(state) => println!("ok      {part:<14} {state}"),
        Err(complaint) => println!("broken  {part:<14} {}\n        {:<14} to mend: {}", complaint.what, "", complaint.mend),
    }
}

fn settings(config: &Config) -> String {
    let environment = match config.environment {
        Environment::Development => "development",
        Environment::Test => "test",
        Environment::Production => "production",
    };
    format!("{environment}, answers on {}, reached at {}", config.listen, config.public_url)
}

/// The database answers, and has this version's schema.
async fn database(config: &Config) -> Finding {
    let url = &config.database_url;
    let shown = without_password(url);
    if let Some(path) = url.strip_prefix("sqlite://")
        && !Path::new(path).exists()
    {
        return Err(Complaint::new(format!("{shown} is not there yet"), "run `lectern migrate`"));
    }
    let db = Db::open(url, store::Settings::default()).await.map_err(|cause| {
        Complaint::new(
            format!("{shown}: {cause}"),
            "check LECTERN_DATABASE_URL, that the server runs, and that this account may read and write",
        )
    })?;
    let pending = db
        .pending(&Migrations::of_the_school())
        .await
        .map_err(|cause| Complaint::new(format!("{shown}: {cause}"), "look into the database's own log"))?;
    match pending.as_slice() {
        [] => Ok(format!("{shown}, schema current")),
        missing => Err(Complaint::new(
            format!("{shown}: the schema lacks {}", missing.join(", ")),
            "run `lectern migrate`, or start `lectern serve`, which does it",
        )),
    }
}

/// What is sealed opens with the secrets that are set.
async fn sealed(config: &Config) -> Finding {
    let complain = |cause: String| Complaint::new(format!("what is sealed could not be looked at: {cause}"), "see the database");
    if config.database_url.strip_prefix("sqlite://").is_some_and(|path| !Path::new(path).exists()) {
        return Ok("nothing is sealed yet".into());
    }
    // what is wrong with the database itself is told there
    let later = || Ok("looked at once the database is in order".to_owned());
    let Ok(db) = Db::open(&config.database_url, store::Settings::default()).await else { return later() };
    if !db.pending(&Migrations::of_the_school()).await.is_ok_and(|pending| pending.is_empty()) {
        return later();
    }
    let mut conn = db.read().await.map_err(|cause| complain(cause.to_string()))?;
    let secrets = config.secrets();
    let apps = domain::accounts::census(&mut conn, &secrets).await.map_err(|cause| complain(cause.to_string()))?;
    let banks = domain::payouts::census(&mut conn, &secrets).await.map_err(|cause| complain(cause.to_string()))?;
    told_of(apps, banks)
}

/// What the count of sealed things means to an operator.
fn told_of(apps: Census, banks: Census) -> Finding {
    if apps.lost + banks.lost > 0 {
        return Err(Complaint::new(
            format!("{} second factors and {} bank accounts are sealed with a secret that is not set", apps.lost, banks.lost),
            "set LECTERN_OLD_SECRET to the secret before; if it is lost, people use recovery codes, and instructors enter their accounts anew",
        ));
    }
    Ok(match apps.former + banks.former {
        0 => format!("{} second factors and {} bank accounts open", apps.present, banks.present),
        old => format!(
            "{old} things are still sealed with LECTERN_OLD_SECRET; the worker seals them anew within the hour, keep it until then"
        ),
    })
}

/// Nobody who was forgotten has come back with a copy of the database.
async fn forgotten(config: &Config) -> Finding {
    if config.database_url.strip_prefix("sqlite://").is_some_and(|path| !Path::new(path).exists()) {
        return Ok("nobody was forgotten yet".into());
    }
    // what is wrong with the database itself is told there
    let later = || Ok("looked at once the database is in order".to_owned());
    let Ok(db) = Db::open(&config.database_url, store::Settings::default()).await else { return later() };
    if !db.pending(&Migrations::of_the_school()).await.is_ok_and(|pending| pending.is_empty()) {
        return later();
    }
    let files = outside::disk::Disk::new(config.storage.0.clone());
    let complain =
        |cause: String| Complaint::new(format!("who was forgotten could not be read: {cause}"), "see database and storage");
    let mut conn = db.read().await.map_err(|cause| complain(cause.to_string()))?;
    let back = domain::privacy::come_back(&mut conn, &files).await.map_err(|cause| complain(cause.to_string()))?;
    match back.len() {
        0 => Ok("nobody who was forgotten is here".into()),
        back => Err(Complaint::new(
            format!("{back} people who were forgotten have come back with a copy of the database"),
            "run `lectern privacy reapply`",
        )),
    }
}

/// How much of the audit trail waits for its seal: more than a worker needs a second for is told by its number.
async fn trail(config: &Config) -> Finding {
    if config.database_url.strip_prefix("sqlite://").is_some_and(|path| !Path::new(path).exists()) {
        return Ok("nothing was done yet".into());
    }
    // what is wrong with the database itself is told there
    let later = || Ok("looked at once the database is in order".to_owned());
    let Ok(db) = Db::open(&config.database_url, store::Settings::default()).await else { return later() };
    if !db.pending(&Migrations::of_the_school()).await.is_ok_and(|pending| pending.is_empty()) {
        return later();
    }
    let complain = |cause: String| Complaint::new(format!("the audit trail could not be looked at: {cause}"), "see the database");
    let mut conn = db.read().await.map_err(|cause| complain(cause.to_string()))?;
    match domain::audit_trail::unsealed(&mut conn).await.map_err(|cause| complain(cause.to_string()))? {
        0 => Ok("everything is sealed".into()),
        waiting => Ok(format!("{waiting} entries wait for their seal; a worker sets it within a second")),
    }
}

/// Who looks into what is uploaded is there.
async fn scanner(address: &str) -> Finding {
    match outside::clamd::Clamd::new(address).answers().await {
        Ok(()) => Ok(format!("clamd answers at {address}")),
        Err(cause) => Err(Complaint::new(
            format!("{address}: {cause}; what is uploaded waits to be checked"),
            "check LECTERN_CLAMD, and that clamd listens there (TCPSocket, TCPAddr)",
        )),
    }
}

/// `postgres://lectern:***@host/db`
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@').and_then(|(account, place)| Some((account.split_once(':')?.0, place))) {
        Some((name, place)) => format!("{scheme}://{name}:***@{place}"),
        None => url.to_owned(),
    }
}

/// The data folder takes a file and gives it back.
fn storage(folder: &Path) -> Finding {
    let mend = "create the folder, give it to the account that runs Lectern, and look for a full disk";
    let complain = |cause: std::io::Error| Complaint::new(format!("{}: {cause}", folder.display()), mend);
    std::fs::create_dir_all(folder).map_err(complain)?;
    let trial: PathBuf = folder.join(format!("doctor-{}", std::process::id()));
    let kept = std::fs::write(&trial, b"kept").and_then(|()| std::fs::read(&trial));
    let removed = std::fs::remove_file(&trial);
    match kept.map_err(complain)? == b"kept" {
        true => removed.map(|()| format!("{} can be written", folder.display())).map_err(complain),
        false => Err(Complaint::new(format!("{} does not give back what was written", folder.display()), mend)),
    }
}

/// Without a mail server, letters become files: right for trying out, a complaint in production.
async fn mail(config: &Config) -> Finding {
    let Some(url) = &config.smtp_url else {
        let folder = config.data_dir.join("mail").display().to_string();
        return match config.environment {
            Environment::Production => {
                Err(Complaint::new(format!("letters reach nobody: they are written to {folder}"), "set LECTERN_SMTP_URL"))
            }
            _ => Ok(format!("letters are written to {folder}")),
        };
    };
    let place = host_and_port(url.reveal())
        .ok_or_else(|| Complaint::new("LECTERN_SMTP_URL names no host", "write smtp://user:password@host:587"))?;
    match answers(&place).await {
        Ok(()) => Ok(format!("{place} answers; letters are from {}", config.mail_from)),
        Err(cause) => Err(Complaint::new(cause, "check LECTERN_SMTP_URL, the firewall, and that the mail server runs")),
    }
}

/// The sandbox provider is asked only where it runs on its own: `serve` starts the one beside itself.
async fn payments(config: &Config) -> Finding {
    let Some(url) = &config.gateway_url else {
        return Ok(match config.gateway_address() {
            Some(address) => format!("the sandbox provider, which `lectern serve` starts at {address}"),
            None if !config.providers.addresses().is_empty() => "no sandbox".into(),
            None => "no provider: only free courses can be taken".into(),
        });
    };
    let place =
        host_and_port(url).ok_or_else(|| Complaint::new("LECTERN_GATEWAY_URL names no host", "write http://host:3900"))?;
    match answers(&place).await {
        Ok(()) => Ok(format!("the sandbox provider at {place} answers")),
        Err(cause) => Err(Complaint::new(cause, "start it with `lectern gateway`, or take LECTERN_GATEWAY_URL away")),
    }
}

/// A provider that is set up: its keys have their shape, or the configuration would have been refused; is it reachable?
async fn provider(name: &str, url: &str) -> Finding {
    let place = host_and_port(url).ok_or_else(|| Complaint::new(format!("{name} has no address"), "write https://host"))?;
    match answers(&place).await {
        Ok(()) => Ok(format!("{name} is live: {place} answers")),
        Err(cause) => Err(Complaint::new(format!("{name}: {cause}"), "check the firewall, and the provider's own status page")),
    }
}

/// What those see who pay inside the WeChat app.
fn inside_wechat(is_set_up: bool) -> &'static str {
    match is_set_up {
        true => "inside WeChat its own sheet opens",
        false => "inside WeChat a code is shown: without LECTERN_WECHAT_APP_SECRET nobody learns who pays there",
    }
}

/// A provider of identities: it answers, is who it should be, and its keys can be read.
async fn identity(settings: &outside::oidc::Settings) -> Finding {
    let name = format!("{} (LECTERN_OIDC_{})", settings.label, settings.name.to_uppercase());
    let mend = "check its issuer, and name in LECTERN_OIDC_…_HOSTS every further host that its discovery document names";
    let complain = |cause: String| Complaint::new(format!("{name}: {cause}"), mend);
    let provider = outside::oidc::Oidc::new(settings.clone(), Arc::new(crate::clock::SystemClock)).map_err(complain)?;
    provider.examine().await.map(|()| format!("{name}: {} answers", settings.issuer)).map_err(complain)
}

/// `smtps://user:password@host` → `host:465`
fn host_and_port(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?']).next()?;
    let place = authority.rsplit('@').next().filter(|place| !place.is_empty())?;
    let usual = match scheme {
        "smtps" => 465,
        "smtp" => 587,
        "https" => 443,
        _ => 80,
    };
    let has_port = place.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    Some(if has_port { place.to_owned() } else { format!("{place}:{usual}") })
}

/// Whether somebody answers at `host:port` within three seconds.
async fn answers(address: &str) -> Result<(), String> {
    let connecting = tokio::net::TcpStream::connect(address);
    match tokio::time::timeout(Duration::from_secs(3), connecting).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(cause)) => Err(format!("{address}: {cause}")),
        Err(_) => Err(format!("{address} does not answer within three seconds")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_of_the_database_is_not_shown() {
        assert_eq!(without_password("postgres://lectern:s3cret@db:5432/lectern"), "postgres://lectern:***@db:5432/lectern");
        assert_eq!(without_password("postgres://lectern:a@b@db/lectern"), "postgres://lectern:***@db/lectern");
        assert_eq!(without_password("sqlite://data/lectern.db"), "sqlite://data/lectern.db");
    }

    #[test]
    fn what_is_sealed_with_a_secret_that_is_gone_is_told_with_its_remedy() {
        let lost = told_of(Census { lost: 2, ..Census::default() }, Census::default());
        assert!(lost.is_err_and(|complaint| complaint.mend.contains("LECTERN_OLD_SECRET")));
        let former = told_of(Census::default(), Census { former: 3, ..Census::default() });
        assert!(former.is_ok_and(|state| state.contains("still sealed")));
    }

    #[test]
    fn the_place_of_a_server_is_read_from_its_address() {
        for (url, place) in [
            ("smtp://ada:a@b@mail.example:2525", "mail.example:2525"),
            ("smtps://mail.example", "mail.example:465"),
            ("http://127.0.0.1:3900", "127.0.0.1:3900"),
            ("http://[::1]:3900/", "[::1]:3900"),
        ] {
            assert_eq!(host_and_port(url).as_deref(), Some(place));
        }
        assert_eq!(host_and_port("mail"), None);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told_with_its_remedy() {
        let complaint = storage(Path::new("/dev/null/nowhere")).err().map(|complaint| complaint.mend);
        assert!(complaint.is_some_and(|mend| mend.contains("create the folder")));
    }
}
