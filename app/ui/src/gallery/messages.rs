//! Messages, labels, nothing here.

use crate::*;
use leptos::prelude::*;

pub fn part() -> AnyView {
    let badges = view! {
        <div class="cluster gap-2">
            <Badge>"草稿"</Badge>
            <Badge tone=Tone::Info>"Free preview"</Badge>
            <Badge tone=Tone::Success icon=Glyph::Check>"已发布"</Badge>
            <Badge tone=Tone::Warning>"缺字幕"</Badge>
            <Badge tone=Tone::Danger>"Failed"</Badge>
            <Badge tone=Tone::Seal>"编辑精选"</Badge>
        </div>
    };
    let inside = view! {
        {badges}
        <div class="stack gap-3">
            <Notice>"课程在 12 月 1 日更新，已购学员免费获得新内容。"</Notice>
            <Notice tone=Tone::Success title="Paid">"Your receipt is on its way to grace@lectern.example."</Notice>
            <Notice tone=Tone::Warning title="价格变了">"下单之后讲师调整了价格：现在是 ¥269，比之前少 ¥30。"</Notice>
            <Notice tone=Tone::Danger title="Payment declined">"The bank said no. Nothing was charged. "<a href="#messages">"Try another method"</a></Notice>
        </div>
        <div class="grid-2">
            <EmptyState title="还没有笔记" text="播放课程时按 N，记下的话会带着那一刻的时间。" icon=Glyph::Note small=true
                actions=view! { <ButtonLink href="#messages" kind=Kind::Secondary>"打开最近一课"</ButtonLink> }/>
        </div>
    };
    super::part("messages", "Messages", inside.into_any())
}
