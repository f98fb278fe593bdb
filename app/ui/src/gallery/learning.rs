//! What a learner has before them.

use crate::*;
use leptos::prelude::*;
use model::html::SafeHtml;

pub fn part() -> AnyView {
    let inside = view! {
        <div class="grid-2">
            <Outline>
                <OutlineChapter title="第一章 不确定性从哪里来" meta="3 节 · 36 分钟" open=true>
                    <LessonRow title="一枚硬币的两种说法" href="#learning" glyph=Glyph::Video state=LessonState::Done state_label="已学完" time="12:40"/>
                    <LessonRow title="频率与信念" href="#learning" glyph=Glyph::Audio state=LessonState::Current time="9:05"/>
                    <LessonRow title="练习：生日问题" href="#learning" glyph=Glyph::Article badge=view! { <Badge tone=Tone::Info>"试看"</Badge> } time="14:10"/>
                </OutlineChapter>
                <OutlineChapter title="Chapter two: conditional thinking" meta="2 lessons · 28 min">
                    <LessonRow title="Bayes in one picture" glyph=Glyph::Video state=LessonState::Locked state_label="Locked" time="16:20"/>
                </OutlineChapter>
            </Outline>
            <div class="stack">
                <MediaFrame>
                    <Cover id="media"/>
                </MediaFrame>
                <AudioFrame cover=view! { <Cover id="audio"/> }><p class="strong">"频率与信念"</p><audio controls preload="none" aria-label="频率与信念"></audio></AudioFrame>
            </div>
        </div>
        <Prose html=SafeHtml::sanitised(PROSE.to_owned()) lang="zh-CN"/>
    };
    super::part("learning", "Learning", inside.into_any())
}

const PROSE: &str = "<h2>直觉为什么会错</h2><p>我们的直觉是在小样本里长大的。一个村子里有几十个人，一年里有几场雨，一辈子遇见的猛兽数得过来——在这样的世界里，<strong>记得住的事</strong>和<em>常发生的事</em>差不多是一回事。</p><blockquote><p>凡是容易想起来的，我们就以为它常见。</p></blockquote><p>把这句话写成公式：<code>P(A|B) = P(B|A) · P(A) / P(B)</code>。Bayes 的公式只有一行，却要求我们先承认自己有一个先验。</p><ul><li>先写下你相信什么；</li><li>再写下证据有多意外；</li><li>最后才更新。</li></ul><pre><code>let posterior = likelihood * prior / evidence;</code></pre>";
