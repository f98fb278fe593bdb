//! What search engines read: the site map and the rules for robots.

use super::Site;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::catalog;
use locale::{dates, house};
use model::time::{Span, minutes};
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

/// How long the site map is kept: it is large, and anybody may ask for it.
const KEPT: Span = minutes(10);
/// Paths in one part of it, each in two languages: a site map names 50,000 addresses at most.
const PART: usize = 20_000;
const _: () = assert!(PART * Lang::ALL.len() <= 50_000);

/// The parts of the site map as they were last written.
#[derive(Default)]
pub struct SiteMap(tokio::sync::Mutex<Option<(Moment, Vec<Bytes>)>>);

/// `/sitemap.xml`: every public page in both languages. In a very large school a list of parts, `/sitemap.xml?part=1` and so on.
pub async fn site_map(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    let wanted = query.and_then(|query| query.strip_prefix("part=").and_then(|part| part.parse::<usize>().ok()));
    match parts(&site).await {
        Ok(parts) => {
            let xml = match (wanted, parts.as_slice()) {
                (None | Some(1), [only]) => only.clone(),
                (None, parts) => index(&site.app.settings.public_url, parts.len()).into(),
                (Some(part), parts) => match part.checked_sub(1).and_then(|at| parts.get(at)) {
                    Some(part) => part.clone(),
                    None => return StatusCode::NOT_FOUND.into_response(),
                },
            };
            ([(CONTENT_TYPE, "application/xml; charset=utf-8"), (CACHE_CONTROL, "public, max-age=600")], xml).into_response()
        }
        Err(cause) => {
            tracing::error!(%cause, "the site map cannot be made");
            super::plain::page(&site, Lang::En, StatusCode::SERVICE_UNAVAILABLE, super::plain::Why::Away)
        }
    }
}

/// The parts as they are kept; whoever comes while they are written waits for them.
async fn parts(site: &Site) -> domain::Result<Vec<Bytes>> {
    let mut kept = site.site_map.0.lock().await;
    let now = site.app.now();
    if let Some((_, parts)) = kept.as_ref().filter(|(at, _)| *at <= now && now < *at + KEPT) {
        return Ok(parts.clone());
    }
    let paths: Vec<(String, Option<Moment>)> = addresses(site).await?.into_iter().collect();
    let host = &site.app.settings.public_url;
    let parts: Vec<Bytes> = paths.chunks(PART).map(|some| written(host, some).into()).collect();
    *kept = Some((now, parts.clone()));
    Ok(parts)
}

/// Where the parts are.
fn index(host: &str, parts: usize) -> String {
    let host = escaped(host);
    let named: String =
        (1..=parts).map(|part| format!("<sitemap><loc>{host}/sitemap.xml?part={part}</loc></sitemap>\n")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{named}</sitemapindex>\n"
    )
}

fn escaped(host: &str) -> String {
    host.replace('&', "&amp;").replace('<', "&lt;")
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
fn written(host: &str, paths: &[(String, Option<Moment>)]) -> String {
    let host = escaped(host);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_site_map_is_a_list_of_its_parts() {
        let list = index("https://school.example", 2);
        for part in ["<loc>https://school.example/sitemap.xml?part=1</loc>", "sitemap.xml?part=2</loc>"] {
            assert!(list.contains(part), "{list}");
        }
    }
}
