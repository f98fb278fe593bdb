//! What receipts and credit notes say, in a language.

use crate::orders::{Buyer, CreditDocument, ReceiptDocument, ReceiptLine, written};
use locale::{dates, numbers, orders, papers as says};
use model::invoices::Seller;
use model::{Lang, Moment, Money};
use papers::{About, Fact, Made, Paper, Party, Row, Sum, Weight};

pub fn receipt(lang: Lang, document: &ReceiptDocument, address: &str) -> Paper {
    let number = written(&document.series, document.number);
    let reduced = document.lines.iter().any(|line| !line.discount.is_zero());
    let columns = match reduced {
        true => vec![says::list_price(lang).into(), says::reduction(lang).into(), says::amount(lang).into()],
        false => vec![says::amount(lang).into()],
    };
    Paper {
        about: about(lang, says::receipt(lang), &number, document.issued_at),
        house: house(lang, &document.seller),
        heading: says::receipt(lang).into(),
        number: Fact::new(says::receipt_number(lang), number),
        seal: if document.total.is_zero() { String::new() } else { says::paid(lang).into() },
        facts: vec![
            Fact::new(says::paid_on(lang), moment(lang, document.issued_at)),
            Fact::new(says::paid_by(lang), means(lang, document)),
            Fact::new(says::order(lang), document.order.as_str()),
        ],
        parties: parties(lang, &document.seller, &document.buyer),
        columns: (says::item(lang).into(), columns),
        rows: document.lines.iter().map(|line| row(lang, line, reduced)).collect(),
        sums: sums(lang, document),
        notes: vec![says::no_invoice(lang).into()],
        foot: says::foot(lang, bare(address)),
    }
}

pub fn credit(lang: Lang, document: &CreditDocument, address: &str) -> Paper {
    let number = written(&document.series, document.number);
    let amount = minus(document.amount);
    let mut sums = vec![plain(says::order_total(lang), numbers::money_exact(document.total))];
    if !document.tax.is_zero() {
        sums.push(plain(says::tax(lang), minus(document.tax)));
    }
    sums.push(Sum { label: says::refund_total(lang).into(), amount: amount.clone(), weight: Weight::Total });
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    Paper {
        about: about(lang, says::credit_note(lang), &number, document.issued_at),
        house: house(lang, &document.seller),
        heading: says::credit_note(lang).into(),
        number: Fact::new(says::credit_number(lang), number),
        seal: says::refunded(lang).into(),
        facts: vec![
            Fact::new(says::refunded_on(lang), moment(lang, document.issued_at)),
            Fact::new(says::of_receipt(lang), document.receipt.clone()),
            Fact::new(says::order(lang), document.order.as_str()),
        ],
        parties: parties(lang, &document.seller, &document.buyer),
        columns: (says::item(lang).into(), vec![says::refund_total(lang).into()]),
        rows: vec![Row { name: document.titles.join(separator), note: String::new(), amounts: vec![amount] }],
        sums,
        notes: vec![says::credit_text(lang).into()],
        foot: says::foot(lang, bare(address)),
    }
}

fn about(lang: Lang, heading: &str, number: &str, at: Moment) -> About {
    let dates::Parts { year, month, day, hour, minute, zone } = dates::parts(at);
    About {
        title: format!("{heading} {number}"),
        lang: lang.tag().into(),
        author: says::author(lang).into(),
        made: Made { year, month, day, hour, minute, zone },
        id: format!("{number}-{lang}"),
    }
}

/// Over everything: the school; beside it who runs it, where that is another name.
fn house(lang: Lang, seller: &Seller) -> String {
    let school = says::author(lang);
    if seller.name.is_empty() || seller.name == school { school.to_owned() } else { format!("{school} · {}", seller.name) }
}

fn bare(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

fn moment(lang: Lang, at: Moment) -> String {
    says::zone(lang, &dates::date_time(lang, at))
}

fn minus(amount: Money) -> String {
    format!("\u{2212}{}", numbers::money_exact(amount))
}

fn parties(lang: Lang, seller: &Seller, buyer: &Buyer) -> Vec<Party> {
    let told = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let number = told(&seller.tax_number).map(|number| says::tax_number(lang, &number));
    let name = if seller.name.is_empty() { says::author(lang) } else { &seller.name };
    let lines = [number, told(&seller.address), told(&seller.phone), told(&seller.email)];
    vec![
        Party { role: says::seller(lang).into(), name: name.into(), lines: lines.into_iter().flatten().collect() },
        Party { role: says::buyer(lang).into(), name: buyer.name.clone(), lines: vec![buyer.email.clone()] },
    ]
}

/// Everything that brought a part of the money.
fn means(lang: Lang, document: &ReceiptDocument) -> String {
    let wallet = !document.gift.is_zero() || !document.cash.is_zero();
    let provider = document.provider.map(|provider| orders::provider_name(lang, provider).to_owned());
    let all: Vec<String> = provider.into_iter().chain(wallet.then(|| says::wallet(lang).to_owned())).collect();
    if all.is_empty() { says::free(lang).to_owned() } else { all.join(if lang == Lang::Zh { "、" } else { ", " }) }
}

fn row(lang: Lang, line: &ReceiptLine, reduced: bool) -> Row {
    let paid = numbers::money_exact(line.net.plus(line.tax).unwrap_or(line.net));
    let off = if line.discount.is_zero() { "\u{2013}".to_owned() } else { minus(line.discount) };
    let mut notes = Vec::new();
    if line.quantity > 1 {
        notes.push(says::times(lang, line.quantity));
    }
    if !line.holds.is_empty() {
        notes.push(says::holds(lang, &line.holds.join(if lang == Lang::Zh { "、" } else { ", " })));
    }
    Row {
        name: says::line(lang, line.kind, &line.title),
        note: notes.join(" · "),
        amounts: if reduced { vec![numbers::money_exact(line.list), off, paid] } else { vec![paid] },
    }
}

fn plain(label: impl Into<String>, amount: String) -> Sum {
    Sum { label: label.into(), amount, weight: Weight::Plain }
}

/// The total, what of it is tax, and where it came from, if from more than one place.
fn sums(lang: Lang, document: &ReceiptDocument) -> Vec<Sum> {
    let zero = Money::zero(document.total.currency());
    let tax = document.lines.iter().try_fold(zero, |sum, line| sum.plus(line.tax)).unwrap_or(zero);
    let rest = document.total.minus(document.gift).and_then(|rest| rest.minus(document.cash)).unwrap_or(zero);
    let mut sums =
        vec![Sum { label: says::total(lang).into(), amount: numbers::money_exact(document.total), weight: Weight::Total }];
    if !tax.is_zero() {
        sums.push(plain(says::tax(lang), numbers::money_exact(tax)));
    }
    if document.gift.is_zero() && document.cash.is_zero() {
        return sums;
    }
    for (label, amount) in [(says::from_gift(lang), document.gift), (says::from_cash(lang), document.cash)] {
        if !amount.is_zero() {
            sums.push(plain(label, numbers::money_exact(amount)));
        }
    }
    if let Some(provider) = document.provider.filter(|_| !rest.is_zero()) {
        sums.push(plain(says::from_provider(lang, orders::provider_name(lang, provider)), numbers::money_exact(rest)));
    }
    sums
}
