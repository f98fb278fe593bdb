//! Forms, query strings, and what stands in their fields.

use crate::first_line;
use model::accounts::{AskReset, ChooseInterests, EditProfile, SecondStep, SignIn, SignUp};
use model::authoring::{EditAddress, EditLanding, EditLesson, EditPrice, NewCourse, Order};
use model::cart::{CartItem, NewBundle, TopUp};
use model::community::WriteReview;
use model::earnings::{EditAuthor, EditBank, EditPolicy, MovePayout};
use model::feed::Dismiss;
use model::invoices::{InvoiceForm, TaxNumber};
use model::learning::{Mark, StudyReport};
use model::orders::{Pay, RefundForm};
use model::promotions::NewCoupon;
use model::refunds::{AskRefund, Propose};
use model::subscriptions::{ChangePlan, EndSubscription, OfferPlan, Subscribe, WithdrawPlan};
use model::text::{Email, Name, Password, Slug};
use model::tokens::NewToken;
use model::vouchers::{AssignForm, BatchForm, Code, GiftForm, SeatsForm};
use model::{Currency, Money};
use serde::de::DeserializeOwned;

/// A form's body, as every form of the house.
pub fn forms(bytes: &[u8]) {
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(bytes).unwrap_or_default();
    let _ = Order::parse(&fields);
    // as pages read them: written once more, without what cannot be stored
    let Ok(text) = serde_html_form::to_string(&fields) else { return };
    macro_rules! read {
        ($($form:ident)*) => { $( if let Some(form) = of::<$form>(&text) { let _ = form.parse(); } )* };
    }
    read!(AskReset ChooseInterests EditProfile SecondStep SignIn SignUp EditAddress EditLanding EditLesson EditPrice NewCourse
          CartItem NewBundle TopUp WriteReview EditAuthor EditBank EditPolicy MovePayout Dismiss InvoiceForm Mark Pay NewCoupon
          AskRefund Propose ChangePlan EndSubscription OfferPlan Subscribe WithdrawPlan NewToken AssignForm BatchForm GiftForm
          SeatsForm);
    if let Some(form) = of::<RefundForm>(&text) {
        let _ = form.parse(Currency::Cny);
    }
    if let Ok(report) = serde_json::from_slice::<StudyReport>(bytes) {
        let _ = report.parse();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        words(text);
    }
}

fn of<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_html_form::from_str(text).ok()
}

/// Single fields. What was taken is taken again as it was kept.
fn words(text: &str) {
    if let Ok(email) = Email::parse(text) {
        assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
        assert!(!email.as_str().contains(['\r', '\n', '\0', ' ']), "{email:?}");
    }
    if let Ok(name) = Name::parse(text) {
        assert!(!name.as_str().chars().any(char::is_control), "{name:?}");
    }
    if let Ok(slug) = Slug::parse(text) {
        assert!(slug.as_str().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{slug:?}");
    }
    if let Ok(password) = Password::parse(text) {
        assert_eq!(password.reveal(), text, "nothing is cut and nothing is changed");
    }
    let _ = Code::parse(text);
    let _ = TaxNumber::parse(text);
}

/// What an amount was read from is what it is written as, in every currency.
pub fn money(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for currency in Currency::ALL {
        if let Some(amount) = Money::parse(text, *currency) {
            assert!(amount.minor() >= 0, "nobody types less than nothing: {text}");
            assert_eq!(Money::parse(&amount.decimal(), *currency), Some(amount), "{text}");
        }
    }
}

/// Where somebody goes after signing in is a path of ours, whatever a browser makes of it.
pub fn next(bytes: &[u8]) {
    let (text, _) = first_line(bytes);
    if let Some(next) = model::routes::safe_next(text) {
        assert!(next.starts_with("/zh") || next.starts_with("/en"));
        assert!(!next.contains("//") && !next.contains('\\') && next.bytes().all(|byte| byte.is_ascii_graphic()));
    }
}
