//! Buttons, menus, moving about.

use crate::*;
use leptos::prelude::*;

pub fn part() -> AnyView {
    super::part("actions", "Actions", view! { {buttons()} {places()} }.into_any())
}

fn buttons() -> AnyView {
    let kinds = [
        (Kind::Primary, "Primary 购买"),
        (Kind::Secondary, "Secondary 试看"),
        (Kind::Quiet, "Quiet 稍后"),
        (Kind::Danger, "Danger 删除"),
    ];
    let row = |size: Size, disabled: bool| {
        let buttons: Vec<_> =
            kinds.into_iter().map(|(kind, label)| view! { <Button kind size disabled>{label}</Button> }).collect();
        view! { <div class="cluster">{buttons}</div> }
    };
    view! {
        {row(Size::Medium, false)}
        {row(Size::Small, false)}
        {row(Size::Large, false)}
        {row(Size::Medium, true)}
        <div class="cluster">
            <ButtonLink href="#actions" icon=Glyph::Play>"继续学习"</ButtonLink>
            <ButtonLink href="#actions" kind=Kind::Secondary icon=Glyph::Heart>"Add to wishlist"</ButtonLink>
            <IconButton glyph=Glyph::Bookmark label="Bookmark" role_type="button"/>
            <IconButton glyph=Glyph::Heart label="Liked" pressed=true role_type="button"/>
            <IconButton glyph=Glyph::Edit label="Edit" small=true role_type="button"/>
            <IconLink glyph=Glyph::Bell label="3 notifications" href="#actions" count=3/>
            <Menu label="More">
                <ul role="list">
                    <MenuLink href="#actions" icon=Glyph::ThumbDown>"不感兴趣"</MenuLink>
                    <MenuLink href="#actions" icon=Glyph::Info>"Why this?"</MenuLink>
                </ul>
            </Menu>
        </div>
    }
    .into_any()
}

fn places() -> AnyView {
    let tabs = vec![
        Tab::new("进行中", "#actions", true).counted(3),
        Tab::new("未开始", "#actions", false),
        Tab::new("Finished", "#actions", false).counted(12),
    ];
    let steps = vec![Crumb::new("全部课程", "#actions"), Crumb::new("数据", "#actions")];
    let side = vec![
        NavLink::new("课程", "#actions", Glyph::Book, true),
        NavLink::new("素材", "#actions", Glyph::Image, false),
        NavLink::new("Earnings", "#actions", Glyph::Wallet, false).counted(2),
    ];
    view! {
        <Breadcrumb steps label="Path"/>
        <Tabs tabs label="Views"/>
        <div class="cluster">
            <Chip href="#actions" current=true>"全部"</Chip>
            <Chip href="#actions" count=42u64>"编程"</Chip>
            <Chip href="#actions" removes="Remove filter">"视频"</Chip>
        </div>
        <div class="with-side"><SideNav nav=side label="Studio"/><p class="muted">"Side navigation lies down on a phone."</p></div>
        <Pager page=5 pages=9 link=|base, page| format!("{base}?page={page}") base="#actions" label="Pages" previous="上一页" next="下一页"/>
    }
    .into_any()
}
