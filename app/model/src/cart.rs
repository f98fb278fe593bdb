//! The cart, bundles and the wallet.

use crate::fault::FieldErrors;
use crate::ids::{BundleId, CourseId, OrderId};
use crate::orders::{Balance, Bar, ChosenCoupon, Item, Line, LineKind, Total};
use crate::paging::Page;
use crate::text::{Slug, line};
use crate::{Currency, Fault, Moment, Money, Problem};
use serde::{Deserialize, Serialize};

/// The most things a cart holds.
pub const MOST_ITEMS: usize = 20;

/// The items of a cart as a cookie keeps them for somebody not signed in: `course.0190…~bundle.0191…`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basket(pub Vec<Item>);

impl Basket {
    /// Whatever can be read of it.
    pub fn read(text: &str) -> Self {
        let items = text.split('~').filter_map(|part| {
            let (kind, id) = part.split_once('.')?;
            let kind = kind.parse().ok().filter(|kind| matches!(kind, LineKind::Course | LineKind::Bundle))?;
            crate::ids::looks_like_an_id(id).then(|| Item::of(kind, id))
        });
        let mut basket = Basket::default();
        items.for_each(|item| {
            basket.add(item);
        });
        basket
    }
    pub fn written(&self) -> String {
        self.0.iter().map(|item| format!("{}.{}", item.kind, item.id)).collect::<Vec<_>>().join("~")
    }
    /// Adds it once, at the end; a full basket stays as it is. Whether it is in it now.
    pub fn add(&mut self, item: Item) -> bool {
        if self.0.contains(&item) {
            return true;
        }
        let fits = self.0.len() < MOST_ITEMS;
        if fits {
            self.0.push(item);
        }
        fits
    }
    pub fn remove(&mut self, item: &Item) {
        self.0.retain(|held| held != item);
    }
}

/// A thing in the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    pub line: Line,
    /// Why it is not counted.
    pub bar: Option<Bar>,
    /// What it cost when the person last saw it, where that was another amount.
    pub was: Option<Money>,
}

/// The cart's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    pub lines: Vec<CartLine>,
    pub total: Total,
    pub coupon: Option<ChosenCoupon>,
    pub balance: Balance,
    pub use_wallet: bool,
    pub signed_in: bool,
}

impl Cart {
    /// How many things are counted.
    pub fn counted(&self) -> usize {
        self.lines.iter().filter(|line| line.bar.is_none()).count()
    }
}

/// "Into the cart" and "remove".
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CartItem {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub item: String,
}

impl CartItem {
    pub fn parse(self) -> Result<Item, Fault> {
        let kind = self.kind.parse().ok().filter(|kind| matches!(kind, LineKind::Course | LineKind::Bundle));
        match kind {
            Some(kind) if crate::ids::looks_like_an_id(&self.item) => Ok(Item::of(kind, self.item)),
            _ => Err(Fault::NotFound),
        }
    }
}

/// A course in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleCourse {
    pub id: CourseId,
    pub slug: Slug,
    pub title: String,
    pub promise: String,
    pub instructor: String,
    pub price: Money,
    pub lessons: u32,
    pub seconds: u32,
    /// The person looking has it.
    pub owned: bool,
}

/// A bundle's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlePage {
    pub id: BundleId,
    pub slug: Slug,
    pub title: String,
    pub promise: String,
    pub seller: String,
    pub courses: Vec<BundleCourse>,
    /// Of all courses bought one by one.
    pub sum: Money,
    pub price: Money,
    /// What the person looking pays for those they do not have.
    pub yours: Money,
    pub bar: Option<Bar>,
}

/// A bundle in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleRow {
    pub id: BundleId,
    pub slug: Slug,
    pub title: String,
    pub courses: Vec<String>,
    pub sum: Money,
    pub price: Money,
    pub listed: bool,
}

/// The page where bundles are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundles {
    /// A page of them, the latest first.
    pub rows: Page<BundleRow>,
    /// Courses one can choose from.
    pub courses: Vec<(CourseId, String, Money)>,
}

/// A new bundle as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewBundle {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub promise: String,
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub course: Vec<String>,
    #[serde(default)]
    pub price: String,
}

/// A new bundle, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleDraft {
    pub title: String,
    pub promise: String,
    pub slug: Slug,
    pub courses: Vec<CourseId>,
    pub price: Money,
}

impl NewBundle {
    pub fn parse(self) -> Result<BundleDraft, Fault> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", line(&self.title, 1, 80));
        let promise = errors.take("promise", line(&self.promise, 1, 200));
        let slug = errors.take("slug", Slug::parse(&self.slug));
        let courses: Option<Vec<CourseId>> = self.course.iter().map(|id| id.parse().ok()).collect();
        let courses = errors.take(
            "course",
            match courses {
                None => Err(Problem::NotAChoice),
                Some(courses) if courses.len() < 2 => Err(Problem::TooFew { min: 2 }),
                Some(courses) if courses.len() > MOST_ITEMS => Err(Problem::NotAChoice),
                Some(courses) => Ok(courses),
            },
        );
        let price = errors.take("price", Money::parse(&self.price, Currency::Cny).ok_or(Problem::NotAnAmount));
        let draft = match (title, promise, slug, courses, price) {
            (Some(title), Some(promise), Some(slug), Some(courses), Some(price)) => {
                Some(BundleDraft { title, promise, slug, courses, price })
            }
            _ => None,
        };
        errors.finish(draft)
    }
}

/// "Take it off" and "offer it again".
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OfferBundle {
    pub bundle: BundleId,
    #[serde(default)]
    pub listed: String,
}

crate::words! {
    /// What a line of the wallet's history stands for.
    pub enum Movement {
        Topup = "topup",
        Spent = "spent",
        /// Set aside for an order that waits.
        Held = "held",
        /// Not to be spent while a bank decides about the money that paid for it.
        Withheld = "withheld",
        Gift = "gift",
        Refund = "refund",
        Other = "other",
    }
}

/// A line of the wallet's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletRow {
    pub at: Moment,
    pub what: Movement,
    /// Below nought where it went out.
    pub amount: Money,
    /// Of the gift balance.
    pub gift: bool,
    pub order: Option<OrderId>,
}

/// The wallet's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wallet {
    pub balance: Balance,
    pub rows: Page<WalletRow>,
    pub topups: Vec<Money>,
}

/// "Top up by this much", in minor units.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TopUp {
    #[serde(default)]
    pub amount: String,
}

impl TopUp {
    pub fn parse(self) -> Result<Item, Fault> {
        match self.amount.parse::<i64>() {
            Ok(minor) if crate::orders::TOPUPS.contains(&minor) => Ok(Item::of(LineKind::Topup, minor)),
            _ => Err(Fault::field("amount", Problem::NotAChoice)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basket_survives_its_cookie_and_nonsense_does_not() {
        let mut basket = Basket::default();
        basket.add(Item::of(LineKind::Course, "0190-a"));
        basket.add(Item::of(LineKind::Bundle, "0190-b"));
        basket.add(Item::of(LineKind::Course, "0190-a"));
        assert_eq!(Basket::read(&basket.written()), basket);
        assert_eq!(basket.0.len(), 2);
        for nonsense in ["", "~~", "course", "topup.5000", "course.a b", "course.<script>"] {
            assert_eq!(Basket::read(nonsense).0.len(), 0, "{nonsense}");
        }
    }
}
