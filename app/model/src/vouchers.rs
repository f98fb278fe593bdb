//! Codes that give something: gifts, redeem codes in batches, seats.

use crate::fault::FieldErrors;
use crate::ids::{BatchId, CourseId, SeatId, SeatPoolId, VoucherId};
use crate::orders::Key;
use crate::text::{Email, Slug, line, passage};
use crate::{Currency, Fault, Moment, Money, Problem};
use serde::{Deserialize, Serialize};

crate::words! {
    /// What a code gives.
    pub enum VoucherKind {
        /// A course that somebody paid for.
        Gift = "gift",
        /// A course, from a batch of the school's.
        Course = "course",
        /// Money for the gift balance, from a batch of the school's.
        Balance = "balance",
    }
}

crate::words! {
    /// SM-7: the life of a code.
    pub enum VoucherState {
        /// Put together, not paid.
        Unpaid = "unpaid",
        Issued = "issued",
        Claimed = "claimed",
        Expired = "expired",
        Revoked = "revoked",
    }
}

crate::words! {
    /// How far a seat has come.
    pub enum SeatState {
        /// Assigned to an address, whose owner has not claimed it.
        Invited = "invited",
        Claimed = "claimed",
        /// Taken back.
        Freed = "freed",
    }
}

/// Why a code gives nothing, or a seat cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No such code.
    Unknown,
    /// Somebody has claimed it already.
    Claimed,
    Expired,
    Revoked,
    /// The person has the course already; the code stays good for somebody else.
    Owned,
    /// The course is their own.
    OwnCourse,
    /// Every seat is assigned, or still cooling down.
    NoSeat,
    /// This address has a seat already.
    HasSeat,
    /// The seat is meant for another address.
    OtherAddress,
    /// The codes of a batch are given out once.
    AlreadyExported,
    /// The payer's bank asks for the money; nobody can take it until that is decided.
    Withheld,
    /// The gift was claimed: it cannot be refunded any more.
    NotRefundable,
    /// Not possible in the state things are in.
    Transition,
}

/// A code as a person types it: 26 characters of Crockford's alphabet for 128 bits; hyphens and spaces are left out, O, I and L
/// are read as the digits they look like.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Code {
    /// From its bits.
    pub fn of(bits: [u8; 16]) -> Self {
        let mut number = u128::from_be_bytes(bits);
        let mut digits = [b'0'; 26];
        for digit in digits.iter_mut().rev() {
            // below 32
            *digit = ALPHABET[(number & 31) as usize];
            number >>= 5;
        }
        Self(digits.iter().map(|digit| char::from(*digit)).collect())
    }

    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        if typed.is_empty() {
            return Err(Problem::Required);
        }
        let known = typed.bytes().all(|digit| ALPHABET.contains(&digit));
        if typed.len() == 26 && known { Ok(Self(typed)) } else { Err(Problem::NotACode) }
    }

    /// Without hyphens: what is hashed and what stands in a link.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// In groups, as it is read aloud: `01ABC-DEFGH-…`.
    pub fn grouped(&self) -> String {
        let digits: Vec<char> = self.0.chars().collect();
        digits.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(***)")
    }
}

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
    pub given: Vec<GivenGift>,
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

/// "Claim" on the claim page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ClaimForm {
    #[serde(default)]
    pub code: String,
}

/// What a code holds, for whoever has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// As it was typed, in its plain form.
    pub code: String,
    pub holds: Holds,
    /// None on what no person gave.
    pub card: Option<GiftCard>,
    pub expires_at: Option<Moment>,
    /// Why it gives nothing (to this person).
    pub refusal: Option<Refusal>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holds {
    Course { id: CourseId, slug: Slug, title: String, instructor: String },
    Balance(Money),
    Seat { id: CourseId, slug: Slug, title: String, instructor: String, from: String },
}

/// What was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    Course(Slug),
    Balance(Money),
}

/// "Make codes" on the staff's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BatchForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub kind: String,
    /// A course's address.
    #[serde(default)]
    pub course: String,
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub count: String,
    /// How many days the codes are good.
    #[serde(default)]
    pub days: String,
    #[serde(default)]
    pub idem: String,
}

/// The most codes of one batch.
pub const BATCH_MAX: i64 = 5_000;
/// The largest balance of one code, in minor units.
pub const BALANCE_MAX: i64 = 100_000;
pub const DAYS_MAX: i64 = 1_095;

/// A batch, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRequest {
    pub name: String,
    pub gives: Gives,
    pub count: i64,
    pub days: i64,
    pub key: Key,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gives {
    Course(Slug),
    Balance(Money),
}

impl BatchForm {
    pub fn parse(self) -> Result<BatchRequest, Fault> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", line(&self.name, 1, NAME_MAX));
        let gives = match self.kind.parse() {
            Ok(VoucherKind::Course) => errors.take("course", Slug::parse(&self.course)).map(Gives::Course),
            Ok(VoucherKind::Balance) => {
                let amount = Money::parse(&self.amount, Currency::Cny).ok_or(Problem::NotAnAmount);
                let amount = amount.and_then(|amount| match amount.minor() {
                    1..=BALANCE_MAX => Ok(amount),
                    _ => Err(Problem::OutOfRange { min: 0, max: BALANCE_MAX / 100 }),
                });
                errors.take("amount", amount).map(Gives::Balance)
            }
            _ => {
                errors.add("kind", Problem::NotAChoice);
                None
            }
        };
        let count = errors.take("count", whole(&self.count, BATCH_MAX));
        let days = errors.take("days", whole(&self.days, DAYS_MAX));
        let key = errors.take("idem", Key::parse(&self.idem).map_err(|_| Problem::Required));
        let request = (|| Some(BatchRequest { name: name?, gives: gives?, count: count?, days: days?, key: key? }))();
        errors.finish(request)
    }
}

/// A whole number from 1.
fn whole(typed: &str, max: i64) -> Result<i64, Problem> {
    match typed.trim().parse() {
        Ok(n) if (1..=max).contains(&n) => Ok(n),
        Ok(_) => Err(Problem::OutOfRange { min: 1, max }),
        Err(_) => Err(Problem::NotANumber),
    }
}

/// A batch in the staff's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    pub id: BatchId,
    pub name: String,
    /// The course's title; none: a balance.
    pub course: Option<String>,
    pub amount: Option<Money>,
    pub count: u64,
    pub claimed: u64,
    pub revoked: u64,
    pub made_at: Moment,
    pub expires_at: Moment,
    /// Its codes have been given out.
    pub is_exported: bool,
}

/// The staff's page of codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeDesk {
    pub batches: Vec<BatchRow>,
    pub key: Key,
}

/// "Revoke what is left" of a batch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RevokeForm {
    pub batch: BatchId,
}

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
    pub pools: Vec<PoolRow>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_survives_being_read_aloud_and_typed(bits in any::<[u8; 16]>()) {
            let code = Code::of(bits);
            prop_assert_eq!(Code::parse(&code.grouped().to_lowercase()), Ok(code.clone()));
            prop_assert_eq!(Code::parse(&code.plain().replace('0', "o").replace('1', "l")), Ok(code));
        }

        #[test]
        fn two_codes_differ_where_their_bits_do(a in any::<[u8; 16]>(), b in any::<[u8; 16]>()) {
            prop_assert_eq!(a == b, Code::of(a) == Code::of(b));
        }
    }

    #[test]
    fn what_is_no_code_is_told() {
        assert_eq!(Code::parse(" - "), Err(Problem::Required));
        for wrong in ["ABC", "U0000-00000-00000-00000-00000-0", "讲台"] {
            assert_eq!(Code::parse(wrong), Err(Problem::NotACode), "{wrong}");
        }
    }

    #[test]
    fn a_batch_gives_a_course_or_a_balance_and_says_what_is_wrong() {
        let form = BatchForm {
            name: "Spring".into(),
            kind: "balance".into(),
            amount: "50".into(),
            count: "100".into(),
            days: "30".into(),
            idem: "k".into(),
            ..BatchForm::default()
        };
        assert_eq!(form.clone().parse().expect("a batch").gives, Gives::Balance(Money::new(5_000, Currency::Cny)));
        let Err(Fault::Invalid(errors)) = (BatchForm { amount: "0".into(), count: "0".into(), days: "x".into(), ..form }).parse()
        else {
            panic!("taken")
        };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["amount", "count", "days"]);
    }
}
