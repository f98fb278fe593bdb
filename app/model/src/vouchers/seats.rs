//! Places in a course, bought for several and given to each by address.

use super::{GivenCourse, SeatState};
use crate::fault::FieldErrors;
use crate::ids::{CourseId, SeatId, SeatPoolId};
use crate::paging::Page;
use crate::text::{Email, Slug};
use crate::{Fault, Moment, Problem};
use serde::{Deserialize, Serialize};

pub const SEATS_MIN: i64 = 2;
pub const SEATS_MAX: i64 = 500;

/// "Buy seats".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SeatsForm {
    #[serde(default)]
    pub course: String,
    #[serde(default)]
    pub seats: String,
}

impl SeatsForm {
    pub fn parse(self) -> Result<(Slug, u32), Fault> {
        let mut errors = FieldErrors::default();
        let course = errors.take("course", Slug::parse(&self.course).map_err(|_| Problem::NotAChoice));
        let seats = errors.take(
            "seats",
            match self.seats.trim().parse::<i64>() {
                Ok(n) if (SEATS_MIN..=SEATS_MAX).contains(&n) => u32::try_from(n).map_err(|_| Problem::NotANumber),
                Ok(_) => Err(Problem::OutOfRange { min: SEATS_MIN, max: SEATS_MAX }),
                Err(_) => Err(Problem::NotANumber),
            },
        );
        errors.finish(course.zip(seats))
    }
}

/// "Give a seat".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AssignForm {
    #[serde(default)]
    pub email: String,
}

impl AssignForm {
    pub fn parse(&self) -> Result<Email, Fault> {
        Email::parse(&self.email).map_err(|problem| Fault::field("email", problem))
    }
}

/// "Take the seat back".
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UnassignForm {
    pub seat: SeatId,
}

/// A person's packs, and a course to buy seats of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeatDesk {
    pub course: Option<GivenCourse>,
    pub pools: Page<PoolRow>,
}

/// A pack in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolRow {
    pub id: SeatPoolId,
    pub course: CourseId,
    pub slug: Slug,
    pub title: String,
    pub purchased: u32,
    pub assigned: u32,
    pub bought_at: Moment,
    pub is_live: bool,
}

/// A pack with its seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolView {
    pub row: PoolRow,
    pub seats: Vec<SeatRow>,
}

/// One seat that is assigned, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatRow {
    pub id: SeatId,
    pub email: Email,
    pub state: SeatState,
    /// Who claimed it.
    pub name: Option<String>,
    /// The address of its claim page, while nobody has claimed it.
    pub link: Option<String>,
    pub assigned_at: Moment,
    /// Taken back: when the place is free for somebody else.
    pub free_at: Option<Moment>,
}
