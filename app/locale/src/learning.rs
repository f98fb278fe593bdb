//! The lesson's page and "my learning".

use model::Lang;
use model::learning::Stage;

messages! {
    // the lesson's page
    outline { zh: "目录", en: "Contents" }
    outline_progress(done: u32, lessons: u32) { zh: "已学 {done} / {lessons} 课", en: "{done} of {lessons} lessons done" }
    course_progress { zh: "课程进度", en: "Course progress" }
    lesson_number(number: u32, lessons: u32) { zh: "第 {number} 课 · 共 {lessons} 课", en: "Lesson {number} of {lessons}" }
    chapter_lessons(count: u32) { zh: "{count} 课", en: one "{count} lesson", many "{count} lessons" }
    previous_lesson { zh: "上一课", en: "Previous lesson" }
    next_lesson { zh: "下一课", en: "Next lesson" }
    lessons_around { zh: "前后课", en: "Lessons around this one" }
    back_to_course { zh: "课程主页", en: "About this course" }
    mark_done { zh: "标记为已学完", en: "Mark as done" }
    mark_not_done { zh: "改为未学完", en: "Mark as not done" }
    done { zh: "已学完", en: "Done" }
    locked { zh: "未解锁", en: "Locked" }
    preview { zh: "试看", en: "Preview" }
    notes_of_lesson { zh: "本课说明", en: "Notes" }
    transcript { zh: "文稿", en: "Transcript" }
    the_end_title { zh: "这是最后一课", en: "That was the last lesson" }
    the_end_text { zh: "学完之后，可以回到课程主页写一条评价。", en: "When you are done, tell others about it on the course page." }

    preview_banner(course: &str) { zh: "这是《{course}》的免费试看。", en: "A free preview of “{course}”." }
    buy_whole(price: &str) { zh: "购买整门课 · {price}", en: "Buy the whole course · {price}" }
    take_free { zh: "免费加入这门课", en: "Take this course, free" }
    locked_title { zh: "这一课还没有解锁", en: "This lesson is still locked" }
    locked_text_paid(price: &str) { zh: "购买课程后即可学习全部内容，价格 {price}，一次购买，长期有效。", en: "Buying the course for {price} opens every lesson, for good." }
    locked_text_free { zh: "这门课是免费的，加入之后就能学习全部内容。", en: "This course is free. Take it, and every lesson opens." }
    already_bought { zh: "已经买过？", en: "Already yours?" }
    missing_title { zh: "内容还没有上传", en: "Not here yet" }
    missing_text { zh: "讲师还在准备这一课的文件，稍后再来看看。", en: "The teacher is still preparing this lesson’s file. Look in again a little later." }
    cannot_play { zh: "你的浏览器不能播放这个文件，可以下载后打开：", en: "Your browser cannot play this file. Download it instead:" }
    download { zh: "下载", en: "Download" }
    open_pdf { zh: "在新窗口打开 PDF", en: "Open the PDF on its own" }
    pdf_frame(title: &str) { zh: "PDF：{title}", en: "PDF: {title}" }

    // my learning
    my_learning { zh: "我的学习", en: "My learning" }
    tabs { zh: "学习状态", en: "By progress" }
    active { zh: "进行中", en: "In progress" }
    new { zh: "未开始", en: "Not started" }
    finished { zh: "已完成", en: "Finished" }
    go_on { zh: "继续学习", en: "Continue" }
    begin { zh: "开始学习", en: "Start" }
    again { zh: "再学一遍", en: "Study again" }
    next_is(title: &str) { zh: "下一课：{title}", en: "Next: {title}" }
    goes_on_at(title: &str, clock: &str) { zh: "《{title}》看到 {clock}", en: "{title}, from {clock}" }
    left(length: &str) { zh: "还剩 {length}", en: "{length} left" }
    percent_done(percent: u8) { zh: "已学 {percent}%", en: "{percent}% done" }
    last_studied(date: &str) { zh: "上次学习 {date}", en: "Last studied {date}" }
    empty_active_title { zh: "还没有正在学的课", en: "Nothing in progress" }
    empty_active_text { zh: "从推荐里挑一门，或者从已有的课程开始。", en: "Pick something from your feed, or begin a course you own." }
    empty_new_title { zh: "没有等着开始的课", en: "Nothing waiting to be started" }
    empty_new_text { zh: "你拥有的课都已经开始学了。", en: "You have begun everything you own." }
    empty_finished_title { zh: "还没有学完的课", en: "Nothing finished yet" }
    empty_finished_text { zh: "学完每一课，课程就会出现在这里。", en: "A course moves here when its last lesson is done." }
    browse { zh: "看看课程", en: "Browse courses" }
    see_feed { zh: "看看推荐", en: "See what fits you" }
}

pub fn stage(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Active => active(lang),
        Stage::New => new(lang),
        Stage::Finished => finished(lang),
    }
}
