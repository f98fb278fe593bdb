//! The form every message is written in.

/// Declares messages: `name { zh: "…", en: "…" }`, with arguments `name(count: u32) { zh: "{count} 门", en: "{count} courses" }`,
/// and where English tells one from many by the first argument, `en: one "{count} course", many "{count} courses"`.
///
/// Messages without arguments are `&'static str`, the others `String`. An argument that a translation names must exist.
macro_rules! messages {
    () => {};
    ($(#[$meta:meta])* $name:ident { zh: $zh:literal, en: $en:literal } $($rest:tt)*) => {
        $(#[$meta])*
        pub fn $name(lang: model::Lang) -> &'static str {
            match lang { model::Lang::Zh => $zh, model::Lang::En => $en }
        }
        messages! { $($rest)* }
    };
    ($(#[$meta:meta])* $name:ident ($first:ident : $first_type:ty $(, $arg:ident : $type:ty)* $(,)?) { zh: $zh:literal, en: one $one:literal, many $many:literal } $($rest:tt)*) => {
        $(#[$meta])*
        pub fn $name(lang: model::Lang, $first: $first_type $(, $arg: $type)*) -> String {
            match lang {
                model::Lang::Zh => format!($zh),
                model::Lang::En if $first == 1 => format!($one),
                model::Lang::En => format!($many),
            }
        }
        messages! { $($rest)* }
    };
    ($(#[$meta:meta])* $name:ident ($($arg:ident : $type:ty),+ $(,)?) { zh: $zh:literal, en: $en:literal } $($rest:tt)*) => {
        $(#[$meta])*
        #[allow(clippy::too_many_arguments)] // a letter names many things
        pub fn $name(lang: model::Lang, $($arg: $type),+) -> String {
            match lang { model::Lang::Zh => format!($zh), model::Lang::En => format!($en) }
        }
        messages! { $($rest)* }
    };
}
