//! What learners say about courses.

use model::Lang;
use model::community::Refusal;

messages! {
    reviews { zh: "学员评价", en: "Reviews" }
    no_reviews { zh: "还没有人评价。学过之后，来写第一条。", en: "Nobody has reviewed it yet. Take the course and be the first." }
    stars(n: u8) { zh: "{n} 星", en: one "{n} star", many "{n} stars" }
    /// "4.8 of 5 stars, 120 reviews", read aloud.
    rating_aloud(score: &str, count: &str) { zh: "{score} 分（满分 5 分），{count} 条评价", en: "{score} out of 5 stars, {count} reviews" }
    review_count(n: u32) { zh: "{n} 条评价", en: one "{n} review", many "{n} reviews" }
    only_stars(n: u8) { zh: "只看 {n} 星的评价", en: one "Only reviews with {n} star", many "Only reviews with {n} stars" }
    all_reviews { zh: "全部评价", en: "All reviews" }
    none_with_these_stars { zh: "没有这个星级的评价。", en: "No review has this many stars." }
    write_one { zh: "写一条评价", en: "Write a review" }
    change_yours { zh: "修改你的评价", en: "Change your review" }
    your_stars { zh: "你给几颗星？", en: "How many stars?" }
    your_words { zh: "哪里好，哪里还不够", en: "What helped, and what is missing" }
    your_words_help { zh: "写给正在犹豫的人看：具体一点最有用。", en: "Write for somebody who hesitates; particulars help most." }
    publish { zh: "发布评价", en: "Publish review" }
    not_a_learner { zh: "拥有这门课的人才能评价它", en: "Only those who have this course can review it" }
    own_course { zh: "不能评价自己的课", en: "You can’t review your own course" }
}

pub fn refusal(lang: Lang, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotALearner => not_a_learner(lang),
        Refusal::OwnCourse => own_course(lang),
    }
}
