//! Cards, covers, prices, people.

use crate::*;
use leptos::prelude::*;

const SAMPLES: [(&str, &str, &str, &str); 8] = [
    ("把 Rust 写进生产：从所有权到异步服务", "林静远", "编程", "zh-CN"),
    ("Reading a balance sheet without fear", "Ada Lovelace", "Business", "en"),
    ("唐诗里的长安：一座城的三百年", "沈怀瑾", "历史", "zh-CN"),
    ("Probability, and how intuition fails", "Grace Hopper", "Data", "en"),
    ("听懂古典：从巴赫到肖斯塔科维奇", "周牧", "音乐", "zh-CN"),
    ("The honest habit of sleep", "Noor Aziz", "Health", "en"),
    ("写作是一门手艺", "许棠", "写作", "zh-CN"),
    ("Drawing what you see", "Mei Tan", "Art", "en"),
];

pub fn part() -> AnyView {
    let cards: Vec<_> = SAMPLES
        .into_iter()
        .enumerate()
        .map(|(at, (title, teacher, topic, lang))| {
            let cover = view! { <Cover id=title slip=topic slip_lang=lang badge=view! { <Badge on_picture=true>"视频"</Badge> }/> };
            let foot = match at % 3 {
                0 => view! { <Rating score="4.9" count="12,408" label="4.9 of 5"/><Price now="¥299" was="¥399" was_label="Before"/> }.into_any(),
                1 => view! { <Rating score="4.6" label="4.6 of 5"/><Price now="Free" free=true/> }.into_any(),
                _ => view! { <Progress percent=37 label="37 per cent done" caption="第 4 章" end="37%"/> }.into_any(),
            };
            view! { <li><Card href="#things" title lang cover meta=vec![teacher.to_owned(), "9 h".to_owned()] foot reason="因为你学完了《概率思维》"/></li> }
        })
        .collect();
    let covers: Vec<_> = (0..12).map(|n| view! { <Cover id=format!("course-{n}")/> }).collect();
    let inside = view! {
        <ul class="grid-cards" role="list">{cards}</ul>
        <div class="grid-tiles">{covers}</div>
        <div class="continue">
            <CardRow href="#things" title="条件概率与直觉的陷阱" kicker="继续学习 · 第 4 章" cover=view! { <Cover id="prob" slip="概率" shape=CoverShape::Thumb/> }
                foot=view! { <Progress percent=58 label="58%" caption="剩 42 分钟" end="58%"/> }
                actions=view! { <ButtonLink href="#things" icon=Glyph::Play>"继续"</ButtonLink> }/>
        </div>
        <div class="cluster gap-6">
            <Price now="¥299" was="¥399" was_label="Before" large=true/>
            <Price now="免费" free=true large=true/>
            <Rating score="4.8" count="8,932" label="4.8 of 5"/>
            <Stars of_five=4 label="4 of 5 stars"/>
            <Avatar name="林静远"/><Avatar name="Ada Lovelace" size=AvatarSize::Small/><Avatar name="沈怀瑾" size=AvatarSize::Large/>
            <Person name="Grace Hopper" note="Navy, compilers, patience" href="#things"/>
        </div>
        <div class="grid-2">
            <RatingBars shares=[72, 20, 5, 2, 1] labels=["5 星", "4 星", "3 星", "2 星", "1 星"].map(str::to_owned)/>
            <Accordion>
                <Fold title="可以退款吗？" open=true><p>"购买后 7 天内、学习不超过 20%，可以全额退款。"</p></Fold>
                <Fold title="Can I download lessons?"><p>"Yes, where the teacher allows it."</p></Fold>
            </Accordion>
        </div>
    };
    super::part("things", "Things", inside.into_any())
}
