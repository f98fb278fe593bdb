//! What search engines read: the site map and the rules for robots.

use super::Site;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::catalog;
use locale::{dates, house};
use model::{Lang, Moment};
use std::collections::BTreeMap;

/// What needs somebody, or has no end.
const CLOSED: [&str; 13] =
    ["admin", "cart", "checkout", "feed", "learn", "login", "me", "orders", "pay", "register", "search", "settings", "studio"];

/// `/robots.txt`: everything public, nothing that needs somebody.
pub async fn robots(State(site): State<Site>) -> Response {
    let mut text = String::from("User-agent: *\n");
    for lang in Lang::ALL {
        for closed in CLOSED {
            // a rule closes every address that begins with it: never more than the page itself, and what lies under it
            text.push_str(&format!("Disallow: /{lang}/{closed}$\nDisallow: /{lang}/{closed}?\nDisallow: /{lang}/{closed}/\n"));
        }
    }
    text.push_str(&format!("Disallow: /fn/\nSitemap: {}/sitemap.xml\n", site.app.settings.public_url));
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")], text).into_response()
}

/// `/sitemap.xml`: every public page in both languages.
pub async fn site_map(State(site): State<Site>) -> Response {
    match addresses(&site).await {
        Ok(addresses) => {
            let xml = written(&site.app.settings.public_url, &addresses);
            ([(CONTENT_TYPE, "application/xml; charset=utf-8"), (CACHE_CONTROL, "public, max-age=600")], xml).into_response()
        }
        Err(cause) => {
            tracing::error!(%cause, "the site map cannot be made");
            super::plain::page(&site, Lang::En, StatusCode::SERVICE_UNAVAILABLE, super::plain::Why::Away)
        }
    }
}

/// Paths after the language, each with its last change where that is known.
async fn addresses(site: &Site) -> domain::Result<BTreeMap<String, Option<Moment>>> {
    let mut conn = site.app.db.read().await?;
    let mut paths: BTreeMap<String, Option<Moment>> = [("".to_owned(), None), ("/courses".to_owned(), None)].into();
    paths.extend(house::TEXTS.iter().map(|(shelf, name)| (format!("/{shelf}/{name}"), None)));
    paths.extend(catalog::topics(&mut conn).await?.into_iter().map(|topic| (format!("/topics/{}", topic.slug), None)));
    for (slug, teacher, changed) in catalog::addresses(&mut conn).await? {
        paths.insert(format!("/courses/{slug}"), Some(changed));
        paths.insert(format!("/u/{teacher}"), None);
    }
    Ok(paths)
}

/// The paths hold nothing that XML would have to escape: slugs and handles are small letters, digits and hyphens.
fn written(host: &str, paths: &BTreeMap<String, Option<Moment>>) -> String {
    let host = host.replace('&', "&amp;").replace('<', "&lt;");
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for (path, changed) in paths {
        let twins: String = Lang::ALL
            .iter()
            .map(|lang| format!("<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{host}/{lang}{path}\"/>", lang.tag()))
            .collect();
        let changed = changed.map(|at| format!("<lastmod>{}</lastmod>", dates::machine(at))).unwrap_or_default();
        for lang in Lang::ALL {
            xml.push_str(&format!("<url><loc>{host}/{lang}{path}</loc>{changed}{twins}</url>\n"));
        }
    }
    xml.push_str("</urlset>\n");
    xml
}
