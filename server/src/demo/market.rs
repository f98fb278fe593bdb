//! What the demo's school sells beside single courses: a bundle, and a coupon to try.

use super::courses::Shelf;
use super::past::Past;
use super::people::Cast;
use domain::catalog::bundled;
use domain::promotions::{self, Maker};
use domain::{Error, Member, Result, Staff};
use model::accounts::{Me, Role};
use model::cart::BundleDraft;
use model::promotions::{Drafted, Reduction};
use model::text::Name;
use model::time::days;
use model::{Currency, Money};
use store::Tx;

/// The bundle's courses by their addresses.
const TOGETHER: [&str; 3] = ["analytical-engines", "tests-people-trust", "clean-enough"];

/// Opens the shop: everything that needs no buyer.
pub async fn open(past: &Past, tx: &mut Tx, cast: &Cast, shelf: &Shelf) -> Result<()> {
    let admin = cast.admin().ok_or_else(|| Error::bug("nobody runs the demo's school"))?;
    let name = Name::parse("Ada Lovelace").map_err(|_| Error::bug("Ada has no name"))?;
    let me = Me { id: cast.ada().clone(), name, roles: vec![Role::Instructor] };
    let ada = Member { id: me.id.clone(), me };
    past.go_back(days(20));
    let found = |slug: &&'static str| shelf.iter().find(|edition| edition.slug.as_str() == *slug);
    let courses: Vec<_> = TOGETHER.iter().filter_map(found).map(|edition| edition.id.clone()).collect();
    let bundle = BundleDraft {
        title: "Three Crafts of Programming".into(),
        promise: "Understand the machine, trust your tests, and leave the data clean enough to work with.".into(),
        slug: "three-crafts".parse().map_err(|_| Error::bug("the bundle has no address"))?,
        courses,
        price: Money::new(39_900, Currency::Cny),
    };
    bundled::create_in(&past.app, tx, &ada, &bundle).await?;
    let coupon = Drafted {
        name: "新同学".into(),
        codes: vec!["WELCOME".into()],
        count: 1,
        reduction: Reduction::Percent { bp: 2_000 },
        courses: Vec::new(),
        topics: Vec::new(),
        first_order: true,
        most: None,
        per_person: Some(1),
        starts_at: None,
        ends_at: None,
        returns: true,
    };
    promotions::create_in(&past.app, tx, Maker::School(&Staff { id: admin.account.id.clone() }), &coupon).await?;
    Ok(())
}
