//! Moments in UTC, in milliseconds.

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

/// A span of time in milliseconds; may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span(i64);

impl Moment {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// Whole seconds since 1970, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }
    /// The number of the UTC day since 1970-01-01.
    pub const fn day(self) -> i64 {
        self.0.div_euclid(86_400_000)
    }
    /// How long it is from `earlier` to this moment.
    pub const fn since(self, earlier: Moment) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    pub const fn millis(self) -> i64 {
        self.0
    }
    pub const fn as_seconds(self) -> i64 {
        self.0 / 1000
    }
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
}

pub const fn seconds(n: i64) -> Span {
    Span(n * 1000)
}
pub const fn minutes(n: i64) -> Span {
    seconds(n * 60)
}
pub const fn hours(n: i64) -> Span {
    minutes(n * 60)
}
pub const fn days(n: i64) -> Span {
    hours(n * 24)
}

impl std::ops::Add<Span> for Moment {
    type Output = Moment;
    fn add(self, span: Span) -> Moment {
        Moment(self.0.saturating_add(span.0))
    }
}
impl std::ops::Sub<Span> for Moment {
    type Output = Moment;
    fn sub(self, span: Span) -> Moment {
        Moment(self.0.saturating_sub(span.0))
    }
}
