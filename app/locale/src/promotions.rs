//! Coupons.

use model::Lang;
use model::promotions::Refusal;

messages! {
    unknown { zh: "没有这个优惠码，请检查有没有输错", en: "There is no such code; please check how it is spelled" }
    not_yet { zh: "这个优惠码还没到可用时间", en: "This code can’t be used yet" }
    expired { zh: "这个优惠码已经过期", en: "This code has expired" }
    used_up { zh: "这个优惠码已经被领完了", en: "This code has been used up" }
    already_used { zh: "你已经用过这个优惠码了", en: "You have used this code already" }
    not_for_this { zh: "这个优惠码不适用于你要买的内容", en: "This code is not for what you are buying" }
    first_order_only { zh: "这个优惠码只限首单使用", en: "This code is for a first order only" }
    other_currency { zh: "这个优惠码是另一种货币的", en: "This code is in another currency" }
}

/// Why a code takes nothing off.
pub fn refusal(lang: Lang, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Unknown => unknown(lang),
        Refusal::NotYet => not_yet(lang),
        Refusal::Expired => expired(lang),
        Refusal::UsedUp => used_up(lang),
        Refusal::AlreadyUsed => already_used(lang),
        Refusal::NotForThis => not_for_this(lang),
        Refusal::FirstOrderOnly => first_order_only(lang),
        Refusal::OtherCurrency => other_currency(lang),
    }
}
