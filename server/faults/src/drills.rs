//! Every drill, by the number its procedure has in docs/reliability.md.

mod away;
mod clocks;
mod coupon;
mod database;
mod full;
mod killed;
mod letters;
mod lost;
mod poison;
mod race;
mod refunds;
mod renewals;
mod repeated;
mod slow;
pub mod soak;
mod storm;
mod sweep;
mod wallet;

use crate::props::Props;
use crate::report::Report;
use futures::future::BoxFuture;

type Run = for<'a> fn(&'a mut Props, &'a mut Report) -> BoxFuture<'a, Result<(), String>>;

/// One procedure.
pub struct Drill {
    pub id: &'static str,
    pub about: &'static str,
    pub run: Run,
}

macro_rules! table {
    ($($id:literal $about:literal $run:path;)+) => {
        /// In the order in which they are run.
        pub const ALL: &[Drill] =
            &[$(Drill { id: $id, about: $about, run: |props, report| Box::pin($run(props, report)) }),+];
    };
}

table! {
    "REL-01" "killed while people buy" killed::run;
    "REL-02" "return page, notification and question race at two servers" race::run;
    "REL-03" "the last use of a coupon, at two servers" coupon::run;
    "REL-04" "a wallet is spent by many at once, at two servers" wallet::run;
    "REL-05" "the same order sent fifty times, at two servers" repeated::run;
    "REL-06" "a storm of notifications: repeated, out of order, late, forged" storm::run;
    "REL-07" "the provider takes half a minute for every answer" slow::run;
    "REL-08" "done, and the answer lost: payments and refunds" lost::run;
    "REL-09" "the provider is away for an hour" away::run;
    "REL-10" "every payment refunded in full twice at once" refunds::twice;
    "REL-11" "more asked back than was paid" refunds::too_much;
    "REL-12" "the database crashes; the file is locked" database::run;
    "REL-13" "the disk is full" full::run;
    "REL-14" "clocks that are wrong, and that jump" clocks::run;
    "REL-15" "many memberships due at once, two servers, one killed" renewals::run;
    "REL-17" "a notification and an event that nobody can work on" poison::run;
    "REL-18" "the mail server takes a letter, and we are killed before we note it" letters::run;
    "REL-20" "killed at the nth write that reaches the disk" sweep::killed;
    "REL-21" "the nth write fails" sweep::failing;
}
