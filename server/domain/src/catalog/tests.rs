//! Stories of the catalog.

use super::*;
use crate::events::Happening;
use crate::testing::{School, edition};
use crate::{Error, Result};
use model::browse::{Facet, Filter, PriceKind, Sort};
use model::catalog::{Kind, LessonKind, Rating};
use model::{Currency, Fault, Money};
use store::on_both;

const TWO: [(&str, LessonKind); 2] = [("One", LessonKind::Text), ("Two", LessonKind::Text)];

async fn publish(school: &School, edition: &Edition) -> Result<()> {
    school.app.db.write(async |tx| publish_edition(&school.app, tx, edition).await).await
}

async fn look(school: &School, filter: Filter) -> Result<model::browse::Browse> {
    let mut conn = school.app.db.read().await?;
    browse(&mut conn, filter, None).await
}

fn titles(page: &model::browse::Browse) -> Vec<&str> {
    page.courses.items.iter().map(|course| course.title.as_str()).collect()
}

on_both!(a_new_edition_keeps_its_lessons_and_its_history_of_prices, async |db| -> Result<()> {
    let school = School::open(db).await;
    let mut course = edition(&school.app, &school.ada().id, "sums", "Sums", "data", 5_000, &TWO);
    course.tags = vec!["numbers".into()];
    publish(&school, &course).await?;
    let kept = course.chapters[0].lessons[1].id.clone();
    course.chapters[0].lessons.remove(0);
    course.price = Money::new(4_000, Currency::Cny);
    course.compare = Some(Money::new(5_000, Currency::Cny));
    publish(&school, &course).await?;
    let mut conn = school.app.db.read().await?;
    let page = super::course(&mut conn, &course.slug).await?.expect("the course");
    assert_eq!(page.chapters[0].lessons.iter().map(|lesson| lesson.id.clone()).collect::<Vec<_>>(), [kept]);
    assert_eq!((page.card.lessons, page.card.seconds), (1, 300));
    assert_eq!(page.card.offer.price.minor(), 4_000);
    assert_eq!(page.tags, ["numbers"]);
    assert_eq!(school.announced(Happening::CourseChanged).await.len(), 1);
    drop(conn);
    publish(&school, &course).await?;
    let mut conn = school.app.db.read().await?;
    assert_eq!(super::course(&mut conn, &course.slug).await?.expect("the course").card.offer, page.card.offer);
    Ok(())
});

on_both!(two_courses_never_share_an_address, async |db| -> Result<()> {
    let school = School::open(db).await;
    let course = edition(&school.app, &school.ada().id, "notes", "Other notes", "data", 0, &TWO);
    let refused = publish(&school, &course).await;
    assert!(matches!(refused, Err(Error::Fault(Fault::Invalid(errors))) if errors[0].field == "slug"));
    Ok(())
});

on_both!(a_lesson_of_another_course_is_not_taken_over, async |db| -> Result<()> {
    let school = School::open(db).await;
    let mut course = edition(&school.app, &school.ada().id, "thief", "Thief", "data", 0, &TWO);
    course.chapters[0].lessons[0].id = school.notes_lessons()[0].clone();
    assert!(publish(&school, &course).await.is_err());
    Ok(())
});

on_both!(counts_of_a_facet_respect_every_other_facet, async |db| -> Result<()> {
    let school = School::open(db).await;
    let mut column = edition(&school.app, &school.ada().id, "letters", "Letters", "humanities", 0, &TWO);
    column.kind = Kind::Column;
    publish(&school, &column).await?;
    let free = Filter { prices: vec![PriceKind::Free], ..Filter::default() };
    let page = look(&school, free.clone()).await?;
    assert_eq!(page.courses.total, 2);
    let count = |facet: Facet, value: &str| {
        let values =
            page.facets.iter().find(|counts| counts.facet == facet).map(|counts| counts.values.clone()).unwrap_or_default();
        values.into_iter().find(|one| one.value == value).map(|one| one.count)
    };
    // what is free, by kind; and everything, by price
    assert_eq!((count(Facet::Kind, "course"), count(Facet::Kind, "column")), (Some(1), Some(1)));
    assert_eq!((count(Facet::Price, "free"), count(Facet::Price, "paid")), (Some(2), Some(1)));
    assert_eq!(count(Facet::Topic, "programming"), None);
    let nothing = look(&school, Filter { kinds: vec![Kind::Ebook], ..free }).await?;
    assert_eq!(nothing.way_out.map(|out| (out.facet, out.courses)), Some((Facet::Kind, 2)));
    Ok(())
});

on_both!(every_word_must_be_found_and_titles_come_first, async |db| -> Result<()> {
    let school = School::open(db).await;
    let mut chance = edition(&school.app, &school.ada().id, "gailv", "概率与直觉", "data", 0, &TWO);
    chance.tags = vec!["统计".into()];
    publish(&school, &chance).await?;
    let mut other = edition(&school.app, &school.ada().id, "tongji", "统计 100% 入门", "data", 0, &TWO);
    other.promise = "从概率讲起".into();
    publish(&school, &other).await?;
    for (query, expected) in [
        ("概率", vec!["概率与直觉", "统计 100% 入门"]),
        ("统计", vec!["统计 100% 入门", "概率与直觉"]),
        ("概率 直觉", vec!["概率与直觉"]),
        ("１００％", vec!["统计 100% 入门"]),
        ("%", vec!["统计 100% 入门"]),
        ("ANALYTICAL", vec!["Analytical Engines"]),
        ("ada 数据 概率与", vec!["概率与直觉"]),
        ("nothing like it", vec![]),
    ] {
        let page = look(&school, Filter { query: query.into(), ..Filter::default() }).await?;
        assert_eq!(titles(&page), expected, "{query}");
    }
    Ok(())
});

on_both!(a_few_letters_suggest_topics_teachers_and_courses_by_name, async |db| -> Result<()> {
    let school = School::open(db).await;
    let mut conn = school.app.db.read().await?;
    let ada = crate::catalog::suggest(&mut conn, " ＡＤＡ").await?;
    assert_eq!(ada.teachers.iter().map(|teacher| teacher.handle.as_str()).collect::<Vec<_>>(), ["ada"]);
    let engines = crate::catalog::suggest(&mut conn, "analyt").await?;
    assert_eq!(engines.courses.iter().map(|course| course.title.as_str()).collect::<Vec<_>>(), ["Analytical Engines"]);
    assert!(engines.teachers.is_empty(), "what a teacher teaches is not their name");
    for nothing in ["", "   ", "zzzz", "%", "_"] {
        let found = crate::catalog::suggest(&mut conn, nothing).await?;
        assert!(found.topics.is_empty() && found.teachers.is_empty() && found.courses.is_empty(), "{nothing}");
    }
    Ok(())
});

on_both!(an_unlisted_course_is_found_no_more_until_it_is_listed_again, async |db| -> Result<()> {
    let school = School::open(db).await;
    for _ in 0..2 {
        school.app.db.write(async |tx| unlist(&school.app, tx, &school.notes()).await).await?;
    }
    assert_eq!(titles(&look(&school, Filter::default()).await?), ["Analytical Engines"]);
    assert_eq!(school.announced(Happening::CourseUnlisted).await.len(), 1);
    school.app.db.write(async |tx| list_again(&school.app, tx, &school.notes()).await).await?;
    assert_eq!(look(&school, Filter { sort: Sort::Length, ..Filter::default() }).await?.courses.total, 2);
    Ok(())
});

on_both!(a_teacher_is_the_sum_of_their_courses, async |db| -> Result<()> {
    let school = School::open(db).await;
    school
        .app
        .db
        .write(async |tx| {
            count_learners(tx, &school.notes(), 3).await?;
            count_review(tx, &school.notes(), 4, 1).await?;
            count_review(tx, &school.engines(), 5, 1).await
        })
        .await?;
    let mut conn = school.app.db.read().await?;
    let ada = teacher(&mut conn, &"ada".parse().expect("a handle")).await?.expect("a teacher");
    assert_eq!((ada.courses, ada.learners, ada.rating), (2, 3, Rating { stars: 9, reviews: 2 }));
    assert!(teacher(&mut conn, &"grace".parse().expect("a handle")).await?.is_none());
    assert_eq!(similar(&mut conn, &school.notes(), 4).await?.len(), 1);
    assert_eq!(selection(&mut conn, school.app.now(), 12).await?.len(), 2);
    Ok(())
});
