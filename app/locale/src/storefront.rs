//! The pages a visitor sees: the front page, the catalog, a course, a teacher.

use model::Lang;
use model::browse::{AtLeast, Facet, Length, PriceKind, Sort};
use model::catalog::{Kind, Level};
use model::lang::ContentLang;

messages! {
    // the front page
    hero_kicker(courses: u32) { zh: "{courses} 门课 · 中文与英文 · 七天可退", en: "{courses} courses · in Chinese and English · seven days to change your mind" }
    hero_title { zh: "把一门学问，讲给认真的人听", en: "Good teachers, for people who mean to learn" }
    hero_lede { zh: "一次讲明白一件事。听、看、读随你，学到哪里，明天从哪里接着来。", en: "One thing at a time, explained properly. Watch, listen or read, and go on tomorrow exactly where you stopped." }
    hero_search { zh: "想学什么？", en: "What would you like to learn?" }
    topics { zh: "主题", en: "Topics" }
    selection { zh: "本周精选", en: "This week’s selection" }
    selection_note { zh: "每周一由编辑换一批。不收推广费，也没有排名可买。", en: "Chosen anew every Monday. Nobody can pay to be on this shelf." }
    all_courses { zh: "全部课程", en: "All courses" }
    how_title { zh: "怎样学", en: "How it works" }
    how_1 { zh: "先试看", en: "Try it first" }
    how_1_text { zh: "每门课都有免费的一节。看完再决定，不用登录。", en: "Every course opens with a free lesson. Watch it before you decide; no account needed." }
    how_2 { zh: "买下就是你的", en: "Buy it once" }
    how_2_text { zh: "没有倒计时，没有假折扣。七天内觉得不合适，原路退回。", en: "No countdowns, no invented discounts. Within seven days you can have your money back." }
    how_3 { zh: "从断处接着", en: "Go on where you stopped" }
    how_3_text { zh: "手机上停在 12:40，电脑上就从 12:40 开始。", en: "Stop at 12:40 on the phone, and the computer starts at 12:40." }
    essay_kicker { zh: "编者的话", en: "From the editors" }
    essay_title { zh: "慢一点，反而学得完", en: "Slow is how courses get finished" }
    essay_1 { zh: "我们看过太多买了不学的课。不是人懒，是课太长，每一节都像一场会：要坐定，要记住上回讲到哪里，要忍受开头的寒暄。", en: "We have seen too many courses bought and never begun. People are not lazy; the courses are long, and every lesson is like a meeting: find an hour, remember where you were, sit through the greetings." }
    essay_2 { zh: "所以这里的课都短。一节只讲一件事，讲完就停；老师删掉的，比留下的多。你可以在等车的时候学一节，也可以把一节反复看三遍。学完一件，就真的会了一件。", en: "So the lessons here are short. One lesson makes one point and stops; our teachers cut more than they keep. You can take one while you wait for a bus, or the same one three times over. When it is done, you can do one more thing than before." }
    essay_3 { zh: "挑课也请慢一点。先看目录，再看试看的那一节，最后读一读说不好的评价。还想学，再买。", en: "Choose slowly too. Read the outline, watch the free lesson, then read the reviews that complain. If you still want it, buy it." }
    essay_by { zh: "讲台编辑部", en: "The Lectern editors" }
    invite_title { zh: "你也有一门课想讲", en: "You have something to teach" }
    invite_text { zh: "工作室里有提纲、编辑器和上传，写一节发一节。价格由你定，净收入的七成归你。", en: "The studio has an outline, an editor and uploads. You set the price, and seventy per cent of the net is yours." }
    invite_action { zh: "看看怎样开课", en: "See how teaching works" }

    // the front page of a member
    welcome(name: &str) { zh: "{name}，欢迎回来", en: "Welcome back, {name}" }
    for_you { zh: "为你推荐", en: "For you" }
    all_for_you { zh: "全部推荐", en: "All suggestions" }

    // the catalog
    catalog_title { zh: "今天，学点什么？", en: "What shall we learn today?" }
    catalog_description { zh: "按主题、形式、难度、价格和评分挑选课程；每门都有免费试看。", en: "Choose courses by topic, form, level, price and rating; every one has a free preview." }
    results_for(query: &str) { zh: "“{query}”的搜索结果", en: "Results for “{query}”" }
    suggested_topic { zh: "主题", en: "Topic" }
    suggested_teacher { zh: "讲师", en: "Teacher" }
    search_title { zh: "搜索", en: "Search" }
    search_prompt { zh: "写下想学的东西，中文英文都可以。", en: "Type what you would like to learn, in Chinese or English." }
    found(courses: u64) { zh: "找到 {courses} 门课", en: one "{courses} course", many "{courses} courses" }
    show(courses: u64) { zh: "显示 {courses} 门", en: one "Show {courses} course", many "Show {courses} courses" }
    results { zh: "课程", en: "Courses" }
    filters { zh: "筛选", en: "Filters" }
    close { zh: "关闭", en: "Close" }
    clear_all { zh: "全部清除", en: "Clear all" }
    remove(what: &str) { zh: "去掉“{what}”", en: "Remove “{what}”" }
    any { zh: "不限", en: "Any" }
    sort_by { zh: "排序", en: "Sort by" }
    pages { zh: "分页", en: "Pages" }
    previous { zh: "上一页", en: "Previous" }
    next { zh: "下一页", en: "Next" }
    page_of(page: u32, pages: u32) { zh: "第 {page} 页，共 {pages} 页", en: "Page {page} of {pages}" }
    nothing_found { zh: "没有同时符合这些条件的课", en: "No courses match all of this" }
    nothing_for(query: &str) { zh: "没有找到“{query}”", en: "Nothing found for “{query}”" }
    nothing_hint { zh: "换一个更短的词，或者从一个主题开始看。", en: "Try a shorter word, or start from a topic." }
    drop_filter(what: &str, courses: u32) { zh: "去掉“{what}”，可以看到 {courses} 门", en: "Remove “{what}” to see {courses}" }
    beyond_the_end { zh: "没有这么多页", en: "There aren’t that many pages" }

    facet_topic { zh: "主题", en: "Topic" }
    facet_kind { zh: "形式", en: "Form" }
    facet_level { zh: "难度", en: "Level" }
    facet_price { zh: "价格", en: "Price" }
    facet_language { zh: "语言", en: "Language" }
    facet_length { zh: "时长", en: "Length" }
    facet_rating { zh: "评分", en: "Rating" }
    length_short { zh: "15 分钟以内", en: "Up to 15 min" }
    length_hour { zh: "15 到 60 分钟", en: "15 to 60 min" }
    length_long { zh: "1 小时以上", en: "Over an hour" }
    at_least(stars: &str) { zh: "{stars} 分以上", en: "{stars} and up" }
    sort_relevance { zh: "相关", en: "Best match" }
    sort_popular { zh: "热门", en: "Popular" }
    sort_newest { zh: "最新", en: "Newest" }
    sort_rating { zh: "口碑", en: "Best rated" }
    sort_length { zh: "短的在前", en: "Shortest" }

    // a course
    position { zh: "位置", en: "You are here" }
    learners(n: u32) { zh: "{n} 人在学", en: one "{n} learner", many "{n} learners" }
    updated(date: &str) { zh: "{date}更新", en: "Updated {date}" }
    no_rating_yet { zh: "暂无评价", en: "Not rated yet" }
    lessons(n: u32) { zh: "{n} 节", en: one "{n} lesson", many "{n} lessons" }
    chapters(n: u32) { zh: "{n} 章", en: one "{n} chapter", many "{n} chapters" }
    buy { zh: "购买这门课", en: "Buy this course" }
    sold_out { zh: "名额已满", en: "All places are taken" }
    places_left(n: u32) { zh: "还剩 {n} 个名额", en: one "{n} place left", many "{n} places left" }
    buy_short { zh: "购买", en: "Buy" }
    enrol { zh: "免费加入学习", en: "Take this course" }
    enrol_short { zh: "免费学习", en: "Take it free" }
    go_on { zh: "继续学习", en: "Continue learning" }
    open_in_studio { zh: "在工作室打开", en: "Open in the studio" }
    you_own_it { zh: "这门课是你的，一直都是。", en: "This course is yours, for good." }
    you_teach_it { zh: "这是你的课。", en: "This is your course." }
    preview_first { zh: "免费试看", en: "Free preview" }
    preview { zh: "试看", en: "Preview" }
    was { zh: "原价", en: "Before" }
    fact_size(lessons: u32, length: &str) { zh: "{lessons} 节，共 {length}", en: "{lessons} lessons, {length} in all" }
    fact_language(language: &str) { zh: "{language}授课", en: "Taught in {language}" }
    fact_keep { zh: "一次购买，长期有效", en: "Pay once, keep it forever" }
    fact_devices { zh: "手机、电脑都能学", en: "On phone and computer" }
    fact_refund { zh: "7 天内可退，原路返回", en: "Refundable for 7 days" }
    refund_rule { zh: "退款规则", en: "Refund policy" }
    you_will_learn { zh: "你将学会", en: "What you will learn" }
    for_whom { zh: "适合谁，不适合谁", en: "Who it is for" }
    suits { zh: "适合", en: "Good for" }
    not_for { zh: "不适合", en: "Not for" }
    outline { zh: "完整目录", en: "Full outline" }
    about_course { zh: "关于这门课", en: "About this course" }
    about_teacher { zh: "讲师", en: "Your teacher" }
    teacher_courses(n: u32) { zh: "{n} 门课", en: one "{n} course", many "{n} courses" }
    similar { zh: "相近的课", en: "Similar courses" }
    tags { zh: "标签", en: "Tags" }
    unlisted { zh: "这门课已经下架，不再出售；已经拥有它的人可以继续学。", en: "This course is no longer sold. Those who have it keep it." }
    done { zh: "已学完", en: "Done" }
    locked { zh: "购买后可学", en: "Opens after purchase" }

    // a teacher
    courses_by(name: &str) { zh: "{name}的课", en: "Courses by {name}" }
}

pub fn facet(lang: Lang, facet: Facet) -> &'static str {
    match facet {
        Facet::Topic => facet_topic(lang),
        Facet::Kind => facet_kind(lang),
        Facet::Level => facet_level(lang),
        Facet::Price => facet_price(lang),
        Facet::Language => facet_language(lang),
        Facet::Length => facet_length(lang),
        Facet::Rating => facet_rating(lang),
    }
}

/// The name of a facet's value; a topic's name is the topic's own, so its slug comes back.
pub fn facet_value(lang: Lang, facet: Facet, value: &str) -> String {
    let named = match facet {
        Facet::Topic => None,
        Facet::Kind => value.parse::<Kind>().ok().map(|kind| super::catalog::kind(lang, kind).to_owned()),
        Facet::Level => value.parse::<Level>().ok().map(|level| super::catalog::level(lang, level).to_owned()),
        Facet::Price => value.parse::<PriceKind>().ok().map(|price| price_kind(lang, price).to_owned()),
        Facet::Language => {
            value.parse::<ContentLang>().ok().map(|content| super::catalog::content_lang(lang, content).to_owned())
        }
        Facet::Length => value.parse::<Length>().ok().map(|of| length(lang, of).to_owned()),
        Facet::Rating => value.parse::<AtLeast>().ok().map(|least| at_least(lang, least.as_str())),
    };
    named.unwrap_or_else(|| value.to_owned())
}

fn price_kind(lang: Lang, price: PriceKind) -> &'static str {
    match price {
        PriceKind::Free => super::catalog::free(lang),
        PriceKind::Paid => super::catalog::paid(lang),
    }
}

fn length(lang: Lang, of: Length) -> &'static str {
    match of {
        Length::Short => length_short(lang),
        Length::Hour => length_hour(lang),
        Length::Long => length_long(lang),
    }
}

/// The first order is called by what it does: the best match where something was searched for, else the most popular.
pub fn sort(lang: Lang, sort: Sort, searching: bool) -> &'static str {
    match sort {
        Sort::Relevance if searching => sort_relevance(lang),
        Sort::Relevance => sort_popular(lang),
        Sort::Newest => sort_newest(lang),
        Sort::Rating => sort_rating(lang),
        Sort::Length => sort_length(lang),
    }
}

/// A mean of stars: `4.8`.
pub fn score(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}
