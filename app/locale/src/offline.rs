//! What the page says that opens without network.

messages! {
    kicker { zh: "离线", en: "Offline" }
    title { zh: "现在没有网络", en: "You are offline" }
    lede { zh: "别担心，什么都没有丢。打开过的公开页面还能看，恢复网络后一切照旧。", en: "Nothing is lost. Public pages that you have opened before still open, and everything else is back with the network." }
    kept { zh: "还能打开的页面", en: "Pages that still open" }
    kept_none { zh: "还没有存下的页面。联网时打开过的课程页会留在这里。", en: "No pages are kept yet. Course pages that you open with a connection stay here." }
    again { zh: "再试一次", en: "Try again" }
}
