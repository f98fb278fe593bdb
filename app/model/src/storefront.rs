//! Pages that several areas make together.

use crate::catalog::{CourseCard, Topic};
use serde::{Deserialize, Serialize};

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub topics: Vec<Topic>,
    pub courses: Vec<CourseCard>,
}
