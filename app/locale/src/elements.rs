//! The words of the custom elements of `frontend/`, one function per element: what its `data-labels` attribute holds.
//!
//! The scripts know no language; a place `{name}` is filled in by them. The front end's tests read this file, so a word that an element
//! asks for and that is missing here fails there. Quotation marks are typographic: the text goes into JSON as it stands.

/// `element { key { zh: "…", en: "…" } … }` becomes `fn element(lang) -> &'static str`, a JSON object of its words.
macro_rules! labels {
    ($($(#[$meta:meta])* $element:ident { $($key:ident { zh: $zh:literal, en: $en:literal })+ })+) => {
        $(
            $(#[$meta])*
            pub fn $element(lang: model::Lang) -> &'static str {
                match lang {
                    model::Lang::Zh => concat!("{", $("\"", stringify!($key), "\":\"", $zh, "\",",)+ "\"_\":\"\"}"),
                    model::Lang::En => concat!("{", $("\"", stringify!($key), "\":\"", $en, "\",",)+ "\"_\":\"\"}"),
                }
            }
        )+
        #[cfg(test)]
        const ALL: &[(&str, fn(model::Lang) -> &'static str)] = &[$((stringify!($element), $element)),+];
    };
}

labels! {
    /// `<lesson-player>`
    lesson_player {
        controls { zh: "播放控制", en: "Player controls" }
        play { zh: "播放", en: "Play" }
        pause { zh: "暂停", en: "Pause" }
        seek { zh: "播放进度", en: "Position" }
        time_of { zh: "{time}，共 {length}", en: "{time} of {length}" }
        back { zh: "后退 10 秒", en: "Back 10 seconds" }
        forward { zh: "前进 10 秒", en: "Forward 10 seconds" }
        mute { zh: "静音", en: "Mute" }
        unmute { zh: "取消静音", en: "Unmute" }
        volume { zh: "音量", en: "Volume" }
        volume_at { zh: "音量 {percent}%", en: "Volume {percent}%" }
        speed { zh: "播放速度", en: "Speed" }
        captions { zh: "字幕", en: "Captions" }
        captions_on { zh: "字幕已打开", en: "Captions on" }
        captions_off { zh: "字幕已关闭", en: "Captions off" }
        caption_language { zh: "字幕语言", en: "Caption language" }
        pip { zh: "画中画", en: "Picture in picture" }
        theatre { zh: "宽屏模式", en: "Theatre mode" }
        zen { zh: "专注模式", en: "Focus mode" }
        fullscreen { zh: "全屏", en: "Full screen" }
        leave_fullscreen { zh: "退出全屏", en: "Leave full screen" }
        resumed { zh: "从 {time} 继续", en: "Resumed at {time}" }
        start_over { zh: "从头播放", en: "Start over" }
        next { zh: "下一课", en: "Next lesson" }
        next_in { zh: "{seconds} 秒后播放", en: "Starts in {seconds} s" }
        cancel { zh: "取消", en: "Cancel" }
        completed { zh: "本课已学完", en: "Lesson completed" }
        retry { zh: "重试", en: "Try again" }
        failed { zh: "媒体加载失败。", en: "The media could not be loaded." }
        failed_offline { zh: "网络已断开，联网后可继续播放。", en: "You are offline. Playback continues once you are connected again." }
    }
    /// `<copy-button>`
    copy_button {
        copied { zh: "已复制", en: "Copied" }
        failed { zh: "没能复制。链接已选中，请手动复制。", en: "It could not be copied. The link is selected; copy it yourself." }
    }
    /// `<wechat-sheet>`
    wechat_sheet {
        cancelled { zh: "付款窗口已关闭，没有扣款。可以再点一次。", en: "You closed the window and were not charged. Tap again to pay." }
        failed { zh: "微信没能打开付款窗口，没有扣款。可以再试一次，或者按下面的办法付款。", en: "WeChat could not open its window, and you were not charged. Try again, or pay as described below." }
    }
    /// `<passkey-gate>`
    passkey_gate {
        waiting { zh: "请按设备的提示操作……", en: "Follow your device…" }
        cancelled { zh: "没有完成，可以再试一次。", en: "It was not finished. You can try again." }
        failed { zh: "这台设备没能使用通行密钥。", en: "This device could not use a passkey." }
    }
    /// `<passkey-maker>`
    passkey_maker {
        waiting { zh: "请按设备的提示操作……", en: "Follow your device…" }
        cancelled { zh: "没有完成，可以再试一次。", en: "It was not finished. You can try again." }
        known { zh: "这台设备已经有这个账号的通行密钥。", en: "This device has a passkey for your account already." }
        failed { zh: "这台设备没能创建通行密钥。", en: "This device could not make a passkey." }
    }
    /// `<sortable-list>`
    sortable_list {
        handle { zh: "移动“{name}”：按住拖动，或按 Alt 加方向键", en: "Move “{name}”: drag, or press Alt with an arrow key" }
        moved { zh: "“{name}”已移到第 {position} 位，共 {count} 项", en: "“{name}” moved to position {position} of {count}" }
        moved_into { zh: "“{name}”已移到“{list}”的第 {position} 位", en: "“{name}” moved into “{list}”, position {position}" }
        edge { zh: "“{name}”已经到头了", en: "“{name}” cannot go further" }
        lifted { zh: "已拿起“{name}”", en: "Picked up “{name}”" }
        cancelled { zh: "已取消移动", en: "Move cancelled" }
        saved { zh: "顺序已保存", en: "Order saved" }
        failed { zh: "顺序没有保存，已恢复原样。请检查网络后再试。", en: "The order was not saved and has been put back. Check your connection and try again." }
    }
    /// `<media-uploader>`
    media_uploader {
        waiting { zh: "等待上传", en: "Waiting" }
        sending { zh: "已上传 {percent}%", en: "{percent}% uploaded" }
        paused { zh: "已暂停，{percent}%", en: "Paused at {percent}%" }
        resuming { zh: "接着上次继续，{percent}%", en: "Continuing from {percent}%" }
        retrying { zh: "连接中断，正在重试", en: "Connection lost, trying again" }
        offline { zh: "网络已断开，联网后自动继续", en: "Offline. It continues when you are connected again" }
        finishing { zh: "正在收尾", en: "Finishing" }
        checking { zh: "已传完，正在检查病毒", en: "Uploaded; being checked for viruses" }
        done { zh: "上传完成", en: "Uploaded" }
        failed { zh: "上传失败", en: "Upload failed" }
        thrown_away { zh: "文件检查后没有收下", en: "The file was checked and not taken" }
        too_large { zh: "文件超过 {limit}，无法上传", en: "The file is larger than {limit}" }
        wrong_type { zh: "不支持这种文件", en: "This kind of file is not accepted" }
        pause { zh: "暂停", en: "Pause" }
        resume { zh: "继续", en: "Continue" }
        retry { zh: "重试", en: "Try again" }
        cancel { zh: "取消上传", en: "Cancel upload" }
        progress { zh: "“{name}”的上传进度", en: "Upload of {name}" }
        unfinished { zh: "上次没有传完：{name}。重新选择这个文件即可接着传。", en: "Not finished last time: {name}. Choose the same file to continue." }
        leave { zh: "文件还在上传", en: "A file is still being uploaded" }
    }
    /// `<autosave-form>`
    autosave_form {
        saving { zh: "正在保存", en: "Saving" }
        saved { zh: "已保存 {time}", en: "Saved {time}" }
        kept { zh: "未联网，已存在本机", en: "Offline, kept on this device" }
        retrying { zh: "保存失败，正在重试（已存在本机）", en: "Not saved yet, trying again (kept on this device)" }
        conflicted { zh: "等待你选择", en: "Waiting for your choice" }
        invalid { zh: "有内容需要修改，尚未保存", en: "Not saved: something needs correcting" }
        too_long { zh: "内容太长，尚未保存（已存在本机）", en: "Not saved: the text is too long (kept on this device)" }
        signed_out { zh: "登录已失效，内容已存在本机。重新登录后会自动找回。", en: "You were signed out. Your text is kept on this device and comes back after you sign in." }
        restored { zh: "找回了 {time} 未保存的内容。", en: "Unsaved text from {time} was restored." }
        discard { zh: "放弃这些内容", en: "Discard it" }
        conflict { zh: "这里在别处被修改过。请选择保留哪一份：", en: "This was changed elsewhere. Choose which text to keep:" }
        mine { zh: "我的内容", en: "Mine" }
        theirs { zh: "另一份内容", en: "The other one" }
        keep_mine { zh: "保留我的", en: "Keep mine" }
        use_theirs { zh: "采用另一份", en: "Use the other one" }
        bring_back { zh: "恢复我的内容", en: "Bring mine back" }
        replaced { zh: "已换成另一份内容。", en: "The other text is in place." }
    }
    /// `<lesson-editor>`
    lesson_editor {
        toolbar { zh: "文字格式", en: "Formatting" }
        text { zh: "正文编辑区", en: "Lesson text" }
        placeholder { zh: "开始写作，输入“/”插入内容", en: "Write here. Type “/” to insert something" }
        paragraph { zh: "正文", en: "Paragraph" }
        heading2 { zh: "标题", en: "Heading" }
        heading3 { zh: "小标题", en: "Subheading" }
        bold { zh: "加粗", en: "Bold" }
        italic { zh: "斜体", en: "Italic" }
        strike { zh: "删除线", en: "Strikethrough" }
        code { zh: "行内代码", en: "Inline code" }
        link { zh: "链接", en: "Link" }
        link_address { zh: "链接地址", en: "Link address" }
        link_apply { zh: "确定", en: "Apply" }
        link_remove { zh: "移除链接", en: "Remove link" }
        link_invalid { zh: "请输入以 https:// 开头的地址", en: "Enter an address that starts with https://" }
        bullets { zh: "项目列表", en: "Bulleted list" }
        numbers { zh: "编号列表", en: "Numbered list" }
        quote { zh: "引用", en: "Quote" }
        code_block { zh: "代码块", en: "Code block" }
        divider { zh: "分隔线", en: "Divider" }
        image { zh: "图片", en: "Image" }
        image_alt { zh: "图片说明", en: "Image description" }
        image_sending { zh: "正在上传图片，{percent}%", en: "Uploading image, {percent}%" }
        image_failed { zh: "图片上传失败：{reason}", en: "The image could not be uploaded: {reason}" }
        undo { zh: "撤销", en: "Undo" }
        redo { zh: "重做", en: "Redo" }
        source { zh: "Markdown 源码", en: "Markdown source" }
        rich { zh: "可视化编辑", en: "Visual editor" }
        source_only { zh: "这篇内容含有可视化编辑无法保留的格式，因此以源码打开。", en: "This text holds markup the visual editor would lose, so it opens as source." }
        insert { zh: "插入", en: "Insert" }
        no_match { zh: "没有匹配的内容", en: "Nothing matches" }
        words { zh: "{count} 字 · 约 {minutes} 分钟", en: "{count} words · about {minutes} min" }
    }
    /// `<reading-mark>`
    reading_mark {
        done { zh: "已读完，记为学完", en: "Read to the end: done" }
        undo { zh: "撤销", en: "Undo" }
        failed { zh: "操作没有成功，请重试。", en: "That did not work. Please try again." }
    }
    /// A search form with `data-suggest`
    search_suggestions {
        suggestions { zh: "搜索建议", en: "Suggestions" }
        one { zh: "1 条建议，按上下方向键选择", en: "1 suggestion; use the arrow keys" }
        many { zh: "{count} 条建议，按上下方向键选择", en: "{count} suggestions; use the arrow keys" }
    }
    /// `<app-notices>`
    app_notices {
        offline { zh: "当前离线，已打开过的页面仍可查看", en: "You are offline. Pages you opened before can still be read" }
        online { zh: "已恢复联网", en: "Back online" }
        waiting { zh: "{count} 条学习记录待同步", en: "{count} study records waiting to be sent" }
        copy { zh: "这是之前保存的页面，可能不是最新内容", en: "This is a copy kept earlier and may be out of date" }
        reload { zh: "重新加载", en: "Load again" }
        new_version { zh: "新版本已就绪", en: "A new version is ready" }
        update { zh: "更新", en: "Update" }
        later { zh: "以后再说", en: "Later" }
        close { zh: "关闭", en: "Close" }
        unsent { zh: "还有未同步的内容，退出登录会将其从本机删除。确定退出吗？", en: "Some of your work has not been sent yet. Signing out removes it from this device. Sign out anyway?" }
    }
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use model::Lang;

    #[test]
    fn no_word_breaks_the_json_around_it() {
        for (element, words) in ALL {
            for lang in [Lang::Zh, Lang::En] {
                let text = words(lang);
                assert!(!text.contains('\\') && !text.chars().any(char::is_control), "{element}");
                // Every mark belongs to the frame: four for each word, and the closing pair.
                let words = text.matches("\":\"").count();
                assert_eq!(text.matches('"').count(), 4 * words, "{element}");
            }
        }
    }
}
