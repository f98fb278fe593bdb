//! Stories of papers.

use super::*;
use crate::testing::School;
use crate::testing::buying::{books_hold, bought, refunded};
use crate::{Error, Result};
use model::{Fault, Lang};
use store::on_both;

on_both!(a_receipt_is_drawn_once_and_stays_as_it_was, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let order = bought(&school, &grace).await?;
    let asker = school.visit(&grace);
    let zh = receipt(&school.app, &asker, &order, Lang::Zh).await?;
    assert!(zh.bytes.starts_with(b"%PDF-"));
    assert_eq!(zh.name, "收据-R-000001.pdf");
    assert_eq!(receipt(&school.app, &asker, &order, Lang::Zh).await?, zh);
    assert_ne!(receipt(&school.app, &asker, &order, Lang::En).await?.bytes, zh.bytes);
    books_hold(&school).await
});

on_both!(two_readers_at_once_get_the_same_bytes, async |db| -> Result<()> {
    let school = School::open(db).await;
    let order = bought(&school, &school.grace()).await?;
    let asker = school.visit(&school.grace());
    let (one, other) =
        futures::join!(receipt(&school.app, &asker, &order, Lang::En), receipt(&school.app, &asker, &order, Lang::En));
    assert_eq!(one?, other?);
    books_hold(&school).await
});

on_both!(a_receipt_is_its_buyer_s_and_staff_s_alone, async |db| -> Result<()> {
    let school = School::open(db).await;
    let order = bought(&school, &school.grace()).await?;
    let asked = async |who| receipt(&school.app, &school.visit(&who), &order, Lang::En).await;
    assert!(matches!(asked(school.lin()).await, Err(Error::Fault(Fault::NotFound))));
    assert!(matches!(asked(school.ada()).await, Err(Error::Fault(Fault::NotFound))));
    assert!(asked(school.sam()).await.is_ok());
    let stranger = crate::Visitor::stranger(Lang::En);
    assert!(matches!(receipt(&school.app, &stranger, &order, Lang::En).await, Err(Error::Fault(Fault::SignIn))));
    books_hold(&school).await
});

on_both!(every_refund_has_a_credit_note_of_its_own_number, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let order = bought(&school, &grace).await?;
    refunded(&school, &order, "50").await?;
    refunded(&school, &order, "").await?;
    let asker = school.visit(&grace);
    let first = credit_note(&school.app, &asker, &order, 1, Lang::Zh).await?;
    let second = credit_note(&school.app, &asker, &order, 2, Lang::En).await?;
    assert_eq!((first.name.as_str(), second.name.as_str()), ("退款凭证-C-000001.pdf", "credit-note-C-000002.pdf"));
    assert!(credit_note(&school.app, &asker, &order, 3, Lang::En).await.is_err());
    books_hold(&school).await
});
