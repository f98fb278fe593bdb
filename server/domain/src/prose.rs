//! Markdown in, sanitised HTML out. Ammonia is always last (SEC-U4).

use model::html::SafeHtml;
use pulldown_cmark::{Options, Parser, html};

/// Renders what an author or a reviewer wrote.
///
/// Links are http, https, mailto or paths of ours and carry `rel="ugc nofollow noopener"`; images only from `/media/` and `/img/`.
/// Headings are moved one level down, since the page owns the first.
pub fn render(markdown: &str) -> SafeHtml {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let mut raw = String::with_capacity(markdown.len() * 2);
    let mut shallow = Shallow::default();
    let events = Parser::new_ext(markdown, options).filter(|event| shallow.keeps(event));
    html::push_html(&mut raw, events.map(lower_heading));
    SafeHtml::sanitised(sanitiser().clean(&raw).to_string())
}

/// How deep quotations and lists may stand in one another. Nobody reads deeper, and the sanitiser's time grows with the square.
const DEEPEST: usize = 24;

/// Leaves out the frames below [`DEEPEST`], keeping what stands in them.
#[derive(Default)]
struct Shallow {
    /// How many frames are open, shown or left out.
    open: usize,
}

impl Shallow {
    fn keeps(&mut self, event: &pulldown_cmark::Event<'_>) -> bool {
        use pulldown_cmark::Event;
        match event {
            Event::Start(_) => {
                self.open += 1;
                self.open <= DEEPEST
            }
            Event::End(_) => {
                self.open = self.open.saturating_sub(1);
                self.open < DEEPEST
            }
            // HTML of the writer's own may nest as well; below the deepest frame it is dropped
            Event::Html(_) | Event::InlineHtml(_) => self.open <= DEEPEST,
            _ => true,
        }
    }
}

fn lower_heading(event: pulldown_cmark::Event<'_>) -> pulldown_cmark::Event<'_> {
    use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
    let lower = |level| match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    };
    match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        other => other,
    }
}

fn sanitiser() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder
        .link_rel(Some("ugc nofollow noopener"))
        .url_schemes(["http", "https", "mailto"].into())
        .rm_tags(["map", "area", "details", "summary"])
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if !(value.starts_with("/media/") || value.starts_with("/img/")) => None,
            (_, "id" | "name" | "class") => None,
            _ => Some(value.into()),
        });
    builder
}

/// The first words without markup, for summaries and search.
pub fn plain(html: &SafeHtml) -> String {
    let text = ammonia::Builder::empty().clean(html.as_str()).to_string();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_below_the_page_s_own_heading() {
        let html = render("# Title\n\nA *fine* day.\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        assert!(html.as_str().contains("<h2>Title</h2>"));
        assert!(html.as_str().contains("<em>fine</em>"));
        assert!(html.as_str().contains("<table>"));
    }

    #[test]
    fn sec_u4_nothing_that_runs_survives() {
        for evil in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "<img src=x onerror=alert(1)>",
            "![x](https://tracker.example/pixel.gif)",
            "<a href=\"data:text/html,<script>1</script>\">x</a>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<iframe src=https://evil></iframe>",
        ] {
            let html = render(evil);
            for trace in ["<script", "javascript:", "onerror", "tracker.example", "data:", "<iframe", "<svg"] {
                assert!(!html.as_str().contains(trace), "{evil} → {}", html.as_str());
            }
        }
    }

    #[test]
    fn sec_u4_deep_nesting_is_quick_and_harmless() {
        let deep = ">".repeat(100_000);
        assert!(render(&deep).as_str().len() < 10_000);
    }
}
