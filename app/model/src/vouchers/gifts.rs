//! A course that one person pays for and another takes.

use crate::fault::FieldErrors;
use crate::ids::{CourseId, VoucherId};
use crate::orders::Key;
use crate::paging::Page;
use crate::text::{Slug, line, passage};
use crate::vouchers::VoucherState;
use crate::{Fault, Moment, Money, Problem};
use serde::{Deserialize, Serialize};

pub const NAME_MAX: u32 = 60;
pub const MESSAGE_MAX: u32 = 300;

/// "Give this course".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GiftForm {
    #[serde(default)]
    pub course: String,
    #[serde(default)]
    pub recipient: String,
    #[serde(default)]
    pub sender: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub idem: String,
}

/// A gift, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftRequest {
    pub course: Slug,
    pub card: GiftCard,
    pub key: Key,
}

/// What stands on the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftCard {
    /// Whom it is for; may be empty.
    pub recipient: String,
    pub sender: String,
    pub message: String,
}

impl GiftForm {
    pub fn parse(self) -> Result<GiftRequest, Fault> {
        let mut errors = FieldErrors::default();
        let course = errors.take("course", Slug::parse(&self.course).map_err(|_| Problem::NotAChoice));
        let recipient = errors.take("recipient", line(&self.recipient, 0, NAME_MAX));
        let sender = errors.take("sender", line(&self.sender, 1, NAME_MAX));
        let message = errors.take("message", passage(&self.message, 0, MESSAGE_MAX));
        let key = errors.take("idem", Key::parse(&self.idem).map_err(|_| Problem::Required));
        let request = (|| {
            Some(GiftRequest {
                course: course?,
                card: GiftCard { recipient: recipient?, sender: sender?, message: message? },
                key: key?,
            })
        })();
        errors.finish(request)
    }
}

/// A course as it can be given, or bought for several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenCourse {
    pub id: CourseId,
    pub slug: Slug,
    pub title: String,
    pub instructor: String,
    pub price: Money,
}

/// The page where a gift is put together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GiftDesk {
    /// The course chosen; none: one has to be found first.
    pub course: Option<GivenCourse>,
    /// The person's own name.
    pub sender: String,
    pub given: Page<GivenGift>,
    pub key: Key,
}

/// A gift that the person paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenGift {
    pub id: VoucherId,
    pub title: String,
    pub card: GiftCard,
    pub state: VoucherState,
    /// For the giver to hand on, while it is good.
    pub code: Option<String>,
    /// The address of its claim page.
    pub link: Option<String>,
    pub issued_at: Option<Moment>,
    pub expires_at: Option<Moment>,
}
