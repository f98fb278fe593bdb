//! The feed and the sentence of every reason.

use model::Lang;
use model::feed::Why;

messages! {
    title { zh: "为你推荐", en: "For you" }
    lede { zh: "按你学过、看过和选过的内容排序，每一条都写明理由。", en: "Ranked by what you have studied, viewed and chosen. Every item says why." }
    fresh_lede { zh: "根据你选的主题和大家的选择开始；学得越多，推荐越贴近你。", en: "A start from your topics and what others choose. The more you learn, the closer it gets." }
    same_for_all { zh: "个性化推荐已关闭：下面的课对所有人都一样，只去掉你已有的和不想看的。", en: "Personal suggestions are off: this list is the same for everybody, less what you own or have hidden." }
    turn_on { zh: "去开启", en: "Turn them on" }
    interests(topics: &str) { zh: "你关注的主题：{topics}", en: "Your topics: {topics}" }
    no_interests { zh: "你还没有选择感兴趣的主题。", en: "You have not chosen any topics yet." }
    change_interests { zh: "调整兴趣", en: "Change topics" }
    choose_interests { zh: "选择兴趣", en: "Choose topics" }
    suggestions { zh: "推荐课程", en: "Suggested courses" }
    going_on { zh: "继续学习", en: "Continue learning" }
    options(course: &str) { zh: "《{course}》的更多操作", en: "More about “{course}”" }
    not_interested { zh: "不感兴趣", en: "Not interested" }
    put_away(course: &str) { zh: "不再推荐《{course}》", en: "“{course}” will not be suggested again" }
    hidden { zh: "已隐藏，不再推荐这门课。", en: "Hidden. This course will not be suggested again." }
    undo { zh: "撤销", en: "Undo" }
    not_kept { zh: "没有保存成功，请再试一次。", en: "Couldn’t save that. Please try again." }
    why { zh: "为什么推荐", en: "Why this?" }
    share(percent: u8) { zh: "{percent}%", en: "{percent}%" }
    end { zh: "今天就到这里", en: "That is all for today" }
    end_text { zh: "学一课，再回来看看。", en: "Study a lesson, then look again." }
    empty_title { zh: "暂时没有可推荐的课", en: "Nothing left to suggest" }
    empty_text { zh: "所有课程你都有了，或者都隐藏了。", en: "You own or have hidden everything there is." }

    studied(title: &str) { zh: "因为你在学《{title}》", en: "Because you study “{title}”" }
    looked_at(title: &str) { zh: "因为你看过《{title}》", en: "Because you looked at “{title}”" }
    went_on(title: &str) { zh: "学《{title}》的人接着学了它", en: "Learners of “{title}” went on to this" }
    interest(topic: &str) { zh: "符合你选的主题“{topic}”", en: "In a topic you chose: {topic}" }
    same_teacher(name: &str) { zh: "你学过{name}的课", en: "You have learned from {name}" }
    popular_in_topic(topic: &str) { zh: "“{topic}”里很受欢迎", en: "Popular in {topic}" }
    popular { zh: "很多人在学", en: "Many people are learning it" }
    new { zh: "新上架", en: "New" }
}

/// The sentence of a reason.
pub fn reason(lang: Lang, why: &Why) -> String {
    match why {
        Why::Studied { title } => studied(lang, title),
        Why::LookedAt { title } => looked_at(lang, title),
        Why::WentOn { title } => went_on(lang, title),
        Why::Interest { topic } => interest(lang, topic),
        Why::SameTeacher { name } => same_teacher(lang, name),
        Why::PopularInTopic { topic } => popular_in_topic(lang, topic),
        Why::Popular => popular(lang).into(),
        Why::New => new(lang).into(),
    }
}
