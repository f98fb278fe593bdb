//! What every page may read about the request it answers. The only place where contexts are read.

use leptos::prelude::use_context;
use model::viewer::{Assets, FormState, Query, Submitted, Theme};
use model::{Lang, Viewer};

/// Who is looking.
pub fn viewer() -> Viewer {
    use_context::<Viewer>().unwrap_or_else(|| Viewer {
        lang: Lang::Zh,
        theme: Theme::Auto,
        me: None,
        seen_by: None,
        address: "/zh".into(),
    })
}

/// The language of the page.
pub fn lang() -> Lang {
    use_context::<Lang>().unwrap_or_else(|| viewer().lang)
}

/// The query of the page's address.
pub fn query() -> Query {
    use_context::<Query>().unwrap_or_default()
}

/// Where the site's files are.
pub fn assets() -> Assets {
    use_context::<Assets>().unwrap_or_default()
}

/// The form `name` of this page: fresh, or as it was refused.
pub fn form_state(name: &str) -> FormState {
    FormState(use_context::<Submitted>().filter(|sent| sent.form == name))
}

/// Where people reach us, without a slash at the end; empty outside a request.
pub fn public_url() -> String {
    #[cfg(feature = "ssr")]
    return crate::server::app().map(|app| app.settings.public_url.clone()).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    String::new()
}
