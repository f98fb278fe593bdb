//! Other houses whose people may come in: one per name in `LECTERN_OIDC_<NAME>_ISSUER`.

use super::{Environment, Source};
use outside::Hidden;
use outside::oidc::Settings;

/// The most letters a name has.
const LONGEST_NAME: usize = 20;

/// Every provider that is set up, in the order of their names.
pub(super) fn read(source: &mut Source) -> Vec<Settings> {
    let names = source.between("oidc_", "_issuer");
    names.into_iter().filter_map(|name| provider(source, name)).collect()
}

fn provider(source: &mut Source, name: String) -> Option<Settings> {
    let variable = |setting: &str| format!("LECTERN_OIDC_{}_{setting}", name.to_uppercase());
    let mut mistakes = Vec::new();
    let mut text = |setting: &str| source.text(&format!("oidc_{name}_{setting}"));
    let issuer = text("issuer").unwrap_or_default();
    let client_id = text("client_id").unwrap_or_default();
    let client_secret = text("client_secret").map(Hidden::new);
    let label = text("label").unwrap_or_else(|| capital(&name));
    let hosts: Vec<String> = text("hosts").map(|text| listed(&text)).unwrap_or_default();
    let scopes = text("scopes").unwrap_or_else(|| "openid email profile".into());
    if name.len() > LONGEST_NAME || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        mistakes.push(format!("{}: the name is of letters and digits, at most {LONGEST_NAME}", variable("ISSUER")));
    }
    if !is_issuer(&issuer) {
        mistakes.push(format!("{}: an address such as https://id.example, without query", variable("ISSUER")));
    }
    if client_id.is_empty() {
        mistakes.push(format!("{}: is needed, now that this provider is set up", variable("CLIENT_ID")));
    }
    if label.trim().is_empty() || label.chars().count() > 40 {
        mistakes.push(format!("{}: one to forty characters", variable("LABEL")));
    }
    if let Some(host) = hosts.iter().find(|host| !is_host(host)) {
        mistakes.push(format!("{}: {host}: hosts with commas between them, such as keys.id.example", variable("HOSTS")));
    }
    if !scopes.split(' ').any(|scope| scope == "openid") {
        mistakes.push(format!("{}: openid is among them", variable("SCOPES")));
    }
    let fine = mistakes.is_empty();
    source.mistakes.extend(mistakes);
    fine.then_some(Settings { name, label, issuer, client_id, client_secret, hosts, scopes })
}

/// Production is signed in to over encrypted lines.
pub(super) fn check(identities: &[Settings], environment: Environment, mistakes: &mut Vec<String>) {
    for settings in identities {
        if environment == Environment::Production && !settings.issuer.starts_with("https://") {
            mistakes.push(format!("LECTERN_OIDC_{}_ISSUER: production needs https", settings.name.to_uppercase()));
        }
    }
}

fn is_issuer(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(|b| b.is_ascii_graphic() && !b"?#@\\".contains(&b))
    })
}

/// A host, perhaps with a port.
fn is_host(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
}

fn listed(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// `campus` → `Campus`
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn load(flags: &[(&str, &str)]) -> Result<Config, String> {
        Config::load(flags.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const CAMPUS: [(&str, &str); 3] = [
        ("oidc_campus_issuer", "https://id.campus.example/realms/all"),
        ("oidc_campus_client_id", "lectern"),
        ("oidc_campus_client_secret", "the secret of the campus"),
    ];

    #[test]
    fn providers_of_identities_are_named_by_their_settings() {
        let more = [
            ("oidc_acme_issuer", "https://accounts.acme.example"),
            ("oidc_acme_client_id", "42"),
            ("oidc_acme_label", "ACME 通行证"),
            ("oidc_acme_hosts", "keys.acme.example, api.acme.example:8443"),
        ];
        let config = load(&[CAMPUS.as_slice(), &more].concat()).unwrap();
        let [acme, campus] = config.identities.as_slice() else { panic!("{:?}", config.identities) };
        assert_eq!((acme.label.as_str(), acme.hosts.len(), acme.client_secret.is_none()), ("ACME 通行证", 2, true));
        assert_eq!((campus.label.as_str(), campus.scopes.as_str()), ("Campus", "openid email profile"));
        assert!(!format!("{config:?}").contains("the secret of the campus"));
    }

    #[test]
    fn every_mistake_about_a_provider_of_identities_is_told() {
        let wrong = [
            ("oidc_my_campus_issuer", "id.campus.example"),
            ("oidc_my_campus_hosts", "https://keys.example"),
            ("oidc_my_campus_scopes", "email"),
        ];
        let told = load(&wrong).unwrap_err();
        for part in ["the name is of letters", "an address such as", "CLIENT_ID: is needed", "_HOSTS:", "openid is among"] {
            assert!(told.contains(part), "{part} in {told}");
        }
    }

    #[test]
    fn production_signs_nobody_in_over_an_open_line() {
        let production = [("env", "production"), ("public_url", "https://school.example"), ("secret", "a secret of production")];
        let near = [("oidc_campus_issuer", "http://127.0.0.1:9000"), ("oidc_campus_client_id", "lectern")];
        let told = load(&[production.as_slice(), &near].concat()).unwrap_err();
        assert!(told.contains("LECTERN_OIDC_CAMPUS_ISSUER: production needs https"), "{told}");
        assert!(load(&near).is_ok());
    }
}
