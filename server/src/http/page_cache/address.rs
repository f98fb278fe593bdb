//! Which addresses are the same page: what a page does not know in its query (a campaign's mark, a made-up name) makes no other
//! page of it.

use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use model::browse::Filter;
use model::paging::page_number;
use model::viewer::Query;

/// Path and query of the page that is asked for, with what it knows alone, in the page's own order.
pub fn canonical(uri: &Uri) -> String {
    let path = uri.path();
    let Some(query) = uri.query() else { return path.to_owned() };
    if path.ends_with('/') {
        // no page: it is sent on to one, with all that was asked
        return format!("{path}?{query}");
    }
    let asked = Query(serde_html_form::from_str(query).unwrap_or_default());
    let mut parts = path.split('/').skip(2);
    match (parts.next(), parts.next()) {
        (Some("courses" | "search"), None) | (Some("topics"), Some(_)) => format!("{path}{}", choice(&asked)),
        (Some("courses"), Some(_)) => format!("{path}{}", reviews(&asked)),
        _ => path.to_owned(),
    }
}

/// The request's address, with what its page knows alone.
pub fn rewritten(uri: &Uri, canonical: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(canonical.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

fn choice(asked: &Query) -> String {
    let filter = Filter::read(asked);
    let choice = filter.address();
    match filter.page {
        1 => choice,
        page if choice.is_empty() => format!("?page={page}"),
        page => format!("{choice}&page={page}"),
    }
}

/// Which reviews of a course: with how many stars, and which page of them.
fn reviews(asked: &Query) -> String {
    let stars = asked.get("stars").and_then(|stars| stars.parse::<u8>().ok()).filter(|stars| (1..=5).contains(stars));
    match (stars, page_number(asked.get("reviews"))) {
        (None, 1) => String::new(),
        (None, page) => format!("?reviews={page}"),
        (Some(stars), 1) => format!("?stars={stars}"),
        (Some(stars), page) => format!("?stars={stars}&reviews={page}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_does_not_know_makes_no_other_page() {
        for (asked, page) in [
            ("/en?utm_source=letter", "/en"),
            ("/en/courses", "/en/courses"),
            ("/en/courses?fbclid=1&page=2&price=free&x=y", "/en/courses?price=free&page=2"),
            ("/en/courses?price=nothing&page=1", "/en/courses"),
            ("/zh/topics/data?sort=newest&page=3&page=4", "/zh/topics/data?sort=newest&page=3"),
            ("/zh/search?x=1&q=a%20b", "/zh/search?q=a%20b"),
            ("/en/courses/notes?stars=4&gclid=2", "/en/courses/notes?stars=4"),
            ("/en/courses/notes?stars=9", "/en/courses/notes"),
            ("/en/courses/notes?reviews=2&stars=4", "/en/courses/notes?stars=4&reviews=2"),
            ("/en/legal/terms?1", "/en/legal/terms"),
            ("/en/courses/?q=a%2Fb", "/en/courses/?q=a%2Fb"),
        ] {
            let uri: Uri = asked.parse().expect("an address");
            assert_eq!(canonical(&uri), page, "{asked}");
            assert_eq!(rewritten(&uri, page).expect("an address").to_string(), page);
        }
    }
}
