//! The texts of the house: help and law. Their bodies are Markdown under `texts/`.

use model::Lang;
use model::storefront::Shelf;

messages! {
    help { zh: "帮助", en: "Help" }
    legal { zh: "规则", en: "The rules" }
    buying { zh: "怎样购买", en: "How buying works" }
    buying_lede { zh: "从看到一门课，到拿到收据。", en: "From finding a course to having the receipt." }
    refund_help { zh: "怎样退款", en: "How to get a refund" }
    refund_help_lede { zh: "七天之内，学习不超过两成，全额退回。", en: "Within seven days, with no more than a fifth studied, you get all of it back." }
    offline { zh: "没有网络的时候", en: "Without a network" }
    offline_lede { zh: "把讲台装到桌面，断网也能打开看过的页面。", en: "Install Lectern, and the pages you have seen open without a connection." }
    teaching { zh: "在这里开课", en: "Teaching here" }
    teaching_lede { zh: "从一页提纲到第一位学员，需要做的几件事。", en: "What it takes to get from an outline to your first learner." }
    terms { zh: "服务条款", en: "Terms of service" }
    terms_lede { zh: "我们答应你的，和我们请你做到的。", en: "What we promise you, and what we ask of you." }
    privacy { zh: "隐私说明", en: "Privacy" }
    privacy_lede { zh: "记下什么，为什么记，怎样删掉。", en: "What we keep, why we keep it, and how to have it deleted." }
    refunds { zh: "退款规则", en: "Refund rules" }
    refunds_lede { zh: "条件、时间和钱的去向，一次说清。", en: "The conditions, the dates and where the money goes, all in one place." }
}

/// Every text, in the order it is offered.
pub const TEXTS: &[(Shelf, &str)] = &[
    (Shelf::Help, "buying"),
    (Shelf::Help, "refunds"),
    (Shelf::Help, "offline"),
    (Shelf::Help, "teaching"),
    (Shelf::Legal, "terms"),
    (Shelf::Legal, "privacy"),
    (Shelf::Legal, "refunds"),
];

/// The title of a text, if there is one of this name.
pub fn title(lang: Lang, shelf: Shelf, name: &str) -> Option<&'static str> {
    heads(lang, shelf, name).map(|(title, _)| title)
}

/// What a text says, in a sentence.
pub fn lede(lang: Lang, shelf: Shelf, name: &str) -> Option<&'static str> {
    heads(lang, shelf, name).map(|(_, lede)| lede)
}

fn heads(lang: Lang, shelf: Shelf, name: &str) -> Option<(&'static str, &'static str)> {
    match (shelf, name) {
        (Shelf::Help, "buying") => Some((buying(lang), buying_lede(lang))),
        (Shelf::Help, "refunds") => Some((refund_help(lang), refund_help_lede(lang))),
        (Shelf::Help, "offline") => Some((offline(lang), offline_lede(lang))),
        (Shelf::Help, "teaching") => Some((teaching(lang), teaching_lede(lang))),
        (Shelf::Legal, "terms") => Some((terms(lang), terms_lede(lang))),
        (Shelf::Legal, "privacy") => Some((privacy(lang), privacy_lede(lang))),
        (Shelf::Legal, "refunds") => Some((refunds(lang), refunds_lede(lang))),
        _ => None,
    }
}

macro_rules! text {
    ($lang:expr, $file:literal) => {
        match $lang {
            Lang::Zh => include_str!(concat!("../texts/zh/", $file)),
            Lang::En => include_str!(concat!("../texts/en/", $file)),
        }
    };
}

/// The body of a text in Markdown.
pub fn markdown(lang: Lang, shelf: Shelf, name: &str) -> Option<&'static str> {
    match (shelf, name) {
        (Shelf::Help, "buying") => Some(text!(lang, "help-buying.md")),
        (Shelf::Help, "refunds") => Some(text!(lang, "help-refunds.md")),
        (Shelf::Help, "offline") => Some(text!(lang, "help-offline.md")),
        (Shelf::Help, "teaching") => Some(text!(lang, "help-teaching.md")),
        (Shelf::Legal, "terms") => Some(text!(lang, "legal-terms.md")),
        (Shelf::Legal, "privacy") => Some(text!(lang, "legal-privacy.md")),
        (Shelf::Legal, "refunds") => Some(text!(lang, "legal-refunds.md")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_a_title_a_sentence_and_a_body_in_both_languages() {
        for (shelf, name) in TEXTS {
            for lang in Lang::ALL {
                assert!(title(*lang, *shelf, name).is_some() && lede(*lang, *shelf, name).is_some());
                assert!(markdown(*lang, *shelf, name).is_some_and(|text| text.chars().count() > 200), "{shelf}/{name} in {lang}");
            }
        }
    }
}
