//! A course as search engines read it: schema.org in a data block.

use model::catalog::OutlineLesson;
use model::storefront::CoursePage;
use serde_json::{Value, json};

/// `Course` with its offer, provider, rating and outline. `address` is the page's own, without query.
pub fn course_data(page: &CoursePage, site: &str, address: &str, product: &str) -> Value {
    let course = &page.course;
    let rating = course.rating.tenths().map(|tenths| {
        json!({
            "@type": "AggregateRating",
            "ratingValue": locale::storefront::score(tenths),
            "reviewCount": course.rating.reviews,
        })
    });
    let lessons: Vec<Value> = page.chapters.iter().flat_map(|chapter| &chapter.lessons).map(part).collect();
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Course",
        "name": course.title,
        "description": course.promise,
        "url": address,
        "inLanguage": course.language.as_str(),
        "provider": { "@type": "Organization", "name": product, "url": site },
        "author": { "@type": "Person", "name": course.instructor.name.to_string() },
        "isAccessibleForFree": course.offer.price.is_zero(),
        "educationalLevel": course.level.as_str(),
        "offers": {
            "@type": "Offer",
            "price": course.offer.price.decimal(),
            "priceCurrency": course.offer.price.currency().as_str(),
            "category": if course.offer.price.is_zero() { "Free" } else { "Paid" },
            "url": address,
        },
        "hasCourseInstance": { "@type": "CourseInstance", "courseMode": "online", "courseWorkload": duration(course.seconds) },
        "hasPart": lessons,
    });
    if let (Some(rating), Some(object)) = (rating, data.as_object_mut()) {
        object.insert("aggregateRating".into(), rating);
    }
    data
}

fn part(lesson: &OutlineLesson) -> Value {
    json!({
        "@type": "LearningResource",
        "name": lesson.title,
        "timeRequired": duration(lesson.seconds),
        "isAccessibleForFree": lesson.preview,
    })
}

/// ISO 8601: `PT1H5M`, at least a minute.
fn duration(seconds: u32) -> String {
    let minutes = seconds.div_ceil(60).max(1);
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("PT{m}M"),
        (h, 0) => format!("PT{h}H"),
        (h, m) => format!("PT{h}H{m}M"),
    }
}
