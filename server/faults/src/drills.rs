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

/// In the order in which they are run.
pub const ALL: &[Drill] = &[
    Drill { id: "REL-01", about: "killed while people buy", run: |props, report| Box::pin(killed::run(props, report)) },
    Drill {
        id: "REL-02",
        about: "return page, notification and question race at two servers",
        run: |props, report| Box::pin(race::run(props, report)),
    },
    Drill {
        id: "REL-03",
        about: "the last use of a coupon, at two servers",
        run: |props, report| Box::pin(coupon::run(props, report)),
    },
    Drill {
        id: "REL-04",
        about: "a wallet is spent by many at once, at two servers",
        run: |props, report| Box::pin(wallet::run(props, report)),
    },
    Drill {
        id: "REL-05",
        about: "the same order sent fifty times, at two servers",
        run: |props, report| Box::pin(repeated::run(props, report)),
    },
    Drill {
        id: "REL-06",
        about: "a storm of notifications: repeated, out of order, late, forged",
        run: |props, report| Box::pin(storm::run(props, report)),
    },
    Drill {
        id: "REL-07",
        about: "the provider takes half a minute for every answer",
        run: |props, report| Box::pin(slow::run(props, report)),
    },
    Drill {
        id: "REL-08",
        about: "done, and the answer lost: payments and refunds",
        run: |props, report| Box::pin(lost::run(props, report)),
    },
    Drill { id: "REL-09", about: "the provider is away for an hour", run: |props, report| Box::pin(away::run(props, report)) },
    Drill {
        id: "REL-10",
        about: "every payment refunded in full twice at once",
        run: |props, report| Box::pin(refunds::twice(props, report)),
    },
    Drill {
        id: "REL-11",
        about: "more asked back than was paid",
        run: |props, report| Box::pin(refunds::too_much(props, report)),
    },
    Drill {
        id: "REL-12",
        about: "the database crashes; the file is locked",
        run: |props, report| Box::pin(database::run(props, report)),
    },
    Drill { id: "REL-13", about: "the disk is full", run: |props, report| Box::pin(full::run(props, report)) },
    Drill {
        id: "REL-14",
        about: "clocks that are wrong, and that jump",
        run: |props, report| Box::pin(clocks::run(props, report)),
    },
    Drill {
        id: "REL-17",
        about: "a notification and an event that nobody can work on",
        run: |props, report| Box::pin(poison::run(props, report)),
    },
    Drill {
        id: "REL-18",
        about: "the mail server takes a letter, and we are killed before we note it",
        run: |props, report| Box::pin(letters::run(props, report)),
    },
    Drill {
        id: "REL-20",
        about: "killed at the nth write that reaches the disk",
        run: |props, report| Box::pin(sweep::killed(props, report)),
    },
    Drill { id: "REL-21", about: "the nth write fails", run: |props, report| Box::pin(sweep::failing(props, report)) },
];
