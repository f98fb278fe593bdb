//! A course as its author types it: begun, described, addressed.

use super::{items, number, word};
use crate::Fault;
use crate::catalog::{Kind, Level};
use crate::fault::{FieldErrors, Problem};
use crate::lang::ContentLang;
use crate::text::{Slug, Title, line, passage};
use serde::{Deserialize, Serialize};

/// The form of a new course.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCourse {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub language: String,
}

/// A new course as it may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    pub title: Title,
    pub kind: Kind,
    pub language: ContentLang,
}

impl NewCourse {
    pub fn parse(self) -> Result<Beginning, Fault> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", Title::parse(&self.title));
        let kind = errors.take("kind", word(&self.kind));
        let language = errors.take("language", word(&self.language));
        let made = title.zip(kind).zip(language);
        errors.finish(made.map(|((title, kind), language)| Beginning { title, kind, language }))
    }
}

/// The landing fields as typed. All but the title may still be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditLanding {
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub promise: String,
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub level: String,
    #[serde(default)]
    pub tags: String,
    #[serde(default)]
    pub learn: String,
    #[serde(default)]
    pub suits: String,
    #[serde(default)]
    pub not_for: String,
}

/// Landing fields as they may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    pub version: i64,
    pub title: Title,
    pub promise: String,
    pub about: String,
    /// None: not chosen yet. Whether it exists is the catalog's to say.
    pub topic: Option<Slug>,
    pub level: Level,
    pub tags: String,
    pub learn: String,
    pub suits: String,
    pub not_for: String,
}

impl EditLanding {
    /// A title of 1 to 120 characters, a promise up to 200, an about text up to 20,000, lists of up to 12 lines.
    pub fn parse(self) -> Result<Landing, Fault> {
        let mut errors = FieldErrors::default();
        let version = errors.take("version", number(&self.version));
        let title = errors.take("title", Title::parse(&self.title));
        let promise = errors.take("promise", line(&self.promise, 0, 200));
        let about = errors.take("about", passage(&self.about, 0, 20_000));
        let topic = match self.topic.trim() {
            "" => Some(None),
            slug => errors.take("topic", Slug::parse(slug).map_err(|_| Problem::NotAChoice)).map(Some),
        };
        let level = errors.take("level", word(&self.level));
        let tags = errors.take("tags", list(&self.tags.replace(['，', ',', '、'], "\n"), 30, 12));
        let learn = errors.take("learn", list(&self.learn, 160, 12));
        let suits = errors.take("suits", list(&self.suits, 160, 12));
        let not_for = errors.take("not_for", list(&self.not_for, 160, 12));
        let landing = (|| {
            Some(Landing {
                version: version?,
                title: title?,
                promise: promise?,
                about: about?,
                topic: topic?,
                level: level?,
                tags: tags?,
                learn: learn?,
                suits: suits?,
                not_for: not_for?,
            })
        })();
        errors.finish(landing)
    }
}

/// One item per line, each within `max` characters, at most `count` of them; empty lines and repetitions go.
fn list(text: &str, max: u32, count: usize) -> Result<String, Problem> {
    let mut kept: Vec<String> = Vec::new();
    for item in items(&text.replace("\r\n", "\n")) {
        let item = line(&item, 1, max)?;
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    if kept.len() > count {
        return Err(Problem::TooLong { max: u32::try_from(count).unwrap_or(u32::MAX) });
    }
    Ok(kept.join("\n"))
}

/// The address of a course's page as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditAddress {
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub language: String,
}

impl EditAddress {
    pub fn parse(self) -> Result<(Slug, Kind, ContentLang), Fault> {
        let mut errors = FieldErrors::default();
        let slug = errors.take("slug", Slug::parse(&self.slug));
        let kind = errors.take("kind", word(&self.kind));
        let language = errors.take("language", word(&self.language));
        errors.finish(slug.zip(kind).zip(language).map(|((slug, kind), language)| (slug, kind, language)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_one_item_per_line_once() {
        assert_eq!(list(" a \r\n\n b\na", 10, 3), Ok("a\nb".into()));
        assert!(list("a\nb\nc\nd", 10, 3).is_err());
        assert!(list("long line", 3, 3).is_err());
    }

    #[test]
    fn everything_wrong_with_a_landing_is_told_at_once() {
        let wrong = EditLanding { topic: "No Topic".into(), ..EditLanding::default() }.parse();
        assert!(matches!(wrong, Err(Fault::Invalid(errors)) if errors.len() == 4), "version, title, topic, level");
    }
}
