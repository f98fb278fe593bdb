//! Fields in every state.

use crate::*;
use leptos::prelude::*;

pub fn part() -> AnyView {
    super::part("forms", "Forms", view! { <div class="grid-2">{text()} {choices()}</div> }.into_any())
}

fn text() -> AnyView {
    let sorts = || vec![Answer::new("new", "最新"), Answer::new("rating", "口碑"), Answer::new("length", "时长")];
    let errors = vec![("gallery-email".to_owned(), "请填写完整的邮箱地址，例如 name@example.com。".to_owned())];
    view! {
        <form class="stack gap-5" action="#forms">
            <ErrorSummary title="有 1 处需要修改" errors/>
            <Field label="邮箱" name="gallery-email" kind="email" value="ada@" error="请填写完整的邮箱地址，例如 name@example.com。" autocomplete="email"/>
            <Field label="Password" name="gallery-password" kind="password" help="At least 8 characters; a sentence is best." autocomplete="new-password"
                aside=view! { <a class="nowrap" href="#forms">"Forgot it?"</a> }/>
            <Field label="Price" name="gallery-price" unit="¥" value="299" inputmode="decimal" note="optional"/>
            <Field label="Read only" name="gallery-readonly" value="ORD-2026-1121" readonly=true/>
            <LinkField label="Link" id="gallery-link" value="https://lectern.example/zh/r/ADA1815" copy="复制链接" labels="{}"/>
            <TextArea label="简介" name="gallery-summary" placeholder="用一句话说清学完会做什么" maxlength=280u32/>
            <Select label="排序" name="gallery-sort" options=sorts() value="rating"/>
            <FormActions>
                <Button>"保存"</Button>
                <Button kind=Kind::Quiet formnovalidate=true>"取消"</Button>
            </FormActions>
        </form>
    }
    .into_any()
}

fn choices() -> AnyView {
    let labels = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"].map(str::to_owned);
    view! {
        <div class="stack gap-5">
            <SearchForm action="#forms" label="Search" placeholder="搜索课程、讲师、主题" id="gallery-search"/>
            <SearchForm action="#forms" label="Search everything" placeholder="想学什么？" button="搜索" id="gallery-search-large"/>
            <Choices legend="形式" name="gallery-kind">
                <Checkbox label="视频" name="gallery-kind" value="video" checked=true count=214u64/>
                <Checkbox label="音频" name="gallery-kind" value="audio" count=96u64/>
            </Choices>
            <Choices legend="难度" name="gallery-level" error="请选一项。">
                <Radio label="入门" name="gallery-level" value="1" note="不需要基础" checked=true/>
                <Radio label="进阶" name="gallery-level" value="2"/>
            </Choices>
            <Choices legend="感兴趣的主题" name="gallery-topics" help="至少三个" chips=true>
                <ChipChoice label="编程" name="gallery-topics" value="code" checked=true/>
                <ChipChoice label="历史" name="gallery-topics" value="history"/>
                <ChipChoice label="Music" name="gallery-topics" value="music"/>
            </Choices>
            <Choices legend="支付方式" name="gallery-pay">
                <RadioCard label="微信支付" name="gallery-pay" value="wechat" icon=Glyph::Phone checked=true/>
                <RadioCard label="银行卡" name="gallery-pay" value="card" note="Visa, Mastercard, UnionPay" icon=Glyph::Card/>
            </Choices>
            <Switch label="自动播放下一节" name="gallery-next" checked=true note="可随时关闭"/>
            <StarInput legend="评分" name="gallery-stars" value=4 labels/>
        </div>
    }
    .into_any()
}
