//! The two languages of the interface.

crate::words! {
    /// A language of the interface; the first segment of every page's path.
    pub enum Lang {
        Zh = "zh",
        En = "en",
    }
}

impl Lang {
    /// The BCP 47 tag for the `lang` attribute.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The other one.
    pub const fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// Chooses from an `Accept-Language` header (RFC 9110 §12.5.4) by quality; Chinese where it says nothing we speak.
    pub fn from_accept_language(header: &str) -> Lang {
        let mut best: Option<(f32, Lang)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality = pieces.find_map(|p| p.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok())).unwrap_or(1.0);
            let lang = match tag.split('-').next() {
                Some("zh") => Lang::Zh,
                Some("en") => Lang::En,
                _ => continue,
            };
            if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, lang));
            }
        }
        best.map_or(Lang::Zh, |(_, lang)| lang)
    }
}

crate::words! {
    /// A language content is written in.
    pub enum ContentLang {
        Chinese = "zh-CN",
        English = "en",
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_browser_s_first_choice_among_our_languages_wins() {
        assert_eq!(Lang::from_accept_language("fr, en;q=0.8, zh;q=0.9"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("en-GB,zh-CN;q=0.5"), Lang::En);
        assert_eq!(Lang::from_accept_language("de"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("zh;q=0, en;q=0.1"), Lang::En);
    }
}
