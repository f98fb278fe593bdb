//! Courses and how one chooses among them.

use model::Lang;
use model::catalog::{Kind, LessonKind, Level};
use model::lang::ContentLang;

messages! {
    course { zh: "课程", en: "Course" }
    column { zh: "专栏", en: "Column" }
    ebook { zh: "电子书", en: "E-book" }
    lecture { zh: "讲座", en: "Lecture" }
    beginner { zh: "入门", en: "Beginner" }
    intermediate { zh: "进阶", en: "Intermediate" }
    advanced { zh: "专家", en: "Advanced" }
    video { zh: "视频", en: "Video" }
    audio { zh: "音频", en: "Audio" }
    text { zh: "文稿", en: "Reading" }
    pdf { zh: "PDF", en: "PDF" }
    chinese { zh: "中文", en: "Chinese" }
    english { zh: "英文", en: "English" }
    free { zh: "免费", en: "Free" }
    paid { zh: "付费", en: "Paid" }
}

pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Course => course(lang),
        Kind::Column => column(lang),
        Kind::Ebook => ebook(lang),
        Kind::Lecture => lecture(lang),
    }
}

pub fn level(lang: Lang, level: Level) -> &'static str {
    match level {
        Level::Beginner => beginner(lang),
        Level::Intermediate => intermediate(lang),
        Level::Advanced => advanced(lang),
    }
}

pub fn lesson_kind(lang: Lang, kind: LessonKind) -> &'static str {
    match kind {
        LessonKind::Video => video(lang),
        LessonKind::Audio => audio(lang),
        LessonKind::Text => text(lang),
        LessonKind::Pdf => pdf(lang),
    }
}

pub fn content_lang(lang: Lang, content: ContentLang) -> &'static str {
    match content {
        ContentLang::Chinese => chinese(lang),
        ContentLang::English => english(lang),
    }
}
