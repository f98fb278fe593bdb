//! The demo content as it stands in `server/demo/`, read and understood. The format is described there.

use include_dir::{Dir, include_dir};
use model::catalog::{Kind, LessonKind, Level};
use model::lang::ContentLang;
use serde::Deserialize;
use serde::de::DeserializeOwned;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/demo");

#[derive(Deserialize)]
pub struct Topics {
    pub topics: Vec<Topic>,
}

#[derive(Deserialize)]
pub struct Topic {
    pub slug: String,
    pub name_zh: String,
    pub name_en: String,
    pub blurb_zh: String,
    pub blurb_en: String,
}

#[derive(Deserialize)]
pub struct People {
    pub instructors: Vec<Instructor>,
    pub names: Names,
}

#[derive(Deserialize)]
pub struct Instructor {
    pub handle: String,
    pub email: String,
    pub name: String,
    pub headline: String,
    pub bio: String,
    pub language: ContentLang,
}

/// Display names of the learners that are made up from them.
#[derive(Deserialize)]
pub struct Names {
    pub zh: Vec<String>,
    pub en: Vec<String>,
}

#[derive(Deserialize)]
pub struct Course {
    pub slug: String,
    pub language: ContentLang,
    pub kind: Kind,
    pub title: String,
    pub promise: String,
    pub topic: String,
    pub tags: Vec<String>,
    pub level: Level,
    pub instructor: String,
    pub price_minor: i64,
    pub compare_minor: Option<i64>,
    pub learn: Vec<String>,
    pub suits: Vec<String>,
    pub not_for: Vec<String>,
    pub about: String,
    pub published_days_ago: i64,
    pub chapters: Vec<Chapter>,
    #[serde(default)]
    pub reviews: Vec<Review>,
}

#[derive(Deserialize)]
pub struct Chapter {
    pub title: String,
    pub lessons: Vec<Lesson>,
}

#[derive(Deserialize)]
pub struct Lesson {
    pub title: String,
    pub kind: LessonKind,
    pub seconds: u32,
    #[serde(default)]
    pub preview: bool,
    /// A file of `media/`.
    pub media: Option<String>,
    /// A file of `lessons/`.
    pub text: Option<String>,
}

#[derive(Deserialize)]
pub struct Review {
    pub stars: u8,
    pub text: String,
}

#[derive(Deserialize)]
struct MediaList {
    media: Vec<Media>,
}

#[derive(Deserialize)]
pub struct Media {
    pub file: String,
    pub kind: LessonKind,
    pub seconds: u32,
    #[serde(default)]
    pub captions: Vec<model::Lang>,
    #[serde(default)]
    pub poster: String,
    pub title_zh: String,
    pub title_en: String,
}

/// Everything there is.
pub struct Content {
    pub topics: Vec<Topic>,
    pub people: People,
    pub courses: Vec<Course>,
    pub media: Vec<Media>,
}

/// Reads it all, or tells the file and the mistake.
pub fn read() -> Result<Content, String> {
    let topics: Topics = parse("topics.toml")?;
    let mut courses = Vec::new();
    let folder = FOLDER.get_dir("courses").ok_or("courses/ is not there")?;
    for file in folder.files() {
        courses.push(parse::<Course>(&file.path().to_string_lossy())?);
    }
    courses.sort_by(|a, b| b.published_days_ago.cmp(&a.published_days_ago).then_with(|| a.slug.cmp(&b.slug)));
    Ok(Content {
        topics: topics.topics,
        people: parse("people.toml")?,
        courses,
        media: parse::<MediaList>("media/media.toml")?.media,
    })
}

/// The bytes of a file of the folder.
pub fn bytes(path: &str) -> Result<&'static [u8], String> {
    FOLDER.get_file(path).map(|file| file.contents()).ok_or_else(|| format!("{path} is not there"))
}

/// A text file of the folder.
pub fn text(path: &str) -> Result<&'static str, String> {
    std::str::from_utf8(bytes(path)?).map_err(|reason| format!("{path}: {reason}"))
}

fn parse<T: DeserializeOwned>(path: &str) -> Result<T, String> {
    toml::from_str(text(path)?).map_err(|reason| format!("{path}: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_course_can_be_read_and_every_file_it_names_is_there() {
        let content = read().unwrap();
        assert!(content.courses.len() >= 40);
        for course in &content.courses {
            assert!(content.topics.iter().any(|topic| topic.slug == course.topic), "{}", course.slug);
            assert!(content.people.instructors.iter().any(|person| person.handle == course.instructor), "{}", course.slug);
            let lessons: Vec<_> = course.chapters.iter().flat_map(|chapter| &chapter.lessons).collect();
            assert!(lessons.iter().any(|lesson| lesson.preview), "{} has no preview", course.slug);
            for lesson in lessons {
                match (&lesson.media, &lesson.text) {
                    (Some(media), _) => assert!(content.media.iter().any(|known| known.file == *media), "{media}"),
                    (None, Some(file)) => assert!(text(&format!("lessons/{file}")).unwrap().len() > 200, "{file}"),
                    (None, None) => panic!("{}: {} holds nothing", course.slug, lesson.title),
                }
            }
        }
    }

    #[test]
    fn courses_of_every_length_can_be_looked_for() {
        use model::browse::Length;
        let content = read().unwrap();
        let length = |lesson: &Lesson| {
            let media = content.media.iter().find(|media| lesson.media.as_ref() == Some(&media.file));
            media.map(|media| media.seconds).filter(|seconds| *seconds > 0).unwrap_or(lesson.seconds)
        };
        let whole = |course: &Course| course.chapters.iter().flat_map(|chapter| &chapter.lessons).map(length).sum();
        for step in Length::ALL {
            let courses = content.courses.iter().filter(|course| Length::of_seconds(whole(course)) == *step).count();
            assert!(courses >= 5, "{courses} courses are {step}");
        }
        for course in &content.courses {
            assert!(course.price_minor < 10_000 || whole(course) > 900, "{} is short for its price", course.slug);
        }
    }

    #[test]
    fn half_of_the_courses_are_chinese_and_half_english() {
        let content = read().unwrap();
        let chinese = content.courses.iter().filter(|course| course.language == ContentLang::Chinese).count();
        assert!(chinese * 5 >= content.courses.len() * 2 && chinese * 5 <= content.courses.len() * 3);
    }
}
