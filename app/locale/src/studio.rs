//! The studio: where instructors make their courses.

use model::Lang;
use model::authoring::{DraftState, Need, Refusal};
use model::media::MediaKind;

messages! {
    studio { zh: "讲师工作室", en: "Studio" }
    my_courses { zh: "我的课程", en: "My courses" }
    my_courses_lede { zh: "写课、排课、发布，都在这里。学员只看得到已发布的版本。", en: "Write, arrange and publish. Learners only ever see what you have published." }
    media { zh: "素材库", en: "Library" }
    new_course { zh: "新建课程", en: "New course" }
    no_courses { zh: "还没有课程", en: "No courses yet" }
    no_courses_text { zh: "从一个标题开始就够了，其余的以后都能改。", en: "A title is enough to begin. Everything else can change later." }
    back_to_courses { zh: "全部课程", en: "All courses" }
    path { zh: "位置", en: "Path" }
    rooms { zh: "课程编辑", en: "Course" }
    outline { zh: "大纲", en: "Outline" }
    landing { zh: "课程页", en: "Course page" }
    pricing { zh: "定价", en: "Price" }
    settings { zh: "设置与发布", en: "Settings" }
    preview { zh: "学员视角", en: "Preview" }
    view_live { zh: "查看已发布的课程", en: "See it live" }

    state_draft { zh: "草稿", en: "Draft" }
    state_published { zh: "已发布", en: "Published" }
    state_changed { zh: "有未发布的修改", en: "Unpublished changes" }
    state_unlisted { zh: "已下架", en: "Unlisted" }
    edited(when: &str) { zh: "编辑于 {when}", en: "Edited {when}" }
    lessons(count: u32) { zh: "{count} 课", en: one "{count} lesson", many "{count} lessons" }
    no_price { zh: "未定价", en: "No price yet" }

    begin_lede { zh: "先定下标题，马上就能开始写第一课。", en: "Give it a working title and start on the first lesson." }
    begin { zh: "开始写课", en: "Start writing" }
    title { zh: "标题", en: "Title" }
    title_help { zh: "学员最先看到的一行字，以后可以改。", en: "The first line learners see. You can change it later." }
    kind { zh: "形式", en: "Form" }
    language { zh: "授课语言", en: "Language" }
    first_chapter { zh: "第一章", en: "Chapter one" }

    outline_lede { zh: "拖动左侧的手柄调整顺序；用键盘时按 Alt 加方向键。", en: "Drag the handles to put things in order, or press Alt with an arrow key." }
    chapter { zh: "章", en: "Chapter" }
    chapter_title { zh: "章标题", en: "Chapter title" }
    lesson_title { zh: "课时标题", en: "Lesson title" }
    lesson_kind { zh: "类型", en: "Kind" }
    add_chapter { zh: "添加一章", en: "Add chapter" }
    add_lesson { zh: "添加课时", en: "Add lesson" }
    add_lesson_to(chapter: &str) { zh: "添加课时到“{chapter}”", en: "Add lesson to “{chapter}”" }
    rename { zh: "改名", en: "Rename" }
    delete { zh: "删除", en: "Delete" }
    move_up { zh: "上移", en: "Move up" }
    move_down { zh: "下移", en: "Move down" }
    more(name: &str) { zh: "“{name}”的更多操作", en: "More for “{name}”" }
    free_preview { zh: "试看", en: "Free preview" }
    empty_lesson { zh: "还没有内容", en: "Empty" }
    empty_chapter { zh: "这一章还没有课时。", en: "No lessons in this chapter yet." }
    outline_empty { zh: "先添加一章，再往里面放课时。", en: "Add a chapter first, then put lessons into it." }
}

messages! {
    landing_lede { zh: "这些内容会出现在课程页上。随时保存，发布后才对学员可见。", en: "This is what your course’s page will say. It saves as you write and goes live when you publish." }
    promise { zh: "一句话承诺", en: "The promise" }
    promise_help { zh: "学完能做到什么？一句话，写给学员。", en: "What will a learner be able to do? One sentence, said to them." }
    about { zh: "课程介绍", en: "About the course" }
    about_help { zh: "可以使用 Markdown。讲讲为什么值得学、怎样学。", en: "Markdown works here. Say why it is worth learning and how you teach it." }
    topic { zh: "主题", en: "Topic" }
    topic_none { zh: "请选择", en: "Choose one" }
    level { zh: "难度", en: "Level" }
    tags { zh: "标签", en: "Tags" }
    tags_help { zh: "每行一个，或用逗号隔开，最多 12 个。", en: "One per line or separated by commas, up to twelve." }
    learn { zh: "你将学会", en: "What you will learn" }
    learn_help { zh: "每行一条，最多 12 条。", en: "One per line, up to twelve." }
    suits { zh: "适合谁", en: "Who it is for" }
    not_for { zh: "不适合谁", en: "Who it is not for" }
    optional { zh: "选填", en: "optional" }
    save { zh: "保存", en: "Save" }
    saved { zh: "已保存。", en: "Saved." }
    theirs_title { zh: "这里在别处被修改过", en: "This was changed elsewhere" }
    theirs_text { zh: "你写的内容还在下面的表单里，没有丢。再次保存会以你的为准；另一份内容如下，可以先抄下需要的部分。", en: "What you wrote is still in the form below. Saving again keeps yours; here is the other text, in case you want parts of it." }
}

messages! {
    cover { zh: "封面", en: "Cover" }
    cover_help { zh: "JPEG、PNG 或 WebP，建议 1280 × 720，不超过 20 MB。没有封面时会画一张。", en: "JPEG, PNG or WebP, ideally 1280 × 720, up to 20 MB. Without one, a cover is drawn for you." }
    choose_image { zh: "选择图片", en: "Choose an image" }
    upload_cover { zh: "上传封面", en: "Upload cover" }
    remove_cover { zh: "移除封面", en: "Remove cover" }

    pricing_lede { zh: "已付款的学员不受价格变动影响。", en: "People who have paid are not affected when the price changes." }
    price { zh: "价格（元）", en: "Price in yuan" }
    price_help { zh: "0 表示免费；收费课程至少 1 元。", en: "0 makes it free; a paid course costs at least 1 yuan." }
    compare { zh: "划线价（元）", en: "Compare-at price in yuan" }
    compare_help { zh: "曾经真实使用过的更高价格，会以删除线显示。", en: "A higher price you really charged before; it is shown struck through." }
    places_title { zh: "名额", en: "Places" }
    places { zh: "最多多少人", en: "How many people at most" }
    places_help { zh: "留空表示不限。购买、赠送和团队名额都算，会员学习不算；已经买了的人不受影响。", en: "Leave empty for no limit. Purchases, gifts and seats count, members don’t; whoever has the course keeps it." }
    your_share(amount: &str) { zh: "每卖出一份，你约得 {amount}。", en: "You receive about {amount} for each sale." }

    settings_lede { zh: "地址、形式，以及上架与下架。", en: "Web address, format, and whether it is in the catalog." }
    address { zh: "网址", en: "Web address" }
    address_help { zh: "只能用小写字母、数字和连字符。发布后改动会使旧链接失效。", en: "Lowercase letters, digits and hyphens. Changing it after publishing breaks old links." }
    publish { zh: "发布", en: "Publish" }
    publish_changes { zh: "发布修改", en: "Publish changes" }
    publish_again { zh: "重新上架", en: "Publish again" }
    published_notice { zh: "已发布，学员现在就能看到。", en: "Published. Learners can see it now." }
    up_to_date { zh: "学员看到的就是最新版本。", en: "Learners see the latest version." }
    unpublish { zh: "下架", en: "Unlist" }
    unpublish_text { zh: "下架后不再出售，已购学员仍可继续学习。", en: "It is no longer sold. People who own it keep it." }
    unpublished_notice { zh: "已下架。", en: "Removed from the catalog." }
    checklist { zh: "发布前检查", en: "Before you publish" }
    checklist_ready { zh: "一切就绪，可以发布。", en: "Everything is in place." }
    need_title { zh: "有标题", en: "A title" }
    need_promise { zh: "有一句话承诺", en: "A promise in one sentence" }
    need_topic { zh: "选好主题", en: "A topic" }
    need_lesson { zh: "至少有一课", en: "At least one lesson" }
    need_content { zh: "每一课都有内容", en: "Something in every lesson" }
    need_content_of(lesson: &str) { zh: "“{lesson}”还没有内容", en: "“{lesson}” is still empty" }
    need_length { zh: "每段录音录像都有时长", en: "A length in every recording" }
    need_length_of(lesson: &str) { zh: "“{lesson}”的文件里读不出时长，请重新导出后再上传", en: "No length can be read in the file of “{lesson}”: export it anew and upload it again" }
    need_price { zh: "定好价格（可以免费）", en: "A price (free is one)" }
    met { zh: "已完成", en: "Done" }
    unmet { zh: "待完成", en: "To do" }
    not_ready { zh: "还不能发布，下面几项需要补上：", en: "Not ready yet. These are still missing:" }
}

messages! {
    lesson { zh: "课时", en: "Lesson" }
    body { zh: "正文", en: "Text" }
    body_of_media { zh: "配套文字", en: "Notes beside it" }
    preview_label { zh: "开放试看", en: "Free preview" }
    preview_note { zh: "任何人都能看这一课，无需购买。", en: "Anyone can open this lesson without buying." }
    minutes { zh: "预计用时（分钟）", en: "Minutes" }
    lesson_file { zh: "视频、音频或 PDF", en: "Video, audio or PDF" }
    file_none { zh: "还没有文件。上传一个，或从素材库里选。", en: "No file yet. Upload one or choose from your library." }
    file_text_lesson { zh: "放入一个文件，这一课就会变成视频、音频或 PDF 课。", en: "Add a file and this becomes a video, audio or PDF lesson." }
    attach { zh: "放入这一课", en: "Add to lesson" }
    choose_from_library { zh: "从素材库选择", en: "Choose from library" }
    detach { zh: "从本课移除", en: "Remove from lesson" }
    upload { zh: "上传", en: "Upload" }
    upload_lead { zh: "把文件拖到这里，或点击选择", en: "Drop a file here, or choose one" }
    upload_help { zh: "MP4、WebM 视频不超过 2 GB，音频 500 MB，PDF 100 MB，图片 20 MB。断线后会接着传。", en: "Video (MP4, WebM) up to 2 GB, audio 500 MB, PDF 100 MB, images 20 MB. Uploads continue after a lost connection." }
    file { zh: "文件", en: "File" }
    see_preview { zh: "以学员视角预览", en: "Preview as a learner" }
    back_to_outline { zh: "回到大纲", en: "Back to outline" }
    previous_lesson { zh: "上一课", en: "Previous lesson" }
    next_lesson { zh: "下一课", en: "Next lesson" }
    delete_lesson { zh: "删除这一课", en: "Delete this lesson" }

    preview_notice { zh: "这是学员将看到的样子，只有你能打开这一页。", en: "This is how learners will see it. Only you can open this page." }
    nothing_here { zh: "这一课还没有内容。", en: "There is nothing in this lesson yet." }
    back_to_overview { zh: "课程概览", en: "Course overview" }
}

messages! {
    library_lede { zh: "上传过的视频、音频、图片和 PDF。一个文件可以用在多节课里。", en: "Everything you have uploaded. One file can be used in several lessons." }
    library_empty { zh: "素材库还是空的", en: "Your library is empty" }
    library_empty_text { zh: "上传第一段视频、录音或文档。", en: "Upload a first recording or document." }
    uploaded { zh: "上传完成。", en: "Uploaded." }
    captions { zh: "字幕", en: "Captions" }
    captions_of(name: &str) { zh: "“{name}”的字幕", en: "Captions for “{name}”" }
    captions_file { zh: "字幕文件", en: "Caption file" }
    captions_file_help { zh: "WebVTT 文件（.vtt），不超过 256 KB。", en: "A WebVTT file (.vtt) of up to 256 KB." }
    captions_text { zh: "或者粘贴 WebVTT 内容", en: "Or paste the WebVTT text" }
    captions_help { zh: "以 WEBVTT 开头；选了文件，就以文件为准。", en: "It begins with WEBVTT. Where a file is chosen, the file counts." }
    captions_lang { zh: "字幕语言", en: "Language of the captions" }
    captions_save { zh: "保存字幕", en: "Save captions" }
    captions_remove(lang: &str) { zh: "删除{lang}字幕", en: "Remove {lang} captions" }
    captions_saved { zh: "字幕已保存。", en: "Captions saved." }
    deleted { zh: "已删除。", en: "Deleted." }
    zh_name { zh: "中文", en: "Chinese" }
    en_name { zh: "英文", en: "English" }

    video { zh: "视频", en: "Video" }
    audio { zh: "音频", en: "Audio" }
    image { zh: "图片", en: "Image" }
    pdf { zh: "PDF", en: "PDF" }

    chapter_has_lessons { zh: "这一章里还有课时，请先移走或删除它们", en: "This chapter still has lessons; move or delete them first" }
    file_in_use { zh: "有课时或封面正在使用这个文件，不能删除", en: "A lesson or a cover uses this file, so it can’t be deleted" }
    no_room { zh: "素材库已满，请先删除不用的文件", en: "Your library is full; delete something you no longer use" }
    being_checked { zh: "文件已经收到，正在检查病毒。没有问题的话，几分钟后就会出现在素材库里，不用重新上传", en: "The file has arrived and is being checked for viruses. Unless something is found, it will be in your library in a few minutes; there is no need to send it again" }
    upload_too_many { zh: "同时上传的文件太多，请等几个传完", en: "Too many uploads at once; wait for some to finish" }
}

pub fn refusal(lang: Lang, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::ChapterHasLessons => chapter_has_lessons(lang),
        Refusal::FileInUse => file_in_use(lang),
        Refusal::NoRoom => no_room(lang),
        Refusal::TooManyUploads => upload_too_many(lang),
        Refusal::BeingChecked => being_checked(lang),
    }
}

pub fn state(lang: Lang, state: DraftState) -> &'static str {
    match state {
        DraftState::Draft => state_draft(lang),
        DraftState::Published => state_published(lang),
        DraftState::Changed => state_changed(lang),
        DraftState::Unlisted => state_unlisted(lang),
    }
}

pub fn need(lang: Lang, need: Need) -> &'static str {
    match need {
        Need::Title => need_title(lang),
        Need::Promise => need_promise(lang),
        Need::Topic => need_topic(lang),
        Need::Lesson => need_lesson(lang),
        Need::Content => need_content(lang),
        Need::Length => need_length(lang),
        Need::Price => need_price(lang),
    }
}

pub fn media_kind(lang: Lang, kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Video => video(lang),
        MediaKind::Audio => audio(lang),
        MediaKind::Image => image(lang),
        MediaKind::Pdf => pdf(lang),
    }
}

/// The name of an interface language, as captions call it.
pub fn lang_name(lang: Lang, of: Lang) -> &'static str {
    match of {
        Lang::Zh => zh_name(lang),
        Lang::En => en_name(lang),
    }
}
